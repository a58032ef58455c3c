//! Types of values in JSON: one description, from which schemas and columns in SQL are written.

use serde_json::{Map, Value};

/// The type of a value in JSON.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum JsonType {
    Text,
    /// One of these words.
    Word(Vec<&'static str>),
    /// A web address.
    Address,
    /// `2021-06`
    Month,
    /// `2021-06`, `2021` or a day.
    Period,
    /// A positive number.
    Figure,
    /// A positive number without a fraction.
    Whole,
    Flag,
    Any,
    List(Box<JsonType>),
    /// `null` is a value, too.
    Nullable(Box<JsonType>),
    /// Values under any keys.
    Map(Box<JsonType>),
    Object(ObjectType),
}

/// An object whose keys are known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ObjectType {
    pub name: &'static str,
    pub meaning: &'static str,
    pub fields: Vec<JsonField>,
    /// Whether it can have keys of users, too.
    pub is_open: bool,
}

/// A value under a key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JsonField {
    pub key: &'static str,
    pub title: &'static str,
    pub meaning: String,
    pub of: JsonType,
    pub is_required: bool,
}

/// A type that is read from JSON and written as JSON.
pub(crate) trait JsonTyped {
    /// Whether a value of this type, as a field, is always there.
    const IS_REQUIRED: bool = true;

    /// What it is in JSON.
    fn json_type() -> JsonType;
}

impl JsonType {
    /// A list of values.
    pub(crate) fn list(of: JsonType) -> JsonType {
        JsonType::List(Box::new(of))
    }

    /// The keys of the object, or of those in the list; none where they are free.
    pub(crate) fn keys(&self) -> Vec<&'static str> {
        match self {
            JsonType::Object(object) => object.fields.iter().map(|field| field.key).collect(),
            JsonType::List(of) => of.keys(),
            _ => Vec::new(),
        }
    }

    /// A value or `null`.
    pub(crate) fn or_null(self) -> JsonType {
        JsonType::Nullable(Box::new(self))
    }
}

impl JsonField {
    /// A field of a type.
    pub(crate) fn of<T: JsonTyped>(key: &'static str) -> JsonField {
        JsonField {
            key,
            title: "",
            meaning: String::new(),
            of: T::json_type(),
            is_required: T::IS_REQUIRED,
        }
    }

    /// With what it means, as a comment has it.
    pub(crate) fn means(self, meaning: &str) -> JsonField {
        let meaning = meaning.trim().to_owned();
        JsonField { meaning, ..self }
    }
}

impl<T: JsonTyped> JsonTyped for Option<T> {
    const IS_REQUIRED: bool = false;

    fn json_type() -> JsonType {
        T::json_type()
    }
}

impl<T: JsonTyped> JsonTyped for Vec<T> {
    const IS_REQUIRED: bool = false;

    fn json_type() -> JsonType {
        JsonType::list(T::json_type())
    }
}

impl JsonTyped for Map<String, Value> {
    const IS_REQUIRED: bool = false;

    fn json_type() -> JsonType {
        JsonType::Map(Box::new(JsonType::Any))
    }
}

/// Types that are one of the above.
macro_rules! typed {
    ($($type:ty => $of:expr,)*) => {
        $(impl $crate::model::json_type::JsonTyped for $type {
            fn json_type() -> $crate::model::json_type::JsonType {
                $of
            }
        })*
    };
}
pub(crate) use typed;

typed! {
    bool => JsonType::Flag,
    String => JsonType::Text,
    Value => JsonType::Any,
}
