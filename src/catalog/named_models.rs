//! The models that several names mean.

use super::Catalog;
use crate::catalog::names::Named;
use crate::catalog::raw_record::RawRecord;
use crate::error::Error;

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
