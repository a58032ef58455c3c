//! Parts of a source: stretches of text that hold whole records.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::str::Utf8Error;

use memchr::memchr;

use crate::scan::{Scan, Slip};

/// How much of a file is read at a time.
pub const CHUNK: usize = 256 * 1024;

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
pub struct Parts<'f> {
    file: &'f File,
    /// Where the bytes in hand begin in the file.
    start: u64,
    /// What was read and has not been handed on.
    rest: Vec<u8>,
    /// How it is cut.
    scan: Scan,
    done: bool,
}

/// What can be wrong with a file before any record is read.
#[derive(Debug)]
pub enum Trouble {
    /// It cannot be read.
    Unreadable(io::Error),
    /// At this byte, this.
    At(u64, String),
}

impl Trouble {
    /// A text that begins at this byte of the file and is no UTF-8.
    pub fn not_utf8(start: u64, error: Utf8Error) -> Trouble {
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
            None => Box::new(lines(&self.text).map(at)),
        }
    }
}

/// The lines that are not blank, without what ends them.
pub fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
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

impl<'f> Parts<'f> {
    /// The parts of a file from this byte on.
    ///
    /// # Errors
    /// When the file cannot be read again from there.
    pub fn new(mut file: &'f File, start: u64) -> io::Result<Parts<'f>> {
        file.seek(SeekFrom::Start(start))?;
        Ok(Parts {
            file,
            start,
            rest: Vec::new(),
            scan: Scan::default(),
            done: false,
        })
    }

    /// The next part that holds a record; none at the end.
    ///
    /// # Errors
    /// When the file cannot be read, is not UTF-8 or no list.
    pub fn read(&mut self) -> Result<Option<Part<'static>>, Trouble> {
        while !self.done {
            self.done = self.more().map_err(Trouble::Unreadable)? == 0;
            let scanned = match self.done {
                true => self.scan.end(&self.rest),
                false => self.scan.more(&self.rest),
            };
            let slip = |Slip { at, what }| Trouble::At(self.start + at as u64, what);
            let (length, records) = scanned.map_err(slip)?;
            if length == 0 {
                continue;
            }
            let kept = self.rest.split_off(length);
            let bytes = std::mem::replace(&mut self.rest, kept);
            let start = self.start;
            self.start += length as u64;
            let text = String::from_utf8(bytes)
                .map_err(|error| Trouble::not_utf8(start, error.utf8_error()))?;
            return Ok(Some(Part {
                start,
                text: Cow::Owned(text),
                records: Some(records),
            }));
        }
        Ok(None)
    }

    /// Reads on where the last reading ended; how much came.
    fn more(&mut self) -> io::Result<usize> {
        self.rest.reserve(CHUNK);
        self.file.take(CHUNK as u64).read_to_end(&mut self.rest)
    }
}

/// Reads a stretch of the file.
pub fn stretch(file: &File, from: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    match fill(file, from, &mut bytes)? {
        read if read == length => Ok(bytes),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Reads from a byte of the file until nothing is left of it or of the room; how much came.
pub fn fill(file: &File, from: u64, room: &mut [u8]) -> io::Result<usize> {
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
