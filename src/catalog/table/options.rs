//! Options of tables.

use super::mapping::Mapping;
use super::profile::Profile;
use clap::ValueEnum;

/// What is read of a table, and how it joins the catalogs before it.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableOptions {
    /// Columns that the user maps.
    pub map: Vec<Mapping>,
    /// The profile of the table; recognized by its columns if it is not given.
    pub profile: Option<&'static Profile>,
    /// Whether a value that cannot be read is an error.
    pub is_strict: bool,
    /// How rows join the models that are known already.
    pub merge: MergeMode,
    /// Which entries are made; all if it is not given.
    pub part: Option<RowPart>,
}

/// A part of what a table says, by what is known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowPart {
    /// Models that are not known.
    New,
    /// What is said of known models.
    Known,
}

impl TableOptions {
    /// The same, with rows as models of their own.
    pub(crate) fn apart(&self) -> TableOptions {
        TableOptions {
            merge: MergeMode::Apart,
            ..self.clone()
        }
    }
}

/// How rows join the models that are known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum MergeMode {
    // Their values fill the gaps of the models that they match.
    #[default]
    Fill,
    // Their values replace those of the models that they match.
    Replace,
    // They are models of their own.
    Apart,
}
