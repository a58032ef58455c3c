//! Comparisons of a value with a number or a period.

use crate::model::column::{ColumnRef, Vocabulary};
use crate::model::figure::Literal;
use crate::model::month::Period;
use crate::model::value::{Kind, Value};
use std::cmp::Ordering;

/// How a value compares with a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Equal to the bound; within a period.
    Equal,
    /// Less than the bound; before a period.
    Less,
    /// At most the bound; to the last month of a period.
    AtMost,
    /// More than the bound; after a period.
    Greater,
    /// At least the bound; from the first month of a period on.
    AtLeast,
}

/// What a value is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// A number in the column's unit.
    Number(Literal),
    /// A year or a month.
    Period(Period),
}

impl Comparison {
    /// How conditions spell it.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::Greater => ">",
            Comparison::AtLeast => ">=",
        }
    }

    /// Whether the comparison holds, given how the value compares with both ends of the bound: the first
    /// and last month of a period, the least and largest number that rounds to what was typed.
    fn holds(self, to_first: Ordering, to_last: Ordering) -> bool {
        match self {
            Comparison::Equal => to_first.is_ge() && to_last.is_le(),
            Comparison::Less => to_first.is_lt(),
            Comparison::AtMost => to_last.is_le(),
            Comparison::Greater => to_last.is_gt(),
            Comparison::AtLeast => to_first.is_ge(),
        }
    }

    /// Whether the comparison holds; `None` if the value is missing.
    pub(crate) fn test(self, value: &Value<'_>, bound: Bound) -> Option<bool> {
        let number = |own: f64, bound: Literal| {
            let (to_first, to_last) = bound.ends(own);
            self.holds(to_first, to_last)
        };
        if let (Some(own), Bound::Number(bound)) = (value.number(), bound) {
            return Some(number(own, bound));
        }
        match (value, bound) {
            (value, _) if value.is_missing() => None,
            // One figure of several is enough, as with words.
            (Value::Numbers(list), Bound::Number(bound)) => {
                Some(list.iter().any(|own| number(own.0, bound)))
            }
            (Value::Month(month), Bound::Period(period)) => {
                Some(self.holds(month.cmp(&period.first), month.cmp(&period.last)))
            }
            _ => None,
        }
    }
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    /// Stands so to the bound.
    Is(Comparison),
    /// Is anything else.
    IsNot,
    /// Matches an expression.
    Matches,
    /// Matches it nowhere.
    MatchesNot,
    /// Is one of a list.
    In,
}

/// Signs and words, the longer of two that begin alike first.
pub(crate) const OPERATORS: [(&str, Operator); 16] = [
    (">=", Operator::Is(Comparison::AtLeast)),
    ("<=", Operator::Is(Comparison::AtMost)),
    ("!=", Operator::IsNot),
    ("!~", Operator::MatchesNot),
    ("==", Operator::Is(Comparison::Equal)),
    ("=", Operator::Is(Comparison::Equal)),
    (">", Operator::Is(Comparison::Greater)),
    ("<", Operator::Is(Comparison::Less)),
    ("~", Operator::Matches),
    ("ge", Operator::Is(Comparison::AtLeast)),
    ("le", Operator::Is(Comparison::AtMost)),
    ("gt", Operator::Is(Comparison::Greater)),
    ("lt", Operator::Is(Comparison::Less)),
    ("eq", Operator::Is(Comparison::Equal)),
    ("ne", Operator::IsNot),
    ("in", Operator::In),
];

impl Operator {
    /// Whether values of the column can be compared so; else how they can.
    ///
    /// # Errors
    /// When they cannot.
    pub(crate) fn fits(self, column: ColumnRef) -> Result<(), &'static str> {
        let equals = matches!(
            self,
            Operator::Is(Comparison::Equal) | Operator::IsNot | Operator::In
        );
        match column.heading.kind {
            kind if kind.is_number() => match self {
                Operator::Matches | Operator::MatchesNot => {
                    Err("is a figure; compare it with `=`, `<` or `>`")
                }
                _ => Ok(()),
            },
            _ if matches!(self, Operator::Matches | Operator::MatchesNot) => Ok(()),
            Kind::Compound if column.vocabulary == Vocabulary::Free => {
                Err("has many parts; compare it with `~` or `!~`")
            }
            Kind::Month => Ok(()),
            _ if equals => Ok(()),
            _ => Err("is text; compare it with `=`, `!=`, `~` or `!~`"),
        }
    }
}
