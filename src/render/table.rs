//! Tables for people, by comfy-table: a rule under the titles, nothing between the columns.

use std::io::Write;
use std::iter;

use anstyle::Style;
use comfy_table::{
    CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Row, Table, TableStyle,
};
use unicode_width::UnicodeWidthStr;

use super::fit::{Want, fit};
use super::{Header, Letters, Sheet};
use crate::error::Error;
use crate::mark::{Mark, Marks};
use crate::output::Output;
use crate::text::{cut, printable};
use crate::value::Kind;

const GAP: usize = 2;
/// How far words may be shortened before their column is dropped.
const LEAST_WORDS: usize = 14;
/// The same of what says little when cut short: sentences, addresses, records.
const LEAST_SENTENCE: usize = 40;

/// Writes a table as wide as the terminal allows, or whole if nobody looks at it.
pub fn write(sheet: Sheet<'_>, header: Header, out: &mut Output) -> Result<(), Error> {
    let Sheet { headings, rows } = sheet;
    let titles: Vec<String> = headings.iter().map(|h| h.title.to_owned()).collect();
    let mut figures = vec![0; headings.len()];
    let mut marked = vec![Marks::default(); headings.len()];
    let mut cells: Vec<Vec<String>> = Vec::new();
    rows.next(usize::MAX, &mut |row| {
        let mut line = Vec::with_capacity(row.len());
        for (i, (value, heading)) in row.iter().zip(headings).enumerate() {
            let cell = printable(&value.human(heading.kind)).into_owned();
            if value.is_figure() {
                figures[i] = figures[i].max(cell.width() - value.marks().count());
            }
            marked[i] = marked[i].and(value.marks());
            line.push(cell);
        }
        cells.push(line);
        Ok(())
    })?;
    for (i, heading) in headings.iter().enumerate() {
        if heading.kind.is_figure() {
            // The digits stand under each other, the marks in a place of their own.
            let most = cells.iter().map(|row| signs(&row[i])).max().unwrap_or(0);
            for cell in cells.iter_mut().map(|row| &mut row[i]) {
                cell.extend(iter::repeat_n(' ', most - signs(cell)));
            }
            figures[i] += most;
        }
    }
    let widest = |i: usize| {
        let cells = cells.iter().map(|row| row[i].width());
        let title = match header {
            Header::Shown => titles[i].width(),
            Header::Hidden => 0,
        };
        cells.fold(title, usize::max)
    };
    let wants: Vec<Want> = headings
        .iter()
        .enumerate()
        .map(|(i, heading)| Want {
            width: widest(i),
            // Words may be cut, sentences not so far, figures not at all.
            least: widest(i).min(figures[i].max(match heading.kind {
                Kind::Sentence | Kind::Address | Kind::Compound => LEAST_SENTENCE,
                _ => LEAST_WORDS.max(titles[i].width()),
            })),
            // What says nothing anywhere is the first to go.
            rank: match cells.iter().all(|row| row[i].trim().is_empty()) {
                true => u8::MAX,
                false => heading.rank,
            },
        })
        .collect();
    let room = out.width().unwrap_or(usize::MAX);
    let widths = fit(&wants, GAP, room);
    let shown: Vec<(usize, usize)> = widths
        .iter()
        .enumerate()
        .filter_map(|(i, width)| width.map(|width| (i, width)))
        .collect();

    let line = |cells: &[String]| Row::from(shown.iter().map(|&(i, width)| cut(&cells[i], width)));
    let mut table = Table::new();
    table
        .load_style(style(out.letters()))
        .set_content_arrangement(ContentArrangement::Disabled);
    if header == Header::Shown {
        table.set_header(line(&titles));
    }
    table.add_rows(cells.iter().map(|row| line(row)));
    for (column, &(i, _)) in table.column_iter_mut().zip(&shown) {
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
    let short = shown.iter().any(|&(i, width)| width < wants[i].width);
    if short {
        out.remark("some words are cut to fit; a pipe has them whole");
    }
    let dropped = widths.iter().zip(headings).filter(|(w, _)| w.is_none());
    let dropped: Vec<&str> = dropped.map(|(_, heading)| heading.key).collect();
    let marks = shown.iter().map(|&(i, _)| marked[i]);
    for told in marks.fold(Marks::default(), Marks::and).told() {
        out.remark(told);
    }
    if !dropped.is_empty() {
        out.remark(format_args!(
            "no room for {}; `--columns` chooses, a pipe has them all",
            dropped.join(", ")
        ));
    }
    Ok(())
}

/// How many marks a cell ends with.
fn signs(cell: &str) -> usize {
    cell.chars().rev().take_while(|c| Mark::is_sign(*c)).count()
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
