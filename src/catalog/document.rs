//! A document: JSON text held whole, its entries, and positions in it.

use crate::catalog::shape::{LISTS, MODELS, Parts, Shape, values};
use crate::error::{Error, Position};
use crate::model::json_type::{JsonField, JsonType, JsonTyped, ObjectType};
use crate::model::month::Month;
use once_cell::sync::OnceCell;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The key of [`About`] in a catalog.
pub(crate) const ABOUT: &str = "about";

/// JSON text and where it comes from.
#[derive(Debug, Clone)]
pub struct Document {
    name: String,
    text: Cow<'static, str>,
    shape: Shape,
    /// Where each line begins; built for the first position.
    lines: OnceCell<Vec<usize>>,
    /// The table that it was made of, if it was.
    origin: Option<Arc<dyn DocumentOrigin>>,
}

/// What a document was made of: a table, in which positions are.
pub(crate) trait DocumentOrigin: fmt::Debug + Send + Sync {
    /// The file and the position in it of what is at a byte of the document's text.
    fn position(&self, text: &str, at: usize) -> (&str, Position);

    /// What it says of itself.
    fn about(&self) -> Option<About>;

    /// Values that cannot be read, and so are left out.
    fn unread(&self) -> &[Unread];

    /// Whether it has the keys of a catalog, and so ids that mean something elsewhere.
    fn is_own(&self) -> bool;

    /// What became of its rows, in a sentence.
    fn summary(&self) -> String;
}

/// A value of a table that cannot be read, and so is left out.
#[derive(Debug, Clone)]
pub(crate) struct Unread {
    /// The file, as messages call it.
    pub source: String,
    /// Where the value is.
    pub position: Position,
    /// The column.
    pub key: String,
    /// The name of the model.
    pub name: String,
    /// Why it cannot be read.
    pub why: String,
}

