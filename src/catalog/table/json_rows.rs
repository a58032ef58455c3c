//! Rows of JSON: a list of objects, an object of objects, or such a list within others.

use super::rows::{KEY, NAMES, Table, TableRow};
use crate::catalog::document::Document;
use crate::catalog::shape::{MODELS, Parts, Shape, members, values};
use crate::error::Error;
use crate::model::Key;
use crate::model::name::NormalizedName;
use serde::de::DeserializeSeed;
use serde_json::Value;

/// Members that hold the rows, if there are any: the first of them even beside a name.
const CONTAINERS: [&str; 6] = ["models", "data", "rows", "records", "items", "results"];

/// How deep rows may be.
const DEPTH: usize = 6;

/// An object that is a row, and the key under which it is.
struct Found<'d> {
    json: &'d str,
    key: Option<String>,
}

/// Whether there is a row.
pub(super) fn has_rows(document: &Document) -> bool {
    find(document).is_ok_and(|rows| !rows.is_empty())
}

/// Reads the rows of a document.
pub(super) fn read(table: &mut Table, document: &Document) -> Result<(), Error> {
    for Found { json, key } in find(document)? {
        let start = document.offset(json);
        let mut cells = Vec::new();
        if let Some(key) = key {
            cells.push((table.column(KEY), Value::from(key)));
        }
        let members = members(json).map_err(|error| document.broken(json, &error))?;
        for (name, value) in members {
            let value = serde_json::from_str(value);
            let value = value.map_err(|error| document.broken(json, &error))?;
            add_cells(table, &name, value, &mut cells);
        }
        table.rows.push(TableRow {
            file: 0,
            start,
            end: start + json.len(),
            cells,
        });
    }
    Ok(())
}

/// The cells of a member: those of its parts if it is an object that models do not have.
fn add_cells(table: &mut Table, name: &str, value: Value, cells: &mut Vec<(usize, Value)>) {
    match value {
        Value::Object(parts) if Key::named(name).is_none() => {
            for (part, value) in parts {
                add_cells(table, &format!("{name}.{part}"), value, cells);
            }
        }
        value => cells.push((table.column(name), value)),
    }
}

/// The rows of a document, in its order.
fn find(document: &Document) -> Result<Vec<Found<'_>>, Error> {
    let (mut rows, text) = (Vec::new(), document.text());
    let mut add =
        |json| collect(json, None, 0, &mut rows).map_err(|error| document.broken(json, &error));
    match document.shape() {
        Shape::Catalog if has_models(text) => {
            let mut entries = Vec::new();
            document.entries(&mut |list, json| {
                if list == MODELS && json != "null" {
                    entries.push(json);
                }
            })?;
            entries.into_iter().try_for_each(add)?;
        }
        Shape::Values => values(text).try_for_each(|range| add(&text[range]))?,
        Shape::Models | Shape::Catalog => add(text.trim())?,
    }
    Ok(rows)
}

/// Whether an object has a list of models, as a catalog does, beside which others are no rows.
fn has_models(text: &str) -> bool {
    members(text).is_ok_and(|members| {
        members
            .iter()
            .any(|(name, value)| name == MODELS && value.starts_with('['))
    })
}

fn collect<'d>(
    json: &'d str,
    key: Option<String>,
    depth: usize,
    rows: &mut Vec<Found<'d>>,
) -> serde_json::Result<()> {
    if depth > DEPTH {
        return Ok(());
    }
    if json.starts_with('[') {
        return elements(json)?
            .into_iter()
            .filter(|element| element.starts_with(['{', '[']))
            .try_for_each(|element| {
                let before = rows.len();
                collect(element, None, depth + 1, rows)?;
                // What looks like no row is reported as one without a name.
                if rows.len() == before && element.starts_with('{') {
                    rows.push(Found {
                        json: element,
                        key: None,
                    });
                }
                Ok(())
            });
    }
    let members = members(json)?;
    let has_parts = |json: &str| json.starts_with(['{', '[']);
    let is_in = |words: &[&str], name: &str| words.contains(&NormalizedName::new(name).as_str());
    let has_name = members
        .iter()
        .any(|(name, value)| is_in(&NAMES, name) && !has_parts(value));
    let mut containers: Vec<_> = members
        .iter()
        .filter(|(name, value)| has_parts(value) && (!has_name || is_in(&CONTAINERS[..1], name)))
        .collect();
    if containers.iter().any(|(name, _)| is_in(&CONTAINERS, name)) {
        containers.retain(|(name, _)| is_in(&CONTAINERS, name));
    }
    let is_keyed_row = key.is_some() && !has_name && containers.len() < members.len();
    if has_name && containers.is_empty() || is_keyed_row {
        rows.push(Found {
            json,
            key: key.filter(|_| !has_name),
        });
        return Ok(());
    }
    // The members of an object are rows by their keys if there are several, and nothing else.
    let are_rows = members.len() > 1 && members.iter().all(|(_, value)| value.starts_with('{'));
    containers.into_iter().try_for_each(|(name, value)| {
        let key = are_rows.then(|| name.clone());
        collect(value, key, depth + 1, rows)
    })
}

/// The elements of a list as text.
fn elements(json: &str) -> serde_json::Result<Vec<&str>> {
    let mut elements = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    Parts {
        name: "",
        expected: "a list",
        is_list: &mut |_| Ok(false),
        take: &mut |_, json| elements.push(json),
    }
    .deserialize(&mut deserializer)?;
    deserializer.end().map(|()| elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let document = Document::new("`t`", text.as_bytes().to_vec()).expect("text");
        let found = find(&document).expect("JSON");
        let row = |found: Found<'_>| match found.key {
            Some(key) => format!("{key}: {}", found.json),
            None => found.json.to_owned(),
        };
        found.into_iter().map(row).collect()
    }

    #[test]
    fn rows_are_found_in_any_shape() {
        let a = r#"{"name":"A","size":7}"#;
        assert_eq!(rows(&format!("[{a},{a}]")), [a, a]);
        assert_eq!(rows(&format!("{a}\n{a}")), [a, a]);
        assert_eq!(rows(a), [a]);
        let beside = format!(r#"{{"authors":[{{"name":"B"}}],"items":[{a}]}}"#);
        assert_eq!(rows(&beside), [a]);
        assert_eq!(rows(&format!(r#"{{"count":1,"data":[{a}]}}"#)), [a]);
        assert_eq!(
            rows(&format!(r#"{{"p":{{"id":"p","models":{{"a":{a}}}}}}}"#)),
            [a]
        );
        let bare = r#"{"size":7}"#;
        assert_eq!(
            rows(&format!(r#"{{"a":{bare},"b":{bare}}}"#)),
            [format!("a: {bare}"), format!("b: {bare}")]
        );
        let scored = r#"{"name":"A","scores":[{"name":"x","value":1}]}"#;
        assert_eq!(rows(&format!("[{scored}]")), [scored]);
        for no_table in [r#"{"a":1}"#, r#"{"options":{"a":1},"include":["x"]}"#] {
            assert!(rows(no_table).is_empty(), "{no_table}");
        }
    }
}
