//! A source of entries: the embedded catalog, a document, or a file with a model a line.

use crate::catalog::document::{ABOUT, About, Document};
use crate::catalog::embedded::{self, EMBEDDED};
use crate::catalog::ndjson::{LineFile, Meter, start_of_lines};
use crate::catalog::raw_record::RecordText;
use crate::catalog::shape::MODELS;
use crate::catalog::table::{self, Table};
use crate::error::{Error, Position};
use crate::model::reader::ModelReader;
use crate::model::{Keys, Model};
use memchr::memmem;
use once_cell::sync::OnceCell;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where entries come from.
#[derive(Debug)]
pub enum Source {
    /// The catalog that is part of the program.
    Embedded,
    /// A catalog or a list of models, held whole.
    Held(Document),
    /// A file with a model a line, however many.
    File(LineFile),
}

/// What a file is.
pub(crate) enum Opened {
    /// A catalog or its models.
    Source(Source),
    /// Tables that are no catalogs, each with the name of its file or folder.
    Tables(Vec<(String, Table)>),
}

impl Opened {
    /// Opens a file or a folder, or standard input where the path is `-`.
    ///
    /// # Errors
    /// When it cannot be read, is empty or not UTF-8, or begins as neither a catalog nor a table does.
    pub(crate) fn open(path: &Path) -> Result<Opened, Error> {
        let name = format!("`{}`", path.display());
        if path.is_dir() {
            let files = table::files_of(path)?;
            return Opened::of_folder(&name, &files);
        }
        let unreadable = |error| Error::Catalog(format!("{name} cannot be read: {error}"));
        let mut bytes = Vec::new();
        if path.as_os_str() == "-" {
            let mut input = std::io::stdin().lock();
            read_start(&name, &mut input, &mut bytes)?;
            input.read_to_end(&mut bytes).map_err(unreadable)?;
            return Opened::of_text(&name, bytes);
        }
        let mut file = File::open(path).map_err(unreadable)?;
        read_start(&name, &mut file, &mut bytes)?;
        let metadata = file.metadata().map_err(unreadable)?;
        let length = metadata.len();
        // A pipe cannot be read twice.
        if metadata.is_file()
            && length > bytes.len() as u64
            && let Some(start) = start_of_lines(&bytes)
            && !Table::has_foreign_lines(&bytes)
        {
            return Ok(Opened::Source(Source::File(LineFile::new(
                &name,
                (file, length),
                start,
            ))));
        }
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        Opened::of_text(&name, bytes)
    }

    fn of_text(name: &str, bytes: Vec<u8>) -> Result<Opened, Error> {
        let document = Document::new(name, table::decoded(bytes))?;
        if !Table::is_foreign(&document) {
            return Ok(Opened::Source(Source::Held(document)));
        }
        Ok(Opened::Tables(vec![(
            name.to_owned(),
            Table::of(document)?,
        )]))
    }

    /// The files of a folder, those of one kind as one table.
    fn of_folder(name: &str, files: &[PathBuf]) -> Result<Opened, Error> {
        let mut tables = Vec::new();
        for path in files {
            let name = format!("`{}`", path.display());
            let unreadable = |error| Error::Catalog(format!("{name} cannot be read: {error}"));
            let (mut file, mut bytes) = (File::open(path).map_err(unreadable)?, Vec::new());
            read_start(&name, &mut file, &mut bytes)?;
            file.read_to_end(&mut bytes).map_err(unreadable)?;
            tables.push(Table::of(Document::new(&name, table::decoded(bytes))?)?);
        }
        let tables = Table::together(tables);
        let is_one = tables.len() == 1;
        let named = tables.into_iter().map(|table| match is_one {
            true => (name.to_owned(), table),
            false => (table.name().to_owned(), table),
        });
        Ok(Opened::Tables(named.collect()))
    }
}

impl Source {
    /// What to call it in a message.
    pub fn name(&self) -> &str {
        match self {
            Source::Embedded => "the built-in catalog",
            Source::Held(document) => document.name(),
            Source::File(file) => file.name(),
        }
    }

