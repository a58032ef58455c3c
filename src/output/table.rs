//! Tables for people: a rule under the titles, nothing between the columns. comfy-table arranges the
//! first rows; those of a longer table follow in its columns.

use super::Output;
use crate::error::Error;
use crate::model::heading::Heading;
use crate::model::provenance::{Mark, Marks};
use crate::model::value::{Kind, Value};
use crate::text::{cut, printable, width};
use anstyle::Style;
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table,
    TableStyle, Width,
};
use std::io::{self, Write};
use std::iter::repeat_n;

/// Rows that decide how wide the columns are.
const BLOCK: usize = 2_000;
/// Rows that comfy-table arranges: more than a screen has.
const ARRANGED: usize = 100;
/// Blanks between two columns.
const GAP: usize = 2;
/// How far words are shortened before their column is dropped.
const MIN_WORDS: usize = 14;
/// The same for what names the row: `Qwen2.5-Coder…` could be any of a dozen.
const MIN_NAME: usize = 24;
/// The same for what says little when cut short: sentences, addresses, records.
const MIN_SENTENCE: usize = 40;

/// A row as people read it.
#[derive(Debug, Clone)]
pub(crate) struct TableRow {
    /// The cells, one after another.
    text: String,
    cells: Vec<Cell>,
}

/// A cell of a row.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Where it ends in the text of the row.
    end: u32,
    width: u32,
    marks: Marks,
    /// Whether it is a figure, which is not cut.
    is_figure: bool,
}

impl TableRow {
    pub(super) fn new(values: &[Value<'_>], headings: &[Heading<'_>]) -> TableRow {
        let (mut text, mut cells) = (String::new(), Vec::with_capacity(values.len()));
        for (value, heading) in values.iter().zip(headings) {
            let cell = value.human(heading.kind);
            let cell = printable(&cell);
            text.push_str(&cell);
            cells.push(Cell {
                end: text.len() as u32,
                width: width(&cell) as u32,
                marks: value.marks(),
                is_figure: value.is_figure(),
            });
        }
        text.shrink_to_fit();
        TableRow { text, cells }
    }

    fn text(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |last| self.cells[last].end);
        &self.text[start as usize..self.cells[index].end as usize]
    }
}

/// The drop order of a column without values.
const EMPTY: u8 = ILLUSTRATION - 1;
/// From this drop order on, a column only illustrates others, such as a bar; those of one order go
/// together.
pub(crate) const ILLUSTRATION: u8 = u8::MAX - 2;

