//! Checks a catalog: every mistake that can be found in one run, each with its position.

use crate::catalog::about::{ABOUT, About};
use crate::catalog::check_value;
use crate::catalog::document::Document;
use crate::catalog::document::{Shape, values};
use crate::catalog::identity::{self, Organizations, Values};
use crate::catalog::raw_entry::{Diagnostic, RawEntry, Severity};
use crate::catalog::section::Each;
use crate::error::{Error, Position};
use crate::model::hardware::Chip;
use crate::model::keys::Keys;
use crate::model::name::is_typo;
use crate::model::name::{NormalizedName, did_you_mean, nearest};
use crate::model::reader::ModelReader;
use crate::model::reference::Framework;
use crate::model::reference::Survey;
use crate::model::reference::Term;
use crate::model::{Key, Model};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Checks sources one after another, each against those before it.
#[derive(Debug, Default)]
pub(crate) struct Check {
    /// What was found, in the order of the sources and of their lines.
    pub diagnostics: Vec<Diagnostic>,
    /// The last source that has each id, and the known values of its model.
    ids: HashMap<String, (usize, Values)>,
    organizations: Organizations,
    /// The id of the model that has a name.
    names: HashMap<NormalizedName, String>,
    /// The words that earlier sources use under a key.
    words: BTreeMap<&'static str, BTreeSet<String>>,
    /// The words of this source under a key, and the known word that each is a typo of.
    typos: HashMap<(&'static str, String), Option<String>>,
    sources: usize,
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

const SECTIONS: [&str; 7] = [
    ABOUT,
    "models",
    "frameworks",
    "surveys",
    "terms",
    "organizations",
    "chips",
];

impl Check {
    /// Checks a source; those that follow are checked against its words and ids too.
    pub(crate) fn source(&mut self, source: &Document) {
        let earlier = self.diagnostics.len();
        self.sources += 1;
        let mut entries: Vec<&RawValue> = Vec::new();
        match source.shape() {
            // A broken value does not hide the others.
            Shape::Values => {
                for range in values(source.text()) {
                    let json = &source.text()[range];
                    match serde_json::from_str(json) {
                        Ok(entry) => entries.push(entry),
                        Err(error) => self.json_error(source, json, ("", ""), &error),
                    }
                }
            }
            Shape::Catalog | Shape::Models => {
                let read = source.entries(Each::new(|entry| entries.push(entry)));
                self.broken(source, "", read);
            }
        }
        self.organizations.add(source);
        // `null` is a missing value, among models too.
        for json in entries.into_iter().filter(|json| json.get() != "null") {
            match RawEntry::read(source, json.get()) {
                Ok(entry) => self.entry(&entry),
                Err(error) => self.json_error(source, json.get(), ("", ""), &error),
            }
        }
        if source.shape() == Shape::Catalog {
            self.sections(source);
        }
        for ((key, word), typo) in self.typos.drain() {
            if typo.is_none() {
                self.words.entry(key).or_default().insert(word);
            }
        }
        let mut found = self.diagnostics.split_off(earlier);
        found.sort_by_key(|diagnostic| diagnostic.position);
        // What breaks a whole file breaks every section of it.
        found.dedup_by(|next, own| next.position == own.position && next.message == own.message);
        self.diagnostics.append(&mut found);
    }

    /// The sections beside the models, and unknown ones.
    fn sections(&mut self, source: &Document) {
        self.section::<Framework<'_>>(source, "frameworks");
        self.section::<Survey<'_>>(source, "surveys");
        self.section::<Term<'_>>(source, "terms");
        self.section::<Chip<'_>>(source, "chips");
        let Ok(catalog) = RawEntry::read(source, source.text()) else {
            return;
        };
        if let Some(json) = catalog.value(ABOUT)
            && let Err(error) = serde_json::from_str::<About>(json.get())
        {
            self.json_error(source, json.get(), ("", ABOUT), &error);
        }
        for (name, json) in &catalog.values {
            if !SECTIONS.contains(&&**name) {
                let near = did_you_mean(name, SECTIONS);
                self.mistake(
                    &catalog,
                    (name, json),
                    format!("unknown section `{name}`{near}"),
                );
            }
        }
    }

    fn section<'s, T: Deserialize<'s>>(&mut self, source: &'s Document, name: &'static str) {
        let mut entries: Vec<&RawValue> = Vec::new();
        let read = source.section(name, Each::new(|json| entries.push(json)));
        self.broken(source, name, read);
        for json in entries {
            if let Err(error) = serde_json::from_str::<T>(json.get()) {
                self.json_error(source, json.get(), ("", name), &error);
            }
        }
    }

    fn entry(&mut self, entry: &RawEntry<'_>) {
        let (source, id) = (entry.source, entry.id.as_str());
        let earlier = self.diagnostics.len();
        let mut seen = Values::new();
        for (name, json) in &entry.values {
            let again = seen.insert(name.to_string(), json.get().to_owned());
            if again.is_some() {
                self.mistake(entry, (name, json), "duplicate key".to_owned());
            }
            match Key::named(name) {
                Some(key) => self.value(entry, key, (name, json)),
                None => {
                    let mistake = check_value::other_mistake(entry, name, json.get());
                    mistake
                        .into_iter()
                        .for_each(|what| self.mistake(entry, (name, json), what));
                }
            }
            if let Some(key) = VOCABULARIES.into_iter().find(|key| *key == &**name) {
                self.vocabulary(entry, (key, json));
            }
        }
        // Whatever makes reading fail is a mistake.
        let mut deserializer = serde_json::Deserializer::from_str(entry.json);
        let read = ModelReader(Keys::ALL).onto(&mut Model::default(), &mut deserializer);
        let mut found = self.diagnostics[earlier..].iter();
        if let Err(error) = read
            && !found.any(|diagnostic| diagnostic.severity == Severity::Mistake)
        {
            self.json_error(source, entry.json, (id, ""), &error);
        }
        for key in ["id", "name"] {
            // An override of a known model need not repeat its name.
            let is_known = key == "name" && self.ids.contains_key(id);
            if !is_known && !seen.contains_key(key) {
                let start = source.position(source.offset(entry.json));
                let message = format!("missing `{key}`");
                self.push(source, start, (id, key), (Severity::Mistake, message));
            }
        }
        if !id.is_empty() {
            self.identity(entry, seen);
        }
    }

    /// The id and the names: which other model has them, and which values the entry overrides.
    fn identity(&mut self, entry: &RawEntry<'_>, mut seen: Values) {
        let id = &entry.id;
        let is_slug = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if let Some(json) = entry.value("id") {
            let at = ("id", json);
            if !id.bytes().all(is_slug) {
                let what = "(lower-case ASCII letters, digits and `-`)";
                self.mistake(entry, at, format!("`{id}` is not an id {what}"));
            }
            match self.ids.get(id) {
                Some((owner, _)) if *owner == self.sources => {
                    self.mistake(entry, at, format!("duplicate id `{id}`"));
                }
                Some((_, known)) => {
                    let mut own = seen.clone();
                    identity::correct(&mut own, seen.get("corrections").map(String::as_str));
                    let stranger = self.organizations.stranger(id, &own, known);
                    for (name, json, note) in identity::replaced(entry, known) {
                        let position = position(entry.source, json);
                        self.push(entry.source, position, (id, &name), (Severity::Note, note));
                    }
                    stranger
                        .into_iter()
                        .for_each(|what| self.mistake(entry, at, what));
                }
                None => {}
            }
        }
        let known = self.ids.entry(id.clone()).or_default();
        known.0 = self.sources;
        let corrections = seen.remove("corrections");
        known.1.extend(seen);
        identity::correct(&mut known.1, corrections.as_deref());
        for (name, json) in &entry.values {
            let names: Vec<String> = match &**name {
                "id" | "name" => serde_json::from_str(json.get()).into_iter().collect(),
                "aliases" => serde_json::from_str(json.get()).unwrap_or_default(),
                _ => continue,
            };
            for spelling in names {
                let owner = self.names.entry(NormalizedName::new(&spelling));
                let owner = owner.or_insert_with(|| id.clone());
                if owner != id {
                    let what = format!("`{spelling}` is also a name of `{owner}`");
                    self.mistake(entry, (name, json), what);
                }
            }
        }
    }

    /// A value of a key of models.
    fn value(&mut self, entry: &RawEntry<'_>, key: Key, (name, json): (&str, &RawValue)) {
        let text = json.get();
        if matches!(text, "\"\"" | "[]" | "{}") {
            self.mistake(
                entry,
                (name, json),
                format!("`{text}`: omit unknown values"),
            );
        } else if let Err(error) = Model::check(key, text) {
            self.json_error(entry.source, text, (&entry.id, name), &error);
        } else {
            for what in check_value::mistakes(key, text) {
                self.mistake(entry, (name, json), what);
            }
        }
    }

    /// Words that are close to those of earlier sources.
    fn vocabulary(&mut self, entry: &RawEntry<'_>, (key, json): (&'static str, &RawValue)) {
        let words: Vec<String> = serde_json::from_str(json.get()).unwrap_or_default();
        for word in words {
            // Many entries have the same word.
            let typo = self.typos.entry((key, word.clone()));
            let typo = typo.or_insert_with(|| typo_of(&word, self.words.get(key)?));
            if let Some(near) = typo {
                let what = format!("`{word}` is new; did you mean `{near}`?");
                self.mistake(entry, (key, json), what);
            }
        }
    }

    fn broken(&mut self, source: &Document, key: &str, read: Result<(), Error>) {
        if let Err(Error::Broken { place, what, .. }) = read {
            self.push(source, place, ("", key), (Severity::Mistake, what));
        }
    }

    fn json_error(
        &mut self,
        source: &Document,
        json: &str,
        of: (&str, &str),
        error: &serde_json::Error,
    ) {
        let (inner, message) = Position::of_json_error(error);
        let position = source.position(source.offset(json)).then(inner);
        self.push(source, position, of, (Severity::Mistake, message));
    }

    fn mistake(&mut self, entry: &RawEntry<'_>, (key, json): (&str, &RawValue), what: String) {
        let position = position(entry.source, json);
        let mistake = (Severity::Mistake, what);
        self.push(entry.source, position, (&entry.id, key), mistake);
    }

    fn push(
        &mut self,
        source: &Document,
        position: Position,
        (id, key): (&str, &str),
        (severity, message): (Severity, String),
    ) {
        self.diagnostics.push(Diagnostic {
            source: source.name().trim_matches('`').to_owned(),
            position,
            id: id.to_owned(),
            key: key.to_owned(),
            severity,
            message,
        });
    }
}

fn position(source: &Document, json: &RawValue) -> Position {
    source.position(source.offset(json.get()))
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
