//! Records: points that were among the largest when they came.

use crate::catalog::parallel::Merge;
use crate::model::month::Point;

/// The points that were among the `most` largest when they came, each with what belongs to it. All
/// points of a month come together. Points may be added in any order.
///
/// With 10, these are the frontier models of Epoch AI, "Training Compute of Frontier AI Models Grows
/// by 4-5x per Year" (2024), which calls them the running top 10; with 1, those that held the record.
#[derive(Debug, Clone)]
pub(crate) struct Records<T> {
    most: usize,
    /// Those that may be records.
    points: Vec<(Point, T)>,
    /// How many may be kept before those that are not records are removed.
    room: usize,
    /// After each of these months, what is not larger is not a record.
    cutoffs: Vec<Point>,
}

/// A point that was among the largest when it came.
#[derive(Debug, Clone)]
pub(crate) struct Ranked<T> {
    pub point: Point,
    /// From 1: one more than the points that were larger, or as large and of an earlier month.
    pub rank: usize,
    pub item: T,
}

const ROOM: usize = 256;

impl<T> Records<T> {
    pub(crate) fn new(most: usize) -> Records<T> {
        Records {
            most,
            points: Vec::new(),
            room: ROOM,
            cutoffs: Vec::new(),
        }
    }

    /// Adds a point, unless it certainly is not a record.
    pub(crate) fn push(&mut self, point: Point, make: impl FnOnce() -> T) {
        let earlier = self
            .cutoffs
            .partition_point(|cutoff| cutoff.month < point.month);
        let cutoff = earlier.checked_sub(1).map(|last| self.cutoffs[last].value);
        if cutoff.is_some_and(|cutoff| point.value <= cutoff) {
            return;
        }
        self.points.push((point, make()));
        if self.points.len() > self.room {
            self.settle();
            self.room = ROOM.max(2 * self.points.len());
        }
    }

    /// The records in the order of time, of a month the largest first.
    pub(crate) fn into_ranked(mut self) -> Vec<Ranked<T>> {
        let ranks = self.settle();
        let records = self.points.into_iter().zip(ranks);
        let records = records.map(|((point, item), rank)| Ranked { point, rank, item });
        records.collect()
    }

    /// Removes what is not a record, and sorts the rest; returns their ranks.
    ///
    /// Of the points ahead of a record, each has fewer ahead of it, so it is a record too, and was not
    /// removed: the ranks are those among all points.
    fn settle(&mut self) -> Vec<usize> {
        self.points.sort_by(|(a, _), (b, _)| {
            let month = a.month.cmp(&b.month);
            month.then(b.value.total_cmp(&a.value))
        });
        // The largest values of the months before, the largest first.
        let mut largest: Vec<f64> = Vec::new();
        let mut ranks = Vec::new();
        self.cutoffs.clear();
        for month in self.points.chunk_by(|(a, _), (b, _)| a.month == b.month) {
            for (point, _) in month {
                let before = largest.partition_point(|value| *value >= point.value);
                let beside = month.partition_point(|(other, _)| other.value > point.value);
                ranks.push(before + beside + 1);
            }
            let values = month.iter().take(self.most);
            largest.extend(values.map(|(point, _)| point.value));
            largest.sort_by(|a, b| b.total_cmp(a));
            largest.truncate(self.most);
            let cutoff = largest.get(self.most - 1).map(|&value| Point {
                month: month[0].0.month,
                value,
            });
            self.cutoffs.extend(cutoff);
        }
        let mut is_record = ranks.iter().map(|rank| *rank <= self.most);
        self.points.retain(|_| is_record.next().unwrap_or(false));
        ranks.retain(|rank| *rank <= self.most);
        ranks
    }
}

impl<T: Clone + Send + Sync> Merge for Records<T> {
    fn merge(&mut self, later: Records<T>) {
        for (point, item) in later.points {
            self.push(point, || item);
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
        fn a_record_is_among_the_largest_so_far(
            points in prop::collection::vec((0i32..30, 1u8..12), 0..60),
            most in 1usize..5, room in 0usize..20, cut in 0usize..60,
        ) {
            let points: Vec<Point> = points.iter().map(|(month, value)| Point {
                month: Month::at(24_000 + month).expect("a month"),
                value: f64::from(*value),
            }).collect();
            let records = |points: &[Point], first: usize| {
                let mut records = Records { room, ..Records::new(most) };
                for (i, point) in points.iter().enumerate() {
                    records.push(*point, || first + i);
                    records.room = room;
                }
                records
            };
            let cut = cut.min(points.len());
            let mut merged = records(&points[..cut], 0);
            merged.merge(records(&points[cut..], cut));
            let ranked = merged.into_ranked();
            prop_assert!(ranked.is_sorted_by_key(|own| (own.point.month, own.rank)));
            let mut found: Vec<(usize, usize)> = ranked.iter().map(|own| (own.item, own.rank)).collect();
            found.sort_unstable();
            let rank = |point: &Point| 1 + points.iter().filter(|other| match other.month.cmp(&point.month) {
                std::cmp::Ordering::Less => other.value >= point.value,
                std::cmp::Ordering::Equal => other.value > point.value,
                std::cmp::Ordering::Greater => false,
            }).count();
            let ranks = points.iter().map(rank).enumerate();
            let expected: Vec<(usize, usize)> = ranks.filter(|(_, rank)| *rank <= most).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