/// The name of a file, as messages call it, without its folders, which mean nothing elsewhere.
pub(crate) fn file_name(name: &str) -> &str {
    let name = name.trim_matches('`');
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

impl Document {
    /// The catalog that is part of the program.
    pub(crate) fn built_in(name: &str, text: &'static str) -> Document {
        Document {
            name: name.to_owned(),
            text: Cow::Borrowed(text),
            shape: Shape::Catalog,
            lines: OnceCell::new(),
            origin: None,
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
            origin: None,
        })
    }

    /// The entries of a table, a line each.
    pub(crate) fn of_table(name: &str, text: String, origin: Arc<dyn DocumentOrigin>) -> Document {
        Document {
            name: name.to_owned(),
            text: Cow::Owned(text),
            shape: Shape::Values,
            lines: OnceCell::new(),
            origin: Some(origin),
        }
    }

    /// What it was made of, if it is not the text of a file.
    pub(crate) fn origin(&self) -> Option<&dyn DocumentOrigin> {
        self.origin.as_deref()
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

    /// Whether it is the catalog that is part of the program.
    pub fn is_embedded(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// Reads one of the lists of a catalog, which models alone do not have.
    ///
    /// # Errors
    /// When the document is broken.
    pub fn section<'d, T: Deserialize<'d>>(
        &'d self,
        name: &str,
        mut take: impl FnMut(T),
    ) -> Result<(), Error> {
        let mut read = Ok(());
        if self.shape == Shape::Catalog {
            self.entries(&mut |list, json| {
                if list == name && read.is_ok() {
                    read = serde_json::from_str(json)
                        .map(&mut take)
                        .map_err(|error| self.broken(json, &error));
                }
            })?;
        }
        read
    }

    /// Hands on the entries of each list, with the name of the list, and whatever else a catalog
    /// holds, with its name. Everything before a mistake is handed on.
    ///
    /// # Errors
    /// When the document is broken, or is no list of models.
    pub(crate) fn entries<'d>(&'d self, take: &mut dyn FnMut(&str, &'d str)) -> Result<(), Error> {
        let mut names: Vec<String> = Vec::new();
        let mut is_list = |name: &str| match names.iter().any(|earlier| earlier == name) {
            true => Err(format!("duplicate key `{name}`")),
            false => {
                names.push(name.to_owned());
                Ok(LISTS.contains(&name))
            }
        };
        let parts = Parts {
            name: MODELS,
            expected: "a catalog",
            is_list: &mut is_list,
            take,
        };
        let mut deserializer = serde_json::Deserializer::from_str(&self.text);
        let read = match self.shape {
            Shape::Values => {
                values(&self.text).for_each(|range| take(MODELS, &self.text[range]));
                return Ok(());
            }
            Shape::Models => parts.deserialize(&mut deserializer),
            Shape::Catalog => deserializer.deserialize_map(parts),
        };
        let read = read.and_then(|()| deserializer.end());
        read.map_err(|error| self.broken(&self.text, &error))?;
        if self.shape == Shape::Catalog && !names.iter().any(|name| name == MODELS) {
            let end = self.position(self.text.trim_end().len() - 1);
            return Err(self.broken_at(end, format!("a catalog has a list of `{MODELS}`")));
        }
        Ok(())
    }

    /// An error in a part of the text.
    pub(crate) fn broken(&self, part: &str, error: &serde_json::Error) -> Error {
        let (inner, what) = Position::of_json_error(error);
        self.broken_at(self.position(self.offset(part)).then(inner), what)
    }

    pub(crate) fn broken_at(&self, place: Position, what: String) -> Error {
        Error::Broken {
            source: self.name.clone(),
            place,
            what,
        }
    }

    /// The position of a byte.
    pub fn position(&self, at: usize) -> Position {
        self.place(at).1
    }

    /// The file of a byte, as messages call it, and the position in it.
    pub(crate) fn place(&self, at: usize) -> (&str, Position) {
        if let Some(origin) = &self.origin {
            return origin.position(&self.text, at);
        }
        let lines = self.lines.get_or_init(|| {
            let newlines = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(newlines).collect()
        });
        let line = lines.partition_point(|start| *start <= at);
        let column = at - lines[line - 1] + 1;
        (&self.name, Position { line, column })
    }

    /// The byte at which a part of the text begins.
    pub fn offset(&self, part: &str) -> usize {
        let offset = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        offset.min(self.text.len())
    }
}

/// What a catalog says of itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(expecting = "what the catalog is: a title, a month, an origin, credits")]
pub struct About {
    /// What it is called.
    pub title: Option<String>,
    /// The month of its latest figures.
    pub updated: Option<Month>,
    /// The list that it began with.
    pub origin: Option<Credit>,
    /// Whose other work it uses.
    #[serde(default)]
    pub credits: Vec<Credit>,
}

/// Work of others, and on which terms it is used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(expecting = "a credit: a name, an address, a license")]
pub struct Credit {
    /// What it is called, and whose it is.
    pub name: String,
    /// Its address.
    pub url: String,
    /// SPDX identifier of its license.
    pub license: Option<String>,
}

impl JsonTyped for About {
    fn json_type() -> JsonType {
        JsonType::Object(ObjectType {
            name: "about",
            meaning: "What the catalog says of itself.",
            fields: vec![
                JsonField::of::<Option<String>>("title").means("What it is called."),
                JsonField::of::<Option<Month>>("updated").means("The month of its latest figures."),
                JsonField::of::<Option<Credit>>("origin").means("The list that it began with."),
                JsonField::of::<Vec<Credit>>("credits").means("Whose other work it uses."),
            ],
            is_open: true,
        })
    }
}

impl JsonTyped for Credit {
    fn json_type() -> JsonType {
        JsonType::Object(ObjectType {
            name: "credit",
            meaning: "Work of others, and on which terms it is used.",
            fields: vec![
                JsonField::of::<String>("name").means("What it is called, and whose it is."),
                JsonField::of::<String>("url").means("Its address."),
                JsonField::of::<Option<String>>("license").means("SPDX identifier of its license."),
            ],
            is_open: true,
        })
    }
}

impl Credit {
    /// The name with the license.
    pub(crate) fn with_license(&self) -> String {
        match &self.license {
            Some(license) => format!("{} ({license})", self.name),
            None => self.name.clone(),
        }
    }
}

impl fmt::Display for Credit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.with_license(), self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_bytes_from_one() {
        let source = Document::built_in("", "ab\n\ncd");
        let places = [0, 1, 3, 4, 5].map(|at| source.position(at));
        let places = places.map(|place| (place.line, place.column));
        assert_eq!(places, [(1, 1), (1, 2), (2, 1), (3, 1), (3, 2)]);
    }
}
