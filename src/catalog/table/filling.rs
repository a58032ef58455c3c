//! What a row adds to a known model, and where its values come from.

use super::convert::Entry;
use super::options::MergeMode;
use crate::model::column::Slot;
use crate::model::schema::{self, COLUMNS};
use crate::model::{Key, Map, SourceKind};
use serde_json::{Value, json};

/// The entry that adds to a known model what it lacks, or replaces what it has.
pub(super) fn filled(
    mut members: Map,
    known: &Map,
    (mode, mut sources): (MergeMode, Vec<Value>),
) -> Option<Map> {
    let mut filled = Map::new();
    members.retain(|key, _| !["id", "name", "aliases"].contains(&&**key));
    for (key, value) in members {
        match schema::slot(&key) {
            Some(Slot::Part(whole, part)) => {
                let own = known.get(whole.name()).and_then(Value::as_object);
                let has_part = own.is_some_and(|own| own.contains_key(part));
                if mode == MergeMode::Replace || !has_part && !is_settled(known, whole.name()) {
                    let parts = filled
                        .entry(whole.name())
                        .or_insert_with(|| json!(own.cloned().unwrap_or_default()));
                    if let Value::Object(parts) = parts {
                        parts.insert(part.to_owned(), value);
                    }
                }
            }
            _ if mode == MergeMode::Replace
                || !known.contains_key(&key) && !is_settled(known, &key) =>
            {
                filled.insert(key, value);
            }
            _ => {}
        }
    }
    if filled.is_empty() {
        return None;
    }
    for source in &mut sources {
        if let Some(Value::Array(keys)) = source.get_mut("keys") {
            keys.retain(|key| key.as_str().is_some_and(|key| filled.contains_key(key)));
        }
    }
    sources.retain(|source| {
        source["keys"]
            .as_array()
            .is_some_and(|keys| !keys.is_empty())
    });
    let mut members = Map::new();
    members.insert("id".to_owned(), known["id"].clone());
    members.insert("name".to_owned(), known["name"].clone());
    members.append(&mut filled);
    if !sources.is_empty() {
        members.insert("sources".to_owned(), Value::Array(sources));
    }
    Some(members)
}

/// Where the values of a row come from: facts, and figures with how sure they are.
pub(super) fn sources(entry: &Entry, (url, name, kind): (&str, &str, SourceKind)) -> Vec<Value> {
    let (mut facts, mut figures): (Vec<&str>, Vec<&str>) = Default::default();
    for key in entry.members.keys() {
        let column = COLUMNS.iter().find(|column| column.heading.key == *key);
        let key = match column.map(|column| column.slot) {
            Some(Slot::Part(Key::samples, _)) => "samples",
            Some(Slot::Own) if !["id", "name", "aliases", "notes", "sources"].contains(&&**key) => {
                key
            }
            _ => continue,
        };
        let is_figure = column.is_some_and(|column| column.figure.is_some());
        let keys = match is_figure && entry.confidence.is_some() {
            true => &mut figures,
            false => &mut facts,
        };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let kind = kind.word();
    let mut sources = Vec::new();
    if !facts.is_empty() {
        sources.push(json!({ "keys": facts, "url": url, "kind": kind, "row": name }));
    }
    if let (false, Some(sure)) = (figures.is_empty(), entry.confidence) {
        let sure = sure.word();
        sources.push(
            json!({ "keys": figures, "url": url, "kind": kind, "confidence": sure, "row": name }),
        );
    }
    sources
}

/// Whether a model's entry says of a key that it lacks why it does: its value was withdrawn, or a note
/// is about it.
fn is_settled(known: &Map, key: &str) -> bool {
    let list = |name: &str| {
        known
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let corrected = list("corrections").any(|correction| correction["key"] == key);
    let noted = list("notes")
        .filter_map(|note| note["keys"].as_array())
        .flatten()
        .any(|own| own == key);
    corrected || noted
}
