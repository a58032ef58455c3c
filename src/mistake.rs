//! A mistake in a condition: the place, under a caret, and what was expected there.

use std::fmt;
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::{cut, is_control, printable};

/// A place in a condition that cannot be read, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The condition as it was typed.
    pub condition: String,
    /// The bytes that cannot be read.
    pub at: Range<usize>,
    /// What was expected.
    pub message: String,
}

/// How many columns are shown of what is before the place, in it and behind it.
const NEAR: usize = 40;

/// The end of a text in at most `width` columns, `…` in place of what was cut.
fn tail(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let (mut start, mut used) = (text.len(), 1);
    for (i, c) in text.char_indices().rev() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        start = i;
    }
    format!("…{}", &text[start..])
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mistake {
            condition,
            at,
            message,
        } = self;
        // One line, whatever was typed, so that the caret stands under its place.
        let line: String = condition
            .chars()
            .map(|c| {
                if is_control(c) {
                    " ".repeat(c.len_utf8())
                } else {
                    c.to_string()
                }
            })
            .collect();
        let (before, rest) = line.split_at_checked(at.start).unwrap_or((&line, ""));
        let (part, behind) = rest.split_at_checked(at.len()).unwrap_or((rest, ""));
        let before = tail(before, NEAR);
        let part = cut(part, NEAR);
        let behind = match part.ends_with('…') {
            true => String::new(),
            false => cut(behind, NEAR),
        };
        write!(
            f,
            "{}\n\n  {}\n  {}{}",
            printable(message),
            printable(&[&*before, &*part, &*behind].concat()),
            " ".repeat(before.width()),
            "^".repeat(part.width().max(1))
        )
    }
}

impl std::error::Error for Mistake {}
