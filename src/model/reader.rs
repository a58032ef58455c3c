//! Reading models: of each only the keys that a question needs; `null` and empty values are missing.

use crate::model::column::Slot;
use crate::model::known::is_missing;
use crate::model::name::{is_typo, nearest};
use crate::model::object::Text;
use crate::model::schema::{self, COLUMNS};
use crate::model::{Key, Keys, Map, Model};
use once_cell::sync::Lazy;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Reads one model, and of it only the wanted keys; the rest is skipped.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ModelReader(pub Keys);

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
        deserializer.deserialize_map(ModelVisitor(self.0, model))
    }
}

/// Whether a model's key, or a column, has this name.
pub(crate) fn is_known(name: &str) -> bool {
    Key::named(name).is_some() || schema::slot(name).is_some()
}

/// Words that other tables put into a key, and that change nothing about what it means.
const FILLERS: [&str; 11] = [
    "n", "no", "num", "number", "of", "count", "total", "in", "training", "train", "b",
];

/// Names that other tables have for a key.
pub(crate) const ELSEWHERE: [(&str, &str); 4] = [
    ("release_date", "announced"),
    ("publication_date", "announced"),
    ("model_name", "name"),
    ("developer", "organizations"),
];

/// The key that was meant by a name which is no key: an alias of it, singular for plural, other
/// separators or capitals, or a typing error.
pub(crate) fn meant(name: &str) -> Option<&'static str> {
    let words = words(name);
    if words.is_empty() {
        return None;
    }
    let find = |is_same: fn(&str, &str) -> bool| {
        KNOWN_NAMES.iter().find(|known| {
            let own = &known.words;
            own.len() == words.len() && own.iter().zip(&words).all(|(own, word)| is_same(own, word))
        })
    };
    let is_typing_error = || {
        let near = nearest(name, KNOWN_NAMES.iter().map(|known| known.name));
        let near = near.into_iter().find(|own| is_typo(name, own))?;
        KNOWN_NAMES.iter().find(|known| known.name == near)
    };
    let found = find(|own, word| own == word).or_else(|| find(is_short_for));
    found.or_else(is_typing_error).map(|known| known.key)
}

/// A name of a key that an entry can have, its words, and the key.
struct KnownName {
    name: &'static str,
    words: Vec<String>,
    key: &'static str,
}

/// Every name of a key that an entry can have.
static KNOWN_NAMES: Lazy<Vec<KnownName>> = Lazy::new(|| {
    let keys = Key::ALL.iter().map(|key| (key.name(), key.name()));
    let columns = COLUMNS
        .iter()
        .filter(|column| column.slot != Slot::Computed);
    let own = columns.flat_map(|column| {
        let names = column.names().into_iter();
        names.map(|name| (name, column.heading.key))
    });
    let names = keys.chain(own).chain(ELSEWHERE);
    names
        .map(|(name, key)| KnownName {
            name,
            words: words(name),
            key,
        })
        .collect()
});

/// The words of a name without fillers, in small letters and the singular.
fn words(name: &str) -> Vec<String> {
    let mut spaced = String::new();
    for c in name.chars() {
        if c.is_uppercase() && spaced.ends_with(char::is_lowercase) {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    let words = spaced.split(|c: char| !c.is_alphanumeric());
    words
        .map(str::to_lowercase)
        .filter(|word| !FILLERS.contains(&&**word))
        .map(|word| word.trim_end_matches('s').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether one word is the beginning of the other: `param` of `parameters`.
fn is_short_for(one: &str, other: &str) -> bool {
    let is_beginning = |one: &str, other: &str| one.len() >= 3 && other.starts_with(one);
    is_beginning(one, other) || is_beginning(other, one)
}

struct ModelVisitor<'m, 'de>(Keys, &'m mut Model<'de>);

impl<'de> Visitor<'de> for ModelVisitor<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a model")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let ModelVisitor(keys, model) = self;
        let sources = std::mem::take(&mut model.sources);
        let corrections = std::mem::take(&mut model.corrections);
        let mut given = Keys::default();
        let mut parts: Vec<(Key, &str, Value)> = Vec::new();
        while let Some(name) = map.next_key::<Text<'de>>()? {
            if let Some(key) = Key::named(&name) {
                if !keys.has(key) {
                    map.next_value::<IgnoredAny>()?;
                } else if map.next_value_seed(ValueOf(key, model))? {
                    given = given.union(Keys::of(&[key]));
                }
                continue;
            }
            match schema::slot(&name) {
                Some(Slot::Part(key, part)) if keys.has(key) => {
                    parts.push((key, part, map.next_value()?));
                }
                Some(Slot::Own) if keys.has(Key::extra) => match map.next_value()? {
                    Value::Object(extra) => extra.into_iter().for_each(|own| keep(model, own)),
                    value => keep(model, ("extra".to_owned(), value)),
                },
                None if keys.has(Key::extra) => {
                    keep(model, (name.to_string(), map.next_value()?));
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        parts.retain(|(.., value)| !is_missing(value));
        for (key, part, value) in parts {
            let mut whole = match model.get(key) {
                Some(Value::Object(whole)) if given.has(key) => whole,
                _ => Map::new(),
            };
            whole.insert(part.to_owned(), value);
            let read = model.read(key, Value::Object(whole));
            read.map_err(M::Error::custom)?;
            given = given.union(Keys::of(&[key]));
        }
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

/// Reads the value of a key into a model; whether there is one.
struct ValueOf<'m, 'de>(Key, &'m mut Model<'de>);

impl<'de> DeserializeSeed<'de> for ValueOf<'_, 'de> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        self.1.read(self.0, deserializer)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::figure::Figure;

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

    #[test]
    fn other_spellings_of_a_key_mean_it() {
        for (name, key) in [
            ("parameters", "params"),
            ("Parameters", "params"),
            ("param", "params"),
            ("num_params", "params"),
            ("parameterCount", "params"),
            ("params_b", "params"),
            ("Parameters (B)", "params"),
            ("training_tokens", "tokens"),
            ("training_compute", "compute_flop"),
            ("training_cost_in_usd", "cost_usd"),
            ("release_date", "announced"),
            ("ReleaseDate", "announced"),
            ("Publication date", "announced"),
            ("active_parameters", "active_params"),
            ("activeParams", "active_params"),
            ("active-params", "active_params"),
            ("alias", "aliases"),
            ("organization", "organizations"),
            ("org", "organizations"),
            ("date", "announced"),
            ("licence", "license"),
            ("computeFlop", "compute_flop"),
            ("compute", "compute_flop"),
            ("paperTitle", "paper_title"),
            ("prams", "params"),
            ("tokesn", "tokens"),
            ("link", "links"),
        ] {
            assert_eq!(meant(name), Some(key), "{name}");
        }
        for name in [
            "nest", "keeper", "n", "hours", "hf_id", "mine", "layers", "model", "release",
            "training", "b",
        ] {
            assert_eq!(meant(name), None, "{name}");
        }
    }
}
