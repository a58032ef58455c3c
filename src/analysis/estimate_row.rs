//! A row of an estimate: a figure or an assumption of a run, with its bounds and its origin.

use crate::model::input::{Input, Origin};
use crate::model::physics::{Assumption, Interval};
use crate::model::unit::Unit;

/// A figure or an assumption of a run, or why it is not known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EstimateRow {
    pub field: Field,
    pub value: Estimated,
}

/// A number, or why it is not known.
pub(crate) type Estimated = Result<EstimatedValue, String>;

/// A number with its bounds and its origin.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EstimatedValue {
    pub value: Interval,
    pub origin: Origin,
}

/// How a figure or an assumption is named, given and printed.
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

macro_rules! run_fields {
    ($($name:ident(
        $key:literal, $label:literal, $unit:ident, $measure:literal, $suffix:literal, $flag:literal
    );)*) => {
        $(pub(crate) const $name: Field = Field {
            key: $key,
            label: $label,
            unit: Unit::$unit,
            measure: $measure,
            suffix: $suffix,
            flag: $flag,
        };)*
    };
}

run_fields! {
    PARAMS("params", "Params", Count, "parameters", "", "--params");
    ACTIVE_PARAMS("active_params", "Active params", Count, "parameters", "", "--active-params");
    TOKENS("tokens", "Tokens", Count, "tokens", "", "--tokens");
    EPOCHS("epochs", "Epochs", Ratio, "passes", "", "");
    TOKENS_PER_PARAM(
        "tokens_per_param", "Tokens/param", Ratio, "tokens per parameter", "", "--tokens-per-param"
    );
    COMPUTE("compute_flop", "Compute", Flop, "FLOP", "FLOP", "--compute");
    COMPUTE_6ND("compute_6nd", "Compute 6ND", Flop, "FLOP", "FLOP", "");
    OPERATIONS("operations", "Operations", Ratio, "FLOP", "FLOP per parameter and token", "");
    WEIGHTS("weights_bytes", "Weight memory", Bytes, "bytes", "", "");
    CHIP_HOURS("chip_hours", "Chip-hours", Count, "chip-hours", "", "");
    DAYS("days", "Days", Ratio, "days", "", "");
    COST("cost_usd", "Cost", Usd, "USD", "", "--budget");
    ENERGY("energy_mwh", "Energy", Mwh, "MWh", "MWh", "");
    UTILIZATION("utilization", "Utilization", Ratio, "share", "of the peak", "--mfu");
    PEAK("peak_flops", "Peak", Flop, "FLOP/s", "FLOP/s per chip", "");
    COUNT("chips", "Chips", Count, "chips", "", "--count");
    PRICE("usd_per_chip_hour", "Price", Usd, "USD", "per chip-hour", "--price");
    POWER("tdp_w", "Power", Count, "W", "W per chip", "");
    DRAW("draw", "Power draw", Ratio, "ratio", "of the design power", "");
    PUE("pue", "PUE", Ratio, "ratio", "times the chips' energy", "--pue");
}

impl Field {
    pub(crate) fn row(self, value: Estimated) -> EstimateRow {
        EstimateRow { field: self, value }
    }
}

impl EstimateRow {
    pub(crate) fn is_derived(&self) -> bool {
        self.value.as_ref().is_ok_and(EstimatedValue::is_derived)
    }
}

impl EstimatedValue {
    pub(crate) fn new(value: impl Into<Interval>, origin: Origin) -> EstimatedValue {
        let value = value.into();
        EstimatedValue { value, origin }
    }

    pub(crate) fn is_derived(&self) -> bool {
        matches!(self.origin, Origin::Derived(_))
    }

    /// The source or the formula.
    pub(crate) fn source(&self) -> &str {
        match &self.origin {
            Origin::Assumed(source) | Origin::Derived(source) => source,
            Origin::Chip(source) => source,
            Origin::Given | Origin::Key(_) => "",
        }
    }
}

impl From<Assumption> for EstimatedValue {
    fn from(assumption: Assumption) -> EstimatedValue {
        EstimatedValue::new(assumption.value, Origin::Assumed(assumption.source))
    }
}

impl From<Input> for EstimatedValue {
    fn from(input: Input) -> EstimatedValue {
        EstimatedValue::new(input.value, input.origin)
    }
}

pub(crate) fn given(value: f64) -> Estimated {
    Ok(EstimatedValue::new(value, Origin::Given))
}

pub(crate) fn given_or(value: Option<f64>, assumption: Assumption) -> Estimated {
    value.map_or_else(|| Ok(assumption.into()), given)
}

/// The result of a formula, or why one of its inputs is not known.
macro_rules! derive {
    ($formula:expr, $function:expr, $($input:expr),+) => {
        (|| -> $crate::analysis::estimate_row::Estimated {
            let value = ($function)($($input.as_ref().map_err(String::clone)?.value),+);
            Ok(EstimatedValue::new(value, Origin::Derived($formula)))
        })()
    };
}
pub(crate) use derive;

/// The parts that are not empty, with a separator between them.
pub(crate) fn joined<const N: usize>(separator: &str, parts: [&str; N]) -> String {
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(separator)
}
