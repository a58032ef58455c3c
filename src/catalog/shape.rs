//! Shapes: what is at the top of a catalog's text.

use crate::catalog::lists::MODELS;
use crate::model::reader::is_known;
use crate::model::text::Text;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// What is at the top of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An object that holds `models` and the other lists of a catalog.
    Catalog,
    /// A list of models.
    Models,
    /// Models one after another, or one alone.
    Values,
}

impl Shape {
    /// A list begins with a bracket. The first of several objects, or one alone, is a model if it
    /// has a key that models have, and no list of them.
    pub fn of(text: &str) -> Shape {
        if text.trim_start().starts_with('[') {
            return Shape::Models;
        }
        let mut first = First::default();
        // What is broken has the keys that are read before the mistake.
        let _ = serde_json::Deserializer::from_str(text).deserialize_map(&mut first);
        match first {
            First {
                has_models: true, ..
            } => Shape::Catalog,
            First { is_model: true, .. } => Shape::Values,
            First { .. } if text.trim_start().contains("\n{") => Shape::Values,
            First { .. } => Shape::Catalog,
        }
    }
}

/// What the keys of the first object show.
#[derive(Default)]
struct First {
    has_models: bool,
    is_model: bool,
}

impl<'de> Visitor<'de> for &mut First {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<Text<'de>>()? {
            self.has_models |= *key == *MODELS;
            // A catalog has a list of this name, too.
            self.is_model |= is_known(&key) && *key != *"organizations";
            if self.has_models {
                return Err(M::Error::custom("seen enough"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_told_by_how_they_begin() {
        assert_eq!(Shape::of(r#"[{"id":"a"}]"#), Shape::Models);
        for text in [
            "{\n  \"models\": []\n}",
            r#"{"models":[]}"#,
            r#"{"model":[]}"#,
            "{\"models\": [\n{\"id\":\"a\"},\n{\"id\":\"b\"}\n]}",
            "{\"models\": [{\"id\":\"a\"},\n{\"id\":\"b\"}]}",
            "{\"about\":{},\"models\":[\n{\"id\":\"a\"}]}",
            "{\"about\":{},\n\"models\":[{]}",
            "{}",
        ] {
            assert_eq!(Shape::of(text), Shape::Catalog, "{text}");
        }
        for text in [
            r#"{"id":"a","name":"of \"models\""}"#,
            "{\"id\":\n{\"id\":\"b\"}",
            "{\n  \"id\": \"a\"\n}\n{\n  \"id\": \"b\"\n}",
            "{\"mine\":1}\n{\"id\":\"b\"}",
            r#"{"params":1}"#,
            r#"{"id":"a"} {"id":"b"}"#,
        ] {
            assert_eq!(Shape::of(text), Shape::Values, "{text}");
        }
    }
}
