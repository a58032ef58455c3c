//! What is wrong with one value of an entry.

use crate::catalog::raw_entry::RawEntry;
use crate::error::Position;
use crate::model::column::Slot;
use crate::model::month::Month;
use crate::model::name::{did_you_mean, quoted};
use crate::model::reader;
use crate::model::reader::is_known;
use crate::model::schema::{self, COLUMNS};
use crate::model::value::Kind;
use crate::model::{Key, Model};
use crate::text::is_control;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

/// The keys of the values that are objects with keys of their own.
const NESTED_KEYS: &[(&str, &[&str])] = &[
    ("samples", &["count", "unit"]),
    (
        "hardware",
        &["chip", "unit", "count", "days", "hours", "equivalent"],
    ),
    ("paper", &["title", "venue", "url"]),
    (
        "corrections",
        &["key", "value", "was", "applied", "why", "source", "kind"],
    ),
    ("notes", &["text", "source", "keys"]),
    ("sources", &["keys", "url", "kind"]),
];

/// The year of the first models, with some room.
const FIRST_YEAR: u16 = 1940;

/// What is wrong with a value of the right type under a key of models.
pub(crate) fn mistakes(key: Key, json: &str) -> Vec<String> {
    let Ok(value) = serde_json::from_str::<Value>(json) else {
        return Vec::new();
    };
    match implausible(key, &value) {
        Some(mistake) => vec![mistake],
        None => nested_mistakes(key, &value),
    }
}

/// What is wrong with the value of a key that models do not have: a column's, or a user's own.
pub(crate) fn other_mistake(entry: &RawEntry<'_>, name: &str, json: &str) -> Option<String> {
    let slot = schema::slot(name);
    if slot.is_none() {
        let unknown = format!("unknown key `{name}`");
        match reader::meant(name) {
            Some(key) => return Some(format!("{unknown}; did you mean `{key}`?")),
            None if entry.source.is_embedded() => return Some(unknown),
            None => {}
        }
    }
    let value: Value = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => return Some(Position::of_json_error(&error).1),
    };
    if reader::is_missing(&value) {
        return None;
    }
    match slot? {
        Slot::Part(key, part) => part_mistake(name, (key, part), &value),
        Slot::Computed => missing_inputs(entry, name),
        Slot::Own => {
            let keys = value.as_object()?.keys();
            let known = keys.map(String::as_str).find(|key| is_known(key))?;
            Some(format!("move `{known}` out of `{name}`"))
        }
    }
}

fn part_mistake(name: &str, (key, part): (Key, &str), value: &Value) -> Option<String> {
    let whole = json!({ part: value }).to_string();
    if let Err(error) = Model::check(key, &whole) {
        return Some(Position::of_json_error(&error).1);
    }
    let column = COLUMNS.iter().find(|column| column.heading.key == name)?;
    match column.heading.kind {
        Kind::Address => address_mistake(value),
        _ => text_mistake(value.as_str()?),
    }
}

/// A derived value without anything that it can be derived from again.
fn missing_inputs(entry: &RawEntry<'_>, name: &str) -> Option<String> {
    let column = COLUMNS.iter().find(|column| column.heading.key == name)?;
    let inputs = Key::ALL.iter().filter(|key| column.needs.has(**key));
    let inputs: Vec<Key> = inputs.copied().collect();
    let is_input = |name: &str| match (Key::named(name), schema::slot(name)) {
        (Some(key), _) | (None, Some(Slot::Part(key, _))) => inputs.contains(&key),
        _ => false,
    };
    let mut given = entry.values.iter().filter(|(_, json)| json.get() != "null");
    let names = quoted(inputs.iter().map(|key| key.name()));
    let is_given = given.any(|(name, _)| is_input(name));
    (!is_given).then(|| format!("`{name}` is derived from {names}, which is missing"))
}

