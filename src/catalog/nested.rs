//! Keys inside of a model's values.

use crate::error::Position;
use crate::model::name::{nearest, quoted};
use crate::model::{Key, Model};
use serde_json::Value;
use std::collections::BTreeSet;

/// The keys that the values of a key hold, where they are objects with keys of their own.
pub(crate) const KNOWN: &[(&str, &[&str])] = &[
    ("samples", &["count", "unit"]),
    (
        "hardware",
        &["chip", "unit", "count", "days", "hours", "equivalent"],
    ),
    ("paper", &["title", "venue", "url"]),
    (
        "corrections",
        &["key", "value", "was", "why", "source", "kind"],
    ),
    ("notes", &["text", "source", "keys"]),
    ("sources", &["keys", "url", "kind"]),
];

/// What is wrong inside of a value that can otherwise be read, a sentence each.
pub(crate) fn mistakes(key: Key, json: &str) -> Vec<String> {
    let Some((_, known)) = KNOWN.iter().find(|(own, _)| *own == key.name()) else {
        return Vec::new();
    };
    let Ok(value) = serde_json::from_str::<Value>(json) else {
        return Vec::new();
    };
    let objects: Vec<&serde_json::Map<String, Value>> = match &value {
        Value::Object(map) => vec![map],
        Value::Array(list) => list.iter().filter_map(Value::as_object).collect(),
        _ => Vec::new(),
    };
    let mut found = Vec::new();
    let inner = objects.iter().flat_map(|object| object.keys());
    for name in inner.filter(|name| !known.contains(&name.as_str())) {
        found.push(unknown(name, known));
    }
    let mut corrected = BTreeSet::new();
    for object in objects {
        match key {
            Key::corrections => {
                found.extend(correction(object));
                let name = object.get("key").and_then(Value::as_str);
                let again = name.filter(|name| !corrected.insert(*name));
                found.extend(again.map(|name| format!("a second correction of `{name}`")));
            }
            Key::sources | Key::notes => {
                let keys = object.get("keys").and_then(Value::as_array);
                let keys = keys.into_iter().flatten().filter_map(Value::as_str);
                let wrong = keys.filter(|name| Key::named(name).is_none());
                found.extend(wrong.map(|name| unknown(name, &names())));
            }
            _ => {}
        }
    }
    found
}

/// A correction of a key that there is not, or to what the key cannot hold.
fn correction(object: &serde_json::Map<String, Value>) -> Option<String> {
    let name = object.get("key")?.as_str()?;
    let Some(key) = Key::named(name) else {
        return Some(unknown(name, &names()));
    };
    let value = object.get("value")?.to_string();
    let (_, what) = Position::told(&Model::check(key, &value).err()?);
    Some(format!("`{value}` is no `{name}`: {what}"))
}

fn names() -> Vec<&'static str> {
    Key::ALL.iter().map(|key| key.name()).collect()
}

fn unknown(name: &str, known: &[&str]) -> String {
    let near = nearest(name, known.iter().copied());
    match near.as_slice() {
        [] => format!("there is no key `{name}` in it"),
        near => format!(
            "there is no key `{name}` in it; did you mean {}?",
            quoted(near.iter().copied())
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_inside_of_values_are_told_apart() {
        assert!(mistakes(Key::hardware, r#"[{"chip":"A100","hours":5}]"#).is_empty());
        let found = mistakes(Key::hardware, r#"[{"chp":"A100"}]"#);
        assert_eq!(found, ["there is no key `chp` in it; did you mean `chip`?"]);
        assert_eq!(mistakes(Key::sources, r#"[{"keys":["parms"]}]"#).len(), 1);
        assert_eq!(mistakes(Key::notes, r#"[{"keys":["parms"]}]"#).len(), 1);
        assert!(mistakes(Key::links, r#"{"demo":"https://example.org"}"#).is_empty());
    }

    #[test]
    fn a_key_is_corrected_once() {
        let one = r#"{"key":"params","value":7e9,"why":"","source":""}"#;
        assert!(mistakes(Key::corrections, &format!("[{one}]")).is_empty());
        let found = mistakes(Key::corrections, &format!("[{one},{one}]"));
        assert_eq!(found, ["a second correction of `params`"]);
    }

    #[test]
    fn corrections_must_be_values_of_their_keys() {
        let found = |json| mistakes(Key::corrections, json).len();
        assert_eq!(
            found(r#"[{"key":"params","value":7e9,"why":"","source":""}]"#),
            0
        );
        assert_eq!(found(r#"[{"key":"params","why":"","source":""}]"#), 0);
        assert_eq!(found(r#"[{"key":"params","value":"lots"}]"#), 1);
        assert_eq!(found(r#"[{"key":"parms","value":1}]"#), 1);
    }
}
