//! Names as people type them: compared without case, accents and punctuation, and suggested.
//!
//! Both forms of a name start from `plain` text. [`NormalizedName`] joins it to one word, for keys,
//! chips and vocabularies, where spelling is all that differs. [`Words`] keeps words
//! and numbers apart, for names of models, where `2 7b` is not `27B` and `2.0` is `2`.

use crate::text::greek;
pub use crate::text::quoted;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name without what people type differently: `DALL·E`, `dall-e` and `dalle` are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NormalizedName(String);

impl NormalizedName {
    /// Folds case, accents and everything but letters and digits; Greek letters and a
    /// plus are spelled out.
    pub fn new(name: &str) -> NormalizedName {
        let mut folded = String::with_capacity(name.len());
        for c in plain(name).chars() {
            match c {
                // `Command R+` is another model than `Command R`.
                '+' => folded.push_str("plus"),
                c if c.is_alphanumeric() => folded.push(c.to_ascii_lowercase()),
                _ => {}
            }
        }
        NormalizedName(folded)
    }

    /// The folded letters and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `text`, once folded, is this name.
    pub fn is(&self, text: &str) -> bool {
        // Most texts differ in their first letter.
        let first = text.bytes().next().filter(u8::is_ascii_alphanumeric);
        if first.is_some_and(|first| self.0.bytes().next() != Some(first.to_ascii_lowercase())) {
            return false;
        }
        if text.is_ascii() && !text.contains('+') {
            // The common case, asked once a model, without an allocation.
            let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
            return letters.map(|b| b.to_ascii_lowercase()).eq(self.0.bytes());
        }
        NormalizedName::new(text) == *self
    }
}

/// The letters before the first digit of a name, at most eight: the key of the name index. Of names
/// that read alike, one key begins with the other.
pub(crate) fn name_prefix(name: &str) -> String {
    let name = plain(name).to_lowercase();
    let start = name.chars().take_while(|c| !c.is_ascii_digit());
    start.filter(|c| c.is_alphanumeric()).take(8).collect()
}

/// A text without accents and in small letters, Greek ones spelled out, and without signs beyond
/// ASCII; ASCII as it is.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c));
    for c in letters.flat_map(char::to_lowercase) {
        match greek(c) {
            Some(letter) => plain.push_str(letter),
            None if c.is_ascii() || c.is_alphanumeric() => plain.push(c),
            None => plain.push(' '),
        }
    }
    Cow::Owned(plain)
}

/// A text as words and numbers: `2.5` is one number, a unit belongs to its number (`70b`, `8x7b`),
/// `+` and `#` at the end of a word belong to it.
#[derive(Debug, Clone)]
pub struct Words<'t>(Cow<'t, str>);

/// A word or number of a text, in the case in which it is written; of `2.0` only the 2.
#[derive(Debug, Clone, Copy)]
pub struct Word<'w> {
    /// Its letters and digits.
    pub text: &'w str,
    /// Whether something separates it from the word before it.
    pub is_apart: bool,
    /// Whether it is written with zeros that may be left out.
    pub has_zeros: bool,
}

/// How the words of one text are those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchKind {
    /// Each is the same.
    Words,
    /// They are, but for what separates them.
    Joined,
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Word<'_>) -> bool {
        self.text.eq_ignore_ascii_case(other.text)
    }
}

impl<'t> Words<'t> {
    /// The words of a text.
    pub fn new(text: &'t str) -> Words<'t> {
        Words(plain(text))
    }

    /// The same, of a text that is kept.
    pub fn owned(text: &str) -> Words<'static> {
        Words(Cow::Owned(plain(text).into_owned()))
    }

    /// Its words in order.
    pub fn iter(&self) -> impl Iterator<Item = Word<'_>> {
        let mut end = 0;
        std::iter::from_fn(move || {
            let text = &*self.0;
            let rest = &text.as_bytes()[end..];
            let start = end + rest.iter().position(|byte| is_letter(*byte))?;
            let is_apart = start > end;
            end = start + length(&text.as_bytes()[start..]);
            let word = &text[start..end];
            let text = match word.as_bytes()[0].is_ascii_digit() {
                true => word.trim_end_matches(".0"),
                false => word,
            };
            Some(Word {
                text,
                is_apart,
                has_zeros: text != word,
            })
        })
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    /// The byte with which the first of them begins, in small letters.
    pub fn first(&self) -> Option<u8> {
        let first = self.0.bytes().find(|byte| is_letter(*byte))?;
        Some(first.to_ascii_lowercase())
    }

