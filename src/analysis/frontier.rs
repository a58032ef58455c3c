//! The frontier: which points are the largest so far, as time goes by.

use crate::catalog::parallel::Merge;
use crate::model::month::Point;

/// Points that are larger than all earlier ones, and those that tie with them in their month; each
/// with what belongs to it.
#[derive(Debug, Clone)]
pub(crate) struct Records<T>(Vec<(Point, T)>);

impl<T> Default for Records<T> {
    fn default() -> Self {
        Records(Vec::new())
    }
}

impl<T> Records<T> {
    /// Adds a point if it is a record among the points so far, and removes those that it beats.
    /// Of a month the largest value counts; an equal value of a later month is not a record.
    pub(crate) fn push(&mut self, point: Point, make: impl FnOnce() -> T) {
        let Records(records) = self;
        let at = records.partition_point(|(own, _)| own.month <= point.month);
        let before = at.checked_sub(1).map(|last| records[last].0);
        if before.is_some_and(|own| {
            own.value > point.value || own.value == point.value && own.month < point.month
        }) {
            return;
        }
        let is_beaten = |own: &Point| own.month == point.month && own.value < point.value;
        let first = records[..at].partition_point(|(own, _)| !is_beaten(own));
        let beaten = records[at..].partition_point(|(own, _)| own.value <= point.value);
        records.splice(first..at + beaten, []);
        let at = records.partition_point(|(own, _)| own.month <= point.month);
        records.insert(at, (point, make()));
    }

    /// The records in the order of time, those that tie together.
    pub(crate) fn tied(&self) -> impl Iterator<Item = &[(Point, T)]> {
        self.0.chunk_by(|(one, _), (other, _)| one == other)
    }
}

impl<T: Clone + Send + Sync> Merge for Records<T> {
    fn merge(&mut self, later: Records<T>) {
        for (point, own) in later.0 {
            self.push(point, || own);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_record_is_larger_than_all_before_it(
            points in prop::collection::vec((0i32..30, 1u8..12), 0..40), cut in 0usize..40,
        ) {
            let points: Vec<Point> = points.iter().map(|(month, value)| Point {
                month: Month::at(24_000 + month).expect("a month"),
                value: f64::from(*value),
            }).collect();
            let records = |points: &[Point], first: usize| {
                let mut records = Records::default();
                for (i, point) in points.iter().enumerate() {
                    records.push(*point, || first + i);
                }
                records
            };
            let cut = cut.min(points.len());
            let mut merged = records(&points[..cut], 0);
            merged.merge(records(&points[cut..], cut));
            let found: Vec<usize> = merged.tied().flatten().map(|(_, i)| *i).collect();
            let is_record = |point: &Point| points.iter().all(|other| match other.month.cmp(&point.month) {
                std::cmp::Ordering::Less => other.value < point.value,
                std::cmp::Ordering::Equal => other.value <= point.value,
                std::cmp::Ordering::Greater => true,
            });
            let mut expected: Vec<usize> =
                (0..points.len()).filter(|i| is_record(&points[*i])).collect();
            expected.sort_by_key(|i| points[*i].month);
            prop_assert_eq!(found, expected);
        }
    }
}
