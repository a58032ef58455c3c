//! An entry as it stands in its source: every key with its JSON, repeated ones too.

use crate::catalog::document::Document;
use crate::error::Position;
use crate::model::text::Text;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// One entry of a source: its keys in order with their JSON, and where it begins.
#[derive(Debug)]
pub(crate) struct Entry<'s> {
    /// Where it stands.
    pub source: &'s Document,
    /// The byte at which it begins.
    pub start: usize,
    /// Its id; empty if it has none.
    pub id: String,
    /// Its keys in order.
    pub values: Vec<(Text<'s>, &'s RawValue)>,
}

impl<'s> Entry<'s> {
    /// Reads the keys of an entry, whose text is a part of the source's.
    ///
    /// # Errors
    /// When it is no object; the position is one of the source.
    pub(crate) fn read(
        source: &'s Document,
        json: &'s str,
    ) -> Result<Entry<'s>, (Position, String)> {
        let start = source.offset(json);
        let values = serde_json::from_str::<Values<'s>>(json).map_err(|error| {
            let (told, what) = Position::told(&error);
            (source.position(start).then(told), what)
        })?;
        let mut entry = Entry {
            source,
            start,
            id: String::new(),
            values: values.0,
        };
        let id = entry
            .value("id")
            .and_then(|json| serde_json::from_str(json.get()).ok());
        entry.id = id.unwrap_or_default();
        Ok(entry)
    }

    /// The JSON of a key.
    pub(crate) fn value(&self, key: &str) -> Option<&'s RawValue> {
        let mut values = self.values.iter();
        values
            .find(|(name, _)| **name == *key)
            .map(|(_, json)| *json)
    }

    /// Where the entry begins.
    pub(crate) fn beginning(&self) -> Position {
        self.source.position(self.start)
    }

    /// Where a value of it begins.
    pub(crate) fn place(&self, json: &RawValue) -> Position {
        self.source.position(self.source.offset(json.get()))
    }
}

/// The keys of an object in order, repeated ones too, with their JSON.
struct Values<'s>(Vec<(Text<'s>, &'s RawValue)>);

impl<'de> Deserialize<'de> for Values<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Values<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a model")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut values = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    values.push(entry);
                }
                Ok(Values(values))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}
