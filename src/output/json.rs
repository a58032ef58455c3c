//! JSON: numbers exact, the keys of the catalog, `null` for missing values.

use crate::error::Error;
use crate::model::heading::Heading;
use crate::model::json::{Safe, compact};
use crate::model::value::Value;
use crate::output::Output;
use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use std::io::{self, Write};

/// The keys of every object, escaped once, each with the character before it.
pub(super) fn keys(headings: &[Heading<'_>]) -> Vec<Vec<u8>> {
    let keys = headings.iter().enumerate().map(|(i, heading)| {
        let mut key = vec![if i == 0 { b'{' } else { b',' }];
        // Writing to memory cannot fail.
        let _ = compact(heading.key, &mut key);
        key.push(b':');
        key
    });
    keys.collect()
}

/// An object of these values.
pub(super) fn object(keys: &[Vec<u8>], row: &[Value<'_>], line: &mut Vec<u8>) -> io::Result<()> {
    for (key, value) in keys.iter().zip(row) {
        line.extend(key);
        compact(value, line)?;
    }
    line.push(b'}');
    Ok(())
}

/// A record, or several, indented.
pub(super) fn indented<T: Serialize + ?Sized>(record: &T, text: &mut Vec<u8>) -> io::Result<()> {
    let formatter = Safe(PrettyFormatter::new());
    record.serialize(&mut serde_json::Serializer::with_formatter(text, formatter))?;
    Ok(())
}

/// Indented JSON as the element of an array. Strings have no line breaks in them.
pub(super) fn nested(text: &[u8]) -> Vec<u8> {
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    lines.join(&b"\n  "[..])
}

/// Writes a record, or several, as indented JSON with everything in them.
pub(crate) fn write_json<T: Serialize + ?Sized>(
    records: &T,
    out: &mut Output,
) -> Result<(), Error> {
    let mut text = Vec::new();
    indented(records, &mut text)?;
    out.write_all(&text)?;
    Ok(writeln!(out)?)
}
