//! How fast a figure grows: ordinary least squares of its logarithm over time.

use crate::analysis::student;
use crate::model::month::{Month, Point};
use crate::model::physics::Interval;
use std::fmt;

/// The line log10(value) = a + b × years that is nearest to the points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fit {
    /// How many points.
    pub count: usize,
    /// The slope b: powers of ten a year.
    pub slope: Interval,
    /// R²: the share of the variance of the logarithms that the line explains; none where they
    /// have no variance.
    pub r2: Option<f64>,
    /// The first month that has a point.
    pub first: Month,
    /// The last month that has a point.
    pub last: Month,
    /// The logarithm that the others are counted from, so that equal ones are 0 to the last digit.
    origin: f64,
    /// The mean of the years since the first month.
    x: f64,
    /// The mean of the logarithms.
    y: f64,
    /// Sxx: the squares of the years' distances from their mean.
    sxx: f64,
    /// SSE: the squares of the logarithms' distances from the line.
    residual: f64,
}

/// Why points have no fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoFit {
    /// There are too few.
    TooFew(usize),
    /// All of them are of one month.
    OneMonth(usize, Month),
    /// The interval of their growth includes 1: they may as well shrink.
    Uncertain(usize),
}

/// What a fit would be without one of its points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Influence {
    /// The index of the point.
    pub index: usize,
    /// The growth a year, as a factor, of the others; none where it is uncertain.
    pub growth: Option<f64>,
    /// The point over the line through the others, where their growth is certain.
    pub over_line: Option<f64>,
    /// The same in standard errors; none where the others are too few.
    pub residual: Option<f64>,
}

/// The interval of fewer points is too unreliable.
pub(crate) const MIN_POINTS: usize = 8;

impl Fit {
    /// The line of least squares, whatever the interval of its growth.
    ///
    /// # Errors
    /// When there are too few points, or all are of one month.
    pub(crate) fn line(points: &[Point]) -> Result<Fit, NoFit> {
        let count = points.len();
        let months = points.iter().map(|point| point.month);
        match (months.clone().min(), months.max()) {
            (Some(first), Some(last)) if count >= MIN_POINTS => {
                if first == last {
                    return Err(NoFit::OneMonth(count, first));
                }
                Ok(Fit::through(points, (first, last)))
            }
            _ => Err(NoFit::TooFew(count)),
        }
    }

    /// The line, if its growth is certain.
    ///
    /// # Errors
    /// When the interval of the growth includes 1.
    pub(crate) fn certain(self) -> Result<Fit, NoFit> {
        match self.slope.excludes(0.0) {
            true => Ok(self),
            false => Err(NoFit::Uncertain(self.count)),
        }
    }

    /// The line of least squares through three points or more of several months, its interval by
    /// Student's t with n − 2 degrees of freedom: b ± t × √(SSE ÷ (n − 2) ÷ Sxx).
    ///
    /// After Draper and Smith, *Applied Regression Analysis*, 3rd edition, section 1.4.
    fn through(points: &[Point], (first, last): (Month, Month)) -> Fit {
        let count = points.len() as f64;
        let origin = points.first().map_or(0.0, |point| point.value.log10());
        let of = |point: &Point| (years(point.month, first), point.value.log10() - origin);
        let sum = |part: &dyn Fn((f64, f64)) -> f64| -> f64 {
            points.iter().map(|point| part(of(point))).sum()
        };
        let (x, y) = (sum(&|(x, _)| x) / count, sum(&|(_, y)| y) / count);
        let sxx = sum(&|(a, _)| (a - x).powi(2));
        let slope = sum(&|(a, b)| (a - x) * (b - y)) / sxx;
        let syy = sum(&|(_, b)| (b - y).powi(2));
        let residual = sum(&|(a, b)| (b - y - slope * (a - x)).powi(2));
        let mut fit = Fit {
            count: points.len(),
            slope: Interval::around(slope, 0.0),
            r2: (syy > 0.0).then(|| 1.0 - residual / syy),
            first,
            last,
            origin,
            x,
            y,
            sxx,
            residual,
        };
        let reach = student::quantile(fit.freedom()) * fit.slope_variance().sqrt();
        fit.slope = Interval::around(slope, reach);
        fit
    }

    /// The degrees of freedom of its scatter.
    pub(super) fn freedom(&self) -> f64 {
        self.count as f64 - 2.0
    }

    /// The estimated variance of the slope: SSE ÷ (n − 2) ÷ Sxx.
    pub(super) fn slope_variance(&self) -> f64 {
        self.residual / self.freedom() / self.sxx
    }

