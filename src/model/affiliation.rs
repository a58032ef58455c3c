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

/// The country and the kind of each organization that the catalog lists, by its spellings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Affiliations(HashMap<NormalizedName, [Option<Text<'static>>; 2]>);

impl Affiliations {
    /// Adds the country and the kind of an organization.
    pub(crate) fn add<'s>(
        &mut self,
        spellings: impl Iterator<Item = &'s str>,
        country: Option<&str>,
        kind: Option<&str>,
    ) {
        for spelling in spellings {
            let own = self.0.entry(NormalizedName::new(spelling)).or_default();
            for (own, later) in own.iter_mut().zip([country, kind]) {
                *own = later.map(Text::owned).or(own.take());
            }
        }
    }

    /// The affiliation of a model by these organizations.
    pub(crate) fn of(&self, organizations: &[Text<'_>]) -> Affiliation {
        let mut affiliation = Affiliation::default();
        for name in organizations {
            let Some([country, kind]) = self.0.get(&NormalizedName::new(name)) else {
                continue;
            };
            let Affiliation { countries, kinds } = &mut affiliation;
            for (words, word) in [(countries, country), (kinds, kind)] {
                words.extend(word.clone().filter(|word| !words.contains(word)));
            }
        }
        affiliation
    }
}