/// Whether every column that is no illustration has room.
pub(super) fn fits(
    headings: &[Heading<'_>],
    has_header: bool,
    rows: &[TableRow],
    room: usize,
) -> bool {
    let columns = headings.iter().enumerate();
    let columns = columns.filter(|(_, heading)| heading.drop_order < ILLUSTRATION);
    let columns = columns.map(|(index, heading)| Column::new(index, heading, rows, has_header));
    let columns: Vec<Column> = columns.collect();
    let count = columns.len();
    fit(columns, room).len() == count
}

/// Writes a table, as wide as the terminal allows if there is one. `chooser` is the flag that chooses
/// the columns. Returns the marks in it.
pub(super) fn write(
    headings: &[Heading<'_>],
    (has_header, chooser): (bool, &str),
    mut rows: impl Iterator<Item = Result<TableRow, Error>>,
    out: &mut Output,
) -> Result<Marks, Error> {
    let block: Vec<TableRow> = rows.by_ref().take(BLOCK).collect::<Result<_, _>>()?;
    let column = |(index, heading)| Column::new(index, heading, &block, has_header);
    let columns = headings.iter().enumerate().map(column).collect();
    let mut layout = Layout {
        columns: fit(columns, out.width().unwrap_or(usize::MAX)),
        is_terminal: out.width().is_some(),
        is_cut: false,
        marks: Marks::default(),
    };
    let (first, rest) = block.split_at(block.len().min(ARRANGED));
    layout.write_block(first, has_header, out)?;
    let mut line = String::new();
    for row in rest {
        layout.write_row(row, &mut line, out)?;
    }
    for row in rows {
        layout.write_row(&row?, &mut line, out)?;
    }
    if layout.is_cut {
        out.remark("some cells are shortened (pipe the output to see all)");
    }
    let is_hidden = |i: &usize| layout.columns.iter().all(|column| column.index != *i);
    let hidden = (0..headings.len()).filter(is_hidden);
    let hidden = hidden.filter_map(|i| headings[i].title.split(" (").next());
    let mut hidden: Vec<&str> = hidden.filter(|title| !title.is_empty()).collect();
    // The ratios of several models have one title.
    hidden.dedup();
    if !hidden.is_empty() {
        let hidden = hidden.join(", ");
        out.remark(format_args!(
            "hidden to fit: {hidden} (use {chooser}, or pipe the output)"
        ));
    }
    Ok(layout.marks)
}

/// The columns of a table, and what was seen in them.
struct Layout {
    columns: Vec<Column>,
    is_terminal: bool,
    /// Whether a cell was cut.
    is_cut: bool,
    marks: Marks,
}

impl Layout {
    /// Writes the titles and the rows that decided the widths.
    fn write_block(
        &mut self,
        block: &[TableRow],
        has_header: bool,
        out: &mut Output,
    ) -> io::Result<()> {
        let mut table = Table::new();
        let rule = LineStyle::none().fill(out.charset().rule());
        let style = TableStyle::new()
            .header_lines(ContentLineStyle::none())
            .header_separator(rule)
            .content_lines(ContentLineStyle::none());
        table.load_style(style);
        table.set_content_arrangement(ContentArrangement::Disabled);
        if has_header {
            let titles = self.columns.iter();
            let titles = titles.map(|column| cut(&column.title, column.width));
            table.set_header(titles.collect::<Vec<_>>());
        }
        for row in block {
            let mut cells = Vec::new();
            self.cells(row, |cell, width, column| {
                cells.push(cell.to_owned() + &" ".repeat(column.spare(cell, width)));
            });
            table.add_row(cells);
        }
        for (i, (own, column)) in table.column_iter_mut().zip(&self.columns).enumerate() {
            let gap = if i + 1 == self.columns.len() { 0 } else { GAP };
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
        Ok(())
    }

    /// Writes a further row; `line` is where it is put together.
    fn write_row(&mut self, row: &TableRow, line: &mut String, out: &mut Output) -> io::Result<()> {
        line.clear();
        self.cells(row, |cell, width, column| {
            let spare = column.spare(cell, width);
            let pad = column.width.saturating_sub(width + spare);
            let [before, after] = match column.is_figure {
                true => [pad, spare],
                false => [0, pad + spare],
            };
            line.extend(repeat_n(' ', before));
            line.push_str(cell);
            line.extend(repeat_n(' ', after + GAP));
        });
        line.truncate(line.trim_end().len());
        line.push('\n');
        out.write_all(line.as_bytes())
    }

    /// Hands on the cells that are shown, with their widths: a terminal gets a line a row, a pipe every
    /// character. Digits are aligned, and marks follow them.
    fn cells(&mut self, row: &TableRow, mut take: impl FnMut(&str, usize, &Column)) {
        for column in &self.columns {
            let (text, cell) = (row.text(column.index), row.cells[column.index]);
            self.marks = self.marks.union(cell.marks);
            match self.is_terminal && cell.width as usize > column.width {
                true => {
                    self.is_cut = true;
                    let text = cut(text, column.width);
                    take(&text, width(&text), column);
                }
                false => take(text, cell.width as usize, column),
            }
        }
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

impl Column {
    /// Blanks behind a figure of some width, where others have marks.
    fn spare(&self, cell: &str, width: usize) -> usize {
        let room = self.width.saturating_sub(width);
        self.signs.saturating_sub(signs(cell)).min(room)
    }

    /// The column of a heading, as wide as its cells.
    fn new(index: usize, heading: &Heading<'_>, rows: &[TableRow], has_header: bool) -> Column {
        let is_figure = heading.kind.is_number();
        let cells = || rows.iter().map(|row| (row.text(index), row.cells[index]));
        let signs_of = |text: &str| if is_figure { signs(text) } else { 0 };
        let signs = cells().map(|(text, _)| signs_of(text)).max().unwrap_or(0);
        let widths = cells().map(|(text, cell)| cell.width as usize - signs_of(text) + signs);
        let figures = cells().filter(|(_, cell)| cell.is_figure);
        let digits = figures.map(|(_, cell)| cell.width as usize - cell.marks.count());
        let title = printable(heading.title).into_owned();
        let title_width = if has_header { width(&title) } else { 0 };
        // comfy-table has no column of less than one blank.
        let full = widths.fold(title_width.max(1), usize::max);
        let least = match heading.kind {
            Kind::Sentence | Kind::Address | Kind::Compound => MIN_SENTENCE,
            Kind::Word if heading.drop_order == 0 => MIN_NAME,
            _ => MIN_WORDS.max(width(&title)),
        };
        Column {
            index,
            // Words may be cut, figures not.
            min_width: full.min(least.max(digits.max().unwrap_or(0) + signs)),
            width: full,
            drop_order: match cells().all(|(text, _)| text.trim().is_empty()) {
                // What the rows are about is shown even if it is empty.
                true if heading.drop_order > 0 => heading.drop_order.max(EMPTY),
                _ => heading.drop_order,
            },
            title,
            signs,
            is_figure,
        }
    }
}

/// The columns that fit into `room`, shortened where they have to be. One column always stays.
fn fit(mut columns: Vec<Column>, room: usize) -> Vec<Column> {
    let total = |columns: &[Column], width: fn(&Column) -> usize| {
        let widths = columns.iter().map(width).sum::<usize>();
        widths + GAP * columns.len().saturating_sub(1)
    };
    // Empty columns go before anything is shortened.
    if total(&columns, |column| column.width) > room
        && columns.iter().any(|c| c.drop_order != EMPTY)
    {
        columns.retain(|column| column.drop_order != EMPTY);
    }
    while columns.len() > 1 && total(&columns, |column| column.min_width) > room {
        // The rightmost of the least important, or all illustrations of a kind.
        let last = (0..columns.len()).max_by_key(|&i| columns[i].drop_order);
        let last = last.unwrap_or(0);
        match columns[last].drop_order {
            order if order >= ILLUSTRATION => columns.retain(|own| own.drop_order != order),
            _ => {
                columns.remove(last);
            }
        }
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
