//! What catalogs of one's own say of a model, and where.

use super::Catalog;
use crate::catalog::reading::{Original, Reading};
use crate::catalog::source::Place;
use crate::error::Error;
use crate::model::Key;
use crate::model::keys::Keys;
use crate::model::text::Text;
use serde::de::IgnoredAny;
use std::collections::HashMap;

/// The keys that an entry of somebody's own catalog has.
#[derive(Debug)]
pub struct Said {
    /// Which.
    pub keys: Keys,
    /// Where it stands, in words.
    pub place: String,
}

impl Catalog {
    /// What catalogs other than the built-in one say of a model, the last word last; nothing where
    /// there is only one catalog, which says everything.
    ///
    /// # Errors
    /// When they cannot be read any more.
    pub fn said(&self, original: &Original<'_>) -> Result<Vec<Said>, Error> {
        // The list says nothing of them.
        if self.sources.len() == 1 || self.reading == Reading::AsListed {
            return Ok(Vec::new());
        }
        let own = std::iter::once((original.place, &*original.json));
        let overlays = original.overlays.iter();
        let all = own.chain(overlays.map(|overlay| (overlay.place, &*overlay.json)));
        let said = all.filter(|(place, _)| !self.source(*place).is_embedded());
        said.map(|(place, json)| self.entry(place, json)).collect()
    }

    fn entry(&self, place: Place, json: &str) -> Result<Said, Error> {
        let source = self.source(place);
        let entry = serde_json::from_str::<HashMap<Text<'_>, IgnoredAny>>(json);
        let entry = entry.map_err(|error| source.broken(place, &error))?;
        let keys = entry.keys().filter_map(|name| Key::named(name));
        Ok(Said {
            keys: keys.fold(Keys::default(), |keys, key| keys.and(Keys::of(&[key]))),
            place: format!("{}, {}", source.name(), source.position(place.start)?),
        })
    }
}
