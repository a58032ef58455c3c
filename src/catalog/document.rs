//! A document: JSON text held whole, its shape and positions in it.

use crate::catalog::embedded;
use crate::catalog::section::{Each, MODELS, Section};
use crate::error::Error;
use crate::error::Position;
use crate::model::reader::is_known;
use crate::model::text::Text;
use memchr::{memchr, memmem};
use once_cell::sync::OnceCell;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// JSON text and where it comes from.
#[derive(Debug, Clone)]
pub struct Document {
    name: String,
    text: Cow<'static, str>,
    shape: Shape,
    /// Where each line begins; built for the first position.
    lines: OnceCell<Vec<usize>>,
}

impl Document {
    /// The catalog that is part of the program.
    pub fn embedded() -> Document {
        Document {
            name: "the built-in catalog".to_owned(),
            text: Cow::Borrowed(embedded::EMBEDDED),
            shape: Shape::Catalog,
            lines: OnceCell::new(),
        }
    }

    /// A text that is called so.
    ///
    /// # Errors
    /// When it is not UTF-8, or empty.
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Document, Error> {
        let broken = |what: String| Error::Catalog(format!("{name}{what}"));
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
            broken(format!(
                ", {}: this is not UTF-8",
                Position::of(&before, valid)
            ))
        })?;
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        if text.trim().is_empty() {
            return Err(broken(" is empty".to_owned()));
        }
        Ok(Document {
            name: name.to_owned(),
            shape: Shape::of(&text),
            text: Cow::Owned(text),
            lines: OnceCell::new(),
        })
    }

    /// What to call it in a message.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is at its top.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Where the models are.
    ///
    /// # Errors
    /// When it is no list of models.
    pub fn records(&self) -> Result<Vec<Range<usize>>, Error> {
        let mut records = Vec::new();
        match self.shape {
            Shape::Values => records.extend(values(&self.text)),
            Shape::Catalog | Shape::Models => self.entries(Each::new(|json: &RawValue| {
                let start = self.offset(json.get());
                records.push(start..start + json.get().len());
            }))?,
        }
        Ok(records)
    }

    /// Reads the list of models, which models one after another are not.
    ///
    /// # Errors
    /// When it is no list.
    pub fn entries<'c, S>(&'c self, seed: S) -> Result<(), Error>
    where
        S: DeserializeSeed<'c, Value = ()>,
    {
        match self.shape {
            Shape::Catalog => self.section(MODELS, seed),
            Shape::Models => self.parse(&self.text, seed),
            Shape::Values => Ok(()),
        }
    }

    /// Reads one of the lists of a catalog; the others are checked to be JSON and skipped.
    ///
    /// # Errors
    /// When the source is broken.
    pub fn section<'c, S>(&'c self, name: &'static str, seed: S) -> Result<(), Error>
    where
        S: DeserializeSeed<'c, Value = ()>,
    {
        match self.shape {
            Shape::Catalog => self.parse(&self.text, Section(name, seed)),
            Shape::Models | Shape::Values => Ok(()),
        }
    }

    /// Whether it is the catalog that is part of the program.
    pub fn is_embedded(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// The position of a byte.
    pub fn position(&self, at: usize) -> Position {
        let lines = self.lines.get_or_init(|| {
            let newlines = self
                .text
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0)
                .chain(newlines.map(|(at, _)| at + 1))
                .collect()
        });
        let line = lines.partition_point(|start| *start <= at);
        Position {
            line,
            column: at - lines[line - 1] + 1,
        }
    }

    /// The byte at which a part of the text begins.
    pub fn offset(&self, part: &str) -> usize {
        let offset = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        offset.min(self.text.len())
    }

    /// Parses the text.
    fn parse<'c, S>(&self, json: &'c str, seed: S) -> Result<S::Value, Error>
    where
        S: DeserializeSeed<'c>,
    {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let value = seed.deserialize(&mut deserializer);
        let whole = value.and_then(|value| deserializer.end().map(|()| value));
        whole.map_err(|error| {
            let (place, what) = Position::of_json_error(&error);
            Error::Broken {
                source: self.name.clone(),
                place,
                what,
            }
        })
    }
}

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
    fn positions_count_lines_and_bytes_from_one() {
        let source = Document {
            name: String::new(),
            text: Cow::Borrowed("ab\n\ncd"),
            shape: Shape::Values,
            lines: OnceCell::new(),
        };
        let places = [0, 1, 3, 4, 5].map(|at| source.position(at));
        let places = places.map(|place| (place.line, place.column));
        assert_eq!(places, [(1, 1), (1, 2), (2, 1), (3, 1), (3, 2)]);
    }

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
        fn objects_are_found_however_they_are_laid_out(
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
