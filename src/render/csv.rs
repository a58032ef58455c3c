//! Comma- and tab-separated values: numbers exact, the values of a list joined with `; `.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::WriterBuilder;

use super::{Header, Sheet};
use crate::error::Error;
use crate::output::Output;
use crate::text::printable;

/// RFC 4180, lines ended by a newline alone.
pub fn commas(sheet: Sheet<'_>, header: Header, out: &mut Output) -> Result<(), Error> {
    // A pipe gets every character; a terminal none that steers it.
    let seen = out.width().is_some();
    let mut writer = WriterBuilder::new().from_writer(out);
    if header == Header::Shown {
        let keys = sheet.headings.iter().map(|heading| heading.key);
        writer.write_record(keys).map_err(io::Error::from)?;
    }
    sheet.rows.each(&mut |row| {
        for value in row {
            let text = value.exact();
            match seen {
                true => writer.write_field(&*printable(&text))?,
                false => writer.write_field(&*text)?,
            }
        }
        Ok(writer.write_record(None::<&[u8]>)?)
    })?;
    Ok(writer.flush()?)
}

/// A line a row and a tab between values, which hold neither: `cut` and `awk` read it as it is.
pub fn tabs(sheet: Sheet<'_>, header: Header, out: &mut Output) -> Result<(), Error> {
    if header == Header::Shown {
        let keys = sheet
            .headings
            .iter()
            .map(|heading| Cow::Borrowed(heading.key));
        tabbed(keys, out)?;
    }
    sheet
        .rows
        .each(&mut |row| tabbed(row.iter().map(|value| value.exact()), out))
}

fn tabbed<'t>(values: impl Iterator<Item = Cow<'t, str>>, out: &mut Output) -> io::Result<()> {
    for (i, value) in values.enumerate() {
        if i > 0 {
            out.write_all(b"\t")?;
        }
        out.write_all(value.replace(char::is_control, " ").as_bytes())?;
    }
    writeln!(out)
}
