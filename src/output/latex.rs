//! Tables for LaTeX with the package booktabs, with human units. Text is UTF-8; the signs that `ahm`
//! itself writes are commands, which every engine knows.

use super::bibtex::escape_tex;
use crate::model::heading::Heading;
use crate::model::value::Value;
use crate::text::printable;

/// What ends a table.
pub(super) const END: &str = "\n\\bottomrule\n\\end{tabular}\n";

/// Signs of `ahm`, and the commands for them.
const SIGNS: [(char, &str); 14] = [
    ('†', "\\textdagger{}"),
    ('‡', "\\textdaggerdbl{}"),
    ('≈', "$\\approx$"),
    ('×', "$\\times$"),
    ('÷', "$\\div$"),
    ('…', "\\dots{}"),
    ('<', "\\textless{}"),
    ('>', "\\textgreater{}"),
    ('|', "\\textbar{}"),
    // In names.
    ('α', "$\\alpha$"),
    ('λ', "$\\lambda$"),
    ('π', "$\\pi$"),
    ('Σ', "$\\Sigma$"),
    ('²', "$^2$"),
];

/// What begins a table, with its titles if it has a header.
pub(super) fn start(headings: &[Heading<'_>], has_header: bool) -> String {
    let alignment = headings
        .iter()
        .map(|heading| match heading.kind.is_number() {
            true => 'r',
            false => 'l',
        });
    let alignment: String = alignment.collect();
    let titles = headings.iter().map(|heading| escaped(heading.title));
    let header = match has_header {
        true => line(titles) + "\n\\midrule\n",
        false => String::new(),
    };
    format!("\\begin{{tabular}}{{{alignment}}}\n\\toprule\n{header}")
}

/// The values as a line, their marks as superscripts.
pub(super) fn row(values: &[Value<'_>], headings: &[Heading<'_>]) -> Vec<u8> {
    let cells = values.iter().zip(headings).map(|(value, heading)| {
        let text = escaped(&value.unmarked().human(heading.kind));
        match escaped(&value.marks().signs()) {
            marks if marks.is_empty() => text,
            marks => format!("{text}\\textsuperscript{{{marks}}}"),
        }
    });
    line(cells).into_bytes()
}

/// Sentences below a table.
pub(super) fn notes(sentences: impl Iterator<Item = String>) -> String {
    // Every second part is between backticks: what is typed.
    let line = |sentence: String| {
        let parts = sentence.split('`').enumerate();
        let parts = parts.map(|(i, part)| match i % 2 {
            0 => escaped(part),
            _ => format!("\\texttt{{{}}}", escaped(part)),
        });
        parts.collect::<String>() + "\\par\n"
    };
    let lines = sentences.map(line);
    format!("{{\\footnotesize\n{}}}\n", lines.collect::<String>())
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let line = cells.collect::<Vec<_>>().join(" & ") + " \\\\";
    // After a line break, both are its options.
    match line.starts_with(['[', '*']) {
        true => "{}".to_owned() + &line,
        false => line,
    }
}

/// A text with the characters escaped that have a meaning in LaTeX.
fn escaped(text: &str) -> String {
    let escaped = escape_tex(&printable(text));
    SIGNS.iter().fold(escaped, |text, (sign, command)| {
        text.replace(*sign, command)
    })
}
