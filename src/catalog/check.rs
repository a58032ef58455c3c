//! Checks a catalog: every mistake that can be found in one run, each with its position.

use crate::catalog::document::{ABOUT, About, Document};
use crate::catalog::identity::{self, Organization, Organizations};
use crate::catalog::shape::{LISTS, MODELS, members};
use crate::catalog::{check_value, loose};
use crate::error::{Error, Position};
use crate::model::Model;
use crate::model::hardware::Chip;
use crate::model::json_type::JsonTyped;
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
    pub severity: DiagnosticKind,
    /// What is wrong.
    pub message: String,
}

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiagnosticKind {
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
    /// The id of the model that has a name.
    names: HashMap<NormalizedName, String>,
    organizations: Organizations,
    /// The words that earlier sources use under a key.
    words: BTreeSet<(&'static str, String)>,
}

/// The check of one source.
struct SourceCheck<'c, 'd> {
    check: &'c mut Check,
    document: &'d Document,
    /// The id of the model that is checked.
    id: String,
    /// The words that no earlier source has, each with the models and values that have it.
    words: BTreeMap<(&'static str, String), Vec<(String, &'d str)>>,
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
        let source = SourceCheck {
            check: self,
            document,
            id: String::new(),
            words: BTreeMap::new(),
        };
        source.run();
        // A folder has several files.
        self.diagnostics[earlier..]
            .sort_by(|a, b| (&a.source, a.position).cmp(&(&b.source, b.position)));
    }
}

