//! The catalog: models of one or several sources, parsed only as far as a question needs.

pub(crate) mod catalog_type;
pub(crate) mod cell;
pub(crate) mod check;
mod check_value;
pub(crate) mod document;
pub mod embedded;
pub(crate) mod file_id;
pub(crate) mod fingerprint;
pub(crate) mod identity;
mod joined;
pub(crate) mod lists;
pub(crate) mod lookup;
pub(crate) mod loose;
pub mod names;
pub(crate) mod ndjson;
pub(crate) mod parallel;
pub mod raw_record;
mod record_places;
pub mod record_reader;
pub(crate) mod shape;
pub mod source;
pub(crate) mod table;
pub(crate) mod version;

use crate::catalog::document::Credit;
use crate::catalog::file_id::FileId;
use crate::catalog::loose::UnreadLog;
use crate::catalog::parallel::{Fold, Merge, Part};
use crate::catalog::raw_record::{RawRecord, RecordText};
use crate::catalog::record_reader::{Facts, Overrides, Owners, RecordReader, View};
use crate::catalog::source::{Opened, Source};
use crate::catalog::table::TableOptions;
use crate::catalog::version::{Freshness, credit, credits};
use crate::error::Error;
use crate::model::month::Month;
use crate::model::{Key, Keys, Model};
use once_cell::sync::OnceCell;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// Models of one or several sources. A question scans each source once, and reads only the keys
/// that it needs.
#[derive(Debug)]
pub struct Catalog {
    sources: Vec<Source>,
    /// The files among the sources, and the identities of those that have one.
    paths: Vec<PathBuf>,
    files: Vec<FileId>,
    view: View,
    /// How tables are read.
    options: TableOptions,
    unread: Arc<UnreadLog>,
    /// The last month whose models there are.
    as_of: Option<Month>,
    /// The first source that has each id: what later sources have under it are overrides.
    owners: OnceCell<Owners>,
}

impl Catalog {
    /// Opens the embedded catalog, if it is given, and then these files. There may be no source at all.
    ///
    /// # Errors
    /// When a file cannot be read or is not a catalog.
    pub fn open(embedded: Option<Source>, files: &[PathBuf], view: View) -> Result<Catalog, Error> {
        Catalog::open_with(embedded, files, view, &TableOptions::default())
    }

    /// Opens catalogs, and reads tables among the files as these options say.
    ///
    /// # Errors
    /// When a file cannot be read, or is neither a catalog nor a table.
    pub(crate) fn open_with(
        embedded: Option<Source>,
        files: &[PathBuf],
        view: View,
        options: &TableOptions,
    ) -> Result<Catalog, Error> {
        let mut sources: Vec<Source> = embedded.into_iter().collect();
        for path in files {
            match Opened::open(path)? {
                Opened::Source(source) => sources.push(source),
                Opened::Tables(tables) => {
                    for (name, table) in tables {
                        let earlier = Catalog::of(sources, View::Full, options);
                        let document = earlier.join(table, &name, options)?;
                        sources = earlier.sources;
                        sources.push(Source::Held(document));
                    }
                }
            }
        }
        let identities = files.iter().map(|path| match path.as_os_str() == "-" {
            true => FileId::of_stdin(),
            false => FileId::of(path),
        });
        Ok(Catalog {
            files: identities.flatten().collect(),
            paths: files.to_vec(),
            ..Catalog::of(sources, view, options)
        })
    }

    fn of(sources: Vec<Source>, view: View, options: &TableOptions) -> Catalog {
        Catalog {
            sources,
            paths: Vec::new(),
            files: Vec::new(),
            view,
            options: options.clone(),
            unread: Arc::default(),
            as_of: None,
            owners: OnceCell::new(),
        }
    }

    /// Without the models that were announced later than a month, or at an unknown time.
    #[must_use]
    pub(crate) fn until(self, as_of: Option<Month>) -> Catalog {
        Catalog { as_of, ..self }
    }

    /// The last month whose models there are, if later ones are left out.
    pub(crate) fn last_month(&self) -> Option<Month> {
        self.as_of
    }

