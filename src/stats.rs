//! Statistics of figures: what a group of models has in common.

/// A few figures that stand for many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// How many.
    pub count: usize,
    /// The one in the middle; of an even number the mean of the two.
    pub median: f64,
    /// The least.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// All together.
    pub sum: f64,
}

impl Summary {
    /// Sums up figures; nothing for none.
    pub fn of(mut figures: Vec<f64>) -> Option<Summary> {
        figures.sort_unstable_by(f64::total_cmp);
        let (first, last) = (figures.first()?, figures.last()?);
        let middle = figures.len() / 2;
        let median = match figures.len() % 2 {
            0 => f64::midpoint(figures[middle - 1], figures[middle]),
            _ => figures[middle],
        };
        Some(Summary {
            count: figures.len(),
            median,
            min: *first,
            max: *last,
            sum: figures.iter().sum(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        let summary = Summary::of(vec![5.0, 1.0, 3.0]).expect("three figures");
        assert_eq!((summary.median, summary.min, summary.max), (3.0, 1.0, 5.0));
        assert_eq!((summary.count, summary.sum), (3, 9.0));
        let summary = Summary::of(vec![4.0, 1.0]).expect("two figures");
        assert_eq!(summary.median, 2.5);
        assert_eq!(Summary::of(Vec::new()), None);
    }
}
