//! The models of a catalog that are meant by names.

use super::Catalog;
use crate::circles::{Circles, Names};
use crate::claims::{Claimed, Claims};
use crate::error::Error;
use crate::model::Model;
use crate::names::{Named, Nameless, Search};
use crate::reading::Original;
use crate::source::Place;
use crate::suggestions::Suggestions;

impl Catalog {
    /// The texts of the models that these names mean, in the order of the names.
    ///
    /// # Errors
    /// When a name means no model or several, or the catalog is broken.
    pub fn named(&self, names: &[String]) -> Result<(Vec<Named>, Vec<Original<'_>>), Error> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut named = Vec::with_capacity(names.len());
        for found in self.find(&names)? {
            named.push(match found {
                Ok(found) => found,
                Err(nameless) => return Err(self.nameless(nameless)?),
            });
        }
        let places: Vec<Place> = named.iter().map(|named| named.place).collect();
        let originals = self.originals(&places)?;
        Ok((named, originals))
    }

    /// The model that each of these names means.
    ///
    /// # Errors
    /// When the catalog is broken, or models are aliases of each other.
    pub fn find(&self, names: &[&str]) -> Result<Vec<Result<Named, Nameless>>, Error> {
        let own = self.has_own();
        let fresh = || Search::new(names, own.then(Claims::default));
        let note = |search: &mut Search, place, model: &Model<'_>| search.note(place, model);
        let mut search = self.gather(Search::KEYS, fresh, note)?;
        let claimed = search.claims.take().map(Claims::claimed);
        if let Some(claimed) = claimed.filter(|claimed| !claimed.is_empty()) {
            self.no_circle(&claimed)?;
        }
        Ok(search.told())
    }

    /// The error for a name that means no model, with those that are nearly so called.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn nameless(&self, nameless: Nameless) -> Result<Error, Error> {
        let typed = match nameless {
            Nameless::Unknown(typed) => typed,
            Nameless::Misuse(error) => return Ok(error),
        };
        let fresh = || Suggestions::new(&typed);
        let note = |near: &mut Suggestions, _, model: &Model<'_>| near.note(model);
        let near = self.gather(Search::KEYS, fresh, note)?;
        Ok(Error::Unknown(near.words()))
    }

    /// Fails where a model goes by the name of one that goes by its name: which is meant, nobody
    /// could tell.
    fn no_circle(&self, claimed: &Claimed) -> Result<(), Error> {
        type Concerned = Vec<(Place, Names)>;
        let note = |concerned: &mut Concerned, place, model: &Model<'_>| {
            concerned.extend(claimed.concerns(model).then(|| (place, Names::of(model))));
        };
        let concerned = self.gather(Search::KEYS, Vec::new, note)?;
        let mut circles = Circles::default();
        for (place, names) in concerned {
            let id = names.id.clone();
            if let Some(other) = circles.closed_by(names) {
                let what = format!("`{id}` and `{other}` are aliases of each other");
                return Err(self.sources[place.source as usize].says(place, &what));
            }
        }
        Ok(())
    }
}
