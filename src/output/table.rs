//! Tables for people, by comfy-table: a rule under the titles, nothing between the columns.

use super::{Output, Rows, Sheet};
use crate::error::Error;
use crate::model::column::Heading;
use crate::model::provenance::{Mark, Marks};
use crate::model::value::Kind;
use crate::text::{cut, printable, width};
use anstyle::Style;
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Row, Table,
    TableStyle, Width,
};
use std::io::{self, Write};
use std::iter;

/// A longer table is written block by block, in the layout of the first one.
const BLOCK: usize = 2_000;
/// Blanks between two columns.
const GAP: usize = 2;
/// How far words are shortened before their column is dropped.
const MIN_WORDS: usize = 14;
/// The same for what says little when cut short: sentences, addresses, records.
const MIN_SENTENCE: usize = 40;

/// Writes a table, as wide as the terminal allows if there is one.
pub(super) fn write(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    let Sheet {
        headings,
        rows,
        has_header,
    } = sheet;
    let mut block = Block::read(headings, rows)?;
    let columns = block.columns(headings, has_header);
    let columns = fit(columns, out.width().unwrap_or(usize::MAX));
    let mut marks = Marks::default();
    let (mut is_first, mut is_cut) = (true, false);
    loop {
        let shown = columns.iter().map(|column| block.marks[column.index]);
        marks = shown.fold(marks, Marks::and);
        let is_last = block.cells.len() < BLOCK;
        is_cut |= print(&columns, has_header && is_first, block, out)?;
        if is_last {
            break;
        }
        block = Block::read(headings, rows)?;
        is_first = false;
    }
    if is_cut {
        out.remark("some cells are shortened (pipe the output to see all)");
    }
    for meaning in marks.messages() {
        out.remark(meaning);
    }
    let is_hidden = |i: &usize| columns.iter().all(|column| column.index != *i);
    let hidden = (0..headings.len()).filter(is_hidden);
    let hidden = hidden.filter_map(|i| headings[i].title.split(" (").next());
    let hidden: Vec<&str> = hidden.filter(|title| !title.is_empty()).collect();
    if !hidden.is_empty() {
        let hidden = hidden.join(", ");
        out.remark(format_args!(
            "hidden to fit: {hidden} (use -c, or pipe the output)"
        ));
    }
    Ok(())
}

/// Rows as people read them.
struct Block {
    cells: Vec<Vec<String>>,
    /// The marks in each column.
    marks: Vec<Marks>,
    /// The width of each column's figures without their marks.
    figures: Vec<usize>,
}

