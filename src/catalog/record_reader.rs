//! Reads models from records: overrides, corrections and views.

use crate::catalog::document::file_name;
use crate::catalog::loose::{self, Mended, UnreadLog};
use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::{RawRecord, RecordText};
use crate::catalog::source::Source;
use crate::error::{Error, Position};
use crate::model::affiliation::Affiliations;
use crate::model::derived::Derived;
use crate::model::hardware::Chip;
use crate::model::{Confidence, Key, Keys, Model, SourceKind};
use std::collections::HashMap;

/// Which figures count: the catalog's, the makers', or the list's as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Every entry.
    #[default]
    Full,
    /// Every entry, of its figures those that the makers state.
    Stated,
    /// Every entry, of its third-party figures those that are at least so sure.
    Sure(Confidence),
    /// Only the entries of the list, as the list has them.
    AsListed,
}

impl View {
    /// Which figures it has, in a phrase; nothing of all.
    pub(crate) fn words(self) -> Option<String> {
        Some(match self {
            View::Full => return None,
            View::Stated => "figures as stated by the makers".to_owned(),
            View::Sure(least) => format!("third-party figures at least {}", least.word()),
            View::AsListed => "figures as listed".to_owned(),
        })
    }

    /// The flag that asks for it; nothing for all figures.
    pub(crate) fn flag(self) -> String {
        match self {
            View::Full => String::new(),
            View::Stated => " --stated".to_owned(),
            View::Sure(least) => format!(" --confidence {}", least.word()),
            View::AsListed => " --as-listed".to_owned(),
        }
    }

    /// What its figures are.
    pub(crate) fn adjective(self) -> &'static str {
        match self {
            View::Full | View::Sure(_) => "known",
            View::Stated => "stated",
            View::AsListed => "listed",
        }
    }
}

/// Overrides by the ids of the models.
#[derive(Debug, Clone, Default)]
pub(super) struct Overrides(pub HashMap<String, Vec<RecordText<'static>>>);

/// The first source that has each id, of all sources but the last.
#[derive(Debug, Default)]
pub(super) struct Owners(HashMap<String, usize>);

/// Reads models from records: these keys, in this view.
pub struct RecordReader<'c> {
    sources: &'c [Source],
    unread: &'c UnreadLog,
    is_strict: bool,
    view: View,
    keys: Keys,
    facts: Facts<'c>,
}

/// Facts beside the models that figures and words are derived from, if a question reads them.
#[derive(Default)]
pub struct Facts<'c> {
    pub(super) chips: Vec<Chip<'c>>,
    pub(super) affiliations: Affiliations,
}

impl Overrides {
    pub(super) fn of(&self, id: &str) -> &[RecordText<'static>] {
        self.0.get(id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn push(&mut self, id: &str, text: RecordText<'static>) {
        self.0.entry(id.to_owned()).or_default().push(text);
    }
}

impl Merge for Overrides {
    fn merge(&mut self, later: Overrides) {
        for (id, mut texts) in later.0 {
            self.0.entry(id).or_default().append(&mut texts);
        }
    }
}

impl Owners {
    /// Reads the ids of all sources but the last.
    ///
    /// # Errors
    /// When an entry is broken.
    pub(super) fn of(reader: &RecordReader<'_>) -> Result<Owners, Error> {
        let mut owners = HashMap::new();
        let earlier = reader.sources.len().saturating_sub(1);
        for (number, source) in reader.sources.iter().enumerate().take(earlier) {
            let note = |ids: &mut Vec<String>, text: RecordText<'_>| {
                ids.push(reader.entry(&text)?.id.to_string());
                Ok(())
            };
            source.scan((number, None), Vec::new, note, |ids| {
                for id in ids {
                    owners.entry(id).or_insert(number);
                }
            })?;
        }
        Ok(Owners(owners))
    }

    /// Whether a source before this one has the id.
    pub(super) fn has_before(&self, number: usize, id: &str) -> bool {
        self.0.get(id).is_some_and(|owner| *owner < number)
    }
}

impl<'c> RecordReader<'c> {
    /// A reader of these keys, and of those that the view needs.
    pub(super) fn new(
        (sources, unread, is_strict): (&'c [Source], &'c UnreadLog, bool),
        view: View,
        keys: Keys,
        facts: Facts<'c>,
    ) -> RecordReader<'c> {
        // Chips are priced at the time of a run.
        let dated = [Key::announced];
        let dated = Keys::of(if keys.has(Key::derived) { &dated } else { &[] });
        let keys = keys.union(dated).union(match view {
            View::Full => Keys::of(&[Key::id, Key::corrections]),
            View::Stated | View::Sure(_) => Keys::of(&[Key::id, Key::corrections, Key::sources]),
            View::AsListed => Keys::of(&[Key::id, Key::listed, Key::corrections, Key::sources]),
        });
        RecordReader {
            sources,
            unread,
            is_strict,
            view,
            keys,
            facts,
        }
    }

