//! How a figure follows from others, and how the result compares to what is stated.

use crate::model::derived::DerivedField;
use crate::model::figure::grouped;
use crate::model::hardware::Chip;
use crate::model::physics::Interval;
use crate::model::schema::COLUMNS;
use crate::model::unit::Unit;
use crate::model::value::Kind;
use crate::model::{Key, Model, SourceKind};
use serde::{Serialize, Serializer};

/// How a figure follows from others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Derivation {
    /// The figure with its bounds.
    pub result: Interval,
    /// The formula in words, which are the names of the inputs.
    pub formula: &'static str,
    /// What goes into it.
    pub inputs: Vec<Input>,
}

/// A number that goes into a formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Input {
    /// What it is.
    pub name: &'static str,
    /// How much.
    pub value: f64,
    /// Its unit.
    #[serde(serialize_with = "unit_name")]
    pub unit: Unit,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Origin {
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
    pub(crate) fn with_numbers(&self) -> String {
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
    pub(crate) fn words(&self) -> String {
        match self.unit {
            Unit::Count if self.value < 1e7 => grouped(self.value.round()),
            unit => unit.human(self.value),
        }
    }
}

/// A derivation of a figure, or why it is not possible.
#[derive(Debug)]
pub(crate) struct Way {
    /// The derived figure.
    pub estimate: DerivedField,
    /// The result and what goes into it.
    pub outcome: Result<Derivation, String>,
    /// The result over the stated figure.
    pub ratio: Option<f64>,
    /// What the stated figure is: `corrected`, or the kind of its source.
    pub whose: &'static str,
}

impl Way {
    /// Derives the figure of a model and compares it to the stated one.
    pub(crate) fn of(estimate: DerivedField, model: &Model<'_>, chips: &[Chip<'_>]) -> Way {
        let outcome = estimate.derive(model, chips);
        let stated = estimate.stated().and_then(|key| {
            let column = COLUMNS.iter().find(|column| column.heading.key == key)?;
            (column.read)(model).number()
        });
        let mid = outcome
            .as_ref()
            .ok()
            .map(|derivation| derivation.result.mid);
        let key = estimate.stated().and_then(Key::named);
        let whose = match key {
            Some(key) if model.is_corrected(key) => "corrected",
            key => key
                .map_or(SourceKind::Stated, |key| model.kind_of(key))
                .word(),
        };
        Way {
            estimate,
            whose,
            ratio: mid
                .zip(stated)
                .map(|(mid, stated)| mid / stated)
                .filter(|ratio| ratio.is_finite()),
            outcome,
        }
    }

    /// Whether a key of the model goes into it.
    pub(crate) fn takes(&self, key: &str) -> bool {
        let inputs = self
            .outcome
            .iter()
            .flat_map(|derivation| &derivation.inputs);
        inputs
            .into_iter()
            .any(|input| matches!(input.origin, Origin::Key(own) if own == key))
    }

    /// What the formula says.
    pub(crate) fn meaning(&self) -> &'static str {
        self.estimate.meaning()
    }
}

/// The same for machine formats, which have the same keys whether or not it is possible.
#[derive(Serialize)]
struct Record<'w> {
    key: &'static str,
    formula: Option<&'static str>,
    inputs: &'w [Input],
    low: Option<f64>,
    mid: Option<f64>,
    high: Option<f64>,
    ratio: Option<f64>,
    refusal: Option<&'w str>,
}

impl Serialize for Way {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let derivation = self.outcome.as_ref().ok();
        let bounds = derivation.map(|derivation| derivation.result);
        let record = Record {
            key: self.estimate.key(),
            formula: derivation.map(|derivation| derivation.formula),
            inputs: derivation.map_or(&[], |derivation| &derivation.inputs),
            low: bounds.map(|bounds| bounds.low),
            mid: bounds.map(|bounds| bounds.mid),
            high: bounds.map(|bounds| bounds.high),
            ratio: self.ratio,
            refusal: self.outcome.as_ref().err().map(String::as_str),
        };
        record.serialize(serializer)
    }
}

fn unit_name<S: Serializer>(unit: &Unit, serializer: S) -> Result<S::Ok, S::Error> {
    Kind::Quantity(*unit).unit().serialize(serializer)
}
