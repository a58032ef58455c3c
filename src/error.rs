//! What can go wrong, and the exit code that says so.

use crate::text::{cut, is_control, printable};
use std::fmt;
use std::io;
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A failure, in one sentence for the person who caused or met it.
#[derive(Debug)]
pub enum Error {
    /// Nothing has the name that was typed. Exit code 1.
    Unknown(String),
    /// What was found is too little for an answer. Exit code 1.
    TooLittle(String),
    /// The question cannot be understood, or not in one way. Exit code 2.
    Misuse(String),
    /// A word of a condition is nobody's. Exit code 2.
    Condition(Mistake),
    /// A catalog cannot be read. Exit code 2.
    Catalog(String),
    /// A catalog is broken at a place. Exit code 2.
    Broken {
        /// The catalog, as messages call it.
        source: String,
        /// Where.
        place: Position,
        /// What is wrong there.
        what: String,
    },
    /// Another error, and what may help.
    Hinted(Box<Error>, String),
    /// The answer could not be written. Exit code 2, or 0 if nobody reads any more.
    Write(io::Error),
}

/// What a command found: the exit code of a run that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Something. Exit code 0.
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
}

impl Error {
    /// The same with a hint.
    #[must_use]
    pub fn hint(self, hint: String) -> Error {
        Error::Hinted(Box::new(self), hint)
    }
}

impl Found {
    /// From the number of answers.
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
            // It keeps its lines, and nothing else that was typed.
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
