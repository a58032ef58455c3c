//! A source of entries: the embedded catalog, a document, or a file that is read part by part.

use crate::catalog::about::About;
use crate::catalog::begun::Begun;
use crate::catalog::document::Document;
use crate::catalog::embedded::{self, EMBEDDED};
use crate::catalog::gather::Gather;
use crate::catalog::meter::Meter;
use crate::catalog::parts::Part;
use crate::catalog::shape::Shape;
use crate::catalog::stored::{STARE, Stored};
use crate::error::Error;
use crate::error::Position;
use crate::model::keys::Keys;
use crate::model::reader::ModelReader;
use crate::model::text::Text;
use crate::model::{Key, Model};
use serde::de::DeserializeSeed;
use std::borrow::Cow;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Where entries come from.
#[derive(Debug)]
pub enum Source {
    /// The catalog that is part of the program.
    Embedded,
    /// A catalog that is held whole: made by people, it is short.
    Held(Document),
    /// Models alone, however many, read part by part.
    File(Stored),
}

/// A model's place: its source, and where its text stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The number of the source.
    pub source: u32,
    /// The byte at which it begins.
    pub start: u64,
    /// How long its text is, in bytes.
    pub length: u32,
}

impl Source {
    /// Opens a file, or standard input where the path is `-`.
    ///
    /// # Errors
    /// When it cannot be read, is empty, not UTF-8 or nested too deeply, or begins as no catalog
    /// does.
    pub fn open(path: &Path) -> Result<Source, Error> {
        let name = format!("`{}`", path.display());
        if path.as_os_str() == "-" {
            let mut begun = Begun::new(&name);
            begun.read_all(&mut std::io::stdin().lock())?;
            return Document::new(&name, begun.bytes).map(Source::Held);
        }
        if path.is_dir() {
            return Err(Error::Catalog(format!("{name} is a directory")));
        }
        let unreadable = |error| Error::Catalog(format!("{name} cannot be read: {error}"));
        let mut file = File::open(path).map_err(unreadable)?;
        let mut begun = Begun::new(&name);
        while begun.read(&mut file)? && Stored::is_open(&begun.bytes) && begun.bytes.len() <= STARE
        {
        }
        let length = file.metadata().map_err(unreadable)?;
        // A pipe cannot be read twice, and what was looked at whole need not be.
        if let (true, true, Some(told)) = (
            length.is_file(),
            length.len() > begun.bytes.len() as u64,
            Stored::told(&begun.bytes),
        ) {
            let stored = Stored::new(&name, (file, length.len()), told);
            return Ok(Source::File(stored));
        }
        begun.read_all(&mut file)?;
        Document::new(&name, begun.bytes).map(Source::Held)
    }

    /// What to call it in a message.
    pub fn name(&self) -> &str {
        match self {
            Source::Embedded => "the built-in catalog",
            Source::Held(document) => document.name(),
            Source::File(stored) => stored.name(),
        }
    }

    /// What shows how far the reading of it is, where that may take long.
    pub fn meter(&self) -> Option<Arc<Meter>> {
        match self {
            Source::File(stored) => Some(Arc::clone(stored.meter())),
            Source::Embedded | Source::Held(_) => None,
        }
    }

    /// Whether it is the catalog that is part of the program.
    pub fn is_embedded(&self) -> bool {
        matches!(self, Source::Embedded)
    }

