//! Regular expressions as people type them.

use memchr::memchr2_iter;
use regex::{Regex, RegexBuilder};
use std::borrow::Cow;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A regular expression that regards neither case nor accents. Patterns are the same if their
/// texts are.
#[derive(Debug, Clone)]
pub struct Pattern {
    typed: String,
    finder: Finder,
}

/// What finds a pattern in a text.
#[derive(Debug, Clone)]
enum Finder {
    /// A word is its own expression, and compared many times faster than one is compiled.
    Word,
    Regex(Regex),
}

impl Pattern {
    /// Whether some part of the text matches.
    pub fn is_match(&self, text: &str) -> bool {
        let text = unaccented(text);
        match &self.finder {
            Finder::Word => has_word(&text, &self.typed),
            Finder::Regex(regex) => regex.is_match(&text),
        }
    }

    /// The expression that is matched, without accents.
    pub(crate) fn expression(&self) -> String {
        unaccented(&self.typed).nfc().collect()
    }

    /// Whether it is a word, without signs that have a meaning in expressions.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.finder, Finder::Word)
    }

    /// The expression as it was typed.
    pub fn as_str(&self) -> &str {
        &self.typed
    }
}

/// The text without accents, however they are written. Only canonical equivalents are taken apart:
/// others can hold what has a meaning in an expression.
fn unaccented(text: &str) -> Cow<'_, str> {
    match text.is_ascii() {
        true => Cow::Borrowed(text),
        false => text.nfd().filter(|c| !is_combining_mark(*c)).collect(),
    }
}

/// Whether the text has this ASCII word somewhere, in whatever case.
fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else {
        return true;
    };
    let starts = memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text);
    starts
        .filter_map(|start| text.get(start..start + word.len()))
        .any(|part| part.eq_ignore_ascii_case(word))
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let pattern = |finder| Pattern {
            typed: text.to_owned(),
            finder,
        };
        let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_');
        if text.chars().all(in_word) {
            return Ok(pattern(Finder::Word));
        }
        let regex = RegexBuilder::new(&unaccented(text))
            .case_insensitive(true)
            .build();
        // The library draws the expression over several lines; its last says what is wrong.
        let regex = regex.map(Finder::Regex).map(pattern);
        regex.map_err(|error| {
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default().trim();
            let reason = reason.strip_prefix("error: ").unwrap_or(reason);
            format!("`{text}` is not a regular expression: {reason}")
        })
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.as_str() == other.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_is_found_where_its_expression_is(word in "[aBk _-]{0,3}", text in "[aAbBkK_é. -]{0,9}") {
            let pattern: Pattern = word.parse().expect("a pattern");
            let expression: Pattern = format!("(?:{word})").parse().expect("a pattern");
            prop_assert_eq!(pattern.is_match(&text), expression.is_match(&text));
        }
    }

    #[test]
    fn accents_are_alike_however_they_are_written() {
        for pattern in ["nüwa", "nu\u{308}wa", "NUWA", "n[üx]wa", "^n.wa$"] {
            let pattern: Pattern = pattern.parse().expect("a pattern");
            for text in ["NÜWA", "Nu\u{308}wa", "nuwa"] {
                assert!(pattern.is_match(text), "{pattern:?} in {text}");
            }
        }
    }
}
