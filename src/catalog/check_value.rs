//! What is wrong with one value of an entry.

use crate::catalog::cell;
use crate::error::Position;
use crate::model::column::Slot;
use crate::model::known::is_missing;
use crate::model::month::Month;
use crate::model::name::{did_you_mean, quoted};
use crate::model::reader::is_known;
use crate::model::schema::{self, COLUMNS};
use crate::model::{Key, Map, Model, reader};
use crate::text::is_control;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

/// The year of the first models, with some room.
const FIRST_YEAR: u16 = 1940;

/// What is wrong with a member of a model's entry; an error where its type is.
pub(crate) fn mistakes(
    name: &str,
    json: &str,
    entry: &[(String, &str)],
    is_built_in: bool,
) -> serde_json::Result<Vec<String>> {
    let mut found = Vec::new();
    let Some(key) = Key::named(name) else {
        return other_mistake(name, json, entry, is_built_in);
    };
    match json {
        "\"\"" | "[]" | "{}" => found.push(format!("`{json}`: omit unknown values")),
        _ => {
            let mut value: Value = serde_json::from_str(json)?;
            if let Err(error) = Model::check(key, json) {
                match cell::read_key(name, &value) {
                    Ok(Some(read)) if !is_built_in => value = read,
                    Ok(None) if !is_built_in => return Ok(found),
                    Err(why) if !is_built_in && (value.is_string() || value.is_number()) => {
                        return Ok(vec![why]);
                    }
                    _ => return Err(error),
                }
            }
            add_mistakes(key, "", &value, &mut found);
        }
    }
    Ok(found)
}

/// What is wrong with the value of a key that models do not have: a column's, or a user's own.
fn other_mistake(
    name: &str,
    json: &str,
    entry: &[(String, &str)],
    is_built_in: bool,
) -> serde_json::Result<Vec<String>> {
    let slot = schema::slot(name);
    let near = reader::meant(name).map(|key| format!("; did you mean `{key}`?"));
    if slot.is_none() && (near.is_some() || is_built_in) {
        let near = near.unwrap_or_default();
        return Ok(vec![format!("unknown key `{name}`{near}")]);
    }
    let value: Value = serde_json::from_str(json)?;
    let mut found = Vec::new();
    match slot {
        _ if is_missing(&value) => {}
        Some(Slot::Part(key, part)) => {
            add_typed_mistakes(key, &json!({ part: value }), "", &mut found);
        }
        Some(Slot::Computed) => found.extend(missing_inputs(name, entry)),
        Some(Slot::Own) => {
            let mut keys = value.as_object().into_iter().flat_map(Map::keys);
            let known = keys.find(|key| is_known(key));
            found.extend(known.map(|known| format!("move `{known}` out of `{name}`")));
        }
        None => {}
    }
    Ok(found)
}

/// A derived value without anything that it can be derived from again.
fn missing_inputs(name: &str, entry: &[(String, &str)]) -> Option<String> {
    let column = COLUMNS.iter().find(|column| column.heading.key == name)?;
    let is_input = |name: &str| match (Key::named(name), schema::slot(name)) {
        (Some(key), _) | (None, Some(Slot::Part(key, _))) => column.needs.has(key),
        _ => false,
    };
    let mut given = entry.iter().filter(|(_, json)| *json != "null");
    let is_given = given.any(|(name, _)| is_input(name));
    let inputs = Key::ALL.iter().filter(|key| column.needs.has(**key));
    let inputs = quoted(inputs.map(|key| key.name()));
    (!is_given).then(|| format!("`{name}` is derived from {inputs}, which is missing"))
}

/// Adds what is wrong with a value, whose type is not checked yet, under a key.
fn add_typed_mistakes(key: Key, value: &Value, prefix: &str, found: &mut Vec<String>) {
    match Model::check(key, &value.to_string()) {
        Ok(()) => add_mistakes(key, "", value, found),
        Err(error) => found.push(prefix.to_owned() + &Position::of_json_error(&error).1),
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
            let keys = Model::field(key).of.keys();
            for (name, value) in map {
                found.extend(unknown_key(name, &keys));
                add_mistakes(key, name, value, found);
            }
            let corrected = map.get("key").and_then(Value::as_str);
            let corrected = corrected.filter(|_| key == Key::corrections);
            let corrected = corrected.and_then(Key::named).zip(map.get("value"));
            if let Some((key, value)) = corrected {
                add_typed_mistakes(key, value, &format!("`{}`: ", key.name()), found);
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
            // The claim of a file is cited by the name of the file.
            (Key::sources, "url") if value.as_str().is_some_and(is_file_name) => None,
            (_, "url") => address_mistake(value),
            _ => text_mistake(text),
        }),
        _ => {}
    }
}

pub(crate) fn unknown_key(name: &str, known: &[&str]) -> Option<String> {
    (!known.is_empty() && !known.contains(&name)).then(|| {
        let near = did_you_mean(name, known.iter().copied());
        format!("unknown key `{name}`{near}")
    })
}

/// Whether a text can be the name of a file that has models.
fn is_file_name(text: &str) -> bool {
    let endings = [".json", ".jsonl", ".ndjson", ".csv", ".tsv"];
    let has_ending = endings.iter().any(|ending| text.ends_with(ending));
    has_ending && !text.contains(|c: char| matches!(c, '/' | '\\' | ':') || is_control(c))
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
