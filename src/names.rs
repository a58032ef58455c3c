//! The index of names: which model somebody means.

use crate::circles::Circles;
use crate::error::Error;
use crate::gather::Gather;
use crate::model::{Key, Model};
use crate::name::{Folded, nearest, quoted};
use crate::reader::Keys;
use crate::source::Place;

/// Every name that a model goes by, folded, with the model's place in the catalog.
#[derive(Debug, Default)]
pub struct Names {
    models: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    place: Place,
    name: String,
    /// Id, name and aliases.
    spellings: Vec<Folded>,
    /// The same as people write them, for suggestions.
    written: Vec<String>,
}

/// The model that a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name as typed.
    pub typed: String,
    /// Its place in the catalog.
    pub place: Place,
    /// Names of others that begin alike, where the name was exact.
    pub relatives: Vec<String>,
}

impl Names {
    /// The keys of a model that [`Names::add`] reads.
    pub const KEYS: Keys = Keys::of(&[Key::id, Key::name, Key::aliases]);

    /// Notes the names of the model at this place.
    pub fn add(names: &mut Names, place: Place, model: &Model<'_>) {
        let own = [&model.id, &model.name];
        let written = own.into_iter().chain(&model.aliases);
        let written: Vec<String> = written.map(|name| name.to_string()).collect();
        names.models.push(Entry {
            place,
            name: model.name.to_string(),
            spellings: written.iter().map(|name| Folded::new(name)).collect(),
            written,
        });
    }

    /// The model meant: by its id, name or alias exactly, else by a beginning or a part of one
    /// that no other model shares.
    ///
    /// # Errors
    /// [`Error::Misuse`] when several could be meant, [`Error::Unknown`] when none could.
    pub fn find(&self, typed: &str) -> Result<Named, Error> {
        let name = Folded::new(typed);
        let wanted = name.as_str();
        if wanted.is_empty() {
            return Err(Error::Misuse(format!(
                "`{typed}` has no letter or digit to look for"
            )));
        }
        let starts = self.having(|spelling| spelling.starts_with(wanted));
        let mut exact = self.having(|spelling| spelling == wanted);
        // Ids are unique as they are written, if not always when folded.
        if let Some(own) = exact
            .iter()
            .copied()
            .find(|entry| entry.written[0] == typed)
        {
            exact = vec![own];
        }
        if exact.len() > 1 {
            return Err(ambiguous(typed, &exact));
        }
        if let [exact] = exact[..] {
            let relatives = starts.iter().filter(|entry| entry.place != exact.place);
            return Ok(Named {
                typed: typed.to_owned(),
                place: exact.place,
                relatives: relatives.map(|entry| entry.name.clone()).collect(),
            });
        }
        for candidates in [starts, self.having(|spelling| spelling.contains(wanted))] {
            match candidates[..] {
                [] => {}
                [one] => {
                    return Ok(Named {
                        typed: typed.to_owned(),
                        place: one.place,
                        relatives: Vec::new(),
                    });
                }
                _ => return Err(ambiguous(typed, &candidates)),
            }
        }
        Err(self.unknown(typed))
    }

    /// A model that goes by the name of one that goes by its name: which is meant, nobody could
    /// tell.
    pub fn circle(&self) -> Option<(Place, String)> {
        let mut circles = Circles::default();
        self.models.iter().find_map(|entry| {
            let (own, aliases) = entry.spellings.split_at(2);
            let other = circles.closed_by(&entry.written[0], own, aliases)?;
            let id = &entry.written[0];
            Some((
                entry.place,
                format!("`{id}` and `{other}` are aliases of each other"),
            ))
        })
    }

    fn having(&self, test: impl Fn(&str) -> bool) -> Vec<&Entry> {
        let has = |entry: &&Entry| entry.spellings.iter().any(|s| test(s.as_str()));
        self.models.iter().filter(has).collect()
    }

    fn unknown(&self, typed: &str) -> Error {
        let mut near: Vec<&str> = Vec::new();
        let written = |entry: &'_ Entry| entry.written.clone();
        let all: Vec<String> = self.models.iter().flat_map(written).collect();
        for candidate in nearest(typed, all.iter().map(String::as_str)) {
            let owner = self.models.iter().find(|entry| {
                let mut written = entry.written.iter();
                written.any(|name| name == candidate)
            });
            if let Some(entry) = owner
                && !near.contains(&entry.name.as_str())
            {
                near.push(&entry.name);
            }
        }
        Error::Unknown(match near.as_slice() {
            [] => format!("no model is called `{typed}`; `ahm list -f names` names them all"),
            near => format!(
                "no model is called `{typed}`; did you mean {}?",
                quoted(near.iter().copied())
            ),
        })
    }
}

impl Gather for Names {
    fn append(&mut self, mut later: Names) {
        self.models.append(&mut later.models);
    }
}

impl Named {
    /// What to tell somebody who may have meant one of the others.
    pub fn remark(&self) -> Option<String> {
        let others = self.relatives.join(", ");
        (!others.is_empty()).then(|| format!("`{}` begins other names too: {others}", self.typed))
    }
}

fn ambiguous(typed: &str, candidates: &[&Entry]) -> Error {
    let names = candidates.iter().map(|entry| entry.name.as_str());
    Error::Misuse(format!("`{typed}` could be {}", quoted(names)))
}
