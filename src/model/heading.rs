//! Headings: the key, title and kind of a column, where cards show it and entries have it.

use crate::model::Key;
use crate::model::unit::Unit;

/// The heading of a column and the kind of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The key in machine formats and on the command line.
    pub key: &'a str,
    /// The title over a table's column.
    pub title: &'a str,
    /// What its values are.
    pub kind: Kind,
    /// When a narrow table drops it: the highest first.
    pub rank: u8,
}

impl<'a> Heading<'a> {
    /// A heading of rows that are not records.
    pub const fn new(key: &'a str, title: &'a str, kind: Kind, rank: u8) -> Heading<'a> {
        Heading {
            key,
            title,
            kind,
            rank,
        }
    }
}

/// Whether a table shows a column by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Always.
    ByDefault,
    /// When named by `--columns`, an order, or a comparison.
    WhenAsked,
}

/// The section of a card that shows a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Its first lines, or beside another column.
    Head,
    /// What was measured and counted.
    Figures,
    /// What it is.
    Facts,
    /// Where to read on.
    Reading,
}

/// The words that `=` accepts in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Any: a name, a title, an address, which no model needs to have.
    Free,
    /// Those that models have, other spellings listed under this section of the catalog.
    Used(&'static str),
    /// Those that models have, and whole parts of them: `A100` is `A100 80GB` too.
    Parts,
    /// Those that models have, other spellings listed under this section of the catalog, whole
    /// parts of them, and sections: `vision` is `vision-language` too.
    Wide(&'static str),
    /// These alone, whether or not a model has them.
    Only(&'static [&'static str]),
}

/// Where an entry of the catalog has the value of a column: a record that was written under columns
/// is read back by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Under the column's own key.
    Own,
    /// In the object under this key, in this part of it.
    Part(Key, &'static str),
    /// Nowhere: it is computed from others.
    Computed,
}

/// What a column's values are: how they are compared, aligned and printed for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words; ascend.
    Word,
    /// Sentences and titles; ascend.
    Sentence,
    /// Web addresses; ascend.
    Address,
    /// Several words; ascend.
    Tags,
    /// Months; descend.
    Month,
    /// A number that measures nothing, such as a year or a line; descends.
    Number,
    /// A measured figure in a unit; descends.
    Quantity(Unit),
    /// What has no order and no scale: hardware, details.
    Compound,
}

impl Kind {
    /// Whether larger values come first by default.
    pub fn descends(self) -> bool {
        matches!(self, Kind::Month | Kind::Number | Kind::Quantity(_))
    }

    /// Whether values are numbers: aligned right, and counted where they are missing.
    pub fn is_number(self) -> bool {
        matches!(self, Kind::Number | Kind::Quantity(_))
    }

    /// Whether values are measured figures, which can be ranked, fitted and compared: the number of
    /// a year or a line is none.
    pub fn is_measured(self) -> bool {
        matches!(self, Kind::Quantity(_))
    }

    /// Whether the sum of values means anything: that of ratios does not.
    pub fn is_additive(self) -> bool {
        matches!(self, Kind::Quantity(unit) if unit != Unit::Ratio)
    }

    /// What the numbers count.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Kind::Quantity(Unit::Count) => Some("count"),
            Kind::Quantity(Unit::Bytes) => Some("bytes"),
            Kind::Quantity(Unit::Flop) => Some("FLOP"),
            Kind::Quantity(Unit::Usd) => Some("USD"),
            Kind::Quantity(Unit::Mwh) => Some("MWh"),
            _ => None,
        }
    }
}
