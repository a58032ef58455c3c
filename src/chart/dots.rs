//! Dots: the points of a series, as many as a picture can show.

use crate::catalog::gather::Gather;
use crate::chart::{Dot, Name, Series, Tint};
use crate::model::Access;
use crate::model::month::Month;
use std::collections::HashSet;

/// The points of a series: all of them, or where they are thousands one of those that would lie
/// on each other.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Dots {
    dots: Vec<Dot>,
    /// The spots that are taken, once there are too many dots for all to be kept.
    taken: Option<HashSet<(Month, i32)>>,
}

/// The points of open and of closed models, and of those of which nobody says.
#[derive(Debug, Default)]
pub(crate) struct ByAccess([Dots; 3]);

/// How many dots of a series are kept wherever they are.
const ALL: usize = 4096;

/// How many spots a power of ten has.
const SPOTS: f64 = 25.0;

impl Dots {
    /// Adds a point; one that is not positive has no logarithm, and so no place.
    pub(crate) fn add(&mut self, month: Month, value: f64) {
        if value > 0.0 {
            self.put(Dot {
                month,
                value,
                name: None,
            });
        }
    }

    /// Writes a name beside a point, which none of the others on its spot hides.
    pub(crate) fn name(&mut self, month: Month, value: f64, name: Name) {
        let is_it = |dot: &&mut Dot| dot.month == month && dot.value == value && dot.name.is_none();
        match self.dots.iter_mut().find(is_it) {
            Some(dot) => dot.name = Some(name),
            None if value > 0.0 => self.dots.push(Dot {
                month,
                value,
                name: Some(name),
            }),
            None => {}
        }
    }

    /// All that are kept, in the order of the catalog.
    pub(crate) fn kept(self) -> Vec<Dot> {
        self.dots
    }

    fn put(&mut self, dot: Dot) {
        if self.taken.is_none() && self.dots.len() == ALL {
            self.thin();
        }
        let free = |taken: &mut HashSet<_>| taken.insert(spot(&dot));
        if self.taken.as_mut().is_none_or(free) {
            self.dots.push(dot);
        }
    }

    fn thin(&mut self) {
        let mut taken = HashSet::new();
        self.dots.retain(|dot| taken.insert(spot(dot)));
        self.taken = Some(taken);
    }
}

impl ByAccess {
    /// The points of models of this access.
    pub(crate) fn of(&mut self, access: Option<Access>) -> &mut Dots {
        &mut self.0[match access {
            Some(Access::Open) => 0,
            Some(Access::Closed) => 1,
            None => 2,
        }]
    }

    /// A series each, where it has a point: what has none needs no explanation.
    pub(crate) fn series(self) -> Vec<Series> {
        let words = [
            (Access::Open.word(), Tint::Series(0)),
            (Access::Closed.word(), Tint::Series(1)),
            ("not stated", Tint::Rest),
        ];
        let series = words.into_iter().zip(self.0);
        let series = series.map(|((name, tint), dots)| Series {
            name: name.to_owned(),
            tint,
            dots: dots.kept(),
        });
        series.filter(|series| !series.dots.is_empty()).collect()
    }
}

/// Where a dot would be seen.
fn spot(dot: &Dot) -> (Month, i32) {
    (dot.month, (dot.value.log10() * SPOTS).floor() as i32)
}

impl Gather for Dots {
    fn append(&mut self, later: Dots) {
        // Others had too many already, of which only some came here.
        if later.taken.is_some() && self.taken.is_none() {
            self.thin();
        }
        later.dots.into_iter().for_each(|dot| self.put(dot));
    }
}

impl Gather for ByAccess {
    fn append(&mut self, later: ByAccess) {
        for (dots, later) in self.0.iter_mut().zip(later.0) {
            dots.append(later);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dots(range: std::ops::Range<u32>) -> Dots {
        let mut dots = Dots::default();
        for number in range {
            let month = format!("20{:02}-{:02}", number % 7 + 10, number % 12 + 1);
            let value = f64::from(number * 7919 % 10_007 + 1);
            dots.add(month.parse().expect("a month"), value);
        }
        dots
    }

    #[test]
    fn dots_of_parts_are_those_of_the_whole() {
        let limit = ALL as u32;
        for (cut, end) in [
            (10, 400),
            (1, limit),
            (limit - 1, limit + 1),
            (100, 3 * limit),
            (2 * limit, 2 * limit + 3),
            (limit + 9, 2 * limit + 99),
        ] {
            let mut parts = dots(0..cut);
            parts.append(dots(cut..end));
            assert_eq!(parts, dots(0..end), "{cut} of {end}");
        }
    }

    #[test]
    fn few_dots_are_all_kept_and_many_leave_no_spot_empty() {
        assert_eq!(dots(0..4096).kept().len(), 4096);
        let many = dots(0..20_000).kept();
        assert!(many.len() < 10_000, "{}", many.len());
        let spots: HashSet<_> = many.iter().map(spot).collect();
        assert_eq!(spots.len(), many.len());
    }

    #[test]
    fn a_named_dot_is_there_even_where_its_spot_is_taken() {
        let mut many = dots(0..20_000);
        let month = "2012-03".parse().expect("a month");
        let name = |text: &str| Name {
            text: text.to_owned(),
            rank: 0,
        };
        many.name(month, 77.125, name("here"));
        many.name(month, -1.0, name("nowhere"));
        let named = many.kept().into_iter().filter(|dot| dot.name.is_some());
        assert_eq!(named.map(|dot| dot.value).collect::<Vec<_>>(), [77.125]);
    }
}
