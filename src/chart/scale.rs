//! Axes: where values are, and the ticks that they show.

use crate::model::month::Month;
use crate::model::value::{Kind, Value};
use crate::output::Charset;
use std::ops::Range;

/// An axis, linear or logarithmic.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    /// The ends; of a logarithmic axis, their logarithms.
    range: Range<f64>,
    is_log: bool,
    pub ticks: Vec<f64>,
}

/// Months between two ticks.
pub(super) const MONTHS: [i32; 11] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 6000, 24000];
/// Powers of ten between two ticks.
const POWERS: [i32; 7] = [1, 2, 5, 10, 20, 50, 100];

impl Axis {
    /// Where a value is, from 0 to 1.
    pub(super) fn place(&self, value: f64) -> f64 {
        let value = if self.is_log { value.log10() } else { value };
        let place = (value - self.range.start) / (self.range.end - self.range.start);
        place.clamp(0.0, 1.0)
    }

    /// A logarithmic axis with ticks at 1, 2 and 5 times powers of ten, at powers of ten, or where the
    /// values are close to each other at even steps; at most so many.
    pub(super) fn figures(
        values: impl Iterator<Item = f64> + Clone,
        kind: Kind,
        most: usize,
    ) -> Axis {
        let least = values.clone().min_by(f64::total_cmp);
        let mut logs = range(values.map(f64::log10), 0.1);
        // Room for the name of the largest.
        logs.end += (logs.end - logs.start) * 0.03;
        let power = |log: f64| 10f64.powf(log).clamp(f64::MIN_POSITIVE, f64::MAX);
        let ends = power(logs.start)..power(logs.end);
        let exponents = || logs.start.floor() as i32..=logs.end.floor() as i32;
        let at = |exponent: i32, digit: f64| digit * 10f64.powi(exponent);
        let fine =
            exponents().flat_map(|exponent| [1.0, 2.0, 5.0].map(|digit| at(exponent, digit)));
        let fine: Vec<f64> = fine.filter(|value| ends.contains(value)).collect();
        let powers = POWERS.into_iter().map(|step| {
            let own = exponents().filter(|exponent| exponent.rem_euclid(step) == 0);
            let own = own.map(|exponent| at(exponent, 1.0));
            own.filter(|value| ends.contains(value)).collect()
        });
        let enough =
            |least: usize| move |ticks: &Vec<f64>| (least..=most.max(3)).contains(&ticks.len());
        let ticks = Some(fine).filter(enough(3));
        let ticks = ticks.or_else(|| { powers }.find(enough(2)));
        let mut ticks = ticks.unwrap_or_else(|| even(&ends, most));
        if ticks.is_empty() {
            // Among the least numbers there is none at even steps.
            ticks.extend(least);
        }
        ticks.dedup_by_key(|tick| figure_label(*tick, kind, Charset::Ascii));
        Axis {
            range: logs,
            is_log: true,
            ticks,
        }
    }

    /// An axis of time in months of the calendar, with ticks at months or years, as close as the
    /// columns of text allow.
    pub(super) fn months(values: impl Iterator<Item = f64>, columns: i32) -> Axis {
        let range = range(values, 6.0);
        let (first, last) = (range.start.floor() as i32, range.end.ceil() as i32);
        let fits = |step: &i32| {
            // With the space between labels, into which the last may be moved.
            let label = if *step < 12 { 11 } else { 6 };
            (last - first).saturating_mul(label) <= step.saturating_mul(columns)
        };
        let step = MONTHS.into_iter().find(fits).unwrap_or(i32::MAX);
        let ticks = (first..=last).filter(|month| month % step == 0);
        Axis {
            range: f64::from(first)..f64::from(last),
            is_log: false,
            ticks: ticks.map(f64::from).collect(),
        }
    }
}

/// The lowest and the highest of the values and a little more; where they are the same, `alone`
/// on each side.
fn range(values: impl Iterator<Item = f64>, alone: f64) -> Range<f64> {
    // A line through extreme figures may leave the range of numbers.
    let values = values.filter(|value| value.is_finite());
    let ends = (f64::INFINITY, f64::NEG_INFINITY);
    let (low, high) = values.fold(ends, |(low, high), value| (low.min(value), high.max(value)));
    let more = match high - low > 1e-6 {
        true => (high - low) * 0.05,
        false => alone,
    };
    low - more..high + more
}

