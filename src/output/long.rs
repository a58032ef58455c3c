//! Long tables: a row is written when it comes, in the layout of the first ones.

use super::layout::{GAP, Layout, signs};
use super::{Header, Line, Sheet};
use crate::error::Error;
use crate::model::mark::{Marks, Seen};
use crate::output::Output;
use crate::text::{cut, printable, width};
use anstyle::Style;
use std::io::Write;
use std::iter;
use std::sync::atomic::{AtomicBool, Ordering};

/// What further rows brought that the first ones did not.
#[derive(Debug, Default)]
pub(super) struct Further {
    /// Their marks.
    pub marks: Marks,
    /// Whether a cell of theirs was cut.
    pub is_short: bool,
}

/// Writes a table whose first rows are in hand.
///
/// # Errors
/// When a row cannot be read or written.
pub(super) fn write(
    (sheet, header): (Sheet<'_>, Header),
    layout: &Layout,
    first: &[Vec<String>],
    out: &mut Output,
) -> Result<Further, Error> {
    let Sheet { headings, rows } = sheet;
    let columns = layout.shown.iter().map(|&(number, room)| Column {
        number,
        room,
        signs: layout.signs[number],
        is_figure: headings[number].kind.is_number(),
        is_cut: out.width().is_some(),
        was_cut: AtomicBool::new(false),
    });
    let columns: Vec<Column> = columns.collect();
    if header == Header::Shown {
        let mut titles = Vec::new();
        line(&columns, &mut titles, |column, bytes| {
            column.pad(headings[column.number].title, bytes);
        });
        out.styled(Style::new().bold(), String::from_utf8_lossy(&titles))?;
        writeln!(out)?;
        let rule = String::from(out.letters().rule());
        let gaps = GAP * columns.len().saturating_sub(1);
        let length = gaps + columns.iter().map(|column| column.room).sum::<usize>();
        writeln!(out, "{}", rule.repeat(length))?;
    }
    for cells in first {
        let mut bytes = Vec::new();
        line(&columns, &mut bytes, |column, bytes| {
            column.write(&cells[column.number], bytes);
        });
        bytes.push(b'\n');
        out.write_all(&bytes)?;
    }
    let seen = Seen::default();
    let further: &Line<'_> = &|row, bytes| {
        line(&columns, bytes, |column, bytes| {
            let value = &row[column.number];
            let text = value.human(headings[column.number].kind);
            seen.note(value.marks());
            column.write(&printable(&text), bytes);
        });
        bytes.push(b'\n');
        Ok(())
    };
    rows.rest(further, out)?;
    Ok(Further {
        marks: seen.marks(),
        is_short: columns
            .iter()
            .any(|column| column.was_cut.load(Ordering::Relaxed)),
    })
}

/// A column that is shown.
struct Column {
    /// Which of the headings' it is.
    number: usize,
    /// How wide it is.
    room: usize,
    /// How many marks its figures may end with.
    signs: usize,
    is_figure: bool,
    /// Whether what is wider is cut: a pipe gets every letter and digit, a terminal a line.
    is_cut: bool,
    was_cut: AtomicBool,
}

impl Column {
    /// Writes a value, its marks in their place.
    fn write(&self, cell: &str, bytes: &mut Vec<u8>) {
        match self.signs.saturating_sub(signs(cell)) {
            spare if self.is_figure && spare > 0 => {
                self.pad(&format!("{cell}{}", " ".repeat(spare)), bytes);
            }
            _ => self.pad(cell, bytes),
        }
    }

    /// Writes a text as wide as the column.
    fn pad(&self, cell: &str, bytes: &mut Vec<u8>) {
        let wide = width(cell);
        if self.is_cut && wide > self.room {
            self.was_cut.store(true, Ordering::Relaxed);
            let cell = cut(cell, self.room);
            return self.pad(&cell, bytes);
        }
        let spare = iter::repeat_n(b' ', self.room.saturating_sub(wide));
        match self.is_figure {
            true => {
                bytes.extend(spare);
                bytes.extend(cell.as_bytes());
            }
            false => {
                bytes.extend(cell.as_bytes());
                bytes.extend(spare);
            }
        }
    }
}

/// Writes what each column has in a line, without blanks at its end.
fn line(columns: &[Column], bytes: &mut Vec<u8>, cell: impl Fn(&Column, &mut Vec<u8>)) {
    let start = bytes.len();
    for (place, column) in columns.iter().enumerate() {
        let gap = if place > 0 { GAP } else { 0 };
        bytes.extend(iter::repeat_n(b' ', gap));
        cell(column, bytes);
    }
    let blank = bytes[start..]
        .iter()
        .rev()
        .take_while(|byte| **byte == b' ');
    let blank = blank.count();
    bytes.truncate(bytes.len() - blank);
}
