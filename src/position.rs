//! Positions in a text: where a mistake stands.

use std::fmt;

/// A line and a column of a text, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in bytes, as serde_json counts.
    pub column: usize,
}

impl Position {
    /// The beginning of a text.
    pub const FIRST: Position = Position { line: 1, column: 1 };

    /// The position of a byte of a text.
    pub fn of(text: &str, at: usize) -> Position {
        let before = &text.as_bytes()[..at];
        let start = before.iter().rposition(|byte| *byte == b'\n');
        Position {
            line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
            column: at - start.map_or(0, |newline| newline + 1) + 1,
        }
    }

    /// A position counted from this one, as one of the whole text.
    #[must_use]
    pub fn then(self, inner: Position) -> Position {
        match inner.line {
            1 => Position {
                line: self.line,
                column: self.column + inner.column - 1,
            },
            line => Position {
                line: self.line + line - 1,
                column: inner.column,
            },
        }
    }

    /// The position that an error tells, and what it says without it.
    pub fn told(error: &serde_json::Error) -> (Position, String) {
        let place = Position {
            line: error.line().max(1),
            column: error.column().max(1),
        };
        let text = error.to_string();
        let place_told = format!(" at line {} column {}", error.line(), error.column());
        let what = text.strip_suffix(&place_told).unwrap_or(&text);
        (place, what.to_owned())
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} column {}", self.line, self.column)
    }
}
