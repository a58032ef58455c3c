//! The sources of a model while entries are read over one another.

use crate::model::schema::COLUMNS;
use crate::model::{Correction, Key, Keys, Model, Source, SourceKind, Text};

impl<'a> Model<'a> {
    /// Keeps the values of these keys, with the id, the name, and the sources of what is left.
    pub(crate) fn retain_keys(&mut self, keys: Keys) {
        let named = Keys::of(&[Key::id, Key::name, Key::sources]);
        for key in Key::ALL.iter().filter(|key| !keys.union(named).has(**key)) {
            self.remove(*key);
        }
        self.extra.clear();
        remove_keys(&mut self.sources, |own| {
            !Key::named(own).is_some_and(|key| keys.has(key))
        });
    }

    /// Cites figures that a later entry gives without a source, so that no estimate becomes a statement.
    /// If the value is as before, its sources stay; otherwise it is a third party's claim, made by
    /// the file of the entry.
    pub(crate) fn cite_unsourced(&mut self, before: &Model<'a>, file: &str) {
        let is_figure = |key: &Key| COLUMNS.iter().any(|column| column.figure == Some(*key));
        for key in Key::ALL.iter().copied().filter(is_figure) {
            let cites = |source: &&Source<'_>| source.keys.iter().any(|own| **own == *key.name());
            let is_corrected = self.corrections.iter().any(|own| *own.key == *key.name());
            if is_corrected || self.get(key).is_none() || self.sources.iter().any(|own| cites(&own))
            {
                continue;
            }
            let claims: Vec<Source<'a>> = match self.get(key) == before.get(key) {
                true => before.sources.iter().filter(cites).cloned().collect(),
                false => vec![Source {
                    keys: Vec::new(),
                    url: Text::owned(file),
                    kind: SourceKind::ThirdParty,
                    confidence: None,
                    row: None,
                    snapshot: None,
                }],
            };
            for claim in claims {
                self.cite(key, claim);
            }
        }
    }

    /// Adds a source of a key: the key to the same source of others, if there is one.
    fn cite(&mut self, key: Key, mut source: Source<'a>) {
        source.keys.clear();
        let is_same = |own: &&mut Source<'_>| {
            let same = own.url == source.url && own.kind == source.kind && own.row == source.row;
            same && own.confidence == source.confidence && own.snapshot == source.snapshot
        };
        match self.sources.iter_mut().find(is_same) {
            Some(own) => own.keys.push(key.name().into()),
            None => {
                source.keys.push(key.name().into());
                self.sources.push(source);
            }
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
        let cited = self.sources.iter().flat_map(|source| &source.keys);
        remove_keys(&mut sources, |own| {
            is_given(own) || cited.clone().any(|key| **key == *own)
        });
        let corrected = self.corrections.iter().map(|own| &own.key);
        corrections
            .retain(|own| !is_given(&own.key) && !corrected.clone().any(|key| *key == own.key));
        sources.append(&mut self.sources);
        corrections.append(&mut self.corrections);
        (self.sources, self.corrections) = (sources, corrections);
    }
}

/// Removes keys from sources, and sources that have none left.
pub(super) fn remove_keys(sources: &mut Vec<Source<'_>>, is_theirs: impl Fn(&str) -> bool) {
    for source in sources.iter_mut() {
        source.keys.retain(|own| !is_theirs(own));
    }
    sources.retain(|source| !source.keys.is_empty());
}
