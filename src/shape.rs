//! Shapes: what stands at the top of a catalog's text.

use std::collections::HashMap;

use serde::de::IgnoredAny;

use crate::lists::MODELS;

/// What stands at the top of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An object that holds `models` and the other lists of a catalog.
    Catalog,
    /// A list of models.
    Models,
    /// A model a line.
    Lines,
}

impl Shape {
    /// A list begins with a bracket. An object is a catalog if it has a list of models or is
    /// written over several lines; else each line is a model, broken ones too.
    pub fn of(text: &str) -> Shape {
        let start = text.trim_start();
        if start.starts_with('[') {
            return Shape::Models;
        }
        let mut lines = start.lines().filter(|line| !line.trim().is_empty());
        let first = lines.next().unwrap_or_default();
        let several = lines.next().is_some_and(|second| second.starts_with('{'));
        // A list that goes on in the next line is one of a catalog.
        let goes_on = first.trim_end().ends_with(['[', ',']);
        let keys = serde_json::from_str::<HashMap<String, IgnoredAny>>(first);
        match keys {
            _ if several && !goes_on => Shape::Lines,
            Ok(keys) if !keys.contains_key(MODELS) => Shape::Lines,
            _ => Shape::Catalog,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_told_by_how_they_begin() {
        assert_eq!(Shape::of(r#"[{"id":"a"}]"#), Shape::Models);
        assert_eq!(Shape::of("{\n  \"models\": []\n}"), Shape::Catalog);
        assert_eq!(Shape::of(r#"{"models":[]}"#), Shape::Catalog);
        assert_eq!(
            Shape::of(r#"{"id":"a","name":"of \"models\""}"#),
            Shape::Lines
        );
        assert_eq!(Shape::of("{\"id\":\n{\"id\":\"b\"}"), Shape::Lines);
        for text in [
            "{\"models\": [\n{\"id\":\"a\"},\n{\"id\":\"b\"}\n]}",
            "{\"models\": [{\"id\":\"a\"},\n{\"id\":\"b\"}]}",
            "{\"about\":{},\"models\":[\n{\"id\":\"a\"}]}",
        ] {
            assert_eq!(Shape::of(text), Shape::Catalog, "{text}");
        }
    }
}
