//! The table of two keys: a row for each value of the first, a column for each of the second.

use super::columns::{CrossColumn, CrossColumns};
use super::figures::{Figures, Names, columns, label, name_of_groups, percent, share};
use super::grouping::Grouping;
use crate::model::column::ColumnRef;
use crate::model::heading::Heading;
use crate::model::value::{Kind, Value};
use crate::output::{ReportPart, SheetColumn};
use crate::text;

/// The width for which a table in a pipe is made.
const ROOM: usize = 120;
/// Blanks between two columns.
const GAP: usize = 2;
/// The widest that a name of a row, and a median with its number of models, are taken to be.
const NAME: usize = 40;
const MEDIAN: usize = 13;
/// The width of a share in a cell.
const SHARE: usize = 8;
/// With shares, at least so many values have their own columns; else cells have counts alone.
const WANTED: usize = 5;

/// Which values have columns, and what their cells show.
pub(super) struct CrossLayout {
    own: usize,
    has_shares: bool,
    titles: Vec<String>,
}

impl CrossLayout {
    /// What has room in a table of this width: values are added up only if they have no room without
    /// shares.
    pub(super) fn of(
        grouping: &Grouping<'_>,
        columns: &CrossColumns,
        width: Option<usize>,
    ) -> CrossLayout {
        let by = grouping.query.by.heading.kind;
        let groups = grouping.groups.iter();
        let names = groups.map(|group| text::width(&label(&group.value).human(by)));
        let counts = grouping.groups.iter().map(|group| group.count);
        let digits = counts.max().unwrap_or(0).to_string().len();
        let beside = names.max().unwrap_or(0).min(NAME) + GAP + digits.max("total".len());
        let room = width.unwrap_or(ROOM).saturating_sub(beside);
        let own_in = |cell: usize| {
            let fits = |own: &usize| {
                let titles = columns.titles(*own);
                let widths = titles
                    .iter()
                    .map(|title| GAP + text::width(title).max(cell));
                widths.sum::<usize>() <= room
            };
            (1..=columns.values.len()).rev().find(fits)
        };
        let all = columns.values.len();
        let enough = |own: &usize| *own >= WANTED.min(all);
        let (own, has_shares) = match grouping.query.of {
            [] => match own_in(digits + SHARE).filter(enough) {
                Some(own) => (Some(own), true),
                None => (own_in(digits), false),
            },
            _ => (own_in(MEDIAN), false),
        };
        // Where nothing has room, the table says what it hides.
        let own = own.unwrap_or(all);
        CrossLayout {
            own,
            has_shares,
            titles: columns.titles(own),
        }
    }

    /// What cells show, and which values have no column.
    pub(super) fn captions(&self, grouping: &Grouping<'_>, columns: &CrossColumns) -> Vec<String> {
        let cells = match grouping.query.of {
            [] => self
                .has_shares
                .then(|| "percentages are shares of a row".to_owned()),
            [of, ..] => Some(format!(
                "cells show the median of {} and, in parentheses, the number of models",
                of.in_sentence()
            )),
        };
        let kind = columns.by.heading.kind;
        let folded = columns.values[self.own..].iter();
        let folded: Vec<_> = folded.map(|value| value.human(kind)).collect();
        let verb = if folded.len() == 1 { "is" } else { "are" };
        let folded = (!folded.is_empty()).then(|| {
            let names = text::first_few(folded.iter().map(|name| &**name), FOLDED);
            format!("{names} {verb} in others (`-f csv` has all)")
        });
        cells.into_iter().chain(folded).collect()
    }
}

/// How many of the values without a column a caption names.
const FOLDED: usize = 5;

/// The table that people read.
pub(super) fn table<'v>(
    grouping: &'v Grouping<'_>,
    columns: &CrossColumns,
    layout: &'v CrossLayout,
) -> ReportPart<'v> {
    let places = columns.places(layout.own);
    let column = |(place, title): (&CrossColumn, &'v String)| {
        let drop_order = match place {
            CrossColumn::Named(index) => 2 + (*index).min(16) as u8,
            // Without those before it, it would seem to include them.
            CrossColumn::Others => 20,
            CrossColumn::NotStated => 19,
        };
        SheetColumn::from(Heading::new("models", title, Kind::Number, drop_order))
    };
    let mut sheet = vec![name_of_groups(grouping.query.by.heading)];
    sheet.extend(places.iter().zip(&layout.titles).map(column));
    sheet.push(Heading::new("total", "total", Kind::Number, 0).into());
    let rows = grouping.groups.iter().map(|group| {
        let cells = columns.cells(&group.result, layout.own);
        let count = |count: usize| match layout.has_shares {
            true => Value::Text(count_in(count, group.count).into()),
            false => Value::Number(count as f64),
        };
        let values = places
            .iter()
            .map(|place| match (grouping.query.of, cells.get(place)) {
                ([], cell) => count(cell.map_or(0, |cell| cell.count)),
                ([of, ..], Some(cell)) => Value::Text(median(&cell.figures, of).into()),
                (_, None) => Value::Missing,
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
                    CrossColumn::Named(index) => second.values[index].clone(),
                    CrossColumn::Others | CrossColumn::NotStated => label(&Value::Missing),
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