fn implausible(key: Key, value: &Value) -> Option<String> {
    match key {
        Key::announced => month_mistake(value.as_str()?.parse().ok()?),
        Key::links => value.as_object()?.values().find_map(address_mistake),
        Key::paper => {
            let texts = ["title", "venue"].iter().filter_map(|part| value.get(part));
            let wrong = texts.filter_map(Value::as_str).find_map(text_mistake);
            wrong.or_else(|| address_mistake(value.get("url")?))
        }
        Key::sources => {
            let sources = value.as_array()?.iter();
            let urls = sources.filter_map(|source| source.get("url"));
            urls.filter(|url| url.is_string()).find_map(address_mistake)
        }
        _ => match value {
            Value::String(text) => text_mistake(text),
            Value::Array(list) => list.iter().filter_map(Value::as_str).find_map(text_mistake),
            _ => None,
        },
    }
}

/// What is wrong with an address that no browser would open.
fn address_mistake(value: &Value) -> Option<String> {
    let shown = match value {
        value if reader::is_missing(value) => return None,
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

fn nested_mistakes(key: Key, value: &Value) -> Vec<String> {
    let Some((_, known)) = NESTED_KEYS.iter().find(|(own, _)| *own == key.name()) else {
        return Vec::new();
    };
    let objects: Vec<&Map<String, Value>> = match value {
        Value::Object(map) => vec![map],
        Value::Array(list) => list.iter().filter_map(Value::as_object).collect(),
        _ => Vec::new(),
    };
    let inner = objects.iter().flat_map(|object| object.keys());
    let unknown = inner.filter(|name| !known.contains(&name.as_str()));
    let mut found: Vec<String> = unknown.map(|name| unknown_key(name, known)).collect();
    let mut corrected = BTreeSet::new();
    for object in objects {
        match key {
            Key::corrections => {
                found.extend(correction_mistake(object));
                let name = object.get("key").and_then(Value::as_str);
                let again = name.filter(|name| !corrected.insert(*name));
                found.extend(again.map(|name| format!("duplicate correction of `{name}`")));
            }
            Key::sources | Key::notes => {
                let keys = object.get("keys").and_then(Value::as_array);
                let keys = keys.into_iter().flatten().filter_map(Value::as_str);
                let wrong = keys.filter(|name| Key::named(name).is_none());
                found.extend(wrong.map(|name| unknown_key(name, &key_names())));
            }
            _ => {}
        }
    }
    found
}

/// A correction of an unknown key, or to a value of another type.
fn correction_mistake(object: &Map<String, Value>) -> Option<String> {
    let name = object.get("key")?.as_str()?;
    let Some(key) = Key::named(name) else {
        return Some(unknown_key(name, &key_names()));
    };
    let error = Model::check(key, &object.get("value")?.to_string()).err()?;
    Some(format!("`{name}`: {}", Position::of_json_error(&error).1))
}

fn key_names() -> Vec<&'static str> {
    Key::ALL.iter().map(|key| key.name()).collect()
}

fn unknown_key(name: &str, known: &[&str]) -> String {
    let near = did_you_mean(name, known.iter().copied());
    format!("unknown key `{name}`{near}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_keys_are_checked() {
        assert!(mistakes(Key::hardware, r#"[{"chip":"A100","hours":5}]"#).is_empty());
        let found = mistakes(Key::hardware, r#"[{"chp":"A100"}]"#);
        assert_eq!(found, ["unknown key `chp`; did you mean `chip`?"]);
        assert_eq!(mistakes(Key::sources, r#"[{"keys":["parms"]}]"#).len(), 1);
        assert_eq!(mistakes(Key::notes, r#"[{"keys":["parms"]}]"#).len(), 1);
        assert!(mistakes(Key::links, r#"{"demo":"https://example.org"}"#).is_empty());
    }

    #[test]
    fn corrections_are_values_of_their_keys_and_given_once() {
        let found = |json: &str| mistakes(Key::corrections, json).len();
        let one = r#"{"key":"params","value":7e9,"why":"","source":""}"#;
        assert_eq!(found(&format!("[{one}]")), 0);
        assert_eq!(found(&format!("[{one},{one}]")), 1);
        assert_eq!(found(r#"[{"key":"params","why":"","source":""}]"#), 0);
        assert_eq!(found(r#"[{"key":"params","value":"lots"}]"#), 1);
        assert_eq!(found(r#"[{"key":"parms","value":1}]"#), 1);
    }
}
