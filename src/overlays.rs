//! Overlays: what later sources say of models that an earlier one has.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::error::Error;
use crate::gather::Gather;
use crate::source::{Place, Source};

/// The first source that has each id; of the last source nobody needs to know.
#[derive(Debug, Default)]
pub struct Owners(HashMap<String, usize>);

/// What later sources say of models, by their ids, the earliest first.
pub type Overlays = HashMap<String, Vec<Overlay>>;

/// What a source says of a model that an earlier one has.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// Where it says so.
    pub place: Place,
    /// What.
    pub json: String,
}

/// Ids of one source, as many as people would write; of a longer one `ahm check` tells whether
/// one comes twice.
#[derive(Debug, Default)]
pub struct Ids(Vec<(u64, Place)>);

/// How many ids of a source are compared with each other, and how far into it they stand.
const COMPARED: usize = 50_000;
const FAR: u64 = 64 * 1024 * 1024;

impl Ids {
    /// Notes the id of the model at this place.
    pub fn note(&mut self, place: Place, id: &str) {
        if self.0.len() < COMPARED && place.start < FAR {
            let mut hasher = DefaultHasher::new();
            id.hash(&mut hasher);
            self.0.push((hasher.finish(), place));
        }
    }

    /// The first model whose id another has before it.
    pub fn twice(mut self) -> Option<Place> {
        self.0.sort_unstable();
        let pairs = self.0.windows(2);
        pairs
            .filter(|pair| pair[0].0 == pair[1].0)
            .map(|pair| pair[1].1)
            .min()
    }
}

impl Gather for Ids {
    fn append(&mut self, mut later: Ids) {
        let room = COMPARED - self.0.len();
        later.0.truncate(room);
        self.0.append(&mut later.0);
    }
}

impl Owners {
    /// Reads the ids of all sources but the last.
    ///
    /// # Errors
    /// When an entry is broken.
    pub fn of(sources: &[Source]) -> Result<Owners, Error> {
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
    pub fn has_before(&self, number: usize, id: &str) -> bool {
        self.0.get(id).is_some_and(|owner| *owner < number)
    }
}
