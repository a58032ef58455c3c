//! Entries of a source as they are written, and what is wrong with them.

use crate::catalog::document::Document;
use crate::error::Position;
use crate::model::text::Text;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Something that is wrong with a catalog, or worth knowing.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    /// The source, as messages call it.
    pub source: String,
    /// Where it is.
    pub position: Position,
    /// The model's id, if it has one.
    pub id: String,
    /// The key, if it is about one.
    pub key: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
}

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    /// The catalog is wrong.
    Mistake,
    /// The catalog changes what another says.
    Note,
}

/// One entry of a source: its keys in order, repeated ones too, with their JSON.
#[derive(Debug)]
pub(crate) struct RawEntry<'s> {
    /// Where it is from.
    pub source: &'s Document,
    /// Its text, a part of the source's.
    pub json: &'s str,
    /// Its id; empty if it has none.
    pub id: String,
    /// Its keys in order.
    pub values: Vec<(Text<'s>, &'s RawValue)>,
}

impl<'s> RawEntry<'s> {
    /// Reads the keys of an entry, whose text is a part of the source's.
    pub(crate) fn read(
        source: &'s Document,
        json: &'s str,
    ) -> Result<RawEntry<'s>, serde_json::Error> {
        let RawValues(values) = serde_json::from_str(json)?;
        let id = values.iter().find(|(name, _)| **name == *"id");
        let id = id.and_then(|(_, json)| serde_json::from_str(json.get()).ok());
        Ok(RawEntry {
            source,
            json,
            id: id.unwrap_or_default(),
            values,
        })
    }

    /// The JSON of a key.
    pub(crate) fn value(&self, key: &str) -> Option<&'s RawValue> {
        let mut values = self.values.iter();
        let found = values.find(|(name, _)| **name == *key);
        found.map(|(_, json)| *json)
    }
}

struct RawValues<'s>(Vec<(Text<'s>, &'s RawValue)>);

impl<'de> Deserialize<'de> for RawValues<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = RawValues<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a model")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut values = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    values.push(entry);
                }
                Ok(RawValues(values))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}
