//! What can go wrong, and the exit code that says so.

use std::fmt;
use std::io;

use crate::mistake::Mistake;
use crate::position::Position;
use crate::text::printable;

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
