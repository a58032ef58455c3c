//! A training run on paper: its figures, each with its bounds and what it rests on.

use crate::model::SourceKind;
use crate::model::physics::{self, Assumption, Interval};
use crate::model::quantity::Unit;

/// A figure or an assumption of a run: what it is called, and how it is given and printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    /// The key in machine formats.
    pub key: &'static str,
    /// The name for people.
    pub label: &'static str,
    /// How people read it.
    pub unit: Unit,
    /// The unit in machine formats.
    pub measure: &'static str,
    /// What follows the figure where people need its unit told; else empty.
    pub after: &'static str,
    /// The flag that gives or changes it; empty where none does.
    pub flag: &'static str,
}

/// What a figure rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Basis {
    /// A flag gave it.
    Given,
    /// The catalog has it of the model, from a source of this kind.
    Model(SourceKind),
    /// The catalog states it of the chip.
    Chip {
        /// What else there is to say of it, in a few words.
        detail: String,
        /// Where it comes from.
        source: String,
    },
    /// It is assumed, from this source.
    Assumed(&'static str),
    /// It follows from others by this formula.
    Derived(&'static str),
}

/// A number with its bounds and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    /// The number; without spread where it is given or stated.
    pub value: Interval,
    /// What it rests on.
    pub basis: Basis,
}

/// A figure of a run, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// Which.
    pub item: Item,
    /// How much, or why nobody can tell.
    pub known: Result<Known, String>,
}

impl Item {
    const fn of(key: &'static str, label: &'static str, unit: Unit, measure: &'static str) -> Item {
        Item {
            key,
            label,
            unit,
            measure,
            after: "",
            flag: "",
        }
    }

    const fn after(mut self, after: &'static str) -> Item {
        self.after = after;
        self
    }

    const fn flag(mut self, flag: &'static str) -> Item {
        self.flag = flag;
        self
    }

    /// The line of this item.
    pub(crate) fn line(self, known: Result<Known, String>) -> Line {
        Line { item: self, known }
    }
}

/// Parameters, all experts included.
pub(crate) const PARAMS: Item =
    Item::of("params", "Params", Unit::Count, "parameters").flag("--params");
/// Parameters that take part in each step.
pub(crate) const ACTIVE_PARAMS: Item =
    Item::of("active_params", "Active params", Unit::Count, "parameters").flag("--active-params");
/// Tokens of the training data.
pub(crate) const TOKENS: Item =
    Item::of("tokens", "Tokens", Unit::Count, "tokens").flag("--tokens");
/// Passes over the training data.
pub(crate) const EPOCHS: Item = Item::of("epochs", "Epochs", Unit::Ratio, "passes");
/// Tokens over parameters.
pub(crate) const TOKENS_PER_PARAM: Item = Item::of(
    "tokens_per_param",
    "Tokens a param",
    Unit::Ratio,
    "tokens per parameter",
)
.flag("--tokens-per-param");
/// Training compute.
pub(crate) const COMPUTE: Item = Item::of("compute_flop", "Compute", Unit::Flop, "FLOP")
    .after("FLOP")
    .flag("--compute");
/// What parameters and tokens imply, beside a compute that is stated.
pub(crate) const COMPUTE_6ND: Item =
    Item::of("compute_6nd", "Compute 6ND", Unit::Flop, "FLOP").after("FLOP");
/// Hours of all chips together.
pub(crate) const CHIP_HOURS: Item = Item::of("chip_hours", "Chip-hours", Unit::Count, "chip-hours");
/// Days from start to end.
pub(crate) const DAYS: Item = Item::of("days", "Days", Unit::Ratio, "days");
/// What the chips cost.
pub(crate) const COST: Item = Item::of("cost_usd", "Cost", Unit::Usd, "USD").flag("--budget");
/// What the data centre draws.
pub(crate) const ENERGY: Item = Item::of("energy_mwh", "Energy", Unit::Mwh, "MWh").after("MWh");
/// Memory for the weights, two bytes each.
pub(crate) const WEIGHTS: Item = Item::of("weights_bytes", "Weights", Unit::Bytes, "bytes");
/// How many chips run at once.
pub(crate) const COUNT: Item = Item::of("chips", "Chips", Unit::Count, "chips").flag("--count");
/// Operations a parameter and token.
pub(crate) const OPERATIONS: Item =
    Item::of("operations", "Operations", Unit::Ratio, "FLOP").after("FLOP a parameter and token");
/// Share of the peak.
pub(crate) const UTILIZATION: Item = Item::of("utilization", "Utilization", Unit::Ratio, "share")
    .after("of the peak")
    .flag("--mfu");
/// Operations that a chip can do in a second.
pub(crate) const PEAK: Item =
    Item::of("peak_flops", "Peak", Unit::Flop, "FLOP/s").after("FLOP/s a chip");
/// Design power of a chip.
pub(crate) const POWER: Item = Item::of("tdp_w", "Power", Unit::Count, "W").after("W a chip");
/// Power drawn over design power.
pub(crate) const DRAW: Item =
    Item::of("draw", "Power draw", Unit::Ratio, "ratio").after("of the design power");
/// Energy of the data centre over that of the chips.
pub(crate) const PUE: Item = Item::of("pue", "PUE", Unit::Ratio, "ratio")
    .after("times the chips' energy")
    .flag("--pue");
/// Price of an hour of one chip.
pub(crate) const PRICE: Item = Item::of("usd_per_chip_hour", "Price", Unit::Usd, "USD")
    .after("a chip-hour")
    .flag("--price");

impl Line {
    /// Whether its bounds are numbers: quantities that are each one may make a product that is none.
    ///
    /// # Errors
    /// When they are not.
    pub(crate) fn check(&self) -> Result<(), String> {
        let bounds = self.known.iter().flat_map(|known| {
            let Interval { low, mid, high } = known.value;
            [low, mid, high]
        });
        match bounds.into_iter().all(f64::is_normal) {
            true => Ok(()),
            false => Err(format!(
                "`{}` leaves the range of numbers with these quantities",
                self.item.key
            )),
        }
    }
}

impl Known {
    /// What a flag gave: exact.
    pub(crate) fn given(value: f64) -> Known {
        Known {
            value: Interval::exactly(value),
            basis: Basis::Given,
        }
    }

    /// What the catalog has of a model: exact.
    pub(crate) fn of_model(value: f64, kind: SourceKind) -> Known {
        Known {
            value: Interval::exactly(value),
            basis: Basis::Model(kind),
        }
    }

    /// What follows by a formula.
    pub(crate) fn derived(value: Interval, formula: &'static str) -> Known {
        Known {
            value,
            basis: Basis::Derived(formula),
        }
    }

    /// What is given, or else assumed.
    pub(crate) fn given_or(given: Option<f64>, assumption: physics::Assumption) -> Known {
        given.map_or_else(|| Known::from(assumption), Known::given)
    }
}

impl From<Assumption> for Known {
    fn from(assumption: Assumption) -> Known {
        Known {
            value: assumption.value,
            basis: Basis::Assumed(assumption.source),
        }
    }
}