    /// What shows how far the reading of it is, where that may take long.
    pub fn meter(&self) -> Option<Arc<Meter>> {
        match self {
            Source::File(file) => Some(Arc::clone(file.meter())),
            Source::Embedded | Source::Held(_) => None,
        }
    }

    /// Whether it is the catalog that is part of the program.
    pub fn is_embedded(&self) -> bool {
        matches!(self, Source::Embedded)
    }

    /// Everything in it, held whole.
    ///
    /// # Errors
    /// When it cannot be read, or is not UTF-8.
    pub fn document(&self) -> Result<Cow<'_, Document>, Error> {
        match self {
            Source::Embedded => Ok(Cow::Owned(Document::embedded())),
            Source::Held(document) => Ok(Cow::Borrowed(document)),
            Source::File(file) => file.document().map(Cow::Owned),
        }
    }

    /// Adds the texts of the models to parts, on every core where they are many; of the embedded
    /// models only those of `among`, if it is given. The parts go to `take` in their order.
    ///
    /// # Errors
    /// The first of the source's and of `add`.
    pub(super) fn scan<P: Send>(
        &self,
        (number, among): (usize, Option<&BTreeSet<usize>>),
        begin: impl Fn() -> P + Sync,
        add: impl Fn(&mut P, RecordText<'_>) -> Result<(), Error> + Sync,
        mut take: impl FnMut(P),
    ) -> Result<(), Error> {
        let add_json = |part: &mut P, start: u64, json: &str| match json {
            // `null` is missing here, too.
            "null" => Ok(()),
            json => add(
                part,
                RecordText::Json {
                    source: number,
                    start,
                    json: Cow::Borrowed(json),
                    mended: OnceCell::new(),
                },
            ),
        };
        let mut part = begin();
        match self {
            Source::Embedded => {
                let mut add = |model| add(&mut part, RecordText::Embedded(model));
                match among {
                    Some(among) => among.iter().copied().try_for_each(&mut add)?,
                    None => (0..embedded::count()).try_for_each(&mut add)?,
                }
            }
            Source::Held(document) => {
                let mut added = Ok(());
                document.entries(&mut |list, json| {
                    if list == MODELS && added.is_ok() {
                        added = add_json(&mut part, document.offset(json) as u64, json);
                    }
                })?;
                added?;
            }
            Source::File(file) => return file.scan(begin, add_json, take),
        }
        take(part);
        Ok(())
    }

    /// Reads these keys of a model's text into a model, or of other JSON in its place.
    ///
    /// # Errors
    /// When it is no model.
    pub(super) fn read<'r>(
        &self,
        text: &'r RecordText<'_>,
        json: Option<&'r str>,
        keys: Keys,
        model: &mut Model<'r>,
    ) -> Result<(), Error> {
        let read = match (text, json) {
            (RecordText::Embedded(number), _) => embedded::read(*number, keys, model),
            (RecordText::Json { json: own, .. }, json) => {
                let json = json.unwrap_or(own);
                let mut deserializer = serde_json::Deserializer::from_str(json);
                let read = ModelReader(keys).onto(model, &mut deserializer);
                let read = read.and_then(|()| deserializer.end());
                read.and_then(|()| check_surrogates(json))
            }
        };
        read.map_err(|error| {
            let (inner, what) = Position::of_json_error(&error);
            match self.position(text.start()) {
                Ok(start) => self.broken(start.then(inner), what),
                Err(error) => error,
            }
        })
    }

    /// What it says of itself.
    pub fn about(&self) -> Option<About> {
        match self {
            Source::Embedded => serde_json::from_str(embedded::section(ABOUT)).ok(),
            Source::Held(document) if document.origin().is_some() => document.origin()?.about(),
            Source::Held(document) => {
                let mut about = None;
                let read = document.section(ABOUT, |read| about = Some(read));
                read.ok().and(about)
            }
            Source::File(_) => None,
        }
    }

    /// Reads one of the lists or objects of a catalog; a source of models alone has none.
    ///
    /// # Errors
    /// When it is broken.
    pub fn section<'c, T: Deserialize<'c>>(
        &'c self,
        name: &str,
        take: impl FnMut(T),
    ) -> Result<(), Error> {
        match self {
            Source::Embedded => {
                let entries = serde_json::from_str::<Vec<T>>(embedded::section(name));
                entries
                    .map(|entries| entries.into_iter().for_each(take))
                    .map_err(|error| Error::Catalog(format!("{}: {error}", self.name())))
            }
            Source::Held(document) => document.section(name, take),
            Source::File(_) => Ok(()),
        }
    }

    /// An error about a whole record.
    pub(super) fn broken_at(&self, text: &RecordText<'_>, what: String) -> Error {
        match self.position(text.start()) {
            Ok(position) => self.broken(position, what),
            Err(error) => error,
        }
    }

    fn broken(&self, place: Position, what: String) -> Error {
        Error::Broken {
            source: self.name().to_owned(),
            place,
            what,
        }
    }

    /// The position of a byte.
    ///
    /// # Errors
    /// When it cannot be read any more.
    pub fn position(&self, at: u64) -> Result<Position, Error> {
        match self {
            Source::Embedded => Ok(Position::of(EMBEDDED, at as usize)),
            Source::Held(document) => Ok(document.position(at as usize)),
            Source::File(file) => file.position(at),
        }
    }

    /// The file of a byte, and the position in it.
    pub(super) fn place(&self, at: u64) -> Result<(String, Position), Error> {
        let (name, position) = match self {
            Source::Held(document) => document.place(at as usize),
            Source::Embedded | Source::File(_) => (self.name(), self.position(at)?),
        };
        Ok((name.trim_matches('`').to_owned(), position))
    }
}

