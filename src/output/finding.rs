//! Findings about a file, which programs show beside its lines.

use crate::error::Position;

/// Something that was found about a file.
#[derive(Debug)]
pub(crate) struct Finding<'a> {
    /// The file and the position in it, where there is one.
    pub place: Option<(&'a str, Position)>,
    pub level: Level,
    /// The id of the rule that is broken, and the rule in words.
    pub rule: (&'a str, &'a str),
    pub message: String,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Error,
    Warning,
    Note,
}

impl Finding<'_> {
    /// The parts of a message that are not empty, separated by colons.
    pub(crate) fn message(parts: &[&str]) -> String {
        let parts = parts.iter().filter(|part| !part.is_empty());
        parts.copied().collect::<Vec<_>>().join(": ")
    }
}
