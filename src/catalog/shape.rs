//! The shape of JSON text that holds models, and its parts as text.

use crate::model::Text;
use crate::model::reader::is_known;
use memchr::{memchr, memmem};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Range;

/// The list that every catalog has.
pub(crate) const MODELS: &str = "models";

/// The lists of a catalog.
pub(crate) const LISTS: [&str; 6] = [
    MODELS,
    "frameworks",
    "surveys",
    "terms",
    "organizations",
    "chips",
];

/// What is at the top of a document.
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
        let (mut has_models, mut is_model) = (false, false);
        // What is broken has the keys that are read before the mistake.
        let _ = serde_json::Deserializer::from_str(text).deserialize_map(Parts {
            name: "",
            expected: "an object",
            is_list: &mut |name| {
                has_models |= name == MODELS;
                // A catalog has a list of this name, too.
                is_model |= is_known(name) && name != "organizations";
                match has_models {
                    true => Err("the rest does not matter".to_owned()),
                    false => Ok(false),
                }
            },
            take: &mut |_, _| {},
        });
        match (has_models, is_model) {
            (false, true) => Shape::Values,
            (false, false) if text.trim_start().contains("\n{") => Shape::Values,
            _ => Shape::Catalog,
        }
    }
}

/// The members of an object in their order, repeated ones too.
pub(crate) fn members(json: &str) -> Result<Vec<(String, &str)>, serde_json::Error> {
    let mut members = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.deserialize_map(Parts {
        name: "",
        expected: "a model",
        is_list: &mut |_| Ok(false),
        take: &mut |name, json| members.push((name.to_owned(), json)),
    })?;
    deserializer.end().map(|()| members)
}

/// Hands on the members of an object, or the entries of a list, as text.
pub(crate) struct Parts<'p, 'd> {
    /// The list that is read.
    pub name: &'p str,
    /// What should be there, for messages.
    pub expected: &'p str,
    /// Whether a member is a list whose entries are handed on; an error ends the reading.
    pub is_list: &'p mut dyn FnMut(&str) -> Result<bool, String>,
    /// Takes the name of a member or list, and the text of the member or entry.
    pub take: &'p mut dyn FnMut(&str, &'d str),
}

impl<'d> DeserializeSeed<'d> for Parts<'_, 'd> {
    type Value = ();

    fn deserialize<D: Deserializer<'d>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(Parts {
            expected: "a list",
            ..self
        })
    }
}

impl<'d> Visitor<'d> for Parts<'_, 'd> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_seq<A: SeqAccess<'d>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(entry) = list.next_element::<&RawValue>()? {
            (self.take)(self.name, entry.get());
        }
        Ok(())
    }

    fn visit_map<M: MapAccess<'d>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(name) = map.next_key::<Text<'d>>()? {
            match (self.is_list)(&name).map_err(M::Error::custom)? {
                true => map.next_value_seed(Parts {
                    name: &name,
                    expected: self.expected,
                    is_list: self.is_list,
                    take: self.take,
                })?,
                false => (self.take)(&name, map.next_value::<&RawValue>()?.get()),
            }
        }
        Ok(())
    }
}

/// Where each JSON value of a text is, without the blanks between them: one a line, or objects
/// written over several lines.
///
/// A value that is broken ends before the next line that begins an object, so that it hides no
/// other.
pub(crate) fn values(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += blank(&text[at..]);
        let (start, rest) = (at, &text[at..]);
        if rest.is_empty() {
            return None;
        }
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        let is_whole = rest.starts_with('{') && stream.next().is_some_and(|value| value.is_ok());
        let end = match is_whole {
            true => stream.byte_offset(),
            false => 0,
        };
        let line = end_of_line(rest, end);
        at += match rest[end + blank(&rest[end..line])..].starts_with('{') {
            true if is_whole => end,
            _ if is_whole || !rest.starts_with('{') => line,
            _ => memmem::find(rest.as_bytes(), b"\n{").unwrap_or(rest.len()),
        };
        Some(start..start + text[start..at].trim_ascii_end().len())
    })
}

/// How many bytes are blank at the beginning of a text.
fn blank(text: &str) -> usize {
    text.len() - text.trim_ascii_start().len()
}

fn end_of_line(text: &str, from: usize) -> usize {
    memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |length| from + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn a_shape_is_found_by_the_start_of_a_text() {
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

    fn split(text: &str) -> Vec<&str> {
        values(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn values_end_where_they_end() {
        let pretty = "{\n  \"a\": [\n    {\"b\": \"}{\"}\n  ]\n}";
        assert_eq!(split(&format!("{pretty}\n{pretty}")), [pretty, pretty]);
        assert_eq!(split("{} {\"a\":1}{} "), ["{}", "{\"a\":1}", "{}"]);
        assert_eq!(split("\r\n{}\r\n\r\n{}\r\n"), ["{}", "{}"]);
        assert_eq!(split("{\"a\":[\n{},\n{}\n]}"), ["{\"a\":[\n{},\n{}\n]}"]);
        assert!(split(" \n\t").is_empty());
    }

    #[test]
    fn a_broken_value_takes_nothing_of_the_next() {
        assert_eq!(split("{\"a\":\n{}"), ["{\"a\":", "{}"]);
        assert_eq!(split("{\"a\":\"\n{}"), ["{\"a\":\"", "{}"]);
        assert_eq!(split("{\"a\":[1\n{}"), ["{\"a\":[1", "{}"]);
        assert_eq!(split("{}}\n{}"), ["{}}", "{}"]);
        assert_eq!(split("{} 5 {}\n{}"), ["{} 5 {}", "{}"]);
        assert_eq!(split("null\n{}\nnull {}"), ["null", "{}", "null {}"]);
    }

    proptest! {
        #[test]
        fn objects_are_found_in_any_layout(
            texts in prop::collection::vec("[a{}\\[\\]\"\\\\\n ]{0,9}", 0..6),
            gaps in prop::collection::vec((any::<bool>(), "[ \n\t]{1,3}"), 6),
        ) {
            let objects = texts.iter().map(|text| serde_json::json!({ "a": [{ "b": text }], "c": text }));
            let objects: Vec<Value> = objects.collect();
            let mut text = String::new();
            for (object, (is_pretty, gap)) in objects.iter().zip(&gaps) {
                text += &match is_pretty {
                    true => format!("{object:#}"),
                    false => object.to_string(),
                };
                text += gap;
            }
            let found = split(&text);
            let read: Vec<Value> = found
                .iter()
                .map(|json| serde_json::from_str(json).expect("an object"))
                .collect();
            prop_assert_eq!(read, objects);
        }
    }
}
