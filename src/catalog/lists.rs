//! The lists of a catalog beside its models.

use crate::catalog::identity::Organizations;
use crate::catalog::record_reader::View;
use crate::catalog::source::Source;
use crate::catalog::{Catalog, embedded};
use crate::error::Error;
use crate::model::affiliation::Affiliations;
use crate::model::hardware::{Chip, KnownChips};
use crate::model::name::NormalizedName;
use crate::model::price::Price;
use crate::model::reference::{Framework, Listed, Survey, Term};
use crate::model::value::Kind;
use crate::model::{Key, Keys, Map, Text, known};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The built-in catalog, whether or not it is a source.
static BUILT_IN: Source = Source::Embedded;

/// Keys of models, each with every kind that its values have.
type ExtraKeys = Vec<(String, Kind)>;

/// A word of the catalog and its other spellings.
#[derive(Debug, Deserialize)]
struct Spelling<'a> {
    #[serde(borrow, alias = "term")]
    name: Text<'a>,
    #[serde(borrow, default, deserialize_with = "known::read")]
    aliases: Vec<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "known::read")]
    hosts: Vec<Text<'a>>,
    #[serde(borrow, default)]
    country: Option<Text<'a>>,
    #[serde(borrow, default)]
    kind: Option<Text<'a>>,
}

