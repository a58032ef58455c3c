//! Student's t distribution.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The 0.975 quantile of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// How many standard errors 95 % of estimates are within: the 0.975 quantile.
///
/// From ten thousand degrees on it is the expansion of Abramowitz and Stegun, 26.7.5:
/// z + (z³ + z) ÷ 4ν + (5z⁵ + 16z³ + 3z) ÷ 96ν² + …
pub(super) fn quantile(freedom: f64) -> f64 {
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

/// The probability of a value as far from 0 as `t`, or farther, on either side.
pub(super) fn two_sided(t: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |own| 2.0 * own.sf(t.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (freedom, expected) in [(1.0, 12.706), (2.0, 4.303), (5.0, 2.571), (30.0, 2.042)] {
            let found = quantile(freedom);
            assert!((found - expected).abs() < 5e-4, "{freedom}: {found}");
        }
        for (freedom, expected) in [(1e4, 1.960_201_239_89), (1e5, 1.959_987_707_53)] {
            assert!((quantile(freedom) - expected).abs() < 1e-9);
        }
        assert!((quantile(1e7) - 1.959_964_221_77).abs() < 1e-9);
    }

    /// `2 * scipy.stats.t.sf(t, freedom)` of SciPy 1.17.1.
    #[test]
    fn probabilities_are_those_of_scipy() {
        for (t, freedom, expected) in [
            (1.0, 1.0, 0.5000000000000001),
            (2.5, 7.25, 0.03986552075891457),
            (13.0, 527.5, 1.0264691856224593e-33),
            (1.5, 1000000.0, 0.1336147182367928),
        ] {
            for t in [t, -t] {
                let found = two_sided(t, freedom);
                assert!(
                    (found / expected - 1.0).abs() < 1e-8,
                    "{t}, {freedom}: {found}"
                );
            }
        }
    }
}
