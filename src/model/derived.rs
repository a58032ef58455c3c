//! Derived figures: each under a key of its own, from the other figures of a model.

use crate::model::derivation::{Derivation, Input, Origin};
use crate::model::figure::Figure;
use crate::model::hardware::{Chip, find};
use crate::model::hardware::{ChipUnit, Hardware};
use crate::model::physics::{self, Interval};
use crate::model::unit::Unit;
use crate::model::value::Value;
use crate::model::{Key, Model};

/// A figure that others imply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Estimate {
    /// Tokens of the training data a parameter.
    TokensPerParam,
    /// Training compute, FLOP.
    Compute,
    /// Share of the chips' peak that the run reached.
    Utilization,
    /// Hours of all chips together.
    ChipHours,
    /// Cost at the catalog's prices, US dollars.
    Cost,
    /// Energy, megawatt-hours.
    Energy,
    /// Memory for the weights, bytes.
    Weights,
}

/// The estimates of a model, those that can be derived.
#[derive(Debug, Clone, Default)]
pub struct Derived([Option<f64>; Estimate::ALL.len()]);

impl Estimate {
    /// Every estimate, in the order of the columns.
    pub const ALL: [Estimate; 7] = [
        Estimate::TokensPerParam,
        Estimate::Compute,
        Estimate::Utilization,
        Estimate::ChipHours,
        Estimate::Cost,
        Estimate::Energy,
        Estimate::Weights,
    ];

    /// The key of its column.
    pub fn key(self) -> &'static str {
        match self {
            Estimate::TokensPerParam => "tokens_per_param",
            Estimate::Compute => "compute_6nd",
            Estimate::Utilization => "utilization",
            Estimate::ChipHours => "chip_hours",
            Estimate::Cost => "cost_estimate_usd",
            Estimate::Energy => "energy_estimate_mwh",
            Estimate::Weights => "weights_bytes",
        }
    }

    /// The key that states the same figure, where there is one.
    pub fn stated(self) -> Option<&'static str> {
        match self {
            Estimate::Compute => Some("compute_flop"),
            Estimate::Cost => Some("cost_usd"),
            Estimate::Energy => Some("energy_mwh"),
            Estimate::TokensPerParam
            | Estimate::Utilization
            | Estimate::ChipHours
            | Estimate::Weights => None,
        }
    }

    /// Its unit.
    pub fn unit(self) -> Unit {
        match self {
            Estimate::TokensPerParam | Estimate::Utilization => Unit::Ratio,
            Estimate::Compute => Unit::Flop,
            Estimate::ChipHours => Unit::Count,
            Estimate::Cost => Unit::Usd,
            Estimate::Energy => Unit::Mwh,
            Estimate::Weights => Unit::Bytes,
        }
    }
}

impl Derived {
    /// What was derived of each, in the order of [`Estimate::ALL`].
    pub fn new(figures: [Option<f64>; Estimate::ALL.len()]) -> Derived {
        Derived(figures)
    }

    /// One of them as a value of its column.
    pub(crate) fn value(&self, estimate: Estimate) -> Value<'static> {
        let figure = self.get(estimate);
        figure.map_or(Value::Missing, |figure| {
            Value::Estimate(figure, estimate.unit())
        })
    }

    /// One of them.
    pub fn get(&self, estimate: Estimate) -> Option<f64> {
        self.0[estimate as usize]
    }
}

impl Estimate {
    /// Derives the figure from the model's others.
    ///
    /// # Errors
    /// The reason, where they do not carry it.
    pub fn derive(self, model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
        let derivation = match self {
            Estimate::TokensPerParam => tokens_per_param(model),
            Estimate::Compute => compute(model),
            Estimate::Utilization => utilization(model, chips),
            Estimate::ChipHours => chip_hours(model, chips),
            Estimate::Cost => cost(model, chips),
            Estimate::Energy => energy(model, chips),
            Estimate::Weights => weights(model),
        }?;
        match derivation.result.is_figure() {
            true => Ok(derivation),
            false => Err("the result is too large or too small for a number".to_owned()),
        }
    }
}

impl Derived {
    /// Derives what can be derived.
    pub fn of(model: &Model<'_>, chips: &[Chip<'_>]) -> Derived {
        Derived::new(Estimate::ALL.map(|estimate| {
            let derived = estimate.derive(model, chips).ok();
            derived.map(|derivation| derivation.result.mid)
        }))
    }
}

fn own(name: &'static str, key: &'static str, value: f64) -> Input {
    Input {
        name,
        value,
        unit: Unit::Count,
        origin: Origin::Key(key),
    }
}

fn assumed(assumption: physics::Assumption) -> Input {
    Input {
        name: assumption.name,
        value: assumption.value.mid,
        unit: Unit::Ratio,
        origin: Origin::Assumed(assumption.source),
    }
}