    /// The factor a year: 10^b.
    pub(crate) fn growth(&self) -> Interval {
        self.slope.powers()
    }

    /// Whether the figure grows, or else shrinks.
    pub(crate) fn is_growing(&self) -> bool {
        self.slope.mid > 0.0
    }

    /// The months in which it doubles, or halves if it shrinks: 12 × log10(2) ÷ |b|.
    pub(crate) fn doubling_months(&self) -> Interval {
        let Interval { mid, low, high } = self.slope;
        let months = |slope: f64| 12.0 * 2f64.log10() / slope.abs();
        let [mid, one, other] = [mid, low, high].map(months);
        Interval::new(one.min(other), mid, one.max(other))
    }

    /// The figure of the line in a month, and the 95 % interval of where the line is there:
    /// ± t × √(s² (1 ÷ n + (x − x̄)² ÷ Sxx)), after Draper and Smith, section 3.2.
    pub(crate) fn at(&self, month: f64) -> Interval {
        let freedom = self.freedom();
        let x = (month - f64::from(self.first.index())) / 12.0 - self.x;
        let spread = 1.0 / self.count as f64 + x * x / self.sxx;
        let reach = student::quantile(freedom) * (self.residual / freedom * spread).sqrt();
        let middle = self.origin + self.y + self.slope.mid * x;
        Interval::around(middle, reach).powers()
    }

    /// The points whose absence moves the growth most, the most first, and the growth a year
    /// without each; a point whose absence leaves one month alone is none of them.
    ///
    /// The slope without point i is b − (x − x̄) e ÷ (Sxx (1 − h)), e its residual and
    /// h = 1 ÷ n + (x − x̄)² ÷ Sxx its leverage: Belsley, Kuh and Welsch, *Regression
    /// Diagnostics*, section 2.1.
    ///
    /// The point is e ÷ (1 − h) above the line through the others, and externally studentized
    /// e ÷ √(s² (1 − h)), s² = (SSE − e² ÷ (1 − h)) ÷ (n − 3): the same, sections 2.1 and 2.2. The
    /// interval of the others' slope is ± t √(s² ÷ S), S = Sxx − (x − x̄)² n ÷ (n − 1).
    pub(crate) fn most_influential(&self, points: &[Point], most: usize) -> Vec<Influence> {
        let count = self.count as f64;
        let freedom = count - 3.0;
        let (enough, quantile) = (self.count > MIN_POINTS, student::quantile(freedom));
        let without = |(index, point): (usize, &Point)| {
            let x = years(point.month, self.first) - self.x;
            let free = 1.0 - 1.0 / count - x * x / self.sxx;
            // The others have no slope where all are of one month.
            (free > 1e-9).then(|| {
                let residual = point.value.log10() - self.origin - self.y - self.slope.mid * x;
                let others = self.residual - residual.powi(2) / free;
                let error = (others / freedom * free).sqrt();
                let moved = x * residual / (self.sxx * free);
                let sxx = self.sxx - x * x * count / (count - 1.0);
                let reach = quantile * (others.max(0.0) / freedom / sxx).sqrt();
                let slope = Interval::around(self.slope.mid - moved, reach);
                let known =
                    |log: f64| Some(10f64.powf(log)).filter(|_| enough && slope.excludes(0.0));
                let influence = Influence {
                    index,
                    growth: known(slope.mid).filter(|growth| growth.is_finite()),
                    over_line: known(residual / free).filter(|over| over.is_finite()),
                    residual: Some(residual / error).filter(|t| t.is_finite()),
                };
                (moved.abs(), influence)
            })
        };
        let mut all: Vec<(f64, Influence)> =
            points.iter().enumerate().filter_map(without).collect();
        all.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let first = all.into_iter().take(most);
        first.map(|(_, influence)| influence).collect()
    }
}

impl NoFit {
    /// The reason, in a few words.
    pub(crate) fn reason(&self) -> String {
        match self {
            NoFit::TooFew(_) => format!("fewer than {MIN_POINTS}"),
            NoFit::OneMonth(_, month) => format!("all of {month}"),
            NoFit::Uncertain(_) => "the 95 % interval of the growth includes 1".to_owned(),
        }
    }
}

impl fmt::Display for NoFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (NoFit::TooFew(count) | NoFit::OneMonth(count, _) | NoFit::Uncertain(count)) = self;
        let models = if *count == 1 { "model" } else { "models" };
        write!(f, "no growth rate from {count} {models}")
    }
}

