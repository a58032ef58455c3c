//! Tables for people, by comfy-table: a rule under the titles, nothing between the columns.

use super::layout::{Cells, GAP, Layout, signs};
use super::long::{self, Further};
use super::{Header, Letters, Sheet};
use crate::error::Error;
use crate::model::column::Heading;
use crate::model::mark::Marks;
use crate::output::Output;
use crate::text::{cut, printable};
use anstyle::Style;
use comfy_table::{
    Cell, CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Row, Table, TableStyle,
};
use std::io::{self, Write};
use std::{iter, mem};

/// A table of more rows is written row by row, in the layout of the first ones: nobody sees it at
/// a glance.
const MOST: usize = 2_000;

/// Writes a table as wide as the terminal allows, or whole if nobody looks at it.
pub(super) fn write(sheet: Sheet<'_>, header: Header, out: &mut Output) -> Result<(), Error> {
    let Sheet { headings, rows } = sheet;
    let titles: Vec<_> = headings.iter().map(|h| printable(h.title)).collect();
    let headings = headings.iter().zip(&titles);
    let headings: Vec<Heading<'_>> = headings.map(|(h, title)| Heading { title, ..*h }).collect();
    let headings = &*headings;
    let mut cells = Cells::new(headings.len());
    rows.next(MOST + 1, &mut |row| {
        cells.add(row, headings);
        Ok(())
    })?;
    let layout = cells.layout(headings, header, out.width().unwrap_or(usize::MAX));
    let Cells { texts, marks, .. } = cells;
    let further = match texts.len() > MOST {
        true => long::write((Sheet { headings, rows }, header), &layout, &texts, out)?,
        false => {
            short((headings, header), &layout, texts, out)?;
            Further::default()
        }
    };
    if layout.is_short || further.is_short {
        out.remark("some words are cut to fit; a pipe has them whole");
    }
    let marks = layout.shown.iter().map(|&(i, _)| marks[i]);
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
    texts: Vec<Vec<String>>,
    out: &mut Output,
) -> io::Result<()> {
    let Layout {
        shown, signs: most, ..
    } = layout;
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
    for mut cells in texts {
        let mut row = Row::new();
        for &(i, width) in shown {
            let mut cell = mem::take(&mut cells[i]);
            if most[i] > 0 {
                cell.extend(iter::repeat_n(' ', most[i] - signs(&cell)));
            }
            row.add_cell(Cell::new_owned(match layout.is_short {
                true => cut(&cell, width),
                false => cell,
            }));
        }
        table.add_row(row);
    }
    for (column, &(i, _)) in table.column_iter_mut().zip(shown) {
        let last = shown.last().is_some_and(|&(last, _)| last == i);
        column.set_padding((0, if last { 0 } else { GAP as u16 }));
        if headings[i].kind.is_number() {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for (number, line) in table.lines().enumerate() {
        let style = match (number, header) {
            (0, Header::Shown) => Style::new().bold(),
            _ => Style::new(),
        };
        out.styled(style, line.trim_end())?;
        writeln!(out)?;
    }
    Ok(())
}

/// A rule under the titles, and nothing between the columns.
fn style(letters: Letters) -> TableStyle {
    TableStyle::new()
        .header_lines(ContentLineStyle::none())
        .header_separator(LineStyle::none().fill(letters.rule()))
        .content_lines(ContentLineStyle::none())
}
