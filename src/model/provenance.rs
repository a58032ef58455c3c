//! Provenance: whose claims the figures of a model are, the marks that show it, and corrections.

use crate::model::column::Column;
use crate::model::keys::Keys;
use crate::model::schema::COLUMNS;
use crate::model::{Correction, Key, Map, Model, Note, Source, SourceKind};

impl<'a> Model<'a> {
    /// The kind of source of a key's value. An applied correction has its own. Of
    /// several sources the one farthest from the makers counts. Without a source the value is the
    /// list's, and counts as stated.
    pub fn kind_of(&self, key: Key) -> SourceKind {
        let cites = |source: &&Source<'_>| source.keys.iter().any(|own| **own == *key.name());
        let kinds = self.sources.iter().filter(cites).map(|source| source.kind);
        let mut corrections = self.corrections.iter();
        let correction = corrections.rfind(|own| *own.key == *key.name());
        let kind = match correction.filter(|_| self.is_corrected(key)) {
            Some(correction) => correction.kind,
            None => kinds.max(),
        };
        kind.unwrap_or(SourceKind::Stated)
    }

    /// Leaves out what the list does not print, and what is said of the rest.
    pub fn only_listed(&mut self) {
        self.corrections.clear();
        self.notes.clear();
        for source in std::mem::take(&mut self.sources) {
            for key in source.keys.iter().filter_map(|key| Key::named(key)) {
                if !prints(&self.listed, key) {
                    self.leave_out(key);
                }
            }
        }
    }

    /// Leaves out the figures that the makers do not state, and what is said of them.
    pub fn only_stated(&mut self) {
        for key in COLUMNS.iter().filter_map(Column::figure) {
            if self.kind_of(key) == SourceKind::Stated {
                continue;
            }
            self.withheld = self.withheld.and(Keys::of(&[key]));
            self.leave_out(key);
            if let Some(before) = &mut self.uncorrected {
                before.leave_out(key);
            }
            self.corrections.retain(|own| *own.key != *key.name());
            remove_keys(&mut self.sources, |own| own == key.name());
        }
    }

    /// Keeps the sources and corrections of an earlier entry, except those for keys that this
    /// later entry gives (`given`), cites or corrects itself.
    pub(crate) fn keep_earlier(
        &mut self,
        mut sources: Vec<Source<'a>>,
        mut corrections: Vec<Correction<'a>>,
        given: Keys,
    ) {
        let is_given = |own: &str| Key::named(own).is_some_and(|key| given.has(key));
        let cited: Vec<&str> = self
            .sources
            .iter()
            .flat_map(|source| source.keys.iter())
            .map(|key| &**key)
            .collect();
        remove_keys(&mut sources, |own| cited.contains(&own) || is_given(own));
        sources.append(&mut self.sources);
        self.sources = sources;
        let corrected = |own: &str| self.corrections.iter().any(|later| *later.key == *own);
        corrections.retain(|own| !is_given(&own.key) && !corrected(&own.key));
        corrections.append(&mut self.corrections);
        self.corrections = corrections;
    }
}

impl Correction<'_> {
    /// Where a reader finds it, in words.
    pub fn origin(&self) -> String {
        match self.kind {
            Some(kind) => format!("{}, {}", self.source, kind.word()),
            None => self.source.to_string(),
        }
    }

    /// The correction in words.
    pub fn words(&self) -> String {
        format!("{}: {} ({})", self.key, self.why, self.source)
    }
}

impl Note<'_> {
    /// The note in words.
    pub fn words(&self) -> String {
        match &self.source {
            Some(source) => format!("{} ({source})", self.text),
            None => self.text.to_string(),
        }
    }
}

impl Source<'_> {
    /// The source in words.
    pub fn words(&self) -> String {
        let keys: Vec<&str> = self.keys.iter().map(|key| &**key).collect();
        format!("{} ({}, {})", self.url, keys.join(", "), self.kind.word())
    }
}

impl SourceKind {
    /// The words for it, as in the catalog.
    pub fn word(self) -> &'static str {
        match self {
            SourceKind::Stated => "stated",
            SourceKind::ThirdParty => "third-party",
            SourceKind::Derived => "derived",
        }
    }
}

/// Removes keys from sources, and sources that have none left.
fn remove_keys(sources: &mut Vec<Source<'_>>, is_theirs: impl Fn(&str) -> bool) {
    for source in sources.iter_mut() {
        source.keys.retain(|own| !is_theirs(own));
    }
    sources.retain(|source| !source.keys.is_empty());
}

