//! Values as the catalog has them, where missing ones are `null`, empty or absent.

use crate::model::figure::Figure;
use crate::model::month::{Month, Period};
use serde::de::{Deserialize, Deserializer};
use serde_json::Value;

/// An object of JSON.
type Map = serde_json::Map<String, Value>;

/// A value that can be missing or empty.
pub(crate) trait Known<'de>: Deserialize<'de> {
    /// Reads it, or that it is missing.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    /// Whether it is missing or empty.
    fn is_missing(&self) -> bool {
        false
    }
}

/// Reads a value, for `deserialize_with`.
pub(crate) fn read<'de, T: Known<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Reads a value over another, unless it is missing; whether it was not.
pub(crate) fn read_over<'de, T: Known<'de>, D: Deserializer<'de>>(
    value: &mut T,
    deserializer: D,
) -> Result<bool, D::Error> {
    let read = T::read(deserializer)?;
    let is_given = !read.is_missing();
    if is_given {
        *value = read;
    }
    Ok(is_given)
}

/// Whether a value without a type of its own is missing or empty.
pub(crate) fn is_missing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
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

impl<'de, T: Known<'de>> Known<'de> for Option<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<T>::deserialize(deserializer)?;
        Ok(value.filter(|value| !value.is_missing()))
    }

    fn is_missing(&self) -> bool {
        self.is_none()
    }
}

impl<'de, T: Known<'de>> Known<'de> for Vec<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Option::<Vec<Option<T>>>::deserialize(deserializer)?;
        let parts = list.into_iter().flatten().flatten();
        Ok(parts.filter(|part| !part.is_missing()).collect())
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

impl Known<'_> for Figure {}
impl Known<'_> for Month {}
impl Known<'_> for Period {}
impl Known<'_> for Value {}
