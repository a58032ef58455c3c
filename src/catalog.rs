//! The catalog: entries read from JSON as they are asked for, and the indexes over them.

use std::fmt;
use std::marker::PhantomData;

use once_cell::unsync::OnceCell;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::chip::Chip;
use crate::error::Error;
use crate::framework::Framework;
use crate::model::{Key, Model};
use crate::name::Folded;
use crate::names::{Named, Names};
use crate::reader::{Keys, Listed, ModelReader, Reading};
use crate::survey::Survey;
use crate::term::Term;
use crate::text::Text;

const EMBEDDED: &str = include_str!("../catalog.json");

/// Entries of models, and what belongs to them. Text is read again for each question, and only
/// as much of it as the question needs.
#[derive(Debug)]
pub struct Catalog {
    text: &'static str,
    reading: Reading,
    names: OnceCell<Names>,
}

/// A word of the catalog and its other spellings.
#[derive(Debug, Deserialize)]
struct Spelling<'a> {
    #[serde(borrow, alias = "term")]
    name: Text<'a>,
    #[serde(borrow, default)]
    aliases: Vec<Text<'a>>,
}

impl Catalog {
    /// The catalog that is part of the program.
    pub fn embedded(reading: Reading) -> Catalog {
        Catalog {
            text: EMBEDDED,
            reading,
            names: OnceCell::new(),
        }
    }

    /// Reads the models one after another, and of each only `keys`.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn models<'c>(&'c self, keys: Keys, mut each: impl FnMut(Model<'c>)) -> Result<(), Error> {
        self.placed(keys, |_, model| each(model))
    }

    /// Reads the models like [`Catalog::models`], each with its place in the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn placed<'c>(
        &'c self,
        keys: Keys,
        mut each: impl FnMut(usize, Model<'c>),
    ) -> Result<(), Error> {
        let keys = match self.reading {
            Reading::Whole => keys,
            Reading::AsListed => keys.and(Keys::of(&[Key::listed])),
        };
        let pick = |_| Some(ModelReader(keys));
        self.section(
            "models",
            Each(pick, |place, model: Model<'c>| {
                if self.reading == Reading::Whole || !model.listed.is_empty() {
                    each(place, model);
                }
            }),
        )
    }

    /// Reads the models at these places whole, in the order of the places.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn whole(&self, places: &[usize]) -> Result<Vec<Model<'_>>, Error> {
        let mut models = Vec::new();
        let pick = |place| places.contains(&place).then_some(ModelReader(Keys::ALL));
        let take = |place, model| models.push((place, model));
        self.section("models", Each(pick, take))?;
        models.sort_by_key(|(place, _)| places.iter().position(|wanted| wanted == place));
        Ok(models.into_iter().map(|(_, model)| model).collect())
    }

    /// The names of all models.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn names(&self) -> Result<&Names, Error> {
        self.names.get_or_try_init(|| {
            let mut names = Names::default();
            self.placed(Names::KEYS, |place, model| names.add(place, &model))?;
            Ok(names)
        })
    }

    /// The models that these names mean, each once, in the order of the names.
    ///
    /// # Errors
    /// When a name means no model or several, or the catalog is broken.
    pub fn named(&self, names: &[String]) -> Result<(Vec<Named>, Vec<Model<'_>>), Error> {
        let index = self.names()?;
        let named = names.iter().map(|name| index.find(name));
        let named = named.collect::<Result<Vec<Named>, Error>>()?;
        let places: Vec<usize> = named.iter().map(|named| named.place).collect();
        let models = self.whole(&places)?;
        Ok((named, models))
    }

    /// The word that another spelling stands for in the column of this key.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn canonical(&self, key: &str, typed: &Folded) -> Result<Option<String>, Error> {
        let section = match key {
            "organizations" => "organizations",
            "training_framework" => "frameworks",
            _ => "terms",
        };
        let mut spellings: Vec<Spelling<'_>> = Vec::new();
        self.section(
            section,
            Each(|_| Some(PhantomData), |_, entry| spellings.push(entry)),
        )?;
        let known = spellings.iter().find(|spelling| {
            let mut aliases = spelling.aliases.iter();
            typed.is(&spelling.name) || aliases.any(|alias| typed.is(alias))
        });
        Ok(known.map(|spelling| spelling.name.to_string()))
    }

    /// The frameworks, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn frameworks(&self) -> Result<Vec<Framework<'_>>, Error> {
        self.entries("frameworks")
    }

    /// The surveys, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn surveys(&self) -> Result<Vec<Survey<'_>>, Error> {
        self.entries("surveys")
    }

    /// The explained words, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn terms(&self) -> Result<Vec<Term<'_>>, Error> {
        self.entries("terms")
    }

    /// The chips, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn chips(&self) -> Result<Vec<Chip<'_>>, Error> {
        self.entries("chips")
    }

    /// Reads one of the lists beside the models, short enough to be held whole.
    fn entries<'c, T>(&'c self, name: &'static str) -> Result<Vec<T>, Error>
    where
        T: Deserialize<'c> + Listed,
    {
        let mut entries = Vec::new();
        let take = |_, entry: T| match self.reading {
            Reading::Whole => entries.push(entry),
            Reading::AsListed => entries.extend(entry.into_listed()),
        };
        self.section(name, Each(|_| Some(PhantomData), take))?;
        Ok(entries)
    }

    /// Reads one of the catalog's lists; the others are checked to be JSON and skipped.
    fn section<'c, S>(&'c self, name: &'static str, seed: S) -> Result<(), Error>
    where
        S: DeserializeSeed<'c, Value = ()>,
    {
        let mut deserializer = serde_json::Deserializer::from_str(self.text);
        Section(name, seed)
            .deserialize(&mut deserializer)
            .and_then(|()| deserializer.end())
            .map_err(|error| Error::Catalog(format!("the built-in catalog is broken: {error}")))
    }
}

/// The entry of this name in a map.
struct Section<S>(&'static str, S);

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
            match seed.take_if(|_| *key == *name) {
                Some(seed) => map.next_value_seed(seed)?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A list, handed on one entry after another: the first tells how to read the entry at a place,
/// or that it is skipped; the second takes it.
struct Each<P, F>(P, F);

impl<'de, S, P, F> DeserializeSeed<'de> for Each<P, F>
where
    S: DeserializeSeed<'de>,
    P: Fn(usize) -> Option<S>,
    F: FnMut(usize, S::Value),
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, S, P, F> Visitor<'de> for Each<P, F>
where
    S: DeserializeSeed<'de>,
    P: Fn(usize) -> Option<S>,
    F: FnMut(usize, S::Value),
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Each(pick, mut take) = self;
        for place in 0.. {
            match pick(place) {
                Some(seed) => match list.next_element_seed(seed)? {
                    Some(entry) => take(place, entry),
                    None => break,
                },
                None if list.next_element::<IgnoredAny>()?.is_none() => break,
                None => {}
            }
        }
        Ok(())
    }
}
