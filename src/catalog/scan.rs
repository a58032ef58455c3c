//! Scanning a list: where its entries end, so that it can be read part by part.

use std::ops::Range;

/// How deep JSON may nest; serde_json's own bound where it is read rather than skipped.
pub(crate) const DEPTH: usize = 127;

/// How far the scan of a list came. What the entries are is for their reader to say.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The byte to look at next, counted from the first that is in hand.
    at: usize,
    /// Where the entry begins that is being scanned.
    entry: usize,
    depth: usize,
    in_string: bool,
    /// Where in the list it is.
    place: Place,
    /// What ended it before the list did.
    slip: Option<Slip>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the list.
    #[default]
    Before,
    /// In it, with no entry yet.
    First,
    /// In it, after an entry and its comma.
    Further,
    /// Behind it.
    Behind,
}

/// What is no list, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slip {
    /// The byte, counted from the first that was in hand.
    pub at: usize,
    /// What is wrong.
    pub what: String,
    /// Who knows best where.
    pub known: Known,
}

/// Who knows best where a list is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// The scan: it is between entries.
    Here,
    /// The reader of the entry in which the scan is: something in it is amiss, perhaps long before.
    Inside,
}

/// What ends a text, or the part of it that is plain.
const ENDS: [u8; 3] = [b'"', b'\\', b'\n'];

/// The bytes that begin or end something inside of an entry.
pub(crate) const COUNTS: [bool; 256] = {
    let mut counts = [false; 256];
    counts[b'"' as usize] = true;
    counts[b'[' as usize] = true;
    counts[b']' as usize] = true;
    counts[b'{' as usize] = true;
    counts[b'}' as usize] = true;
    counts
};

/// How many bytes hold whole entries, and where in them the entries stand.
type Entries = (usize, Vec<Range<usize>>);

impl Scan {
    /// Scans what is in hand; the bytes of whole entries are let go, and the next scan begins
    /// behind them. Whatever is no list ends it, behind the entries that stand before that.
    pub(crate) fn more(&mut self, bytes: &[u8]) -> Entries {
        let mut entries = Vec::new();
        while self.at < bytes.len() && self.slip.is_none() {
            let rest = &bytes[self.at..];
            if self.in_string {
                let Some(found) = in_text(rest) else {
                    self.at = bytes.len();
                    break;
                };
                self.at += found + 1;
                match rest[found] {
                    b'"' => self.in_string = false,
                    // A text whose end is missing would swallow the rest of the file.
                    b'\n' => {
                        self.slip = Some(Slip {
                            at: self.at.saturating_sub(2),
                            what:
                                "control character (\\u0000-\\u001F) found while parsing a string"
                                    .to_owned(),
                            known: Known::Inside,
                        });
                    }
                    // What is escaped may come with the next bytes.
                    _ => self.at += 1,
                }
                continue;
            }
            if self.depth > 1 {
                // Inside of an entry only texts and brackets count.
                let found = rest.iter().position(|b| COUNTS[usize::from(*b)]);
                self.at += found.unwrap_or(rest.len());
                if found.is_none() {
                    break;
                }
            }
            match self.step(bytes, &mut entries) {
                Ok(()) => self.at += 1,
                Err(slip) => self.slip = Some(slip),
            }
        }
        let length = self.entry.min(bytes.len());
        self.at -= length;
        self.entry -= length;
        (length, entries)
    }

    /// Scans the last bytes, with which the list must end.
    pub(crate) fn end(&mut self, bytes: &[u8]) -> Entries {
        let (length, entries) = self.more(bytes);
        if self.place == Place::Behind && self.slip.is_none() {
            return (bytes.len(), entries);
        }
        self.slip.get_or_insert_with(|| Slip {
            at: bytes.len().saturating_sub(1),
            what: "EOF while parsing a list".to_owned(),
            known: Known::Inside,
        });
        (length, entries)
    }

    /// What ended it before the list did, once.
    pub(crate) fn slip(&mut self) -> Option<Slip> {
        self.slip.take()
    }

