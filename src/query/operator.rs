//! Operators between a key and a value in a condition.

use crate::model::column::{ColumnRef, Vocabulary};
use crate::model::value::Kind;
use crate::query::comparison::Comparison;

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