/// A number in the twelve digits that every machine's logarithms agree on.
pub(crate) fn portable(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

/// Years from the first month, a month a twelfth.
fn years(month: Month, first: Month) -> f64 {
    f64::from(month.months_since(first)) / 12.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(list: &[(&str, f64)]) -> Vec<Point> {
        let point = |&(month, value): &(&str, f64)| Point {
            month: month.parse().expect("a month"),
            value,
        };
        list.iter().map(point).collect()
    }

    /// The line through points that may be too few for a rate.
    fn through(points: &[Point]) -> Fit {
        let months = points.iter().map(|point| point.month);
        let ends = (months.clone().min(), months.max());
        Fit::through(points, (ends.0.expect("a month"), ends.1.expect("a month")))
    }

    #[test]
    fn tenfold_a_year_is_found_exactly() {
        let points = points(&[("2020-01", 1e3), ("2021-01", 1e4), ("2022-01", 1e5)]);
        let fit = through(&points);
        assert!((fit.growth().mid - 10.0).abs() < 1e-9);
        assert!((fit.r2.expect("they differ") - 1.0).abs() < 1e-12);
        assert!(fit.is_growing());
        let span = fit.doubling_months();
        assert!((span.mid - 3.612_359_947_967_774).abs() < 1e-9);
    }

    #[test]
    fn what_shrinks_halves() {
        let falling = points(&[("2020-01", 8.0), ("2021-01", 4.0), ("2022-01", 2.0)]);
        assert!(!through(&falling).is_growing());
        let span = through(&falling).doubling_months();
        assert!((span.mid - 12.0).abs() < 1e-9);
    }

    fn rate(points: &[Point]) -> Result<Fit, NoFit> {
        Fit::line(points)?.certain()
    }

    /// A point a year of these figures.
    fn yearly(factors: &[f64]) -> Vec<Point> {
        let point = |(i, value): (usize, &f64)| Point {
            month: format!("{}-06", 2010 + i).parse().expect("a month"),
            value: *value,
        };
        factors.iter().enumerate().map(point).collect()
    }

    #[test]
    fn growth_needs_eight_points_whose_interval_excludes_1() {
        let grown = yearly(&[1.0, 2.1, 3.9, 8.2, 15.8, 32.5, 63.0, 129.0]);
        assert_eq!(rate(&grown[..7]), Err(NoFit::TooFew(7)));
        let fit = rate(&grown).expect("eight points");
        assert!(fit.growth().low > 1.0);
        let shrunk: Vec<f64> = grown.iter().rev().map(|point| point.value).collect();
        let fit = rate(&yearly(&shrunk)).expect("eight points");
        assert!(fit.growth().high < 1.0);
        assert!(!fit.is_growing());
        let doubtful = yearly(&[1.0, 9.0, 2.0, 1.0, 12.0, 0.5, 3.0, 4.0]);
        assert_eq!(rate(&doubtful), Err(NoFit::Uncertain(8)));
        assert_eq!(rate(&yearly(&[1.3e9; 9])), Err(NoFit::Uncertain(9)));
        assert_eq!(rate(&[]), Err(NoFit::TooFew(0)));
        let month = [grown[0]; 8];
        assert_eq!(rate(&month), Err(NoFit::OneMonth(8, month[0].month)));
    }

    #[test]
    fn a_point_left_out_is_a_point_that_was_never_there() {
        let all = yearly(&[1.0, 2.1, 3.9, 1.2, 15.8, 32.5, 63.0, 29.0, 300.0, 20.0]);
        let fit = through(&all);
        let without = fit.most_influential(&all, 99);
        assert_eq!(without.len(), all.len());
        for without in without {
            let mut others = all.clone();
            let point = others.remove(without.index);
            let refitted = through(&others);
            let near = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-9, "{without:?}");
            assert_eq!(
                without.growth.is_some(),
                rate(&others).is_ok(),
                "{without:?}"
            );
            if let (Some(growth), Some(over)) = (without.growth, without.over_line) {
                near(growth, refitted.growth().mid);
                let there = refitted.at(f64::from(point.month.index())).mid;
                near(over, point.value / there);
            }
        }
        // Of eight, seven are left, which are too few.
        let fit = through(&all[..8]);
        let known = |without: &Influence| without.growth.or(without.over_line).is_some();
        assert!(!fit.most_influential(&all[..8], 8).iter().any(known));
    }

    #[test]
    fn the_only_point_of_another_month_cannot_be_left_out() {
        let all = points(&[("2020-01", 1.0), ("2020-01", 2.0), ("2021-01", 3.0)]);
        let influences = through(&all).most_influential(&all, 3);
        assert_eq!(
            influences.iter().map(|influence| influence.index).max(),
            Some(1)
        );
    }
}
