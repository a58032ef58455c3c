//! Names: which model somebody means.

mod sought;

use crate::claims::Claims;
use crate::error::Error;
use crate::gather::Gather;
use crate::model::{Key, Model};
use crate::reader::Keys;
use crate::source::Place;
use sought::Sought;

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

/// Why a name means no model.
#[derive(Debug)]
pub enum Nameless {
    /// Nobody could be meant by what was typed.
    Unknown(String),
    /// Several could be, or it has no letter to look for.
    Misuse(Error),
}

/// A search for the models that some names mean, through all models once.
#[derive(Debug)]
pub struct Search {
    names: Vec<Sought>,
    /// What aliases claim of other models, where that is to be found out.
    pub claims: Option<Claims>,
}

impl Search {
    /// The keys of a model that [`Search::note`] reads.
    pub const KEYS: Keys = Keys::of(&[Key::id, Key::name, Key::aliases]);

    /// A search for what was typed.
    pub fn new(typed: &[&str], claims: Option<Claims>) -> Search {
        let names = typed.iter().map(|typed| Sought::new(typed)).collect();
        Search { names, claims }
    }

    /// Notes the model at this place if it could be meant.
    pub fn note(&mut self, place: Place, model: &Model<'_>) {
        for sought in &mut self.names {
            sought.note(place, model);
        }
        if let Some(claims) = &mut self.claims {
            claims.note(model);
        }
    }

    /// The model that each name means: by its id, name or alias exactly, else by a beginning or a
    /// part of one that no other model shares.
    pub fn told(self) -> Vec<Result<Named, Nameless>> {
        self.names.into_iter().map(Sought::told).collect()
    }
}

impl Gather for Search {
    fn append(&mut self, later: Search) {
        for (own, later) in self.names.iter_mut().zip(later.names) {
            own.append(later);
        }
        if let (Some(own), Some(later)) = (&mut self.claims, later.claims) {
            own.append(later);
        }
    }
}

impl Named {
    /// What to tell somebody who may have meant one of the others.
    pub fn remark(&self) -> Option<String> {
        let others = self.relatives.join(", ");
        (!others.is_empty()).then(|| format!("`{}` begins other names too: {others}", self.typed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Folded;
    use crate::reader::tests::read;
    use proptest::prelude::*;

    /// The same by an index of all names: the places of those meant, and of the relatives.
    fn by_index(typed: &str, models: &[Vec<String>]) -> (Vec<usize>, Vec<usize>) {
        let wanted = Folded::new(typed);
        let having = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let has = |names: &[String]| names.iter().any(|n| test(Folded::new(n).as_str()));
            let places = (0..models.len()).filter(|place| has(&models[*place]));
            places.collect()
        };
        let starts = having(&|name| name.starts_with(wanted.as_str()));
        let exact = having(&|name| name == wanted.as_str());
        let own = exact
            .iter()
            .copied()
            .find(|place| models[*place][0] == typed);
        match (own, &exact[..], &starts[..]) {
            (Some(one), ..) | (None, &[one], _) => (
                vec![one],
                starts.into_iter().filter(|other| *other != one).collect(),
            ),
            (None, [_, ..], _) => (exact, Vec::new()),
            (None, [], [_, ..]) => (starts, Vec::new()),
            (None, [], []) => (having(&|name| name.contains(wanted.as_str())), Vec::new()),
        }
    }

    proptest! {
        #[test]
        fn a_search_in_parts_finds_what_an_index_does(
            names in prop::collection::vec(prop::collection::vec("[aAb1α+ -]{1,4}", 1..4), 0..8),
            typed in "[aAb1+ ]{0,3}[ab1]",
            cut in 0usize..8,
        ) {
            // Ids are unique; names are told apart by what they show of their place.
            let models: Vec<Vec<String>> = names.iter().enumerate().map(|(place, names)| {
                let mut all = names.clone();
                all[0] = format!("{}{}", names[0], ".".repeat(place));
                all.insert(1, format!("{}{}", names[0], "_".repeat(place)));
                all
            }).collect();
            let search = |from: usize, to: usize| {
                let mut search = Search::new(&[&typed], None);
                for (place, names) in models.iter().enumerate().take(to).skip(from) {
                    let aliases = &names[2..];
                    let json = serde_json::json!({
                        "id": names[0], "name": names[1], "aliases": aliases,
                    });
                    let start = place as u64;
                    let place = Place { source: 0, length: 0, start };
                    search.note(place, &read(&json.to_string(), Search::KEYS));
                }
                search
            };
            let cut = cut.min(models.len());
            let mut parts = search(0, cut);
            parts.append(search(cut, models.len()));
            let told = parts.told().remove(0);
            let named = |places: &[usize]| -> Vec<String> {
                places.iter().map(|place| models[*place][1].clone()).collect()
            };
            let (meant, relatives) = by_index(&typed, &models);
            match (&meant[..], told) {
                ([], Err(Nameless::Unknown(unknown))) => prop_assert_eq!(unknown, typed),
                ([one], Ok(found)) => {
                    prop_assert_eq!(found.place.start, *one as u64);
                    prop_assert_eq!(found.relatives, named(&relatives));
                }
                ([_, _, ..], Err(Nameless::Misuse(error))) => {
                    let names = crate::name::quoted(meant.iter().map(|m| &*models[*m][1]));
                    prop_assert_eq!(error.to_string(), format!("`{typed}` could be {names}"));
                }
                (_, told) => prop_assert!(false, "{told:?} for {meant:?}"),
            }
        }
    }
}
