//! From the text of an entry to a model: views, and what later sources say of earlier models.

use crate::catalog::source::{RecordRef, Source};
use crate::error::Error;
use crate::error::Position;
use crate::model::derived::Derived;
use crate::model::hardware::Chip;
use crate::model::keys::Keys;
use crate::model::reader::ModelReader;
use crate::model::{Key, Model};
use serde_json::Deserializer;
use std::borrow::Cow;
use std::collections::HashMap;

/// Which figures count: the catalog's, the makers', or the list's as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Every entry.
    #[default]
    Full,
    /// Every entry, of its figures those that the makers state.
    Stated,
    /// Only the entries of the list, as the list has them.
    AsListed,
}

/// Makes models of their texts, in one reading.
pub struct RecordLoader<'c> {
    sources: &'c [Source],
    view: View,
    keys: Keys,
    /// What derives figures, where a question asks for them.
    chips: Vec<Chip<'c>>,
}

/// The text of a model and what later sources say of it.
#[derive(Debug)]
pub struct RawRecord<'c> {
    /// Where it is.
    pub place: RecordRef,
    /// Its text.
    pub json: Cow<'c, str>,
    /// What later sources say of it, the earliest first.
    pub overlays: &'c [Override],
}

impl<'c> RecordLoader<'c> {
    /// Reads these keys, and what the reading needs to know.
    pub fn new(
        sources: &'c [Source],
        view: View,
        keys: Keys,
        chips: Vec<Chip<'c>>,
    ) -> RecordLoader<'c> {
        let keys = keys.and(match view {
            View::Full => Keys::of(&[Key::id, Key::corrections]),
            View::Stated => Keys::of(&[Key::id, Key::corrections, Key::sources]),
            View::AsListed => Keys::of(&[Key::id, Key::listed, Key::corrections, Key::sources]),
        });
        RecordLoader {
            sources,
            view,
            keys,
            chips,
        }
    }

    /// Reads a model's text into a model, without overrides and corrections.
    ///
    /// # Errors
    /// When it is no model, or has no id.
    pub fn read<'r>(
        &self,
        (place, json): (RecordRef, &'r str),
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
        place: RecordRef,
        model: &mut Model<'r>,
        overlays: &'r [Override],
    ) -> Result<bool, Error> {
        match self.view {
            View::AsListed if model.listed.is_empty() => return Ok(false),
            View::AsListed => model.only_listed(),
            View::Full | View::Stated => {
                self.correct(model, place)?;
                for overlay in overlays {
                    self.apply_override(model, overlay)?;
                }
            }
        }
        if self.view == View::Stated {
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

    /// The model of a raw record.
    ///
    /// # Errors
    /// When it cannot be understood, or is not of this reading any more.
    pub fn model<'r>(&self, raw_record: &'r RawRecord<'_>) -> Result<Model<'r>, Error> {
        let mut model = Model::default();
        self.read((raw_record.place, &raw_record.json), &mut model)?;
        match self.interpret(raw_record.place, &mut model, raw_record.overlays)? {
            true => Ok(model),
            false => Err(Error::Unknown(format!("`{}` is not in the list", model.id))),
        }
    }

    /// Applies what a later source says of a model: it overrides earlier values.
    fn apply_override<'r>(
        &self,
        model: &mut Model<'r>,
        overlay: &'r Override,
    ) -> Result<(), Error> {
        let source = &self.sources[overlay.place.source as usize];
        let apply = |model: &mut Model<'r>| {
            let read =
                ModelReader(self.keys).onto(model, &mut Deserializer::from_str(&overlay.json));
            read.map_err(|error| source.broken(overlay.place, &error))
        };
        apply(model)?;
        // A value that the overlay gives is the one before its correction, too.
        model.uncorrected.as_deref_mut().map_or(Ok(()), apply)?;
        self.correct(model, overlay.place)
    }

    fn correct(&self, model: &mut Model<'_>, place: RecordRef) -> Result<(), Error> {
        model.correct().map_err(|error| {
            let (_, what) = Position::of_json_error(&error);
            let what = format!("a correction is no value of its key: {what}");
            self.sources[place.source as usize].says(place, &what)
        })
    }
}

/// The first source that has each id, of all sources but the last.
#[derive(Debug, Default)]
pub(crate) struct Owners(HashMap<String, usize>);

/// What later sources say of models, by their ids, the earliest first.
pub(crate) type Overrides = HashMap<String, Vec<Override>>;

/// What a source says of a model that an earlier one has.
#[derive(Debug, Clone)]
pub struct Override {
    /// Where it says so.
    pub place: RecordRef,
    /// What.
    pub json: String,
}

impl Owners {
    /// Reads the ids of all sources but the last.
    ///
    /// # Errors
    /// When an entry is broken.
    pub(crate) fn of(sources: &[Source]) -> Result<Owners, Error> {
        let mut owners = HashMap::new();
        let (_, earlier) = sources.split_last().unwrap_or((&Source::Embedded, &[]));
        for (number, source) in earlier.iter().enumerate() {
            let ids = source.gather(number, &Vec::new, &|ids: &mut Vec<String>, place, json| {
                ids.push(source.id(place, json)?.to_string());
                Ok(())
            })?;
            for id in ids {
                owners.entry(id).or_insert(number);
            }
        }
        Ok(Owners(owners))
    }

    /// Whether a source before this one has the id.
    pub(crate) fn has_before(&self, number: usize, id: &str) -> bool {
        self.0.get(id).is_some_and(|owner| *owner < number)
    }
}

/// What the texts of a source say of models of earlier sources, by their ids.
pub(super) type Beside = Vec<(String, Override)>;

/// The keys that an entry of a catalog other than the built-in one has.
#[derive(Debug)]
pub struct ExternalRecord {
    /// Which.
    pub keys: Keys,
    /// Where it is, in words.
    pub place: String,
}
