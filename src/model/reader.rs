//! Reading models: of each only the keys that a question needs; `null` and empty values are missing.

use crate::model::column::Slot;
use crate::model::figure::Figure;
use crate::model::hardware::ChipUnit;
use crate::model::keys::Keys;
use crate::model::month::Month;
use crate::model::schema;
use crate::model::text::Text;
use crate::model::{Access, Key, Map, Model, SourceKind};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde_json::Value;
use std::fmt;

/// Reads one model, and of it only the wanted keys; the rest is skipped.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ModelReader(pub Keys);

/// Reads the name of a key: which it is, or what is not known.
struct Name;

impl ModelReader {
    /// Reads an entry of a model over what is known of it: its keys win.
    ///
    /// # Errors
    /// When the entry is no model.
    pub(crate) fn onto<'de, D: Deserializer<'de>>(
        self,
        model: &mut Model<'de>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_map(Onto(self.0, model))
    }
}

/// What the name of a key means.
enum Named<'de> {
    /// A key of the catalog.
    Key(Key),
    /// A part of the object under a key.
    Part(Key, &'static str),
    /// What this program computes itself.
    Computed,
    /// The object that holds keys which is not known.
    Extra,
    /// A key that is not known.
    Unknown(Text<'de>),
}

impl<'de> Named<'de> {
    fn of(name: Text<'de>) -> Named<'de> {
        // Columns are looked through for the few names that are no keys.
        match Key::named(&name).map(Named::Key) {
            Some(key) => key,
            None => match schema::slot(&name) {
                Some(Slot::Part(key, part)) => Named::Part(key, part),
                Some(Slot::Computed) => Named::Computed,
                Some(Slot::Own) => Named::Extra,
                None => Named::Unknown(name),
            },
        }
    }
}

/// Whether a model's key, or a column, has this name.
pub(crate) fn is_known(name: &str) -> bool {
    !matches!(Named::of(name.into()), Named::Unknown(_))
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Named<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Text::deserialize(deserializer).map(Named::of)
    }
}

/// A visitor that reads keys into a model.
struct Onto<'m, 'de>(Keys, &'m mut Model<'de>);

impl<'de> Visitor<'de> for Onto<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a model")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let Onto(keys, model) = self;
        let sources = std::mem::take(&mut model.sources);
        let corrections = std::mem::take(&mut model.corrections);
        let mut given = Keys::default();
        let mut parts = Parts::default();
        while let Some(name) = map.next_key_seed(Name)? {
            match name {
                Named::Key(key) if keys.has(key) => {
                    if model.read(key, &mut map)? {
                        given = given.and(Keys::of(&[key]));
                    }
                }
                Named::Part(key, part) if keys.has(key) => parts.add(key, part, map.next_value()?),
                Named::Extra if keys.has(Key::extra) => match map.next_value()? {
                    Value::Object(own) => own.into_iter().for_each(|own| keep(model, own)),
                    value => keep(model, ("extra".to_owned(), value)),
                },
                Named::Unknown(name) if keys.has(Key::extra) => {
                    keep(model, (name.to_string(), map.next_value()?));
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        given = given.and(parts.put(model, given).map_err(M::Error::custom)?);
        model.take_back(keys).map_err(M::Error::custom)?;
        if !sources.is_empty() || !corrections.is_empty() {
            model.keep_earlier(sources, corrections, given);
        }
        Ok(())
    }
}

/// Keeps a key that is not known, unless it is empty.
fn keep(model: &mut Model<'_>, (name, value): (String, Value)) {
    let is_own = name == "extra" || !is_known(&name);
    if is_own && !is_missing(&value) {
        model.extra.insert(name, value);
    }
}

/// Parts of objects that an entry has beside each other, as a record under columns has them.
#[derive(Default)]
struct Parts(Vec<(Key, Map)>);

impl Parts {
    fn add(&mut self, key: Key, part: &str, value: Value) {
        if is_missing(&value) {
            return;
        }
        match self.0.iter_mut().find(|(own, _)| *own == key) {
            Some((_, parts)) => drop(parts.insert(part.to_owned(), value)),
            None => self
                .0
                .push((key, Map::from_iter([(part.to_owned(), value)]))),
        }
    }

    /// Puts the parts together as the values of their keys, over what the entry has there; returns
    /// those keys.
    fn put(self, model: &mut Model<'_>, given: Keys) -> Result<Keys, serde_json::Error> {
        let mut put = Keys::default();
        for (key, parts) in self.0 {
            put = put.and(Keys::of(&[key]));
            let mut whole = match model.get(key) {
                Some(Value::Object(whole)) if given.has(key) => whole,
                _ => Map::new(),
            };
            whole.extend(parts);
            model.set(key, Some(Value::Object(whole)))?;
        }
        Ok(put)
    }
}

/// A value of a key.
pub(crate) trait Known<'de>: Sized {
    /// Reads it.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Whether it is missing or empty.
    fn is_missing(&self) -> bool;
}

/// A part of a value.
pub(crate) trait Part<'de>: Deserialize<'de> {
    /// Whether it is missing or empty.
    fn is_empty(&self) -> bool {
        false
    }
}

/// A value for serde's own containers.
pub(crate) struct Readable<T>(pub T);

/// Reads a value, for `deserialize_with`.
pub(crate) fn read<'de, T: Known<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Whether a value without a type of its own is missing or empty.
pub(crate) fn is_missing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

impl<'de, T: Known<'de>> Deserialize<'de> for Readable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Readable)
    }
}

