//! A line of least squares, and the sums that it comes from.

use super::{Point, years};
use crate::model::month::Month;

/// A line of least squares and the sums that it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    /// The logarithm that the others are counted from, so that equal ones are 0 to the last digit.
    pub origin: f64,
    /// The mean of the years.
    pub x: f64,
    /// The mean of the logarithms.
    pub y: f64,
    /// Powers of ten a year.
    pub slope: f64,
    /// The squares of the years' distances from their mean.
    pub sxx: f64,
    /// The squares of the logarithms' distances from their mean.
    pub syy: f64,
    /// The squares of their distances from the line.
    pub residual: f64,
}

impl Line {
    /// The line through points, its years counted from the first month.
    pub(super) fn through(points: &[Point], first: Month) -> Line {
        let count = points.len() as f64;
        let origin = points.first().map_or(0.0, |point| point.value.log10());
        let of = |point: &Point| (years(point.month, first), point.value.log10() - origin);
        let sum = |part: &dyn Fn((f64, f64)) -> f64| -> f64 {
            points.iter().map(|point| part(of(point))).sum()
        };
        let (x, y) = (sum(&|(x, _)| x) / count, sum(&|(_, y)| y) / count);
        let sxx = sum(&|(a, _)| (a - x).powi(2));
        let slope = sum(&|(a, b)| (a - x) * (b - y)) / sxx;
        Line {
            origin,
            x,
            y,
            slope,
            sxx,
            syy: sum(&|(_, b)| (b - y).powi(2)),
            residual: sum(&|(a, b)| (b - y - slope * (a - x)).powi(2)),
        }
    }

    /// The point's logarithm, as the line counts it.
    pub(super) fn height(&self, point: &Point) -> f64 {
        point.value.log10() - self.origin
    }
}
