//! Derived figures: each under a key of its own, from the other figures of a model.

use crate::model::figure::Figure;
use crate::model::hardware::{Chip, ChipPrice, Hardware};
use crate::model::input::{Input, Origin};
use crate::model::physics::{self, Interval};
use crate::model::unit::Unit;
use crate::model::value::Value;
use crate::model::{Key, Model, Text};
use std::cmp::Reverse;

/// Declares the derived figures. Each has a column of its own in the schema.
macro_rules! derived {
    ($($name:ident($key:literal, $unit:expr, $stated:expr, $derive:ident): $meaning:literal;)*) => {
        /// A figure that is derived from other figures of a model.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

            pub(crate) fn unit(self) -> Unit {
                match self { $(DerivedField::$name => $unit,)* }
            }

            /// What its formula says.
            pub(crate) fn meaning(self) -> &'static str {
                match self { $(DerivedField::$name => $meaning,)* }
            }

            /// Derives the figure from the model's others, or says why they do not suffice.
            pub(crate) fn derive(
                self,
                model: &Model<'_>,
                chips: &[Chip<'_>],
            ) -> Result<Derivation, String> {
                match self { $(DerivedField::$name => $derive(model, chips),)* }
            }
        }
    };
}

derived! {
    TokensPerParam("tokens_per_param", Unit::Ratio, None, tokens_per_param):
        "about 20 tokens per parameter make the best use of the compute";
    Compute("compute_6nd", Unit::Flop, Some("compute_flop"), compute):
        "each parameter takes about six operations per token: two forward, four backward";
    Utilization("utilization", Unit::Ratio, None, utilization):
        "the compute over what the chips could do in that time at their peak; large runs reach 0.2 \
         to 0.55";
    ChipHours("chip_hours", Unit::Count, None, chip_hours):
        "the hours of all chips, added up";
    Cost("cost_estimate_usd", Unit::Usd, Some("cost_usd"), cost):
        "chip-hours at the price in `ahm chips` that is nearest to the announcement";
    Energy("energy_estimate_mwh", Unit::Mwh, Some("energy_mwh"), energy):
        "chips draw about their design power, and the data center needs some more for cooling; 1e6 \
         watt-hours are a megawatt-hour";
    Weights("weights_bytes", Unit::Bytes, None, weights):
        "each parameter takes two bytes: a 16-bit number";
}

/// The derived figures of a model.
#[derive(Debug, Clone, Default)]
pub struct Derived([Option<f64>; DerivedField::ALL.len()]);

impl Derived {
    /// Derives what can be derived.
    pub(crate) fn of(model: &Model<'_>, chips: &[Chip<'_>]) -> Derived {
        Derived(DerivedField::ALL.map(|field| Some(field.derive(model, chips).ok()?.result.mid)))
    }

    /// One of them as a value of its column.
    pub(crate) fn value(&self, field: DerivedField) -> Value<'static> {
        let estimate = |figure| Value::Estimate(figure, field.unit());
        self.0[field as usize].map_or(Value::Missing, estimate)
    }
}

/// How a figure follows from others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Derivation {
    pub result: Interval,
    /// The formula in words, which are the names of the inputs.
    pub formula: &'static str,
    pub inputs: Vec<Input>,
}

impl Derivation {
    fn new(
        result: impl Into<Interval>,
        formula: &'static str,
        inputs: impl Into<Vec<Input>>,
    ) -> Result<Derivation, String> {
        let result = result.into();
        if !result.is_figure() {
            return Err("the result is too large or too small for a number".to_owned());
        }
        Ok(Derivation {
            result,
            formula,
            inputs: inputs.into(),
        })
    }

    /// The formula with numbers in place of its words.
    pub(crate) fn with_numbers(&self) -> String {
        // The longest first: one name may be a part of another.
        let mut inputs: Vec<&Input> = self.inputs.iter().collect();
        inputs.sort_by_key(|input| Reverse(input.name.len()));
        let insert = |text: String, input: &Input| text.replace(input.name, &input.words());
        inputs.into_iter().fold(self.formula.to_owned(), insert)
    }
}

/// All parameters.
pub(crate) fn params(model: &Model<'_>) -> Result<Input, String> {
    let params = model.params.ok_or("no parameters are stated")?;
    Ok(Input::own("parameters", "params", params.0))
}

