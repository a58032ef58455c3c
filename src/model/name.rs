//! Names as people type them: compared without case, accents and punctuation, and suggested
//! when they are nearly right.

mod distance;
pub mod words;

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use distance::typing_errors;

/// A name without what people type differently: `DALL·E`, `dall-e` and `dalle` are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Folded(String);

/// What a plus is called: `Command R+` is another model than `Command R`.
const PLUS: &str = "plus";

impl Folded {
    /// Folds case, accents and everything but letters and digits; Greek letters and a
    /// plus are spelled out.
    pub fn new(name: &str) -> Folded {
        let mut folded = String::with_capacity(name.len());
        for c in plain(name).chars() {
            match c {
                '+' => folded.push_str(PLUS),
                c if c.is_alphanumeric() => folded.push(c.to_ascii_lowercase()),
                _ => {}
            }
        }
        Folded(folded)
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
        Folded::new(text) == *self
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
    let typed = Folded::new(typed);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_compared_as_it_is_folded(name in "[aA1α+]{1,4}", text in "[aA1α+ .-]{0,9}") {
            let (name, folded) = (Folded::new(&name), Folded::new(&text));
            prop_assert_eq!(name.is(&text), folded == name);
        }
    }

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for name in ["DALL·E", "dall-e", "dalle", "Dall E"] {
            assert_eq!(Folded::new(name).as_str(), "dalle", "{name}");
            assert!(Folded::new("DALL-E").is(name));
        }
        assert_eq!(Folded::new("PanGu-α"), Folded::new("pangu alpha"));
        assert_eq!(Folded::new("NÜWA"), Folded::new("nuwa"));
        assert_ne!(Folded::new("GPT-2"), Folded::new("GPT-3"));
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
}