    /// The embedded catalog, if it is used, then the files in the order of the flags.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Whether this file is one of the sources.
    pub fn reads(&self, file: &FileId) -> bool {
        self.files.contains(file)
    }

    /// Whether one of the sources is standard input.
    pub(crate) fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }

    /// The sources by their credits or file names, with their months.
    pub fn credit(&self) -> String {
        credit(&self.sources, self.view)
    }

    /// Which figures are used.
    pub(crate) fn view(&self) -> View {
        self.view
    }

    /// Whose work the catalogs rest on.
    pub(crate) fn credits(&self) -> Vec<Credit> {
        credits(&self.sources, self.view)
    }

    /// Whether some source is a table.
    pub(crate) fn has_tables(&self) -> bool {
        let mut sources = self.sources.iter();
        sources
            .any(|source| matches!(source, Source::Held(document) if document.origin().is_some()))
    }

    /// Whose tables are among the sources.
    pub(crate) fn table_credits(&self) -> Vec<Credit> {
        let tables = self.sources.iter().filter_map(|source| match source {
            Source::Held(document) => document.origin()?.about(),
            Source::Embedded | Source::File(_) => None,
        });
        tables.flat_map(|about| about.credits).collect()
    }

    /// The results of reading the tables among the sources, a sentence each.
    pub(crate) fn table_notes(&self) -> Vec<String> {
        let tables = self.sources.iter().filter_map(|source| match source {
            Source::Held(document) => Some((document.name(), document.origin()?)),
            Source::Embedded | Source::File(_) => None,
        });
        let mut notes = Vec::new();
        for (name, table) in tables {
            let credits = table.about().map(|about| about.credits).unwrap_or_default();
            let credits: Vec<String> = credits.iter().map(Credit::with_license).collect();
            let credit = match credits.is_empty() {
                true => String::new(),
                false => format!(" by {}", credits.join(", ")),
            };
            notes.push(format!("{name}{credit}: {}", table.summary()));
            if let Some(first) = table.unread().first() {
                let count = table.unread().len();
                let values = if count == 1 { "value" } else { "values" };
                let file = match first.source == name {
                    true => String::new(),
                    false => format!("{}, ", first.source),
                };
                notes.push(format!(
                    "{name}: {count} {values} left out that cannot be read, the first at {file}{} \
                     ({}): `ahm check` lists them",
                    first.position, first.why
                ));
            }
        }
        notes
    }

    /// The months of the sources, in the words of a remark.
    pub fn freshness(&self) -> Freshness<'_> {
        Freshness(&self.sources, self.as_of, self.view)
    }

    /// Calls `fold` with every model, of which at least `keys` are filled in. Many models are read
    /// on several threads: each begins with `initial`, and the results are merged in the order of
    /// the models.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn scan<G: Merge>(
        &self,
        keys: Keys,
        initial: G,
        fold: impl Fn(&mut G, &Model<'_>, &RawRecord<'_>) + Sync,
    ) -> Result<G, Error> {
        self.scan_until(self.as_of, (None, keys), initial, fold)
    }

    /// Like `scan`, with the models until a month, or all of them.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub(crate) fn scan_until<G: Merge>(
        &self,
        as_of: Option<Month>,
        keys: (Option<&BTreeSet<usize>>, Keys),
        initial: G,
        add: impl Fn(&mut G, &Model<'_>, &RawRecord<'_>) + Sync,
    ) -> Result<G, Error> {
        let fold = Fold::new(initial, add);
        self.scan_parts(as_of, keys, &|| fold.begin())?;
        Ok(fold.into_result())
    }

    /// Adds every model until a month, or all of them, to parts. Reads only those embedded models
    /// whose numbers are in `among`, if it is given; models of files are all read.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub(crate) fn scan_parts<'p>(
        &self,
        as_of: Option<Month>,
        (among, keys): (Option<&BTreeSet<usize>>, Keys),
        begin: &(dyn Fn() -> Box<dyn Part + 'p> + Sync),
    ) -> Result<(), Error> {
        let reader = self.reader(match as_of {
            Some(_) => keys.union(Keys::of(&[Key::announced])),
            None => keys,
        })?;
        let is_later = |model: &Model<'_>| {
            as_of.is_some_and(|last| model.announced.is_none_or(|month| month > last))
        };
        let owners = self
            .owners
            .get_or_try_init(|| Owners::of(&self.reader(Keys::of(&[Key::id]))?))?;
        let mut overrides = Overrides::default();
        // The last source first, so that the overrides of a model are known when the model is read.
        for (number, source) in self.sources.iter().enumerate().rev() {
            let begin = || (begin(), Overrides::default());
            let add = |(part, own): &mut (Box<dyn Part + 'p>, Overrides), text: RecordText<'_>| {
                let mut model = reader.entry(&text)?;
                if owners.has_before(number, &model.id) {
                    own.push(&model.id, text.to_owned());
                    return Ok(());
                }
                let own = overrides.of(&model.id);
                if reader.resolve(&mut model, &text, own)? && !is_later(&model) {
                    let record = RawRecord {
                        text: text.clone(),
                        overrides: Cow::Borrowed(own),
                    };
                    part.add(&model, &record);
                }
                Ok(())
            };
            let mut earlier = Overrides::default();
            source.scan((number, among), begin, add, |(part, own)| {
                part.finish(number);
                earlier.merge(own);
            })?;
            earlier.merge(overrides);
            overrides = earlier;
        }
        Ok(())
    }

    /// The values that were left out so far.
    pub(crate) fn unread(&self) -> Arc<UnreadLog> {
        Arc::clone(&self.unread)
    }

    /// A reader that fills in these keys of a model.
    ///
    /// # Errors
    /// When the catalog's chips are broken.
    pub fn reader(&self, keys: Keys) -> Result<RecordReader<'_>, Error> {
        let mut facts = Facts::default();
        if keys.has(Key::derived) {
            facts.chips = self.known_chips()?;
        }
        if keys.has(Key::affiliation) {
            facts.affiliations = self.affiliations()?;
        }
        let inputs = (&*self.sources, &*self.unread, self.options.is_strict);
        Ok(RecordReader::new(inputs, self.view, keys, facts))
    }

    /// All records, to be read later by `models` or a `reader`.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub fn records(&self) -> Result<Vec<RawRecord<'static>>, Error> {
        self.scan(Keys::default(), Vec::new(), |records, _, record| {
            records.push(record.to_owned());
        })
    }

    /// The models of these records, with all keys.
    ///
    /// # Errors
    /// When a record is broken.
    pub fn models<'r>(&self, records: &'r [RawRecord<'_>]) -> Result<Vec<Model<'r>>, Error> {
        let reader = self.reader(Keys::ALL)?;
        records.iter().map(|record| reader.model(record)).collect()
    }

    /// With `--as-listed`, fills in the epochs from the full catalog: the list does not print them, and
    /// the formulas for compute need them. Otherwise changes nothing.
    ///
    /// # Errors
    /// When a record is broken.
    pub fn complete_epochs<'r>(
        &self,
        models: &mut [Model<'r>],
        records: &'r [RawRecord<'_>],
    ) -> Result<(), Error> {
        if self.view == View::AsListed {
            let keys = Keys::of(&[Key::epochs]);
            let inputs = (&*self.sources, &*self.unread, self.options.is_strict);
            let whole = RecordReader::new(inputs, View::Full, keys, Facts::default());
            for (model, record) in models.iter_mut().zip(records) {
                model.epochs = whole.model(record)?.epochs;
            }
        }
        Ok(())
    }

    /// Whether the models are exactly those of the embedded catalog: no files, no `--as-listed`, and no
    /// `--as-of`.
    pub(crate) fn is_embedded_alone(&self) -> bool {
        let is_whole = self.view != View::AsListed && self.as_of.is_none();
        !self.sources.is_empty() && !self.has_user_sources() && is_whole
    }

    /// Whether there are other catalogs than the embedded one.
    pub fn has_user_sources(&self) -> bool {
        !self.sources.iter().all(Source::is_embedded)
    }
}
