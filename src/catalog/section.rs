//! The sections of a catalog in JSON, read an entry after another.

use crate::model::text::Text;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::fmt;
use std::marker::PhantomData;

/// The list that every catalog has.
pub(crate) const MODELS: &str = "models";

/// The entry of this name in a map.
pub(crate) struct Section<S>(pub &'static str, pub S);

impl<'de, S: DeserializeSeed<'de, Value = ()>> DeserializeSeed<'de> for Section<S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, S: DeserializeSeed<'de, Value = ()>> Visitor<'de> for Section<S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a catalog")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let Section(name, seed) = self;
        let mut seed = Some(seed);
        while let Some(key) = map.next_key::<Text<'de>>()? {
            if *key != *name {
                map.next_value::<IgnoredAny>()?;
            } else if let Some(seed) = seed.take() {
                map.next_value_seed(seed)?;
            } else {
                return Err(de::Error::custom(format_args!("a second list of `{name}`")));
            }
        }
        match seed {
            Some(_) if name == MODELS => Err(de::Error::custom("a catalog has a list of `models`")),
            _ => Ok(()),
        }
    }
}

/// A list, handed on one entry after another.
pub(crate) struct Each<T, F>(F, PhantomData<T>);

impl<T, F: FnMut(T)> Each<T, F> {
    /// Hands each entry to `take`.
    pub(crate) fn new(take: F) -> Self {
        Each(take, PhantomData)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T)> DeserializeSeed<'de> for Each<T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T)> Visitor<'de> for Each<T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(entry) = list.next_element()? {
            (self.0)(entry);
        }
        Ok(())
    }
}