impl Block {
    fn read(headings: &[Heading<'_>], rows: &mut dyn Rows) -> Result<Block, Error> {
        let mut block = Block {
            cells: Vec::new(),
            marks: vec![Marks::default(); headings.len()],
            figures: vec![0; headings.len()],
        };
        rows.next(BLOCK, &mut |row| {
            let mut cells = Vec::with_capacity(row.len());
            for (i, (value, heading)) in row.iter().zip(headings).enumerate() {
                let cell = printable(&value.human(heading.kind)).into_owned();
                if value.is_figure() {
                    let digits = width(&cell) - value.marks().count();
                    block.figures[i] = block.figures[i].max(digits);
                }
                block.marks[i] = block.marks[i].and(value.marks());
                cells.push(cell);
            }
            block.cells.push(cells);
            Ok(())
        })?;
        Ok(block)
    }

    /// The columns as wide as their cells.
    fn columns<'h>(&self, headings: &'h [Heading<'h>], has_header: bool) -> Vec<Column> {
        let column = |(index, heading): (usize, &'h Heading<'h>)| {
            let is_figure = heading.kind.is_number();
            let max = |of: &dyn Fn(&str) -> usize| {
                let cells = self.cells.iter().map(|cells| of(&cells[index]));
                cells.max().unwrap_or(0)
            };
            let signs = if is_figure { max(&signs) } else { 0 };
            let text = max(&|cell| match is_figure {
                true => width(cell) - self::signs(cell) + signs,
                false => width(cell),
            });
            let title = printable(heading.title).into_owned();
            let shown = if has_header { width(&title) } else { 0 };
            // comfy-table has no column of less than one blank.
            let full = shown.max(text).max(1);
            let least = match heading.kind {
                Kind::Sentence | Kind::Address | Kind::Compound => MIN_SENTENCE,
                _ => MIN_WORDS.max(width(&title)),
            };
            Column {
                index,
                // Words may be cut, figures not.
                min_width: full.min(least.max(self.figures[index] + signs)),
                width: full,
                drop_order: match self.cells.iter().all(|row| row[index].trim().is_empty()) {
                    true => u8::MAX,
                    false => heading.rank,
                },
                title,
                signs,
                is_figure,
            }
        };
        headings.iter().enumerate().map(column).collect()
    }
}

/// A column that is shown.
#[derive(Debug)]
struct Column {
    /// Its number among the headings.
    index: usize,
    title: String,
    width: usize,
    /// How far it may be shortened; its width if not at all.
    min_width: usize,
    /// The highest is dropped first.
    drop_order: u8,
    /// How many marks its figures may end with: digits are aligned, marks follow them.
    signs: usize,
    is_figure: bool,
}

/// The columns that fit into `room`, shortened where they have to be. One column always stays.
fn fit(mut columns: Vec<Column>, room: usize) -> Vec<Column> {
    let total = |columns: &[Column], width: fn(&Column) -> usize| {
        let widths = columns.iter().map(width).sum::<usize>();
        widths + GAP * columns.len().saturating_sub(1)
    };
    while columns.len() > 1 && total(&columns, |column| column.min_width) > room {
        // The rightmost of the least important.
        let last = (0..columns.len()).max_by_key(|&i| columns[i].drop_order);
        columns.remove(last.unwrap_or(0));
    }
    if let [only] = &mut *columns {
        only.min_width = only.min_width.min(room).max(1);
    }
    for _ in room..total(&columns, |column| column.width) {
        let shortened = columns.iter_mut().filter(|own| own.width > own.min_width);
        if let Some(widest) = shortened.max_by_key(|column| column.width) {
            widest.width -= 1;
        }
    }
    columns
}

/// Prints rows, and returns whether a cell was cut: a terminal gets a line a row, a pipe every
/// character.
fn print(columns: &[Column], has_header: bool, block: Block, out: &mut Output) -> io::Result<bool> {
    let mut is_cut = false;
    let mut fitted = |text: &str, column: &Column| {
        let is_wide = out.width().is_some() && width(text) > column.width;
        is_cut |= is_wide;
        match is_wide {
            true => cut(text, column.width),
            false => text.to_owned(),
        }
    };
    let mut table = Table::new();
    let rule = LineStyle::none().fill(out.charset().rule());
    let style = TableStyle::new()
        .header_lines(ContentLineStyle::none())
        .header_separator(rule)
        .content_lines(ContentLineStyle::none());
    table.load_style(style);
    table.set_content_arrangement(ContentArrangement::Disabled);
    if has_header {
        let titles = columns.iter().map(|column| fitted(&column.title, column));
        table.set_header(Row::from(titles));
    }
    for mut cells in block.cells {
        let cells = columns.iter().map(|column| {
            let cell = &mut cells[column.index];
            let spare = column.signs.saturating_sub(signs(cell));
            cell.extend(iter::repeat_n(' ', spare));
            fitted(cell, column)
        });
        table.add_row(Row::from(cells));
    }
    for (i, (own, column)) in table.column_iter_mut().zip(columns).enumerate() {
        let gap = if i + 1 == columns.len() { 0 } else { GAP };
        own.set_padding((0, gap as u16));
        let width = u16::try_from(column.width + gap).unwrap_or(u16::MAX);
        own.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
        if column.is_figure {
            own.set_cell_alignment(CellAlignment::Right);
        }
    }
    for (i, line) in table.lines().enumerate() {
        let style = match i == 0 && has_header {
            true => Style::new().bold(),
            false => Style::new(),
        };
        out.styled(style, line.trim_end())?;
        writeln!(out)?;
    }
    Ok(is_cut)
}

/// How many marks a cell ends with.
fn signs(cell: &str) -> usize {
    let charset = cell.chars().rev();
    charset.take_while(|c| Mark::is_sign(*c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The widths of three columns in so much room.
    #[track_caller]
    fn case(room: usize, expected: &[usize]) {
        let columns = [(18, 12, 0), (6, 6, 1), (30, 12, 7)]
            .into_iter()
            .enumerate();
        let columns = columns.map(|(index, (width, min_width, drop_order))| Column {
            index,
            title: String::new(),
            width,
            min_width,
            drop_order,
            signs: 0,
            is_figure: false,
        });
        let widths = fit(columns.collect(), room).into_iter().map(|c| c.width);
        assert_eq!(widths.collect::<Vec<_>>(), expected, "{room}");
    }

    #[test]
    fn columns_are_shortened_before_they_are_dropped() {
        case(58, &[18, 6, 30]);
        case(50, &[18, 6, 22]);
        case(30, &[18, 6]);
        case(5, &[5]);
    }
}
