//! Names as people type them: compared without case, accents and punctuation, and suggested
//! when they are nearly right.

mod distance;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name without what people type differently: `DALL·E`, `dall-e` and `dalle` are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Folded(String);

/// How much of a text a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// A part further on.
    Part,
    /// Its beginning.
    Start,
    /// All of it.
    Whole,
}

/// What a plus is called: `Command R+` is another model than `Command R`.
const PLUS: &str = "plus";

impl Folded {
    /// Folds case, accents and everything but letters and digits; Greek letters and a
    /// plus are spelled out.
    pub fn new(name: &str) -> Folded {
        let mut folded = String::with_capacity(name.len());
        if name.is_ascii() {
            for c in name.chars() {
                match c {
                    '+' => folded.push_str(PLUS),
                    c if c.is_ascii_alphanumeric() => folded.push(c.to_ascii_lowercase()),
                    _ => {}
                }
            }
        } else {
            let letters = name.nfkd().filter(|c| !is_combining_mark(*c));
            for c in letters.flat_map(char::to_lowercase) {
                match greek(c) {
                    Some(letter) => folded.push_str(letter),
                    None if c == '+' => folded.push_str(PLUS),
                    None if c.is_alphanumeric() => folded.push(c),
                    None => {}
                }
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
        match plain(text) {
            // The common case, asked once a model, without an allocation.
            Some(letters) => letters.eq(self.0.bytes()),
            None => Folded::new(text) == *self,
        }
    }

    /// How much of `text`, once folded, is this name; none where it is not in it.
    pub fn likeness(&self, text: &str) -> Option<Likeness> {
        if plain(text).is_none() {
            let folded = Folded::new(text).0;
            return match folded.find(&self.0)? {
                0 if folded.len() == self.0.len() => Some(Likeness::Whole),
                0 => Some(Likeness::Start),
                _ => Some(Likeness::Part),
            };
        }
        let mut found = Likeness::Start;
        for (at, _) in text
            .bytes()
            .enumerate()
            .filter(|(_, b)| b.is_ascii_alphanumeric())
        {
            let mut rest = letters(&text[at..]);
            if self.0.bytes().all(|wanted| rest.next() == Some(wanted)) {
                return Some(match (found, rest.next()) {
                    (Likeness::Start, None) => Likeness::Whole,
                    (found, _) => found,
                });
            }
            found = Likeness::Part;
        }
        None
    }

    /// A number that all spellings of a name share, and hardly any other name.
    pub fn number(text: &str) -> u64 {
        // Fowler, Noll and Vo's, 1a: a name is short.
        let mix = |hash: u64, b: u8| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        let start = 0xcbf2_9ce4_8422_2325;
        match plain(text) {
            Some(letters) => letters.fold(start, mix),
            None => Folded::new(text).0.bytes().fold(start, mix),
        }
    }
}

/// The folded letters and digits of a text that has nothing to spell out.
fn plain(text: &str) -> Option<impl Iterator<Item = u8>> {
    (text.is_ascii() && !text.contains('+')).then(|| letters(text))
}

/// Its letters and digits, in small letters.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
    letters.map(|b| b.to_ascii_lowercase())
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
        fn what_is_told_without_folding_is_what_folding_tells(
            name in "[aA1α+]{1,4}",
            text in "[aA1α+ .-]{0,9}",
        ) {
            let (name, folded) = (Folded::new(&name), Folded::new(&text).0);
            let likeness = match folded.find(&name.0) {
                None => None,
                Some(_) if folded == name.0 => Some(Likeness::Whole),
                Some(0) => Some(Likeness::Start),
                Some(_) => Some(Likeness::Part),
            };
            prop_assert_eq!(name.likeness(&text), likeness);
            prop_assert_eq!(name.is(&text), folded == name.0);
            prop_assert_eq!(Folded::number(&text), Folded::number(&folded));
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
