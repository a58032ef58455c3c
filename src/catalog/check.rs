//! Checks a catalog: every mistake that can be found in one run, each with its position.

use crate::catalog::check_value::RawEntry;
use crate::catalog::document::{ABOUT, About, Document};
use crate::catalog::identity::{self, Organization, Organizations};
use crate::catalog::shape::{LISTS, MODELS, members};
use crate::error::{Error, Position};
use crate::model::hardware::Chip;
use crate::model::name::{NormalizedName, did_you_mean, is_typo, nearest};
use crate::model::reference::{Framework, Survey, Term};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Something that is wrong with a catalog, or worth knowing.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    /// The source, as messages call it.
    pub source: String,
    /// Where it is.
    pub position: Position,
    /// The model's id, if it has one.
    pub id: String,
    /// The key, if it is about one.
    pub key: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
}

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    /// The catalog is wrong.
    Mistake,
    /// The catalog changes what another says.
    Note,
}

/// Checks sources one after another, each against those before it.
#[derive(Debug, Default)]
pub(crate) struct Check {
    /// What was found, in the order of the sources and of their lines.
    pub diagnostics: Vec<Diagnostic>,
    sources: usize,
    /// The last source that has each id, and the entries of its model.
    models: HashMap<String, (usize, Vec<String>)>,
    organizations: Organizations,
    /// The id of the model that has a name.
    names: HashMap<NormalizedName, String>,
    /// The words that earlier sources use under a key; of the built-in catalog, which is the first,
    /// its own common words.
    words: BTreeMap<&'static str, BTreeSet<String>>,
    /// The words of this source under a key, and the known word that each is a typo of.
    typos: HashMap<(&'static str, String), Option<String>>,
}

/// A value that a diagnostic is about: a part of a document, under a key of a model.
#[derive(Clone, Copy)]
struct Place<'p> {
    document: &'p Document,
    id: &'p str,
    key: &'p str,
    json: &'p str,
}

/// Keys with a vocabulary: a word that is close to another is likely a typo.
const VOCABULARIES: [&str; 6] = [
    "sections",
    "fields",
    "organizations",
    "architecture",
    "objective",
    "training_framework",
];

impl Check {
    /// Checks a source; those that follow are checked against its words and ids too.
    pub(crate) fn source(&mut self, document: &Document) {
        let earlier = self.diagnostics.len();
        self.sources += 1;
        let mut entries: Vec<(String, &str)> = Vec::new();
        let read = document.entries(&mut |list, json| entries.push((list.to_owned(), json)));
        let whole = Place {
            document,
            id: "",
            key: "",
            json: document.text(),
        };
        if let Err(Error::Broken { place, what, .. }) = read {
            self.push(whole, place, (Severity::Mistake, what));
        }
        // Models are compared by the organizations that the source lists behind them.
        let organizations = entries.iter().filter(|(list, _)| list == "organizations");
        let organizations = organizations.filter_map(|(_, json)| serde_json::from_str(json).ok());
        organizations.for_each(|organization| self.organizations.add(organization));
        if document.is_embedded() {
            self.words = common_words(&entries);
        }
        for (list, json) in &entries {
            let (key, json) = (&**list, *json);
            let read = match key {
                // `null` is a missing value, among models too.
                MODELS if json == "null" => Ok(()),
                MODELS => RawEntry::read(document, json).map(|entry| self.entry(&entry)),
                ABOUT => parse::<About>(json),
                "chips" => parse::<Chip<'_>>(json),
                "frameworks" => parse::<Framework<'_>>(json),
                "organizations" => parse::<Organization>(json),
                "surveys" => parse::<Survey<'_>>(json),
                "terms" => parse::<Term<'_>>(json),
                unknown => {
                    let near = did_you_mean(unknown, LISTS.into_iter().chain([ABOUT]));
                    let what = format!("unknown section `{unknown}`{near}");
                    self.mistake(Place { key, json, ..whole }, what);
                    Ok(())
                }
            };
            if let Err(error) = read {
                let key = if key == MODELS { "" } else { key };
                self.json_error(Place { key, json, ..whole }, &error);
            }
        }
        for ((key, word), typo) in self.typos.drain() {
            if typo.is_none() {
                self.words.entry(key).or_default().insert(word);
            }
        }
        self.diagnostics[earlier..].sort_by_key(|diagnostic| diagnostic.position);
    }

    fn entry(&mut self, entry: &RawEntry<'_>) {
        let whole = Place {
            document: entry.document,
            id: &entry.id,
            key: "",
            json: entry.json,
        };
        let earlier = self.diagnostics.len();
        let mut seen = BTreeSet::new();
        for (key, json) in &entry.members {
            let place = Place { key, json, ..whole };
            if !seen.insert(key) {
                self.mistake(place, "duplicate key".to_owned());
            }
            match entry.mistakes(key, json) {
                Ok(found) => found.into_iter().for_each(|what| self.mistake(place, what)),
                Err(error) => self.json_error(place, &error),
            }
            if let Some(key) = VOCABULARIES.into_iter().find(|own| own == key) {
                self.vocabulary(key, place);
            }
        }
        // Whatever makes reading fail is a mistake.
        if let (_, Err(error)) = identity::read([entry.json])
            && self.diagnostics.len() == earlier
        {
            self.json_error(whole, &error);
        }
        for key in ["id", "name"] {
            // An override of a known model need not repeat its name.
            let is_known = key == "name" && self.models.contains_key(&entry.id);
            if !is_known && !entry.has(key) {
                self.mistake(Place { key, ..whole }, format!("missing `{key}`"));
            }
        }
        if !entry.id.is_empty() {
            self.identity(entry, whole);
            self.names(entry, whole);
        }
    }

