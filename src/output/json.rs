//! JSON: numbers exact, keys the catalog's, `null` where nothing is known.

use super::{Line, Sheet, Take};
use crate::error::Error;
use crate::model::column::Heading;
use crate::model::figure::exact;
use crate::model::text::is_control;
use crate::model::value::Value;
use crate::output::Output;
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};
use std::io::{self, Write};
use std::iter;

/// One array, an object a line.
pub fn array(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    let (keys, mut first) = (Keys::of(sheet.headings)?, Vec::new());
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
pub fn lines(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    let keys = Keys::of(sheet.headings)?;
    let line: &Line<'_> = &|row, line| {
        keys.object(row, line)?;
        line.push(b'\n');
        Ok(())
    };
    sheet.rows.rest(line, out)
}

/// Records with all that they hold, laid out for reading.
pub fn whole<T: Serialize + ?Sized>(records: &T, out: &mut Output) -> io::Result<()> {
    let formatter = Safe(PrettyFormatter::new());
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, formatter);
    records.serialize(&mut serializer)?;
    writeln!(out)
}

/// One array of records with all that they hold, laid out for reading.
pub fn each<T: Serialize>(
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

/// The keys that every object has, escaped once, each with what stands before it.
struct Keys(Vec<Vec<u8>>);

impl Keys {
    fn of(headings: &[Heading<'_>]) -> io::Result<Keys> {
        let before = iter::once(b'{').chain(iter::repeat(b','));
        let keys = headings.iter().zip(before).map(|(heading, before)| {
            let mut key = vec![before];
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

/// Writes a value without blanks.
pub fn compact<T: Serialize + ?Sized>(value: &T, line: &mut Vec<u8>) -> io::Result<()> {
    let formatter = Safe(CompactFormatter);
    value.serialize(&mut serde_json::Serializer::with_formatter(line, formatter))?;
    Ok(())
}

/// A formatter that also escapes those controls that JSON lets through and a terminal obeys.
struct Safe<F>(F);

macro_rules! forward {
    ($($method:ident($($arg:ident: $type:ty),*);)*) => {
        $(fn $method<W: ?Sized + Write>(&mut self, writer: &mut W, $($arg: $type),*) -> io::Result<()> {
            self.0.$method(writer, $($arg),*)
        })*
    };
}

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        // The controls of ASCII but the last are escaped before a fragment comes here. Nearly all
        // is plain, and to look at every byte at once is faster than to stop at the first.
        let beyond = |found: bool, byte: u8| found | (byte >= 0x7f);
        if !rest.bytes().fold(false, beyond) {
            return writer.write_all(rest.as_bytes());
        }
        while let Some(at) = rest.find(is_control) {
            let (plain, tail) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            let control = tail.chars().next().unwrap_or_default();
            write!(writer, "\\u{:04x}", u32::from(control))?;
            rest = &tail[control.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }

    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        // As in CSV: `2.5e24`, where serde_json alone would write `2.5e+24`.
        writer.write_all(exact(value).as_bytes())
    }

    fn write_number_str<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        digits: &str,
    ) -> io::Result<()> {
        // serde_json reads `1e5` as `1e+5`.
        writer.write_all(digits.replace("e+", "e").as_bytes())
    }

    forward! {
        begin_array(); end_array(); begin_array_value(first: bool); end_array_value();
        begin_object(); end_object(); begin_object_key(first: bool); end_object_key();
        begin_object_value(); end_object_value();
    }
}
