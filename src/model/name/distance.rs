//! How far texts are from a name.

use super::Folded;

impl Folded {
    /// How far the text is from this name, if that is near and at most so far: the letters to
    /// put in, take out, change or swap.
    pub fn distance(&self, text: &str, most: usize) -> Option<usize> {
        let folded = Folded::new(text);
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
    // Most are farther by their length or their letters alone, which is soon known.
    if own.abs_diff(length) > most || apart(one, other) > most {
        return None;
    }
    let distance = strsim::damerau_levenshtein(one, other);
    (distance <= most).then_some(distance)
}

/// How many letters one of two texts has that the other lacks: no fewer are between them.
fn apart(one: &str, other: &str) -> usize {
    if !one.is_ascii() || !other.is_ascii() {
        return 0;
    }
    let mut counts = [0isize; 128];
    one.bytes().for_each(|b| counts[usize::from(b)] += 1);
    other.bytes().for_each(|b| counts[usize::from(b)] -= 1);
    let more: isize = counts.iter().filter(|count| **count > 0).sum();
    let fewer: isize = counts.iter().filter(|count| **count < 0).sum();
    more.max(-fewer).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_short_cut_finds_the_same_distance(
            name in "[abcα]{1,7}",
            text in "[abcα -]{0,9}",
            most in 0usize..9,
        ) {
            let (name, folded) = (Folded::new(&name), Folded::new(&text).0);
            let [own, other] = [&name.0, &folded].map(|name| name.chars().count());
            let distance = strsim::damerau_levenshtein(&name.0, &folded);
            let near = distance <= (own.max(other) / 3).max(1);
            let inside = own >= 3 && folded.contains(&name.0);
            let expected = ((near || inside) && distance <= most).then_some(distance);
            prop_assert_eq!(name.distance(&text, most), expected);
        }
    }
}
