//! Sets of keys: what a question reads of each model.

use crate::model::Key;

/// A set of keys, such as those that a query reads of each model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keys(u64);

impl Keys {
    /// Every key, known or not.
    pub const ALL: Keys = Keys(u64::MAX);

    /// The set of these keys.
    pub const fn of(keys: &[Key]) -> Keys {
        let mut bits = 0;
        let mut i = 0;
        while i < keys.len() {
            bits |= 1 << keys[i] as u64;
            i += 1;
        }
        Keys(bits)
    }

    /// The union: the keys that are in at least one of the two sets.
    #[must_use]
    pub const fn union(self, other: Keys) -> Keys {
        Keys(self.0 | other.0)
    }

    /// The keys of the set that are not in another.
    #[must_use]
    pub const fn without(self, other: Keys) -> Keys {
        Keys(self.0 & !other.0)
    }

    /// Whether the sets have a key in common.
    pub const fn intersects(self, other: Keys) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set holds the key.
    pub const fn has(self, key: Key) -> bool {
        self.0 & (1 << key as u64) != 0
    }
}
