//! A model: one entry of the catalog, its figures in the units that their keys name.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::date::Month;
use crate::quantity::Figure;
use crate::text::Text;

/// Keys and values of an entry that have no type of their own, in the order of the file.
pub type Map = serde_json::Map<String, serde_json::Value>;

/// States the keys of a model once: the struct, the set of its keys and the reader that fills
/// only those keys that a question needs.
macro_rules! model {
    ($($(#[$doc:meta])* $key:ident: $type:ty,)*) => {
        /// One model of the catalog. A value that is absent is unknown.
        #[derive(Debug, Clone, Default, Serialize)]
        pub struct Model<'a> {
            $($(#[$doc])* #[serde(skip_serializing_if = "Absent::is_absent")] pub $key: $type,)*
            /// Keys that this program does not know, as somebody's own catalog has them.
            #[serde(flatten)]
            pub extra: Map,
        }

        /// A key of a model in the catalog.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(non_camel_case_types, reason = "spelled as in the catalog")]
        #[allow(missing_docs, reason = "see the fields of `Model`")]
        pub enum Key { $($key,)* extra }

        impl Key {
            fn named(name: &str) -> Option<Key> {
                match name {
                    $(stringify!($key) => Some(Key::$key),)*
                    _ => None,
                }
            }
        }

        impl<'a> Model<'a> {
            fn read<M: MapAccess<'a>>(&mut self, key: Key, map: &mut M) -> Result<(), M::Error> {
                match key {
                    $(Key::$key => self.$key = map.next_value()?,)*
                    Key::extra => {}
                }
                Ok(())
            }
        }
    };
}

model! {
    /// Lower-case ASCII name, unique in the catalog.
    id: Text<'a>,
    /// The name as the makers write it.
    name: Text<'a>,
    /// Other spellings of the name.
    aliases: Vec<Text<'a>>,
    /// Where the list files it.
    sections: Vec<Text<'a>>,
    /// What it works on: `language`, `text-to-image`, …
    fields: Vec<Text<'a>>,
    /// Who made it.
    organizations: Vec<Text<'a>>,
    /// When it was announced.
    announced: Option<Month>,
    /// Whether it can be had; absent where nobody says.
    access: Option<Access>,
    /// SPDX identifier or name of the licence.
    license: Option<Text<'a>>,
    /// Parameters of the largest model; the total for a mixture of experts.
    params: Option<Figure>,
    /// Parameters that take part in each step.
    active_params: Option<Figure>,
    /// Parameters of the embeddings.
    embedding_params: Option<Figure>,
    /// Parameters of each model of the family.
    sizes: Vec<Figure>,
    /// Tokens of the training data.
    tokens: Option<Figure>,
    /// Passes over the training data, 1 where absent.
    epochs: Option<Figure>,
    /// Training data that is not counted in tokens.
    samples: Option<Samples<'a>>,
    /// Bytes of the training data.
    data_bytes: Option<Figure>,
    /// What the training data is.
    dataset: Option<Text<'a>>,
    /// Languages of the training data.
    languages: Vec<Text<'a>>,
    /// Floating-point operations of the training.
    compute_flop: Option<Figure>,
    /// What it was trained on, for how long.
    hardware: Vec<Hardware<'a>>,
    /// Stated cost of the training, US dollars.
    cost_usd: Option<Figure>,
    /// Stated energy of the training, megawatt-hours.
    energy_mwh: Option<Figure>,
    /// How it is built: `decoder`, `moe`, …
    architecture: Vec<Text<'a>>,
    /// What it was trained to do: `mlm`, `ltr`, …
    objective: Vec<Text<'a>>,
    /// Software that it was trained with.
    training_framework: Vec<Text<'a>>,
    /// What few entries have.
    details: Map,
    /// The publication.
    paper: Option<Paper<'a>>,
    /// Addresses: `code`, `weights`, `home`, …
    links: Map,
    /// The entry as the list prints it.
    listed: Map,
    /// Where the figures come from that the list does not hold.
    sources: Vec<Source<'a>>,
}

/// Whether weights or code can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Weights or code are public.
    Open,
    /// They are not.
    Closed,
}

/// Training data in a unit of its own: images, hours, words. Never tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Samples<'a> {
    /// How many.
    pub count: Figure,
    /// Of what.
    #[serde(borrow)]
    pub unit: Text<'a>,
}

/// Chips that took part in the training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hardware<'a> {
    /// The chip's name, where stated.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub chip: Option<Text<'a>>,
    /// What `count` and `hours` count; absent where nobody says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<ChipUnit>,
    /// How many at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<Figure>,
    /// Days from start to end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<Figure>,
    /// Hours of all units together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Figure>,
    /// The same run told in other chips: not to be added to the others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub equivalent: bool,
}

