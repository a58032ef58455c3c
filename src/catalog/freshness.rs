//! How fresh the data behind an answer is, worked out when it is told.

use crate::catalog::source::Source;
use std::fmt;

/// The months of which the catalogs are, `, catalog of 2023-04`; nothing where none says so.
#[derive(Debug, Clone, Copy)]
pub struct Freshness<'c>(pub &'c [Source]);

impl fmt::Display for Freshness<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for source in self.0 {
            let Some(month) = source.about().and_then(|about| about.updated) else {
                continue;
            };
            match (source.is_embedded(), self.0.len()) {
                (true, 1) => write!(f, ", catalog of {month}")?,
                (true, _) => write!(f, ", built-in catalog of {month}")?,
                (false, _) => write!(f, ", {} of {month}", source.name())?,
            }
        }
        Ok(())
    }
}
