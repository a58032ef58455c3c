//! Affiliations: the countries and kinds of the organizations that made a model.

use crate::model::name::NormalizedName;
use crate::model::object::Text;
use std::collections::HashMap;

/// The countries and kinds of a model's organizations, each once.
#[derive(Debug, Clone, Default)]
pub struct Affiliation {
    /// Countries, in the order of the organizations.
    pub countries: Vec<Text<'static>>,
    /// Kinds of organization.
    pub kinds: Vec<Text<'static>>,
}

/// Looks up the country and the kind of an organization.
pub(crate) type Lookup = fn(&NormalizedName) -> [Option<&'static str>; 2];

/// The countries and the kinds of organizations, by their spellings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Affiliations {
    /// Those of a user's catalogs.
    own: HashMap<NormalizedName, [Option<Text<'static>>; 2]>,
    /// Looks up those that the program knows.
    known: Option<Lookup>,
}

impl Affiliations {
    /// Affiliations that the program knows.
    pub(crate) fn new(known: Lookup) -> Affiliations {
        Affiliations {
            own: HashMap::new(),
            known: Some(known),
        }
    }

    /// Adds the country and the kind of an organization.
    pub(crate) fn add<'s>(
        &mut self,
        spellings: impl Iterator<Item = &'s str>,
        country: Option<&str>,
        kind: Option<&str>,
    ) {
        for spelling in spellings {
            let own = self.own.entry(NormalizedName::new(spelling)).or_default();
            for (own, later) in own.iter_mut().zip([country, kind]) {
                *own = later.map(Text::owned).or(own.take());
            }
        }
    }

    /// The affiliation of a model by these organizations.
    pub(crate) fn of(&self, organizations: &[Text<'_>]) -> Affiliation {
        let mut affiliation = Affiliation::default();
        for name in organizations {
            let name = NormalizedName::new(name);
            let known = self.known.map_or([None; 2], |known| known(&name));
            let own = self.own.get(&name).cloned().unwrap_or_default();
            let Affiliation { countries, kinds } = &mut affiliation;
            for ((words, own), known) in [countries, kinds].into_iter().zip(own).zip(known) {
                let word = own.or(known.map(Text::from));
                words.extend(word.filter(|word| !words.contains(word)));
            }
        }
        affiliation
    }
}
