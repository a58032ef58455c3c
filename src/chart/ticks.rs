//! Scales and their ticks: positions of figures and months along an axis.

use crate::model::month::Month;
use crate::model::value::{Kind, Value};
use std::iter;

/// The part of an axis that is shown, and the dots that it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// The value at the first dot.
    pub low: f64,
    /// The value at the last dot.
    pub high: f64,
    /// The dot of the lowest value.
    pub from: i32,
    /// The dot of the highest.
    pub to: i32,
}

/// A place on an axis that has a figure beside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// The dot.
    pub at: i32,
    /// What is written there.
    pub label: String,
}

/// Months between two ticks, the closest first.
const MONTHS: [i32; 11] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 6000, 24000];
/// Powers of ten between two ticks.
const POWERS: [i32; 7] = [1, 2, 3, 6, 9, 12, 24];

impl Scale {
    /// A scale that shows all of the values and a little more; where all are the same, `alone` on
    /// each side.
    pub(super) fn of(
        values: impl Iterator<Item = f64> + Clone,
        alone: f64,
        dots: (i32, i32),
    ) -> Scale {
        // A line through extreme figures may leave the range of numbers.
        let values = values.filter(|value| value.is_finite());
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(f64::NEG_INFINITY, f64::max);
        let more = match high > low {
            true => (high - low) * 0.05,
            false => alone,
        };
        Scale {
            low: low - more,
            high: high + more,
            from: dots.0,
            to: dots.1,
        }
    }

    /// The dot of a value; of one that is beyond the scale, the last.
    pub(super) fn at(&self, value: f64) -> i32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + (share * f64::from(self.to - self.from)).round() as i32
    }

    /// Ticks of an axis of logarithms, at most `most`: powers of ten, or 1, 2 and 5 times them,
    /// or even steps where the figures are close to each other.
    pub(super) fn figures(&self, kind: Kind, most: usize) -> Vec<Tick> {
        let powers = self.low.floor() as i32..=self.high.floor() as i32;
        let digits = [1.0, 2.0, 5.0];
        let fine = powers.clone();
        let fine = fine.flat_map(|power| digits.map(|digit| digit * 10f64.powi(power)));
        let coarse = POWERS.map(|step| {
            let powers = powers.clone().filter(|power| power % step == 0);
            powers.map(|power| 10f64.powi(power)).collect()
        });
        for values in iter::once(fine.collect::<Vec<f64>>()).chain(coarse) {
            let ticks = self.ticks(values, kind);
            match ticks.len() {
                0..3 => break,
                count if count <= most => return ticks,
                _ => {}
            }
        }
        let (low, high) = (10f64.powf(self.low), 10f64.powf(self.high));
        let span = high - low;
        if span <= 0.0 || !span.is_finite() {
            return self.ticks([10f64.powf(f64::midpoint(self.low, self.high))], kind);
        }
        let power = span.log10().floor() as i32 - 2;
        let steps = (power..power + 4).flat_map(|power| digits.map(|d| d * 10f64.powi(power)));
        let counts = |step: f64| ((low / step).ceil(), (high / step).floor());
        let few = |step: &f64| counts(*step).1 - counts(*step).0 < most as f64;
        steps.into_iter().find(few).map_or(Vec::new(), |step| {
            let (first, last) = counts(step);
            let count = (last - first).max(0.0) as i32;
            self.ticks((0..=count).map(|i| (first + f64::from(i)) * step), kind)
        })
    }

    /// Ticks at those of the figures that are on the scale; no two that read the same.
    fn ticks(&self, values: impl IntoIterator<Item = f64>, kind: Kind) -> Vec<Tick> {
        let shown = values
            .into_iter()
            .filter(|value| (self.low..=self.high).contains(&value.log10()));
        let mut ticks: Vec<Tick> = shown
            .map(|value| Tick {
                at: self.at(value.log10()),
                label: Value::Number(value).human(kind).into_owned(),
            })
            .collect();
        ticks.dedup_by(|a, b| a.label == b.label);
        ticks
    }

    /// Ticks of an axis of time, as close as `gap` dots allow; years alone where they do.
    pub(super) fn months(&self, width: impl Fn(&str) -> i32, gap: i32) -> Vec<Tick> {
        let mut ticks = Vec::new();
        for step in MONTHS {
            let first = (self.low / f64::from(step)).ceil() as i32;
            let last = (self.high / f64::from(step)).floor() as i32;
            let tick = |index: i32| Tick {
                at: self.at(f64::from(index * step)),
                label: match (Month::at(index * step), step) {
                    (Some(month), ..12) => month.to_string(),
                    (Some(month), _) => month.year().to_string(),
                    (None, _) => String::new(),
                },
            };
            // A year is enough to see where the time begins and ends.
            ticks = (first..=last).map(tick).collect();
            let free = |pair: &[Tick]| {
                let halves = (width(&pair[0].label) + width(&pair[1].label)) / 2;
                pair[1].at - pair[0].at >= halves + gap
            };
            if ticks.windows(2).all(free) {
                break;
            }
        }
        ticks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::unit::Unit;

    fn scale(low: f64, high: f64) -> Scale {
        Scale {
            low,
            high,
            from: 0,
            to: 100,
        }
    }

    #[track_caller]
    fn case((low, high): (f64, f64), unit: Unit, labels: &[&str]) {
        let ticks = scale(low.log10(), high.log10()).figures(Kind::Quantity(unit), 6);
        let found: Vec<&str> = ticks.iter().map(|tick| &*tick.label).collect();
        assert_eq!(found, labels);
    }

    #[test]
    fn figures_stand_at_powers_of_ten() {
        case((9e16, 3e24), Unit::Flop, &["1e18", "1e20", "1e22", "1e24"]);
        case(
            (1e8, 2e12),
            Unit::Count,
            &["100M", "1B", "10B", "100B", "1T"],
        );
        case((3e9, 6e10), Unit::Count, &["5B", "10B", "20B", "50B"]);
        case(
            (1.705e9, 1.765e9),
            Unit::Count,
            &["1.71B", "1.72B", "1.73B", "1.74B", "1.75B", "1.76B"],
        );
    }

    #[test]
    fn time_is_told_in_years_or_months() {
        let label = |low: &str, high: &str| {
            let month = |text: &str| text.parse::<Month>().expect("a month").index();
            let scale = scale(f64::from(month(low)), f64::from(month(high)));
            let ticks = scale.months(|text| text.len() as i32, 2);
            ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>()
        };
        let quarters = ["2018-07", "2018-10", "2019-01", "2019-04", "2019-07"];
        assert_eq!(label("2018-06", "2019-08"), quarters);
        assert_eq!(label("1950-01", "2021-03")[..2], ["1950", "1955"]);
    }
}