    /// Everything in it, held whole.
    ///
    /// # Errors
    /// When it cannot be read, or is not UTF-8 or nested too deeply.
    pub fn document(&self) -> Result<Cow<'_, Document>, Error> {
        match self {
            Source::Embedded => Ok(Cow::Owned(Document::embedded())),
            Source::Held(document) => Ok(Cow::Borrowed(document)),
            Source::File(stored) => stored.document().map(Cow::Owned),
        }
    }

    /// Reads the models, each by its place and its text, on every core where they are many.
    ///
    /// # Errors
    /// The first of the source's and of `take`.
    pub fn gather<G: Gather>(
        &self,
        number: usize,
        make: &(impl Fn() -> G + Sync),
        take: &(impl Fn(&mut G, Place, &str) -> Result<(), Error> + Sync),
    ) -> Result<G, Error> {
        let add = |made: &mut G, part: &Part<'_>| {
            let mut records = 0;
            // `null` is missing here, too.
            for (start, json) in part.records().filter(|(_, json)| *json != "null") {
                let place = Place {
                    source: number as u32,
                    length: json.len() as u32,
                    start,
                };
                take(made, place, json)?;
                records += 1;
            }
            Ok(records)
        };
        let one = |part: Part<'_>| {
            let mut made = make();
            add(&mut made, &part).map(|_| made)
        };
        let made = match self {
            Source::Embedded => one(Part::records_at(EMBEDDED, embedded::models().collect()))?,
            Source::Held(document) => {
                let models = document.records()?;
                one(Part::records_at(document.text(), models))?
            }
            Source::File(stored) => stored.gather(make, &add)?.unwrap_or_else(make),
        };
        Ok(made)
    }

    /// Reads these keys of a model's text into a model.
    ///
    /// # Errors
    /// When it is no model.
    pub fn read<'r>(
        &self,
        (place, json): (Place, &'r str),
        keys: Keys,
        model: &mut Model<'r>,
    ) -> Result<(), Error> {
        let read = match self {
            Source::Embedded => embedded::read(json, keys, model),
            Source::Held(_) | Source::File(_) => {
                let mut deserializer = serde_json::Deserializer::from_str(json);
                let read = ModelReader(keys).onto(model, &mut deserializer);
                read.and_then(|()| deserializer.end())
            }
        };
        read.map_err(|error| self.broken(place, &error))
    }

    /// The id of a model's text.
    ///
    /// # Errors
    /// When it is no model.
    pub fn id<'r>(&self, place: Place, json: &'r str) -> Result<Text<'r>, Error> {
        let mut model = Model::default();
        self.read((place, json), Keys::of(&[Key::id]), &mut model)?;
        Ok(model.id)
    }

    /// The text of the model at a place.
    ///
    /// # Errors
    /// When it cannot be read any more.
    pub fn text(&self, place: Place) -> Result<Cow<'_, str>, Error> {
        let range = place.start as usize..place.start as usize + place.length as usize;
        match self {
            Source::Embedded => Ok(Cow::Borrowed(&EMBEDDED[range])),
            Source::Held(document) => Ok(Cow::Borrowed(&document.text()[range])),
            Source::File(stored) => stored.text(place.start, range.len()).map(Cow::Owned),
        }
    }

    /// What it says of itself.
    pub fn about(&self) -> Option<About> {
        match self {
            Source::Embedded => About::of(EMBEDDED),
            Source::Held(document) if document.shape() == Shape::Catalog => {
                About::of(document.text())
            }
            Source::Held(_) | Source::File(_) => None,
        }
    }

    /// Reads one of the lists or objects of a catalog; a source of models alone has none.
    ///
    /// # Errors
    /// When it is broken.
    pub fn section<'c, S>(&'c self, name: &'static str, seed: S) -> Result<(), Error>
    where
        S: DeserializeSeed<'c, Value = ()>,
    {
        match self {
            Source::Embedded => {
                let mut deserializer = serde_json::Deserializer::from_str(embedded::section(name));
                let read = seed.deserialize(&mut deserializer);
                read.map_err(|error| Error::Catalog(format!("{}: {error}", self.name())))
            }
            Source::Held(document) => document.section(name, seed),
            Source::File(_) => Ok(()),
        }
    }

    /// An error in the text of a model.
    pub fn broken(&self, place: Place, error: &serde_json::Error) -> Error {
        let (told, what) = Position::told(error);
        match self.position(place.start) {
            Ok(position) => self.broken_at(position.then(told), what),
            Err(error) => error,
        }
    }

    /// Something said of the model at a place.
    pub fn says(&self, place: Place, what: &str) -> Error {
        match self.position(place.start) {
            Ok(position) => self.broken_at(position, what.to_owned()),
            Err(error) => error,
        }
    }

    fn broken_at(&self, place: Position, what: String) -> Error {
        Error::Broken {
            source: self.name().to_owned(),
            place,
            what,
        }
    }

    /// The position of a byte.
    ///
    /// # Errors
    /// When it cannot be read any more.
    pub fn position(&self, at: u64) -> Result<Position, Error> {
        match self {
            Source::Embedded => Ok(Position::of(EMBEDDED, at as usize)),
            Source::Held(document) => Ok(document.position(at as usize)),
            Source::File(stored) => stored.position(at),
        }
    }
}