    /// Their letters and digits, as one word in small letters.
    pub fn joined(&self) -> String {
        let letters = self.iter().flat_map(|word| word.text.chars());
        let letters = letters.filter(|c| *c != '.');
        letters.map(|c| c.to_ascii_lowercase()).collect()
    }

    /// A number for the first word, for the first two, and so on, which all texts share that are
    /// alike.
    pub fn hashes(&self) -> impl Iterator<Item = u64> {
        // Fowler, Noll and Vo's, 1a: a name is short.
        let mut hash = 0xcbf2_9ce4_8422_2325;
        self.iter().map(move |word| {
            for byte in word.text.bytes().filter(|byte| *byte != b'.') {
                hash ^= u64::from(byte.to_ascii_lowercase());
                hash = hash.wrapping_mul(0x0100_0000_01b3);
            }
            hash
        })
    }

    /// The number for all words; none where there are none.
    pub fn hash(&self) -> Option<u64> {
        self.hashes().last()
    }

    /// How the first `count` words of a text are these.
    pub fn likeness(&self, text: &Words<'_>, count: usize) -> Option<MatchKind> {
        if self.iter().eq(text.iter().take(count)) {
            return Some(MatchKind::Words);
        }
        let (mut own, mut others) = (letters(self.iter()), letters(text.iter().take(count)));
        // Numbers that are typed apart are not one number.
        let is_same = others.by_ref().all(|(other, is_apart)| {
            let typed = own.next();
            typed.is_some_and(|(own, typed_apart)| own == other && (is_apart || !typed_apart))
        });
        (is_same && own.next().is_none()).then_some(MatchKind::Joined)
    }
}

/// The letters and digits of words, and whether each is a digit that something separates from
/// the digit before it.
fn letters<'w>(words: impl Iterator<Item = Word<'w>>) -> impl Iterator<Item = (u8, bool)> {
    let bytes = words.flat_map(|word| {
        let bytes = word.text.bytes().enumerate();
        bytes.map(|(at, byte)| (byte.to_ascii_lowercase(), at == 0))
    });
    let (mut last, mut is_apart) = (b' ', false);
    bytes.filter_map(move |(byte, is_first)| {
        is_apart |= is_first;
        if byte == b'.' {
            is_apart = true;
            return None;
        }
        let are_digits = last.is_ascii_digit() && byte.is_ascii_digit();
        last = byte;
        Some((byte, std::mem::take(&mut is_apart) && are_digits))
    })
}

/// Whether a byte is one of a letter or digit: those of signs beyond ASCII are not in plain text.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// How long the word is with which a text begins, in bytes.
fn length(text: &[u8]) -> usize {
    let is_number = text[0].is_ascii_digit();
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 1;
    while let Some(byte) = text.get(end) {
        let goes_on = match byte {
            b'.' => is_number && is_digit(end - 1) && is_digit(end + 1),
            b'0'..=b'9' => is_number,
            byte => is_letter(*byte),
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    let signs = text[end..]
        .iter()
        .take_while(|byte| matches!(byte, b'+' | b'#'));
    let behind = end + signs.count();
    match text.get(behind).is_some_and(|byte| is_letter(*byte)) {
        true => end,
        false => behind,
    }
}

/// How many are suggested.
pub const NEAREST: usize = 3;

/// The candidates nearest to what was typed, best first, at most three; none if all are far.
///
/// The same candidate is named once, however often it comes.
pub fn nearest<'c>(typed: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let NormalizedName(typed) = NormalizedName::new(typed);
    let letters = typed.chars().count();
    let distance = |candidate: &str| {
        let NormalizedName(name) = NormalizedName::new(candidate);
        let length = name.chars().count();
        match letters >= 3 && name.contains(&typed) {
            true => Some(length - letters),
            false => typing_errors(&typed, &name, (letters.max(length) / 3).max(1)),
        }
    };
    let mut scored: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(candidate)?, candidate)))
        .collect();
    scored.sort();
    scored.dedup();
    scored.truncate(NEAREST);
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The end of a sentence about an unknown word: `; did you mean …?`, empty if no candidate is near.
pub(crate) fn did_you_mean<'c>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> String {
    match nearest(typed, candidates).as_slice() {
        [] => String::new(),
        near => format!("; did you mean {}?", quoted(near.iter().copied())),
    }
}

