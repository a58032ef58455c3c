//! Tables of other people: CSV, TSV and JSON whose keys are not those of a catalog.

mod convert;
mod delimited;
mod filling;
mod folder;
mod joining;
mod json_rows;
mod known_models;
mod options;
mod origin;
mod plan;
mod profile;
mod read;
mod rows;

pub(crate) use delimited::is_delimited;
pub(crate) use folder::{files_of, has_table_ending};
pub(crate) use joining::{Registry, join};
pub(crate) use known_models::{Identity, KnownModels, Match};
pub(crate) use options::{Mapping, MergeMode, RowPart, TableOptions};
pub(crate) use profile::Profile;
pub(crate) use read::{decoded, is_utf16};
pub(crate) use rows::Table;
