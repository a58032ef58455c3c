//! Tables in GitHub's Markdown, with human units.

use super::{Line, Sheet};
use crate::error::Error;
use crate::model::provenance::Seen;
use crate::output::Output;
use crate::text::printable;
use std::io::{self, Write};

pub(super) fn write(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    let headings = sheet.headings;
    if sheet.has_header {
        line(headings.iter().map(|heading| escaped(heading.title)), out)?;
        let rule = |figure| if figure { "---:" } else { "---" };
        let rules = headings.iter().map(|h| rule(h.kind.is_number()).to_owned());
        line(rules, out)?;
    }
    let seen = Seen::default();
    let written: &Line<'_> = &|row, out| {
        row.iter().for_each(|value| seen.note(value.marks()));
        let cells = row.iter().zip(headings);
        line(
            cells.map(|(value, own)| escaped(&value.human(own.kind))),
            out,
        )
    };
    sheet.rows.rest(written, out)?;
    for meaning in seen.marks().messages() {
        out.remark(meaning);
    }
    Ok(())
}

fn line(cells: impl Iterator<Item = String>, out: &mut impl Write) -> io::Result<()> {
    for cell in cells {
        write!(out, "| {cell} ")?;
    }
    writeln!(out, "|")
}

/// A text with the characters escaped that have a meaning in Markdown.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in printable(text).chars() {
        if matches!(c, '\\' | '|' | '*' | '_' | '`' | '<' | '[' | ']') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}
