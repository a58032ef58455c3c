//! Options of tables.

use super::profile::Profile;
use crate::model::column::{Column, ColumnRef, Slot};
use clap::ValueEnum;
use std::str::FromStr;

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

/// A column of a table that the user maps: `params=Size (B):1e9`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mapping {
    /// The key.
    pub key: ColumnRef,
    /// The name of the column.
    pub header: String,
    /// What its numbers are multiplied by.
    pub factor: Option<f64>,
}

impl Mapping {
    /// Parses several, separated by commas.
    pub(crate) fn parse_list(text: &str) -> Result<Vec<Mapping>, String> {
        let mut parts: Vec<String> = Vec::new();
        for part in text.split(',') {
            // A header may have a comma.
            match (part.contains('='), parts.last_mut()) {
                (false, Some(last)) => *last = format!("{last},{part}"),
                _ => parts.push(part.to_owned()),
            }
        }
        parts.iter().map(|part| part.parse()).collect()
    }
}

impl FromStr for Mapping {
    type Err = String;

    fn from_str(text: &str) -> Result<Mapping, String> {
        let Some((key, header)) = text.split_once('=') else {
            return Err(format!(
                "`{text}` is not KEY=COLUMN, such as `params=Size (B):1e9`"
            ));
        };
        let key: ColumnRef = Column::named(key)?;
        if is_derived(key) {
            return Err(format!("`{}` is computed from other keys", key.heading.key));
        }
        let factor = header.rsplit_once(':');
        let factor =
            factor.and_then(|(header, factor)| Some((header, factor.trim().parse::<f64>().ok()?)));
        let (header, factor) = match factor {
            Some((header, factor)) if factor > 0.0 && factor.is_finite() => (header, Some(factor)),
            _ => (header, None),
        };
        Ok(Mapping {
            key,
            header: header.trim().to_owned(),
            factor,
        })
    }
}

/// Whether a column is computed from others; the parts of `hardware` are read.
pub(super) fn is_derived(column: ColumnRef) -> bool {
    column.slot == Slot::Computed && !column.heading.key.starts_with("hardware_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mappings_are_read_as_typed() {
        let list = Mapping::parse_list("params=Size (B):1e9,org=Lab, Inc.").expect("mappings");
        let [params, organizations] = &list[..] else {
            panic!("two mappings")
        };
        assert_eq!(params.key.heading.key, "params");
        assert_eq!(
            (params.header.as_str(), params.factor),
            ("Size (B)", Some(1e9))
        );
        assert_eq!(organizations.header, "Lab, Inc.");
        for wrong in ["params", "parms=Size", "compute_6nd=C"] {
            assert!(Mapping::parse_list(wrong).is_err(), "{wrong}");
        }
    }
}
