//! A mistake in a condition: the place, under a caret, and what was expected there.

use std::fmt;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::text::{is_control, printable};

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
        let indent = line.get(..at.start).map_or(0, UnicodeWidthStr::width);
        let carets = line
            .get(at.clone())
            .map_or(1, UnicodeWidthStr::width)
            .max(1);
        write!(
            f,
            "{}\n\n  {}\n  {}{}",
            printable(message),
            printable(&line),
            " ".repeat(indent),
            "^".repeat(carets)
        )
    }
}

impl std::error::Error for Mistake {}
