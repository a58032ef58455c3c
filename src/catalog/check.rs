//! Checking a catalog: every mistake that can be found in one run, each at its place.

use crate::catalog::about::{ABOUT, About};
use crate::catalog::document::{Document, Shape, values};
use crate::catalog::entry::Entry;
use crate::catalog::finding::{Finding, Severity};
use crate::catalog::flat;
use crate::catalog::identity::{self, Organizations, Values};
use crate::catalog::lists::Each;
use crate::catalog::nested;
use crate::catalog::plausible;
use crate::error::Error;
use crate::error::Position;
use crate::model::chip::Chip;
use crate::model::columns;
use crate::model::framework::Framework;
use crate::model::keys::Keys;
use crate::model::name::{Folded, nearest, quoted};
use crate::model::reader::ModelReader;
use crate::model::slip::is_slip;
use crate::model::spelling;
use crate::model::survey::Survey;
use crate::model::term::Term;
use crate::model::{Key, Model};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Checks sources one after another, each against those before it.
#[derive(Debug, Default)]
pub(crate) struct Check {
    findings: Vec<Finding>,
    /// The last source that has each id, and the keys that are known of it.
    ids: HashMap<String, (usize, Values)>,
    organizations: Organizations,
    /// Who goes by a folded name.
    names: HashMap<Folded, String>,
    /// The words that earlier sources use under a key.
    words: BTreeMap<&'static str, BTreeSet<String>>,
    /// The words of this source under a key, and which known one each is a slip of.
    judged: HashMap<(&'static str, String), Option<String>>,
    sources: usize,
}

/// Keys whose words are a vocabulary: a word near another's is likely a slip.
const VOCABULARIES: [&str; 6] = [
    "sections",
    "fields",
    "organizations",
    "architecture",
    "objective",
    "training_framework",
];

impl Check {
    /// Checks a source; its words and ids are known to those that follow.
    pub(crate) fn source(&mut self, source: &Document) {
        let (number, earlier) = (self.sources, self.findings.len());
        self.sources += 1;
        let mut broken = Vec::new();
        let mut entries: Vec<&RawValue> = Vec::new();
        match source.shape() {
            // A broken value spoils no other.
            Shape::Values => {
                for value in values(source.text()) {
                    match serde_json::from_str::<&RawValue>(&source.text()[value.clone()]) {
                        Ok(entry) => entries.push(entry),
                        Err(error) => {
                            let (told, what) = Position::told(&error);
                            broken.push((source.position(value.start).then(told), what));
                        }
                    }
                }
            }
            Shape::Catalog | Shape::Models => {
                let all = source.entries(Each::new(|entry| entries.push(entry)));
                if let Err(Error::Broken { place, what, .. }) = all {
                    broken.push((place, what));
                }
            }
        }
        for (place, what) in broken {
            self.add(source, place, ("", ""), (Severity::Mistake, what));
        }
        self.organizations.add(source);
        // `null` is missing, among models too.
        for json in entries.into_iter().filter(|json| json.get() != "null") {
            match Entry::read(source, json.get()) {
                Ok(entry) => self.entry(&entry, json.get(), number),
                Err((place, what)) => {
                    self.add(source, place, ("", ""), (Severity::Mistake, what));
                }
            }
        }
        if source.shape() == Shape::Catalog {
            self.others(source);
        }
        for ((key, word), slip) in self.judged.drain() {
            if slip.is_none() {
                self.words.entry(key).or_default().insert(word);
            }
        }
        self.findings[earlier..].sort_by_key(|finding| finding.place);
    }

    /// How much was found so far.
    pub(crate) fn count(&self) -> usize {
        self.findings.len()
    }

