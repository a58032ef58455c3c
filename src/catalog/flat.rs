//! Keys of a record that was written under columns, in an entry of a catalog: what is wrong there.

use crate::catalog::entry::Entry;
use crate::catalog::plausible;
use crate::error::Position;
use crate::model::column::Slot;
use crate::model::columns::{self, COLUMNS};
use crate::model::known;
use crate::model::name::quoted;
use crate::model::reader::is_known;
use crate::model::value::Kind;
use crate::model::{Key, Model};
use serde_json::{Value, json};

/// What is wrong with the value of a column's key.
pub(crate) fn mistake(entry: &Entry<'_>, (name, slot): (&str, Slot), json: &str) -> Option<String> {
    if let Some(what) = unreadable(json) {
        return Some(what);
    }
    let value: Value = serde_json::from_str(json).ok()?;
    if known::is_missing(&value) {
        return None;
    }
    match slot {
        Slot::Part(key, part) => wrong_part(name, (key, part), &value),
        Slot::Computed => lost(entry, name),
        Slot::Own => {
            let keys = value.as_object()?.keys();
            let known = keys.map(String::as_str).find(|key| is_known(key))?;
            Some(format!(
                "`{known}` is not a key of one's own: it belongs beside `{name}`"
            ))
        }
    }
}

/// What keeps every question from reading the value of a key that this program does not know.
pub(crate) fn unreadable(json: &str) -> Option<String> {
    let read = serde_json::from_str::<Value>(json);
    read.err().map(|error| Position::told(&error).1)
}

fn wrong_part(name: &str, (key, part): (Key, &str), value: &Value) -> Option<String> {
    let whole = json!({ part: value }).to_string();
    if let Err(error) = Model::check(key, &whole) {
        return Some(Position::told(&error).1);
    }
    let column = COLUMNS.iter().find(|column| column.heading.key == name)?;
    let text = value.as_str()?;
    match column.heading.kind {
        Kind::Address => plausible::no_address(text),
        _ => plausible::text(text),
    }
}

/// A computed value without anything that it can be computed from again.
fn lost(entry: &Entry<'_>, name: &str) -> Option<String> {
    let column = COLUMNS.iter().find(|column| column.heading.key == name)?;
    let inputs: Vec<Key> = Key::ALL
        .iter()
        .copied()
        .filter(|key| column.needs.has(*key))
        .collect();
    let is_input = |name: &str| match (Key::named(name), columns::slot(name)) {
        (Some(key), _) | (None, Some(Slot::Part(key, _))) => inputs.contains(&key),
        _ => false,
    };
    let mut given = entry.values.iter().filter(|(_, json)| json.get() != "null");
    let names = inputs.iter().map(|key| key.name());
    (!given.any(|(name, _)| is_input(name))).then(|| {
        format!(
            "`{name}` is computed from {}, which is missing",
            quoted(names)
        )
    })
}
