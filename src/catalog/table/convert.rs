//! Rows of a table as entries of a catalog.

use super::plan::{Plan, TargetKey};
use super::rows::{Table, TableRow};
use crate::catalog::cell;
use crate::catalog::identity::Organizations;
use crate::error::Position;
use crate::model::column::{ColumnRef, Slot};
use crate::model::hardware::{self, Chip};
use crate::model::{Confidence, Key, Map, Model, schema};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};

const PAPER_URL: ColumnRef = schema::column("paper_url");

/// A row as an entry, flat: the parts of its paper and links are under keys of their own.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub members: Map,
    pub confidence: Option<Confidence>,
    /// The columns whose values cannot be read, and why.
    pub unread: Vec<(usize, String)>,
}

/// What a row is converted with.
#[derive(Debug)]
pub(super) struct Converter<'c> {
    pub plan: Plan,
    pub organizations: &'c Organizations,
    pub chips: &'c [Chip<'c>],
}

/// The lists of `hardware`, by key: each has a part for each chip.
#[derive(Debug, Default)]
struct HardwareParts<'p>(BTreeMap<&'p str, Vec<Value>>);

impl Converter<'_> {
    /// The entry of a row; nothing where the profile says that it is no model.
    pub(super) fn entry(&self, table: &Table, row: &TableRow) -> Option<Entry> {
        let is_model = self.plan.profile.is_none_or(|profile| {
            profile.only.iter().all(|(header, words)| {
                let cell = row
                    .cells
                    .iter()
                    .find(|(column, _)| table.headers[*column] == *header);
                let word = cell.and_then(|(_, value)| value.as_str());
                word.is_some_and(|word| words.iter().any(|own| own == word))
            })
        });
        if !is_model {
            return None;
        }
        let (mut entry, mut hardware) = (Entry::default(), HardwareParts::default());
        for (column, value) in &row.cells {
            for (key, target) in &self.plan.columns[*column] {
                let (value, format) = (target.translate(value), target.format(&self.plan));
                if format.is_missing(&value) {
                    continue;
                }
                let read = match key {
                    TargetKey::Extra => {
                        entry
                            .members
                            .insert(target.key.clone(), number_or_text(value, format));
                        Ok(())
                    }
                    TargetKey::Confidence => confidence(&value).map(|sure| entry.confidence = sure),
                    TargetKey::Column(column) => {
                        let column = self.addressed(column, &value);
                        let value = self.named(column, value);
                        match column.heading.key.strip_prefix("hardware_") {
                            Some(part) => hardware.read(part, &value, format),
                            None => cell::read(column, &value, format)
                                .and_then(|value| self.insert(&mut entry.members, column, value)),
                        }
                    }
                };
                if let Err(why) = read {
                    entry.unread.push((*column, why));
                }
            }
        }
        if !entry.members.contains_key("hardware") {
            let hardware = hardware.entries(self.chips);
            if !hardware.is_empty() {
                entry
                    .members
                    .insert("hardware".to_owned(), Value::Array(hardware));
            }
        }
        Some(entry)
    }

    /// The column of addresses where the title of a paper is one.
    fn addressed(&self, column: ColumnRef, value: &Value) -> ColumnRef {
        let is_address = value.as_str().is_some_and(|text| text.starts_with("http"));
        match column.heading.key {
            "paper_title" if is_address => PAPER_URL,
            _ => column,
        }
    }

    /// How a known organization is spelled; a table in our own shape keeps its spelling.
    fn spelling<'s>(&'s self, name: &'s str) -> Option<&'s str> {
        let known = self.organizations.spelling(name)?;
        Some(if self.plan.is_own { name } else { known })
    }

    /// An organization that is known with a comma in its name as a list of one.
    fn named(&self, column: ColumnRef, value: Value) -> Value {
        let name = value
            .as_str()
            .filter(|_| column.heading.key == "organizations");
        match name.and_then(|name| self.spelling(name)) {
            Some(known) => json!([known]),
            None => value,
        }
    }

    /// Adds a value under the key of its column, unless the key has one; lists are joined.
    fn insert(
        &self,
        members: &mut Map,
        column: ColumnRef,
        value: Option<Value>,
    ) -> Result<(), String> {
        let (name, Some(mut value)) = (column.heading.key, value) else {
            return Ok(());
        };
        if name == "organizations"
            && let Value::Array(names) = &mut value
        {
            for name in names.iter_mut() {
                let known = name.as_str().and_then(|name| self.spelling(name));
                *name = known.map_or_else(|| name.clone(), Value::from);
            }
        }
        if let (true, Value::Array(words)) = (cell::is_list(column), &mut value) {
            // Two spellings, or two words of a profile, may be one.
            let mut seen = HashSet::new();
            words.retain(|word| seen.insert(word.to_string()));
        }
        if let Some(key) = Key::named(name).filter(|_| column.slot == Slot::Own) {
            let check = Model::check(key, &value.to_string());
            check.map_err(|error| Position::of_json_error(&error).1)?;
        }
        match (members.get_mut(name), value) {
            (Some(Value::Array(own)), Value::Array(new)) => {
                for part in new {
                    if !own.contains(&part) {
                        own.push(part);
                    }
                }
            }
            (Some(_), _) => {}
            (None, value) => {
                members.insert(name.to_owned(), value);
            }
        }
        Ok(())
    }
}

