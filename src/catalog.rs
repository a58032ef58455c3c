//! The catalog: entries of one or several sources, read as they are asked for, and the indexes
//! over them.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::ops::Range;
use std::path::PathBuf;

use once_cell::unsync::OnceCell;
use serde::Deserialize;

use crate::chip::Chip;
use crate::error::Error;
use crate::estimate::Derived;
use crate::framework::Framework;
use crate::freshness::Freshness;
use crate::host::Host;
use crate::lists::{Each, Kept};
use crate::merges::Merges;
use crate::model::{Key, Map, Model};
use crate::name::Folded;
use crate::names::{Named, Names};
use crate::reader::{Keys, Listed, ModelReader, Reading};
use crate::source::{Place, Source};
use crate::survey::Survey;
use crate::term::Term;
use crate::text::Text;

/// Entries of models, and what belongs to them. Text is read again for each question, and only
/// as much of it as the question needs.
#[derive(Debug)]
pub struct Catalog {
    sources: Vec<Source>,
    reading: Reading,
    names: OnceCell<Names>,
    merges: OnceCell<Merges>,
}

/// A word of the catalog and its other spellings.
#[derive(Debug, Deserialize)]
struct Spelling<'a> {
    #[serde(borrow, alias = "term")]
    name: Text<'a>,
    #[serde(borrow, default)]
    aliases: Vec<Text<'a>>,
    #[serde(borrow, default)]
    hosts: Vec<Text<'a>>,
}

impl Catalog {
    /// The embedded catalog, unless it is left out, and then these files.
    ///
    /// # Errors
    /// When a file cannot be read or is no catalog at all.
    pub fn open(
        embedded: Option<Source>,
        files: &[PathBuf],
        reading: Reading,
    ) -> Result<Catalog, Error> {
        let files = files.iter().map(|path| Source::read(path));
        let sources = embedded.map(Ok).into_iter().chain(files);
        let sources: Vec<Source> = sources.collect::<Result<_, _>>()?;
        if sources.is_empty() {
            let what = "no catalog is left to ask; `--no-embedded` wants a `--catalog`";
            return Err(Error::Misuse(what.to_owned()));
        }
        Ok(Catalog {
            sources,
            reading,
            names: OnceCell::new(),
            merges: OnceCell::new(),
        })
    }