/// The letters to put in, take out, change or swap to make one text of another, if they are at
/// most so many.
pub fn typing_errors(one: &str, other: &str, most: usize) -> Option<usize> {
    let [own, length] = [one, other].map(|text| text.chars().count());
    // Most are farther by their length alone.
    if own.abs_diff(length) > most {
        return None;
    }
    let distance = strsim::damerau_levenshtein(one, other);
    (distance <= most).then_some(distance)
}

/// Whether one word is another with a typing error, not another word.
pub(crate) fn is_typo(word: &str, known: &str) -> bool {
    let distance = strsim::damerau_levenshtein(&word.to_lowercase(), &known.to_lowercase());
    let letters = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    // Names that differ in a number alone are different names.
    distance <= 1 + known.chars().count() / 8
        && known.chars().count() > 3
        && letters(word) != letters(known)
        || NormalizedName::new(word) == NormalizedName::new(known) && word != known
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_compared_as_it_is_folded(name in "[aA1α+]{1,4}", text in "[aA1α+ .-]{0,9}") {
            let (name, folded) = (NormalizedName::new(&name), NormalizedName::new(&text));
            prop_assert_eq!(name.is(&text), folded == name);
        }
    }

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for name in ["DALL·E", "dall-e", "dalle", "Dall E"] {
            assert_eq!(NormalizedName::new(name).as_str(), "dalle", "{name}");
            assert!(NormalizedName::new("DALL-E").is(name));
        }
        assert_eq!(
            NormalizedName::new("PanGu-α"),
            NormalizedName::new("pangu alpha")
        );
        assert_eq!(NormalizedName::new("NÜWA"), NormalizedName::new("nuwa"));
        assert_ne!(NormalizedName::new("GPT-2"), NormalizedName::new("GPT-3"));
    }

    #[test]
    fn the_nearest_names_come_first() {
        let names = ["LLaMA", "LaMDA", "PaLM", "GPT-3", "LLaMA"];
        assert_eq!(nearest("lama", names), ["LLaMA", "LaMDA"]);
        assert_eq!(nearest("visoin", ["vision", "language"]), ["vision"]);
        assert!(nearest("zzzzzz", names).is_empty());
    }

    #[test]
    fn typing_errors_are_not_other_words() {
        assert!(is_typo("langauge", "language"));
        assert!(is_typo("prams", "params"));
        assert!(is_typo("Face Book", "FaceBook"));
        assert!(!is_typo("GPT-2", "GPT-3"));
        assert!(!is_typo("vision", "speech"));
        assert!(!is_typo("Meta", "Beta Labs"));
    }

    fn words(text: &str) -> Vec<String> {
        let words = Words::new(text);
        words.iter().map(|word| word.text.to_owned()).collect()
    }

    #[test]
    fn texts_are_words_and_numbers() {
        for (text, expected) in [
            ("Llama 3.1 405B", "Llama 3.1 405B"),
            ("qwen2.5-72b", "qwen 2.5 72b"),
            ("Mixtral-8x7B-v0.1", "Mixtral 8x7B v 0.1"),
            ("wav2vec 2.0", "wav 2vec 2"),
            ("GPT-4o", "GPT 4o"),
            ("Command R+", "Command R+"),
            ("C++, C#", "C++ C#"),
            ("a+b 2+", "a b 2+"),
            ("dots.llm1.inst", "dots llm 1 inst"),
            ("PanGu-α", "pangu alpha"),
            ("NÜWA", "nuwa"),
            ("π*0.6", "pi 0.6"),
            ("10.0.0 1.05", "10 1.05"),
            ("🤗 . +", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn what_separates_words_may_be_left_out_but_not_put_between_digits() {
        let likeness = |typed: &str, name: &str| {
            let (typed, name) = (Words::new(typed), Words::new(name));
            let found = typed.likeness(&name, usize::MAX);
            assert!(found.is_none() || typed.hash() == name.hash());
            found
        };
        assert_eq!(likeness("dall e", "DALL·E"), Some(MatchKind::Words));
        assert_eq!(likeness("dalle", "DALL·E"), Some(MatchKind::Joined));
        assert_eq!(likeness("gpt35", "GPT-3.5"), Some(MatchKind::Joined));
        assert_eq!(likeness("llama-3_1", "Llama 3.1"), Some(MatchKind::Joined));
        assert_eq!(likeness("gemma 2 7b", "Gemma 27B"), None);
        assert_eq!(likeness("gemini 2", "Gemini 2.5"), None);
        assert_eq!(likeness("command r", "Command R+"), None);
    }
}