    /// The id: which other model has it, and which values of that the entry replaces.
    fn identity(&mut self, entry: &RawEntry<'_>, whole: Place<'_>) {
        let id = &entry.id;
        let json = entry.members.iter().find(|(key, _)| key == "id");
        let json = json.map_or(entry.json, |(_, json)| json);
        let place = Place {
            key: "id",
            json,
            ..whole
        };
        let is_slug = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !id.bytes().all(is_slug) {
            let what = "(lower-case ASCII letters, digits and `-`)";
            self.mistake(place, format!("`{id}` is not an id {what}"));
        }
        let (last, mut entries) = self.models.remove(id).unwrap_or_default();
        if last == self.sources {
            self.mistake(place, format!("duplicate id `{id}`"));
        } else if last > 0 {
            let (mut own, _) = identity::read([entry.json]);
            let (mut known, _) = identity::read(entries.iter().map(String::as_str));
            // A correction of the wrong type was reported.
            let _ = known.correct();
            for (key, json) in &entry.members {
                if let Some(old) = identity::replaced(key, &own, &known) {
                    let place = Place { key, json, ..whole };
                    let position = place.position();
                    self.push(place, position, (Severity::Note, format!("replaces {old}")));
                }
            }
            let _ = own.correct();
            let stranger = self.organizations.stranger(&own, &known);
            stranger
                .into_iter()
                .for_each(|what| self.mistake(place, what));
        }
        entries.push(entry.json.to_owned());
        self.models.insert(id.clone(), (self.sources, entries));
    }

    /// The names: each is one model's.
    fn names(&mut self, entry: &RawEntry<'_>, whole: Place<'_>) {
        for (key, json) in &entry.members {
            let names: Vec<String> = match &**key {
                "id" | "name" => serde_json::from_str(json).into_iter().collect(),
                "aliases" => serde_json::from_str(json).unwrap_or_default(),
                _ => continue,
            };
            for spelling in names {
                let owner = self.names.entry(NormalizedName::new(&spelling));
                let owner = owner.or_insert_with(|| entry.id.clone());
                if *owner != entry.id {
                    let what = format!("`{spelling}` is also a name of `{owner}`");
                    self.mistake(Place { key, json, ..whole }, what);
                }
            }
        }
    }

    /// Words that are close to those of earlier sources.
    fn vocabulary(&mut self, key: &'static str, place: Place<'_>) {
        for word in words(place.json) {
            // Many entries have the same word.
            let typo = self.typos.entry((key, word.clone()));
            let typo = typo.or_insert_with(|| typo_of(&word, self.words.get(key)?));
            if let Some(near) = typo {
                let what = format!("`{word}` is new; did you mean `{near}`?");
                self.mistake(place, what);
            }
        }
    }

    fn json_error(&mut self, place: Place<'_>, error: &serde_json::Error) {
        let (inner, what) = Position::of_json_error(error);
        self.push(
            place,
            place.position().then(inner),
            (Severity::Mistake, what),
        );
    }

    fn mistake(&mut self, place: Place<'_>, what: String) {
        self.push(place, place.position(), (Severity::Mistake, what));
    }

    fn push(
        &mut self,
        place: Place<'_>,
        position: Position,
        (severity, message): (Severity, String),
    ) {
        self.diagnostics.push(Diagnostic {
            source: place.document.name().trim_matches('`').to_owned(),
            position,
            id: place.id.to_owned(),
            key: place.key.to_owned(),
            severity,
            message,
        });
    }
}

impl Place<'_> {
    fn position(&self) -> Position {
        self.document.position(self.document.offset(self.json))
    }
}

/// Whether JSON can be read as a type.
fn parse<'j, T: Deserialize<'j>>(json: &'j str) -> serde_json::Result<()> {
    serde_json::from_str::<T>(json).map(drop)
}

/// The words that several models of a source use under keys with a vocabulary.
fn common_words(entries: &[(String, &str)]) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut seen = BTreeSet::new();
    let mut common: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    let models = entries.iter().filter(|(list, _)| list == MODELS);
    for (name, json) in models.flat_map(|(_, json)| members(json).unwrap_or_default()) {
        if let Some(key) = VOCABULARIES.into_iter().find(|key| *key == name) {
            let again = words(json).filter(|word| !seen.insert((key, word.clone())));
            common.entry(key).or_default().extend(again);
        }
    }
    common
}

fn words(json: &str) -> impl Iterator<Item = String> + use<> {
    let words: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    words.into_iter()
}

/// The known word that this one is a typo of, unless it is known itself.
fn typo_of(word: &str, known: &BTreeSet<String>) -> Option<String> {
    if known.contains(word) {
        return None;
    }
    let near = nearest(word, known.iter().map(String::as_str));
    let near = near.into_iter().find(|own| is_typo(word, own));
    near.map(str::to_owned)
}
