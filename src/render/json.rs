//! JSON: numbers exact, keys the catalog's, `null` where nothing is known.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use super::{Line, Sheet, Take};
use crate::column::Heading;
use crate::error::Error;
use crate::figure::exact;
use crate::output::Output;
use crate::text::is_control;
use crate::value::Value;

/// One array, an object a line.
pub fn array(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    let mut first = Vec::new();
    let take: &mut Take<'_> = &mut |row| object(sheet.headings, row, &mut first);
    sheet.rows.next(1, take)?;
    if first.is_empty() {
        return Ok(writeln!(out, "[]")?);
    }
    out.write_all(b"[\n")?;
    out.write_all(&first)?;
    let further: &Line<'_> = &|row, line| {
        line.extend(b",\n");
        object(sheet.headings, row, line)
    };
    sheet.rows.rest(further, out)?;
    Ok(writeln!(out, "\n]")?)
}

/// An object a line.
pub fn lines(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    let line: &Line<'_> = &|row, line| {
        object(sheet.headings, row, line)?;
        writeln!(line)
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

fn object(headings: &[Heading<'_>], row: &[Value<'_>], line: &mut Vec<u8>) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(line, Safe(CompactFormatter));
    let mut map = serializer.serialize_map(Some(headings.len()))?;
    for (heading, value) in headings.iter().zip(row) {
        map.serialize_entry(heading.key, value)?;
    }
    Ok(map.end()?)
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
        // The controls of ASCII but one are escaped before a fragment comes here.
        if rest.is_ascii() && !rest.as_bytes().contains(&0x7f) {
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

    forward! {
        begin_array(); end_array(); begin_array_value(first: bool); end_array_value();
        begin_object(); end_object(); begin_object_key(first: bool); end_object_key();
        begin_object_value(); end_object_value();
    }
}
