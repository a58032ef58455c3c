//! The latest model of each group.

use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::RawRecord;
use crate::model::column::ColumnRef;
use crate::model::{Keys, Model, schema};
use crate::query::SortKey;
use crate::query::top::Top;
use std::collections::{BTreeMap, BTreeSet};

const ORDER: [SortKey; 2] = [
    SortKey {
        column: schema::column("announced"),
        descending: true,
    },
    // Of one month the largest.
    SortKey {
        column: schema::column("params"),
        descending: true,
    },
];

/// The latest model of each value of a column. Models without a value, or without a month, are left
/// out.
#[derive(Debug, Clone)]
pub(crate) struct Latest {
    by: ColumnRef,
    groups: BTreeMap<String, Top>,
}

impl Latest {
    /// No models yet.
    pub(crate) fn new(by: ColumnRef) -> Latest {
        Latest {
            by,
            groups: BTreeMap::new(),
        }
    }

    /// The keys of a model that it reads.
    pub(crate) fn needs(&self) -> Keys {
        let order = ORDER.iter().map(|key| key.column.needs);
        order.fold(self.by.needs, Keys::union)
    }

    /// Adds a model to the group of each of its values.
    pub(crate) fn push(&mut self, model: &Model<'_>, record: &RawRecord<'_>) {
        let value = self.by.value(model);
        if value.is_missing() || model.announced.is_none() {
            return;
        }
        let words = match value.tags() {
            Some(tags) => tags.into_iter().map(str::to_owned).collect(),
            None => vec![value.exact().into_owned()],
        };
        for word in words {
            let group = self.groups.entry(word);
            let top = group.or_insert_with(|| Top::new(&ORDER, 1));
            top.push(model, record);
        }
    }

    /// The records, each once: one model may be the latest of several groups.
    pub(crate) fn into_records(self) -> Vec<RawRecord<'static>> {
        let mut seen = BTreeSet::new();
        let records = self.groups.into_values().flat_map(Top::into_records);
        records
            .filter(|record| seen.insert(record.position()))
            .collect()
    }
}

impl Merge for Latest {
    fn merge(&mut self, later: Latest) {
        for (word, top) in later.groups {
            match self.groups.get_mut(&word) {
                Some(own) => own.merge(top),
                None => {
                    self.groups.insert(word, top);
                }
            }
        }
    }
}
