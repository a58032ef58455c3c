//! A file of models alone, however many: it is read part by part, and never held.

use crate::catalog::document::Document;
use crate::catalog::gather::{Gather, gather};
use crate::catalog::meter::Meter;
use crate::catalog::parts::{Part, Parts, Trouble, stretch};
use crate::catalog::segments::{Segment, Segments};
use crate::catalog::shape::Shape;
use crate::catalog::values::values;
use crate::error::Error;
use crate::error::Position;
use memchr::{memchr, memchr_iter, memrchr};
use std::fs::File;
use std::io::{Read, Seek};
use std::ops::Range;
use std::sync::Arc;

/// A file of models that stays where it is.
#[derive(Debug)]
pub struct Stored {
    name: String,
    file: File,
    /// How long it is, in bytes.
    length: u64,
    /// Where the text begins, behind a byte order mark.
    start: u64,
    order: Order,
    meter: Arc<Meter>,
}

/// How the models of a file stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// In one list.
    List,
    /// One a line.
    Lines,
}

/// How much of a file is looked at to tell what it is.
pub(crate) const GLANCE: u64 = 64 * 1024;
/// The most that is looked at, where the first line is long.
pub(crate) const STARE: usize = 16 * 1024 * 1024;

impl Stored {
    /// A file of so many bytes, as [`Stored::told`] tells where its text begins and in which order.
    pub fn new(name: &str, (file, length): (File, u64), (start, order): (u64, Order)) -> Stored {
        Stored {
            name: name.to_owned(),
            file,
            length,
            start,
            order,
            meter: Arc::new(Meter::new(length)),
        }
    }

    /// Whether the beginning of a file says too little: it is no list, and its first line goes on.
    pub fn is_open(bytes: &[u8]) -> bool {
        !is_list(text(bytes)) && memchr(b'\n', bytes).is_none()
    }

    /// What the beginning of a file shows: where the text begins, and in which order it has models;
    /// nothing where it may be something else.
    pub fn told(bytes: &[u8]) -> Option<(u64, Order)> {
        let text = text(bytes);
        let start = (bytes.len() - text.len()) as u64;
        if is_list(text) {
            return Some((start, Order::List));
        }
        // What is cut off in the middle says nothing.
        let whole = &text[..memrchr(b'\n', text)?];
        let whole = std::str::from_utf8(whole).ok()?;
        let is_line = |value: Range<usize>| !whole[value].contains('\n');
        let is_lines = Shape::of(whole) == Shape::Values && values(whole).all(is_line);
        is_lines.then_some((start, Order::Lines))
    }

    /// What to call it in a message.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What shows how far the reading of it is.
    pub fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    /// Everything in it, held.
    ///
    /// # Errors
    /// When it cannot be read, or is not UTF-8 or nested too deeply.
    pub fn document(&self) -> Result<Document, Error> {
        let (mut bytes, mut file) = (Vec::new(), &self.file);
        let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
        read.map_err(|error| self.unreadable(&error))?;
        Document::new(&self.name, bytes)
    }

    /// Makes something of its parts, on every core: `add` adds a part, and tells how many records
    /// it has; nothing of a file without parts.
    ///
    /// # Errors
    /// The first of the file's and of `add`.
    pub fn gather<G: Gather>(
        &self,
        make: &(impl Fn() -> G + Sync),
        add: &(impl Fn(&mut G, &Part<'_>) -> Result<u64, Error> + Sync),
    ) -> Result<Option<G>, Error> {
        let trouble = |trouble| self.trouble(trouble);
        let add = |made: &mut G, part: &Part<'_>| {
            self.meter.add(part.length(), add(made, part)?);
            Ok(())
        };
        match self.order {
            Order::List => {
                let parts = Parts::new(&self.file, self.start);
                let mut parts = parts.map_err(|error| self.unreadable(&error))?;
                let next = || parts.read().map_err(trouble);
                gather(next, |part: Part<'_>| {
                    let mut made = make();
                    add(&mut made, &part).map(|()| made)
                })
            }
            Order::Lines => {
                let mut segments = Segments::new(&self.file, self.start, self.length);
                let next = || Ok(segments.next());
                gather(next, |segment: Segment<'_>| {
                    let (mut made, mut lines) = (make(), segment.lines());
                    while let Some(part) = lines.read().map_err(trouble)? {
                        add(&mut made, &part)?;
                    }
                    Ok(made)
                })
            }
        }
    }

    /// So many bytes of its text from this one on.
    ///
    /// # Errors
    /// When they cannot be read any more.
    pub fn text(&self, start: u64, length: usize) -> Result<String, Error> {
        let bytes = stretch(&self.file, start, length);
        let bytes = bytes.map_err(|error| self.unreadable(&error))?;
        let changed = |_| Error::Catalog(format!("{} has changed meanwhile", self.name));
        String::from_utf8(bytes).map_err(changed)
    }

    /// The position of a byte: the file is read again for it, from its beginning.
    ///
    /// # Errors
    /// When it cannot be read any more.
    pub fn position(&self, at: u64) -> Result<Position, Error> {
        let (mut line, mut column, mut from) = (1, 1, self.start);
        while from < at {
            let length = (at - from).min(GLANCE) as usize;
            let bytes = stretch(&self.file, from, length);
            let bytes = bytes.map_err(|error| self.unreadable(&error))?;
            line += memchr_iter(b'\n', &bytes).count();
            column = match memrchr(b'\n', &bytes) {
                Some(newline) => length - newline,
                None => column + length,
            };
            from += length as u64;
        }
        Ok(Position { line, column })
    }

    fn trouble(&self, trouble: Trouble) -> Error {
        let (at, (told, what)) = match trouble {
            Trouble::Unreadable(error) => return self.unreadable(&error),
            Trouble::At(at, what) => (at, (Position::FIRST, what)),
            Trouble::In(at, error) => (at, Position::told(&error)),
        };
        match self.position(at) {
            Ok(begins) => Error::Broken {
                source: self.name.clone(),
                place: begins.then(told),
                what,
            },
            Err(error) => error,
        }
    }

    fn unreadable(&self, error: &std::io::Error) -> Error {
        Error::Catalog(format!("{} cannot be read: {error}", self.name))
    }
}

fn is_list(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(b"[")
}

/// The text behind a byte order mark.
pub(crate) fn text(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}
