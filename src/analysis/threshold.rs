//! Thresholds: whether a figure reaches a number, by bounds that depend on where it comes from.

mod estimator;

use crate::model::derived::DerivedField;
use crate::model::figure::Literal;
use crate::model::physics::Interval;
use crate::model::{Confidence, SourceKind};

pub(crate) use estimator::Estimator;

/// Whether a figure is at least a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// At least the threshold, by both bounds, or by a figure that has none.
    Above,
    /// The bounds enclose the threshold.
    Undecidable,
    /// Less than the threshold, by both bounds, or by a figure that has none.
    Below,
}

/// Why a figure may be off by any factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Its source calls it speculative.
    Speculative,
    /// Its source, not the makers, does not say how sure it is.
    Unrated,
}

/// What a figure rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// The list prints it, and no source is cited.
    Listed,
    /// A source gives it.
    Claimed(SourceKind, Option<Confidence>),
    /// It is derived from other figures of the model.
    Derived(DerivedField),
    /// Compute, from chip-hours at a usual utilization.
    Hardware,
}

/// A figure, its bounds, and what they rest on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BoundedFigure {
    pub bounds: Interval,
    /// Why the figure, or one that it is derived from, may be outside of the bounds.
    pub doubt: Option<Doubt>,
    /// What gives the figure, then what else the bounds rest on.
    pub bases: Vec<Basis>,
}

/// How many times a derived figure the true one may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Calibration {
    pub low: f64,
    pub high: f64,
    /// How many models have both figures.
    pub models: usize,
}

/// Models that a calibration needs.
pub(crate) const MIN_MODELS: usize = 20;
/// The factor either way where models are too few for a calibration.
const UNCALIBRATED: f64 = 3.0;
/// Shares of the ratios below the two bounds of a calibration.
const SHARES: [f64; 2] = [0.05, 0.95];

impl Verdict {
    pub(crate) const ALL: [Verdict; 3] = [Verdict::Above, Verdict::Undecidable, Verdict::Below];

    /// The verdict on a figure within bounds, to the digits of the threshold.
    pub(crate) fn of(bounds: Interval, threshold: &Literal) -> Verdict {
        let reaches = |figure| threshold.ends(figure).0.is_ge();
        match (reaches(bounds.low), reaches(bounds.high)) {
            (true, _) => Verdict::Above,
            (false, true) => Verdict::Undecidable,
            (false, false) => Verdict::Below,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Verdict::Above => "above",
            Verdict::Undecidable => "undecidable",
            Verdict::Below => "below",
        }
    }
}

impl Basis {
    /// The word for it in machine formats.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Basis::Listed => "listed",
            Basis::Claimed(kind, _) => kind.word(),
            Basis::Derived(field) => field.key(),
            Basis::Hardware => "hardware",
        }
    }

    /// Whether it is an estimate from other figures.
    pub(crate) fn is_derived(self) -> bool {
        matches!(self, Basis::Derived(_) | Basis::Hardware)
    }

    pub(crate) fn confidence(self) -> Option<Confidence> {
        match self {
            Basis::Claimed(_, confidence) => confidence,
            _ => None,
        }
    }
}

impl Doubt {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Doubt::Speculative => "speculative",
            Doubt::Unrated => "unrated",
        }
    }
}

impl BoundedFigure {
    /// Of these bounds if what it rests on is right, and wider by the factor of that.
    fn new(bounds: Interval, factor: Result<f64, Doubt>, basis: Basis) -> BoundedFigure {
        BoundedFigure {
            bounds: within(bounds, factor.unwrap_or(1.0)),
            doubt: factor.err(),
            bases: vec![basis],
        }
    }

    fn is_exact(&self) -> bool {
        self.doubt.is_none() && self.bounds.low >= self.bounds.high
    }

