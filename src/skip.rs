//! Skipping: values that no question needs, checked to be what their key can hold.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::date::Month;
use crate::figure::Figure;
use crate::hardware::Hardware;
use crate::model::{Access, Correction, Map, Note, Paper, Samples, Source};
use crate::text::Text;

/// Checks a value of this type and keeps nothing of it.
pub struct Skipped<T>(PhantomData<T>);

/// What can be checked without being built.
pub trait Skip<'de> {
    /// Reads past a value.
    ///
    /// # Errors
    /// When it is none of this type.
    fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error>;
}

impl<T> Default for Skipped<T> {
    fn default() -> Self {
        Skipped(PhantomData)
    }
}

impl<'de, T: Skip<'de>> DeserializeSeed<'de> for Skipped<T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        T::skip(deserializer)
    }
}

/// What borrows from the text, and costs nothing to build.
macro_rules! built {
    ($($type:ty,)*) => {
        $(impl<'de> Skip<'de> for $type {
            fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
                <$type>::deserialize(deserializer).map(drop)
            }
        })*
    };
}

built! {
    Text<'de>, Figure, Month, Access, Samples<'de>, Paper<'de>, Hardware<'de>, Correction<'de>,
    Note<'de>, Source<'de>,
}

impl<'de, T: Skip<'de>> Skip<'de> for Option<T> {
    fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        struct Maybe<T>(PhantomData<T>);
        impl<'de, T: Skip<'de>> Visitor<'de> for Maybe<T> {
            type Value = ();

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("option")
            }

            fn visit_unit<E>(self) -> Result<(), E> {
                Ok(())
            }

            fn visit_none<E>(self) -> Result<(), E> {
                Ok(())
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
                T::skip(deserializer)
            }
        }
        deserializer.deserialize_option(Maybe(PhantomData::<T>))
    }
}

impl<'de, T: Skip<'de>> Skip<'de> for Vec<T> {
    fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        struct List<T>(PhantomData<T>);
        impl<'de, T: Skip<'de>> Visitor<'de> for List<T> {
            type Value = ();

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
                while list.next_element_seed(Skipped::<T>::default())?.is_some() {}
                Ok(())
            }
        }
        deserializer.deserialize_seq(List(PhantomData::<T>))
    }
}

/// Anything at all, as deep as it would be read.
pub struct Anything;

impl<'de> Skip<'de> for Anything {
    fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

impl<'de> Skip<'de> for Map {
    fn skip<D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

/// A map of anything.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map
            .next_key_seed(Skipped::<Text<'de>>::default())?
            .is_some()
        {
            map.next_value_seed(Skipped::<Anything>::default())?;
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Anything {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list
            .next_element_seed(Skipped::<Anything>::default())?
            .is_some()
        {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        Entries.visit_map(map)
    }
}
