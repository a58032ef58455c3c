//! Provenance: who says the figures of a model.

use crate::model::keys::Keys;
use crate::model::listed;
use crate::model::{Correction, Key, Model, Note, Source, SourceKind};

/// The keys that hold figures. Words and dates frame an entry: their sources are told, but nothing
/// of them is marked or left out.
pub(crate) const FIGURES: [Key; 12] = [
    Key::params,
    Key::active_params,
    Key::embedding_params,
    Key::sizes,
    Key::tokens,
    Key::epochs,
    Key::samples,
    Key::data_bytes,
    Key::compute_flop,
    Key::hardware,
    Key::cost_usd,
    Key::energy_mwh,
];

impl<'a> Model<'a> {
    /// How near to the makers the value of a key is. A correction in force says so itself. Of
    /// several sources the farthest counts: a figure is the makers' if they say all of it. What has
    /// no source is the list's, or that of the author of the entry.
    pub fn kind_of(&self, key: Key) -> SourceKind {
        let speaks = |source: &&Source<'_>| source.keys.iter().any(|own| **own == *key.name());
        let kinds = self.sources.iter().filter(speaks).map(|source| source.kind);
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
                if !listed::prints(&self.listed, key) {
                    self.leave_out(key);
                }
            }
        }
    }

    /// Leaves out the figures that the makers do not state, and what is said of them.
    pub fn only_stated(&mut self) {
        for key in FIGURES {
            if self.kind_of(key) == SourceKind::Stated {
                continue;
            }
            self.withheld = self.withheld.and(Keys::of(&[key]));
            self.leave_out(key);
            if let Some(before) = &mut self.uncorrected {
                before.leave_out(key);
            }
            self.corrections.retain(|own| *own.key != *key.name());
            silence(&mut self.sources, |own| own == key.name());
        }
    }

    /// Keeps the sources and corrections of an earlier entry, except those for keys that this
    /// later entry gives (`laid`), cites or corrects itself.
    pub(crate) fn keep_earlier(
        &mut self,
        mut sources: Vec<Source<'a>>,
        mut corrections: Vec<Correction<'a>>,
        laid: Keys,
    ) {
        let is_laid = |own: &str| Key::named(own).is_some_and(|key| laid.has(key));
        let cited: Vec<&str> = self
            .sources
            .iter()
            .flat_map(|source| source.keys.iter())
            .map(|key| &**key)
            .collect();
        silence(&mut sources, |own| cited.contains(&own) || is_laid(own));
        sources.append(&mut self.sources);
        self.sources = sources;
        let corrected = |own: &str| self.corrections.iter().any(|later| *later.key == *own);
        corrections.retain(|own| !is_laid(&own.key) && !corrected(&own.key));
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

/// Takes keys from sources, and sources that speak for none.
fn silence(sources: &mut Vec<Source<'_>>, is_theirs: impl Fn(&str) -> bool) {
    for source in sources.iter_mut() {
        source.keys.retain(|own| !is_theirs(own));
    }
    sources.retain(|source| !source.keys.is_empty());
}
