//! JSON as it is written: numbers exact, controls escaped.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use crate::model::figure::exact;
use crate::text::is_control;

/// Writes a value without blanks.
pub(crate) fn compact<T: Serialize + ?Sized>(value: &T, line: &mut Vec<u8>) -> io::Result<()> {
    let formatter = Safe(CompactFormatter);
    value.serialize(&mut serde_json::Serializer::with_formatter(line, formatter))?;
    Ok(())
}

/// A formatter that also escapes those controls that JSON lets through and a terminal obeys.
pub(crate) struct Safe<F>(pub F);

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
