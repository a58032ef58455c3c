//! Segments of a file of lines: each is read by one thread from its first line to its last.

use crate::catalog::parts::{CHUNK, Part, Trouble, fill};
use memchr::{memchr, memrchr};
use std::fs::File;
use std::io;

/// How much of a file one thread reads on its own: what is made of it is put together with the
/// rest once.
const SEGMENT: u64 = 4 * 1024 * 1024;

/// The segments of a file, one after another.
#[derive(Debug)]
pub(crate) struct Segments<'f> {
    file: &'f File,
    /// Where the first line begins.
    first: u64,
    /// Where the next segment begins.
    next: u64,
    /// How long the file is.
    length: u64,
    /// How long a segment is.
    size: u64,
}

/// The lines that begin between two bytes of a file.
#[derive(Debug)]
pub(crate) struct Segment<'f> {
    file: &'f File,
    start: u64,
    end: u64,
    /// Whether the byte before `start` may belong to a line that another segment has.
    is_further: bool,
}

/// Reads a segment part by part, into the same room.
#[derive(Debug)]
pub(crate) struct Lines<'f> {
    file: &'f File,
    /// How much is read at a time.
    chunk: usize,
    end: u64,
    /// Where the room begins in the file, and how much of it is filled.
    start: u64,
    filled: usize,
    room: Vec<u8>,
    /// How much of the room was handed on, and is let go when the next part is asked for.
    handed: usize,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// No line of the segment began yet.
    Before,
    Within,
    Behind,
}

impl<'f> Segments<'f> {
    /// The segments of a file of so many bytes, whose first line begins at this one.
    pub(crate) fn new(file: &'f File, first: u64, length: u64) -> Segments<'f> {
        Segments {
            file,
            first,
            next: first,
            length,
            size: SEGMENT,
        }
    }
}

impl<'f> Iterator for Segments<'f> {
    type Item = Segment<'f>;

    fn next(&mut self) -> Option<Segment<'f>> {
        let start = self.next;
        self.next = start.saturating_add(self.size);
        (start < self.length).then_some(Segment {
            file: self.file,
            start,
            // What was written to the file meanwhile is read with its last lines.
            end: match self.next < self.length {
                true => self.next,
                false => u64::MAX,
            },
            is_further: start > self.first,
        })
    }
}

impl<'f> Segment<'f> {
    /// Its lines, part by part.
    pub(crate) fn lines(&self) -> Lines<'f> {
        self.lines_by(CHUNK)
    }

    fn lines_by(&self, chunk: usize) -> Lines<'f> {
        let (start, state) = match self.is_further {
            // A line begins with the segment if the byte before ends one.
            true => (self.start - 1, State::Before),
            false => (self.start, State::Within),
        };
        Lines {
            file: self.file,
            chunk,
            end: self.end,
            start,
            filled: 0,
            room: Vec::new(),
            handed: 0,
            state,
        }
    }
}

impl Lines<'_> {
    /// The next lines of the segment; none at its end.
    ///
    /// # Errors
    /// When the file cannot be read, or is not UTF-8.
    pub(crate) fn read(&mut self) -> Result<Option<Part<'_>>, Trouble> {
        self.let_go(self.handed);
        self.handed = 0;
        while self.handed == 0 && self.state != State::Behind {
            let mut known = self.filled;
            let is_end = self.more().map_err(Trouble::Unreadable)? == 0;
            if self.state == State::Before {
                self.skip();
                known = 0;
            }
            if self.state == State::Within {
                self.handed = if is_end {
                    self.filled
                } else {
                    self.whole(known)
                };
            }
            if is_end {
                self.state = State::Behind;
            }
        }
        let bytes = &self.room[..self.handed];
        let text = std::str::from_utf8(bytes);
        let text = text.map_err(|error| Trouble::not_utf8(self.start, error))?;
        Ok((!text.is_empty()).then(|| Part::lines(self.start, text)))
    }

    /// Reads on behind what is in the room; how much came.
    fn more(&mut self) -> io::Result<usize> {
        let wanted = self.filled + self.chunk;
        if self.room.len() < wanted {
            self.room.resize(wanted, 0);
        }
        let from = self.start + self.filled as u64;
        let read = fill(self.file, from, &mut self.room[self.filled..wanted])?;
        self.filled += read;
        Ok(read)
    }

    /// Lets go of the bytes before the first line.
    fn skip(&mut self) {
        let newline = memchr(b'\n', &self.room[..self.filled]);
        self.let_go(newline.map_or(self.filled, |newline| newline + 1));
        self.state = match newline {
            _ if self.start >= self.end => State::Behind,
            Some(_) => State::Within,
            None => State::Before,
        };
    }

    /// How many bytes hold whole lines of the segment; before `known` no line ends.
    fn whole(&mut self, known: usize) -> usize {
        // The line that begins before the end is the last, wherever it ends.
        let last = usize::try_from(self.end - self.start).map_or(usize::MAX, |end| end - 1);
        let (filled, from) = (&self.room[..self.filled], known.max(last));
        if let Some(behind) = filled.get(from..)
            && let Some(newline) = memchr(b'\n', behind)
        {
            self.state = State::Behind;
            return from + newline + 1;
        }
        let newline = filled.get(known..).and_then(|new| memrchr(b'\n', new));
        newline.map_or(0, |newline| known + newline + 1)
    }

    /// Lets go of the first bytes of the room.
    fn let_go(&mut self, count: usize) {
        self.room.copy_within(count..self.filled, 0);
        self.filled -= count;
        self.start += count as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    /// The lines of each segment, where segments and chunks are so long.
    fn lines_of(
        mut segments: Segments<'_>,
        (size, chunk): (u64, usize),
    ) -> Vec<Vec<(u64, String)>> {
        segments.size = size;
        let lines = segments.map(|segment| {
            let (mut lines, mut found) = (segment.lines_by(chunk), Vec::new());
            while let Some(part) = lines.read().expect("lines") {
                found.extend(part.records().map(|(at, line)| (at, line.to_owned())));
            }
            found
        });
        lines.collect()
    }

    proptest! {
        #[test]
        fn every_line_is_in_the_segment_in_which_it_begins(
            lines in prop::collection::vec("[a-c]{0,9}", 0..20),
            has_end: bool,
            first in 0usize..4,
            size in 1u64..24,
            chunk in 1usize..9,
        ) {
            let mut text = lines.join("\n");
            text.extend(has_end.then_some('\n'));
            let first = first.min(text.len());
            let mut file = tempfile::tempfile().expect("a file");
            file.write_all(text.as_bytes()).expect("a file");
            let own = crate::catalog::parts::lines(&text[first..]);
            let expected: Vec<(u64, String)> = own
                .map(|range| ((first + range.start) as u64, text[first..][range].to_owned()))
                .collect();
            let segments = Segments::new(&file, first as u64, text.len() as u64);
            let found = lines_of(segments, (size, chunk));
            for (number, lines) in found.iter().enumerate() {
                let start = first as u64 + number as u64 * size;
                for (at, line) in lines {
                    prop_assert!((start..start + size).contains(at), "{} at {}", line, at);
                }
            }
            prop_assert_eq!(found.concat(), expected);
        }
    }
}
