//! Findings: what `ahm check` has to say of a catalog.

use crate::error::Position;

/// Something that is wrong with a catalog, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The source, as messages call it.
    pub source: String,
    /// Where it stands.
    pub place: Position,
    /// The model's id, if it has one.
    pub id: String,
    /// The key, if it is about one.
    pub key: String,
    /// Whether it is a mistake.
    pub severity: Severity,
    /// What it is.
    pub what: String,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    /// The catalog is wrong.
    Mistake,
    /// The catalog says something that its author may want to know of.
    Note,
}

impl Finding {
    /// Whether it is a mistake.
    pub(crate) fn is_mistake(&self) -> bool {
        self.severity == Severity::Mistake
    }
}