/// The parameters that take part in each step.
fn active_params(model: &Model<'_>) -> Result<Input, String> {
    match (model.stepping_params(), model.params) {
        (Some((key @ "active_params", params)), _) => Ok(own("active parameters", key, params.0)),
        (Some((key, params)), _) => Ok(own("parameters", key, params.0)),
        (None, Some(_)) => Err("a mixture of experts that states no active parameters".to_owned()),
        (None, None) => Err("no parameters are stated".to_owned()),
    }
}

fn tokens(model: &Model<'_>) -> Result<Input, String> {
    match (model.tokens, &model.samples) {
        (Some(tokens), _) => Ok(own("tokens", "tokens", tokens.0)),
        (None, Some(samples)) => Err(format!(
            "the training data is in {}, not tokens",
            samples.word()
        )),
        (None, None) => Err("no tokens are stated".to_owned()),
    }
}

fn tokens_per_param(model: &Model<'_>) -> Result<Derivation, String> {
    let params = model.params.ok_or("no parameters are stated")?;
    let (tokens, params) = (tokens(model)?, own("parameters", "params", params.0));
    Ok(Derivation {
        result: Interval::exactly(tokens.value / params.value),
        formula: "tokens ÷ parameters",
        inputs: vec![tokens, params],
    })
}

fn compute(model: &Model<'_>) -> Result<Derivation, String> {
    let (params, tokens) = (active_params(model)?, tokens(model)?);
    if model.withheld.has(Key::epochs) {
        return Err("the makers do not state the epochs".to_owned());
    }
    let epochs = own(
        "epochs",
        "epochs",
        model.epochs.map_or(1.0, |epochs| epochs.0),
    );
    Ok(Derivation {
        result: physics::training_flop(params.value, tokens.value * epochs.value),
        formula: match model.active_params {
            Some(_) => "6 × active parameters × tokens × epochs",
            None => "6 × parameters × tokens × epochs",
        },
        inputs: vec![params, tokens, epochs, assumed(physics::OPERATIONS)],
    })
}

fn weights(model: &Model<'_>) -> Result<Derivation, String> {
    let params = model.params.ok_or("no parameters are stated")?;
    Ok(Derivation {
        result: Interval::exactly(physics::weights_bytes(params.0)),
        formula: "2 bytes × parameters",
        inputs: vec![own("parameters", "params", params.0)],
    })
}

/// The run's hardware: one row; rows that tell the same run in other chips are left out.
fn hardware<'m>(model: &'m Model<'m>) -> Result<&'m Hardware<'m>, String> {
    let mut rows = model.hardware.iter().filter(|row| !row.equivalent);
    match (rows.next(), rows.next()) {
        (Some(row), None) => Ok(row),
        (Some(_), Some(_)) => Err("several kinds of chips took part".to_owned()),
        (None, _) => Err("no hardware is stated".to_owned()),
    }
}

fn chip<'c>(row: &Hardware<'_>, chips: &'c [Chip<'c>]) -> Result<&'c Chip<'c>, String> {
    let name = row.chip.as_deref().ok_or("the chip is not named")?;
    find(name, chips).ok_or_else(|| format!("the catalog knows no chip `{name}`"))
}

/// How many chips one unit of the row is.
fn chips_per_unit(row: &Hardware<'_>, chips: &[Chip<'_>]) -> Result<f64, String> {
    match row.unit {
        None => Err("the list does not say whether chips, devices or cores are counted".to_owned()),
        Some(ChipUnit::Chip) => Ok(1.0),
        Some(unit) => chip(row, chips)?.chips_per(unit),
    }
}

fn chip_hours(model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
    let row = hardware(model)?;
    let each = chips_per_unit(row, chips)?;
    let per_unit = Input {
        name: "chips a unit",
        value: each,
        unit: Unit::Ratio,
        origin: Origin::Chip(row.chip.as_deref().unwrap_or_default().to_owned()),
    };
    match (row.hours, row.count, row.days) {
        (Some(hours), ..) => Ok(Derivation {
            result: Interval::exactly(hours.0 * each),
            formula: "stated hours × chips a unit",
            inputs: vec![own("stated hours", "hardware", hours.0), per_unit],
        }),
        (None, Some(count), Some(days)) => Ok(Derivation {
            result: Interval::exactly(physics::chip_hours(count.0 * each, days.0)),
            formula: "count × chips a unit × days × 24",
            inputs: vec![
                own("count", "hardware", count.0),
                per_unit,
                own("days", "hardware", days.0),
            ],
        }),
        _ => Err("neither hours nor count and days are stated".to_owned()),
    }
}

fn utilization(model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
    let hours = chip_hours(model, chips)?;
    let chip = chip(hardware(model)?, chips)?;
    let peak = chip.peak_flops;
    let peak = peak.ok_or_else(|| format!("the peak of the {} is not known", chip.chip))?;
    let (flop, flop_input) = match model.compute_flop {
        Some(flop) => (
            Interval::exactly(flop.0),
            own("compute", "compute_flop", flop.0),
        ),
        None => {
            let derived = compute(model)?.result;
            (derived, own("compute", "compute_6nd", derived.mid))
        }
    };
    let reached = |flop| physics::utilization(flop, hours.result.mid, peak.0);
    Ok(Derivation {
        result: Interval {
            low: reached(flop.low),
            mid: reached(flop.mid),
            high: reached(flop.high),
        },
        formula: "compute ÷ (chip-hours × 3600 × peak FLOP/s)",
        inputs: vec![
            Input {
                unit: Unit::Flop,
                ..flop_input
            },
            own("chip-hours", "chip_hours", hours.result.mid),
            Input {
                name: "peak FLOP/s",
                value: peak.0,
                unit: Unit::Flop,
                origin: Origin::Chip(chip.chip.to_string()),
            },
        ],
    })
}

