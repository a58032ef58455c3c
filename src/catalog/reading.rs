//! Readings: which figures count, and how a model's text becomes a model that has them.

use crate::catalog::overlays::Overlay;
use crate::catalog::source::{Place, Source};
use crate::error::Error;
use crate::error::Position;
use crate::model::chip::Chip;
use crate::model::estimate::Derived;
use crate::model::keys::Keys;
use crate::model::reader::ModelReader;
use crate::model::{Key, Model};
use serde_json::Deserializer;
use std::borrow::Cow;

/// Which figures count: the catalog's, the makers', or the list's as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// Every entry.
    #[default]
    Whole,
    /// Every entry, of its figures those that the makers state.
    Stated,
    /// Only the entries of the list, as the list has them.
    AsListed,
}

/// Makes models of their texts, in one reading.
pub struct Interpreter<'c> {
    sources: &'c [Source],
    reading: Reading,
    keys: Keys,
    /// What derives figures, where a question asks for them.
    chips: Vec<Chip<'c>>,
}

/// The text of a model and what later sources say of it.
#[derive(Debug)]
pub struct Original<'c> {
    /// Where it stands.
    pub place: Place,
    /// Its text.
    pub json: Cow<'c, str>,
    /// What is laid over it, the earliest first.
    pub overlays: &'c [Overlay],
}

impl<'c> Interpreter<'c> {
    /// Reads these keys, and what the reading needs to know.
    pub fn new(
        sources: &'c [Source],
        reading: Reading,
        keys: Keys,
        chips: Vec<Chip<'c>>,
    ) -> Interpreter<'c> {
        let keys = keys.and(match reading {
            Reading::Whole => Keys::of(&[Key::id, Key::corrections]),
            Reading::Stated => Keys::of(&[Key::id, Key::corrections, Key::sources]),
            Reading::AsListed => Keys::of(&[Key::id, Key::listed, Key::corrections, Key::sources]),
        });
        Interpreter {
            sources,
            reading,
            keys,
            chips,
        }
    }

    /// Reads a model's text as it stands into a model.
    ///
    /// # Errors
    /// When it is no model, or has no id.
    pub fn read<'r>(
        &self,
        (place, json): (Place, &'r str),
        model: &mut Model<'r>,
    ) -> Result<(), Error> {
        let source = &self.sources[place.source as usize];
        source.read((place, json), self.keys, model)?;
        match model.id.is_empty() {
            true => Err(source.says(place, "a model without an `id`")),
            false => Ok(()),
        }
    }

    /// Makes of the model what it is in this reading; whether it is in it.
    ///
    /// # Errors
    /// When an overlay or a correction cannot be understood.
    pub fn interpret<'r>(
        &self,
        place: Place,
        model: &mut Model<'r>,
        overlays: &'r [Overlay],
    ) -> Result<bool, Error> {
        match self.reading {
            Reading::AsListed if model.listed.is_empty() => return Ok(false),
            Reading::AsListed => model.only_listed(),
            Reading::Whole | Reading::Stated => {
                self.correct(model, place)?;
                for overlay in overlays {
                    self.lay(model, overlay)?;
                }
            }
        }
        if self.reading == Reading::Stated {
            model.only_stated();
        }
        if model.name.is_empty() {
            model.name = model.id.clone();
        }
        if self.keys.has(Key::derived) {
            model.derived = Derived::of(model, &self.chips);
        }
        Ok(true)
    }

    /// The model of an original.
    ///
    /// # Errors
    /// When it cannot be understood, or is not of this reading any more.
    pub fn model<'r>(&self, original: &'r Original<'_>) -> Result<Model<'r>, Error> {
        let mut model = Model::default();
        self.read((original.place, &original.json), &mut model)?;
        match self.interpret(original.place, &mut model, original.overlays)? {
            true => Ok(model),
            false => Err(Error::Unknown(format!("`{}` is not in the list", model.id))),
        }
    }

    /// Lays over a model what a later source says of it: that is the last word.
    fn lay<'r>(&self, model: &mut Model<'r>, overlay: &'r Overlay) -> Result<(), Error> {
        let source = &self.sources[overlay.place.source as usize];
        let lay = |model: &mut Model<'r>| {
            let laid =
                ModelReader(self.keys).onto(model, &mut Deserializer::from_str(&overlay.json));
            laid.map_err(|error| source.broken(overlay.place, &error))
        };
        lay(model)?;
        // A value that the overlay gives is the one before its correction, too.
        model.uncorrected.as_deref_mut().map_or(Ok(()), lay)?;
        self.correct(model, overlay.place)
    }

    fn correct(&self, model: &mut Model<'_>, place: Place) -> Result<(), Error> {
        model.correct().map_err(|error| {
            let (_, what) = Position::told(&error);
            let what = format!("a correction is no value of its key: {what}");
            self.sources[place.source as usize].says(place, &what)
        })
    }
}
