//! Trends: how fast a figure grows, by ordinary least squares of its logarithm over time.

mod line;
mod without;

pub use without::Without;

use line::Line;
use serde::{Serialize, Serializer};
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::date::Month;
use crate::figure::Figure;

/// A figure and the month that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// When.
    pub month: Month,
    /// How much; greater than 0.
    pub value: f64,
}

/// The line log10(value) = a + b × years that is nearest to the points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// How many points.
    pub count: usize,
    /// The slope b: powers of ten a year.
    pub slope: Estimate,
    /// R²: the share of the variance of the logarithms that the line explains; none where they
    /// have no variance.
    pub r2: Option<f64>,
    /// The first month that has a point.
    pub first: Month,
    /// The last month that has a point.
    pub last: Month,
    line: Line,
}

/// A number and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number.
    pub mid: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Months in which a growing figure doubles, or a shrinking one halves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// By the line itself.
    pub mid: f64,
    /// By the fastest line of the interval.
    pub low: f64,
    /// By the slowest; none where the interval holds a line that goes the other way.
    pub high: Option<f64>,
}

/// Which way a figure goes, and how fast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// It grows and doubles in so many months.
    Doubles(Span),
    /// It shrinks and halves in so many months.
    Halves(Span),
    /// It stays as it is.
    Stays,
}

/// Why points have no trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTrend {
    /// There are fewer than three: a line through two has no error to tell its interval from.
    TooFew(usize),
    /// All so many stand in one month.
    OneMonth(usize, Month),
}

/// A point that a trend leans on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Influence {
    /// The model's name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its month.
    pub announced: Month,
    /// Its figure.
    #[serde(serialize_with = "exactly")]
    pub value: f64,
    /// The growth a year, as a factor, that the others have.
    #[serde(serialize_with = "exactly")]
    pub growth_without: f64,
    /// Its figure over that of the line through the others, in its month.
    #[serde(serialize_with = "exactly")]
    pub over_line: f64,
    /// How far that is, in standard errors of the line through the others: its externally
    /// studentized residual. Beyond 3 either way it is hardly a point like them.
    #[serde(serialize_with = "exactly_if_any")]
    pub residual: Option<f64>,
}

/// The 0.975 quantile of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// Fewer points have no interval.
const LEAST: usize = 3;

impl Trend {
    /// The line of least squares, its interval by Student's t with n − 2 degrees of freedom:
    /// b ± t × √(SSE ÷ (n − 2) ÷ Sxx).
    ///
    /// After Draper and Smith, *Applied Regression Analysis*, 3rd edition, section 1.4.
    ///
    /// # Errors
    /// When there are fewer than three points, or all stand in one month.
    pub fn of(points: &[Point]) -> Result<Trend, NoTrend> {
        let months = points.iter().map(|point| point.month);
        let (first, last) = match (months.clone().min(), months.max()) {
            (Some(first), Some(last)) if points.len() >= LEAST => (first, last),
            _ => return Err(NoTrend::TooFew(points.len())),
        };
        if first == last {
            return Err(NoTrend::OneMonth(points.len(), first));
        }
        let line = Line::through(points, first);
        let freedom = points.len() as f64 - 2.0;
        let error = (line.residual / freedom / line.sxx).sqrt();
        let reach = student(freedom) * error;
        Ok(Trend {
            count: points.len(),
            slope: Estimate {
                mid: line.slope,
                low: line.slope - reach,
                high: line.slope + reach,
            },
            r2: (line.syy > 0.0).then(|| 1.0 - line.residual / line.syy),
            first,
            last,
            line,
        })
    }

    /// The factor a year: 10^b.
    pub fn growth(&self) -> Estimate {
        let Estimate { mid, low, high } = self.slope;
        let [mid, low, high] = [mid, low, high].map(factor);
        Estimate { mid, low, high }
    }

    /// The time in which it doubles, 12 × log10(2) ÷ b months, or halves where b is negative.
    pub fn pace(&self) -> Pace {
        let Estimate { mid, low, high } = self.slope;
        let months = |slope: f64| 12.0 * 2f64.log10() / slope;
        let span = |mid: f64, fast: f64, slow: f64| Span {
            mid: months(mid),
            low: months(fast),
            high: (slow > 0.0).then(|| months(slow)),
        };
        match mid {
            mid if mid > 0.0 => Pace::Doubles(span(mid, high, low)),
            mid if mid < 0.0 => Pace::Halves(span(-mid, -low, -high)),
            _ => Pace::Stays,
        }
    }

    /// The figure of the line in a month, and the 95 % interval of where the line is there:
    /// ± t × √(s² (1 ÷ n + (x − x̄)² ÷ Sxx)), after Draper and Smith, section 3.2.
    pub fn at(&self, month: f64) -> Estimate {
        let line = &self.line;
        let freedom = self.count as f64 - 2.0;
        let x = (month - f64::from(self.first.index())) / 12.0 - line.x;
        let spread = 1.0 / self.count as f64 + x * x / line.sxx;
        let reach = student(freedom) * (line.residual / freedom * spread).sqrt();
        let middle = line.origin + line.y + line.slope * x;
        let [mid, low, high] = [middle, middle - reach, middle + reach].map(factor);
        Estimate { mid, low, high }
    }
}

impl Influence {
    /// The point in words, its growth written by `number`: `GPT-NeoX, 2022-04, without it 9.77`.
    pub fn words(&self, number: fn(f64) -> String) -> String {
        let growth = number(self.growth_without);
        format!("{}, {}, without it {growth}", self.name, self.announced)
    }
}

