//! The types of columns and keys in JSON: as they are declared, and as the columns describe them.

use crate::model::column::{Column, Record, Slot, Vocabulary};
use crate::model::json_type::{JsonField, JsonType, JsonTyped, ObjectType};
use crate::model::schema::COLUMNS;
use crate::model::value::Kind;
use crate::model::{Key, Keys, Model};

/// The fields of a flat record, in the order of the columns. `--columns` chooses, so none is required;
/// the id and the name alone are never `null`.
pub(crate) fn record_fields() -> Vec<JsonField> {
    let field = |column: &Column| {
        let of = column.json_type();
        column.describe(match column.heading.key {
            "id" | "name" => of,
            _ => of.or_null(),
        })
    };
    COLUMNS.iter().map(field).collect()
}

/// An entry of a reference list, its fields described by the columns of the same keys.
pub(crate) fn entry<R: Record>(name: &'static str, mut fields: Vec<JsonField>) -> JsonType {
    for field in &mut fields {
        let mut columns = R::columns().iter();
        if let Some(column) = columns.find(|column| column.heading.key == field.key) {
            let of = match (&field.of, column.heading.kind) {
                (JsonType::Text, Kind::Address) => JsonType::Address,
                (of, _) => of.clone(),
            };
            let is_required = field.is_required;
            *field = JsonField {
                is_required,
                ..column.describe(of)
            };
        }
    }
    JsonType::Object(ObjectType {
        name,
        meaning: "An entry of a list. A value that is absent is unknown.",
        fields,
        is_open: false,
    })
}

impl JsonTyped for Model<'_> {
    fn json_type() -> JsonType {
        let field = |key: &Key| {
            let declared = JsonField {
                of: key.json_type(),
                ..Model::field(*key)
            };
            let column = COLUMNS.iter().find(|own| own.heading.key == declared.key);
            JsonField {
                is_required: declared.is_required,
                ..column.map_or(declared.clone(), |column| column.describe(declared.of))
            }
        };
        JsonType::Object(ObjectType {
            name: "model",
            meaning: "A model. A value that is absent is unknown; without a name, the entry \
                      overrides values of the model with its id.",
            fields: Key::ALL.iter().map(field).collect(),
            is_open: true,
        })
    }
}

impl Key {
    /// The declared type of its value, parts of which columns describe more closely.
    fn json_type(self) -> JsonType {
        let columns = COLUMNS.iter().filter_map(|column| match column.slot {
            Slot::Part(key, part) if key == self => Some((column, part)),
            _ => None,
        });
        let mut of = Model::field(self).of;
        for (column, part) in columns {
            match &mut of {
                JsonType::Object(object) => {
                    if let Some(field) = object.fields.iter_mut().find(|own| own.key == part) {
                        field.of = column.narrow(field.of.clone());
                    }
                }
                JsonType::Map(of) => **of = column.narrow(JsonType::Text),
                _ => {}
            }
        }
        of
    }
}

impl Column {
    /// The type of its values in JSON.
    fn json_type(&self) -> JsonType {
        // A part of the hardware without it is `null`.
        let is_of_parts = self.slot == Slot::Computed && self.needs == Keys::of(&[Key::hardware]);
        let declared = match (self.slot, Key::named(self.heading.key)) {
            (Slot::Own, Some(key)) => Some(key.json_type()),
            _ => None,
        };
        declared.unwrap_or_else(|| match self.heading.kind {
            Kind::Number => JsonType::Whole,
            Kind::Mixed | Kind::Quantity(_) => JsonType::Figure,
            Kind::Month => JsonType::Month,
            Kind::Tags if is_of_parts => JsonType::list(JsonType::Text.or_null()),
            Kind::Compound if is_of_parts => JsonType::list(JsonType::Figure.or_null()),
            Kind::Tags => JsonType::list(JsonType::Text),
            Kind::Compound => serde_json::Map::json_type(),
            Kind::Word | Kind::Sentence | Kind::Address => self.narrow(JsonType::Text),
        })
    }

    /// What it shows of a declared type.
    fn narrow(&self, declared: JsonType) -> JsonType {
        match (declared, self.heading.kind, self.vocabulary) {
            (JsonType::Text, Kind::Address, _) => JsonType::Address,
            (JsonType::Text, _, Vocabulary::Only(words)) => JsonType::Word(words.to_vec()),
            (JsonType::Figure, Kind::Number, _) => JsonType::Whole,
            (declared, ..) => declared,
        }
    }
}

impl<R: Record> Column<R> {
    /// A field of this type under its key.
    fn describe(&self, of: JsonType) -> JsonField {
        let unit = self.heading.kind.unit();
        let unit = unit.map(|unit| format!(" (unit: {unit})"));
        JsonField {
            key: self.heading.key,
            title: self.heading.title,
            meaning: format!("{}{}", self.meaning, unit.unwrap_or_default()),
            of,
            is_required: false,
        }
    }
}
