//! A derivation: how a figure follows from others, and from where those come.

use crate::model::figure::grouped;
use crate::model::physics::Interval;
use crate::model::quantity::Unit;
use serde::Serialize;

/// How a figure follows from others.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// The figure with its bounds.
    pub result: Interval,
    /// The formula in words, which are the names of the inputs.
    pub formula: &'static str,
    /// What goes into it.
    pub inputs: Vec<Input>,
}

/// A number that goes into a formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// What it is.
    pub name: &'static str,
    /// How much.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A flag.
    Given,
    /// The model's own key.
    Key(&'static str),
    /// The table of chips.
    Chip(String),
    /// An assumption, with its source.
    Assumed(&'static str),
    /// Other numbers, by this formula.
    Derived(&'static str),
}

impl Derivation {
    /// The formula with numbers in place of its words.
    pub fn with_numbers(&self) -> String {
        let mut inputs: Vec<&Input> = self.inputs.iter().collect();
        // The longest first: one name may be a part of another.
        inputs.sort_by_key(|input| std::cmp::Reverse(input.name.len()));
        let text = self.formula.to_owned();
        inputs
            .iter()
            .fold(text, |text, input| text.replace(input.name, &input.words()))
    }
}

impl Input {
    /// Its value for people: whole where a count is short enough to be read digit by digit.
    pub fn words(&self) -> String {
        match self.unit {
            Unit::Count if self.value < 1e7 => grouped(self.value.round()),
            unit => unit.human(self.value),
        }
    }
}
