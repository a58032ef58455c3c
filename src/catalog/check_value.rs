//! What is wrong with one value of an entry.

use crate::catalog::document::Document;
use crate::catalog::shape::members;
use crate::error::Position;
use crate::model::column::Slot;
use crate::model::hardware::Hardware;
use crate::model::month::Month;
use crate::model::name::{did_you_mean, quoted};
use crate::model::reader::{is_known, is_missing};
use crate::model::schema::{self, COLUMNS};
use crate::model::{Correction, Key, Map, Model, Note, Paper, Samples, Source, reader};
use crate::text::is_control;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

/// The year of the first models, with some room.
const FIRST_YEAR: u16 = 1940;

/// An entry of a model as it is written.
#[derive(Debug)]
pub(crate) struct RawEntry<'e> {
    /// Where it is from.
    pub document: &'e Document,
    /// Its text, a part of the document's.
    pub json: &'e str,
    /// Its id; empty if it has none.
    pub id: String,
    /// Its keys in order, repeated ones too, with their JSON.
    pub members: Vec<(String, &'e str)>,
}

impl<'e> RawEntry<'e> {
    pub(crate) fn read(document: &'e Document, json: &'e str) -> serde_json::Result<RawEntry<'e>> {
        let members = members(json)?;
        let id = members.iter().find(|(name, _)| name == "id");
        let id = id.and_then(|(_, json)| serde_json::from_str(json).ok());
        Ok(RawEntry {
            document,
            json,
            id: id.unwrap_or_default(),
            members,
        })
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.members.iter().any(|(name, _)| name == key)
    }

    /// What is wrong with a member; an error where its type is.
    pub(crate) fn mistakes(&self, name: &str, json: &str) -> serde_json::Result<Vec<String>> {
        let mut found = Vec::new();
        match (Key::named(name), json) {
            (Some(_), "\"\"" | "[]" | "{}") => found.push(format!("`{json}`: omit unknown values")),
            (Some(key), _) => {
                Model::check(key, json)?;
                add_mistakes(key, "", &serde_json::from_str(json)?, &mut found);
            }
            (None, _) => self.add_other_mistakes(name, json, &mut found)?,
        }
        Ok(found)
    }

    /// Adds what is wrong with a key that models do not have: a column's, or a user's own.
    fn add_other_mistakes(
        &self,
        name: &str,
        json: &str,
        found: &mut Vec<String>,
    ) -> serde_json::Result<()> {
        let slot = schema::slot(name);
        let near = reader::meant(name).map(|key| format!("; did you mean `{key}`?"));
        if slot.is_none() && (near.is_some() || self.document.is_embedded()) {
            found.push(format!("unknown key `{name}`{}", near.unwrap_or_default()));
            return Ok(());
        }
        let value: Value = serde_json::from_str(json)?;
        match slot {
            _ if is_missing(&value) => {}
            Some(Slot::Part(key, part)) => {
                let whole = json!({ part: value });
                match type_mistake(key, &whole) {
                    Some(mistake) => found.push(mistake),
                    None => add_mistakes(key, "", &whole, found),
                }
            }
            Some(Slot::Computed) => found.extend(self.missing_inputs(name)),
            Some(Slot::Own) => {
                let mut keys = value.as_object().into_iter().flat_map(Map::keys);
                let known = keys.find(|key| is_known(key));
                found.extend(known.map(|known| format!("move `{known}` out of `{name}`")));
            }
            None => {}
        }
        Ok(())
    }

    /// A derived value without anything that it can be derived from again.
    fn missing_inputs(&self, name: &str) -> Option<String> {
        let column = COLUMNS.iter().find(|column| column.heading.key == name)?;
        let is_input = |name: &str| match (Key::named(name), schema::slot(name)) {
            (Some(key), _) | (None, Some(Slot::Part(key, _))) => column.needs.has(key),
            _ => false,
        };
        let mut given = self.members.iter().filter(|(_, json)| *json != "null");
        let is_given = given.any(|(name, _)| is_input(name));
        let inputs = Key::ALL.iter().filter(|key| column.needs.has(**key));
        let inputs = quoted(inputs.map(|key| key.name()));
        (!is_given).then(|| format!("`{name}` is derived from {inputs}, which is missing"))
    }
}

