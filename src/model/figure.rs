//! Figures: numbers of a catalog, exact, and the numbers that equal a typed one.

use crate::model::json_type::{JsonType, typed};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::cmp::Ordering;
use std::fmt;

/// A positive, finite number of a catalog, in the unit that its key names.
///
/// It is written exactly: whole numbers up to 2^53 with all their digits, others as `2.5e24`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Figure(pub f64);

/// More than anybody counts, and little enough that products of figures stay finite.
const MOST: f64 = 1e40;

/// A number exactly, as JSON and CSV have it: `65000000000`, `2.5e24`.
pub fn exact(value: f64) -> String {
    match whole(value) {
        Some(integer) => integer.to_string(),
        None if (1e-5..1e15).contains(&value.abs()) => value.to_string(),
        None => format!("{value:e}"),
    }
}

/// A number with its thousands grouped, `1,022,362`.
pub fn grouped(value: f64) -> String {
    let text = exact(value);
    let (whole, rest) = text.split_at(text.find(['.', 'e']).unwrap_or(text.len()));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

impl Figure {
    /// The number as JSON has it.
    pub(crate) fn to_json(self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

fn whole(value: f64) -> Option<u64> {
    // Beyond 2^53 an integer's digits would claim a precision that an f64 has not.
    (value.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&value))
        .then_some(value as u64)
}

typed! {
    Figure => JsonType::Figure,
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match whole(self.0) {
            Some(integer) => serializer.serialize_u64(integer),
            None => serializer.serialize_f64(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Figure;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a positive number")
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Figure, E> {
                match value > 0.0 && value <= MOST {
                    true => Ok(Figure(value)),
                    false => Err(E::custom(format_args!(
                        "`{}` is no positive number up to 1e40",
                        exact(value)
                    ))),
                }
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Figure, E> {
                self.visit_f64(value as f64)
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Figure, E> {
                self.visit_f64(value as f64)
            }
        }
        deserializer.deserialize_f64(Visitor)
    }
}

/// Whether two numbers are the same in the digits of the one with fewer.
pub(crate) fn round_alike(one: f64, other: f64) -> bool {
    let digits = |number: f64| format!("{number:e}").find('e').unwrap_or(1);
    let decimals = digits(one).min(digits(other)).saturating_sub(2);
    format!("{one:.decimals$e}") == format!("{other:.decimals$e}")
}

/// A number as it was typed. A figure equals it if it reads the same at the digits typed, and at
/// the three that tables show: 354,999,992,320 is `355B`, and so is not less than it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Literal {
    /// The number itself.
    pub value: f64,
    /// What the digits are multiplied by, besides a power of ten.
    pub factor: f64,
    /// How many significant digits are compared.
    pub digits: usize,
    /// The least and the largest figure that is equal to it.
    first: f64,
    last: f64,
}

impl Literal {
    /// A number of so many significant digits, times a factor; nothing if it has no finite value.
    pub fn new(number: f64, digits: usize, factor: f64) -> Option<Literal> {
        let digits = match digits {
            // Tables show three.
            ..=3 => 3,
            4..=15 => digits,
            // A number does not keep them all: it is compared as it is, and 17 tell any two apart.
            _ => 17,
        };
        let [first, last] = equals(number, digits);
        let value = number * factor;
        value.is_finite().then_some(Literal {
            value,
            factor,
            digits,
            first: first * factor,
            last: last * factor,
        })
    }

    /// The same number below 0.
    #[must_use]
    pub fn negated(self) -> Literal {
        Literal {
            value: -self.value,
            first: -self.last,
            last: -self.first,
            ..self
        }
    }

    /// The least and the largest figure that are equal to this number.
    pub(crate) fn range(&self) -> [f64; 2] {
        [self.first, self.last]
    }

    /// How a figure compares to the least and the largest that are equal to this number.
    pub fn ends(&self, figure: f64) -> (Ordering, Ordering) {
        (figure.total_cmp(&self.first), figure.total_cmp(&self.last))
    }
}

/// The least and the largest number that reads the same at so many digits.
fn equals(number: f64, digits: usize) -> [f64; 2] {
    let written = |bits: u64| format!("{:.*e}", digits - 1, f64::from_bits(bits));
    let text = written(number.to_bits());
    // Positive numbers are in the order of their bits.
    [0.9, 1.1].map(|beyond| {
        let (mut same, mut other) = (number.to_bits(), (number * beyond).to_bits());
        while same.abs_diff(other) > 1 {
            let middle = same.midpoint(other);
            match written(middle) == text {
                true => same = middle,
                false => other = middle,
            }
        }
        f64::from_bits(same)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn machines_get_every_digit() {
        assert_eq!(exact(65e9), "65000000000");
        assert_eq!(exact(2.5e24), "2.5e24");
        assert_eq!(exact(0.1), "0.1");
        assert_eq!(grouped(1_022_362.0), "1,022,362");
        assert_eq!(grouped(48.0), "48");
        let json = serde_json::to_string(&Figure(65e9)).expect("a number");
        assert_eq!(json, "65000000000");
    }

    #[test]
    fn the_number_with_fewer_digits_decides() {
        assert!(round_alike(1.5e23, 1.53e23) && round_alike(3.14e23, 3e23));
        assert!(!round_alike(1.5e23, 1.56e23) && !round_alike(1e3, 1e4));
    }

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
