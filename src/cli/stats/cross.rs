//! The table of two keys: a row for each value of the first, a column for each of the second.

use super::columns::{CrossColumns, Place};
use super::figures::{Figures, Names, columns};
use super::grouping::Grouping;
use super::table::{label, name_of_groups, percent, share};
use crate::model::column::ColumnRef;
use crate::model::heading::Heading;
use crate::model::value::{Kind, Value};
use crate::output::{ReportPart, SheetColumn};

/// The width for which a table in a pipe is made.
const ROOM: usize = 120;
/// The width of a cell and of what is beside the cells, about.
const CELL: usize = 14;
const BESIDE: usize = 24;

/// The columns of values in a table of this width.
pub(super) fn columns_in(width: Option<usize>) -> usize {
    let room = width.unwrap_or(ROOM).saturating_sub(BESIDE);
    (room / CELL).clamp(2, 8)
}

/// The table that people read: so many values have a column of their own.
pub(super) fn table<'v>(
    grouping: &'v Grouping<'_>,
    columns: &CrossColumns,
    (named, titles): (usize, &'v [String]),
) -> ReportPart<'v> {
    let places = columns.places(named);
    let column = |(place, title): (&Place, &'v String)| {
        let drop_order = match place {
            Place::Named(index) => 2 + *index as u8,
            // Without those before it, it would seem to include them.
            Place::Others => 20,
            Place::NotStated => 19,
        };
        SheetColumn::from(Heading::new("models", title, Kind::Number, drop_order))
    };
    let mut sheet = vec![name_of_groups(grouping.query.by.heading)];
    sheet.extend(places.iter().zip(titles).map(column));
    sheet.push(Heading::new("total", "total", Kind::Number, 0).into());
    let rows = grouping.groups.iter().map(|group| {
        let cells = columns.cells(&group.result, named);
        let text = |count: usize, figures: &Figures| match grouping.query.of {
            [] => count_in(count, group.count),
            [of, ..] => median(figures, of),
        };
        let values = places.iter().map(|place| match cells.get(place) {
            Some(cell) => Value::Text(text(cell.count, &cell.figures).into()),
            None if grouping.query.of.is_empty() => Value::Text(count_in(0, group.count).into()),
            None => Value::Missing,
        });
        let total = match grouping.query.of {
            [] => Value::Number(group.count as f64),
            [of, ..] => Value::Text(median(&group.result.figures, of).into()),
        };
        let row = [label(&group.value)].into_iter().chain(values);
        row.chain([total]).collect::<Vec<_>>()
    });
    let rows: Vec<_> = rows.collect();
    ReportPart::sheet(sheet, rows)
}

/// A count and its share, aligned with others: `94  (83 %)`.
fn count_in(count: usize, all: usize) -> String {
    let share = match count {
        0 => String::new(),
        _ => format!("({})", percent(count as f64 / all.max(1) as f64)),
    };
    format!("{count} {share:>7}")
}

/// The median of a figure and of how many models it is: `2.5B  (19)`.
fn median(figures: &Figures, of: ColumnRef) -> String {
    figures.median(0).map_or(String::new(), |(median, count)| {
        let median = Value::Number(median);
        format!(
            "{} {:>5}",
            median.human(of.heading.kind),
            format!("({count})")
        )
    })
}

/// The rows of machine formats: one for each pair that has models.
pub(super) fn pairs<'v>(
    grouping: &'v Grouping<'_>,
    second: &'v CrossColumns,
    named: &'v [(ColumnRef, Names)],
) -> ReportPart<'v> {
    let mut sheet = vec![
        name_of_groups(grouping.query.by.heading),
        name_of_groups(second.by.heading),
        Heading::new("models", "Models", Kind::Number, 0).into(),
        Heading::new("share", "Share", Kind::Number, 2).into(),
    ];
    sheet.extend(columns(named));
    let rows = grouping.groups.iter().flat_map(|group| {
        let cells = second.cells(&group.result, second.values.len());
        cells.into_iter().map(move |(place, cell)| {
            let mut row = vec![
                label(&group.value),
                match place {
                    Place::Named(index) => second.values[index].clone(),
                    Place::Others | Place::NotStated => label(&Value::Missing),
                },
                Value::Number(cell.count as f64),
                share(cell.count, group.count),
            ];
            row.extend(cell.figures.values(grouping.query.of));
            row
        })
    });
    let rows: Vec<_> = rows.collect();
    ReportPart::sheet(sheet, rows)
}
