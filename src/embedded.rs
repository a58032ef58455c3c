//! The catalog that is part of the program, found its way around in by its layout.
//!
//! Its file is written in one way, which its tests hold: a list of the catalog begins at two
//! spaces, an entry at four, a key of an entry at six. So an entry, and a key of it, is found
//! without parsing what stands before it; what is parsed is the values that a question needs.

use std::ops::Range;

use memchr::memmem;
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

/// Reads these keys of a model that stands in the text.
///
/// # Errors
/// When a value cannot be that of its key.
pub fn read(json: &str, keys: Keys) -> Result<Model<'_>, serde_json::Error> {
    let mut model = Model::default();
    let starts =
        memmem::find_iter(json.as_bytes(), b"\n      \"").map(|at| at + b"\n      \"".len());
    let mut starts = starts.peekable();
    while let Some(start) = starts.next() {
        let end = starts.peek().map_or(json.len() - "\n    }".len(), |next| {
            next - b"\n      \"".len()
        });
        let Some((name, value)) = json[start..end].split_once("\": ") else {
            return Err(serde_json::Error::custom("a key without a value"));
        };
        if let Some(key) = Key::named(name).filter(|key| keys.has(*key)) {
            model.read_json(key, value.trim_end_matches(','))?;
        }
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
