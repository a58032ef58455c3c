//! Names as people type them: compared without case, accents and punctuation, and suggested.

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
    let typed = NormalizedName::new(typed);
    let mut scored: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| Some((typed.distance(candidate, usize::MAX)?, candidate)))
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

/// A small Greek letter's name, as people type it in a model's.
pub fn greek(c: char) -> Option<&'static str> {
    Some(match c {
        'α' => "alpha",
        'β' => "beta",
        'γ' => "gamma",
        'δ' => "delta",
        'ε' => "epsilon",
        'ζ' => "zeta",
        'η' => "eta",
        'θ' => "theta",
        'ι' => "iota",
        'κ' => "kappa",
        'λ' => "lambda",
        'μ' => "mu",
        'ν' => "nu",
        'ξ' => "xi",
        'ο' => "omicron",
        'π' => "pi",
        'ρ' => "rho",
        'σ' | 'ς' => "sigma",
        'τ' => "tau",
        'υ' => "upsilon",
        'φ' => "phi",
        'χ' => "chi",
        'ψ' => "psi",
        'ω' => "omega",
        _ => return None,
    })
}

impl NormalizedName {
    /// How far the text is from this name, if that is near and at most so far: the letters to
    /// put in, take out, change or swap.
    pub fn distance(&self, text: &str, most: usize) -> Option<usize> {
        let folded = NormalizedName::new(text);
        let [own, other] = [self, &folded].map(|name| name.0.chars().count());
        let farther = own.abs_diff(other);
        if own >= 3 && folded.0.contains(&self.0) {
            return (farther <= most).then_some(farther);
        }
        typing_errors(&self.0, &folded.0, most.min((own.max(other) / 3).max(1)))
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

/// Whether one word is another with a slip of the hand, not another word.
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

    proptest! {
        #[test]
        fn a_short_cut_finds_the_same_distance(
            name in "[abcα]{1,7}",
            text in "[abcα -]{0,9}",
            most in 0usize..9,
        ) {
            let (name, folded) = (NormalizedName::new(&name), NormalizedName::new(&text).0);
            let [own, other] = [&name.0, &folded].map(|name| name.chars().count());
            let distance = strsim::damerau_levenshtein(&name.0, &folded);
            let near = distance <= (own.max(other) / 3).max(1);
            let inside = own >= 3 && folded.contains(&name.0);
            let expected = ((near || inside) && distance <= most).then_some(distance);
            prop_assert_eq!(name.distance(&text, most), expected);
        }
    }

    #[test]
    fn slips_of_the_hand_are_told_from_other_words() {
        assert!(is_typo("langauge", "language"));
        assert!(is_typo("prams", "params"));
        assert!(is_typo("Face Book", "FaceBook"));
        assert!(!is_typo("GPT-2", "GPT-3"));
        assert!(!is_typo("vision", "speech"));
        assert!(!is_typo("Meta", "Beta Labs"));
    }
}
