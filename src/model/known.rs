//! Reading values: `null`, and what is empty, is missing, on its own and inside of a list or map.

use crate::model::figure::Figure;
use crate::model::hardware::ChipUnit;
use crate::model::month::Month;
use crate::model::text::Text;
use crate::model::{Access, Map, SourceKind};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A value of a key.
pub(crate) trait Known<'de>: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// When it is not of this type.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Whether it says nothing.
    fn is_missing(&self) -> bool;
}

/// A part of a value.
pub(crate) trait Part<'de>: Deserialize<'de> {
    /// Whether it says nothing.
    fn is_empty(&self) -> bool {
        false
    }
}

/// A value for serde's own containers.
pub(crate) struct Value<T>(pub T);

/// Reads a value, as `deserialize_with` wants it.
///
/// # Errors
/// When it is not of this type.
pub(crate) fn read<'de, T: Known<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Whether a value of no known type says nothing.
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
        let list = Option::<List<T>>::deserialize(deserializer)?;
        Ok(list.map_or_else(Vec::new, |List(list)| list))
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

/// The parts of a list that say something.
struct List<T>(Vec<T>);

impl<'de, T: Part<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts<T>(PhantomData<T>);
        impl<'de, T: Part<'de>> Visitor<'de> for Parts<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<List<T>, A::Error> {
                let mut parts = Vec::new();
                while let Some(part) = list.next_element::<Option<T>>()? {
                    parts.extend(part.filter(|part| !part.is_empty()));
                }
                Ok(List(parts))
            }
        }
        deserializer.deserialize_seq(Parts(PhantomData))
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
