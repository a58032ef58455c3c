//! A document: JSON text that is held whole, and where things stand in it.

use crate::catalog::embedded;
use crate::catalog::lists::{Each, MODELS, Section};
use crate::catalog::scan::DEPTH;
use crate::catalog::shape::Shape;
use crate::catalog::values::values;
use crate::error::Error;
use crate::error::Position;
use once_cell::sync::OnceCell;
use serde::de::DeserializeSeed;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::ops::Range;

/// JSON text and where it comes from.
#[derive(Debug, Clone)]
pub struct Document {
    name: String,
    text: Cow<'static, str>,
    shape: Shape,
    /// Where each line begins, once somebody asks for a position.
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
    /// When it is not UTF-8, empty or nested too deeply.
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
        if let Some(at) = too_deep(&text) {
            let place = Position::of(&text, at);
            return Err(broken(format!(
                ", {place}: this nests deeper than {DEPTH} levels"
            )));
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

    /// What stands at its top.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Where the models stand.
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

    /// An error in the JSON that begins at this byte.
    pub fn broken(&self, start: usize, error: &serde_json::Error) -> Error {
        let (told, what) = Position::told(error);
        self.broken_at(self.position(start).then(told), what)
    }

    /// Something said of the JSON that begins at this byte.
    pub fn says(&self, start: usize, what: &str) -> Error {
        self.broken_at(self.position(start), what.to_owned())
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

    fn broken_at(&self, place: Position, what: String) -> Error {
        Error::Broken {
            source: self.name.clone(),
            place,
            what,
        }
    }

    /// Parses the text.
    fn parse<'c, S>(&self, json: &'c str, seed: S) -> Result<S::Value, Error>
    where
        S: DeserializeSeed<'c>,
    {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let value = seed.deserialize(&mut deserializer);
        let whole = value.and_then(|value| deserializer.end().map(|()| value));
        whole.map_err(|error| self.broken(0, &error))
    }
}

/// The first byte that nests too deeply. Skipped values are not counted by serde_json, and a
/// catalog is broken whether a question needs the value or not.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_that_of_brackets_outside_of_texts() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(too_deep(&nested(DEPTH)), None);
        assert_eq!(too_deep(&nested(DEPTH + 1)), Some(DEPTH));
        assert_eq!(too_deep(&nested(1000).replace(']', "")), Some(DEPTH));
        let quoted = format!(r#"["\"{}"]"#, "[".repeat(1000));
        assert_eq!(too_deep(&quoted), None);
    }

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
}