/// What a count of hardware counts: a device may hold several chips, a chip several cores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ChipUnit {
    Chip,
    Device,
    Core,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paper<'a> {
    /// Its title.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text<'a>>,
    /// Where it appeared.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub venue: Option<Text<'a>>,
    /// Its address.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub url: Option<Text<'a>>,
}

/// Where figures of an entry come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source<'a> {
    /// The keys that it speaks for.
    #[serde(borrow)]
    pub keys: Vec<Text<'a>>,
    /// Its address.
    #[serde(borrow)]
    pub url: Text<'a>,
    /// Who says so.
    pub kind: SourceKind,
}

/// How near a source is to the makers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The makers say it.
    Stated,
    /// Others say it.
    ThirdParty,
    /// It was worked out from other figures.
    Derived,
}

/// A set of keys: what a question needs of each model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keys(u64);

/// Which figures count: the catalog's, or the list's as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// Every entry.
    #[default]
    Whole,
    /// Only the entries of the list, as the list has them.
    AsListed,
}

/// Reads one model, and of it only the wanted keys; the rest is checked to be JSON and skipped.
#[derive(Debug, Clone, Copy)]
pub struct ModelReader(pub Keys);

impl Keys {
    /// Every key, known or not.
    pub const ALL: Keys = Keys(u64::MAX);

    /// These keys.
    pub const fn of(keys: &[Key]) -> Keys {
        let mut bits = 0;
        let mut i = 0;
        while i < keys.len() {
            bits |= 1 << keys[i] as u64;
            i += 1;
        }
        Keys(bits)
    }

    /// The keys of both sets.
    #[must_use]
    pub const fn and(self, other: Keys) -> Keys {
        Keys(self.0 | other.0)
    }

    /// Whether the set holds the key.
    pub const fn has(self, key: Key) -> bool {
        self.0 & (1 << key as u64) != 0
    }
}

impl<'de> DeserializeSeed<'de> for ModelReader {
    type Value = Model<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Model<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ModelReader {
    type Value = Model<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a model")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Model<'de>, M::Error> {
        let mut model = Model::default();
        while let Some(name) = map.next_key::<Text<'de>>()? {
            match Key::named(&name) {
                Some(key) if self.0.has(key) => model.read(key, &mut map)?,
                None if self.0.has(Key::extra) => {
                    model.extra.insert(name.to_string(), map.next_value()?);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(model)
    }
}

impl Access {
    /// The word for it, as in the catalog.
    pub fn word(self) -> &'static str {
        match self {
            Access::Open => "open",
            Access::Closed => "closed",
        }
    }
}

impl Hardware<'_> {
    /// The hardware in words, its numbers written by `number`.
    pub fn words(&self, number: fn(f64) -> String) -> String {
        let unit = match self.unit {
            Some(ChipUnit::Chip) => "chip",
            Some(ChipUnit::Device) => "device",
            Some(ChipUnit::Core) => "core",
            None => "unit",
        };
        let chip = self.chip.as_deref().unwrap_or("unnamed chip");
        let mut words = match self.count {
            Some(count) => format!("{} × {chip}", number(count.0)),
            None => chip.to_owned(),
        };
        if let Some(days) = self.days {
            words += &format!(", {} days", number(days.0));
        }
        if let Some(hours) = self.hours {
            words += &format!(", {} {unit}-hours", number(hours.0));
        }
        if self.equivalent {
            words += " (the same run in other chips)";
        }
        words
    }
}

/// What is left out when a model is written.
trait Absent {
    fn is_absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absent for Map {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absent for Text<'_> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, keys: Keys) -> Model<'_> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        ModelReader(keys)
            .deserialize(&mut deserializer)
            .expect("a model")
    }

    #[test]
    fn only_the_wanted_keys_are_read() {
        let json = r#"{"id":"a","name":"A","params":7e9,"tokens":"not a number","mine":1}"#;
        let model = read(json, Keys::of(&[Key::id, Key::params]));
        assert_eq!(&*model.id, "a");
        assert_eq!(model.params, Some(Figure(7e9)));
        assert_eq!(&*model.name, "");
        assert!(model.extra.is_empty());
    }

    #[test]
    fn a_model_is_written_as_it_was_read() {
        let json = r#"{"id":"a","access":"open","params":7000000000,"samples":{"count":5,"unit":"images"},"compute_flop":290000000000000,"hardware":[{"chip":"A100","unit":"chip","hours":48}],"mine":{"b":1,"a":2}}"#;
        let model = read(json, Keys::ALL);
        assert_eq!(serde_json::to_string(&model).expect("JSON"), json);
    }
}
