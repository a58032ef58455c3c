//! Slips of the hand: a word that was meant to be another.

use crate::model::name::Folded;

/// Whether one word is another with a slip of the hand, not another word.
pub(crate) fn is_slip(word: &str, known: &str) -> bool {
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
        || Folded::new(word) == Folded::new(known) && word != known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand_are_told_from_other_words() {
        assert!(is_slip("langauge", "language"));
        assert!(is_slip("prams", "params"));
        assert!(is_slip("Face Book", "FaceBook"));
        assert!(!is_slip("GPT-2", "GPT-3"));
        assert!(!is_slip("vision", "speech"));
        assert!(!is_slip("Meta", "Beta Labs"));
    }
}