impl Model<'_> {
    /// Undoes corrections in an entry that was written with the right values, so that it is read
    /// as one with the listed values is. A correction of a value that is neither the right one
    /// nor the listed one any more is dropped.
    ///
    /// # Errors
    /// When a value cannot be that of its key.
    pub(crate) fn take_back(&mut self, keys: Keys) -> Result<(), serde_json::Error> {
        for correction in std::mem::take(&mut self.corrections) {
            let is_applied = correction.applied || correction.was.is_some();
            let key = Key::named(&correction.key).filter(|key| keys.has(*key));
            if let Some(key) = key.filter(|_| is_applied) {
                let mut right = Model::default();
                let is_value = right.set(key, correction.value.clone()).is_ok();
                let is_right = is_value && right.get(key) == self.get(key);
                match (&correction.was, is_right) {
                    (was, true) => self.set(key, was.clone())?,
                    (Some(_), false) => continue,
                    (None, false) => {}
                }
            }
            self.corrections.push(correction);
        }
        Ok(())
    }

    /// The entry as a catalog has it: its values as they are before they are corrected.
    #[must_use]
    pub fn into_entry(mut self) -> Self {
        for correction in &mut self.corrections {
            correction.was = None;
            correction.applied = false;
        }
        match self.uncorrected.take() {
            Some(before) => Model {
                corrections: self.corrections,
                notes: self.notes,
                sources: self.sources,
                ..*before
            },
            None => self,
        }
    }
}

/// What a reader should know about a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It replaces the listed value.
    Corrected,
    /// By others than the makers.
    ThirdParty,
    /// Derived before it came into the catalog.
    Derived,
}

/// Marks that occur together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u8);

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
    pub fn messages(self) -> Vec<String> {
        let mut messages = Vec::new();
        if self.has(Mark::Corrected) {
            messages.push("* corrected: `ahm explain NAME.KEY` says why".to_owned());
        }
        let by_source = match (self.has(Mark::ThirdParty), self.has(Mark::Derived)) {
            (true, true) => "† third-party, ‡ derived",
            (true, false) => "† third-party",
            (false, true) => "‡ derived",
            (false, false) => return messages,
        };
        messages.push(format!(
            "{by_source}: see `ahm explain NAME.KEY`; `--stated` omits them"
        ));
        messages
    }
}

/// The texts that hold a figure, and a part of each that shows it where other figures share the
/// text.
const FIGURES: [(Key, &[&str], &[&str]); 6] = [
    (Key::params, &["Params"], &[""]),
    (
        Key::tokens,
        &["Training Data", "Params"],
        &["token", "Token"],
    ),
    (Key::compute_flop, &["Training petaFLOPs"], &[""]),
    (
        Key::hardware,
        &["Training Time", "Training Cost"],
        &["hour", "day"],
    ),
    (Key::cost_usd, &["Training Cost"], &["$"]),
    (Key::energy_mwh, &["Training Power Consumption"], &[""]),
];

/// Whether an entry of the list prints a figure: a source then is where the list has it from. Other
/// values with a source are additions to the list.
pub(crate) fn prints(listed: &Map, key: Key) -> bool {
    let figures = FIGURES.iter().filter(|(own, ..)| *own == key);
    let mut texts = figures.flat_map(|(_, texts, parts)| {
        let printed = texts.iter().filter_map(|text| listed.get(*text)?.as_str());
        printed.map(move |text| parts.iter().any(|part| text.contains(part)))
    });
    texts.any(|found| found)
}

/// Whether a paper that the list links counts as the source of a figure. What a run cost is often
/// printed after others.
pub(crate) fn is_of_paper(key: Key) -> bool {
    ![Key::compute_flop, Key::cost_usd, Key::energy_mwh].contains(&key)
}

/// The keys under which the list prints what a column reads.
pub(crate) fn texts_of(key: &str) -> &'static [&'static str] {
    let column = COLUMNS.iter().find(|column| column.heading.key == key);
    column.map_or(&[], |column| column.listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_occur_are_told_and_no_others() {
        let mut marks = Marks::default();
        assert!(marks.messages().is_empty());
        marks.add(Mark::Derived);
        marks.add(Mark::Corrected);
        assert_eq!((marks.signs().as_str(), marks.count()), ("*‡", 2));
        assert!(marks.messages().concat().contains("‡ derived: "));
        assert!(!marks.messages().concat().contains('†'));
    }
}
