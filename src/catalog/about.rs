//! What a catalog says of itself: its month, and whose work it rests on.

use crate::model::month::Month;
use serde::Deserialize;
use std::fmt;

/// The key of [`About`] in a catalog.
pub(crate) const ABOUT: &str = "about";

/// What a catalog says of itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(expecting = "what the catalog is: a title, a month, an origin, credits")]
pub struct About {
    /// What it is called.
    pub title: Option<String>,
    /// The month of its latest figures.
    pub updated: Option<Month>,
    /// The list that it began with.
    pub origin: Option<Credit>,
    /// Whose other work it uses.
    #[serde(default)]
    pub credits: Vec<Credit>,
}

/// Work of others, and on which terms it is used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(expecting = "a credit: a name, an address, a license")]
pub struct Credit {
    /// What it is called, and whose it is.
    pub name: String,
    /// Its address.
    pub url: String,
    /// SPDX identifier of its license.
    pub license: Option<String>,
}

impl About {
    /// Reads it from JSON; none where it cannot be read, which `ahm check` reports.
    pub(crate) fn of(json: &str) -> Option<About> {
        serde_json::from_str(json).ok()
    }
}

impl fmt::Display for Credit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        if let Some(license) = &self.license {
            write!(f, " ({license})")?;
        }
        write!(f, ": {}", self.url)
    }
}
