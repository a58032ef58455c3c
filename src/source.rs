//! A source of entries: the embedded catalog or a file, and the JSON in it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use once_cell::unsync::OnceCell;
use serde::de::{DeserializeSeed, IgnoredAny};

use crate::about::About;
use crate::error::Error;
use crate::lists::{Each, MODELS, Section};
use crate::position::Position;

const EMBEDDED: &str = include_str!("../catalog.json");

/// How deep JSON may nest; serde_json's own bound where it is read rather than skipped.
const DEPTH: usize = 127;

/// JSON text and where it comes from.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: Cow<'static, str>,
    shape: Shape,
    /// Where each line begins, once somebody asks for a position.
    lines: OnceCell<Vec<usize>>,
}

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

/// A model's source and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The number of the source.
    pub source: usize,
    /// The number of the entry in it.
    pub entry: usize,
}

impl Source {
    /// The catalog that is part of the program.
    pub fn embedded() -> Source {
        Source {
            name: "the built-in catalog".to_owned(),
            text: Cow::Borrowed(EMBEDDED),
            shape: Shape::Catalog,
            lines: OnceCell::new(),
        }
    }

    /// Reads a file, or standard input where the path is `-`.
    ///
    /// # Errors
    /// When it cannot be read, is empty, not UTF-8 or nested too deeply.
    pub fn read(path: &Path) -> Result<Source, Error> {
        let name = format!("`{}`", path.display());
        let broken = |what: String| Error::Catalog(format!("{name}{what}"));
        let mut bytes = Vec::new();
        let read = match path.as_os_str() == "-" {
            true => std::io::stdin().lock().read_to_end(&mut bytes),
            false if path.is_dir() => return Err(broken(" is a directory".to_owned())),
            false => std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)),
        };
        read.map_err(|error| broken(format!(" cannot be read: {error}")))?;
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
        Ok(Source {
            name,
            shape: Shape::of(&text),
            text: Cow::Owned(text),
            lines: OnceCell::new(),
        })
    }

    /// What to call it in a message.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it says of itself, if it does.
    pub fn about(&self) -> Option<About> {
        match self.shape {
            Shape::Catalog => About::of(&self.text),
            Shape::Models | Shape::Lines => None,
        }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands at its top.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Reads the models one after another: `pick` tells how to read the one at a place or that it
    /// is skipped, `take` takes it.
    ///
    /// # Errors
    /// When the source is broken.
    pub fn models<'c, S, P, F>(&'c self, pick: P, mut take: F) -> Result<(), Error>
    where
        S: DeserializeSeed<'c>,
        P: Fn(usize) -> Option<S>,
        F: FnMut(usize, S::Value),
    {
        match self.shape {
            Shape::Catalog => self.section(MODELS, Each(pick, take)),
            Shape::Models => self.parse(&self.text, 0, Each(pick, take)),
            Shape::Lines => {
                let lines = self.lines();
                for (place, (number, line)) in lines.enumerate() {
                    match pick(place) {
                        Some(seed) => take(place, self.parse(line, number, seed)?),
                        None => {
                            self.parse(line, number, std::marker::PhantomData::<IgnoredAny>)?;
                        }
                    }
                }
                Ok(())
            }
        }
    }

    /// The lines that are not blank, each with the number of lines before it.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines.filter(|(_, line)| !line.trim().is_empty())
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
            Shape::Catalog => self.parse(&self.text, 0, Section(name, seed)),
            Shape::Models | Shape::Lines => Ok(()),
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

    /// A correction that is no value of its key.
    pub fn miscorrected(&self, id: &str, error: &serde_json::Error) -> Error {
        let (_, what) = Position::told(error);
        Error::Catalog(format!(
            "{}: a correction of `{id}` is no value of its key: {what}",
            self.name
        ))
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

    /// Parses a part of the text that begins after so many whole lines.
    fn parse<'c, S>(&self, json: &'c str, lines: usize, seed: S) -> Result<S::Value, Error>
    where
        S: DeserializeSeed<'c>,
    {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let value = seed.deserialize(&mut deserializer);
        let whole = value.and_then(|value| deserializer.end().map(|()| value));
        whole.map_err(|error| {
            let (mut place, what) = Position::told(&error);
            place.line += lines;
            self.broken_at(place, what)
        })
    }
}

impl Shape {
    /// A list begins with a bracket. An object is a catalog if it has a list of models or is
    /// written over several lines; else each line is a model, broken ones too.
    fn of(text: &str) -> Shape {
        let start = text.trim_start();
        if start.starts_with('[') {
            return Shape::Models;
        }
        let mut lines = start.lines().filter(|line| !line.trim().is_empty());
        let first = lines.next().unwrap_or_default();
        let several = lines.next().is_some_and(|second| second.starts_with('{'));
        let keys = serde_json::from_str::<HashMap<String, IgnoredAny>>(first);
        match keys {
            _ if several => Shape::Lines,
            Ok(keys) if !keys.contains_key(MODELS) => Shape::Lines,
            _ => Shape::Catalog,
        }
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
    fn shapes_are_told_by_how_they_begin() {
        assert_eq!(Shape::of(r#"[{"id":"a"}]"#), Shape::Models);
        assert_eq!(Shape::of("{\n  \"models\": []\n}"), Shape::Catalog);
        assert_eq!(Shape::of(r#"{"models":[]}"#), Shape::Catalog);
        assert_eq!(
            Shape::of(r#"{"id":"a","name":"of \"models\""}"#),
            Shape::Lines
        );
        assert_eq!(Shape::of("{\"id\":\n{\"id\":\"b\"}"), Shape::Lines);
    }

    #[test]
    fn positions_count_lines_and_bytes_from_one() {
        let source = Source {
            name: String::new(),
            text: Cow::Borrowed("ab\n\ncd"),
            shape: Shape::Lines,
            lines: OnceCell::new(),
        };
        let places = [0, 1, 3, 4, 5].map(|at| source.position(at));
        let places = places.map(|place| (place.line, place.column));
        assert_eq!(places, [(1, 1), (1, 2), (2, 1), (3, 1), (3, 2)]);
    }
}
