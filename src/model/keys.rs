//! A set of keys of a model.

use crate::model::Key;

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
