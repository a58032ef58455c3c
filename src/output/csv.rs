//! Text formats with a line a row: numbers exact, the values of a list joined with `; `, objects as JSON.
//! `--catalog` reads them back.

use crate::model::json::compact;
use crate::model::value::Value;
use crate::text::printable;
use csv::WriterBuilder;
use std::borrow::Cow;
use std::io::{self, Write};

/// The initial buffer of a row, in bytes: about its length.
const BUFFER: usize = 1 << 10;

/// Comma-separated values by RFC 4180, without the line break. A pipe gets every character; on a
/// terminal a row is one line.
pub(super) fn commas(row: &[Value<'_>], is_terminal: bool, line: &mut Vec<u8>) -> io::Result<()> {
    let mut writer = WriterBuilder::new()
        .buffer_capacity(BUFFER)
        .from_writer(&mut *line);
    for value in row {
        let cell = cell(value);
        match is_terminal {
            true => writer.write_field(&*printable(&cell))?,
            false => writer.write_field(&*cell)?,
        }
    }
    writer.write_record(None::<&[u8]>)?;
    drop(writer);
    line.pop();
    Ok(())
}

/// Tab-separated values without tabs or line breaks in them, for `cut` and `awk`.
pub(super) fn tabs(row: &[Value<'_>], line: &mut Vec<u8>) -> io::Result<()> {
    for (i, value) in row.iter().enumerate() {
        let gap = if i == 0 { "" } else { "\t" };
        write!(line, "{gap}{}", cell(value).replace(char::is_control, " "))?;
    }
    Ok(())
}

/// A value as a cell. A text that a spreadsheet would run as a formula has an apostrophe in front.
fn cell<'v>(value: &Value<'v>) -> Cow<'v, str> {
    let json = |value: &Value<'_>| {
        let mut json = Vec::new();
        // Writing to memory does not fail.
        let _ = compact(value, &mut json);
        Cow::Owned(String::from_utf8(json).unwrap_or_default())
    };
    match value {
        Value::Shown(_, value) | Value::Marked(_, value) | Value::Linked(_, value) => cell(value),
        value if value.is_missing() => Cow::Borrowed(""),
        Value::Hardware(_) | Value::Details(_) => json(value),
        // The sign that separates them is in one of them.
        Value::Tags(tags)
            if tags
                .iter()
                .any(|tag| tag.contains(';') || tag.starts_with('[')) =>
        {
            json(value)
        }
        Value::Text(text) if text.starts_with(['=', '+', '@']) => Cow::Owned(format!("'{text}")),
        value => value.exact(),
    }
}

/// The first value alone.
pub(super) fn name(row: &[Value<'_>], line: &mut Vec<u8>) -> io::Result<()> {
    let name = row.first().map(Value::exact).unwrap_or_default();
    line.write_all(printable(&name).as_bytes())
}