/// The parameters that take part in each step; unknown of many mixtures.
pub(crate) fn active_params(model: &Model<'_>) -> Result<Input, String> {
    match model.active_params {
        Some(active) => Ok(Input::own("active parameters", "active_params", active.0)),
        None if model.params.is_some() && is_mixture(model) => {
            Err("a mixture of experts that states no active parameters".to_owned())
        }
        None => params(model),
    }
}

pub(crate) fn tokens(model: &Model<'_>) -> Result<Input, String> {
    match (model.tokens, &model.samples) {
        (Some(tokens), _) => Ok(Input::own("tokens", "tokens", tokens.0)),
        (None, Some(samples)) => {
            let unit = samples.word();
            Err(format!("the training data is in {unit}, not tokens"))
        }
        (None, None) => Err("no tokens are stated".to_owned()),
    }
}

/// Passes over the tokens.
pub(crate) fn epochs(model: &Model<'_>) -> Result<Input, String> {
    if model.withheld.has(Key::epochs) {
        return Err("the makers do not state the epochs".to_owned());
    }
    let epochs = model.epochs.map_or(1.0, |epochs| epochs.0);
    Ok(Input::own("epochs", "epochs", epochs))
}

/// The compute that is stated.
pub(crate) fn stated_compute(model: &Model<'_>) -> Option<Input> {
    let key = Origin::Key("compute_flop");
    let flop = model.compute_flop?.0;
    Some(Input::new("compute", flop, Unit::Flop, key))
}

fn tokens_per_param(model: &Model<'_>, _: &[Chip<'_>]) -> Result<Derivation, String> {
    let (params, tokens) = (params(model)?, tokens(model)?);
    let result = physics::tokens_per_param(tokens.value, params.value);
    Derivation::new(result, "tokens ÷ parameters", [tokens, params])
}

fn compute(model: &Model<'_>, _: &[Chip<'_>]) -> Result<Derivation, String> {
    let (params, tokens, epochs) = (active_params(model)?, tokens(model)?, epochs(model)?);
    let result = physics::training_flop(params.value, tokens.value * epochs.value);
    let formula = match model.active_params {
        Some(_) => "6 × active parameters × tokens × epochs",
        None => "6 × parameters × tokens × epochs",
    };
    let operations = Input::assumed(physics::OPERATIONS);
    Derivation::new(result, formula, [params, tokens, epochs, operations])
}

fn weights(model: &Model<'_>, _: &[Chip<'_>]) -> Result<Derivation, String> {
    let params = params(model)?;
    let result = physics::weights_bytes(params.value);
    Derivation::new(result, "2 bytes × parameters", [params])
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

fn chip_hours(model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
    let row = hardware(model)?;
    let each = row.chips_per_unit(chips)?;
    let name = row.chip.as_deref().unwrap_or_default();
    let per_unit = Input::of_chip("chips per unit", each, Unit::Ratio, name);
    let own = |name, figure: Figure| Input::own(name, "hardware", figure.0);
    match (row.hours, row.count, row.days) {
        (Some(hours), ..) => {
            let inputs = [own("stated hours", hours), per_unit];
            Derivation::new(hours.0 * each, "stated hours × chips per unit", inputs)
        }
        (None, Some(count), Some(days)) => {
            let hours = physics::chip_hours(count.0 * each, days.0);
            let inputs = [own("count", count), per_unit, own("days", days)];
            Derivation::new(hours, "count × chips per unit × days × 24", inputs)
        }
        _ => Err("neither hours nor count and days are stated".to_owned()),
    }
}

/// The chip-hours of a run as an input, and its chip.
pub(crate) fn hours_of_chip<'c>(
    model: &Model<'_>,
    chips: &'c [Chip<'c>],
) -> Result<(Input, &'c Chip<'c>), String> {
    let hours = chip_hours(model, chips)?.result;
    let chip = hardware(model)?.find_chip(chips)?;
    Ok((Input::own("chip-hours", "chip_hours", hours), chip))
}

fn utilization(model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
    let share = share_of_peak(model, chips)?;
    match share.result.mid <= 1.0 {
        true => Ok(share),
        false => {
            Err("compute and hardware imply more than the peak; `ahm audit` has both".to_owned())
        }
    }
}

