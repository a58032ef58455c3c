//! Statistics of figures: what a group of models has in common.

/// A few figures that stand for many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Summary {
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
    /// Sums up figures, in whatever order they come; nothing for none.
    pub(crate) fn of(mut figures: Vec<f64>) -> Option<Summary> {
        let count = figures.len();
        let middle = figures.get(count / 2).map(|_| count / 2)?;
        let sum = sum(&figures);
        let (below, upper, above) = figures.select_nth_unstable_by(middle, f64::total_cmp);
        let lower = below.iter().copied().max_by(f64::total_cmp);
        let least = below.iter().copied().min_by(f64::total_cmp);
        let largest = above.iter().copied().max_by(f64::total_cmp);
        Some(Summary {
            count,
            median: match lower.filter(|_| count.is_multiple_of(2)) {
                Some(lower) => f64::midpoint(lower, *upper),
                None => *upper,
            },
            min: least.unwrap_or(*upper),
            max: largest.unwrap_or(*upper),
            sum,
        })
    }
}

/// The sum to the last digit, or nearly: what each addition rounds away is added at the end
/// (Neumaier 1974, an improvement of Kahan's).
fn sum(figures: &[f64]) -> f64 {
    let (mut sum, mut lost) = (0.0, 0.0);
    for figure in figures {
        let next = sum + figure;
        lost += match f64::abs(sum) >= figure.abs() {
            true => (sum - next) + figure,
            false => (figure - next) + sum,
        };
        sum = next;
    }
    sum + lost
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_median_is_in_the_middle() {
        let summary = Summary::of(vec![5.0, 1.0, 3.0]).expect("three figures");
        assert_eq!((summary.median, summary.min, summary.max), (3.0, 1.0, 5.0));
        assert_eq!((summary.count, summary.sum), (3, 9.0));
        let summary = Summary::of(vec![4.0, 1.0]).expect("two figures");
        assert_eq!(summary.median, 2.5);
        assert_eq!(Summary::of(Vec::new()), None);
        let one = Summary::of(vec![7.0]).expect("a figure");
        assert_eq!((one.median, one.min, one.max), (7.0, 7.0, 7.0));
    }

    proptest! {
        #[test]
        fn order_does_not_matter(figures in prop::collection::vec(1.0f64..1e15, 1..40), by in 0usize..40) {
            let mut sorted = figures.clone();
            sorted.sort_by(f64::total_cmp);
            let mut turned = figures.clone();
            turned.rotate_left(by % figures.len());
            let (one, other) = (Summary::of(figures), Summary::of(turned));
            prop_assert_eq!(one, other);
            let (one, middle) = (one.expect("figures"), sorted.len() / 2);
            let median = match sorted.len() % 2 {
                0 => f64::midpoint(sorted[middle - 1], sorted[middle]),
                _ => sorted[middle],
            };
            let ends = (sorted[0], sorted[sorted.len() - 1]);
            prop_assert_eq!((one.median, (one.min, one.max)), (median, ends));
            let plain: f64 = sorted.iter().sum();
            prop_assert!((one.sum - plain).abs() <= 1e-12 * plain);
        }
    }
}
