//! Errors, their places in a text, and exit codes.

use crate::text::{cut, is_control, printable};
use std::ops::Range;
use std::{fmt, io};
use unicode_width::UnicodeWidthStr;

/// A failure. It displays as one sentence, with a hint on a line of its own where there is one.
#[derive(Debug)]
pub enum Error {
    /// No record has the name that was typed. Exit code 1.
    Unknown(String),
    /// There is not enough data for an answer. Exit code 1.
    TooLittle(String),
    /// The command line is invalid or ambiguous. Exit code 2.
    Misuse(String),
    /// A condition is invalid. Exit code 2.
    Condition(ConditionError),
    /// A catalog cannot be read. Exit code 2.
    Catalog(String),
    /// A catalog is invalid at a place. Exit code 2.
    Broken {
        /// The name of the catalog in messages.
        source: String,
        /// The place.
        place: Position,
        /// What is wrong.
        what: String,
    },
    /// Another error with a hint.
    Hinted(Box<Error>, String),
    /// The answer could not be written. Exit code 2, or 0 if the pipe is closed.
    Write(io::Error),
}

/// Whether a command that did not fail found anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// At least one answer. Exit code 0.
    Some,
    /// Nothing matched. Exit code 1.
    Nothing,
}

impl Error {
    /// The process's exit code.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Unknown(_) | Error::TooLittle(_) => 1,
            Error::Misuse(_) | Error::Condition(_) | Error::Catalog(_) | Error::Broken { .. } => 2,
            Error::Hinted(error, _) => error.exit_code(),
            Error::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Error::Write(_) => 2,
        }
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(self, hint: String) -> Error {
        Error::Hinted(Box::new(self), hint)
    }
}

impl Found {
    /// Converts the number of answers.
    pub fn count(answers: usize) -> Found {
        match answers {
            0 => Found::Nothing,
            _ => Found::Some,
        }
    }

    /// The process's exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Found::Some => 0,
            Found::Nothing => 1,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unknown(text)
            | Error::TooLittle(text)
            | Error::Misuse(text)
            | Error::Catalog(text) => f.write_str(&printable(text)),
            // Its line breaks are its own; it filters what was typed.
            Error::Condition(mistake) => write!(f, "{mistake}"),
            Error::Broken {
                source,
                place,
                what,
            } => f.write_str(&printable(&format!("{source}, {place}: {what}"))),
            Error::Hinted(error, hint) => write!(f, "{error}\nhint: {}", printable(hint)),
            Error::Write(error) => write!(f, "cannot write the answer: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::Write(error)
    }
}

/// An error in a condition, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionError {
    /// The condition as typed.
    pub condition: String,
    /// The invalid part, in bytes.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
}

/// Columns shown before, within and after the invalid part, each.
const NEAR: usize = 40;

impl fmt::Display for ConditionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ConditionError {
            condition,
            at,
            message,
        } = self;
        // On one line, so that the caret is below its place.
        let blank = |c: char| match is_control(c) {
            true => " ".repeat(c.len_utf8()),
            false => c.to_string(),
        };
        let line: String = condition.chars().map(blank).collect();
        let (before, rest) = line.split_at_checked(at.start).unwrap_or((&line, ""));
        let (part, behind) = rest.split_at_checked(at.len()).unwrap_or((rest, ""));
        let reversed = |text: &str| text.chars().rev().collect::<String>();
        let before = reversed(&cut(&reversed(before), NEAR));
        let part = cut(part, NEAR);
        let behind = match part.ends_with('…') {
            true => String::new(),
            false => cut(behind, NEAR),
        };
        let (message, line) = (printable(message), [&*before, &*part, &*behind].concat());
        let (indent, carets) = (" ".repeat(before.width()), "^".repeat(part.width().max(1)));
        write!(f, "{message}\n\n  {}\n  {indent}{carets}", printable(&line))
    }
}

impl std::error::Error for ConditionError {}

/// A line and a column of a text, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in bytes, as serde_json counts.
    pub column: usize,
}

impl Position {
    /// The start of a text.
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

    /// The position in the whole text of `inner`, which is relative to this one.
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

    /// The position of an error, and its message without the position.
    pub fn of_json_error(error: &serde_json::Error) -> (Position, String) {
        let place = Position {
            line: error.line().max(1),
            column: error.column().max(1),
        };
        let text = error.to_string();
        let suffix = format!(" at line {} column {}", error.line(), error.column());
        let what = text.strip_suffix(&suffix).unwrap_or(&text);
        (place, what.to_owned())
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} column {}", self.line, self.column)
    }
}
