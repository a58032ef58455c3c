//! Lookup of models by name, and what is suggested where a name finds nothing.

use super::Catalog;
use crate::catalog::names::{NameMatches, Named, Nameless, Search};
use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::RawRecord;
use crate::error::Error;
use crate::model::month::Month;
use crate::model::name::{NEAREST, NormalizedName, Words, quoted, typing_errors};
use crate::model::{Key, Keys, Model, Text, hardware};
use crate::text::shell_word;

impl Catalog {
    /// The model that each of these names means.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn find(&self, names: &[&str]) -> Result<Vec<Result<Named, Nameless>>, Error> {
        self.find_until(self.as_of, names)
    }

    /// The same among the models until a month, or all of them.
    fn find_until(
        &self,
        as_of: Option<Month>,
        names: &[&str],
    ) -> Result<Vec<Result<Named, Nameless>>, Error> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let search = Search::new(names);
        let fold = |matches: &mut NameMatches, model: &Model<'_>, record: &RawRecord<'_>| {
            search.fold(matches, model, record);
        };
        let among = search.in_index().filter(|_| !self.has_user_sources());
        let read = (among.as_ref(), search.keys());
        let matches = self.scan_until(as_of, read, NameMatches::default(), fold)?;
        Ok(search.results(matches))
    }

    /// The error for a name that means no model, with what else it is, or the names that are
    /// nearly the same.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn nameless(&self, nameless: Nameless) -> Result<Error, Error> {
        let typed = match &nameless {
            Nameless::Unknown(typed) | Nameless::Begun(typed) | Nameless::Several(typed, _) => {
                typed.clone()
            }
            Nameless::Misuse(_) => return Ok(nameless.into_error()),
        };
        if let Some(later) = self.later(&typed)? {
            return Ok(Error::Unknown(later));
        }
        let near = Suggestions::new(&typed);
        let near = self.scan(Suggestions::KEYS, near, |near, model, _| near.fold(model))?;
        let other = match near.other() {
            Some(other) => Some(other),
            None => self.other(&typed)?,
        };
        let hint = match (&nameless, other) {
            (Nameless::Several(..), other) => other,
            (_, Some(other)) => return Ok(Error::Unknown(other)),
            (_, None) => near.hint(),
        };
        let error = nameless.into_error();
        Ok(match hint {
            Some(hint) => error.hint(hint),
            None => error,
        })
    }

    /// Why a name means no model, where it means one that was announced later than `--as-of`.
    fn later(&self, typed: &str) -> Result<Option<String>, Error> {
        let (Some(last), Some(Ok(named))) = (
            self.as_of,
            self.find_until(None, &[typed])?.into_iter().next(),
        ) else {
            return Ok(None);
        };
        let model = self.reader(Keys::of(&[Key::name, Key::announced]))?;
        let model = model.model(&named.record)?;
        let name = &model.name;
        let when = match model.announced {
            Some(month) => format!("was announced in {month}, after {last}"),
            None => format!("has no known month, so that it is left out as of {last}"),
        };
        Ok(Some(format!("`{name}` {when}")))
    }

    /// What a name is in the lists beside the models, and which command takes it.
    fn other(&self, typed: &str) -> Result<Option<String>, Error> {
        let folded = NormalizedName::new(typed);
        let word = shell_word(typed.as_ref());
        if !self.spellings("organizations", &folded)?.is_empty() {
            return Ok(Some(format!(
                "`{typed}` is an organization: `ahm list --org {word}`"
            )));
        }
        if hardware::find(typed, &self.known_chips()?).is_some() {
            return Ok(Some(format!("`{typed}` is a chip: see `ahm chips`")));
        }
        let frameworks = self.frameworks()?;
        let mut names = frameworks
            .iter()
            .flat_map(|framework| std::iter::once(&framework.name).chain(&framework.aliases));
        let is_framework = names.any(|name| folded.is(name));
        Ok(is_framework.then(|| format!("`{typed}` is a framework: `ahm frameworks {word}`")))
    }
}

