//! What stands between a key and a value in a condition.

use crate::condition::Comparison;
use crate::value::Kind;

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
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
pub const OPERATORS: [(&str, Operator); 16] = [
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
    /// Whether values of this kind can be compared so; else how they can.
    ///
    /// # Errors
    /// When they cannot.
    pub fn fits(self, kind: Kind) -> Result<(), &'static str> {
        match (self, kind) {
            (Operator::Matches | Operator::MatchesNot, kind) if !kind.is_number() => Ok(()),
            (_, Kind::Compound) => Err("holds text of many parts; compare it with `~` or `!~`"),
            (Operator::Matches | Operator::MatchesNot, _) => {
                Err("holds figures; compare it with `=`, `<` or `>`")
            }
            (Operator::Is(Comparison::Equal) | Operator::IsNot | Operator::In, _) => Ok(()),
            (_, Kind::Word | Kind::Sentence | Kind::Address | Kind::Tags) => {
                Err("holds words; compare it with `=`, `!=`, `~` or `!~`")
            }
            (Operator::Is(_), _) => Ok(()),
        }
    }
}
