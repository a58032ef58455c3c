//! Comma- and tab-separated values: numbers exact, the values of a list joined with `; `.

use super::{Header, Line, Sheet};
use crate::error::Error;
use crate::output::Output;
use crate::text::printable;
use csv::WriterBuilder;
use std::borrow::Cow;
use std::io::{self, Write};

/// About the length of a row, which is written at a time.
const BUFFER: usize = 1 << 10;

/// RFC 4180, lines ended by a newline alone.
pub(super) fn commas(sheet: Sheet<'_>, header: Header, out: &mut Output) -> Result<(), Error> {
    // A pipe gets every character; on a terminal a row is one line.
    let is_seen = out.width().is_some();
    if header == Header::Shown {
        let keys = sheet.headings.iter().map(|heading| heading.key.into());
        let mut line = Vec::new();
        separated(keys, is_seen, &mut line)?;
        out.write_all(&line)?;
    }
    let line: &Line<'_> =
        &|row, line| separated(row.iter().map(|value| value.exact()), is_seen, line);
    sheet.rows.rest(line, out)
}

fn separated<'t>(
    values: impl Iterator<Item = Cow<'t, str>>,
    is_seen: bool,
    line: &mut Vec<u8>,
) -> io::Result<()> {
    let mut writer = WriterBuilder::new()
        .buffer_capacity(BUFFER)
        .from_writer(line);
    for value in values {
        match is_seen {
            true => writer.write_field(&*printable(&value))?,
            false => writer.write_field(&*value)?,
        }
    }
    writer.write_record(None::<&[u8]>)?;
    writer.flush()
}

/// A line a row and a tab between values, which hold neither: `cut` and `awk` read it as it is.
pub(super) fn tabs(sheet: Sheet<'_>, header: Header, out: &mut Output) -> Result<(), Error> {
    if header == Header::Shown {
        let keys = sheet
            .headings
            .iter()
            .map(|heading| Cow::Borrowed(heading.key));
        let mut line = Vec::new();
        tabbed(keys, &mut line);
        out.write_all(&line)?;
    }
    let line: &Line<'_> = &|row, line| {
        tabbed(row.iter().map(|value| value.exact()), line);
        Ok(())
    };
    sheet.rows.rest(line, out)
}

fn tabbed<'t>(values: impl Iterator<Item = Cow<'t, str>>, line: &mut Vec<u8>) {
    for (i, value) in values.enumerate() {
        if i > 0 {
            line.push(b'\t');
        }
        match value.contains(char::is_control) {
            true => line.extend(value.replace(char::is_control, " ").as_bytes()),
            false => line.extend(value.as_bytes()),
        }
    }
    line.push(b'\n');
}
