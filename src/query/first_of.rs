//! The first model of each group in an order: the latest of an organization, the largest of a family.

use crate::catalog::parallel::Merge;
use crate::model::column::ColumnRef;
use crate::model::{Key, Keys, Model, schema};
use crate::query::SortKey;
use crate::query::group::values;
use crate::query::top::sort_key;
use std::collections::BTreeMap;

const fn key(name: &str, descending: bool) -> SortKey {
    SortKey {
        column: schema::column(name),
        descending,
    }
}

/// The latest first, of one month the largest.
pub(crate) const LATEST: [SortKey; 2] = [key("announced", true), key("params", true)];
/// The largest first, of one size the earliest.
pub(crate) const LARGEST: [SortKey; 2] = [key("params", true), key("announced", false)];

/// The result of the first model of each value of a column, whatever the order in which they come.
#[derive(Debug, Clone)]
pub(crate) struct FirstOf<T> {
    by: ColumnRef,
    order: &'static [SortKey],
    /// Of no model.
    empty: T,
    /// Of models without a value.
    pub others: T,
    /// The sort key of the first model of each value so far, and its result.
    first: BTreeMap<String, (Vec<u8>, T)>,
}

impl<T: Clone> FirstOf<T> {
    pub(crate) fn new(by: ColumnRef, order: &'static [SortKey], empty: T) -> FirstOf<T> {
        FirstOf {
            by,
            order,
            others: empty.clone(),
            empty,
            first: BTreeMap::new(),
        }
    }

    /// The keys of a model that it reads.
    pub(crate) fn needs(&self) -> Keys {
        let order = self.order.iter().map(|key| key.column.needs);
        let own = self.by.needs.union(Keys::of(&[Key::name, Key::id]));
        order.fold(own, Keys::union)
    }

    /// Adds a model, where it is the first of its value so far.
    pub(crate) fn add(&mut self, model: &Model<'_>, mut add: impl FnMut(&mut T)) {
        let value = self.by.value(model);
        if value.is_missing() {
            return add(&mut self.others);
        }
        let rank = sort_key(self.order, model);
        for value in values(&value) {
            let value = value.exact().into_owned();
            let known = self.first.get(&value);
            if known.is_none_or(|(known, _)| rank < *known) {
                let mut own = self.empty.clone();
                add(&mut own);
                self.first.insert(value, (rank.clone(), own));
            }
        }
    }

    /// The result of models without a value, and of the first model of each value.
    pub(crate) fn into_parts(self) -> (T, impl Iterator<Item = T>) {
        let first = self.first.into_values().map(|(_, own)| own);
        (self.others, first)
    }
}

impl<T: Merge> Merge for FirstOf<T> {
    fn merge(&mut self, later: FirstOf<T>) {
        self.others.merge(later.others);
        for (value, (rank, own)) in later.first {
            let known = self.first.get(&value);
            if known.is_none_or(|(known, _)| rank < *known) {
                self.first.insert(value, (rank, own));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figure::Figure;
    use crate::model::month::Month;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const NAMES: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

    type Spec = (Option<u8>, Option<u8>, u8);

    fn model((family, params, month): Spec, index: usize) -> Model<'static> {
        Model {
            id: NAMES[index].into(),
            name: NAMES[index].into(),
            family: family.map(|family| NAMES[usize::from(family)].into()),
            params: params.map(|params| Figure(params.into())),
            announced: Month::at(2024 * 12 + i32::from(month)),
            ..Model::default()
        }
    }

    /// Models and the same in another order.
    fn models() -> impl Strategy<Value = (Vec<Spec>, Vec<(usize, Spec)>)> {
        let spec = (prop::option::of(0u8..3), prop::option::of(1u8..4), 1u8..3);
        let specs = prop::collection::vec(spec, 0..NAMES.len());
        specs.prop_flat_map(|specs| {
            let numbered: Vec<(usize, Spec)> = specs.iter().copied().enumerate().collect();
            (Just(specs), Just(numbered).prop_shuffle())
        })
    }

    proptest! {
        #[test]
        fn a_family_counts_once_in_any_order_and_in_any_parts((specs, shuffled) in models(), cut in 0usize..12) {
            // By definition: the first of each family, from the largest on.
            let mut sorted: Vec<(usize, Spec)> = specs.iter().copied().enumerate().collect();
            sorted.sort_by_key(|(index, (_, params, month))| {
                (std::cmp::Reverse(*params), *month, *index)
            });
            let mut seen = Vec::new();
            sorted.retain(|(_, (family, ..))| {
                let is_new = family.is_none() || !seen.contains(family);
                seen.push(*family);
                is_new
            });
            let expected: BTreeSet<String> =
                sorted.iter().map(|(index, _)| NAMES[*index].to_owned()).collect();
            let fold = |part: &[(usize, Spec)]| {
                let by = schema::column("family");
                let mut families = FirstOf::new(by, &LARGEST, Vec::new());
                for (index, spec) in part {
                    let add = |ids: &mut Vec<String>| ids.push(NAMES[*index].to_owned());
                    families.add(&model(*spec, *index), add);
                }
                families
            };
            let (first, second) = shuffled.split_at(cut.min(shuffled.len()));
            let mut families = fold(first);
            families.merge(fold(second));
            let (mut found, first) = families.into_parts();
            found.extend(first.flatten());
            prop_assert_eq!(found.len(), expected.len());
            prop_assert_eq!(BTreeSet::from_iter(found), expected);
        }
    }
}