impl<'de: 'a, 'a> Known<'de> for Text<'a> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Option::unwrap_or_default)
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }
}

impl<'de> Known<'de> for bool {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Option::unwrap_or_default)
    }

    fn is_missing(&self) -> bool {
        !self
    }
}

impl<'de, T: Part<'de>> Known<'de> for Option<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<T>::deserialize(deserializer)?;
        Ok(value.filter(|value| !value.is_empty()))
    }

    fn is_missing(&self) -> bool {
        self.is_none()
    }
}

impl<'de, T: Part<'de>> Known<'de> for Vec<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Option::<Vec<Option<T>>>::deserialize(deserializer)?;
        let parts = list.into_iter().flatten().flatten();
        Ok(parts.filter(|part| !part.is_empty()).collect())
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }
}

impl<'de> Known<'de> for Map {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut map = Option::<Map>::deserialize(deserializer)?.unwrap_or_default();
        map.retain(|_, value| !is_missing(value));
        Ok(map)
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }
}

impl<'de: 'a, 'a> Part<'de> for Text<'a> {
    fn is_empty(&self) -> bool {
        str::is_empty(self)
    }
}

impl Part<'_> for Figure {}
impl Part<'_> for Month {}
impl Part<'_> for Access {}
impl Part<'_> for ChipUnit {}
impl Part<'_> for SourceKind {}
impl Part<'_> for bool {}
impl Part<'_> for Value {}

impl<'de> Known<'de> for SourceKind {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        SourceKind::deserialize(deserializer)
    }

    fn is_missing(&self) -> bool {
        false
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A model from JSON.
    pub(crate) fn read(json: &str, keys: Keys) -> Model<'_> {
        let mut model = Model::default();
        let read = read_onto(&mut model, json, keys);
        read.map(|()| model).expect("a model")
    }

    fn read_onto<'r>(
        model: &mut Model<'r>,
        json: &'r str,
        keys: Keys,
    ) -> Result<(), serde_json::Error> {
        ModelReader(keys).onto(model, &mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn only_the_wanted_keys_are_read() {
        let json = r#"{"id":"a","name":"A","params":7e9,"tokens":1e12,"mine":1}"#;
        let model = read(json, Keys::of(&[Key::id, Key::params]));
        assert_eq!(&*model.id, "a");
        assert_eq!(model.params, Some(Figure(7e9)));
        assert_eq!(&*model.name, "");
        assert!(model.tokens.is_none() && model.extra.is_empty());
    }

    #[test]
    fn a_model_is_written_as_it_was_read() {
        let json = r#"{"id":"a","access":"open","params":7000000000,"samples":{"count":5,"unit":"images"},"compute_flop":290000000000000,"hardware":[{"chip":"A100","unit":"chip","hours":48}],"mine":{"b":1,"a":2}}"#;
        let model = read(json, Keys::ALL);
        assert_eq!(serde_json::to_string(&model).expect("JSON"), json);
    }
}
