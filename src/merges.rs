//! Merging sources: which entries speak of one model.

use std::collections::{HashMap, HashSet};
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

use crate::error::Error;
use crate::model::{Key, Model};
use crate::reader::{Keys, ModelReader};
use crate::source::{Place, Source};

/// Where later sources speak of models that an earlier one has.
#[derive(Debug, Default)]
pub struct Merges {
    /// For a model, the sources and byte ranges of what later ones say of it.
    pub later: HashMap<Place, Vec<(usize, Range<usize>)>>,
    /// For an entry that speaks of an earlier model, that model.
    pub merged: HashMap<Place, Place>,
}

impl Merges {
    /// Reads the ids of all sources; of files every entry whole, so that one that is broken is an
    /// error whatever is asked.
    ///
    /// # Errors
    /// When an entry is broken, has no id, or has one that its source has already.
    pub fn of(sources: &[Source]) -> Result<Merges, Error> {
        let mut merges = Merges::default();
        // The embedded catalog alone has nothing to merge; its tests see to its ids.
        if let [source] = sources
            && source.is_embedded()
        {
            return Ok(merges);
        }
        let mut owners: HashMap<String, Place> = HashMap::new();
        for (number, source) in sources.iter().enumerate() {
            let mut own = HashSet::new();
            let mut entries: Vec<&RawValue> = Vec::new();
            source.models(|_| Some(PhantomData), |_, entry| entries.push(entry))?;
            for (entry, json) in entries.into_iter().enumerate() {
                let place = Place {
                    source: number,
                    entry,
                };
                let start = source.offset(json.get());
                let model = read_whole(source, json.get())?;
                if model.id.is_empty() {
                    return Err(source.says(start, "a model without an `id`"));
                }
                if !own.insert(model.id.to_string()) {
                    let what = format!("a second model with the id `{}`", model.id);
                    return Err(source.says(start, &what));
                }
                match owners.get(&*model.id) {
                    Some(owner) => {
                        let range = start..start + json.get().len();
                        merges
                            .later
                            .entry(*owner)
                            .or_default()
                            .push((number, range));
                        merges.merged.insert(place, *owner);
                    }
                    None => {
                        owners.insert(model.id.to_string(), place);
                    }
                }
            }
        }
        Ok(merges)
    }
}

/// Reads an entry with all its keys, so that one that is broken is an error whatever is asked; of
/// the embedded catalog, whose tests see to that, the id alone.
fn read_whole<'s>(source: &Source, json: &'s str) -> Result<Model<'s>, Error> {
    let keys = match source.is_embedded() {
        true => Keys::of(&[Key::id]),
        false => Keys::ALL,
    };
    let start = source.offset(json);
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let model = ModelReader(keys).deserialize(&mut deserializer);
    let mut model = model.map_err(|error| source.broken(start, &error))?;
    model.correct().map_err(|error| {
        source.says(
            start,
            &format!("a correction is no value of its key: {error}"),
        )
    })?;
    Ok(model)
}