/// A number in the twelve digits that every machine's logarithms agree on.
pub fn agreed(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

/// Years from the first month, a month a twelfth.
fn years(month: Month, first: Month) -> f64 {
    f64::from(month.months_since(first)) / 12.0
}

fn factor(slope: f64) -> f64 {
    10f64.powf(slope)
}

/// How many standard errors 95 % of estimates are within: the 0.975 quantile of Student's t.
///
/// From ten thousand degrees on it is the expansion of Abramowitz and Stegun, 26.7.5:
/// z + (z³ + z) ÷ 4ν + (5z⁵ + 16z³ + 3z) ÷ 96ν² + …
fn student(freedom: f64) -> f64 {
    // The inversion loses its digits there: it finds 1.83 for ten million degrees.
    if freedom >= 1e4 {
        let z = NORMAL;
        let second = 5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z;
        return z + (z.powi(3) + z) / (4.0 * freedom) + second / (96.0 * freedom.powi(2));
    }
    let t = StudentsT::new(0.0, 1.0, freedom);
    // One degree is the least there is here, and the distribution has all that are positive.
    t.map_or(f64::NAN, |t| t.inverse_cdf(0.975))
}

fn exactly_if_any<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    value.map(Figure).serialize(serializer)
}

fn exactly<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    Figure(*value).serialize(serializer)
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

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (freedom, quantile) in [(1.0, 12.706), (2.0, 4.303), (5.0, 2.571), (30.0, 2.042)] {
            let found = student(freedom);
            assert!((found - quantile).abs() < 5e-4, "{freedom}: {found}");
        }
        for (freedom, quantile) in [(1e4, 1.960_201_239_89), (1e5, 1.959_987_707_53)] {
            assert!((student(freedom) - quantile).abs() < 1e-9);
        }
        assert!((student(1e7) - 1.959_964_221_77).abs() < 1e-9);
    }

    #[test]
    fn tenfold_a_year_is_found_exactly() {
        let points = points(&[("2020-01", 1e3), ("2021-01", 1e4), ("2022-01", 1e5)]);
        let trend = Trend::of(&points).expect("three points");
        assert!((trend.growth().mid - 10.0).abs() < 1e-9);
        assert!((trend.r2.expect("they differ") - 1.0).abs() < 1e-12);
        let Pace::Doubles(span) = trend.pace() else {
            panic!("it grows: {:?}", trend.pace());
        };
        assert!((span.mid - 3.612_359_947_967_774).abs() < 1e-9);
    }

    #[test]
    fn what_shrinks_halves_and_what_stays_does_neither() {
        let falling = points(&[("2020-01", 8.0), ("2021-01", 4.0), ("2022-01", 2.0)]);
        let trend = Trend::of(&falling).expect("three points");
        let Pace::Halves(span) = trend.pace() else {
            panic!("it shrinks: {:?}", trend.pace());
        };
        assert!((span.mid - 12.0).abs() < 1e-9);
        let months = ["2020-01", "2020-04", "2021-01", "2022-11", "2023-02"];
        let level = points(&months.map(|month| (month, 1.3e9)));
        let trend = Trend::of(&level).expect("five points");
        assert_eq!((trend.pace(), trend.r2), (Pace::Stays, None));
    }

    #[test]
    fn an_interval_around_none_has_no_slowest() {
        let doubtful = points(&[("2020-01", 1.0), ("2021-01", 9.0), ("2022-01", 2.0)]);
        let trend = Trend::of(&doubtful).expect("three points");
        assert!(matches!(
            trend.pace(),
            Pace::Doubles(Span { high: None, .. })
        ));
    }

    #[test]
    fn too_little_is_no_trend() {
        let two = points(&[("2020-01", 1.0), ("2021-01", 2.0)]);
        assert_eq!(Trend::of(&two), Err(NoTrend::TooFew(2)));
        assert_eq!(Trend::of(&[]), Err(NoTrend::TooFew(0)));
        let month = points(&[("2020-01", 1.0), ("2020-01", 2.0), ("2020-01", 3.0)]);
        let first = month[0].month;
        assert_eq!(Trend::of(&month), Err(NoTrend::OneMonth(3, first)));
    }

    #[test]
    fn a_point_left_out_is_a_point_that_was_never_there() {
        let list = [
            ("2018-06", 3.0),
            ("2019-02", 70.0),
            ("2019-02", 20.0),
            ("2020-05", 9000.0),
            ("2022-11", 400.0),
        ];
        let all = points(&list);
        let trend = Trend::of(&all).expect("five points");
        let leans_on = trend.leans_on(&all, 9);
        assert_eq!(leans_on.len(), 5);
        for Without {
            place,
            growth,
            over_line,
            ..
        } in leans_on
        {
            let mut others = all.clone();
            let point = others.remove(place);
            let refitted = Trend::of(&others).expect("four points");
            assert!(
                (growth / refitted.growth().mid - 1.0).abs() < 1e-9,
                "{place}"
            );
            let there = refitted.at(f64::from(point.month.index())).mid;
            assert!(
                (over_line / (point.value / there) - 1.0).abs() < 1e-9,
                "{place}"
            );
        }
    }

    #[test]
    fn the_only_point_of_another_month_cannot_be_left_out() {
        let all = points(&[("2020-01", 1.0), ("2020-01", 2.0), ("2021-01", 3.0)]);
        let trend = Trend::of(&all).expect("three points");
        let leans_on = trend.leans_on(&all, 3);
        assert_eq!(leans_on.iter().map(|without| without.place).max(), Some(1));
    }
}
