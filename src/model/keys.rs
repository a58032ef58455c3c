//! Keys of a model: sets of them, and which one a misspelled name means.

use crate::model::Key;
use crate::model::column::Slot;
use crate::model::name::is_typo;
use crate::model::name::nearest;
use crate::model::schema::COLUMNS;

/// A set of keys: what a question needs of each model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keys(u64);

impl Keys {
    /// Every key, known or not.
    pub const ALL: Keys = Keys(u64::MAX);

    /// These keys.
    pub const fn of(keys: &[Key]) -> Keys {
        let mut bits = 0;
        let mut i = 0;
        while i < keys.len() {
            bits |= 1 << keys[i] as u64;
            i += 1;
        }
        Keys(bits)
    }

    /// The keys of both sets.
    #[must_use]
    pub const fn and(self, other: Keys) -> Keys {
        Keys(self.0 | other.0)
    }

    /// Whether the sets have a key in common.
    pub const fn meets(self, other: Keys) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set holds the key.
    pub const fn has(self, key: Key) -> bool {
        self.0 & (1 << key as u64) != 0
    }
}

/// Words that other tables put into a key, and that change nothing about what it means.
const FILLERS: [&str; 11] = [
    "n", "no", "num", "number", "of", "count", "total", "in", "training", "train", "b",
];

/// Names that other tables have for a key.
const ELSEWHERE: [(&str, &str); 4] = [
    ("release_date", "announced"),
    ("publication_date", "announced"),
    ("model_name", "name"),
    ("developer", "organizations"),
];

/// The key that was meant by a name which is no key: a short name of it, singular for plural, other
/// separators or capitals, or a typing error.
pub(crate) fn meant(name: &str) -> Option<&'static str> {
    let words = words(name);
    let mut known = known();
    let same = |(own, _): &(&str, &str)| self::words(own) == words;
    if let Some((_, key)) = known.find(same).filter(|_| !words.is_empty()) {
        return Some(key);
    }
    let known: Vec<(&str, &str)> = self::known().collect();
    let near = nearest(name, known.iter().map(|(own, _)| *own));
    let near = near.into_iter().find(|own| is_typo(name, own))?;
    let found = known.into_iter().find(|(own, _)| *own == near);
    found.map(|(_, key)| key)
}

/// Every name of a key that an entry can have, and the key.
fn known() -> impl Iterator<Item = (&'static str, &'static str)> {
    let keys = Key::ALL.iter().map(|key| (key.name(), key.name()));
    let columns = COLUMNS
        .iter()
        .filter(|column| column.slot != Slot::Computed);
    let own = columns.flat_map(|column| {
        let names = column.names().into_iter();
        names.map(|name| (name, column.heading.key))
    });
    keys.chain(own).chain(ELSEWHERE)
}

/// The words of a name without fillers, in the form that keys have.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = '_';
    for c in name.chars() {
        let begins = c.is_uppercase() && last.is_lowercase();
        match words.last_mut() {
            Some(word) if c.is_alphanumeric() && last.is_alphanumeric() && !begins => word.push(c),
            _ if c.is_alphanumeric() => words.push(c.into()),
            _ => {}
        }
        last = c;
    }
    let words = words.into_iter().map(|word| word.to_lowercase());
    let words = words.filter(|word| !FILLERS.contains(&&**word));
    words.map(|word| as_in_keys(&word)).collect()
}

/// What singular and plural have in common.
fn stem(word: &str) -> &str {
    word.trim_end_matches(['e', 's'])
}

/// The stem of the word that a key has for this one: `param` for `parameters`.
fn as_in_keys(word: &str) -> String {
    let is_word = |name: &&str| !name.contains('_');
    let own = COLUMNS.iter().find(|column| {
        let mut short = column.short.iter().filter(|name| is_word(name));
        is_word(&column.heading.key) && short.any(|name| stem(name) == stem(word))
    });
    let own = own.map(|column| column.heading.key);
    stem(own.unwrap_or(word)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_of_a_key_mean_it() {
        for (name, key) in [
            ("parameters", "params"),
            ("Parameters", "params"),
            ("param", "params"),
            ("num_params", "params"),
            ("parameterCount", "params"),
            ("params_b", "params"),
            ("Parameters (B)", "params"),
            ("training_tokens", "tokens"),
            ("training_compute", "compute_flop"),
            ("training_cost_in_usd", "cost_usd"),
            ("release_date", "announced"),
            ("ReleaseDate", "announced"),
            ("Publication date", "announced"),
            ("active_parameters", "active_params"),
            ("activeParams", "active_params"),
            ("active-params", "active_params"),
            ("alias", "aliases"),
            ("organization", "organizations"),
            ("org", "organizations"),
            ("date", "announced"),
            ("licence", "license"),
            ("computeFlop", "compute_flop"),
            ("compute", "compute_flop"),
            ("paperTitle", "paper_title"),
            ("prams", "params"),
            ("tokesn", "tokens"),
            ("link", "links"),
        ] {
            assert_eq!(meant(name), Some(key), "{name}");
        }
        for name in [
            "nest", "keeper", "n", "hours", "hf_id", "mine", "layers", "model", "release",
            "training", "b",
        ] {
            assert_eq!(meant(name), None, "{name}");
        }
    }
}
