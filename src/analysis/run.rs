//! A planned training run: its figures and assumptions, each with bounds and an origin.

use crate::model::Key;
use crate::model::derivation::{Derivation, Origin};
use crate::model::physics::{Assumption, Interval};
use crate::model::unit::Unit;

/// A figure or an assumption of a run: how it is named, given and printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    pub key: &'static str,
    pub label: &'static str,
    /// How the number is printed for people.
    pub unit: Unit,
    /// The unit in machine formats.
    pub measure: &'static str,
    /// What follows the number for people, where the unit does not print itself.
    pub suffix: &'static str,
    /// The flag that sets it; empty if there is none.
    pub flag: &'static str,
}

/// A number with its bounds and its origin.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EstimatedValue {
    pub value: Interval,
    pub origin: Origin,
    /// The source of a chip's figure, and what it applies to.
    source: String,
}

/// A figure of a run, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EstimateRow {
    pub field: Field,
    pub value: Result<EstimatedValue, String>,
}

impl Field {
    const fn new(
        key: &'static str,
        label: &'static str,
        unit: Unit,
        measure: &'static str,
    ) -> Field {
        Field {
            key,
            label,
            unit,
            measure,
            suffix: "",
            flag: "",
        }
    }

    const fn suffix(self, suffix: &'static str) -> Field {
        Field { suffix, ..self }
    }

    const fn flag(self, flag: &'static str) -> Field {
        Field { flag, ..self }
    }

    pub(crate) fn row(self, value: Result<EstimatedValue, String>) -> EstimateRow {
        EstimateRow { field: self, value }
    }
}

pub(crate) const PARAMS: Field =
    Field::new("params", "Params", Unit::Count, "parameters").flag("--params");
pub(crate) const ACTIVE_PARAMS: Field =
    Field::new("active_params", "Active params", Unit::Count, "parameters").flag("--active-params");
pub(crate) const TOKENS: Field =
    Field::new("tokens", "Tokens", Unit::Count, "tokens").flag("--tokens");
pub(crate) const EPOCHS: Field = Field::new("epochs", "Epochs", Unit::Ratio, "passes");
pub(crate) const TOKENS_PER_PARAM: Field = Field::new(
    "tokens_per_param",
    "Tokens/param",
    Unit::Ratio,
    "tokens per parameter",
)
.flag("--tokens-per-param");
pub(crate) const COMPUTE: Field = Field::new("compute_flop", "Compute", Unit::Flop, "FLOP")
    .suffix("FLOP")
    .flag("--compute");
/// What parameters and tokens imply, where the compute is stated or given.
pub(crate) const COMPUTE_6ND: Field =
    Field::new("compute_6nd", "Compute 6ND", Unit::Flop, "FLOP").suffix("FLOP");
pub(crate) const WEIGHTS: Field =
    Field::new("weights_bytes", "Weight memory", Unit::Bytes, "bytes");
pub(crate) const OPERATIONS: Field = Field::new("operations", "Operations", Unit::Ratio, "FLOP")
    .suffix("FLOP per parameter and token");
pub(crate) const CHIP_HOURS: Field =
    Field::new("chip_hours", "Chip-hours", Unit::Count, "chip-hours");
pub(crate) const DAYS: Field = Field::new("days", "Days", Unit::Ratio, "days");
pub(crate) const COST: Field = Field::new("cost_usd", "Cost", Unit::Usd, "USD").flag("--budget");
pub(crate) const ENERGY: Field = Field::new("energy_mwh", "Energy", Unit::Mwh, "MWh").suffix("MWh");
pub(crate) const COUNT: Field = Field::new("chips", "Chips", Unit::Count, "chips").flag("--count");
pub(crate) const UTILIZATION: Field =
    Field::new("utilization", "Utilization", Unit::Ratio, "share")
        .suffix("of the peak")
        .flag("--mfu");
pub(crate) const PEAK: Field =
    Field::new("peak_flops", "Peak", Unit::Flop, "FLOP/s").suffix("FLOP/s per chip");
pub(crate) const POWER: Field = Field::new("tdp_w", "Power", Unit::Count, "W").suffix("W per chip");
pub(crate) const DRAW: Field =
    Field::new("draw", "Power draw", Unit::Ratio, "ratio").suffix("of the design power");
pub(crate) const PUE: Field = Field::new("pue", "PUE", Unit::Ratio, "ratio")
    .suffix("times the chips' energy")
    .flag("--pue");
pub(crate) const PRICE: Field = Field::new("usd_per_chip_hour", "Price", Unit::Usd, "USD")
    .suffix("per chip-hour")
    .flag("--price");

impl EstimateRow {
    /// Fails if a bound is not a number: the product of two quantities may overflow.
    pub(crate) fn check(&self) -> Result<(), String> {
        let key = self.field.key;
        match &self.value {
            Ok(known) if !known.value.is_figure() => {
                Err(format!("`{key}` is out of range with these quantities"))
            }
            _ => Ok(()),
        }
    }
}

impl EstimatedValue {
    pub(crate) fn given(value: f64) -> EstimatedValue {
        EstimatedValue::new(Interval::exactly(value), Origin::Given)
    }

    pub(crate) fn derived(value: Interval, formula: &'static str) -> EstimatedValue {
        EstimatedValue::new(value, Origin::Derived(formula))
    }

    pub(crate) fn of_model(value: f64, key: Key) -> EstimatedValue {
        EstimatedValue::new(Interval::exactly(value), Origin::Key(key.name()))
    }

    pub(crate) fn of_chip(value: f64, chip: &str, source: String) -> EstimatedValue {
        EstimatedValue {
            source,
            ..EstimatedValue::new(Interval::exactly(value), Origin::Chip(chip.to_owned()))
        }
    }

    pub(crate) fn given_or(given: Option<f64>, assumption: Assumption) -> EstimatedValue {
        given.map_or_else(|| assumption.into(), EstimatedValue::given)
    }

    fn new(value: Interval, origin: Origin) -> EstimatedValue {
        EstimatedValue {
            value,
            origin,
            source: String::new(),
        }
    }

    pub(crate) fn is_derived(&self) -> bool {
        matches!(self.origin, Origin::Derived(_))
    }

    /// The source or the formula.
    pub(crate) fn source(&self) -> &str {
        match self.origin {
            Origin::Assumed(source) => source,
            Origin::Derived(formula) => formula,
            _ => &self.source,
        }
    }
}

impl From<Assumption> for EstimatedValue {
    fn from(assumption: Assumption) -> EstimatedValue {
        EstimatedValue::new(assumption.value, Origin::Assumed(assumption.source))
    }
}

impl From<Derivation> for EstimatedValue {
    fn from(derivation: Derivation) -> EstimatedValue {
        EstimatedValue::derived(derivation.result, derivation.formula)
    }
}
