//! Names as people type them: compared without case, accents and punctuation, and suggested.
//!
//! Both forms of a name start from [`plain`] text. [`NormalizedName`] joins it to one word, for keys,
//! chips and vocabularies, where spelling is all that differs. [`Words`](words::Words) keeps words
//! and numbers apart, for names of models, where `2 7b` is not `27B` and `2.0` is `2`.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub mod words;

/// A name without what people type differently: `DALL·E`, `dall-e` and `dalle` are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NormalizedName(String);

/// What a plus is called: `Command R+` is another model than `Command R`.
const PLUS: &str = "plus";

impl NormalizedName {
    /// Folds case, accents and everything but letters and digits; Greek letters and a
    /// plus are spelled out.
    pub fn new(name: &str) -> NormalizedName {
        let mut folded = String::with_capacity(name.len());
        for c in plain(name).chars() {
            match c {
                '+' => folded.push_str(PLUS),
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
        if text.is_ascii() && !text.contains('+') {
            // The common case, asked once a model, without an allocation.
            let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
            return letters.map(|b| b.to_ascii_lowercase()).eq(self.0.bytes());
        }
        NormalizedName::new(text) == *self
    }
}

/// The letters before the first digit of a name, at most eight: the key of the name index.
///
/// Names that read alike have keys of which one begins with the other.
pub(crate) fn name_prefix(name: &str) -> String {
    const LENGTH: usize = 8;
    let name = plain(name);
    let start = name.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '#'));
    let letters = name[..start.unwrap_or(name.len())].chars();
    let letters = letters.filter(|c| c.is_alphanumeric()).take(LENGTH);
    letters.map(|c| c.to_ascii_lowercase()).collect()
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

/// Several words as a sentence names them: `a`, `b` or `c`, each in backticks.
pub fn quoted<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The names of the small Greek letters, in the order of their code points.
const GREEK: &str = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi \
                     omicron pi rho sigma sigma tau upsilon phi chi psi omega";

/// A small Greek letter's name, as people type it in a model's.
fn greek(c: char) -> Option<&'static str> {
    let place = u32::from(c).checked_sub(u32::from('α'))?;
    GREEK.split(' ').nth(place as usize)
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
    let letters = |text: &str| {
        text.chars()
            .filter(|c| !c.is_ascii_digit())
            .collect::<String>()
    };
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
    fn words_are_named_in_backticks() {
        assert_eq!(quoted(["a"]), "`a`");
        assert_eq!(quoted(["a", "b", "c"]), "`a`, `b` or `c`");
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
}