/// Adds what is wrong with a value of the right type under a key, or under a name in an object there.
fn add_mistakes(key: Key, name: &str, value: &Value, found: &mut Vec<String>) {
    match (key, value) {
        (Key::listed | Key::details, _) => {}
        (_, value) if is_missing(value) => {}
        (Key::links, value) if !name.is_empty() => found.extend(address_mistake(value)),
        (Key::corrections, _) if matches!(name, "value" | "was") => {}
        (_, Value::Object(map)) => {
            for (name, value) in map {
                found.extend(unknown_key(name, parts(key)));
                add_mistakes(key, name, value, found);
            }
            if key == Key::corrections {
                add_correction_mistakes(map, found);
            }
        }
        (_, Value::Array(list)) => {
            for value in list {
                add_mistakes(key, name, value, found);
            }
            let corrected = list.iter().filter_map(|part| part.get("key")?.as_str());
            let mut seen = BTreeSet::new();
            let again = corrected.filter(|key| !seen.insert(*key));
            found.extend(again.map(|key| format!("duplicate correction of `{key}`")));
        }
        (_, Value::String(text)) => found.extend(match (key, name) {
            (Key::announced, _) => text.parse().ok().and_then(month_mistake),
            (Key::corrections, "key") | (Key::notes | Key::sources, "keys") => {
                let keys: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
                unknown_key(text, &keys)
            }
            (_, "url") => address_mistake(value),
            _ => text_mistake(text),
        }),
        _ => {}
    }
}

/// The keys of the objects under a key; none where they are free.
fn parts(key: Key) -> &'static [&'static str] {
    match key {
        Key::samples => Samples::KEYS,
        Key::hardware => Hardware::KEYS,
        Key::paper => Paper::KEYS,
        Key::corrections => Correction::KEYS,
        Key::notes => Note::KEYS,
        Key::sources => Source::KEYS,
        _ => &[],
    }
}

fn unknown_key(name: &str, known: &[&str]) -> Option<String> {
    (!known.is_empty() && !known.contains(&name)).then(|| {
        let near = did_you_mean(name, known.iter().copied());
        format!("unknown key `{name}`{near}")
    })
}

/// A correction is to a value that its key can have.
fn add_correction_mistakes(correction: &Map, found: &mut Vec<String>) {
    let key = correction.get("key").and_then(Value::as_str);
    let key = key.and_then(Key::named);
    if let Some((key, value)) = key.zip(correction.get("value")) {
        match type_mistake(key, value) {
            Some(mistake) => found.push(format!("`{}`: {mistake}", key.name())),
            None => add_mistakes(key, "", value, found),
        }
    }
}

fn type_mistake(key: Key, value: &Value) -> Option<String> {
    let error = Model::check(key, &value.to_string()).err()?;
    Some(Position::of_json_error(&error).1)
}

/// What is wrong with an address that no browser would open.
fn address_mistake(value: &Value) -> Option<String> {
    let shown = match value {
        Value::String(address) => {
            let is_web = address.starts_with("https://") || address.starts_with("http://");
            if is_web && !address.contains(|c: char| c.is_whitespace() || is_control(c)) {
                return None;
            }
            address.escape_debug().to_string()
        }
        other => other.to_string(),
    };
    Some(format!("`{shown}` is not an http(s) address"))
}

fn text_mistake(text: &str) -> Option<String> {
    let shown = text.escape_debug();
    if text.contains(is_control) {
        return Some(format!("`{shown}` contains a control character"));
    }
    (text.trim() != text).then(|| format!("`{shown}` begins or ends with a blank"))
}

fn month_mistake(month: Month) -> Option<String> {
    const SECONDS_PER_MONTH: u64 = 2_629_746;
    if month.year() < FIRST_YEAR {
        return Some(format!("`{month}` is before {FIRST_YEAR}"));
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let now = i32::try_from(since.as_secs() / SECONDS_PER_MONTH).ok()?;
    let ahead = month.months_since(Month::at(1970 * 12 + now)?);
    (ahead > 12).then(|| format!("`{month}` is more than a year ahead"))
}
