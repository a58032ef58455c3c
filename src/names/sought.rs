//! A name that is looked for, and whom it could mean.

use super::{Named, Nameless};
use crate::error::Error;
use crate::gather::Gather;
use crate::model::Model;
use crate::name::{Folded, Likeness, quoted};
use crate::source::Place;

/// A name and whom it could mean.
#[derive(Debug)]
pub struct Sought {
    typed: String,
    folded: Folded,
    /// Either those that have it as a beginning, or else those that have it as a part.
    found: Vec<Candidate>,
}

/// A model that could be meant.
#[derive(Debug)]
struct Candidate {
    place: Place,
    name: Box<str>,
    likeness: Likeness,
    /// What it is called by.
    by: By,
}

/// What a model is called by.
#[derive(Debug, PartialEq, Eq)]
enum By {
    /// Its id, as it is written.
    Id,
    /// Any of its names.
    Name,
}

impl Sought {
    /// Nobody so far.
    pub fn new(typed: &str) -> Sought {
        Sought {
            typed: typed.to_owned(),
            folded: Folded::new(typed),
            found: Vec::new(),
        }
    }

    /// Notes the model at this place if it could be meant.
    pub fn note(&mut self, place: Place, model: &Model<'_>) {
        if self.folded.as_str().is_empty() {
            return;
        }
        let own = [&model.id, &model.name].into_iter();
        let names = own.chain(&model.aliases);
        let Some(likeness) = names.filter_map(|name| self.folded.likeness(name)).max() else {
            return;
        };
        if self.wants(likeness) {
            self.add(Candidate {
                place,
                name: (&*model.name).into(),
                likeness,
                by: match *model.id == *self.typed {
                    true => By::Id,
                    false => By::Name,
                },
            });
        }
    }

    /// Whether there is none that is called so more plainly.
    fn wants(&self, likeness: Likeness) -> bool {
        likeness > Likeness::Part || self.found.first().is_none_or(|first| first.is_part())
    }

    fn add(&mut self, candidate: Candidate) {
        if !self.wants(candidate.likeness) {
            return;
        }
        if !candidate.is_part() && self.found.first().is_some_and(Candidate::is_part) {
            self.found.clear();
        }
        self.found.push(candidate);
    }

    /// The model that is meant.
    pub fn told(self) -> Result<Named, Nameless> {
        let Sought {
            typed,
            folded,
            found,
        } = self;
        if folded.as_str().is_empty() {
            let what = format!("`{typed}` has no letter or digit to look for");
            return Err(Nameless::Misuse(Error::Misuse(what)));
        }
        let is_exact = |candidate: &&Candidate| candidate.likeness == Likeness::Whole;
        let mut meant: Vec<&Candidate> = found.iter().filter(is_exact).collect();
        let exact = !meant.is_empty();
        // Ids are unique as they are written, if not always when folded.
        if let Some(own) = meant.iter().find(|candidate| candidate.by == By::Id) {
            meant = vec![*own];
        } else if !exact {
            meant = found.iter().collect();
        }
        match meant[..] {
            [] => Err(Nameless::Unknown(typed)),
            [one] => {
                let others = found
                    .iter()
                    .filter(|other| exact && other.place != one.place);
                Ok(Named {
                    typed,
                    place: one.place,
                    relatives: others.map(|other| other.name.to_string()).collect(),
                })
            }
            _ => {
                let names = quoted(meant.iter().map(|candidate| &*candidate.name));
                let what = format!("`{typed}` could be {names}");
                Err(Nameless::Misuse(Error::Misuse(what)))
            }
        }
    }
}

impl Gather for Sought {
    fn append(&mut self, later: Sought) {
        later.found.into_iter().for_each(|found| self.add(found));
    }
}

impl Candidate {
    fn is_part(&self) -> bool {
        self.likeness == Likeness::Part
    }
}
