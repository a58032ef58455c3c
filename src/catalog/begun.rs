//! The beginning of a file: what can be no catalog is refused before more of it is read.

use crate::catalog::stored::{GLANCE, text};
use crate::error::Error;
use crate::error::Position;
use memchr::memchr;
use std::io::Read;

/// What was read of a file so far.
#[derive(Debug)]
pub(crate) struct Begun<'n> {
    /// What to call it in a message.
    name: &'n str,
    /// Its first bytes: UTF-8 without a zero byte, perhaps up to the middle of a letter.
    pub bytes: Vec<u8>,
    /// How many of them are known to be right.
    seen: usize,
}

/// How files begin that are known by it, and what they are.
const KINDS: [(&[u8], &str); 12] = [
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
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

impl<'n> Begun<'n> {
    /// Nothing of the file that messages call so.
    pub(crate) fn new(name: &'n str) -> Begun<'n> {
        Begun {
            name,
            bytes: Vec::new(),
            seen: 0,
        }
    }

    /// Reads on, as much again each time, so that a long line is not gone through too often;
    /// whether more came.
    ///
    /// # Errors
    /// When it cannot be read, or no catalog has these bytes.
    pub(crate) fn read(&mut self, file: &mut impl Read) -> Result<bool, Error> {
        let more = GLANCE.max(self.bytes.len() as u64);
        let read = file.take(more).read_to_end(&mut self.bytes);
        let read =
            read.map_err(|error| Error::Catalog(format!("{} cannot be read: {error}", self.name)))?;
        self.check(read == 0)?;
        Ok(read > 0)
    }

    /// Reads on to the end.
    ///
    /// # Errors
    /// When it cannot be read, or no catalog has these bytes.
    pub(crate) fn read_all(&mut self, file: &mut impl Read) -> Result<(), Error> {
        while self.read(file)? {}
        Ok(())
    }

    /// Looks at what came last.
    fn check(&mut self, is_end: bool) -> Result<(), Error> {
        if self.seen == 0
            && let Some(what) = self.beginning()
        {
            let what = format!("{} is not a catalog: {what}", self.name);
            return Err(Error::Catalog(what));
        }
        let new = &self.bytes[self.seen..];
        let (end, wrong) = match std::str::from_utf8(new) {
            Ok(_) => (new.len(), None),
            // A letter may go on with the next bytes.
            Err(error) => (
                error.valid_up_to(),
                (is_end || error.error_len().is_some()).then_some("this is not UTF-8"),
            ),
        };
        let zero = memchr(0, &new[..end]).map(|at| (at, "this is a zero byte"));
        self.seen += end;
        match zero.or(wrong.map(|what| (end, what))) {
            None => Ok(()),
            Some((at, what)) => {
                let at = self.seen - end + at;
                let before = String::from_utf8_lossy(&self.bytes[..at]);
                Err(Error::Broken {
                    source: self.name.to_owned(),
                    place: Position::of(&before, before.len()),
                    what: what.to_owned(),
                })
            }
        }
    }

    /// What begins otherwise than a catalog.
    fn beginning(&self) -> Option<String> {
        let known = KINDS
            .iter()
            .find(|(magic, _)| self.bytes.starts_with(magic));
        if let Some((_, kind)) = known {
            return Some(format!("it is {kind}"));
        }
        match text(&self.bytes).trim_ascii_start().first() {
            Some(b'{' | b'[') => None,
            None => (self.bytes.len() as u64 >= GLANCE)
                .then(|| "it begins with nothing but blanks".to_owned()),
            Some(0) => Some("it begins with a zero byte".to_owned()),
            Some(byte) if byte.is_ascii_graphic() => Some(format!(
                "it begins with `{}`, not with `{{` or `[`",
                char::from(*byte)
            )),
            Some(byte) => Some(format!("it begins with the byte 0x{byte:02x}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_comes_in_pieces_is_judged_as_what_comes_at_once(
            text in "[{\\[](\u{e9}|\u{1f426}|a|\n){0,30}",
            other in prop::option::of((0usize..40, prop::sample::select(vec![0u8, 0xe9, 0xff]))),
            piece in 4usize..9,
        ) {
            let mut bytes = text.into_bytes();
            if let Some((at, byte)) = other {
                let at = 1 + at % bytes.len();
                bytes.insert(at, byte);
            }
            let whole = {
                let mut begun = Begun::new("it");
                begun.read_all(&mut &bytes[..]).map(|()| begun.bytes)
            };
            let mut begun = Begun::new("it");
            let mut pieces = bytes.chunks(piece);
            let by_pieces = pieces.try_for_each(|piece| {
                begun.bytes.extend(piece);
                begun.check(false)
            });
            let by_pieces = by_pieces.and_then(|()| begun.check(true)).map(|()| begun.bytes);
            let told = |read: Result<Vec<u8>, Error>| read.map_err(|error| error.to_string());
            prop_assert_eq!(told(by_pieces), told(whole));
        }
    }
}