    /// Whether the makers state it, but with so few digits that rounding decides the verdict.
    pub(crate) fn is_rounded_at(&self, threshold: f64) -> bool {
        let value = self.bounds.mid;
        let text = format!("{value:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let decimals = digits.len().saturating_sub(2) as i32;
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let half = 0.5 * 10f64.powi(exponent - decimals);
        let is_given = !self.bases.iter().any(|basis| basis.is_derived());
        is_given && self.is_exact() && (threshold - value).abs() < half
    }

    /// With other bounds of the same figure. They narrow each other if the other bounds enclose the
    /// figure; otherwise they contradict each other, and everything within either is possible. A
    /// figure without bounds does not change those of another.
    fn join(mut self, other: BoundedFigure) -> BoundedFigure {
        if other.doubt.is_some() {
            return self;
        }
        let (own, others) = (&mut self.bounds, other.bounds);
        let is_within = (others.low..=others.high).contains(&own.mid);
        (own.low, own.high) = match (is_within, self.doubt.take()) {
            (true, Some(_)) => (others.low, others.high),
            (true, None) => (own.low.max(others.low), own.high.min(others.high)),
            (false, _) => (own.low.min(others.low), own.high.max(others.high)),
        };
        self.bases.extend(other.bases);
        self
    }
}

impl Calibration {
    /// The 5th to 95th percentile of figures over what is derived for them.
    pub(crate) fn of(mut ratios: Vec<f64>) -> Calibration {
        ratios.sort_by(f64::total_cmp);
        let models = ratios.len();
        let [low, high] = match models >= MIN_MODELS {
            true => SHARES.map(|share| percentile(&ratios, share)),
            false => [1.0 / UNCALIBRATED, UNCALIBRATED],
        };
        Calibration { low, high, models }
    }
}

fn within(bounds: Interval, factor: f64) -> Interval {
    let Interval { low, mid, high } = bounds;
    Interval::new(low / factor, mid, high * factor)
}

/// The number below which this share of sorted numbers is, interpolated between its neighbours.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (
        sorted[place.floor() as usize],
        sorted[place.ceil() as usize],
    );
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::unit::Unit;
    use proptest::prelude::*;

    fn literal(value: f64) -> Literal {
        Literal::new(value, 17, 1.0).expect("a number")
    }

    #[test]
    fn a_calibration_needs_twenty_models() {
        let ratios = |count: u32| {
            (0..count)
                .rev()
                .map(|i| 1.0 + f64::from(i) / 20.0)
                .collect()
        };
        let few = Calibration::of(ratios(19));
        assert_eq!((few.low, few.high), (1.0 / 3.0, 3.0));
        let enough = Calibration::of(ratios(21));
        assert!((enough.low - 1.05).abs() < 1e-12 && (enough.high - 1.95).abs() < 1e-12);
    }

    #[test]
    fn the_last_digit_of_a_stated_figure_leaves_some_thresholds_open() {
        let is_open = |value: f64, threshold| {
            let claim = Basis::Claimed(SourceKind::Stated, None);
            BoundedFigure::new(value.into(), Ok(1.0), claim).is_rounded_at(threshold)
        };
        assert!(is_open(1e25, 1e25) && is_open(1e25, 1.4e25) && is_open(3.8e25, 3.84e25));
        assert!(!is_open(1e25, 1.6e25) && !is_open(3.8e25, 3.9e25) && !is_open(175e9, 174e9));
    }

    #[test]
    fn a_threshold_has_the_digits_that_were_typed() {
        let verdict = |text| {
            let threshold = Unit::Count.literal(text).expect("a number");
            Verdict::of(354_999_992_320.0.into(), &threshold)
        };
        assert_eq!(verdict("355B"), Verdict::Above);
        assert_eq!(verdict("355.000000B"), Verdict::Below);
    }

    proptest! {
        #[test]
        fn a_verdict_changes_at_the_bounds(low in 1e3f64..1e30, factor in 1.0f64..1e4) {
            let bounds = Interval::new(low, low * factor.sqrt(), low * factor);
            let at = |threshold| Verdict::of(bounds, &literal(threshold));
            prop_assert_eq!(at(bounds.low), Verdict::Above);
            prop_assert_eq!(at(bounds.high * (1.0 + 1e-9)), Verdict::Below);
            if factor > 1.0 + 1e-8 {
                prop_assert_eq!(at(bounds.low * (1.0 + 1e-9)), Verdict::Undecidable);
                prop_assert_eq!(at(bounds.high), Verdict::Undecidable);
            }
        }

        #[test]
        fn a_larger_threshold_never_raises_a_verdict(
            low in 1e3f64..1e30, factor in 1.0f64..1e4, one in 1e2f64..1e31, times in 1.0f64..1e6,
        ) {
            let bounds = Interval::new(low, low, low * factor);
            let [least, most] = [one, one * times].map(|own| Verdict::of(bounds, &literal(own)));
            prop_assert!(least <= most);
        }

        #[test]
        fn joined_bounds_enclose_the_figure_and_no_more_than_either(
            one in 1e10f64..1e30, other in 1e10f64..1e30, [a, b] in [1.0f64..40.0, 1.0f64..40.0],
        ) {
            let figure = |value: f64, factor| {
                BoundedFigure::new(value.into(), Ok(factor), Basis::Hardware)
            };
            let (own, others) = (figure(one, a), figure(other, b));
            let joined = own.clone().join(others.clone()).bounds;
            prop_assert!(joined.low <= joined.mid && joined.mid <= joined.high);
            prop_assert!(joined.low >= own.bounds.low.min(others.bounds.low));
            prop_assert!(joined.high <= own.bounds.high.max(others.bounds.high));
        }
    }
}
