//! Tables for people, by comfy-table: a rule under the titles, nothing between the columns.

use std::io::{self, Write};
use std::iter;

use anstyle::Style;
use comfy_table::{
    CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Row, Table, TableStyle,
};

use super::layout::{Cells, GAP, Layout, signs};
use super::long::{self, Further};
use super::{Header, Letters, Rows, Sheet};
use crate::column::Heading;
use crate::error::Error;
use crate::mark::Marks;
use crate::output::Output;
use crate::text::cut;

/// A table of more rows is written row by row: nobody sees it at a glance.
const MOST: usize = 2_000;
/// Of a longer one so many rows say how wide its columns are.
const SAMPLE: usize = 1_000;

/// Writes a table as wide as the terminal allows, or whole if nobody looks at it.
pub fn write(sheet: Sheet<'_>, header: Header, out: &mut Output) -> Result<(), Error> {
    let Sheet { headings, rows } = sheet;
    let mut cells = Cells::new(headings.len());
    let add = |cells: &mut Cells, most: usize, rows: &mut dyn Rows| {
        rows.next(most, &mut |row| {
            cells.add(row, headings);
            Ok(())
        })
    };
    add(&mut cells, SAMPLE, rows)?;
    let room = out.width().unwrap_or(usize::MAX);
    let sample = cells.layout(headings, header, room);
    add(&mut cells, MOST + 1 - SAMPLE, rows)?;
    let (layout, further) = match cells.texts.len() > MOST {
        true => {
            let sheet = Sheet { headings, rows };
            let further = long::write((sheet, header), &sample, &cells, out)?;
            (sample, further)
        }
        false => {
            let layout = cells.layout(headings, header, room);
            short((headings, header), &layout, &mut cells, out)?;
            (layout, Further::default())
        }
    };
    if layout.is_short || further.is_short {
        out.remark("some words are cut to fit; a pipe has them whole");
    }
    let marks = layout.shown.iter().map(|&(i, _)| cells.marks[i]);
    for told in marks.fold(further.marks, Marks::and).told() {
        out.remark(told);
    }
    let dropped: Vec<&str> = layout.dropped.iter().map(|&i| headings[i].key).collect();
    if !dropped.is_empty() {
        out.remark(format_args!(
            "no room for {}; `--columns` chooses, a pipe has them all",
            dropped.join(", ")
        ));
    }
    Ok(())
}

/// Writes a table that is in hand.
fn short(
    (headings, header): (&[Heading<'_>], Header),
    layout: &Layout,
    cells: &mut Cells,
    out: &mut Output,
) -> io::Result<()> {
    let Layout {
        shown, signs: most, ..
    } = layout;
    for &(i, _) in shown.iter().filter(|(i, _)| most[*i] > 0) {
        for cell in cells.texts.iter_mut().map(|row| &mut row[i]) {
            cell.extend(iter::repeat_n(' ', most[i] - signs(cell)));
        }
    }
    let mut table = Table::new();
    table
        .load_style(style(out.letters()))
        .set_content_arrangement(ContentArrangement::Disabled);
    if header == Header::Shown {
        let titles = shown
            .iter()
            .map(|&(i, width)| cut(headings[i].title, width));
        table.set_header(Row::from(titles));
    }
    let row =
        |cells: &Vec<String>| Row::from(shown.iter().map(|&(i, width)| cut(&cells[i], width)));
    table.add_rows(cells.texts.iter().map(row));
    for (column, &(i, _)) in table.column_iter_mut().zip(shown) {
        let last = shown.last().is_some_and(|&(last, _)| last == i);
        column.set_padding((0, if last { 0 } else { GAP as u16 }));
        if headings[i].kind.is_figure() {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let bold = out.style(Style::new().bold());
    for (number, line) in table.lines().enumerate() {
        let line = line.trim_end();
        match (number, header) {
            (0, Header::Shown) => writeln!(out, "{bold}{line}{bold:#}")?,
            _ => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

/// A rule under the titles, and nothing between the columns.
fn style(letters: Letters) -> TableStyle {
    let rule = match letters {
        Letters::Unicode => '─',
        Letters::Ascii => '-',
    };
    TableStyle::new()
        .header_lines(ContentLineStyle::none())
        .header_separator(LineStyle::none().fill(rule))
        .content_lines(ContentLineStyle::none())
}
