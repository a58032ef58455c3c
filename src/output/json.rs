//! JSON: numbers exact, the keys of the catalog, `null` for missing values.

use crate::error::Error;
use crate::model::heading::Heading;
use crate::model::json::{Safe, compact};
use crate::model::value::Value;
use crate::output::Output;
use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use std::io::{self, Write};

/// The keys of every object, escaped once, each with the comma before it and the colon behind.
pub(super) fn keys(headings: &[Heading<'_>]) -> Vec<Vec<u8>> {
    let keys = headings.iter().map(|heading| {
        let mut key = vec![b','];
        // Writing to memory cannot fail.
        let _ = compact(heading.key, &mut key);
        key.push(b':');
        key
    });
    keys.collect()
}

/// An object of these keys and values.
pub(super) fn object<'r>(
    members: impl Iterator<Item = (&'r Vec<u8>, &'r Value<'r>)>,
    line: &mut Vec<u8>,
) -> io::Result<()> {
    line.push(b'{');
    for (i, (key, value)) in members.enumerate() {
        line.extend(&key[usize::from(i == 0)..]);
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
