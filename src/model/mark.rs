//! Marks: what stands behind a value where a person reads it.

use crate::model::SourceKind;
use std::sync::atomic::{AtomicU8, Ordering};

/// Something to know of a value that its digits do not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It stands in place of the listed value.
    Corrected,
    /// Others than the makers say it.
    ThirdParty,
    /// It was worked out before it came into the catalog.
    Derived,
}

/// Marks that occur together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u8);

/// Marks that were seen so far, by whichever thread.
#[derive(Debug, Default)]
pub(crate) struct Seen(AtomicU8);

impl Mark {
    /// Every mark, in the order in which they follow a value.
    pub const ALL: [Mark; 3] = [Mark::Corrected, Mark::ThirdParty, Mark::Derived];

    /// The mark of a figure with such a source; none of what the makers state.
    pub fn of(kind: SourceKind) -> Option<Mark> {
        match kind {
            SourceKind::Stated => None,
            SourceKind::ThirdParty => Some(Mark::ThirdParty),
            SourceKind::Derived => Some(Mark::Derived),
        }
    }

    /// The sign, one column wide.
    pub fn sign(self) -> char {
        match self {
            Mark::Corrected => '*',
            Mark::ThirdParty => '†',
            Mark::Derived => '‡',
        }
    }

    /// Whether it is the sign of a mark.
    pub fn is_sign(c: char) -> bool {
        Mark::ALL.into_iter().any(|mark| mark.sign() == c)
    }
}

impl From<Option<Mark>> for Marks {
    fn from(mark: Option<Mark>) -> Marks {
        let mut marks = Marks::default();
        mark.into_iter().for_each(|mark| marks.add(mark));
        marks
    }
}

impl Marks {
    /// With this mark among them.
    pub fn add(&mut self, mark: Mark) {
        self.0 |= 1 << mark as u8;
    }

    /// The marks of both.
    #[must_use]
    pub fn and(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// With this mark not among them.
    #[must_use]
    pub fn without(self, mark: Mark) -> Marks {
        Marks(self.0 & !(1 << mark as u8))
    }

    /// Whether this mark is among them.
    pub fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u8) != 0
    }

    /// How many they are, and so how many columns they take.
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Their signs.
    pub fn signs(self) -> String {
        let marks = Mark::ALL.into_iter().filter(|mark| self.has(*mark));
        marks.map(Mark::sign).collect()
    }

    /// What they mean, a sentence each.
    pub fn told(self) -> Vec<String> {
        let mut told = Vec::new();
        if self.has(Mark::Corrected) {
            told.push("* corrected: `ahm explain NAME.KEY` says why".to_owned());
        }
        let by_source = match (self.has(Mark::ThirdParty), self.has(Mark::Derived)) {
            (true, true) => "† third-party, ‡ derived",
            (true, false) => "† third-party",
            (false, true) => "‡ derived",
            (false, false) => return told,
        };
        told.push(format!(
            "{by_source}: see `ahm explain NAME.KEY`; `--stated` omits them"
        ));
        told
    }
}

impl Seen {
    /// Notes marks.
    pub(crate) fn note(&self, Marks(bits): Marks) {
        // Most values have none, and threads need not wait for each other.
        if bits != 0 {
            self.0.fetch_or(bits, Ordering::Relaxed);
        }
    }

    /// The marks that were noted.
    pub(crate) fn marks(&self) -> Marks {
        Marks(self.0.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_occur_are_told_and_no_others() {
        let mut marks = Marks::default();
        assert!(marks.told().is_empty());
        marks.add(Mark::Derived);
        marks.add(Mark::Corrected);
        assert_eq!((marks.signs().as_str(), marks.count()), ("*‡", 2));
        assert!(marks.told().concat().contains("‡ derived: "));
        assert!(!marks.told().concat().contains('†'));
    }
}
