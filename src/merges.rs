//! Merging sources: which entries speak of one model.

use std::collections::{HashMap, HashSet};
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

use crate::error::Error;
use crate::model::{Key, Model};
use crate::name::Folded;
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
        let mut circles = Circles::default();
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
                if let Some(other) = circles.closed_by(&model) {
                    let what = format!("`{}` and `{other}` are aliases of each other", model.id);
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

/// Models that go by each other's names: which of them is meant, nobody could tell.
#[derive(Debug, Default)]
struct Circles {
    /// For a model's name, the model; only of those that have aliases, for only they can be in a circle.
    owners: HashMap<Folded, String>,
    /// The models whose names each model has for aliases.
    aliases: HashMap<String, Vec<Folded>>,
}

impl Circles {
    /// Notes a model; the model that it closes a circle with, if it does.
    fn closed_by(&mut self, model: &Model<'_>) -> Option<String> {
        if model.aliases.is_empty() {
            return None;
        }
        for name in [&model.id, &model.name] {
            self.owners.insert(Folded::new(name), model.id.to_string());
        }
        let aliases = model.aliases.iter().map(|alias| Folded::new(alias));
        self.aliases.insert(model.id.to_string(), aliases.collect());
        // From name to name, until there is none or one comes back.
        let mut seen = HashSet::new();
        let mut open = vec![model.id.to_string()];
        while let Some(id) = open.pop() {
            for alias in self.aliases.get(&id).into_iter().flatten() {
                match self.owners.get(alias) {
                    Some(owner) if *owner == id => {}
                    Some(owner) if *owner == *model.id => return Some(id),
                    Some(owner) if seen.insert(owner.clone()) => open.push(owner.clone()),
                    _ => {}
                }
            }
        }
        None
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::tests::read;

    #[test]
    fn circles_of_aliases_are_found_however_long() {
        let mut circles = Circles::default();
        let mut note = |json| circles.closed_by(&read(json, Keys::ALL));
        assert_eq!(
            note(r#"{"id":"a","name":"A","aliases":["A one","B"]}"#),
            None
        );
        assert_eq!(note(r#"{"id":"b","name":"B","aliases":["C"]}"#), None);
        assert_eq!(note(r#"{"id":"d","name":"D","aliases":["A"]}"#), None);
        let closed = note(r#"{"id":"c","name":"C","aliases":["A"]}"#);
        assert_eq!(closed.as_deref(), Some("b"));
    }
}
