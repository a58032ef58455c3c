//! Counts a family of models once, by its largest.

use crate::catalog::parallel::Merge;
use crate::model::month::Month;
use crate::model::{Key, Keys, Model};
use crate::text::by_letters;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What is made of models that are not of the same family, whatever the order in which they come.
#[derive(Debug, Clone)]
pub(crate) struct Families<T> {
    /// Nothing yet.
    empty: T,
    /// What was made of models without a family.
    single: T,
    /// The largest model of each family so far, and what was made of it.
    largest: BTreeMap<String, (Rank, T)>,
}

/// What decides which model of a family is the largest.
#[derive(Debug, Clone)]
struct Rank {
    params: Option<f64>,
    announced: Option<Month>,
    name: String,
    id: String,
}

impl<T: Clone> Families<T> {
    pub(crate) fn new(empty: T) -> Families<T> {
        Families {
            single: empty.clone(),
            largest: BTreeMap::new(),
            empty,
        }
    }

    /// The keys of a model that are read.
    pub(crate) const KEYS: Keys =
        Keys::of(&[Key::family, Key::params, Key::announced, Key::name, Key::id]);

    /// Adds a model by itself.
    pub(crate) fn add_single(&mut self, add: impl FnOnce(&mut T)) {
        add(&mut self.single);
    }

    /// Adds a model; of its family only the largest is kept.
    pub(crate) fn add(&mut self, model: &Model<'_>, add: impl FnOnce(&mut T)) {
        let Some(family) = model.family.as_deref() else {
            return self.add_single(add);
        };
        let rank = Rank {
            params: model.params.map(|params| params.0),
            announced: model.announced,
            name: model.name.to_string(),
            id: model.id.to_string(),
        };
        let known = self.largest.get(family);
        if known.is_none_or(|(known, _)| rank.order(known).is_lt()) {
            let mut own = self.empty.clone();
            add(&mut own);
            self.largest.insert(family.to_owned(), (rank, own));
        }
    }
}

impl<T: Merge> Families<T> {
    /// What was made of all that count.
    pub(crate) fn into_result(self) -> T {
        let mut result = self.single;
        for (_, own) in self.largest.into_values() {
            result.merge(own);
        }
        result
    }
}

impl<T: Merge> Merge for Families<T> {
    fn merge(&mut self, later: Families<T>) {
        self.single.merge(later.single);
        for (family, (rank, own)) in later.largest {
            let known = self.largest.get(&family);
            if known.is_none_or(|(known, _)| rank.order(known).is_lt()) {
                self.largest.insert(family, (rank, own));
            }
        }
    }
}

impl Rank {
    /// The largest first, then the earliest, then by name; what is unknown last.
    fn order(&self, other: &Rank) -> Ordering {
        // None is less than any number.
        let params = |rank: &Rank| rank.params.unwrap_or(-1.0);
        let announced = |rank: &Rank| (rank.announced.is_none(), rank.announced);
        params(other)
            .total_cmp(&params(self))
            .then_with(|| announced(self).cmp(&announced(other)))
            .then_with(|| by_letters(&self.name, &other.name))
            .then_with(|| self.id.cmp(&other.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figure::Figure;
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
                let mut families = Families::new(Vec::new());
                for (index, spec) in part {
                    let add = |ids: &mut Vec<String>| ids.push(NAMES[*index].to_owned());
                    families.add(&model(*spec, *index), add);
                }
                families
            };
            let (first, second) = shuffled.split_at(cut.min(shuffled.len()));
            let mut families = fold(first);
            families.merge(fold(second));
            let found = families.into_result();
            prop_assert_eq!(found.len(), expected.len());
            prop_assert_eq!(BTreeSet::from_iter(found), expected);
        }
    }
}