/// At most so many values at even steps: multiples of 1, 2 or 5 times a power of ten.
fn even(range: &Range<f64>, most: usize) -> Vec<f64> {
    let least = (range.end - range.start) / most.max(1) as f64;
    let power = 10f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power);
    let step = steps.into_iter().find(|step| *step >= least);
    let step = step.unwrap_or(least).max(f64::MIN_POSITIVE);
    let first = (range.start / step).ceil();
    let ticks = (0..=most).map(|i| (first + i as f64) * step);
    ticks.filter(|tick| range.contains(tick)).collect()
}

/// The label of a tick.
pub(super) fn figure_label(tick: f64, kind: Kind, charset: Charset) -> String {
    let label = Value::Number(tick).human(kind).into_owned();
    match charset {
        Charset::Unicode => superscript(&label).unwrap_or(label),
        Charset::Ascii => label,
    }
}

/// A number with an exponent as people write it, `5e25` as `5 × 10²⁵`.
fn superscript(number: &str) -> Option<String> {
    let (digits, exponent) = number.split_once('e')?;
    let power = exponent.chars().map(|c| match c {
        '-' => Some('⁻'),
        digit => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit.to_digit(10)? as usize),
    });
    let power: String = power.collect::<Option<_>>()?;
    Some(match digits {
        "1" => format!("10{power}"),
        digits => format!("{digits} × 10{power}"),
    })
}

/// The label of a tick: its year where all ticks are Januaries.
pub(super) fn month_label(tick: f64, ticks: &[f64]) -> String {
    let in_years = ticks.iter().all(|month| month % 12.0 == 0.0);
    match Month::at(tick as i32) {
        Some(month) if in_years => month.year().to_string(),
        Some(month) => month.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::unit::Unit;

    #[track_caller]
    fn case(values: [f64; 2], unit: Unit, expected: &[&str]) {
        let kind = Kind::Quantity(unit);
        let axis = Axis::figures(values.into_iter(), kind, 6);
        let ticks = axis.ticks.iter();
        let labels = ticks.map(|tick| figure_label(*tick, kind, Charset::Unicode));
        assert_eq!(labels.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn figures_have_ticks_at_powers_of_ten() {
        case([9e16, 3e24], Unit::Flop, &["10¹⁸", "10²⁰", "10²²", "10²⁴"]);
        case([3e23, 4e24], Unit::Flop, &["5 × 10²³", "10²⁴", "2 × 10²⁴"]);
        case(
            [1e8, 2e12],
            Unit::Count,
            &["100M", "1B", "10B", "100B", "1T"],
        );
        case([3e9, 5e10], Unit::Count, &["5B", "10B", "20B", "50B"]);
        case(
            [1.71e9, 1.76e9],
            Unit::Count,
            &["1.71B", "1.72B", "1.73B", "1.74B", "1.75B", "1.76B"],
        );
        for extreme in [[5e-324, 5e-324], [5e-324, f64::MAX], [f64::MAX, f64::MAX]] {
            let axis = Axis::figures(extreme.into_iter(), Kind::Quantity(Unit::Count), 6);
            assert!(axis.ticks.len() <= 6, "{:?}", axis.ticks);
        }
    }

    #[test]
    fn time_has_ticks_at_years_or_months() {
        let label = |months: [&str; 2]| {
            let month = |text: &str| f64::from(text.parse::<Month>().expect("a month").index());
            let axis = Axis::months(months.map(month).into_iter(), 60);
            let ticks = axis.ticks.iter();
            ticks
                .map(|tick| month_label(*tick, &axis.ticks))
                .collect::<Vec<_>>()
        };
        let quarters = ["2018-07", "2018-10", "2019-01", "2019-04", "2019-07"];
        assert_eq!(label(["2018-06", "2019-08"]), quarters);
        assert_eq!(label(["1950-01", "2021-03"])[..2], ["1950", "1960"]);
    }
}
