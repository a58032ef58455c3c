//! The numbers that go into a formula, and where they come from.

use crate::model::figure::grouped;
use crate::model::month::Period;
use crate::model::physics::{Assumption, Interval};
use crate::model::unit::Unit;
use crate::model::value::Kind;
use serde::{Serialize, Serializer};

/// A number that goes into a formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Input {
    pub name: &'static str,
    #[serde(serialize_with = "middle")]
    pub value: Interval,
    #[serde(serialize_with = "unit_name")]
    pub unit: Unit,
    pub origin: Origin,
    /// When it was so: a price's date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Period>,
    /// Who says so: a price's source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Origin {
    /// A flag.
    Given,
    /// The model's own key.
    Key(&'static str),
    /// The table of chips: the chip, or the source of what the table says of it.
    Chip(String),
    /// An assumption, with its source.
    Assumed(&'static str),
    /// Other numbers, by this formula.
    Derived(&'static str),
}

impl Input {
    pub(crate) fn new(
        name: &'static str,
        value: impl Into<Interval>,
        unit: Unit,
        origin: Origin,
    ) -> Input {
        Input {
            name,
            value: value.into(),
            unit,
            origin,
            date: None,
            source: None,
        }
    }

    /// A count under a key of the model.
    pub(crate) fn own(name: &'static str, key: &'static str, value: impl Into<Interval>) -> Input {
        Input::new(name, value, Unit::Count, Origin::Key(key))
    }

    pub(crate) fn of_chip(name: &'static str, value: f64, unit: Unit, chip: &str) -> Input {
        Input::new(name, value, unit, Origin::Chip(chip.to_owned()))
    }

    pub(crate) fn assumed(assumption: Assumption) -> Input {
        let origin = Origin::Assumed(assumption.source);
        Input::new(assumption.name, assumption.value, Unit::Ratio, origin)
    }

    /// Its value for people: whole where a count is short enough to be read digit by digit.
    pub(crate) fn words(&self) -> String {
        match self.unit {
            Unit::Count if self.value.mid < 1e7 => grouped(self.value.mid.round()),
            unit => unit.human(self.value.mid),
        }
    }

    /// Its value and when it was so.
    pub(crate) fn dated_words(&self) -> String {
        let date = self.date.map(|date| format!(" in {}", date.words()));
        self.words() + &date.unwrap_or_default()
    }
}

fn middle<S: Serializer>(value: &Interval, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(value.mid)
}

fn unit_name<S: Serializer>(unit: &Unit, serializer: S) -> Result<S::Ok, S::Error> {
    Kind::Quantity(*unit).unit().serialize(serializer)
}
