//! Text as LaTeX prints it.

use crate::model::name::greek;
use crate::text::is_control;
use unicode_normalization::UnicodeNormalization;

/// Characters that LaTeX reads as something else, or that old fonts do not have.
const SYMBOLS: [(char, &str); 46] = [
    ('\\', "\\textbackslash{}"),
    ('{', "\\textbraceleft{}"),
    ('}', "\\textbraceright{}"),
    ('~', "\\textasciitilde{}"),
    ('^', "\\textasciicircum{}"),
    ('&', "\\&"),
    ('%', "\\%"),
    ('$', "\\$"),
    ('#', "\\#"),
    ('_', "\\_"),
    // As mathematics, which biber leaves alone; it turns `\textless{}` back into `<`.
    ('<', "$<$"),
    ('>', "$>$"),
    ('|', "$|$"),
    ('"', "{''}"),
    ('`', "\\textasciigrave{}"),
    ('\u{a0}', "~"),
    ('·', "\\textperiodcentered{}"),
    ('–', "--"),
    ('—', "---"),
    ('‘', "`"),
    ('’', "'"),
    ('“', "``"),
    ('”', "''"),
    ('…', "\\ldots{}"),
    ('•', "\\textbullet{}"),
    ('™', "\\texttrademark{}"),
    ('®', "\\textregistered{}"),
    ('©', "\\textcopyright{}"),
    ('§', "\\S{}"),
    ('°', "$^\\circ$"),
    ('²', "$^2$"),
    ('³', "$^3$"),
    ('×', "$\\times$"),
    ('±', "$\\pm$"),
    ('≈', "$\\approx$"),
    ('≤', "$\\leq$"),
    ('≥', "$\\geq$"),
    ('→', "$\\rightarrow$"),
    ('∞', "$\\infty$"),
    ('ß', "\\ss{}"),
    ('æ', "\\ae{}"),
    ('Æ', "\\AE{}"),
    ('ø', "\\o{}"),
    ('Ø', "\\O{}"),
    ('ł', "\\l{}"),
    ('Ł', "\\L{}"),
];

/// Combining marks, and the commands that set them over or under a letter.
const MARKS: [(char, char); 13] = [
    ('\u{300}', '`'),
    ('\u{301}', '\''),
    ('\u{302}', '^'),
    ('\u{303}', '~'),
    ('\u{304}', '='),
    ('\u{306}', 'u'),
    ('\u{307}', '.'),
    ('\u{308}', '"'),
    ('\u{30a}', 'r'),
    ('\u{30b}', 'H'),
    ('\u{30c}', 'v'),
    ('\u{323}', 'd'),
    ('\u{327}', 'c'),
];

/// The text with every character that LaTeX would trip over as a command, braces balanced.
///
/// What has no command that every engine knows, such as Chinese, stays as it is.
pub fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match symbol(c) {
            None if is_control(c) => out.push(' '),
            Some(command) => out.push_str(command),
            None if c.is_ascii() => out.push(c),
            None => match letter(c) {
                Some(command) => out.push_str(&command),
                None => out.push(c),
            },
        }
    }
    out
}

fn symbol(c: char) -> Option<&'static str> {
    let known = SYMBOLS.iter().find(|(own, _)| *own == c);
    known.map(|(_, command)| *command)
}

/// A Greek letter, or a Latin one with accents.
fn letter(c: char) -> Option<String> {
    match greek(c) {
        Some("omicron") => return Some("$o$".to_owned()),
        Some(name) => return Some(format!("$\\{name}$")),
        None => {}
    }
    let mut parts = c.nfd();
    let mut text = parts.next().filter(char::is_ascii)?.to_string();
    for mark in parts {
        let (_, command) = MARKS.iter().find(|(own, _)| *own == mark)?;
        text = format!("{{\\{command}{{{text}}}}}");
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_latex_reads_as_something_else_is_a_command() {
        for (text, expected) in [
            (
                "Methods, Analysis & Insights",
                "Methods, Analysis \\& Insights",
            ),
            ("100% of $5 #1 a_b", "100\\% of \\$5 \\#1 a\\_b"),
            (
                "{~^\\}",
                "\\textbraceleft{}\\textasciitilde{}\\textasciicircum{}\\textbackslash{}\\textbraceright{}",
            ),
            ("MAE->WSP-2B", "MAE-$>$WSP-2B"),
            ("DALL·E", "DALL\\textperiodcentered{}E"),
            ("PanGu-α", "PanGu-$\\alpha$"),
            ("NÜWA", "N{\\\"{U}}WA"),
            ("Việt", "Vi{\\^{{\\d{e}}}}t"),
            ("紫东太初", "紫东太初"),
            ("a\tb\u{1b}[31m", "a b [31m"),
            ("", ""),
        ] {
            assert_eq!(latex(text), expected, "{text}");
        }
    }
}