    /// What was found, in the order of the sources and of their lines.
    pub(crate) fn findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The lists beside the models, and lists that nobody reads.
    fn others(&mut self, source: &Document) {
        self.list::<Framework<'_>>(source, "frameworks");
        self.list::<Survey<'_>>(source, "surveys");
        self.list::<Term<'_>>(source, "terms");
        self.list::<Chip<'_>>(source, "chips");
        let known = [
            ABOUT,
            "models",
            "frameworks",
            "surveys",
            "terms",
            "organizations",
            "chips",
        ];
        let Ok(lists) = Entry::read(source, source.text()) else {
            return;
        };
        if let Some(json) = lists.value(ABOUT)
            && let Err(error) = serde_json::from_str::<About>(json.get())
        {
            let (told, what) = Position::told(&error);
            let place = lists.place(json).then(told);
            self.add(source, place, ("", ABOUT), (Severity::Mistake, what));
        }
        for (name, json) in lists
            .values
            .iter()
            .filter(|(name, _)| !known.contains(&&**name))
        {
            let near = nearest(name, known);
            let what = match near.as_slice() {
                [] => format!("nobody reads a list of `{name}`"),
                near => {
                    let near = quoted(near.iter().copied());
                    format!("nobody reads a list of `{name}`; did you mean {near}?")
                }
            };
            self.mistake(&lists, (name, json), what);
        }
    }

    /// A list of entries that have a type of their own.
    fn list<'s, T: Deserialize<'s>>(&mut self, source: &'s Document, name: &'static str) {
        let mut entries: Vec<&RawValue> = Vec::new();
        let read = source.section(name, Each::new(|json| entries.push(json)));
        let mut broken: Vec<(Position, String)> = Vec::new();
        if let Err(Error::Broken { place, what, .. }) = read {
            broken.push((place, what));
        }
        for json in entries {
            if let Err(error) = serde_json::from_str::<T>(json.get()) {
                let (told, what) = Position::told(&error);
                broken.push((source.position(source.offset(json.get())).then(told), what));
            }
        }
        for (place, what) in broken {
            self.add(source, place, ("", name), (Severity::Mistake, what));
        }
    }

    fn entry(&mut self, entry: &Entry<'_>, json: &str, number: usize) {
        let found = self.findings.len();
        let mut seen = Values::new();
        for (name, json) in &entry.values {
            if seen
                .insert(name.to_string(), json.get().to_owned())
                .is_some()
            {
                self.mistake(entry, (name, json), "this key stands twice".to_owned());
            }
            match Key::named(name) {
                Some(key) => self.value(entry, key, (name, json)),
                None => self.other(entry, (name, json)),
            }
            if let Some(key) = VOCABULARIES.into_iter().find(|key| *key == &**name) {
                self.vocabulary(entry, (key, json));
            }
        }
        // What no question can read is a mistake, whatever it is.
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let read = ModelReader(Keys::ALL).onto(&mut Model::default(), &mut deserializer);
        if let Err(error) = read
            && !self.findings[found..].iter().any(Finding::is_mistake)
        {
            let (told, what) = Position::told(&error);
            let place = entry.beginning().then(told);
            let mistake = (Severity::Mistake, what);
            self.add(entry.source, place, (&entry.id, ""), mistake);
        }
        for key in ["id", "name"] {
            // Who speaks again of a known model need not repeat its name.
            let told = key == "name" && self.ids.contains_key(&entry.id);
            if !told && !seen.contains_key(key) {
                let place = entry.beginning();
                let what = format!("there is no `{key}`");
                self.add(
                    entry.source,
                    place,
                    (&entry.id, key),
                    (Severity::Mistake, what),
                );
            }
        }
        self.identity(entry, number, seen);
    }

