//! Files with a model a line: read in chunks on every core, never held whole.

use crate::catalog::document::Document;
use crate::catalog::parallel::ordered_map;
use crate::catalog::shape::{Shape, values};
use crate::error::{Error, Position};
use memchr::{memchr, memchr_iter, memrchr};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How much of a file one thread reads at a time, up to the end of the last line.
const CHUNK: usize = 1024 * 1024;

/// How much is read at a time to find the end of the last line.
const TAIL: usize = 16 * 1024;

/// A file with a model a line.
#[derive(Debug)]
pub struct LineFile {
    name: String,
    file: File,
    /// In bytes.
    length: u64,
    /// Where the text begins, after a byte order mark.
    start: u64,
    chunk_size: usize,
    meter: Arc<Meter>,
    /// The first byte and the number of the line whose position was asked last.
    last: Mutex<(u64, usize)>,
}

/// The lines that begin in one stretch of a file.
struct Chunk {
    /// Where the first line begins in the file.
    start: u64,
    bytes: Vec<u8>,
}

/// How much of a file has been read.
#[derive(Debug)]
pub struct Meter {
    /// The length of the file in bytes.
    total: u64,
    bytes: AtomicU64,
    records: AtomicU64,
}

/// Where the text begins in a file whose first bytes show that it has a model a line.
pub(crate) fn start_of_lines(bytes: &[u8]) -> Option<u64> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let complete = std::str::from_utf8(&text[..memrchr(b'\n', text)?]).ok()?;
    let mut values = values(complete);
    let are_lines = Shape::of(complete) == Shape::Values
        && lines(complete).all(|line| values.next() == Some(line.start..line.end));
    are_lines.then_some((bytes.len() - text.len()) as u64)
}

/// The lines that are not blank, without their ends.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (bytes, mut at) = (text.as_bytes(), 0);
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let end = memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |length| start + length);
            at = end + 1;
            let line = bytes[start..end].trim_ascii_end();
            if !line.is_empty() {
                return Some(start..start + line.len());
            }
        }
        None
    })
}

impl LineFile {
    /// A file of `length` bytes whose text begins at `start`.
    pub(crate) fn new(name: &str, (file, length): (File, u64), start: u64) -> LineFile {
        LineFile {
            name: name.to_owned(),
            file,
            length,
            start,
            chunk_size: CHUNK,
            meter: Arc::new(Meter {
                total: length,
                bytes: AtomicU64::new(0),
                records: AtomicU64::new(0),
            }),
            last: Mutex::new((start, 1)),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    /// The whole file.
    pub(crate) fn document(&self) -> Result<Document, Error> {
        let (mut bytes, mut file) = (Vec::new(), &self.file);
        let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
        read.map_err(|error| self.unreadable(&error))?;
        Document::new(&self.name, bytes)
    }

    /// Adds the lines, each with the byte at which it begins, to parts: those of a chunk to one, on
    /// one thread. The parts go to `take` in their order, on this thread.
    pub(crate) fn scan<P: Send>(
        &self,
        begin: impl Fn() -> P + Sync,
        add: impl Fn(&mut P, u64, &str) -> Result<(), Error> + Sync,
        mut take: impl FnMut(P),
    ) -> Result<(), Error> {
        let size = self.chunk_size as u64;
        let chunks = self.length.saturating_sub(self.start).div_ceil(size);
        let scan_chunk = |number: usize| {
            let chunk = self.chunk(self.start + number as u64 * size);
            let chunk = chunk.map_err(|error| self.unreadable(&error))?;
            let text = std::str::from_utf8(&chunk.bytes).map_err(|error| {
                let at = chunk.start + error.valid_up_to() as u64;
                self.broken_at(at, "this is not UTF-8")
            })?;
            let (mut part, mut records) = (begin(), 0);
            for line in lines(text) {
                add(&mut part, chunk.start + line.start as u64, &text[line])?;
                records += 1;
            }
            self.meter.add(text.len() as u64, records);
            Ok(part)
        };
        ordered_map(chunks as usize, scan_chunk, |part| {
            take(part);
            Ok(())
        })
    }

    /// The lines that begin in the stretch from `start` on.
    fn chunk(&self, start: u64) -> io::Result<Chunk> {
        // A line begins with the stretch if the byte before it ends one.
        let before = u64::from(start > self.start);
        let from = start - before;
        let mut bytes = vec![0; self.chunk_size + before as usize];
        let length = fill(&self.file, from, &mut bytes)?;
        bytes.truncate(length);
        if before > 0 {
            // A line that begins in the next stretch is read with it.
            let own = &bytes[..length.min(self.chunk_size)];
            let first = memchr(b'\n', own).map_or(length, |newline| newline + 1);
            bytes.drain(..first);
        }
        let start = from + (length - bytes.len()) as u64;
        // The last line ends in a later stretch.
        while !bytes.is_empty() && bytes.last() != Some(&b'\n') {
            let end = bytes.len();
            bytes.resize(end + TAIL.min(self.chunk_size), 0);
            let length = fill(&self.file, start + end as u64, &mut bytes[end..])?;
            let line = memchr(b'\n', &bytes[end..end + length]);
            bytes.truncate(end + line.map_or(length, |newline| newline + 1));
            if length == 0 {
                break;
            }
        }
        Ok(Chunk { start, bytes })
    }

    /// The position of a byte: the file is read again up to it, from the last position on if that is
    /// before it.
    pub(crate) fn position(&self, at: u64) -> Result<Position, Error> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut line_start, mut line) = match last.0 <= at {
            true => *last,
            false => (self.start, 1),
        };
        let mut from = line_start;
        let mut bytes = vec![0; CHUNK.min(at.saturating_sub(from) as usize)];
        while from < at {
            let length = (at - from).min(CHUNK as u64) as usize;
            let read = fill(&self.file, from, &mut bytes[..length]);
            let read = read.map_err(|error| self.unreadable(&error))?;
            if read < length {
                break;
            }
            line += memchr_iter(b'\n', &bytes[..length]).count();
            if let Some(newline) = memrchr(b'\n', &bytes[..length]) {
                line_start = from + newline as u64 + 1;
            }
            from += length as u64;
        }
        *last = (line_start, line);
        let column = (from - line_start) as usize + 1;
        Ok(Position { line, column })
    }

