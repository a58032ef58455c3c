//! A model: one entry of the catalog, its figures in the units that their keys name.

pub(crate) mod arxiv;
pub(crate) mod chip;
pub mod column;
pub mod columns;
pub(crate) mod corrected;
pub(crate) mod derivation;
pub(crate) mod derive;
pub(crate) mod estimate;
pub mod figure;
pub(crate) mod framework;
pub(crate) mod hardware;
pub(crate) mod json;
pub mod keys;
pub(crate) mod known;
pub(crate) mod listed;
pub(crate) mod literal;
pub(crate) mod mark;
pub(crate) mod mixture;
pub mod month;
pub mod name;
pub(crate) mod physics;
pub(crate) mod point;
pub(crate) mod provenance;
pub mod quantity;
pub(crate) mod reader;
pub(crate) mod record;
pub(crate) mod skip;
pub(crate) mod slip;
pub(crate) mod spelling;
pub(crate) mod survey;
pub(crate) mod term;
pub(crate) mod text;
pub mod value;
pub(crate) mod way;

use crate::model::estimate::Derived;
use crate::model::figure::Figure;
use crate::model::hardware::Hardware;
use crate::model::keys::Keys;
use crate::model::known::{Known, Value};
use crate::model::month::Month;
use crate::model::skip::{Anything, Skipped};
use crate::model::text::Text;
use serde::de::{Error as _, MapAccess};
use serde::{Deserialize, Deserializer, Serialize};

/// Keys and values of an entry that have no type of their own, in the order of the file.
pub type Map = serde_json::Map<String, serde_json::Value>;

/// States the keys of a model once: the struct, the set of its keys and the reader that fills
/// only those keys that a question needs.
macro_rules! model {
    ($($(#[$doc:meta])* $key:ident: $type:ty,)*) => {
        /// One model of the catalog. A value that is absent is unknown.
        #[derive(Debug, Clone, Default, Serialize)]
        pub struct Model<'a> {
            $($(#[$doc])* #[serde(skip_serializing_if = "Known::is_missing")] pub $key: $type,)*
            /// Keys that this program does not know, as somebody's own catalog has them.
            #[serde(flatten)]
            pub extra: Map,
            /// What the figures imply, where a question asks for it.
            #[serde(skip)]
            pub derived: Derived,
            /// The model before it was corrected, where it was.
            #[serde(skip)]
            pub uncorrected: Option<Box<Model<'a>>>,
            /// Keys whose values `--stated` leaves out: known, but not from the makers.
            #[serde(skip)]
            pub withheld: Keys,
        }

        /// A key of a model in the catalog.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(non_camel_case_types, reason = "spelled as in the catalog")]
        #[allow(missing_docs, reason = "see the fields of `Model`")]
        pub enum Key { $($key,)* extra, derived }

        impl Key {
            /// Every key that this program knows, in the order of the file.
            pub const ALL: &[Key] = &[$(Key::$key,)*];

            /// The key as the catalog spells it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Key::$key => stringify!($key),)*
                    Key::extra | Key::derived => "",
                }
            }

            pub(crate) fn named(name: &str) -> Option<Key> {
                match name {
                    $(stringify!($key) => Some(Key::$key),)*
                    _ => None,
                }
            }
        }

        impl<'a> Model<'a> {
            /// Whether some JSON can be the value of a key.
            ///
            /// # Errors
            /// When it cannot.
            pub fn check(key: Key, json: &'a str) -> Result<(), serde_json::Error> {
                match key {
                    $(Key::$key => serde_json::from_str::<Value<$type>>(json).map(drop),)*
                    Key::extra | Key::derived => Ok(()),
                }
            }

            /// Reads the value of a key, and keeps what is known if the value says nothing; whether
            /// it says something.
            pub(crate) fn read<M: MapAccess<'a>>(&mut self, key: Key, map: &mut M) -> Result<bool, M::Error> {
                match key {
                    $(Key::$key => {
                        let Value(value) = map.next_value::<Value<$type>>()?;
                        let says = !Known::is_missing(&value);
                        if says {
                            self.$key = value;
                        }
                        Ok(says)
                    })*
                    Key::extra | Key::derived => Ok(false),
                }
            }

            /// Reads the value of a key from its text.
            pub(crate) fn read_json(&mut self, key: Key, json: &'a str) -> Result<(), serde_json::Error> {
                match key {
                    $(Key::$key => self.$key = serde_json::from_str::<Value<$type>>(json)?.0,)*
                    Key::extra | Key::derived => {}
                }
                Ok(())
            }

            /// Reads past the value of a key, which must be one that it can hold; whether it says
            /// something.
            pub(crate) fn skip<M: MapAccess<'a>>(key: Key, map: &mut M) -> Result<bool, M::Error> {
                match key {
                    $(Key::$key => map.next_value_seed(Skipped::<$type>::default()),)*
                    Key::extra | Key::derived => map.next_value_seed(Skipped::<Anything>::default()),
                }
            }

            /// Whether a correction changed the value of a key.
            pub(crate) fn is_corrected(&self, key: Key) -> bool {
                self.uncorrected.as_deref().is_some_and(|before| match key {
                    $(Key::$key => self.$key != before.$key,)*
                    Key::extra | Key::derived => false,
                })
            }

            /// Gives a key another value, or none.
            pub(crate) fn set(&mut self, key: Key, value: Option<serde_json::Value>) -> Result<(), serde_json::Error> {
                match (key, value) {
                    $((Key::$key, Some(value)) => self.$key = Known::read(value)?,)*
                    $((Key::$key, None) => self.$key = Default::default(),)*
                    (Key::extra | Key::derived, _) => {}
                }
                Ok(())
            }

            /// The value of a key as JSON, if there is one.
            pub(crate) fn get(&self, key: Key) -> Option<serde_json::Value> {
                match key {
                    $(Key::$key if Known::is_missing(&self.$key) => None,)*
                    $(Key::$key => serde_json::to_value(&self.$key).ok(),)*
                    Key::extra | Key::derived => None,
                }
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
    /// What it was announced as together with models of other sizes or tiers.
    family: Option<Text<'a>>,
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
    /// What the list has wrong.
    corrections: Vec<Correction<'a>>,
    /// What is worth knowing and no figure.
    notes: Vec<Note<'a>>,
    /// Where the figures come from that the list does not hold.
    sources: Vec<Source<'a>>,
}

/// Whether weights or code can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Weights or code are public.
    Open,
    /// They are not.
    Closed,
}

/// Training data in a unit of its own: images, hours, words. Never tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "samples: a count and a unit")]
pub struct Samples<'a> {
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<Figure>,
    /// Of what.
    #[serde(
        borrow,
        default,
        deserialize_with = "known::read",
        skip_serializing_if = "Known::is_missing"
    )]
    pub unit: Text<'a>,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "a paper: a title, a venue, an address")]
