//! Sizes in names: `70b`, `1.5b`, `8x7b`.

use crate::model::name::{Word, Words};

/// A size as it is typed behind the name of a family.
#[derive(Debug, Clone)]
pub(super) struct Size {
    /// As typed, in small letters.
    pub word: String,
    /// The least and the most that would be written like this; none for `8x7b`.
    range: Option<(f64, f64)>,
}

impl Size {
    /// The size that a word is.
    pub(super) fn of(word: &str) -> Option<Size> {
        let word = word.to_ascii_lowercase();
        let (digits, unit) = word.split_at_checked(word.len().checked_sub(1)?)?;
        let scale = match unit {
            "k" => 1e3,
            "m" => 1e6,
            "b" => 1e9,
            "t" => 1e12,
            _ => return None,
        };
        let is_number = |text: &str| {
            let plain = |c: char| c.is_ascii_digit() || c == '.';
            text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(plain)
        };
        if let Some((experts, each)) = digits.split_once('x') {
            let is_size = is_number(experts) && is_number(each);
            return is_size.then_some(Size { word, range: None });
        }
        let number: f64 = is_number(digits).then(|| digits.parse().ok())??;
        let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
        // As rounding has it, but 1b is not 1.4b.
        let half = 0.5 / 10f64.powi(i32::try_from(places).ok()?);
        let half = half.min(number / 10.0);
        let range = Some(((number - half) * scale, (number + half) * scale));
        Some(Size { word, range })
    }

    /// Whether a number of parameters is written like this.
    pub(super) fn holds(&self, params: f64) -> bool {
        let range = self.range;
        range.is_some_and(|(least, most)| (least..=most).contains(&params))
    }

    /// Whether a number of parameters is a tenth away from it at most: a 20b may have 20.9B.
    pub(super) fn is_near(&self, params: f64) -> bool {
        self.range.is_some_and(|(least, most)| {
            let number = f64::midpoint(least, most);
            (params - number).abs() <= number / 10.0
        })
    }

    /// Whether a name has it.
    pub(super) fn is_in(&self, name: &str) -> bool {
        let words = Words::new(name);
        words
            .iter()
            .any(|word| word.text.eq_ignore_ascii_case(&self.word))
    }
}

/// Words that name a variant of a model, or a file of it, and no other model.
const VARIANTS: [&str; 10] = [
    "awq", "base", "chat", "gguf", "gptq", "hf", "instruct", "it", "mlx", "preview",
];

/// Whether a word names a variant.
pub(super) fn is_variant(word: &str) -> bool {
    VARIANTS
        .iter()
        .any(|variant| word.eq_ignore_ascii_case(variant))
}

/// Whether these words, which follow a name, are sizes and variants alone: `235B-A22B-Instruct`.
pub(super) fn are_details<'w>(words: impl Iterator<Item = Word<'w>>) -> bool {
    let mut words = words.peekable();
    if !words.peek().is_some_and(|word| word.is_apart) {
        return false;
    }
    while let Some(word) = words.next() {
        let is_active = word.text.eq_ignore_ascii_case("a")
            && words
                .peek()
                .is_some_and(|next| Size::of(next.text).is_some());
        if !is_active && !is_variant(word.text) && Size::of(word.text).is_none() {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_hold_what_is_rounded_to_them() {
        let size = |word: &str| Size::of(word).expect("a size");
        assert!(size("7b").holds(6.7e9) && size("65B").holds(65.2e9));
        assert!(size("1.5b").holds(1.54e9) && !size("1b").holds(1.4e9));
        assert!(!size("70b").holds(65.2e9) && !size("8x7b").holds(7e9));
        assert!(size("20b").is_near(20.9e9) && size("30b").is_near(32.5e9));
        assert!(!size("13b").is_near(7e9) && !size("8x7b").is_near(8e9));
        assert!(size("8x7B").is_in("Mixtral 8x7B") && !size("7b").is_in("Mixtral 8x7B"));
        for word in ["", "b", "7", "7bb", "x7b", "8xb", "v2", "a22b", "4o", "é"] {
            assert!(Size::of(word).is_none(), "{word}");
        }
    }

    #[test]
    fn details_are_sizes_and_variants() {
        let follow = |text: &str| are_details(Words::new(text).iter().skip(1));
        assert!(follow("Qwen-235B-A22B-Instruct") && follow("Gemma 7b it"));
        assert!(!follow("Qwen") && !follow("Wan14B") && !follow("DeepSeek V3"));
        assert!(!follow("Kimi A") && !follow("Gemini 2.5 Pro"));
    }
}