impl<'p> HardwareParts<'p> {
    fn read(
        &mut self,
        part: &'p str,
        value: &Value,
        format: cell::CellFormat,
    ) -> Result<(), String> {
        let parts = match value {
            // `1,024` is one number.
            Value::String(text) if part != "chip" && cell::count(text, format).is_ok() => {
                vec![text.clone()]
            }
            value => cell::parts(value, format.separator),
        };
        let parts = parts.iter().map(|own| match own.trim() {
            "" => Ok(Value::Null),
            own if part == "chip" => Ok(Value::from(own)),
            own => cell::count(own, format),
        });
        self.0.insert(part, parts.collect::<Result<_, _>>()?);
        Ok(())
    }

    /// The entries of `hardware`. Numbers for several chips together are those of none.
    fn entries(self, chips: &[Chip<'_>]) -> Vec<Value> {
        let HardwareParts(lists) = self;
        let count = lists.values().map(Vec::len).max().unwrap_or(0);
        let are_chips = lists.get("chip").is_some_and(|names| names.len() > 1);
        let entry = |at: usize| {
            let mut entry = Map::new();
            for (key, parts) in &lists {
                let part = parts.get(at).filter(|_| parts.len() == count || !are_chips);
                let part = part.filter(|part| !part.is_null()).cloned();
                let chip = part
                    .as_ref()
                    .and_then(|part| hardware::find(part.as_str()?, chips));
                let part = chip.map_or(part, |chip| Some(Value::from(&*chip.chip)));
                part.into_iter()
                    .for_each(|part| drop(entry.insert((*key).to_owned(), part)));
            }
            let has_parts = !entry.is_empty();
            entry.insert("unit".to_owned(), Value::from("chip"));
            has_parts.then_some(Value::Object(entry))
        };
        (0..count).filter_map(entry).collect()
    }
}

/// The value of a key that models do not have: a number where it is written as one.
fn number_or_text(value: Value, format: cell::CellFormat) -> Value {
    let Value::String(text) = &value else {
        return value;
    };
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let text = match format.decimal_comma {
        true => text.replacen(',', ".", 1),
        false => text.clone(),
    };
    let number = serde_json::from_str::<serde_json::Number>(text.trim());
    match number {
        Ok(number) if is_number => Value::Number(number),
        _ => value,
    }
}

/// How sure a row's figures are; nothing where it is not said.
fn confidence(value: &Value) -> Result<Option<Confidence>, String> {
    let word = value.as_str().unwrap_or_default().to_lowercase();
    serde_json::from_value(json!(word))
        .map(Some)
        .map_err(|_| format!("`{word}` is not `confident`, `likely` or `speculative`"))
}
