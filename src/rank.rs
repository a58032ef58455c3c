//! Ranks: the order of an answer, and the first of it without holding the rest.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::gather::Gather;
use crate::model::Model;
use crate::query::SortKey;
use crate::source::Place;
use crate::value::{Value, by_letters};

/// The first models in an order, and how many of them are wanted.
#[derive(Debug)]
pub struct Top {
    order: Vec<SortKey>,
    limit: usize,
    /// The last of those kept is on top.
    kept: BinaryHeap<Row>,
}

/// A model in an order.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    ranks: Box<[Rank]>,
    /// Name and id, for those that are equal otherwise.
    name: Box<str>,
    place: Place,
}

/// What decides where a value stands; the least comes first.
#[derive(Debug, PartialEq, Eq)]
enum Rank {
    /// A number, as bits that are in its order.
    Figure(u64),
    Words(Box<str>),
    /// Words that descend.
    Backwards(Box<str>),
    /// Last in either direction.
    Missing,
}

impl Top {
    /// The first `limit` models in this order.
    pub fn new(order: &[SortKey], limit: usize) -> Top {
        Top {
            order: order.to_vec(),
            limit,
            kept: BinaryHeap::new(),
        }
    }

    /// Notes a model, unless enough are before it.
    pub fn note(&mut self, place: Place, model: &Model<'_>) {
        let last = match self.kept.len() < self.limit {
            true => None,
            false => self.kept.peek(),
        };
        if self.limit == 0 || last.is_some_and(|last| self.is_behind(model, last)) {
            return;
        }
        let ranks = self.order.iter().map(|key| Rank::of(key, model));
        self.keep(Row {
            ranks: ranks.collect(),
            name: format!("{}\0{}", model.name, model.id).into_boxed_str(),
            place,
        });
    }

    /// Where the models stand, the first first.
    pub fn places(self) -> Vec<Place> {
        let rows = self.kept.into_sorted_vec();
        rows.into_iter().map(|row| row.place).collect()
    }

    fn keep(&mut self, row: Row) {
        self.kept.push(row);
        if self.kept.len() > self.limit {
            self.kept.pop();
        }
    }

    /// Whether the first key alone puts a model behind a row.
    fn is_behind(&self, model: &Model<'_>, row: &Row) -> bool {
        match (self.order.first(), row.ranks.first()) {
            (Some(key), Some(rank)) => Rank::of(key, model) > *rank,
            _ => false,
        }
    }
}

impl Gather for Top {
    fn append(&mut self, later: Top) {
        later.kept.into_iter().for_each(|row| self.keep(row));
    }
}

impl Rank {
    fn of(key: &SortKey, model: &Model<'_>) -> Rank {
        let value = (key.column.read)(model);
        if value.is_missing() {
            return Rank::Missing;
        }
        let words = match value.scale() {
            Some(number) if key.descending => return Rank::Figure(!ascending(number)),
            Some(number) => return Rank::Figure(ascending(number)),
            None => match value {
                // Between words stands what comes before every letter.
                Value::Tags(tags) => {
                    let tags: Vec<&str> = tags.iter().map(|tag| &**tag).collect();
                    tags.join("\0")
                }
                value => value.exact().into_owned(),
            },
        };
        match key.descending {
            true => Rank::Backwards(words.into_boxed_str()),
            false => Rank::Words(words.into_boxed_str()),
        }
    }

    fn kind(&self) -> u8 {
        match self {
            Rank::Figure(_) => 0,
            Rank::Words(_) => 1,
            Rank::Backwards(_) => 2,
            Rank::Missing => 3,
        }
    }
}

/// Bits in the order of the numbers, that of `f64::total_cmp`.
fn ascending(number: f64) -> u64 {
    let bits = number.to_bits();
    match number.is_sign_negative() {
        true => !bits,
        false => bits | 1 << 63,
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Rank) -> Ordering {
        match (self, other) {
            (Rank::Figure(a), Rank::Figure(b)) => a.cmp(b),
            (Rank::Words(a), Rank::Words(b)) => by_letters(a, b),
            (Rank::Backwards(a), Rank::Backwards(b)) => by_letters(b, a),
            _ => self.kind().cmp(&other.kind()),
        }
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Rank) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Row {
    fn cmp(&self, other: &Row) -> Ordering {
        let by_name = || by_letters(&self.name, &other.name);
        let by_place = || self.place.cmp(&other.place);
        let by_rank = self.ranks.cmp(&other.ranks);
        by_rank.then_with(by_name).then_with(by_place)
    }
}

impl PartialOrd for Row {
    fn partial_cmp(&self, other: &Row) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_are_in_the_order_of_their_numbers(a: f64, b: f64) {
            prop_assert_eq!(ascending(a).cmp(&ascending(b)), a.total_cmp(&b));
        }

        #[test]
        fn the_first_of_parts_are_the_first_of_the_whole(
            params in prop::collection::vec(prop::option::of(1u32..20), 0..60),
            limit in 0usize..12,
            cut in 0usize..60,
        ) {
            let order = ["params".parse::<SortKey>().expect("a key")];
            let models: Vec<String> = params.iter().enumerate().map(|(i, params)| match params {
                Some(params) => format!(r#"{{"id":"m{i}","name":"m{i}","params":{params}}}"#),
                None => format!(r#"{{"id":"m{i}","name":"m{i}"}}"#),
            }).collect();
            let top = |models: &[String], from: usize, limit| {
                let mut top = Top::new(&order, limit);
                for (i, json) in models.iter().enumerate() {
                    let place = Place { source: 0, length: 0, start: (from + i) as u64 };
                    top.note(place, &crate::reader::tests::read(json, crate::reader::Keys::ALL));
                }
                top
            };
            let cut = cut.min(models.len());
            let mut parts = top(&models[..cut], 0, limit);
            parts.append(top(&models[cut..], cut, limit));
            let whole = top(&models, 0, models.len()).places();
            prop_assert_eq!(parts.places(), whole[..limit.min(whole.len())].to_vec());
        }
    }
}
