//! Numbers as they are typed, and the figures that are equal to them.

use std::cmp::Ordering;

/// A number as it was typed. A figure equals it if it reads the same at the digits typed, and at
/// the three that tables show: 354,999,992,320 is `355B`, and so is not less than it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Literal {
    /// The number itself.
    pub value: f64,
    /// What the digits are multiplied by, beside a power of ten.
    pub factor: f64,
    /// How many significant digits are compared.
    pub digits: usize,
    /// The least and the largest figure that is equal to it.
    first: f64,
    last: f64,
}

/// The digits that tables show of a figure.
const SHOWN: usize = 3;

/// More digits than this are not all kept, so that the number is compared as it is.
const KEPT: usize = 15;

/// Enough digits to tell any two numbers apart.
const ALL: usize = 17;

impl Literal {
    /// A number of so many significant digits, times a factor; nothing if it has no finite value.
    pub fn new(number: f64, digits: usize, factor: f64) -> Option<Literal> {
        let digits = match digits.max(SHOWN) {
            digits if digits > KEPT => ALL,
            digits => digits,
        };
        let [first, last] = match digits {
            ALL => [number; 2],
            digits => equals(number, digits).unwrap_or([number; 2]),
        };
        let value = number * factor;
        value.is_finite().then_some(Literal {
            value,
            factor,
            digits,
            first: first * factor,
            last: last * factor,
        })
    }

    /// How a figure stands to the least and the largest that are equal to this number.
    pub fn ends(&self, figure: f64) -> (Ordering, Ordering) {
        (figure.total_cmp(&self.first), figure.total_cmp(&self.last))
    }
}

/// The least and the largest number that rounds to this one; nothing for zero, which is itself.
fn equals(number: f64, digits: usize) -> Option<[f64; 2]> {
    let written = |number: f64| format!("{number:.*e}", digits - 1);
    let text = written(number);
    let (mantissa, exponent) = text.split_once('e')?;
    let units: u64 = mantissa.replace('.', "").parse().ok()?;
    let exponent = exponent.parse::<i32>().ok()? + 1 - i32::try_from(digits).ok()?;
    // Below a power of ten the steps are a tenth as wide.
    let below = match units {
        0 => return None,
        units if units == 10u64.pow(u32::try_from(digits).ok()? - 1) => {
            format!("{}e{}", units * 100 - 5, exponent - 2)
        }
        units => format!("{}e{}", units * 10 - 5, exponent - 1),
    };
    let above = format!("{}e{}", units * 10 + 5, exponent - 1);
    // The middle between two steps rounds to either, as its digits have it.
    let around = |middle: String| {
        let middle = middle.parse::<f64>().unwrap_or(number);
        let numbers = [middle.next_down(), middle, middle.next_up()];
        numbers.into_iter().filter(|near| written(*near) == text)
    };
    let first = around(below).next().unwrap_or(number);
    let last = around(above).next_back().unwrap_or(number);
    Some([first, last])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_equal_reads_the_same(number in 1e-3f64..1e30, digits in 1usize..20, off in -2e-2f64..2e-2) {
            let round = |number: f64, digits: usize| {
                format!("{number:.*e}", digits - 1).parse::<f64>().expect("a number")
            };
            let number = round(number, digits.min(17));
            let literal = Literal::new(number, digits, 1.0).expect("a number");
            for figure in [number, number * (1.0 + off), number * (1.0 + off / 10.0), literal.first, literal.last] {
                let digits = literal.digits;
                let order = round(figure, digits).total_cmp(&round(number, digits));
                let expected = match order {
                    Ordering::Equal => (figure.total_cmp(&literal.first), figure.total_cmp(&literal.last)),
                    order => (order, order),
                };
                prop_assert_eq!(literal.ends(figure), expected, "{} to {}", figure, number);
                let inside = expected.0.is_ge() && expected.1.is_le();
                prop_assert_eq!(inside, order.is_eq(), "{} to {}", figure, number);
            }
        }
    }

    #[test]
    fn digits_decide_what_is_equal() {
        let equal = |number, digits, figure: f64| {
            let literal = Literal::new(number, digits, 1.0).expect("a number");
            let (first, last) = literal.ends(figure);
            first.is_ge() && last.is_le()
        };
        assert!(equal(355e9, 3, 354_999_992_320.0));
        assert!(!equal(355e9, 12, 354_999_992_320.0));
        assert!(equal(1e11, 1, 99_960_000_000.0));
        assert!(!equal(1e11, 1, 99_600_000_000.0));
        assert!(!equal(1e9, 1, 1.3e9));
        assert!(equal(0.0, 1, 0.0));
        assert!(!equal(0.0, 1, 1e-9));
    }
}