    /// Where the entries come from, the earliest first.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// How fresh they are, in the words of a remark.
    pub fn freshness(&self) -> Freshness<'_> {
        Freshness(&self.sources)
    }

    /// Where the entries come from, for whoever reads of them elsewhere: `awesome-huge-models,
    /// 2023-04`, a file's name.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn credit(&self) -> Result<String, Error> {
        let mut credits = Vec::new();
        for source in &self.sources {
            let mut about: Option<serde_json::Value> = None;
            source.section("about", Kept(&mut about))?;
            let about = about.unwrap_or_default();
            let text = |key| about.pointer(key).and_then(serde_json::Value::as_str);
            // Whoever reads of a file elsewhere has no use for the way to it.
            let own = source.name().trim_matches('`').rsplit(['/', '\\']).next();
            let name = text("/origin/name").or(text("/title")).or(own);
            let name = name.unwrap_or_default();
            credits.push(match text("/updated") {
                Some(updated) => format!("{name}, {updated}"),
                None => name.to_owned(),
            });
        }
        let reading = match self.reading {
            Reading::Whole => "",
            Reading::Stated => "; as stated",
            Reading::AsListed => "; as listed",
        };
        Ok(format!("{}{reading}", credits.join("; ")))
    }

    /// Reads the models one after another, and of each only `keys`.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn models<'c>(&'c self, keys: Keys, mut each: impl FnMut(Model<'c>)) -> Result<(), Error> {
        self.placed(keys, |_, model| each(model))
    }

    /// Reads the models like [`Catalog::models`], each with its place.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn placed<'c>(
        &'c self,
        keys: Keys,
        each: impl FnMut(Place, Model<'c>),
    ) -> Result<(), Error> {
        self.read(keys, |_| true, each)
    }

    /// Reads the models at these places whole, in the order of the places.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn whole(&self, places: &[Place]) -> Result<Vec<Model<'_>>, Error> {
        let mut models = Vec::new();
        let wanted = |place| places.contains(&place);
        self.read(Keys::ALL, wanted, |place, model| {
            models.push((place, model))
        })?;
        let at = |place: &Place| models.iter().find(|(own, _)| own == place);
        let found = places.iter().filter_map(at);
        Ok(found.map(|(_, model)| model.clone()).collect())
    }

    /// The models that these names mean, whole and in the order of the names.
    ///
    /// # Errors
    /// When a name means no model or several, or the catalog is broken.
    pub fn named(&self, names: &[String]) -> Result<(Vec<Named>, Vec<Model<'_>>), Error> {
        let index = self.names()?;
        let named = names.iter().map(|name| index.find(name));
        let named = named.collect::<Result<Vec<Named>, Error>>()?;
        let places: Vec<Place> = named.iter().map(|named| named.place).collect();
        let models = self.whole(&places)?;
        Ok((named, models))
    }

    /// Reads the models that are wanted, with what later sources say of them.
    fn read<'c>(
        &'c self,
        keys: Keys,
        wanted: impl Fn(Place) -> bool,
        mut take: impl FnMut(Place, Model<'c>),
    ) -> Result<(), Error> {
        let keys = match self.reading {
            Reading::Whole => keys.and(Keys::of(&[Key::corrections])),
            Reading::Stated => keys.and(Keys::of(&[Key::corrections, Key::sources])),
            Reading::AsListed => keys.and(Keys::of(&[Key::listed, Key::sources])),
        };
        let chips: Vec<Chip<'_>> = match keys.has(Key::derived) {
            true => self.known_chips()?,
            false => Vec::new(),
        };
        let merges = self.merges()?;
        for (number, source) in self.sources.iter().enumerate() {
            let place = |entry| Place {
                source: number,
                entry,
            };
            let pick = |entry| {
                let own = !merges.merged.contains_key(&place(entry)) && wanted(place(entry));
                own.then_some(ModelReader(keys))
            };
            let mut broken = None;
            source.models(pick, |entry, mut model| {
                match self.reading {
                    Reading::AsListed if model.listed.is_empty() => return,
                    Reading::AsListed => model.only_listed(),
                    Reading::Whole | Reading::Stated => {
                        let later = merges.later.get(&place(entry));
                        let whole = self.whole_of(&mut model, (source, keys), later);
                        broken = broken.take().or(whole.err());
                    }
                }
                if self.reading == Reading::Stated {
                    model.only_stated();
                }
                if model.name.is_empty() {
                    model.name = model.id.clone();
                }
                if keys.has(Key::derived) {
                    model.derived = Derived::of(&model, &chips);
                }
                take(place(entry), model);
            })?;
            if let Some(error) = broken {
                return Err(error);
            }
        }
        Ok(())
    }

    /// Corrects a model, then lays over it what later sources say: theirs is the last word.
    fn whole_of<'c>(
        &'c self,
        model: &mut Model<'c>,
        (source, keys): (&Source, Keys),
        later: Option<&Vec<(usize, Range<usize>)>>,
    ) -> Result<(), Error> {
        model
            .correct()
            .map_err(|error| source.miscorrected(&model.id, &error))?;
        for (number, range) in later.into_iter().flatten() {
            let source = &self.sources[*number];
            let json = &source.text()[range.clone()];
            let mut corrections = std::mem::take(&mut model.corrections);
            let lay = |model: &mut Model<'c>| {
                let mut deserializer = serde_json::Deserializer::from_str(json);
                let laid = ModelReader(keys).onto(model, &mut deserializer);
                laid.map_err(|error| source.broken(range.start, &error))
            };
            lay(model)?;
            // What is not the list's is not corrected either.
            model.uncorrected.as_deref_mut().map_or(Ok(()), lay)?;
            model
                .correct()
                .map_err(|error| source.miscorrected(&model.id, &error))?;
            corrections.append(&mut model.corrections);
            model.corrections = corrections;
        }
        Ok(())
    }

    /// Which entries of later sources belong to models of earlier ones.
    fn merges(&self) -> Result<&Merges, Error> {
        self.merges.get_or_try_init(|| Merges::of(&self.sources))
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

    /// Every chip with all that is known of it: no claim of the list's, and so known in any reading.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn known_chips(&self) -> Result<Vec<Chip<'_>>, Error> {
        self.all("chips")
    }

    /// The epochs of models by their ids, whether or not the list prints them.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn epochs(&self) -> Result<HashMap<String, f64>, Error> {
        let mut epochs = HashMap::new();
        let keys = Keys::of(&[Key::id, Key::epochs, Key::sources]);
        for source in &self.sources {
            let read = |_| Some(ModelReader(keys));
            source.models(read, |_, mut model: Model<'_>| {
                if self.reading == Reading::Stated {
                    model.only_stated();
                }
                epochs.extend(model.epochs.map(|own| (model.id.to_string(), own.0)));
            })?;
        }
        Ok(epochs)
    }

    /// Whose hosts links lead to.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn hosts(&self) -> Result<Vec<Host>, Error> {
        let mut hosts = Vec::new();
        self.entries("organizations", |organization: Spelling<'_>| {
            hosts.extend(organization.hosts.iter().map(|address| Host {
                address: address.to_string(),
                organization: organization.name.to_string(),
            }));
        })?;
        Ok(hosts)
    }

    /// The spellings of a word, as a section of the catalog lists them; none if it does not.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn spellings(&self, section: &'static str, typed: &Folded) -> Result<Vec<Folded>, Error> {
        let mut spellings = Vec::new();
        self.entries(section, |spelling: Spelling<'_>| {
            let names = std::iter::once(&spelling.name).chain(&spelling.aliases);
            if names.clone().any(|name| typed.is(name)) {
                spellings.extend(names.map(|name| Folded::new(name)));
            }
        })?;
        Ok(spellings)
    }

    /// Whether there are catalogs beside the embedded one, or in its place.
    pub fn has_own(&self) -> bool {
        !self.sources.iter().all(Source::is_embedded)
    }

    /// The frameworks, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn frameworks(&self) -> Result<Vec<Framework<'_>>, Error> {
        let mut frameworks = Vec::new();
        let mut broken = Ok(());
        self.entries("frameworks", |mut entry: Map| {
            if self.reading != Reading::AsListed {
                correct(&mut entry);
            }
            match Framework::deserialize(serde_json::Value::Object(entry)) {
                Ok(framework) if self.reading != Reading::AsListed => frameworks.push(framework),
                Ok(framework) => frameworks.extend(framework.into_listed()),
                Err(error) => {
                    broken = Err(Error::Catalog(format!("a framework is broken: {error}")))
                }
            }
        })?;
        broken.map(|()| frameworks)
    }

    /// The surveys, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn surveys(&self) -> Result<Vec<Survey<'_>>, Error> {
        self.listed("surveys")
    }

    /// The explained words, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn terms(&self) -> Result<Vec<Term<'_>>, Error> {
        self.listed("terms")
    }

    /// The chips, in the order of the file.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn chips(&self) -> Result<Vec<Chip<'_>>, Error> {
        self.listed("chips")
    }

    /// The chips with what they can do, whatever the reading: that is no claim of the list's.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn machines(&self) -> Result<Vec<Chip<'_>>, Error> {
        self.all("chips")
    }

    /// Reads one of the lists beside the models, short enough to be held whole.
    fn listed<'c, T: Deserialize<'c> + Listed>(
        &'c self,
        name: &'static str,
    ) -> Result<Vec<T>, Error> {
        let entries = self.all(name)?;
        Ok(match self.reading {
            Reading::Whole | Reading::Stated => entries,
            Reading::AsListed => entries.into_iter().filter_map(T::into_listed).collect(),
        })
    }

    /// Reads one of the lists beside the models, whatever the reading.
    fn all<'c, T: Deserialize<'c>>(&'c self, name: &'static str) -> Result<Vec<T>, Error> {
        let mut entries = Vec::new();
        self.entries(name, |entry| entries.push(entry))?;
        Ok(entries)
    }

    /// Reads one of the lists beside the models from every source.
    fn entries<'c, T: Deserialize<'c>>(
        &'c self,
        name: &'static str,
        mut each: impl FnMut(T),
    ) -> Result<(), Error> {
        for source in &self.sources {
            source.section(name, Each(|_| Some(PhantomData), |_, entry| each(entry)))?;
        }
        Ok(())
    }
}

/// Puts corrected values in place of the listed ones, as JSON.
fn correct(entry: &mut Map) {
    let corrections = entry
        .get("corrections")
        .and_then(serde_json::Value::as_array);
    for correction in corrections.cloned().unwrap_or_default() {
        let Some(key) = correction.get("key").and_then(serde_json::Value::as_str) else {
            continue;
        };
        match correction.get("value") {
            Some(value) => entry.insert(key.to_owned(), value.clone()),
            None => entry.shift_remove(key),
        };
    }
}