pub struct Paper<'a> {
    /// Its title.
    #[serde(
        borrow,
        default,
        deserialize_with = "known::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub title: Option<Text<'a>>,
    /// Where it appeared.
    #[serde(
        borrow,
        default,
        deserialize_with = "known::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub venue: Option<Text<'a>>,
    /// Its address.
    #[serde(
        borrow,
        default,
        deserialize_with = "known::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub url: Option<Text<'a>>,
}

/// A listed figure that is wrong, with the right one where it is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "a correction: a key, a value, why and a source")]
pub struct Correction<'a> {
    /// The key that it is about.
    #[serde(borrow)]
    pub key: Text<'a>,
    /// The right value, in the key's unit; absent where the listed one is withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
    /// The value that it replaces, where the entry has the right one already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<serde_json::Value>,
    /// What is wrong.
    #[serde(borrow, deserialize_with = "known::read")]
    pub why: Text<'a>,
    /// Where a reader finds it.
    #[serde(borrow, deserialize_with = "known::read")]
    pub source: Text<'a>,
    /// Who says the right value; the makers where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<SourceKind>,
}

/// Something worth knowing of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "a note: a text and a source")]
pub struct Note<'a> {
    /// What.
    #[serde(borrow, deserialize_with = "known::read")]
    pub text: Text<'a>,
    /// Where a reader finds it.
    #[serde(
        borrow,
        default,
        deserialize_with = "known::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub source: Option<Text<'a>>,
    /// The keys that it is about; none where it is about the model.
    #[serde(
        borrow,
        default,
        deserialize_with = "known::read",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub keys: Vec<Text<'a>>,
}

/// Where figures of an entry come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "a source: keys, an address and a kind")]
pub struct Source<'a> {
    /// The keys that it speaks for.
    #[serde(borrow, deserialize_with = "known::read")]
    pub keys: Vec<Text<'a>>,
    /// Its address.
    #[serde(borrow, deserialize_with = "known::read")]
    pub url: Text<'a>,
    /// Who says so.
    pub kind: SourceKind,
}

/// How near a source is to the makers, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The makers say it.
    Stated,
    /// Others say it.
    ThirdParty,
    /// It was worked out from other figures.
    Derived,
}

impl Model<'_> {
    /// Puts corrected values in place of the given ones, which `uncorrected` keeps from the first
    /// time on. Every correction is in force, so that to correct again changes nothing.
    ///
    /// # Errors
    /// When a value cannot be that of its key.
    pub fn correct(&mut self) -> Result<(), serde_json::Error> {
        if self.corrections.is_empty() {
            return Ok(());
        }
        let before = self.uncorrected.take();
        let before = before.unwrap_or_else(|| Box::new(self.clone()));
        for i in 0..self.corrections.len() {
            let correction = &mut self.corrections[i];
            if let Some(key) = Key::named(&correction.key) {
                correction.was = before.get(key);
                let value = correction.value.clone();
                self.set(key, value)?;
            }
        }
        self.uncorrected = Some(before);
        Ok(())
    }

    /// Leaves the value of a key out.
    pub(crate) fn leave_out(&mut self, key: Key) {
        // To set no value cannot fail.
        let _ = self.set(key, None);
    }
}

impl Samples<'_> {
    /// What they are, in a word.
    pub fn word(&self) -> &str {
        match &*self.unit {
            "" => "samples",
            unit => unit,
        }
    }
}

impl<'de> Deserialize<'de> for Access {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = Text::deserialize(deserializer)?;
        let known = [Access::Open, Access::Closed];
        let access = known.into_iter().find(|access| *access.word() == *word);
        access.ok_or_else(|| {
            D::Error::custom(format_args!("`{word}` is neither `open` nor `closed`"))
        })
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