    /// Looks at a byte outside of texts.
    fn step(&mut self, bytes: &[u8], entries: &mut Vec<Range<usize>>) -> Result<(), Slip> {
        let (at, byte) = (self.at, bytes[self.at]);
        let slip = |what: &str| {
            let what = what.to_owned();
            let known = Known::Here;
            Err(Slip { at, what, known })
        };
        match (self.place, byte) {
            (_, b' ' | b'\n' | b'\r' | b'\t') => {}
            (Place::Before, b'[') => {
                (self.place, self.depth, self.entry) = (Place::First, 1, at + 1);
            }
            (Place::Before, _) => return slip("expected a list"),
            (Place::Behind, _) => return slip("trailing characters"),
            (_, b'"') => self.in_string = true,
            (_, b'[' | b'{') if self.depth >= DEPTH => {
                return slip(&format!("this nests deeper than {DEPTH} levels"));
            }
            (_, b'[' | b'{') => self.depth += 1,
            (place, b',' | b']') if self.depth == 1 => {
                let entry = trimmed(bytes, self.entry..at);
                match (entry.is_empty(), byte, place) {
                    (false, ..) => entries.push(entry),
                    (true, b']', Place::First) => {}
                    (true, b']', _) => return slip("trailing comma"),
                    (true, ..) => return slip("expected value"),
                }
                self.place = match byte {
                    b',' => Place::Further,
                    _ => Place::Behind,
                };
                self.entry = at + 1;
            }
            (_, b'}') if self.depth == 1 => {
                return match trimmed(bytes, self.entry..at).is_empty() {
                    true => slip("expected value"),
                    false => slip("expected `,` or `]`"),
                };
            }
            (_, b']' | b'}') => self.depth -= 1,
            _ => {}
        }
        Ok(())
    }
}

/// The first byte that means something inside of a text: a quote, a backslash, an end of line.
///
/// Texts are short: eight bytes at once are faster than a search that sets out for each text. A
/// byte of a word is zero where taking one from it borrows, its own high bit unset (Mycroft 1987).
pub(crate) fn in_text(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGH: u64 = ONES << 7;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let (words, rest) = bytes.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = ENDS.map(|byte| zero(word ^ (ONES * u64::from(byte))));
        let found = found[0] | found[1] | found[2];
        if found != 0 {
            return Some(number * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let found = rest.iter().position(|byte| ENDS.contains(byte));
    found.map(|found| words.len() * 8 + found)
}

fn trimmed(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let text = &bytes[range.clone()];
    let start = range.start + (text.len() - text.trim_ascii_start().len());
    start..start + text.trim_ascii().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The entries of a list that comes in pieces of some bytes.
    fn scanned(text: &str, piece: usize) -> Result<Vec<String>, Slip> {
        let (mut scan, mut rest, mut found) = (Scan::default(), Vec::new(), Vec::new());
        let mut keep = |rest: &mut Vec<u8>, (length, entries): Entries| {
            found.extend(
                entries
                    .into_iter()
                    .map(|e| String::from_utf8_lossy(&rest[e]).into_owned()),
            );
            rest.drain(..length);
        };
        for bytes in text.as_bytes().chunks(piece) {
            rest.extend_from_slice(bytes);
            let entries = scan.more(&rest);
            if let Some(slip) = scan.slip() {
                return Err(slip);
            }
            keep(&mut rest, entries);
        }
        let entries = scan.end(&rest);
        keep(&mut rest, entries);
        scan.slip().map_or(Ok(found), Err)
    }

    #[test]
    fn entries_are_found_in_pieces_of_any_size() {
        let text = r#" [ {"a":"],[\"}","b":[1,{}]} , 7,"\\" ,[] ]  "#;
        for piece in 1..text.len() {
            let entries = scanned(text, piece).expect("a list");
            let expected = [r#"{"a":"],[\"}","b":[1,{}]}"#, "7", r#""\\""#, "[]"];
            assert_eq!(entries, expected, "in pieces of {piece}");
        }
        assert_eq!(scanned(" [ ]", 3), Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn texts_end_where_a_look_at_each_byte_finds(bytes in "[a-c\"\\\\\n\u{80}-\u{ff}!#\u{1}]{0,40}") {
            let found = bytes.bytes().position(|byte| ENDS.contains(&byte));
            prop_assert_eq!(in_text(bytes.as_bytes()), found);
        }
    }

    #[test]
    fn what_is_no_list_is_told_at_its_byte() {
        let told = |text: &str| scanned(text, text.len()).expect_err("a mistake");
        assert_eq!(told("[1,]").what, "trailing comma");
        assert_eq!(
            (told("[1] 2").at, &*told("[1] 2").what),
            (4, "trailing characters")
        );
        assert_eq!(told("[1,,2]").what, "expected value");
        assert_eq!(told(r#"[{"a":1}"#).what, "EOF while parsing a list");
        let deep = format!("[{}", "[".repeat(DEPTH + 1));
        assert_eq!(told(&deep).at, DEPTH);
    }
}
