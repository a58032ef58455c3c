//! Tables in GitHub's Markdown, with human units.

use super::Output;
use crate::model::column::Heading;
use crate::model::value::Value;
use crate::text::printable;
use std::io::{self, Write};

/// The titles, and the rule below them.
pub(super) fn header(headings: &[Heading<'_>], out: &mut Output) -> io::Result<()> {
    line(headings.iter().map(|heading| escaped(heading.title)), out)?;
    writeln!(out)?;
    let rule = |heading: &Heading<'_>| match heading.kind.is_number() {
        true => "---:".to_owned(),
        false => "---".to_owned(),
    };
    line(headings.iter().map(rule), out)?;
    writeln!(out)
}

pub(super) fn row(
    values: &[Value<'_>],
    headings: &[Heading<'_>],
    text: &mut Vec<u8>,
) -> io::Result<()> {
    let cells = values.iter().zip(headings);
    let cells = cells.map(|(value, heading)| escaped(&value.human(heading.kind)));
    line(cells, text)
}

fn line(cells: impl Iterator<Item = String>, out: &mut impl Write) -> io::Result<()> {
    for cell in cells {
        write!(out, "| {cell} ")?;
    }
    write!(out, "|")
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