impl Catalog {
    /// Every chip with all that is known of it: no claim of the list's, and so known in any reading,
    /// but for prices.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn known_chips(&self) -> Result<Vec<Chip<'_>>, Error> {
        let mut chips = KnownChips::default();
        self.known("chips", |later| {
            chips.add(later, |price| self.has_price(price));
        })?;
        Ok(chips.list)
    }

    /// Whose hosts links lead to.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn hosts(&self) -> Result<Vec<Host>, Error> {
        let mut hosts = Vec::new();
        self.known("organizations", |organization: Spelling<'_>| {
            hosts.extend(organization.hosts.iter().map(|address| Host {
                address: address.to_string(),
                organization: organization.name.to_string(),
            }));
        })?;
        Ok(hosts)
    }

    /// The spellings of organizations.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub(crate) fn organizations(&self) -> Result<Organizations, Error> {
        let mut organizations = Organizations::default();
        self.known("organizations", |organization| {
            organizations.add(organization)
        })?;
        Ok(organizations)
    }

    /// The keys of users' models that this program does not know, and what their values are: numbers if
    /// all are, words of lists if one is a list, else words.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub(crate) fn extra_keys(&self) -> Result<BTreeMap<String, Kind>, Error> {
        let keys = Keys::of(&[Key::extra]);
        let values = self.scan(keys, Vec::new(), |keys: &mut ExtraKeys, model, _| {
            for (key, value) in &model.extra {
                let kind = match value {
                    Value::Number(_) => Kind::Number,
                    Value::Array(_) => Kind::Tags,
                    _ => Kind::Word,
                };
                if !keys.iter().any(|own| own.0 == *key && own.1 == kind) {
                    keys.push((key.clone(), kind));
                }
            }
        })?;
        let mut kinds = BTreeMap::new();
        for (key, kind) in values {
            let own = kinds.entry(key).or_insert(kind);
            if *own != kind {
                *own = match [*own, kind].contains(&Kind::Tags) {
                    true => Kind::Tags,
                    false => Kind::Word,
                };
            }
        }
        Ok(kinds)
    }

    /// The countries and kinds of organizations.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub(super) fn affiliations(&self) -> Result<Affiliations, Error> {
        let mut affiliations = Affiliations::new(embedded::affiliation);
        self.of_users("organizations", |organization: Spelling<'_>| {
            let names = std::iter::once(&organization.name).chain(&organization.aliases);
            affiliations.add(
                names.map(|name| &**name),
                organization.country.as_deref(),
                organization.kind.as_deref(),
            );
        })?;
        Ok(affiliations)
    }

    /// All spellings of a word that a section of the catalog lists; none if it does not list it.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn spellings(
        &self,
        section: &'static str,
        word: &NormalizedName,
    ) -> Result<Vec<NormalizedName>, Error> {
        let known = embedded::spellings(section, word);
        let mut spellings: Vec<NormalizedName> = known.map(NormalizedName::new).collect();
        self.of_users(section, |spelling: Spelling<'_>| {
            let names = std::iter::once(&spelling.name).chain(&spelling.aliases);
            let names: Vec<NormalizedName> = names.map(|name| NormalizedName::new(name)).collect();
            if names.contains(word) {
                spellings.extend(names);
            }
        })?;
        Ok(spellings)
    }

    /// The frameworks, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn frameworks(&self) -> Result<Vec<Framework<'_>>, Error> {
        let mut frameworks = Vec::new();
        let mut broken = Ok(());
        self.entries("frameworks", |mut entry: Map| {
            if self.view != View::AsListed {
                correct(&mut entry);
            }
            match Framework::deserialize(serde_json::Value::Object(entry)) {
                Ok(framework) if self.view != View::AsListed => frameworks.push(framework),
                Ok(framework) => frameworks.extend(framework.into_listed()),
                Err(error) => {
                    broken = Err(Error::Catalog(format!("a framework is broken: {error}")))
                }
            }
        })?;
        broken.map(|()| frameworks)
    }

    /// The surveys, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn surveys(&self) -> Result<Vec<Survey<'_>>, Error> {
        self.listed("surveys")
    }

    /// The explained words, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn terms(&self) -> Result<Vec<Term<'_>>, Error> {
        self.listed("terms")
    }

    /// The chips, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn chips(&self) -> Result<Vec<Chip<'_>>, Error> {
        let mut chips = KnownChips::default();
        self.entries("chips", |later| {
            chips.add(later, |price| self.has_price(price));
        })?;
        Ok(self.in_view(chips.list))
    }

    /// Whether a price of a chip counts in this view.
    fn has_price(&self, price: &Price<'_>) -> bool {
        self.view != View::AsListed || price.is_listed()
    }

    /// Reads one of the lists beside the models, short enough to be held whole.
    fn listed<'c, T: Deserialize<'c> + Listed>(
        &'c self,
        name: &'static str,
    ) -> Result<Vec<T>, Error> {
        let mut entries = Vec::new();
        self.entries(name, |entry| entries.push(entry))?;
        Ok(self.in_view(entries))
    }

    /// The entries of a list as this view has them.
    fn in_view<T: Listed>(&self, entries: Vec<T>) -> Vec<T> {
        match self.view {
            View::Full | View::Stated | View::Sure(_) => entries,
            View::AsListed => entries.into_iter().filter_map(T::into_listed).collect(),
        }
    }

    /// Reads one of the lists beside the models from every source, after the built-in catalog's
    /// where that is none: models alone are left out with it.
    fn known<'c, T: Deserialize<'c>>(
        &'c self,
        name: &'static str,
        mut each: impl FnMut(T),
    ) -> Result<(), Error> {
        if !self.sources.iter().any(Source::is_embedded) {
            BUILT_IN.section(name, &mut each)?;
        }
        self.entries(name, each)
    }

    /// Reads one of the lists beside the models, but for the embedded catalog's.
    fn of_users<'c, T: Deserialize<'c>>(
        &'c self,
        name: &'static str,
        mut each: impl FnMut(T),
    ) -> Result<(), Error> {
        let mut users = self.sources.iter().filter(|source| !source.is_embedded());
        users.try_for_each(|source| source.section(name, &mut each))
    }

    fn entries<'c, T: Deserialize<'c>>(
        &'c self,
        name: &'static str,
        mut each: impl FnMut(T),
    ) -> Result<(), Error> {
        for source in &self.sources {
            source.section(name, &mut each)?;
        }
        Ok(())
    }
}

/// Puts corrected values in place of the listed ones, as JSON.
fn correct(entry: &mut Map) {
    let corrections = entry
        .get("corrections")
        .and_then(serde_json::Value::as_array);
    for correction in corrections.cloned().unwrap_or_default() {
        let Some(key) = correction.get("key").and_then(serde_json::Value::as_str) else {
            continue;
        };
        match correction.get("value") {
            Some(value) => entry.insert(key.to_owned(), value.clone()),
            None => entry.shift_remove(key),
        };
    }
}

/// A beginning of web addresses that belongs to an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// The beginning after `https://`, such as `github.com/openai`.
    pub address: String,
    /// The organization.
    pub organization: String,
}
