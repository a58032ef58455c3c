//! Comma- and tab-separated values: numbers exact, the values of a list joined with `; `.

use std::io;

use csv::{QuoteStyle, Writer, WriterBuilder};

use super::{Header, Sheet};
use crate::output::Output;
use crate::text::is_control;

/// RFC 4180, lines ended by a newline alone.
pub fn commas(sheet: Sheet<'_, '_>, header: Header, out: &mut Output) -> io::Result<()> {
    let layout = ['\n', '\t'];
    write(
        sheet,
        header,
        (WriterBuilder::new().from_writer(out), &layout),
    )
}

/// A line a row and a tab between values, which hold neither: `cut` and `awk` read it as it is.
pub fn tabs(sheet: Sheet<'_, '_>, header: Header, out: &mut Output) -> io::Result<()> {
    let mut builder = WriterBuilder::new();
    builder.delimiter(b'\t').quote_style(QuoteStyle::Never);
    write(sheet, header, (builder.from_writer(out), &[]))
}

/// Writes rows without control characters other than those that the layout allows in a value.
fn write(
    sheet: Sheet<'_, '_>,
    header: Header,
    (mut writer, allowed): (Writer<&mut Output>, &[char]),
) -> io::Result<()> {
    if header == Header::Shown {
        writer.write_record(sheet.headings.iter().map(|heading| heading.key))?;
    }
    let banned = |c: char| is_control(c) && !allowed.contains(&c);
    for row in sheet.rows {
        for value in &row {
            let text = value.exact();
            match text.contains(banned) {
                true => writer.write_field(text.replace(banned, " "))?,
                false => writer.write_field(&*text)?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}
