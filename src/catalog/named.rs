//! The models of a catalog that are meant by names.

use super::Catalog;
use crate::catalog::names::{Matches, Named, Nameless, Search};
use crate::catalog::overrides::RawRecord;
use crate::catalog::source::RecordRef;
use crate::catalog::suggestions::{Suggestions, in_shell};
use crate::error::Error;
use crate::model::Model;
use crate::model::hardware;
use crate::model::name::NormalizedName;

/// How many words of a name a shell may take apart.
const WORDS: usize = 5;

impl Catalog {
    /// The texts of the models that these names mean, in the order of the names.
    ///
    /// # Errors
    /// When a name means no model or several, or the catalog is broken.
    pub fn named(&self, names: &[String]) -> Result<(Vec<Named>, Vec<RawRecord<'_>>), Error> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut named = Vec::with_capacity(names.len());
        for (at, found) in self.find(&names)?.into_iter().enumerate() {
            match found {
                Ok(found) => named.push(found),
                Err(nameless) => {
                    return Err(match self.apart(&names, at)? {
                        Some(whole) => {
                            let error = nameless.into_error();
                            error.hint(format!("did you mean \"{whole}\"?"))
                        }
                        None => self.nameless(nameless)?,
                    });
                }
            }
        }
        let places: Vec<RecordRef> = named.iter().map(|named| named.place).collect();
        let raw_records = self.raw_records(&places)?;
        Ok((named, raw_records))
    }

    /// The model that each of these names means.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn find(&self, names: &[&str]) -> Result<Vec<Result<Named, Nameless>>, Error> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let search = Search::new(names);
        let note = |matches: &mut Matches, place, model: &Model<'_>| {
            search.note(matches, place, model);
        };
        let among = search.in_index().filter(|_| !self.has_user_sources());
        let matches = self.gather_among(among.as_ref(), search.keys(), Matches::default, note)?;
        Ok(search.results(matches))
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
        let fresh = || Suggestions::new(&typed);
        let note = |near: &mut Suggestions, _, model: &Model<'_>| near.note(model);
        let near = self.gather(Suggestions::KEYS, fresh, note)?;
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

    /// What a name is in the lists beside the models, and which command takes it.
    fn other(&self, typed: &str) -> Result<Option<String>, Error> {
        let folded = NormalizedName::new(typed);
        let word = in_shell(typed);
        if self.spellings("organizations")?.contains_key(&folded) {
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
