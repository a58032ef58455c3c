//! JSON objects one after another, on a line each or laid out over several: where each ends.

use crate::catalog::scan::{COUNTS, in_text};
use memchr::memchr;
use std::ops::Range;

/// Where the values of a text are, without the blanks between them.
///
/// A value that is broken ends with its line, or before the next line that begins another object,
/// so that it takes nothing of the values behind it.
pub(crate) fn values(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (bytes, mut at) = (text.as_bytes(), 0);
    std::iter::from_fn(move || {
        at += blank(&bytes[at..]);
        let start = at;
        if start == bytes.len() {
            return None;
        }
        at += length(&bytes[start..]);
        let value = bytes[start..at].trim_ascii_end();
        Some(start..start + value.len())
    })
}

/// Whether a line is certainly no more than one value: an object from its first byte to its last,
/// and nowhere does one begin right behind another.
pub(crate) fn is_one(line: &str) -> bool {
    let bytes = line.as_bytes();
    if !(bytes.starts_with(b"{") && bytes.ends_with(b"}")) {
        return false;
    }
    let mut at = 0;
    while let Some(found) = memchr(b'}', &bytes[at..]) {
        at += found + 1;
        if bytes[at + blank(&bytes[at..])..].starts_with(b"{") {
            return false;
        }
    }
    true
}

/// How many bytes are blank.
fn blank(bytes: &[u8]) -> usize {
    let mut all = bytes.iter();
    let text = all.position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    text.unwrap_or(bytes.len())
}

/// How long the value is that begins here, with whatever is on its last line and no value.
fn length(bytes: &[u8]) -> usize {
    let end = if bytes.starts_with(b"{") {
        object(bytes)
    } else {
        0
    };
    let line = end + memchr(b'\n', &bytes[end..]).unwrap_or(bytes.len() - end);
    let rest = &bytes[end..line];
    let next = blank(rest);
    match rest[next..].first() {
        Some(b'{') if end > 0 => end,
        _ => line,
    }
}

/// Where the object ends that begins here.
fn object(bytes: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0usize);
    let counts = |byte: &u8| COUNTS[usize::from(*byte)] || *byte == b'\n';
    while let Some(found) = bytes[at..].iter().position(counts) {
        at += found + 1;
        match bytes[at - 1] {
            b'"' => match end_of_text(bytes, at) {
                Ok(end) => at = end,
                Err(end) => return end,
            },
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth == 1 => return at,
            b']' | b'}' => depth -= 1,
            _ if bytes[at..].starts_with(b"{") && !goes_on(depth, &bytes[..at]) => return at - 1,
            _ => {}
        }
    }
    bytes.len()
}

/// Whether an object that begins a line can be a part of the value before it.
fn goes_on(depth: usize, before: &[u8]) -> bool {
    depth > 1 && matches!(before.trim_ascii_end().last(), Some(b'[' | b',' | b':'))
}

/// Where the text ends that began before this byte; the end of its line if it does not.
fn end_of_text(bytes: &[u8], mut at: usize) -> Result<usize, usize> {
    while let Some(found) = in_text(&bytes[at.min(bytes.len())..]) {
        at += found + 1;
        match bytes[at - 1] {
            b'"' => return Ok(at),
            b'\n' => return Err(at - 1),
            // What is escaped ends nothing.
            _ => at += 1,
        }
    }
    Err(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn split(text: &str) -> Vec<&str> {
        values(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn values_end_where_they_end() {
        let pretty = "{\n  \"a\": [\n    {\"b\": \"}{\"}\n  ]\n}";
        assert_eq!(split(&format!("{pretty}\n{pretty}")), [pretty, pretty]);
        assert_eq!(split("{} {\"a\":1}{} "), ["{}", "{\"a\":1}", "{}"]);
        assert_eq!(split("\r\n{}\r\n\r\n{}\r\n"), ["{}", "{}"]);
        assert_eq!(split("{\"a\":[\n{},\n{}\n]}"), ["{\"a\":[\n{},\n{}\n]}"]);
        assert!(split(" \n\t").is_empty());
    }

    #[test]
    fn a_broken_value_takes_nothing_of_the_next() {
        assert_eq!(split("{\"a\":\n{}"), ["{\"a\":", "{}"]);
        assert_eq!(split("{\"a\":\"\n{}"), ["{\"a\":\"", "{}"]);
        assert_eq!(split("{\"a\":[1\n{}"), ["{\"a\":[1", "{}"]);
        assert_eq!(split("{}}\n{}"), ["{}}", "{}"]);
        assert_eq!(split("{} 5 {}\n{}"), ["{} 5 {}", "{}"]);
        assert_eq!(split("null\n{}\nnull {}"), ["null", "{}", "null {}"]);
    }

    proptest! {
        #[test]
        fn objects_are_found_however_they_are_laid_out(
            texts in prop::collection::vec("[a{}\\[\\]\"\\\\\n ]{0,9}", 0..6),
            gaps in prop::collection::vec((any::<bool>(), "[ \n\t]{1,3}"), 6),
        ) {
            let objects = texts.iter().map(|text| serde_json::json!({ "a": [{ "b": text }], "c": text }));
            let objects: Vec<Value> = objects.collect();
            let mut text = String::new();
            for (object, (is_pretty, gap)) in objects.iter().zip(&gaps) {
                text += &match is_pretty {
                    true => format!("{object:#}"),
                    false => object.to_string(),
                };
                text += gap;
            }
            let found = split(&text);
            let read: Vec<Value> = found
                .iter()
                .map(|json| serde_json::from_str(json).expect("an object"))
                .collect();
            prop_assert_eq!(read, objects);
        }

        #[test]
        fn a_line_that_is_one_is_split_into_one(line in "[a{}\" ]{0,12}") {
            let line = format!("{{{line}}}");
            let is_whole = serde_json::from_str::<Value>(&line).is_ok();
            prop_assert!(!is_whole || split(&line) == [&*line]);
            prop_assert!(!is_one(&line) || !is_whole || split(&line).len() == 1);
            let two = format!("{line} {line}");
            prop_assert!(!is_one(&two));
        }
    }
}
