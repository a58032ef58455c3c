//! A model: one entry of the catalog, its figures in the units that their keys name.

/// Generates [`Model`], [`Key`], the accessors of each key and `COLUMNS`. `schema.rs` invokes it through
/// `fields!`, which sorts the rows there into the fields and the columns of the third rule below. The
/// first two rules answer `fields!`: the type that columns read, and the column of a field.
macro_rules! model {
    (type) => { Model<'static> };
    (column $column:expr, $key:ident) => { $column.reads(&[Key::$key]) };
    (() { $($key:ident: $type:ty,)* } [$($columns:tt)*]) => {
        /// One model of the catalog. A value that is absent is unknown.
        #[derive(Debug, Clone, Default, Serialize)]
        pub struct Model<'a> {
            $(
                #[allow(missing_docs, reason = "see the meaning of its column")]
                #[serde(skip_serializing_if = "Known::is_missing")]
                pub $key: $type,
            )*
            /// Keys of a user's catalog that this program does not know.
            #[serde(flatten)]
            pub extra: Map,
            /// Derived figures; filled in only if `Key::derived` is among the keys that are read.
            #[serde(skip)]
            pub derived: Derived,
            /// Countries and kinds of its organizations; filled in only if `Key::affiliation` is read.
            #[serde(skip)]
            pub affiliation: Affiliation,
            /// The model without its corrections, if there are any.
            #[serde(skip)]
            pub uncorrected: Option<Box<Model<'a>>>,
            /// Keys whose values `--stated` or `--confidence` leaves out.
            #[serde(skip)]
            pub withheld: Keys,
        }

        /// A key of a model in the catalog. The last three are not in the file: they ask for all
        /// unknown keys, for derived figures, and for countries and kinds of organizations.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(non_camel_case_types, reason = "spelled as in the catalog")]
        #[allow(missing_docs, reason = "see the fields of `Model`")]
        pub enum Key { $($key,)* extra, derived, affiliation }

        impl Key {
            /// Every key that this program knows, in the order of the file.
            pub const ALL: &[Key] = &[$(Key::$key,)*];

            /// The key as the catalog spells it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Key::$key => stringify!($key),)*
                    Key::extra | Key::derived | Key::affiliation => "",
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
            /// The declared type of a key.
            pub(crate) fn field(key: Key) -> JsonField {
                match key {
                    $(Key::$key => JsonField::of::<$type>(stringify!($key)),)*
                    Key::extra | Key::derived | Key::affiliation => JsonField::of::<Map>(""),
                }
            }

            /// Replaces the value of a key by the one read, unless that is missing. Returns whether
            /// it was replaced.
            pub(crate) fn read<D: Deserializer<'a>>(&mut self, key: Key, value: D) -> Result<bool, D::Error> {
                match key {
                    $(Key::$key => known::read_over(&mut self.$key, value),)*
                    Key::extra | Key::derived | Key::affiliation => Ok(false),
                }
            }

            /// Removes the value of a key.
            pub(crate) fn remove(&mut self, key: Key) {
                match key {
                    $(Key::$key => self.$key = Default::default(),)*
                    Key::extra | Key::derived | Key::affiliation => {}
                }
            }

            /// The value of a key as JSON, if there is one.
            pub(crate) fn get(&self, key: Key) -> Option<serde_json::Value> {
                match key {
                    $(Key::$key if Known::is_missing(&self.$key) => None,)*
                    $(Key::$key => serde_json::to_value(&self.$key).ok(),)*
                    Key::extra | Key::derived | Key::affiliation => None,
                }
            }
        }

        /// Every column, in the order in which machine formats and `--columns all` have them.
        pub static COLUMNS: &[Column] = &[$($columns)*];
    };
}

pub(crate) mod affiliation;
pub(crate) mod arxiv;
pub mod column;
pub(crate) mod column_type;
mod column_words;
pub(crate) mod derived;
pub(crate) mod expression;
pub(crate) mod fields;
pub mod figure;
pub(crate) mod hardware;
pub mod heading;
pub(crate) mod input;
mod into_value;
pub(crate) mod json;
pub(crate) mod json_type;
mod keys;
pub(crate) mod known;
pub(crate) mod license;
pub(crate) mod link;
pub mod month;
pub mod name;
pub(crate) mod object;
pub(crate) mod physics;
pub(crate) mod price;
pub(crate) mod provenance;
pub(crate) mod reader;
pub(crate) mod reference;
pub mod schema;
pub(crate) mod slug;
mod sources;
pub mod unit;
pub mod value;

pub use keys::Keys;
pub use object::{Confidence, Correction, Note, Paper, Samples, Source, SourceKind, Text};
pub use schema::{Key, Model};

use crate::model::json_type::JsonType;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// An object of the catalog that is kept as plain JSON, in the order of the file.
pub type Map = serde_json::Map<String, serde_json::Value>;

/// Whether weights or code can be downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Weights or code are public.
    Open,
    /// Neither is public.
    Closed,
}

impl<'a> Model<'a> {
    /// Reads the value of a key from its JSON.
    pub(crate) fn read_json(&mut self, key: Key, json: &'a str) -> Result<(), serde_json::Error> {
        let mut value = serde_json::Deserializer::from_str(json);
        self.read(key, &mut value).map(drop)
    }

    /// Replaces the value of a key, or removes it.
    fn set(&mut self, key: Key, value: Option<serde_json::Value>) -> Result<(), serde_json::Error> {
        self.remove(key);
        value.map_or(Ok(()), |value| self.read(key, value).map(drop))
    }

    /// Whether a correction changed the value of a key.
    pub(crate) fn is_corrected(&self, key: Key) -> bool {
        let before = self.uncorrected.as_deref();
        before.is_some_and(|before| before.get(key) != self.get(key))
    }

    /// Applies all corrections. The first call keeps the model as it was in `uncorrected`; calling it
    /// again changes nothing unless corrections or values were added since.
    ///
    /// # Errors
    /// When a corrected value does not have the type of its key.
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
                correction.applied = true;
                let value = correction.value.clone();
                self.set(key, value)?;
            }
        }
        self.uncorrected = Some(before);
        Ok(())
    }

    /// Checks that some JSON is a valid value of a key.
    ///
    /// # Errors
    /// When it is not.
    pub fn check(key: Key, json: &str) -> Result<(), serde_json::Error> {
        Model::default().read_json(key, json)
    }
}

impl<'de> Deserialize<'de> for Access {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match &*Text::deserialize(deserializer)? {
            "open" => Ok(Access::Open),
            "closed" => Ok(Access::Closed),
            word => Err(D::Error::custom(format_args!(
                "`{word}` is neither `open` nor `closed`"
            ))),
        }
    }
}

impl known::Known<'_> for Access {}

json_type::typed! {
    Access => JsonType::Word([Access::Open, Access::Closed].map(Access::word).to_vec()),
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