    /// The id and the names: who else has them, and what a later source replaces.
    fn identity(&mut self, entry: &Entry<'_>, number: usize, mut seen: Values) {
        let id = &entry.id;
        if id.is_empty() {
            return;
        }
        if let Some(json) = entry.value("id") {
            let name = "id";
            let is_slug = id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if !is_slug {
                let what = format!("`{id}` is no id: lower-case ASCII letters, digits and `-`");
                self.mistake(entry, (name, json), what);
            }
            match self.ids.get(id) {
                Some((owner, _)) if *owner == number => {
                    let what = format!("a second model with the id `{id}`");
                    self.mistake(entry, (name, json), what);
                }
                Some((_, known)) => {
                    let mut own = seen.clone();
                    identity::correct(&mut own, seen.get("corrections").map(String::as_str));
                    let stranger = self.organizations.stranger(id, &own, known);
                    let replaced = identity::replaced(entry, known);
                    for (name, json, what) in replaced {
                        let place = entry.place(json);
                        self.add(entry.source, place, (id, &name), (Severity::Note, what));
                    }
                    if let Some(what) = stranger {
                        self.mistake(entry, (name, json), what);
                    }
                }
                None => {}
            }
        }
        let known = self
            .ids
            .entry(id.clone())
            .or_insert_with(|| (number, Values::new()));
        known.0 = number;
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
                let owner = self
                    .names
                    .entry(Folded::new(&spelling))
                    .or_insert_with(|| id.clone());
                if owner != id {
                    let what = format!("`{spelling}` is a name of `{owner}` too");
                    self.mistake(entry, (name, json), what);
                }
            }
        }
    }

    /// A value of a known key.
    fn value(&mut self, entry: &Entry<'_>, key: Key, (name, json): (&str, &RawValue)) {
        let text = json.get();
        if matches!(text, "\"\"" | "[]" | "{}") {
            self.mistake(
                entry,
                (name, json),
                format!("`{text}`: what is unknown is left out"),
            );
        } else if let Err(error) = Model::check(key, text) {
            let (told, what) = Position::told(&error);
            let place = entry.place(json).then(told);
            self.add(
                entry.source,
                place,
                (&entry.id, name),
                (Severity::Mistake, what),
            );
        } else if let Some(what) = plausible::mistake(key, text) {
            self.mistake(entry, (name, json), what);
        } else {
            for what in nested::mistakes(key, text) {
                self.mistake(entry, (name, json), what);
            }
        }
    }

    /// A key that is none of the catalog: of a record under columns, or one's own.
    fn other(&mut self, entry: &Entry<'_>, (name, json): (&str, &RawValue)) {
        let what = match columns::slot(name) {
            None => self
                .unknown(entry, name)
                .or_else(|| flat::unreadable(json.get())),
            Some(slot) => flat::mistake(entry, (name, slot), json.get()),
        };
        if let Some(what) = what {
            self.mistake(entry, (name, json), what);
        }
    }

    /// A key that this program does not know: fine in one's own catalog unless it is another
    /// spelling of one.
    fn unknown(&self, entry: &Entry<'_>, name: &str) -> Option<String> {
        match spelling::meant(name) {
            Some(key) => Some(format!("there is no key `{name}`; did you mean `{key}`?")),
            None if entry.source.is_embedded() => Some(format!("there is no key `{name}`")),
            None => None,
        }
    }

    /// Words that are nearly those of earlier sources.
    fn vocabulary(&mut self, entry: &Entry<'_>, (key, json): (&'static str, &RawValue)) {
        let words: Vec<String> = serde_json::from_str(json.get()).unwrap_or_default();
        for word in words {
            let judged = self.judged.entry((key, word.clone()));
            // Many entries have the same word.
            let slip = judged.or_insert_with(|| self.words.get(key).and_then(|w| near(&word, w)));
            if let Some(near) = slip {
                let what = format!("`{word}` is new; did you mean `{near}`?");
                self.mistake(entry, (key, json), what);
            }
        }
    }

    fn mistake(&mut self, entry: &Entry<'_>, (key, json): (&str, &RawValue), what: String) {
        let place = entry.place(json);
        self.add(
            entry.source,
            place,
            (&entry.id, key),
            (Severity::Mistake, what),
        );
    }

    fn add(
        &mut self,
        source: &Document,
        place: Position,
        (id, key): (&str, &str),
        (severity, what): (Severity, String),
    ) {
        self.findings.push(Finding {
            source: source.name().trim_matches('`').to_owned(),
            place,
            id: id.to_owned(),
            key: key.to_owned(),
            severity,
            what,
        });
    }
}

/// The word that another is a slip of, unless it is one of them itself.
fn near(word: &str, known: &BTreeSet<String>) -> Option<String> {
    if known.contains(word) {
        return None;
    }
    let near = nearest(word, known.iter().map(String::as_str));
    let near = near.into_iter().find(|own| is_slip(word, own));
    near.map(str::to_owned)
}
