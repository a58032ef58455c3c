//! Skipping: values that no question needs, checked to be what their key can hold.

use crate::model::figure::Figure;
use crate::model::hardware::Hardware;
use crate::model::known::Part;
use crate::model::month::Month;
use crate::model::text::Text;
use crate::model::{Access, Correction, Map, Note, Paper, Samples, Source};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Checks a value of this type and keeps nothing of it.
pub(crate) struct Skipped<T>(PhantomData<T>);

/// What can be checked without being built.
pub(crate) trait Skip<'de> {
    /// Reads past a value; whether it says something.
    ///
    /// # Errors
    /// When it is none of this type.
    fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error>;
}

impl<T> Default for Skipped<T> {
    fn default() -> Self {
        Skipped(PhantomData)
    }
}

impl<'de, T: Skip<'de>> DeserializeSeed<'de> for Skipped<T> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        T::skip(deserializer)
    }
}

/// What borrows from the text, and costs nothing to build.
macro_rules! built {
    ($($type:ty,)*) => {
        $(impl<'de> Skip<'de> for $type {
            fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
                let part = Option::<$type>::deserialize(deserializer)?;
                Ok(part.is_some_and(|part| !Part::is_empty(&part)))
            }
        })*
    };
}

built! {
    Text<'de>, Figure, Month, Access, Samples<'de>, Paper<'de>, Hardware<'de>, Correction<'de>,
    Note<'de>, Source<'de>,
}

impl<'de, T: Skip<'de>> Skip<'de> for Option<T> {
    fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        T::skip(deserializer)
    }
}

impl<'de, T: Skip<'de>> Skip<'de> for Vec<T> {
    fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        struct List<T>(PhantomData<T>);
        impl<'de, T: Skip<'de>> Visitor<'de> for List<T> {
            type Value = bool;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_none<E>(self) -> Result<bool, E> {
                Ok(false)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
                deserializer.deserialize_seq(self)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
                let mut says = false;
                while let Some(part) = list.next_element_seed(Skipped::<T>::default())? {
                    says |= part;
                }
                Ok(says)
            }
        }
        deserializer.deserialize_option(List(PhantomData::<T>))
    }
}

/// Anything at all, as deep as it would be read.
pub(crate) struct Anything;

impl<'de> Skip<'de> for Anything {
    fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

impl<'de> Skip<'de> for Map {
    fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(Entries)
    }
}

/// A map of anything.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_none<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut says = false;
        while map.next_key::<Text<'de>>()?.is_some() {
            says |= map.next_value_seed(Skipped::<Anything>::default())?;
        }
        Ok(says)
    }
}

impl<'de> Visitor<'de> for Anything {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_str<E>(self, text: &str) -> Result<bool, E> {
        Ok(!text.is_empty())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        let mut says = false;
        while list
            .next_element_seed(Skipped::<Anything>::default())?
            .is_some()
        {
            says = true;
        }
        Ok(says)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut says = false;
        while map.next_key::<Text<'de>>()?.is_some() {
            map.next_value_seed(Skipped::<Anything>::default())?;
            says = true;
        }
        Ok(says)
    }
}
