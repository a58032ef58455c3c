//! The catalog that is part of the program, found its way around in by its layout.
//!
//! Its file is written in one way, which its tests hold: a list of the catalog begins at two
//! spaces, an entry at four, a key of an entry at six. So an entry, and a key of it, is found
//! without parsing what stands before it; what is parsed is the values that a question needs.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem};
use serde::de::Error as _;

use crate::model::{Key, Model};
use crate::reader::Keys;

/// The text of the catalog.
pub const EMBEDDED: &str = include_str!("../catalog.json");

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

/// What a line begins with that has a key of an entry.
const KEY: &[u8] = b"      \"";

/// Reads these keys of a model that stands in the text.
///
/// # Errors
/// When a value cannot be that of its key.
pub fn read(json: &str, keys: Keys) -> Result<Model<'_>, serde_json::Error> {
    let (mut model, bytes) = (Model::default(), json.as_bytes());
    let lines = memchr_iter(b'\n', bytes).map(|newline| newline + 1);
    let mut starts = lines.filter(|line| bytes[*line..].starts_with(KEY));
    let mut next = starts.next();
    while let Some(start) = next {
        next = starts.next();
        let name = start + KEY.len();
        let close = memchr(b'"', &bytes[name..]).map_or(name, |length| name + length);
        let Some(key) = Key::named(&json[name..close]).filter(|key| keys.has(*key)) else {
            continue;
        };
        // A comma ends the value, or the entry does.
        let end = next.map_or(json.len() - "\n    }".len(), |next| next - ",\n".len());
        let value = json.get(close + "\": ".len()..end);
        let missing = || serde_json::Error::custom("a key without a value");
        model.read_json(key, value.ok_or_else(missing)?)?;
    }
    Ok(model)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::ModelReader;
    use serde::de::DeserializeSeed;
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
            let by_layout = read(json, Keys::ALL).expect("a model");
            let mut deserializer = serde_json::Deserializer::from_str(json);
            let by_parser = ModelReader(Keys::ALL).deserialize(&mut deserializer);
            let text = |model: &Model<'_>| serde_json::to_string(model).expect("JSON");
            assert_eq!(text(&by_layout), text(&by_parser.expect("a model")));
        }
    }

    fn models_texts() -> Vec<&'static str> {
        models().map(|range| &EMBEDDED[range]).collect()
    }
}
