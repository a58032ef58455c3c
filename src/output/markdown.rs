//! Tables in GitHub's Markdown, with human units.

use crate::model::heading::Heading;
use crate::model::value::Value;
use crate::text::printable;

/// The titles, and the rule below them.
pub(super) fn header(headings: &[Heading<'_>]) -> Vec<u8> {
    let titles = headings.iter().map(|heading| escaped(heading.title));
    let rules = headings
        .iter()
        .map(|heading| match heading.kind.is_number() {
            true => "---:".to_owned(),
            false => "---".to_owned(),
        });
    [line(titles), line(rules)].join("\n").into_bytes()
}

/// The values as a line.
pub(super) fn row(values: &[Value<'_>], headings: &[Heading<'_>]) -> Vec<u8> {
    let cells = values.iter().zip(headings);
    let cells = cells.map(|(value, heading)| escaped(&value.human(heading.kind)));
    line(cells).into_bytes()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells = cells.map(|cell| format!("| {cell} "));
    cells.collect::<String>() + "|"
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