/// The names nearest to one that no model has, or what else it is.
#[derive(Debug, Clone)]
pub(crate) struct Suggestions {
    typed: String,
    folded: NormalizedName,
    words: Words<'static>,
    letters: String,
    /// The nearest first, each model once.
    near: Vec<Near>,
    /// Whether models have it as an organization.
    is_organization: bool,
    /// Whether models have it as a section or a field.
    is_field: bool,
}

/// A name, how far it is, and the first model that goes by it.
#[derive(Debug, Clone)]
struct Near {
    distance: (Why, usize),
    written: String,
    name: String,
}

/// Why a name is suggested, the best reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// It begins with the words that were typed.
    Begins,
    /// It was misspelled.
    Misspelled,
    /// What was typed is its first letters, or words further on.
    Part,
}

impl Suggestions {
    /// The keys of a model that [`Suggestions::note`] reads.
    pub(crate) const KEYS: Keys = Keys::of(&[
        Key::id,
        Key::name,
        Key::aliases,
        Key::organizations,
        Key::sections,
        Key::fields,
    ]);

    /// None so far.
    pub(crate) fn new(typed: &str) -> Suggestions {
        Suggestions {
            typed: typed.to_owned(),
            folded: NormalizedName::new(typed),
            words: Words::owned(typed),
            letters: Words::new(typed).joined(),
            near: Vec::new(),
            is_organization: false,
            is_field: false,
        }
    }

