//! The catalog that is part of the program, found its way around in by its layout.
//!
//! Its file is written in one way, which its tests hold: a list of the catalog begins at two
//! spaces, an entry at four, a key of an entry at six. So an entry, and a key of it, is found
//! without parsing what stands before it; what is parsed is the values that a question needs.

use crate::model::keys::Keys;
use crate::model::{Key, Model};
use memchr::memmem::Finder;
use memchr::{memchr, memmem};
use once_cell::sync::Lazy;
use std::ops::Range;

/// The text of the catalog.
pub const EMBEDDED: &str = include_str!("../../catalog.json");

/// The list or object of this name; an empty list if there is none.
pub fn section(name: &str) -> &'static str {
    let (text, head) = (EMBEDDED, format!("\n  \"{name}\": "));
    let Some(found) = memmem::find(text.as_bytes(), head.as_bytes()) else {
        return "[]";
    };
    let start = found + head.len();
    let closing = match text.as_bytes()[start] {
        b'{' => "\n  }",
        _ => "\n  ]",
    };
    let length = memmem::find(&text.as_bytes()[start..], closing.as_bytes());
    length.map_or("[]", |length| &text[start..start + length + closing.len()])
}

/// Where the models stand in the text.
pub fn models() -> impl Iterator<Item = Range<usize>> {
    let section = section("models");
    let start = section.as_ptr() as usize - EMBEDDED.as_ptr() as usize;
    let ends = memmem::find_iter(section.as_bytes(), b"\n    }");
    ends.scan(start, move |next, end| {
        let from = *next;
        let end = start + end + b"\n    }".len();
        *next = end;
        // An entry begins behind the bracket or comma that stands before it.
        let open = EMBEDDED[from..end].find('{')?;
        Some(from + open..end)
    })
}

/// Finds each key of an entry, in the order in which entries have them.
static LABELS: Lazy<Vec<(Key, Finder<'static>)>> = Lazy::new(|| {
    let label = |key: &Key| Finder::new(&format!("\n      \"{}\": ", key.name())).into_owned();
    Key::ALL.iter().map(|key| (*key, label(key))).collect()
});

/// Reads these keys of a model that stands in the text.
///
/// # Errors
/// When a value cannot be that of its key.
pub fn read<'r>(json: &'r str, keys: Keys, model: &mut Model<'r>) -> Result<(), serde_json::Error> {
    let (mut at, bytes) = (0, json.as_bytes());
    for (key, label) in LABELS.iter().filter(|(key, _)| keys.has(*key)) {
        let Some(found) = label.find(&bytes[at..]) else {
            continue;
        };
        let start = at + found + label.needle().len();
        at = end(json, start);
        model.read_json(*key, json[start..at].trim_end_matches(','))?;
    }
    Ok(())
}

/// Where the line ends in which the value that starts at this byte does.
fn end(json: &str, start: usize) -> usize {
    let bytes = &json.as_bytes()[start..];
    let line = memchr(b'\n', bytes).unwrap_or(bytes.len());
    let closing = match bytes[..line].last() {
        Some(b'{') => &b"\n      }"[..],
        Some(b'[') => b"\n      ]",
        _ => return start + line,
    };
    let closed = memmem::find(&bytes[line..], closing).map(|at| line + at + closing.len());
    start + closed.unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reader::ModelReader;
    use serde_json::{Map, Value};

    #[test]
    fn what_is_found_by_the_layout_is_what_a_parser_finds() {
        let catalog: Map<String, Value> = serde_json::from_str(EMBEDDED).expect("JSON");
        for (name, value) in &catalog {
            let found: Value = serde_json::from_str(section(name)).expect("JSON");
            assert_eq!(found, *value, "{name}");
        }
        assert_eq!(section("nothing"), "[]");
        let models = catalog["models"].as_array().expect("a list");
        let found: Vec<&str> = models_texts();
        assert_eq!(found.len(), models.len());
        for (json, value) in found.into_iter().zip(models) {
            let parsed: Value = serde_json::from_str(json).expect("JSON");
            assert_eq!(parsed, *value);
            let (mut by_layout, mut by_parser) = (Model::default(), Model::default());
            read(json, Keys::ALL, &mut by_layout).expect("a model");
            let mut deserializer = serde_json::Deserializer::from_str(json);
            let parsed = ModelReader(Keys::ALL).onto(&mut by_parser, &mut deserializer);
            parsed.expect("a model");
            let text = |model: &Model<'_>| serde_json::to_string(model).expect("JSON");
            assert_eq!(text(&by_layout), text(&by_parser));
        }
    }

    fn models_texts() -> Vec<&'static str> {
        models().map(|range| &EMBEDDED[range]).collect()
    }
}