    /// The model of a record.
    ///
    /// # Errors
    /// When it is no model, has no id, or is not in this view.
    pub fn model<'r>(&self, record: &'r RawRecord<'_>) -> Result<Model<'r>, Error> {
        let mut model = self.entry(&record.text)?;
        match self.resolve(&mut model, &record.text, &record.overrides)? {
            true => Ok(model),
            false => Err(Error::Unknown(format!("`{}` is not in the list", model.id))),
        }
    }

    /// The model as one source has it, without overrides and corrections.
    pub(super) fn entry<'r>(&self, text: &'r RecordText<'_>) -> Result<Model<'r>, Error> {
        let (source, mut model) = (&self.sources[text.source()], Model::default());
        let read = source.read(text, None, self.keys, &mut model);
        if read.is_err() || model.id.is_empty() {
            model = Model::default();
            match self.mended(text)? {
                Some(mended) => source.read(text, Some(mended), self.keys, &mut model)?,
                None => read?,
            }
        }
        match model.id.is_empty() {
            true => Err(source.broken_at(text, "a model without an `id` and a `name`".to_owned())),
            false => Ok(model),
        }
    }

    /// Reads the entry of a later source over a model.
    fn read_over<'r>(&self, text: &'r RecordText<'_>, model: &mut Model<'r>) -> Result<(), Error> {
        let (source, before) = (&self.sources[text.source()], model.clone());
        // Which sources still hold depends on every key that is replaced.
        let keys = match self.keys.has(Key::sources) {
            true => Keys::ALL,
            false => self.keys,
        };
        let read = source.read(text, None, keys, model);
        if read.is_err() {
            let mended = self.mended(text)?;
            if mended.is_none() {
                return read;
            }
            *model = before.clone();
            source.read(text, mended, keys, model)?;
        }
        if self.keys.has(Key::sources) {
            model.cite_unsourced(&before, file_name(source.name()));
        }
        Ok(())
    }

    /// An entry with its loosely written values as their keys have them; nothing if it has none. What
    /// cannot be read at all is left out, and noted.
    fn mended<'r>(&self, text: &'r RecordText<'_>) -> Result<Option<&'r str>, Error> {
        let RecordText::Json {
            source: number,
            start,
            json,
            mended,
        } = text
        else {
            return Ok(None);
        };
        let source = &self.sources[*number];
        let mend = || {
            let Some(Mended { json, unread }) = loose::mended(json) else {
                return Ok(None);
            };
            for (at, key, why) in unread {
                let position = source.position(start + at as u64)?;
                if self.is_strict {
                    return Err(Error::Broken {
                        source: source.name().to_owned(),
                        place: position,
                        what: format!("{key}: {why}"),
                    });
                }
                self.unread.push((*number, *start), &key, || {
                    format!("{}, {position}: {key}: {why}", source.name())
                });
            }
            Ok(Some(json.into_boxed_str()))
        };
        mended.get_or_try_init(mend).map(Option::as_deref)
    }

    /// Applies corrections, overrides and the view; returns whether the model is in the view.
    pub(super) fn resolve<'r>(
        &self,
        model: &mut Model<'r>,
        text: &RecordText<'_>,
        overrides: &'r [RecordText<'static>],
    ) -> Result<bool, Error> {
        match self.view {
            View::AsListed if model.listed.is_empty() => return Ok(false),
            View::AsListed => model.only_listed(),
            View::Full | View::Stated | View::Sure(_) => {
                self.correct(model, text)?;
                for text in overrides {
                    self.read_over(text, model)?;
                    // An override replaces the value before its correction, too.
                    if let Some(uncorrected) = model.uncorrected.as_deref_mut() {
                        self.read_over(text, uncorrected)?;
                    }
                    self.correct(model, text)?;
                }
            }
        }
        match self.view {
            View::Stated => model.retain_claims(|(kind, _)| kind == SourceKind::Stated),
            View::Sure(least) => model.retain_claims(|(kind, confidence)| {
                kind != SourceKind::ThirdParty || confidence >= Some(least)
            }),
            View::Full | View::AsListed => {}
        }
        if model.name.is_empty() {
            model.name = model.id.clone();
        }
        if self.keys.has(Key::derived) {
            model.derived = Derived::of(model, &self.facts.chips);
        }
        if self.keys.has(Key::affiliation) {
            model.affiliation = self.facts.affiliations.of(&model.organizations);
        }
        Ok(true)
    }

    fn correct(&self, model: &mut Model<'_>, text: &RecordText<'_>) -> Result<(), Error> {
        model.correct().map_err(|error| {
            let (_, what) = Position::of_json_error(&error);
            let what = format!("a correction is no value of its key: {what}");
            self.sources[text.source()].broken_at(text, what)
        })
    }
}

/// The keys that an entry outside of the embedded catalog has.
#[derive(Debug)]
pub struct ExternalRecord {
    /// Which.
    pub keys: Keys,
    /// Its source and position, in words.
    pub place: String,
}
