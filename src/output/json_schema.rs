//! JSON Schema, draft 2020-12, of the types of values.

use crate::model::json_type::{JsonField, JsonType, ObjectType};
use crate::text::capitalized;
use serde_json::{Map, Value, json};

/// The schema of a document that is a list of records or one, or else, without an id and a name, of
/// another type.
pub(crate) fn json_schema(
    (title, description): (&str, &str),
    record: JsonType,
    other: Option<JsonType>,
) -> Value {
    let mut definitions = Map::new();
    let is_record = json!({ "anyOf": [{ "required": ["id"] }, { "required": ["name"] }] });
    let other = other.map(|other| schema(&other, &mut definitions));
    let own = schema(&record, &mut definitions);
    let list = schema(&JsonType::list(record), &mut definitions);
    let object = match other {
        Some(other) => json!({ "if": is_record, "then": own, "else": other }),
        None => own,
    };
    // Not `oneOf`: a mistake in a catalog is then reported as one, and not that it is no list either.
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
        "type": ["array", "object"],
        "if": { "type": "array" },
        "then": list,
        "else": object,
        "$defs": definitions,
    })
}

/// The schema of a type; that of an object is defined once, where it comes first.
fn schema(of: &JsonType, definitions: &mut Map<String, Value>) -> Value {
    match of {
        JsonType::Text => json!({ "type": "string" }),
        JsonType::Word(words) => json!({ "type": "string", "enum": words }),
        JsonType::Address => {
            json!({ "type": "string", "format": "uri", "pattern": r"^https?://\S+$" })
        }
        JsonType::Month => json!({ "type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$" }),
        JsonType::Period => {
            json!({ "type": "string", "pattern": r"^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?$" })
        }
        JsonType::Figure => json!({ "type": "number", "exclusiveMinimum": 0 }),
        JsonType::Whole => json!({ "type": "integer", "exclusiveMinimum": 0 }),
        JsonType::Flag => json!({ "type": "boolean" }),
        JsonType::Any => json!({}),
        JsonType::List(of) => json!({ "type": "array", "items": schema(of, definitions) }),
        JsonType::Map(of) => {
            json!({ "type": "object", "additionalProperties": schema(of, definitions) })
        }
        JsonType::Nullable(of) => nullable(schema(of, definitions)),
        JsonType::Object(object) => {
            let name = object.name.to_lowercase();
            if !definitions.contains_key(&name) {
                // Holds its place before the objects in it.
                definitions.insert(name.clone(), Value::Null);
                let defined = definition(object, definitions);
                definitions.insert(name.clone(), defined);
            }
            json!({ "$ref": format!("#/$defs/{name}") })
        }
    }
}

fn definition(object: &ObjectType, definitions: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for field in &object.fields {
        properties.insert(field.key.to_owned(), property(field, definitions));
    }
    let required = object.fields.iter().filter(|field| field.is_required);
    let required: Vec<&str> = required.map(|field| field.key).collect();
    let mut defined = json!({
        "description": object.meaning,
        "type": "object",
        "properties": properties,
        "additionalProperties": object.is_open,
    });
    match object.name {
        // An override of a known model need not repeat its name, and an id is made of a name.
        "model" => {
            let one = required.iter().map(|key| json!({ "required": [key] }));
            defined["anyOf"] = one.collect();
        }
        _ => defined["required"] = json!(required),
    }
    defined
}

fn property(field: &JsonField, definitions: &mut Map<String, Value>) -> Value {
    let mut property = Map::new();
    if !field.title.is_empty() {
        property.insert("title".to_owned(), field.title.into());
    }
    if !field.meaning.is_empty() {
        property.insert("description".to_owned(), capitalized(&field.meaning).into());
    }
    if let Value::Object(of) = schema(&field.of, definitions) {
        property.extend(of);
    }
    Value::Object(property)
}

/// A schema that `null` fits, too.
fn nullable(mut schema: Value) -> Value {
    if let Some(own) = schema.get_mut("type") {
        *own = json!([own.take(), "null"]);
    }
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    }
    schema
}
