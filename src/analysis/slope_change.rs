//! Whether growth differs between two periods.

use crate::analysis::fit::Fit;
use crate::analysis::student;
use crate::model::physics::Interval;

/// The difference of the slopes of two lines, and the test of it.
///
/// Each slope is normal about its own, with a variance that is estimated from the scatter of its own
/// points, on n − 2 degrees of freedom: the problem of Welch, "The generalization of 'Student's'
/// problem when several different population variances are involved", *Biometrika* 34 (1947). So
/// t = (b₂ − b₁) ÷ √(v₁ + v₂), on (v₁ + v₂)² ÷ (v₁² ÷ (n₁ − 2) + v₂² ÷ (n₂ − 2)) degrees of freedom.
///
/// Early models scatter more than late ones, so the scatter is not pooled, which the t test of the
/// interaction term (Draper and Smith, *Applied Regression Analysis*, 3rd edition, chapter 14) does.
/// Chow's test (*Econometrica* 28, 1960) asks something else: whether slope or level changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SlopeChange {
    /// The later growth over the earlier one, and its 95 % interval.
    pub ratio: Interval,
    pub t: f64,
    pub freedom: f64,
    /// The probability of a difference as large as this one, or larger, of slopes that are equal.
    pub p: f64,
}

impl SlopeChange {
    /// From one line to another; none where no point is off its line.
    pub(crate) fn between(before: &Fit, after: &Fit) -> Option<SlopeChange> {
        let lines = [before, after].map(|fit| (fit.slope_variance(), fit.freedom()));
        let variance: f64 = lines.iter().map(|(own, _)| own).sum();
        let parts = lines.iter().map(|(own, freedom)| own * own / freedom);
        let freedom = variance * variance / parts.sum::<f64>();
        let error = variance.sqrt();
        let difference = after.slope.mid - before.slope.mid;
        let t = difference / error;
        // Of logarithms that differ in their last digit only, the test would be of rounding.
        (t.is_finite() && error > 1e-12).then(|| SlopeChange {
            ratio: Interval::around(difference, student::quantile(freedom) * error).powers(),
            t,
            freedom,
            p: student::two_sided(t, freedom),
        })
    }

    /// Whether slopes differ this much in fewer than 5 of 100 samples if they are equal.
    pub(crate) fn is_significant(&self) -> bool {
        self.p < 0.05
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::{Month, Point};

    /// A point a year from 2010 on.
    fn line(values: &[f64]) -> Fit {
        let points = values.iter().enumerate().map(|(i, value)| Point {
            month: Month::at((2010 + i as i32) * 12).expect("a month"),
            value: *value,
        });
        Fit::line(&points.collect::<Vec<_>>()).expect("eight points")
    }

    const SLOW: [f64; 8] = [1.0, 2.1, 3.9, 8.2, 15.8, 32.5, 63.0, 129.0];
    const FAST: [f64; 9] = [1.0, 3.0, 9.5, 20.0, 110.0, 230.0, 700.0, 2500.0, 5000.0];

    /// `scipy.stats.linregress` 1.17.1 of log10 on the year; the slopes, their `stderr` and 8 and 9
    /// points to `scipy.stats.ttest_ind_from_stats(…, equal_var=False)` with `std = stderr × √(n − 1)`
    /// and `nobs = n − 1`, which has n − 2 degrees of freedom.
    #[test]
    fn the_test_is_that_of_scipy() {
        let change = SlopeChange::between(&line(&SLOW), &line(&FAST)).expect("they scatter");
        let near = |found: f64, expected: f64| {
            assert!((found / expected - 1.0).abs() < 1e-9, "{change:?}");
        };
        near(change.t, 15.392953563260756);
        near(change.freedom, 7.332918648321141);
        near(change.p, 7.536380301668363e-07);
        near(change.ratio.mid, 1.4875765199366342);
        near(change.ratio.low, 1.400313965951969);
        near(change.ratio.high, 1.5802769639324514);
        assert!(change.is_significant());
        let back = SlopeChange::between(&line(&FAST), &line(&SLOW)).expect("they scatter");
        assert_eq!((back.t, back.p), (-change.t, change.p));
    }

    #[test]
    fn the_same_growth_is_no_change() {
        let change = SlopeChange::between(&line(&SLOW), &line(&SLOW)).expect("they scatter");
        assert_eq!((change.t, change.p), (0.0, 1.0));
        assert!(!change.is_significant());
    }

    #[test]
    fn lines_without_scatter_have_no_test() {
        let straight = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0];
        assert_eq!(
            SlopeChange::between(&line(&straight), &line(&[7.0; 8])),
            None
        );
    }
}
