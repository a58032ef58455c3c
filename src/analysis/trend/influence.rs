//! Leave-one-out: how much a trend depends on each of its points.

use super::{LEAST, Trend, factor, student, years};
use crate::model::month::Point;
use crate::model::physics::Interval;

/// What a trend would be without one of its points.
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

impl Trend {
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
        let line = &self.line;
        let count = self.count as f64;
        let freedom = count - 3.0;
        let (enough, quantile) = (self.count > LEAST, student(freedom));
        let without = |(index, point): (usize, &Point)| {
            let x = years(point.month, self.first) - line.x;
            let free = 1.0 - 1.0 / count - x * x / line.sxx;
            // The others have no slope where all are of one month.
            (free > 1e-9).then(|| {
                let residual = line.height(point) - line.y - line.slope * x;
                let others = line.residual - residual.powi(2) / free;
                let error = (others / freedom * free).sqrt();
                let moved = x * residual / (line.sxx * free);
                let sxx = line.sxx - x * x * count / (count - 1.0);
                let reach = quantile * (others.max(0.0) / freedom / sxx).sqrt();
                let slope = Interval::around(line.slope - moved, reach);
                let known = |log: f64| Some(factor(log)).filter(|_| enough && slope.excludes(0.0));
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