    /// Notes the names of a model, if they are nearer than others.
    pub(crate) fn fold(&mut self, model: &Model<'_>) {
        let has = |words: &[Text<'_>]| words.iter().any(|word| self.folded.is(word));
        self.is_organization = self.is_organization || has(&model.organizations);
        self.is_field = self.is_field || has(&model.sections) || has(&model.fields);
        let own = [&model.id, &model.name].into_iter();
        for written in own.chain(&model.aliases) {
            if let Some(distance) = self.distance(&Words::new(written)) {
                self.add(Near {
                    distance,
                    written: written.to_string(),
                    name: model.name.to_string(),
                });
            }
        }
    }

    /// How far a name is: the letters that are missing at its end, or the typing errors.
    fn distance(&self, name: &Words<'_>) -> Option<(Why, usize)> {
        let letters = name.joined();
        let missing = letters.len().saturating_sub(self.letters.len());
        let is_begun = letters.starts_with(&self.letters);
        if is_begun
            && self
                .words
                .likeness(name, self.words.iter().count())
                .is_some()
        {
            return Some((Why::Begins, missing));
        }
        let most = match self.letters.chars().count() {
            0..=2 => return None,
            3..=4 => 1,
            _ => 2,
        };
        if let Some(errors) = typing_errors(&self.letters, &letters, most) {
            return Some((Why::Misspelled, errors));
        }
        if !letters.contains(&self.letters) {
            return None;
        }
        let mut end = 0;
        let ends = name.iter().map(|word| {
            end += word.text.bytes().filter(|byte| *byte != b'.').count();
            end
        });
        let ends: Vec<usize> = std::iter::once(0).chain(ends).collect();
        let is_part = |start: &usize| {
            let is_here = letters[*start..].starts_with(&self.letters);
            is_here && (*start == 0 || ends.contains(&(start + self.letters.len())))
        };
        ends.iter().any(is_part).then_some((Why::Part, missing))
    }

    /// What it is other than a model, and which command takes it.
    pub(crate) fn other(&self) -> Option<String> {
        let (what, flag) = match (self.is_organization, self.is_field) {
            (true, _) => ("an organization", "org"),
            (_, true) => ("a field", "field"),
            _ => return None,
        };
        let (typed, word) = (&self.typed, shell_word(self.typed.as_ref()));
        Some(format!("`{typed}` is {what}: `ahm list --{flag} {word}`"))
    }

    /// What to ask: the names that are suggested for the best reason.
    pub(crate) fn hint(&self) -> Option<String> {
        let (best, _) = self.near.first()?.distance;
        let best = self.near.iter().filter(|near| near.distance.0 == best);
        let names: Vec<&str> = best.map(|near| &*near.name).collect();
        Some(format!("did you mean {}?", quoted(names)))
    }

    fn add(&mut self, new: Near) {
        if let Some(at) = self.near.iter().position(|near| near.name == new.name) {
            if self.near[at].distance <= new.distance {
                return;
            }
            self.near.remove(at);
        }
        let own = (new.distance, &*new.written);
        let order = |near: &Near| (near.distance, &*near.written).cmp(&own);
        if let Err(rank) = self.near.binary_search_by(order) {
            self.near.insert(rank, new);
            self.near.truncate(NEAREST);
        }
    }
}

impl Merge for Suggestions {
    fn merge(&mut self, later: Suggestions) {
        self.is_organization |= later.is_organization;
        self.is_field |= later.is_field;
        later.near.into_iter().for_each(|near| self.add(near));
    }
}

/// How many words of a name a shell may take apart.
const WORDS: usize = 5;
/// How many names that mean no model are explained, each by a search for what is near to it.
const EXPLAINED: usize = 10;

/// The records that names mean, and what is to be said of the names.
#[derive(Debug, Default)]
pub struct NamedModels {
    /// The records, in the order of the names.
    pub records: Vec<RawRecord<'static>>,
    /// The name that each record was found by.
    pub names: Vec<String>,
    /// How names were read, other than as a name, an id, an alias or an identifier.
    pub notes: Vec<String>,
    /// Why names mean no model.
    pub failures: Vec<Error>,
}

impl Catalog {
    /// The records that these names mean. Names that `are_whole` were not taken apart by a shell.
    ///
    /// # Errors
    /// When a name seems to have been taken apart, or the catalog is broken.
    pub fn named(&self, names: &[String], are_whole: bool) -> Result<NamedModels, Error> {
        let typed: Vec<&str> = names.iter().map(String::as_str).collect();
        let (mut found, mut unexplained) = (NamedModels::default(), 0);
        let mut is_misuse = false;
        for (at, result) in self.find(&typed)?.into_iter().enumerate() {
            match result {
                Ok(Named { record, note }) => {
                    found.records.push(record);
                    found.names.push(names[at].clone());
                    found.notes.extend(note);
                }
                Err(nameless) if found.failures.len() == EXPLAINED => {
                    unexplained += 1;
                    is_misuse |= nameless.into_error().exit_code() > 1;
                }
                Err(nameless) => {
                    if !are_whole && let Some(whole) = self.apart(&typed, at)? {
                        let error = nameless.into_error();
                        return Err(error.hint(format!("did you mean \"{whole}\"?")));
                    }
                    found.failures.push(self.nameless(nameless)?);
                }
            }
        }
        if unexplained > 0 {
            let what = match unexplained {
                1 => "1 more name was not found".to_owned(),
                _ => format!("{unexplained} more names were not found"),
            };
            found.failures.push(match is_misuse {
                true => Error::Misuse(what),
                false => Error::Unknown(what),
            });
        }
        Ok(found)
    }

    /// The name that a shell took apart, where this one of several means no model.
    fn apart(&self, names: &[&str], at: usize) -> Result<Option<String>, Error> {
        // The longest first.
        let runs = (2..=WORDS).rev().flat_map(|length| {
            let starts = at.saturating_sub(length - 1)..=at;
            starts.filter_map(move |start| names.get(start..start + length))
        });
        let wholes: Vec<String> = runs.map(|run| run.join(" ")).collect();
        let found = self.find(&wholes.iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut found = wholes.into_iter().zip(found);
        Ok(found.find_map(|(whole, found)| found.is_ok().then_some(whole)))
    }
}