impl<'d> SourceCheck<'_, 'd> {
    fn run(mut self) {
        if let Some(table) = self.document.origin() {
            for unread in table.unread() {
                self.check.diagnostics.push(Diagnostic {
                    source: unread.source.trim_matches('`').to_owned(),
                    position: unread.position,
                    id: unread.name.clone(),
                    key: unread.key.clone(),
                    severity: DiagnosticKind::Mistake,
                    message: unread.why.clone(),
                });
            }
            // The words and ids of other people's tables are their own.
            if !table.is_own() {
                return;
            }
        }
        let mut entries: Vec<(String, &str)> = Vec::new();
        let document = self.document;
        let read = document.entries(&mut |list, json| entries.push((list.to_owned(), json)));
        if let Err(Error::Broken { place, what, .. }) = read {
            self.push("", place, DiagnosticKind::Mistake, what);
        }
        // Models are compared by the organizations that the source lists behind them, and none of
        // these is a typo.
        let organizations = entries.iter().filter(|(list, _)| list == "organizations");
        for (_, json) in organizations {
            let Ok(organization) = serde_json::from_str::<Organization<'_>>(json) else {
                continue;
            };
            let word = ("organizations", organization.name.to_string());
            self.check.words.insert(word);
            self.check.organizations.add(organization);
        }
        for (list, json) in entries {
            let read = match &*list {
                // `null` is a missing value, among models too.
                MODELS if json == "null" => Ok(()),
                MODELS => {
                    self.model(json);
                    self.id.clear();
                    Ok(())
                }
                ABOUT => parse::<About>(json),
                "chips" => self.listed::<Chip<'_>>(json),
                "frameworks" => self.listed::<Framework<'_>>(json),
                "organizations" => self.listed::<Organization<'_>>(json),
                "surveys" => self.listed::<Survey<'_>>(json),
                "terms" => self.listed::<Term<'_>>(json),
                unknown => {
                    let near = did_you_mean(unknown, LISTS.into_iter().chain([ABOUT]));
                    self.mistake(&list, json, format!("unknown section `{unknown}`{near}"));
                    Ok(())
                }
            };
            if let Err(error) = read {
                self.json_error(&list, json, &error);
            }
        }
        self.typos();
    }

    /// Checks an entry of a reference list.
    fn listed<T: Deserialize<'d> + JsonTyped>(&mut self, json: &'d str) -> serde_json::Result<()> {
        parse::<T>(json)?;
        let keys = T::json_type().keys();
        for (key, value) in members(json)? {
            if let Some(what) = check_value::unknown_key(&key, &keys) {
                self.mistake(&key, value, what);
            }
        }
        Ok(())
    }

    fn model(&mut self, json: &'d str) {
        let members = match members(json) {
            Ok(members) => members,
            Err(error) => return self.json_error("", json, &error),
        };
        let id = members.iter().find(|(key, _)| key == "id");
        let id = id.and_then(|(_, json)| serde_json::from_str(json).ok());
        self.id = id.unwrap_or_default();
        let earlier = self.check.diagnostics.len();
        let mut seen = BTreeSet::new();
        for (key, value) in &members {
            if !seen.insert(&**key) {
                self.mistake(key, value, "duplicate key".to_owned());
            }
            match check_value::mistakes(key, value, &members, self.document.is_embedded()) {
                Ok(found) => found
                    .into_iter()
                    .for_each(|what| self.mistake(key, value, what)),
                Err(error) => self.json_error(key, value, &error),
            }
            self.words(key, value);
        }
        let (mut model, mut read) = identity::read([json]);
        let mended = match read.is_err() && !self.document.is_embedded() {
            true => loose::mended(json).map(|mended| mended.json),
            false => None,
        };
        if let Some(json) = &mended {
            (model, read) = identity::read([json.as_str()]);
        }
        if let Err(error) = read
            && self.check.diagnostics.len() == earlier
        {
            self.json_error("", json, &error);
        }
        for key in ["id", "name"] {
            // An override of a known model need not repeat its name.
            let is_known = key == "name" && self.check.models.contains_key(&self.id);
            // An id is made of the name.
            let is_known =
                is_known || key == "id" && !self.document.is_embedded() && seen.contains("name");
            if !is_known && !seen.contains(key) {
                self.mistake(key, json, format!("missing `{key}`"));
            }
        }
        if !self.id.is_empty() {
            for (key, value) in &members {
                match &**key {
                    "id" => self.identity(value, &model, &members),
                    "name" | "aliases" => {}
                    _ => continue,
                }
                self.names(key, value);
            }
            let known = self.check.models.entry(self.id.clone()).or_default();
            known.0 = self.check.sources;
            known
                .1
                .push(mended.clone().unwrap_or_else(|| json.to_owned()));
        }
    }

    /// The id: which other model has it, and which values of that the entry replaces.
    fn identity(&mut self, json: &str, model: &Model<'_>, members: &[(String, &str)]) {
        let id = self.id.clone();
        let is_slug = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !id.bytes().all(is_slug) {
            let what = "(lower-case ASCII letters, digits and `-`)";
            self.mistake("id", json, format!("`{id}` is not an id {what}"));
        }
        let Some((source, entries)) = self.check.models.get(&id) else {
            return;
        };
        if *source == self.check.sources {
            return self.mistake("id", json, format!("duplicate id `{id}`"));
        }
        let (mut known, _) = identity::read(entries.iter().map(String::as_str));
        // A correction to another type is reported with the correction.
        let _ = known.correct();
        let replaced = members.iter().filter_map(|(key, json)| {
            let old = identity::replaced(key, model, &known)?;
            Some((key, json, format!("replaces {old}")))
        });
        let replaced: Vec<_> = replaced.collect();
        let mut corrected = model.clone();
        let _ = corrected.correct();
        let stranger = self.check.organizations.stranger(&corrected, &known);
        for (key, json, what) in replaced {
            self.push(key, self.position(json), DiagnosticKind::Note, what);
        }
        if let Some(what) = stranger {
            self.mistake("id", json, what);
        }
    }

    /// Names: each is one model's.
    fn names(&mut self, key: &str, json: &str) {
        for name in texts(json) {
            let owner = self.check.names.entry(NormalizedName::new(&name));
            let owner = owner.or_insert_with(|| self.id.clone());
            if *owner != self.id {
                let what = format!("`{name}` is also a name of `{owner}`");
                self.mistake(key, json, what);
            }
        }
    }

    /// Collects the words that no earlier source has.
    fn words(&mut self, key: &str, json: &'d str) {
        if let Some(key) = VOCABULARIES.into_iter().find(|own| *own == key) {
            for word in texts(json) {
                let word = (key, word);
                if !self.check.words.contains(&word) {
                    let uses = self.words.entry(word).or_default();
                    uses.push((self.id.clone(), json));
                }
            }
        }
    }

    /// Words that are close to those of earlier sources. No source is before the built-in catalog,
    /// but a typo in it is rarer than the word.
    fn typos(&mut self) {
        let words = std::mem::take(&mut self.words);
        let (common, rare): (Vec<_>, Vec<_>) = words
            .into_iter()
            .partition(|(_, uses)| self.document.is_embedded() && uses.len() > 1);
        self.check
            .words
            .extend(common.into_iter().map(|(word, _)| word));
        let mut new = Vec::new();
        for ((key, word), uses) in rare {
            let known = self.check.words.iter().filter(|(own, _)| *own == key);
            let near = nearest(&word, known.map(|(_, known)| &**known));
            let Some(near) = near.into_iter().find(|known| is_typo(&word, known)) else {
                new.push((key, word));
                continue;
            };
            let what = format!("`{word}` is new; did you mean `{near}`?");
            for (id, json) in uses {
                self.id = id;
                self.mistake(key, json, what.clone());
            }
        }
        self.check.words.extend(new);
    }

    fn json_error(&mut self, key: &str, json: &str, error: &serde_json::Error) {
        let (inner, what) = Position::of_json_error(error);
        let position = self.position(json).then(inner);
        self.push(key, position, DiagnosticKind::Mistake, what);
    }

    fn mistake(&mut self, key: &str, json: &str, what: String) {
        self.push(key, self.position(json), DiagnosticKind::Mistake, what);
    }

    fn push(&mut self, key: &str, position: Position, severity: DiagnosticKind, message: String) {
        self.check.diagnostics.push(Diagnostic {
            source: self.document.name().trim_matches('`').to_owned(),
            position,
            id: self.id.clone(),
            key: key.to_owned(),
            severity,
            message,
        });
    }

    fn position(&self, json: &str) -> Position {
        self.document.position(self.document.offset(json))
    }
}

/// Whether JSON can be read as a type.
fn parse<'j, T: Deserialize<'j>>(json: &'j str) -> serde_json::Result<()> {
    serde_json::from_str::<T>(json).map(drop)
}

/// A text, or the texts of a list.
fn texts(json: &str) -> Vec<String> {
    // A list is not tried as a text first: most of the time would go into the error.
    match json.starts_with('[') {
        true => serde_json::from_str(json).unwrap_or_default(),
        false => serde_json::from_str(json).map_or_else(|_| Vec::new(), |text| vec![text]),
    }
}