/// How much of a file is read before it is decided what it is.
const SNIFF_LEN: u64 = 64 * 1024;

/// How files of other kinds begin.
const KINDS: [(&[u8], &str); 10] = [
    (b"{\0", "UTF-16 text"),
    (b"[\0", "UTF-16 text"),
    (b"\0{", "UTF-16 text"),
    (b"\0[", "UTF-16 text"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\x7fELF", "a program"),
    (b"%PDF", "a PDF document"),
];

/// Reads the beginning of a file, and refuses what can be no catalog before more of it is read.
fn read_start(name: &str, file: &mut impl Read, bytes: &mut Vec<u8>) -> Result<(), Error> {
    let read = file.take(SNIFF_LEN).read_to_end(bytes);
    read.map_err(|error| Error::Catalog(format!("{name} cannot be read: {error}")))?;
    match not_a_catalog(bytes) {
        Some(what) => Err(Error::Catalog(format!("{name} is not a catalog: {what}"))),
        None => Ok(()),
    }
}

/// Why a file that begins with these bytes is no catalog.
fn not_a_catalog(bytes: &[u8]) -> Option<String> {
    if table::is_utf16(bytes) {
        return None;
    }
    if let Some((_, kind)) = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(format!("it is {kind}"));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match text.trim_ascii_start().first() {
        Some(b'{' | b'[') => None,
        Some(_) if table::is_delimited(bytes) => None,
        None => (bytes.len() as u64 >= SNIFF_LEN)
            .then(|| "it begins with nothing but blanks".to_owned()),
        Some(0) => Some("it begins with a zero byte".to_owned()),
        Some(byte) if byte.is_ascii_graphic() => Some(format!(
            "it begins with `{}`, not with `{{` or `[`, and its first line has no comma, semicolon or \
             tab",
            char::from(*byte)
        )),
        Some(byte) => Some(format!("it begins with the byte 0x{byte:02x}")),
    }
}

/// Fails for a text with half of a surrogate pair, which no JSON has: the reader skips the values of
/// other keys without looking into their escapes.
fn check_surrogates(json: &str) -> Result<(), serde_json::Error> {
    let has_escape = |escape: &[u8]| memmem::find(json.as_bytes(), escape).is_some();
    match has_escape(br"\ud") || has_escape(br"\uD") {
        true => serde_json::from_str::<serde_json::Value>(json).map(drop),
        false => Ok(()),
    }
}
