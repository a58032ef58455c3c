//! The catalog: entries of one or several sources, read as they are asked for.

pub(crate) mod check;
mod check_value;
pub(crate) mod credit;
pub(crate) mod document;
pub mod embedded;
pub(crate) mod identity;
pub(crate) mod lists;
mod name_prefix;
mod named;
pub mod names;
pub(crate) mod ndjson;
pub mod overrides;
pub(crate) mod parallel;
pub(crate) mod same_file;
pub(crate) mod shape;
pub mod source;
pub(crate) mod suggestions;

use crate::catalog::credit::{Freshness, credit};
use crate::catalog::overrides::{
    Beside, Override, Overrides, Owners, RawRecord, RecordLoader, View,
};
use crate::catalog::parallel::Gather;
use crate::catalog::same_file::FileId;
use crate::catalog::source::{RecordRef, Source};
use crate::error::Error;
use crate::model::keys::Keys;
use crate::model::text::Text;
use crate::model::{Key, Model};
use once_cell::sync::OnceCell;
use serde::de::IgnoredAny;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

pub use overrides::ExternalRecord;

/// Entries of models, and what belongs to them. Text is read again for each question, and only
/// as much of it as the question needs.
#[derive(Debug)]
pub struct Catalog {
    sources: Vec<Source>,
    /// The files that are read.
    files: Vec<FileId>,
    view: View,
    owners: OnceCell<Owners>,
    overlays: OnceCell<Overrides>,
}

/// The fold of a source's models, and the overrides it has for models of earlier sources. Sources
/// are scanned in reverse, so that overrides are collected before the models that they change.
struct Gathered<G> {
    made: G,
    beside: Beside,
}

impl<G: Gather> Gather for Gathered<G> {
    fn append(&mut self, later: Self) {
        self.made.append(later.made);
        Gather::append(&mut self.beside, later.beside);
    }
}

impl Catalog {
    /// The embedded catalog, unless it is left out, and then these files; perhaps none at all.
    ///
    /// # Errors
    /// When a file cannot be read or is no catalog at all.
    pub fn open(embedded: Option<Source>, files: &[PathBuf], view: View) -> Result<Catalog, Error> {
        let opened = files.iter().map(|path| Source::open(path));
        let sources = embedded.map(Ok).into_iter().chain(opened);
        let sources: Vec<Source> = sources.collect::<Result<_, _>>()?;
        let identities = files.iter().map(|path| match path.as_os_str() == "-" {
            true => FileId::of_stdin(),
            false => FileId::of(path),
        });
        Ok(Catalog {
            sources,
            files: identities.flatten().collect(),
            view,
            owners: OnceCell::new(),
            overlays: OnceCell::new(),
        })
    }

    /// Where the entries come from, the earliest first.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Whether it is read from this file.
    pub fn reads(&self, file: &FileId) -> bool {
        self.files.contains(file)
    }

    /// The source of a place.
    fn source(&self, place: RecordRef) -> &Source {
        &self.sources[place.source as usize]
    }

    /// The records of a model in catalogs other than the embedded one, the lowest priority first;
    /// none if there is only one catalog.
    ///
    /// # Errors
    /// When they cannot be read any more.
    pub fn external_records(
        &self,
        raw_record: &RawRecord<'_>,
    ) -> Result<Vec<ExternalRecord>, Error> {
        // `--as-listed` ignores other catalogs.
        if self.sources.len() == 1 || self.view == View::AsListed {
            return Ok(Vec::new());
        }
        let own = std::iter::once((raw_record.place, &*raw_record.json));
        let overlays = raw_record.overlays.iter();
        let all = own.chain(overlays.map(|overlay| (overlay.place, &*overlay.json)));
        let said = all.filter(|(place, _)| !self.source(*place).is_embedded());
        said.map(|(place, json)| self.entry(place, json)).collect()
    }

    fn entry(&self, place: RecordRef, json: &str) -> Result<ExternalRecord, Error> {
        let source = self.source(place);
        let entry = serde_json::from_str::<HashMap<Text<'_>, IgnoredAny>>(json);
        let entry = entry.map_err(|error| source.broken(place, &error))?;
        let keys = entry.keys().filter_map(|name| Key::named(name));
        Ok(ExternalRecord {
            keys: keys.fold(Keys::default(), |keys, key| keys.and(Keys::of(&[key]))),
            place: format!("{}, {}", source.name(), source.position(place.start)?),
        })
    }

    /// Where the entries come from, for use outside of a terminal: the list and the other work that
    /// they rest on, or a file's name, and their month.
    pub fn credit(&self) -> String {
        credit(&self.sources, self.view)
    }

