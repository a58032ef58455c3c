//! Figures: the numbers of a catalog, written with every digit that they have.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
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

fn whole(value: f64) -> Option<u64> {
    // Beyond 2^53 an integer's digits would claim a precision that an f64 has not.
    (value.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&value))
        .then_some(value as u64)
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
