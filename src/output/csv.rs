//! Text formats with a line a row: numbers exact, the values of a list joined with `; `.

use super::{Line, Sheet};
use crate::error::Error;
use crate::model::value::Value;
use crate::output::Output;
use crate::text::printable;
use csv::WriterBuilder;
use std::io::Write;

/// The initial buffer of a row, in bytes: about its length.
const BUFFER: usize = 1 << 10;

/// Comma-separated values by RFC 4180, but with LF at the end of a line.
pub(super) fn commas(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    // A pipe gets every character; on a terminal a row is one line.
    let is_terminal = out.width().is_some();
    write(sheet, out, &|row, line| {
        let mut writer = WriterBuilder::new()
            .buffer_capacity(BUFFER)
            .from_writer(line);
        for value in row {
            match is_terminal {
                true => writer.write_field(&*printable(&value.exact()))?,
                false => writer.write_field(&*value.exact())?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
        writer.flush()
    })
}

/// Tab-separated values without tabs or line breaks in them, for `cut` and `awk`.
pub(super) fn tabs(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    write(sheet, out, &|row, line| {
        for (i, value) in row.iter().enumerate() {
            if i > 0 {
                line.push(b'\t');
            }
            let value = value.exact();
            match value.contains(char::is_control) {
                true => line.extend(value.replace(char::is_control, " ").as_bytes()),
                false => line.extend(value.as_bytes()),
            }
        }
        line.push(b'\n');
        Ok(())
    })
}

/// The first column alone.
pub(super) fn names(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    let line: &Line<'_> = &|row, line| match row.first() {
        Some(name) => writeln!(line, "{}", printable(&name.exact())),
        None => Ok(()),
    };
    sheet.rows.rest(line, out)
}

fn write(sheet: Sheet<'_>, out: &mut Output, line: &Line<'_>) -> Result<(), Error> {
    if sheet.has_header {
        let keys = sheet.headings.iter().map(|heading| heading.key);
        let mut header = Vec::new();
        line(&keys.map(Value::from).collect::<Vec<_>>(), &mut header)?;
        out.write_all(&header)?;
    }
    sheet.rows.rest(line, out)
}
