//! Parts of a source: stretches of text that hold whole records.

use crate::catalog::scan::{Known, Scan, Slip};
use crate::catalog::values::{is_one, values};
use memchr::memchr;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::str::Utf8Error;

/// How much of a file is read at a time.
pub(crate) const CHUNK: usize = 256 * 1024;

/// How long an entry is that is looked into before its end came.
const PATIENCE: usize = 4 * 1024 * 1024;

/// A stretch of a source, cut where records end.
#[derive(Debug)]
pub struct Part<'s> {
    /// Where it begins in the source, in bytes.
    pub start: u64,
    text: Cow<'s, str>,
    /// Where its records stand; one a line if nobody says.
    records: Option<Vec<Range<usize>>>,
}

/// The parts of a file that is one list, read one after another.
pub(crate) struct Parts<'f> {
    file: &'f File,
    /// Where the bytes in hand begin in the file.
    start: u64,
    /// What was read and has not been handed on.
    rest: Vec<u8>,
    /// How it is cut.
    scan: Scan,
    /// How long an entry may be before it is looked into although its end has not come.
    patience: usize,
    /// What ends the reading when the records before it are handed on.
    trouble: Option<Trouble>,
    done: bool,
}

/// What can be wrong with a file before any record is read.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// It cannot be read.
    Unreadable(io::Error),
    /// At this byte, this.
    At(u64, String),
    /// In the entry that begins at this byte, this.
    In(u64, serde_json::Error),
}

impl Trouble {
    /// A text that begins at this byte of the file and is no UTF-8.
    pub(crate) fn not_utf8(start: u64, error: Utf8Error) -> Trouble {
        let at = start + error.valid_up_to() as u64;
        Trouble::At(at, "this is not UTF-8".to_owned())
    }
}

impl<'s> Part<'s> {
    /// A text with a record a line.
    pub fn lines(start: u64, text: &'s str) -> Part<'s> {
        Part {
            start,
            text: Cow::Borrowed(text),
            records: None,
        }
    }

    /// A text whose records stand at these places.
    pub fn records_at(text: &'s str, records: Vec<Range<usize>>) -> Part<'s> {
        Part {
            start: 0,
            text: Cow::Borrowed(text),
            records: Some(records),
        }
    }

    /// How long its text is, in bytes.
    pub fn length(&self) -> u64 {
        self.text.len() as u64
    }

    /// Its records, each with the byte of the source at which it begins.
    pub fn records(&self) -> Box<dyn Iterator<Item = (u64, &str)> + '_> {
        let at = |range: Range<usize>| (self.start + range.start as u64, &self.text[range]);
        match &self.records {
            Some(records) => Box::new(records.iter().cloned().map(at)),
            None => Box::new(
                lines(&self.text)
                    .flat_map(|line| one_or_more(&self.text, line))
                    .map(at),
            ),
        }
    }
}

/// The lines that are not blank, without what ends them.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (bytes, mut at) = (text.as_bytes(), 0);
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let length = memchr(b'\n', &bytes[start..]).unwrap_or(bytes.len() - start);
            at = start + length + 1;
            let line = &bytes[start..start + length];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.trim_ascii_start().is_empty() {
                return Some(start..start + line.len());
            }
        }
        None
    })
}

/// The values of a line: one, unless another begins on it.
fn one_or_more(text: &str, line: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let is_one = is_one(&text[line.clone()]);
    let start = line.start;
    let several = (!is_one).then(|| values(&text[line.clone()]));
    let several = several.into_iter().flatten();
    let several = several.map(move |value| start + value.start..start + value.end);
    is_one.then_some(line).into_iter().chain(several)
}

impl<'f> Parts<'f> {
    /// The parts of a file from this byte on.
    ///
    /// # Errors
    /// When the file cannot be read again from there.
    pub(crate) fn new(mut file: &'f File, start: u64) -> io::Result<Parts<'f>> {
        file.seek(SeekFrom::Start(start))?;
        Ok(Parts {
            file,
            start,
            rest: Vec::new(),
            scan: Scan::default(),
            patience: PATIENCE,
            trouble: None,
            done: false,
        })
    }

    /// The next part that holds a record; none at the end.
    ///
    /// # Errors
    /// When the file cannot be read, is not UTF-8 or no list.
    pub(crate) fn read(&mut self) -> Result<Option<Part<'static>>, Trouble> {
        while !self.done {
            self.done = self.more().map_err(Trouble::Unreadable)? == 0;
            let (length, records) = match self.done {
                true => self.scan.end(&self.rest),
                false => self.scan.more(&self.rest),
            };
            let slip = self.scan.slip();
            let trouble = match slip {
                Some(slip) => Some(self.told(slip, length)),
                None => self.looked_into(length),
            };
            self.done |= trouble.is_some();
            self.trouble = trouble;
            if records.is_empty() {
                self.let_go(length);
                continue;
            }
            let (start, bytes) = (self.start, self.let_go(length));
            let text = String::from_utf8(bytes)
                .map_err(|error| Trouble::not_utf8(start, error.utf8_error()))?;
            return Ok(Some(Part {
                start,
                text: Cow::Owned(text),
                records: Some(records),
            }));
        }
        self.trouble.take().map_or(Ok(None), Err)
    }

    /// Lets go of the first bytes in hand.
    fn let_go(&mut self, length: usize) -> Vec<u8> {
        let kept = self.rest.split_off(length);
        self.start += length as u64;
        std::mem::replace(&mut self.rest, kept)
    }

    /// A slip, or what the reader of the entry that begins behind `length` bytes finds before it.
    fn told(&self, slip: Slip, length: usize) -> Trouble {
        let inside = (slip.known == Known::Inside).then(|| self.broken(length));
        match inside.flatten() {
            Some(error) => Trouble::In(self.start + length as u64, error),
            None => Trouble::At(self.start + slip.at as u64, slip.what),
        }
    }

    /// What is amiss in an entry that does not end and is longer than any should be.
    fn looked_into(&mut self, length: usize) -> Option<Trouble> {
        let long = self.rest.len() - length;
        if long < self.patience {
            return None;
        }
        self.patience = long * 2;
        let error = self.broken(length)?;
        Some(Trouble::In(self.start + length as u64, error))
    }

    /// What is amiss in the entry that begins behind `length` bytes, but that it does not end.
    fn broken(&self, length: usize) -> Option<serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_slice(&self.rest[length..]);
        let read = IgnoredAny::deserialize(&mut deserializer);
        read.err().filter(|error| !error.is_eof())
    }

    /// Reads on where the last reading ended; how much came.
    fn more(&mut self) -> io::Result<usize> {
        self.rest.reserve(CHUNK);
        self.file.take(CHUNK as u64).read_to_end(&mut self.rest)
    }
}

/// Reads a stretch of the file.
pub(crate) fn stretch(file: &File, from: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    match fill(file, from, &mut bytes)? {
        read if read == length => Ok(bytes),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Reads from a byte of the file until nothing is left of it or of the room; how much came.
pub(crate) fn fill(file: &File, from: u64, room: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < room.len() {
        match read_at(file, from + filled as u64, &mut room[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Reads wherever other threads read at the same time.
#[cfg(unix)]
fn read_at(file: &File, from: u64, room: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, room, from)
}

/// Reads wherever other threads read at the same time.
#[cfg(windows)]
fn read_at(file: &File, from: u64, room: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, room, from)
}
