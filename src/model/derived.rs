//! Derived figures: each under a key of its own, from the other figures of a model.

use crate::model::derivation::{Derivation, Input, Origin};
use crate::model::figure::Figure;
use crate::model::hardware::{Chip, ChipUnit, Hardware, find};
use crate::model::physics::{self, Interval};
use crate::model::unit::Unit;
use crate::model::value::Value;
use crate::model::{Key, Model};

/// Declares the derived figures. Each has a column of its own in the schema.
macro_rules! derived {
    ($($name:ident($key:literal, $unit:expr, $stated:expr, $derive:ident): $meaning:literal;)*) => {
        /// A figure that is derived from other figures of a model.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "see their meanings")]
        pub(crate) enum DerivedField {
            $($name,)*
        }

        impl DerivedField {
            /// Every derived figure, in the order of the columns.
            pub(crate) const ALL: [DerivedField; [$($key),*].len()] = [$(DerivedField::$name),*];

            /// The key of its column.
            pub(crate) fn key(self) -> &'static str {
                match self { $(DerivedField::$name => $key,)* }
            }

            /// The key that states the same figure, where there is one.
            pub(crate) fn stated(self) -> Option<&'static str> {
                match self { $(DerivedField::$name => $stated,)* }
            }

            /// Its unit.
            pub(crate) fn unit(self) -> Unit {
                match self { $(DerivedField::$name => $unit,)* }
            }

            /// What its formula says.
            pub(crate) fn meaning(self) -> &'static str {
                match self { $(DerivedField::$name => $meaning,)* }
            }

            /// Derives the figure from the model's others.
            ///
            /// # Errors
            /// The reason why they do not suffice.
            pub(crate) fn derive(self, model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
                let derivation = match self { $(DerivedField::$name => $derive(model, chips),)* }?;
                match derivation.result.is_figure() {
                    true => Ok(derivation),
                    false => Err("the result is too large or too small for a number".to_owned()),
                }
            }
        }
    };
}

derived! {
    TokensPerParam("tokens_per_param", Unit::Ratio, None, tokens_per_param):
        "how much text each parameter learned from; about 20 tokens a parameter spend compute best";
    Compute("compute_6nd", Unit::Flop, Some("compute_flop"), compute):
        "each parameter costs about six operations for each token: two to predict, four to learn \
         from the mistake";
    Utilization("utilization", Unit::Ratio, None, utilization):
        "what the chips did over what they could have done in that time at full speed; large runs \
         reach 0.2 to 0.55";
    ChipHours("chip_hours", Unit::Count, None, chip_hours):
        "each chip counts for each hour that it ran";
    Cost("cost_estimate_usd", Unit::Usd, Some("cost_usd"), cost):
        "each hour of a chip at the price in `ahm chips`";
    Energy("energy_estimate_mwh", Unit::Mwh, Some("energy_mwh"), energy):
        "each chip draws about what it was designed for, and the building takes some more for \
         cooling; a million watt-hours are a megawatt-hour";
    Weights("weights_bytes", Unit::Bytes, None, weights):
        "each parameter takes two bytes, a 16-bit number";
}

/// The derived figures of a model.
#[derive(Debug, Clone, Default)]
pub struct Derived([Option<f64>; DerivedField::ALL.len()]);

impl Derived {
    /// Derives what can be derived.
    pub(crate) fn of(model: &Model<'_>, chips: &[Chip<'_>]) -> Derived {
        Derived(DerivedField::ALL.map(|estimate| {
            let derived = estimate.derive(model, chips).ok();
            derived.map(|derivation| derivation.result.mid)
        }))
    }

    /// One of them as a value of its column.
    pub(crate) fn value(&self, estimate: DerivedField) -> Value<'static> {
        self.0[estimate as usize].map_or(Value::Missing, |figure| {
            Value::Estimate(figure, estimate.unit())
        })
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

fn of_chip(name: &'static str, value: f64, unit: Unit, chip: &Chip<'_>) -> Input {
    Input {
        name,
        value,
        unit,
        origin: Origin::Chip(chip.chip.to_string()),
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

fn tokens_per_param(model: &Model<'_>, _: &[Chip<'_>]) -> Result<Derivation, String> {
    let params = model.params.ok_or("no parameters are stated")?;
    let (tokens, params) = (tokens(model)?, own("parameters", "params", params.0));
    Ok(Derivation {
        result: Interval::exactly(tokens.value / params.value),
        formula: "tokens ÷ parameters",
        inputs: vec![tokens, params],
    })
}

fn compute(model: &Model<'_>, _: &[Chip<'_>]) -> Result<Derivation, String> {
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

fn weights(model: &Model<'_>, _: &[Chip<'_>]) -> Result<Derivation, String> {
    let params = model.params.ok_or("no parameters are stated")?;
    Ok(Derivation {
        result: Interval::exactly(physics::weights_bytes(params.0)),
        formula: "2 bytes × parameters",
        inputs: vec![own("parameters", "params", params.0)],
    })
}

/// The run's hardware: one row; not counting rows that give the same run in other chips.
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
            let derived = compute(model, chips)?.result;
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
            of_chip("peak FLOP/s", peak.0, Unit::Flop, chip),
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
            of_chip("chips a priced unit", price.chips, Unit::Ratio, chip),
            of_chip("price an hour", price.usd_per_hour, Unit::Usd, chip),
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
            of_chip("design power in watts", power.0, Unit::Count, chip),
            assumed(physics::PUE),
            assumed(physics::DRAW),
        ],
    })
}

impl Model<'_> {
    /// Whether only some of the parameters take part in each step.
    pub(crate) fn is_mixture(&self) -> bool {
        self.architecture.iter().any(|tag| **tag == *"moe")
    }

    /// The parameters that take part in each step, and their key; none where they are not stated,
    /// as of many mixtures.
    pub(crate) fn stepping_params(&self) -> Option<(&'static str, Figure)> {
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
            for estimate in DerivedField::ALL {
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
        let numbers = |estimate: DerivedField, model: &Model<'_>| {
            let derivation = estimate.derive(model, &chips).expect("a figure");
            derivation.with_numbers()
        };
        let [first, second] = &models[..] else {
            unreachable!("two models");
        };
        assert_eq!(numbers(DerivedField::Compute, first), "6 × 7B × 1T × 1");
        assert_eq!(
            numbers(DerivedField::ChipHours, first),
            "1,024 × 1 × 21 × 24"
        );
        assert_eq!(numbers(DerivedField::ChipHours, second), "900,000 × 8");
        assert_eq!(numbers(DerivedField::Cost, second), "7,200,000 ÷ 8 × $8.8");
    }
}
