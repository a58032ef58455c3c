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
    if words.is_empty() {
        return None;
    }
    let known: Vec<(&str, &str)> = known().collect();
    let find = |is_same: fn(&String, &String) -> bool| {
        known.iter().find(|(own, _)| {
            let own = self::words(own);
            own.len() == words.len() && own.iter().zip(&words).all(|(own, word)| is_same(own, word))
        })
    };
    let is_typing_error = || {
        let near = nearest(name, known.iter().map(|(own, _)| *own));
        let near = near.into_iter().find(|own| is_typo(name, own))?;
        known.iter().find(|(own, _)| *own == near)
    };
    let found = find(|own, word| own == word).or_else(|| find(is_short_for));
    found.or_else(is_typing_error).map(|(_, key)| *key)
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

/// The words of a name without fillers, in small letters and the singular.
fn words(name: &str) -> Vec<String> {
    let mut spaced = String::new();
    for c in name.chars() {
        if c.is_uppercase() && spaced.ends_with(char::is_lowercase) {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    let words = spaced.split(|c: char| !c.is_alphanumeric());
    words
        .map(str::to_lowercase)
        .filter(|word| !FILLERS.contains(&&**word))
        .map(|word| word.trim_end_matches('s').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether one word is the beginning of the other: `param` of `parameters`.
fn is_short_for(one: &String, other: &String) -> bool {
    let is_beginning = |one: &str, other: &str| one.len() >= 3 && other.starts_with(one);
    is_beginning(one, other) || is_beginning(other, one)
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
