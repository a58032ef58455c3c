//! Candidates: who may have held a record, found model by model.

use crate::catalog::gather::Gather;
use crate::catalog::source::Place;
use crate::model::month::Month;
use std::collections::BTreeMap;

/// Who may have held a record: nobody who reached no more than somebody had in an earlier month,
/// or less than another in the same.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Candidates {
    /// The most of each month that had more than every month before it.
    best: BTreeMap<Month, Best>,
}

/// The most that was reached in a month, and by whom.
#[derive(Debug, PartialEq)]
struct Best {
    value: f64,
    places: Vec<Place>,
}

impl Candidates {
    /// Notes who reached a figure in a month.
    pub(crate) fn note(&mut self, month: Month, value: f64, place: Place) {
        // As nearly all of them are, for whom no list is made.
        let last = self.best.range(..=month).next_back();
        if last.is_some_and(|(_, best)| value < best.value) {
            return;
        }
        let places = vec![place];
        self.add(month, Best { value, places });
    }

    /// Where they stand, in the order of the catalog.
    pub(crate) fn places(&self) -> Vec<Place> {
        let told = self.told().into_iter();
        told.map(|(place, _, _)| place).collect()
    }

    /// Where they stand, when they came and how much they reached, in the order of the catalog.
    pub(crate) fn told(&self) -> Vec<(Place, Month, f64)> {
        let best = self.best.iter().flat_map(|(month, best)| {
            let places = best.places.iter();
            places.map(|place| (*place, *month, best.value))
        });
        let mut told: Vec<(Place, Month, f64)> = best.collect();
        told.sort_unstable_by_key(|(place, ..)| (place.source, place.start));
        told
    }

    fn add(&mut self, month: Month, mut new: Best) {
        if let Some((before, best)) = self.best.range_mut(..=month).next_back() {
            if *before == month && new.value == best.value {
                best.places.append(&mut new.places);
                return;
            }
            let takes = new.value > best.value;
            if !takes {
                return;
            }
        }
        let value = new.value;
        self.best.insert(month, new);
        // What was a record only because nobody knew of this one.
        let later = self.best.range(month..).skip(1);
        let beaten = later.take_while(|(_, best)| best.value <= value);
        for month in beaten.map(|(month, _)| *month).collect::<Vec<_>>() {
            self.best.remove(&month);
        }
    }
}

impl Gather for Candidates {
    fn append(&mut self, later: Candidates) {
        for (month, best) in later.best {
            self.add(month, best);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::frontier::{Holder, Point, holders};
    use proptest::prelude::*;

    fn place(start: usize) -> Place {
        Place {
            source: 0,
            length: 0,
            start: start as u64,
        }
    }

    proptest! {
        #[test]
        fn candidates_of_parts_are_those_of_the_whole_and_hold_its_records(
            figures in prop::collection::vec((1u32..13, 0i32..12), 0..80),
            cut in 0usize..80,
        ) {
            let months: Vec<Month> = (1..13)
                .map(|month| format!("2020-{month:02}").parse().expect("a month"))
                .collect();
            let all: Vec<(Month, f64)> = figures
                .iter()
                .map(|(month, value)| (months[*month as usize - 1], f64::from(*value)))
                .collect();
            let noted = |from: usize, to: usize| {
                let mut candidates = Candidates::default();
                for (start, (month, value)) in all.iter().enumerate().take(to).skip(from) {
                    candidates.note(*month, *value, place(start));
                }
                candidates
            };
            let cut = cut.min(all.len());
            let whole = noted(0, all.len());
            let mut parts = noted(0, cut);
            parts.append(noted(cut, all.len()));
            prop_assert_eq!(&parts, &whole);

            // Names in an order that is not that of the catalog.
            let name = |start: usize| format!("{}", start * 7 % 10);
            let names: Vec<String> = (0..all.len()).map(name).collect();
            let point = |start: usize| Point {
                month: all[start].0,
                value: all[start].1,
                name: &names[start],
            };
            let told = |starts: &[usize]| {
                let points: Vec<Point<'_>> = starts.iter().map(|start| point(*start)).collect();
                let own = |holder: Holder| {
                    let of = |place: usize| starts[place];
                    let tied: Vec<usize> = holder.tied.into_iter().map(of).collect();
                    (of(holder.place), holder.factor, holder.lost_to.map(of), tied)
                };
                holders(&points, months[11]).into_iter().map(own).collect::<Vec<_>>()
            };
            let starts: Vec<usize> = (0..all.len()).collect();
            let few: Vec<usize> = whole.places().iter().map(|p| p.start as usize).collect();
            prop_assert_eq!(told(&few), told(&starts));
        }
    }
}
