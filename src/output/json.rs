//! JSON: numbers exact, the keys of the catalog, `null` for missing values.

use super::{Format, Line, Sheet, Take};
use crate::error::Error;
use crate::model::column::Heading;
use crate::model::json::{Safe, compact};
use crate::model::value::Value;
use crate::output::Output;
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};
use serde_json::ser::PrettyFormatter;
use std::io::{self, Write};

/// One array, an object a line.
pub(super) fn array(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    let (keys, mut first) = (Keys::new(sheet.headings)?, Vec::new());
    let take: &mut Take<'_> = &mut |row| keys.object(row, &mut first);
    sheet.rows.next(1, take)?;
    if first.is_empty() {
        return Ok(writeln!(out, "[]")?);
    }
    out.write_all(b"[\n")?;
    out.write_all(&first)?;
    let further: &Line<'_> = &|row, line| {
        line.extend(b",\n");
        keys.object(row, line)
    };
    sheet.rows.rest(further, out)?;
    Ok(writeln!(out, "\n]")?)
}

/// An object a line.
pub(super) fn lines(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    let keys = Keys::new(sheet.headings)?;
    let line: &Line<'_> = &|row, line| {
        keys.object(row, line)?;
        line.push(b'\n');
        Ok(())
    };
    sheet.rows.rest(line, out)
}

impl Format {
    /// Writes a record, or several, as indented JSON with everything in them.
    pub(crate) fn write_whole<T: Serialize + ?Sized>(
        records: &T,
        out: &mut Output,
    ) -> Result<(), Error> {
        let formatter = Safe(PrettyFormatter::new());
        let mut serializer = serde_json::Serializer::with_formatter(&mut *out, formatter);
        records
            .serialize(&mut serializer)
            .map_err(io::Error::from)?;
        Ok(writeln!(out)?)
    }

    /// Writes records with everything in them as one indented array, each when it is read.
    pub(crate) fn write_each<T: Serialize>(
        records: impl Iterator<Item = Result<T, Error>>,
        out: &mut Output,
    ) -> Result<(), Error> {
        let formatter = Safe(PrettyFormatter::new());
        let mut serializer = serde_json::Serializer::with_formatter(&mut *out, formatter);
        let mut list = serializer.serialize_seq(None).map_err(io::Error::from)?;
        for record in records {
            list.serialize_element(&record?).map_err(io::Error::from)?;
        }
        list.end().map_err(io::Error::from)?;
        Ok(writeln!(out)?)
    }
}

/// The keys of every object, escaped once, each with the character before it.
struct Keys(Vec<Vec<u8>>);

impl Keys {
    fn new(headings: &[Heading<'_>]) -> io::Result<Keys> {
        let keys = headings.iter().enumerate().map(|(i, heading)| {
            let mut key = vec![if i == 0 { b'{' } else { b',' }];
            compact(heading.key, &mut key)?;
            key.push(b':');
            Ok(key)
        });
        keys.collect::<io::Result<_>>().map(Keys)
    }

    /// Writes an object of these values.
    fn object(&self, row: &[Value<'_>], line: &mut Vec<u8>) -> io::Result<()> {
        for (key, value) in self.0.iter().zip(row) {
            line.extend(key);
            compact(value, line)?;
        }
        line.push(b'}');
        Ok(())
    }
}
