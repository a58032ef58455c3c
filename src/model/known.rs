//! Reading values: `null`, and what is empty, is missing, on its own and inside of a list or map.

use crate::model::figure::Figure;
use crate::model::hardware::ChipUnit;
use crate::model::month::Month;
use crate::model::text::Text;
use crate::model::{Access, Map, SourceKind};
use serde::de::{Deserialize, Deserializer};

/// A value of a key.
pub(crate) trait Known<'de>: Sized {
    /// Reads it.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Whether it is missing or empty.
    fn is_missing(&self) -> bool;
}

/// A part of a value.
pub(crate) trait Part<'de>: Deserialize<'de> {
    /// Whether it is missing or empty.
    fn is_empty(&self) -> bool {
        false
    }
}

/// A value for serde's own containers.
pub(crate) struct Value<T>(pub T);

/// Reads a value, for `deserialize_with`.
pub(crate) fn read<'de, T: Known<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Whether a value without a type of its own is missing or empty.
pub(crate) fn is_missing(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null => true,
        serde_json::Value::String(text) => text.is_empty(),
        serde_json::Value::Array(list) => list.is_empty(),
        serde_json::Value::Object(map) => map.is_empty(),
        serde_json::Value::Bool(_) | serde_json::Value::Number(_) => false,
    }
}

impl<'de, T: Known<'de>> Deserialize<'de> for Value<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Value)
    }
}

impl<'de: 'a, 'a> Known<'de> for Text<'a> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Option::unwrap_or_default)
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }
}

impl<'de> Known<'de> for bool {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Option::unwrap_or_default)
    }

    fn is_missing(&self) -> bool {
        !self
    }
}

impl<'de, T: Part<'de>> Known<'de> for Option<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<T>::deserialize(deserializer)?;
        Ok(value.filter(|value| !value.is_empty()))
    }

    fn is_missing(&self) -> bool {
        self.is_none()
    }
}

impl<'de, T: Part<'de>> Known<'de> for Vec<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Option::<Vec<Option<T>>>::deserialize(deserializer)?;
        let parts = list.into_iter().flatten().flatten();
        Ok(parts.filter(|part| !part.is_empty()).collect())
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }
}

impl<'de> Known<'de> for Map {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut map = Option::<Map>::deserialize(deserializer)?.unwrap_or_default();
        map.retain(|_, value| !is_missing(value));
        Ok(map)
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }
}

impl<'de: 'a, 'a> Part<'de> for Text<'a> {
    fn is_empty(&self) -> bool {
        str::is_empty(self)
    }
}

impl Part<'_> for Figure {}
impl Part<'_> for Month {}
impl Part<'_> for Access {}
impl Part<'_> for ChipUnit {}
impl Part<'_> for SourceKind {}
impl Part<'_> for bool {}
impl Part<'_> for serde_json::Value {}

impl<'de> Known<'de> for SourceKind {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        SourceKind::deserialize(deserializer)
    }

    fn is_missing(&self) -> bool {
        false
    }
}
