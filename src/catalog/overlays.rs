//! Overlays: what later sources say of models that an earlier one has.

use crate::catalog::source::{Place, Source};
use crate::error::Error;
use std::collections::HashMap;

/// The first source that has each id; of the last source nobody needs to know.
#[derive(Debug, Default)]
pub(crate) struct Owners(HashMap<String, usize>);

/// What later sources say of models, by their ids, the earliest first.
pub(crate) type Overlays = HashMap<String, Vec<Overlay>>;

/// What a source says of a model that an earlier one has.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// Where it says so.
    pub place: Place,
    /// What.
    pub json: String,
}

impl Owners {
    /// Reads the ids of all sources but the last.
    ///
    /// # Errors
    /// When an entry is broken.
    pub(crate) fn of(sources: &[Source]) -> Result<Owners, Error> {
        let mut owners = HashMap::new();
        let (_, earlier) = sources.split_last().unwrap_or((&Source::Embedded, &[]));
        for (number, source) in earlier.iter().enumerate() {
            let ids = source.gather(number, &Vec::new, &|ids: &mut Vec<String>, place, json| {
                ids.push(source.id(place, json)?.to_string());
                Ok(())
            })?;
            for id in ids {
                owners.entry(id).or_insert(number);
            }
        }
        Ok(Owners(owners))
    }

    /// Whether a source before this one has the id.
    pub(crate) fn has_before(&self, number: usize, id: &str) -> bool {
        self.0.get(id).is_some_and(|owner| *owner < number)
    }
}