    fn broken_at(&self, at: u64, what: &str) -> Error {
        match self.position(at) {
            Ok(place) => Error::Broken {
                source: self.name.clone(),
                place,
                what: what.to_owned(),
            },
            Err(error) => error,
        }
    }

    fn unreadable(&self, error: &io::Error) -> Error {
        Error::Catalog(format!("{} cannot be read: {error}", self.name))
    }
}

impl Meter {
    fn add(&self, bytes: u64, records: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.records.fetch_add(records, Ordering::Relaxed);
    }

    /// Bytes of the file, bytes read, and records read.
    pub fn read_so_far(&self) -> (u64, u64, u64) {
        let [bytes, records] = [&self.bytes, &self.records].map(|n| n.load(Ordering::Relaxed));
        (self.total, bytes, records)
    }
}

/// Reads from a byte of the file until the buffer is full or the file ends; returns how much.
fn fill(file: &File, from: u64, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match read_at(file, from + filled as u64, &mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Reads at an offset, whichever thread reads elsewhere at the same time.
#[cfg(unix)]
fn read_at(file: &File, from: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, from)
}

/// Reads at an offset, whichever thread reads elsewhere at the same time.
#[cfg(windows)]
fn read_at(file: &File, from: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    proptest! {
        #[test]
        fn every_line_is_read_once(
            text_lines in prop::collection::vec("[a-c]{0,9}", 0..20),
            has_end: bool,
            first in 0usize..4,
            chunk_size in 1usize..24,
        ) {
            let mut text = text_lines.join("\n");
            text.extend(has_end.then_some('\n'));
            let first = first.min(text.len());
            let mut file = tempfile::tempfile().expect("a file");
            file.write_all(text.as_bytes()).expect("a file");
            let expected: Vec<(u64, String)> = lines(&text[first..])
                .map(|range| ((first + range.start) as u64, text[first..][range].to_owned()))
                .collect();
            let mut file = LineFile::new("it", (file, text.len() as u64), first as u64);
            file.chunk_size = chunk_size;
            let add = |found: &mut Vec<(u64, String)>, start, line: &str| {
                found.push((start, line.to_owned()));
                Ok(())
            };
            let mut found = Vec::new();
            file.scan(Vec::new, add, |part| found.extend(part)).expect("lines");
            prop_assert_eq!(found, expected);
        }
    }
}