    /// How fresh they are, in the words of a remark.
    pub fn freshness(&self) -> Freshness<'_> {
        Freshness(&self.sources)
    }

    /// Makes something of every model, of which these keys are read: `take` adds a model to what was
    /// made of those before it in the same part of a source.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn gather<G: Gather>(
        &self,
        keys: Keys,
        make: impl Fn() -> G + Sync,
        take: impl Fn(&mut G, RecordRef, &Model<'_>) + Sync,
    ) -> Result<G, Error> {
        self.gather_among(None, keys, make, take)
    }

    /// The same, of the embedded models only these.
    fn gather_among<G: Gather>(
        &self,
        among: Option<&BTreeSet<usize>>,
        keys: Keys,
        make: impl Fn() -> G + Sync,
        take: impl Fn(&mut G, RecordRef, &Model<'_>) + Sync,
    ) -> Result<G, Error> {
        let loader = self.loader(keys)?;
        let owners = self.owners.get_or_try_init(|| Owners::of(&self.sources))?;
        let known = self.overlays.get();
        let mut found = Overrides::new();
        let mut whole: Option<G> = None;
        // The last source first: what it says of others' models is known when their turn comes.
        for (number, source) in self.sources.iter().enumerate().rev() {
            let overlays = known.unwrap_or(&found);
            let fresh = || Gathered {
                made: make(),
                beside: Beside::default(),
            };
            let add = |gathered: &mut Gathered<G>, place, json: &str| {
                let mut model = Model::default();
                loader.read((place, json), &mut model)?;
                if owners.has_before(number, &model.id) {
                    let json = json.to_owned();
                    let overlay = Override { place, json };
                    gathered.beside.push((model.id.to_string(), overlay));
                    return Ok(());
                }
                let own = overlays.get(&*model.id).map_or(&[][..], Vec::as_slice);
                if loader.interpret(place, &mut model, own)? {
                    take(&mut gathered.made, place, &model);
                }
                Ok(())
            };
            let gathered = source.gather_among(among, number, &fresh, &add)?;
            if known.is_none() {
                for (id, overlay) in gathered.beside {
                    found.entry(id).or_default().push(overlay);
                }
                // The earliest first: this source is before those that had their turn.
                for overlays in found.values_mut() {
                    overlays.sort_by_key(|overlay| overlay.place);
                }
            }
            let mut made = gathered.made;
            if let Some(later) = whole.take() {
                made.append(later);
            }
            whole = Some(made);
        }
        // Another gathering finds the same.
        let _ = self.overlays.set(found);
        Ok(whole.unwrap_or_else(make))
    }

    /// What makes models of texts, for these keys.
    ///
    /// # Errors
    /// When the catalog's chips are broken.
    pub fn loader(&self, keys: Keys) -> Result<RecordLoader<'_>, Error> {
        let chips = match keys.has(Key::derived) {
            true => self.known_chips()?,
            false => Vec::new(),
        };
        Ok(RecordLoader::new(&self.sources, self.view, keys, chips))
    }

    /// The text of a model and what later sources say of it, once the models were gathered.
    ///
    /// # Errors
    /// When it cannot be read any more.
    pub fn raw_record(&self, place: RecordRef) -> Result<RawRecord<'_>, Error> {
        let source = self.source(place);
        let json = source.text(place)?;
        let overlays = match self.overlays.get() {
            Some(overlays) if !overlays.is_empty() => {
                let id = source.id(place, &json)?;
                overlays.get(&*id).map_or(&[][..], Vec::as_slice)
            }
            _ => &[],
        };
        Ok(RawRecord {
            place,
            json,
            overlays,
        })
    }

    /// The texts of the models at these places, in their order.
    ///
    /// # Errors
    /// When they cannot be read any more.
    pub fn raw_records(&self, places: &[RecordRef]) -> Result<Vec<RawRecord<'_>>, Error> {
        places.iter().map(|place| self.raw_record(*place)).collect()
    }

    /// The models at these places, each as an entry of a catalog.
    ///
    /// # Errors
    /// When the catalog's chips are broken; of each, when it cannot be read any more.
    pub fn entries_at<'c>(
        &'c self,
        places: &'c [RecordRef],
    ) -> Result<impl Iterator<Item = Result<serde_json::Value, Error>> + 'c, Error> {
        let loader = self.loader(Keys::ALL)?;
        let entry = move |place: &RecordRef| {
            let raw_record = self.raw_record(*place)?;
            let entry = loader.model(&raw_record)?.into_entry();
            serde_json::to_value(entry).map_err(|error| Error::Catalog(error.to_string()))
        };
        Ok(places.iter().map(entry))
    }

    /// The models of these texts, whole.
    ///
    /// # Errors
    /// When a text cannot be understood.
    pub fn whole<'o>(&self, raw_records: &'o [RawRecord<'_>]) -> Result<Vec<Model<'o>>, Error> {
        self.models(raw_records, Keys::ALL)
    }

    /// The models of these texts, of which these keys are read.
    ///
    /// # Errors
    /// When a text cannot be understood.
    pub fn models<'o>(
        &self,
        raw_records: &'o [RawRecord<'_>],
        keys: Keys,
    ) -> Result<Vec<Model<'o>>, Error> {
        let loader = self.loader(keys)?;
        let models = raw_records
            .iter()
            .map(|raw_record| loader.model(raw_record));
        models.collect()
    }

    /// Gives models of the list as it is printed the epochs of the whole catalog: the list never
    /// states them, and no formula for the compute holds without.
    ///
    /// # Errors
    /// When a text cannot be understood.
    pub fn complete_epochs<'o>(
        &self,
        models: &mut [Model<'o>],
        raw_records: &'o [RawRecord<'_>],
    ) -> Result<(), Error> {
        if self.view == View::AsListed {
            let keys = Keys::of(&[Key::epochs]);
            let whole = RecordLoader::new(&self.sources, View::Full, keys, Vec::new());
            for (model, raw_record) in models.iter_mut().zip(raw_records) {
                model.epochs = whole.model(raw_record)?.epochs;
            }
        }
        Ok(())
    }

    /// Whether there are catalogs beside the embedded one, or in its place.
    pub fn has_user_sources(&self) -> bool {
        !self.sources.iter().all(Source::is_embedded)
    }
}
