//! Groups of models that have a value in common, and the statistics of their figures.

use crate::catalog::parallel::Merge;
use crate::model::Model;
use crate::model::column::ColumnRef;
use crate::model::value::Value;
use crate::text::by_letters;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Models that have one value in common, and their result.
#[derive(Debug, Clone)]
pub(crate) struct Group<T> {
    /// The value.
    pub value: Value<'static>,
    /// How many have it.
    pub count: usize,
    /// Result of them.
    pub result: T,
}

/// Groups, found by their values as machines have them.
#[derive(Debug, Clone)]
pub(crate) struct Groups<T> {
    groups: Vec<Group<T>>,
    /// The index of each value's group.
    places: HashMap<String, usize>,
}

impl<T> Default for Groups<T> {
    fn default() -> Self {
        Groups {
            groups: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<T: Default> Groups<T> {
    /// Adds a model to the group of each of its values in a column; `add` adds it to what was made
    /// of those before it.
    pub(crate) fn add(&mut self, by: ColumnRef, model: &Model<'_>, mut add: impl FnMut(&mut T)) {
        for value in values(&by.value(model)) {
            add(self.of(&value));
        }
    }

    /// Adds a model to the one group of all its values in a column, which `values` takes apart.
    pub(crate) fn add_whole(&mut self, by: ColumnRef, model: &Model<'_>, add: impl FnOnce(&mut T)) {
        let value = by.value(model);
        add(match values(&value).as_slice() {
            [one] => self.of(one),
            several => {
                let words: serde_json::Value = several.iter().map(Value::exact).collect();
                self.of(&Value::Json(words.to_string(), words))
            }
        });
    }

    /// Adds a model to the one group that there is.
    pub(crate) fn add_to_all(&mut self, add: impl FnOnce(&mut T)) {
        add(self.of(&Value::Missing));
    }

    /// Result of the group of a value, one model more in it.
    fn of(&mut self, value: &Value<'_>) -> &mut T {
        let key = value.exact();
        let place = match self.places.get(&*key) {
            Some(place) => *place,
            None => self.begin(Group {
                value: match value {
                    Value::Missing => Value::Missing,
                    Value::Number(number) => Value::Number(*number),
                    Value::Month(month) => Value::Month(*month),
                    Value::Json(text, words) if words.is_array() => {
                        Value::Json(text.clone(), words.clone())
                    }
                    _ => Value::Text(Cow::Owned(key.into_owned())),
                },
                count: 0,
                result: T::default(),
            }),
        };
        let group = &mut self.groups[place];
        group.count += 1;
        &mut group.result
    }

    /// The groups: years and months from the latest, words from the most used; models without a
    /// value last.
    pub(crate) fn in_order(self, by: ColumnRef) -> Vec<Group<T>> {
        let mut groups = self.groups;
        groups.sort_by(|a, b| {
            let missing = a.value.is_missing().cmp(&b.value.is_missing());
            missing.then_with(|| match by.heading.kind.descends() {
                true => b.value.order(&a.value),
                false => b
                    .count
                    .cmp(&a.count)
                    .then_with(|| by_letters(&a.value.exact(), &b.value.exact())),
            })
        });
        groups
    }
}

/// The values that a value consists of, each once: the words of a list, else the value itself.
pub(crate) fn values<'v>(value: &'v Value<'v>) -> Vec<Value<'v>> {
    match value.tags() {
        Some(tags) if !tags.is_empty() => {
            let mut seen = HashSet::new();
            let tags = tags.into_iter().filter(|tag| seen.insert(*tag));
            tags.map(Value::from).collect()
        }
        _ if value.is_missing() => vec![Value::Missing],
        _ => vec![value.clone()],
    }
}

impl<T> Groups<T> {
    /// The groups in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Group<T>> {
        self.groups.iter()
    }

    /// Adds a group of a new value; returns its index.
    fn begin(&mut self, group: Group<T>) -> usize {
        let (key, place) = (group.value.exact().into_owned(), self.groups.len());
        self.places.insert(key, place);
        self.groups.push(group);
        place
    }
}

impl<T: Merge> Merge for Groups<T> {
    fn merge(&mut self, later: Self) {
        for group in later.groups {
            match self.places.get(&*group.value.exact()) {
                Some(place) => {
                    let own = &mut self.groups[*place];
                    own.count += group.count;
                    own.result.merge(group.result);
                }
                None => {
                    self.begin(group);
                }
            }
        }
    }
}

/// Statistics of several figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Summary {
    /// How many.
    pub count: usize,
    /// The one in the middle; of an even number the mean of the two, without what the addition of
    /// binary fractions leaves.
    pub median: f64,
    /// The least.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// All together.
    pub sum: f64,
}

impl Summary {
    /// Sums up figures, in whatever order they come; nothing for none.
    pub(crate) fn of(mut figures: Vec<f64>) -> Option<Summary> {
        let count = figures.len();
        let middle = figures.get(count / 2).map(|_| count / 2)?;
        let sum = sum(&figures);
        let (below, upper, above) = figures.select_nth_unstable_by(middle, f64::total_cmp);
        let lower = below.iter().copied().max_by(f64::total_cmp);
        let least = below.iter().copied().min_by(f64::total_cmp);
        let largest = above.iter().copied().max_by(f64::total_cmp);
        Some(Summary {
            count,
            median: match lower.filter(|_| count.is_multiple_of(2)) {
                Some(lower) => decimal(f64::midpoint(lower, *upper)),
                None => *upper,
            },
            min: least.unwrap_or(*upper),
            max: largest.unwrap_or(*upper),
            sum,
        })
    }
}

/// The sum to the last digit, or nearly: what each addition rounds away is added at the end
/// (Neumaier 1974, an improvement of Kahan's).
fn sum(figures: &[f64]) -> f64 {
    let (mut sum, mut lost) = (0.0, 0.0);
    for figure in figures {
        let next = sum + figure;
        lost += match f64::abs(sum) >= figure.abs() {
            true => (sum - next) + figure,
            false => (figure - next) + sum,
        };
        sum = next;
    }
    decimal(sum + lost)
}

/// A number in the 15 digits that a binary fraction keeps of a decimal one; an integer whole.
pub(crate) fn decimal(number: f64) -> f64 {
    // All integers up to 2^53 are exact.
    match number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 {
        true => number,
        false => format!("{number:.14e}").parse().unwrap_or(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_median_is_in_the_middle() {
        let summary = Summary::of(vec![5.0, 1.0, 3.0]).expect("three figures");
        assert_eq!((summary.median, summary.min, summary.max), (3.0, 1.0, 5.0));
        assert_eq!((summary.count, summary.sum), (3, 9.0));
        let summary = Summary::of(vec![4.0, 1.0]).expect("two figures");
        assert_eq!(summary.median, 2.5);
        assert_eq!(Summary::of(Vec::new()), None);
        let one = Summary::of(vec![7.0]).expect("a figure");
        assert_eq!((one.median, one.min, one.max), (7.0, 7.0, 7.0));
    }

    #[test]
    fn sums_and_medians_of_decimals_are_decimals() {
        let summary = Summary::of(vec![65.7, 65.9]).expect("two figures");
        assert_eq!((summary.median, summary.sum), (65.8, 131.6));
        let summary = Summary::of(vec![2.4e24, 2.54e24]).expect("two figures");
        assert_eq!((summary.median, summary.sum), (2.47e24, 4.94e24));
        let whole = Summary::of(vec![9_007_199_254_740_991.0, 1.0]).expect("two figures");
        assert_eq!(whole.sum, 9_007_199_254_740_992.0);
        let one = Summary::of(vec![0.100_926_072_062_223_25]).expect("a figure");
        assert_eq!(one.median, 0.100_926_072_062_223_25);
    }

    proptest! {
        #[test]
        fn order_does_not_matter(figures in prop::collection::vec(1.0f64..1e15, 1..40), by in 0usize..40) {
            let mut sorted = figures.clone();
            sorted.sort_by(f64::total_cmp);
            let mut turned = figures.clone();
            turned.rotate_left(by % figures.len());
            let (one, other) = (Summary::of(figures), Summary::of(turned));
            prop_assert_eq!(one, other);
            let (one, middle) = (one.expect("figures"), sorted.len() / 2);
            let median = match sorted.len() % 2 {
                0 => decimal(f64::midpoint(sorted[middle - 1], sorted[middle])),
                _ => sorted[middle],
            };
            let ends = (sorted[0], sorted[sorted.len() - 1]);
            prop_assert_eq!((one.median, (one.min, one.max)), (median, ends));
            let plain: f64 = sorted.iter().sum();
            prop_assert!((one.sum - plain).abs() <= 1e-12 * plain);
        }
    }
}
