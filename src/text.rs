//! Text for terminals: width, wrapping, control characters.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ffi::OsStr;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Replaces characters that could move the cursor, color, reorder or break a line of a terminal.
pub fn printable(text: &str) -> Cow<'_, str> {
    replaced(text, is_control)
}

/// The same for text of several lines: keeps line breaks and tabs.
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    replaced(text, |c| is_control(c) && !matches!(c, '\n' | '\t'))
}

fn replaced(text: &str, unsafe_for_screens: impl Fn(char) -> bool + Copy) -> Cow<'_, str> {
    match text.contains(unsafe_for_screens) {
        true => Cow::Owned(text.replace(unsafe_for_screens, "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}

/// The text with its first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Several words as a sentence names them: `a`, `b` or `c`, each in backticks.
pub fn quoted<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The first of several words in a sentence: `a, b and 2 more`.
pub fn first_few<'w>(words: impl IntoIterator<Item = &'w str>, most: usize) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let first = words[..words.len().min(most)].join(", ");
    match words.len().saturating_sub(most) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// The width of a text in terminal columns.
pub fn width(text: &str) -> usize {
    // Looking up each character takes many times as long.
    match text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        true => text.len(),
        false => text.width(),
    }
}

/// The text in at most `width` columns, with `…` at the end if it was cut.
pub fn cut(text: &str, width: usize) -> String {
    if self::width(text) <= width {
        return text.to_owned();
    }
    let (mut kept, mut used) = (String::new(), 0);
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used + 1 > width {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept + "…"
}

/// Wraps a text between words to `room` columns, and indents every line but the first.
pub fn wrapped(text: &str, indent: usize, room: usize) -> String {
    // If almost no room is left, lines wrapped by the terminal are more readable.
    let room = room.saturating_sub(indent);
    if room < 20 {
        return text.to_owned();
    }
    let (mut lines, mut used) = (String::new(), 0);
    for word in text.split(' ') {
        let width = word.width();
        if used > 0 && used + 1 + width > room {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
            used = 0;
        } else if used > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += width;
    }
    lines
}

/// Whether this is a control character, changes the writing direction, breaks the line, or is a
/// noncharacter.
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Words without regard to case, then with it, so that the order is total.
pub fn by_letters(a: &str, b: &str) -> Ordering {
    let [x, y] = [a, b].map(|text| text.chars().flat_map(char::to_lowercase));
    x.cmp(y).then_with(|| a.cmp(b))
}

/// The names of the small Greek letters, in the order of their code points.
const GREEK: &str = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi \
                     omicron pi rho sigma sigma tau upsilon phi chi psi omega";

/// The small Greek letters and their names.
pub(crate) fn greek_letters() -> impl Iterator<Item = (char, &'static str)> {
    ('α'..).zip(GREEK.split(' '))
}

/// A small Greek letter's name, as people type it in a model's.
pub(crate) fn greek(c: char) -> Option<&'static str> {
    let place = u32::from(c).checked_sub(u32::from('α'))?;
    GREEK.split(' ').nth(place as usize)
}

/// A word as a shell takes it, in letters, digits and the signs of ASCII; other bytes as in `$'\x1b'`.
pub fn shell_word(word: &OsStr) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-._+/,=:%@".contains(c);
    let is_quotable = |c: char| c.is_alphanumeric() || c == ' ' || c.is_ascii_punctuation();
    match word.to_str() {
        Some(text) if !text.is_empty() && text.chars().all(is_plain) => text.to_owned(),
        Some(text) if text.chars().all(is_quotable) => {
            format!("'{}'", text.replace('\'', r"'\''"))
        }
        _ => {
            let bytes = word.as_encoded_bytes().iter();
            let escaped = bytes.map(|byte| match byte {
                b'\'' | b'\\' => format!("\\{}", char::from(*byte)),
                b' '..=b'~' => char::from(*byte).to_string(),
                byte => format!("\\x{byte:02x}"),
            });
            format!("$'{}'", escaped.collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}"), "a\u{fffd}[31mb\u{fffd}");
        assert_eq!(printable("PanGu-α"), "PanGu-α");
    }

    #[test]
    fn text_is_cut_to_terminal_columns() {
        assert_eq!(cut("language", 8), "language");
        assert_eq!(cut("language", 7), "langua…");
        assert_eq!(cut("紫东太初", 5), "紫东…");
        assert_eq!(cut("a b", 2), "a…");
    }

    #[test]
    fn text_wraps_between_words_only() {
        let text = wrapped("one two three four five", 2, 24);
        assert_eq!(text, "one two three four\n  five");
        let address = format!("https://example.org/{}", "x".repeat(40));
        assert_eq!(wrapped(&address, 2, 30), address);
    }

    #[test]
    fn the_first_words_are_named_and_the_rest_counted() {
        assert_eq!(first_few(["a", "b"], 2), "a, b");
        assert_eq!(first_few(["a", "b", "c", "d"], 2), "a, b and 2 more");
    }

    #[test]
    fn words_are_named_in_backticks() {
        assert_eq!(quoted(["a"]), "`a`");
        assert_eq!(quoted(["a", "b", "c"]), "`a`, `b` or `c`");
    }

    #[test]
    fn words_are_quoted_for_a_shell() {
        for (word, expected) in [
            ("--by", "--by"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("", "''"),
            ("a\nb", r"$'a\x0ab'"),
            ("\u{1b}[31m", r"$'\x1b[31m'"),
            ("α", "α"),
            ("\u{202e}", r"$'\xe2\x80\xae'"),
        ] {
            assert_eq!(shell_word(word.as_ref()), expected);
        }
    }
}
