//! What a catalog says of itself: how fresh it is, and whose work it rests on.

use crate::model::month::Month;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// The key under which it stands.
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
    /// Reads what stands under `about` in a catalog, and nothing after it; none if there is
    /// nothing, or what does not read, which `ahm check` tells.
    pub fn of(catalog: &str) -> Option<About> {
        let mut about = None;
        let mut json = serde_json::Deserializer::from_str(catalog);
        // What was found is kept, however the reading ends.
        let _ = json.deserialize_map(Top(&mut about));
        about
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

/// The top of a catalog, read until what it says of itself is found.
struct Top<'a>(&'a mut Option<About>);

impl<'de> Visitor<'de> for Top<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a catalog")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == ABOUT {
                *self.0 = Some(map.next_value()?);
                // An error is the one way to leave the rest unread.
                return Err(M::Error::custom("found"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_is_not_read() {
        let about = About::of(r#"{"v":1,"about":{"updated":"2024-05"},"models":[broken"#);
        let about = about.expect("what it is");
        assert_eq!(
            about.updated.map(|month| month.to_string()).as_deref(),
            Some("2024-05")
        );
        assert_eq!(About::of(r#"{"models":[]}"#), None);
        assert_eq!(
            About::of(r#"{"about":{"updated":"soon"},"models":[]}"#),
            None
        );
    }
}