fn cost(model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
    let hours = chip_hours(model, chips)?;
    let chip = chip(hardware(model)?, chips)?;
    let price = chip.price()?;
    Ok(Derivation {
        result: physics::cost(hours.result, price),
        formula: "chip-hours ÷ chips a priced unit × price an hour",
        inputs: vec![
            own("chip-hours", "chip_hours", hours.result.mid),
            Input {
                name: "chips a priced unit",
                value: price.chips,
                unit: Unit::Ratio,
                origin: Origin::Chip(chip.chip.to_string()),
            },
            Input {
                name: "price an hour",
                value: price.usd_per_hour,
                unit: Unit::Usd,
                origin: Origin::Chip(chip.chip.to_string()),
            },
        ],
    })
}

fn energy(model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
    let hours = chip_hours(model, chips)?;
    let chip = chip(hardware(model)?, chips)?;
    let power = chip.tdp_w;
    let power = power.ok_or_else(|| format!("the power of the {} is not known", chip.chip))?;
    Ok(Derivation {
        result: physics::energy_mwh(hours.result, power.0, physics::PUE.value),
        formula: "chip-hours × design power in watts × power usage effectiveness ÷ 1e6",
        inputs: vec![
            own("chip-hours", "chip_hours", hours.result.mid),
            Input {
                name: "design power in watts",
                value: power.0,
                unit: Unit::Count,
                origin: Origin::Chip(chip.chip.to_string()),
            },
            assumed(physics::PUE),
            assumed(physics::DRAW),
        ],
    })
}

impl Model<'_> {
    /// Whether only some of the parameters take part in each step.
    pub fn is_mixture(&self) -> bool {
        self.architecture.iter().any(|tag| **tag == *"moe")
    }

    /// The parameters that take part in each step, and their key; none where they are not stated,
    /// as of many mixtures.
    pub fn stepping_params(&self) -> Option<(&'static str, Figure)> {
        let all = self.params.filter(|_| !self.is_mixture());
        let active = self.active_params.map(|active| ("active_params", active));
        active.or(all.map(|all| ("params", all)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::keys::Keys;

    /// A model and the chips that it needs, with every figure that a formula asks for.
    fn runs() -> (Vec<Model<'static>>, Vec<Chip<'static>>) {
        let models = [
            r#"{"id":"a","params":7e9,"tokens":1e12,"compute_flop":5e22,
                "hardware":[{"chip":"A100","unit":"chip","count":1024,"days":21}]}"#,
            r#"{"id":"b","params":7e10,"active_params":7e9,"tokens":1e12,
                "hardware":[{"chip":"A100","unit":"device","hours":9e5}]}"#,
        ];
        let chip = r#"{"chip":"A100","chips_per_device":8,"peak_flops":3.12e14,"tdp_w":400,
            "usd_per_hour":8.8,"priced_per":"device"}"#;
        let read = |json| crate::model::reader::tests::read(json, Keys::ALL);
        let chip = serde_json::from_str(chip).expect("a chip");
        (models.map(read).into(), vec![chip])
    }

    #[test]
    fn every_formula_names_its_inputs() {
        let (models, chips) = runs();
        for model in &models {
            for estimate in Estimate::ALL {
                let derivation = estimate.derive(model, &chips).expect("a figure");
                for input in &derivation.inputs {
                    let named = derivation.formula.contains(input.name);
                    let assumed = matches!(input.origin, Origin::Assumed(_));
                    assert!(named || assumed, "{} in {}", input.name, derivation.formula);
                }
                let text = derivation.with_numbers();
                let mut words = text.split(|c: char| !c.is_alphabetic());
                let left = words.find(|word| word.len() > 1 && *word != "bytes");
                assert_eq!(left, None, "{text}");
            }
        }
    }

    #[test]
    fn numbers_stand_where_the_words_were() {
        let (models, chips) = runs();
        let numbers = |estimate: Estimate, model: &Model<'_>| {
            let derivation = estimate.derive(model, &chips).expect("a figure");
            derivation.with_numbers()
        };
        let [first, second] = &models[..] else {
            unreachable!("two models");
        };
        assert_eq!(numbers(Estimate::Compute, first), "6 × 7B × 1T × 1");
        assert_eq!(numbers(Estimate::ChipHours, first), "1,024 × 1 × 21 × 24");
        assert_eq!(numbers(Estimate::ChipHours, second), "900,000 × 8");
        assert_eq!(numbers(Estimate::Cost, second), "7,200,000 ÷ 8 × $8.8");
    }
}
