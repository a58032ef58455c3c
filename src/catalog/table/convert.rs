//! Rows of a table as entries of a catalog.

use super::plan::{Plan, TargetKey};
use super::rows::{Table, TableRow};
use crate::catalog::cell;
use crate::catalog::identity::Organizations;
use crate::error::Position;
use crate::model::column::{ColumnRef, Slot};
use crate::model::hardware::{self, Chip};
use crate::model::schema;
use crate::model::{Confidence, Key, Map, Model};
use serde_json::{Value, json};
use std::collections::HashSet;

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

/// The parts of `hardware`, each a list with a part for each chip.
#[derive(Debug, Default)]
struct HardwareParts {
    chips: Vec<String>,
    counts: Vec<Value>,
    days: Vec<Value>,
    hours: Vec<Value>,
}

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
                            .insert(target.key.clone(), number_or_text(value));
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
            "paper_title" if is_address => schema::column("paper_url"),
            _ => column,
        }
    }

    /// An organization that is known with a comma in its name as a list of one.
    fn named(&self, column: ColumnRef, value: Value) -> Value {
        let name = value
            .as_str()
            .filter(|_| column.heading.key == "organizations");
        match name.and_then(|name| self.organizations.spelling(name)) {
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
                let known = name
                    .as_str()
                    .and_then(|name| self.organizations.spelling(name));
                known
                    .into_iter()
                    .for_each(|known| *name = Value::from(known));
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

impl HardwareParts {
    fn read(&mut self, part: &str, value: &Value, format: cell::CellFormat) -> Result<(), String> {
        let parts = match value {
            // `1,024` is one number.
            Value::String(text) if part != "chip" && cell::count(text, format).is_ok() => {
                vec![text.clone()]
            }
            value => cell::parts(value, format.separator),
        };
        if part == "chip" {
            self.chips = parts
                .into_iter()
                .map(|part| part.trim().to_owned())
                .collect();
            return Ok(());
        }
        let numbers = parts.iter().map(|part| match part.trim() {
            "" => Ok(Value::Null),
            part => cell::count(part, format),
        });
        let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
        match part {
            "count" => self.counts = numbers,
            "days" => self.days = numbers,
            _ => self.hours = numbers,
        }
        Ok(())
    }

    /// The entries of `hardware`. Numbers for several chips together are those of none.
    fn entries(self, chips: &[Chip<'_>]) -> Vec<Value> {
        let HardwareParts {
            chips: names,
            counts,
            days,
            hours,
        } = self;
        let parts = [&counts, &days, &hours].map(Vec::len);
        let count = parts.into_iter().chain([names.len()]).max().unwrap_or(0);
        let entry = |at: usize| {
            let mut entry = Map::new();
            let name = names.get(at).filter(|name| !name.is_empty());
            if let Some(name) = name {
                let chip = hardware::find(name, chips).map_or(&**name, |chip| &*chip.chip);
                entry.insert("chip".to_owned(), Value::from(chip));
            }
            entry.insert("unit".to_owned(), Value::from("chip"));
            for (key, numbers) in [("count", &counts), ("days", &days), ("hours", &hours)] {
                let number = numbers.get(at).filter(|number| {
                    !number.is_null() && (numbers.len() == count || names.len() <= 1)
                });
                if let Some(number) = number {
                    entry.insert(key.to_owned(), number.clone());
                }
            }
            Value::Object(entry)
        };
        (0..count)
            .map(entry)
            .filter(|entry| entry.as_object().is_some_and(|entry| entry.len() > 1))
            .collect()
    }
}

/// The value of a key that models do not have: a number where it is written as one.
fn number_or_text(value: Value) -> Value {
    let Value::String(text) = &value else {
        return value;
    };
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
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
        .map_err(|_| format!("`{word}` is no confidence"))
}