/// The share of the peak that compute and chip-hours imply; more than 1 if they contradict each
/// other.
pub(crate) fn share_of_peak(model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
    let (hours, chip) = hours_of_chip(model, chips)?;
    let peak = chip.peak()?;
    let own = |key, flop: Interval| Input::new("compute", flop, Unit::Flop, Origin::Key(key));
    // The hardware of a fine-tuned model is that of the fine-tuning.
    let flop = match (model.finetune_flop, stated_compute(model)) {
        (Some(flop), _) => own("finetune_flop", flop.0.into()),
        (None, Some(_)) if model.base_model.is_some() => {
            return Err("the compute of the fine-tuning is not stated".to_owned());
        }
        (None, Some(flop)) => flop,
        (None, None) => own("compute_6nd", compute(model, chips)?.result),
    };
    let result = physics::utilization(flop.value, hours.value, peak);
    let peak = Input::of_chip("peak FLOP/s", peak, Unit::Flop, &chip.chip);
    let formula = "compute ÷ (chip-hours × 3600 × peak FLOP/s)";
    Derivation::new(result, formula, [flop, hours, peak])
}

fn cost(model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
    let (hours, chip) = hours_of_chip(model, chips)?;
    let ChipPrice { price, chips } = chip.price(model.announced)?;
    let usd = price.usd_per_hour.0;
    let result = physics::cost(hours.value, (usd / chips).into());
    let input = |name, value, unit| Input::of_chip(name, value, unit, &chip.chip);
    let unit = input("chips per priced unit", chips, Unit::Ratio);
    let price = Input {
        date: price.date,
        source: price.source.as_ref().map(Text::to_string),
        ..input("price per hour", usd, Unit::Usd)
    };
    let formula = "chip-hours ÷ chips per priced unit × price per hour";
    Derivation::new(result, formula, [hours, unit, price])
}

fn energy(model: &Model<'_>, chips: &[Chip<'_>]) -> Result<Derivation, String> {
    let (hours, chip) = hours_of_chip(model, chips)?;
    let power = chip.power()?;
    let result = physics::energy_mwh(hours.value, power.into(), physics::PUE.value);
    let power = Input::of_chip("design power in watts", power, Unit::Count, &chip.chip);
    let [pue, draw] = [physics::PUE, physics::DRAW].map(Input::assumed);
    let formula = "chip-hours × design power in watts × power usage effectiveness ÷ 1e6";
    Derivation::new(result, formula, [hours, power, pue, draw])
}

/// Whether an estimate is of a part of the training alone: the compute of a fine-tuned model is that of
/// its base model too, while its tokens and hardware are those of the fine-tuning.
pub(crate) fn is_of_part(field: Option<Key>, model: &Model<'_>) -> bool {
    field == Some(Key::compute_flop) && model.base_model.is_some()
}

/// Whether only some of the parameters take part in each step.
pub(crate) fn is_mixture(model: &Model<'_>) -> bool {
    model.architecture.iter().any(|tag| **tag == *"moe")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Keys;

    /// A model and the chips that it needs, with every figure that a formula asks for.
    fn runs() -> (Vec<Model<'static>>, Vec<Chip<'static>>) {
        let models = [
            r#"{"id":"a","params":7e9,"tokens":1e12,"compute_flop":5e22,
                "hardware":[{"chip":"A100","unit":"chip","count":1024,"days":21}]}"#,
            r#"{"id":"b","params":7e10,"active_params":7e9,"tokens":1e12,
                "hardware":[{"chip":"A100","unit":"device","hours":9e5}]}"#,
        ];
        let chip = r#"{"chip":"A100","chips_per_device":8,"peak_flops":3.12e14,"tdp_w":400,
            "prices":[{"usd_per_hour":8.8,"per":"device"}]}"#;
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
    fn numbers_replace_the_words_of_a_formula() {
        let (models, chips) = runs();
        for (field, model, expected) in [
            (DerivedField::Compute, 0, "6 × 7B × 1T × 1"),
            (DerivedField::ChipHours, 0, "1,024 × 1 × 21 × 24"),
            (DerivedField::ChipHours, 1, "900,000 × 8"),
            (DerivedField::Cost, 1, "7,200,000 ÷ 8 × $8.8"),
        ] {
            let derivation = field.derive(&models[model], &chips).expect("a figure");
            assert_eq!(derivation.with_numbers(), expected);
        }
    }
}
