//! Regular expressions as people type them.

use std::borrow::Cow;
use std::path::Path;
use std::str::FromStr;

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A regular expression that regards neither case nor accents. Patterns are the same if their
/// texts are.
#[derive(Debug, Clone)]
pub struct Pattern {
    typed: String,
    regex: Regex,
}

impl Pattern {
    /// Whether some part of the text matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(&unaccented(text))
    }

    /// The expression as it was typed.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// A note where the expression looks like a flag or a catalog that was meant.
    pub fn note(&self) -> Option<String> {
        let typed = &self.typed;
        let flag = typed.trim_start_matches(is_dash);
        let meant = match flag.chars().nth(1) {
            _ if flag.len() == typed.len() => match Path::new(typed).is_file() {
                true => format!("--catalog {typed}"),
                false => return None,
            },
            Some(_) => format!("--{flag}"),
            None => format!("-{flag}"),
        };
        Some(format!(
            "`{typed}` was read as a pattern (did you mean `{meant}`?)"
        ))
    }
}

/// The dashes that editors and web pages make of `-` and `--`.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// The text without accents, however they are written. Only canonical equivalents are taken apart:
/// others can hold what has a meaning in an expression.
fn unaccented(text: &str) -> Cow<'_, str> {
    match text.is_ascii() {
        true => Cow::Borrowed(text),
        false => text.nfd().filter(|c| !is_combining_mark(*c)).collect(),
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let regex = RegexBuilder::new(&unaccented(text))
            .case_insensitive(true)
            .build();
        // The library draws the expression over several lines; its last says what is wrong.
        let regex = regex.map_err(|error| {
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default().trim();
            let reason = reason.strip_prefix("error: ").unwrap_or(reason);
            format!("`{text}` is not a regular expression: {reason}")
        })?;
        Ok(Pattern {
            typed: text.to_owned(),
            regex,
        })
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.as_str() == other.as_str()
    }
}
