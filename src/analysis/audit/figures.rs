//! Compute, hardware, cost and energy against each other.

use super::{Context, Contradiction, Severity};
use crate::model::Model;
use crate::model::derived::{self, Derivation, DerivedField};
use crate::model::physics;
use crate::model::unit::Unit;

/// Tokens per word of English and bytes per token, for common tokenizers.
const TOKENS_PER_WORD: f64 = 4.0 / 3.0;
const BYTES_PER_TOKEN: f64 = 4.0;

/// Passes over text that is not counted in tokens which are usual where no epochs are stated.
const USUAL_EPOCHS: f64 = 200.0;

/// Plausible tokens per parameter. Models that use their weights several times a step, such as
/// AlphaFold 2, reach tens of thousands.
const PLAUSIBLE_TOKENS: (f64, f64) = (0.1, 100_000.0);

/// The stated compute against what parameters, data and epochs imply.
pub(super) fn implied_compute(model: &Model<'_>, _: &Context<'_>) -> Option<Contradiction> {
    let stated = model.compute_flop?.0;
    let params = derived::active_params(model).ok()?.value;
    let (tokens, tolerance, data) = training_data(model)?;
    let tokens_seen = derived::epochs(model).ok()?.value * tokens;
    let ratio = stated / physics::training_flop(params, tokens_seen).mid;
    let epochs = model.epochs.map(|epochs| epochs.0);
    let most = match (epochs, tolerance > 2.0) {
        (None, true) => USUAL_EPOCHS,
        _ => tolerance,
    };
    if (1.0 / tolerance..=most).contains(&ratio) {
        return None;
    }
    let cause = match ratio {
        200.0..=6000.0 => "about a thousand times too much: B instead of M?".to_owned(),
        2e-4..=5e-3 => "about a thousand times too little: M instead of B?".to_owned(),
        r if r > 1.0 && epochs.is_none() => {
            format!("epochs unknown: {r:.0} passes over the data would explain it")
        }
        r if r > 1.0 => "more compute than the data needs".to_owned(),
        _ => "less compute than one pass over the data: was only a part used?".to_owned(),
    };
    let severity = match ratio {
        0.1..10.0 => Severity::Doubt,
        _ => Severity::Error,
    };
    let inputs = format!(
        "compute {} FLOP, {} parameters, {}, {}",
        Unit::Flop.human(stated),
        Unit::Count.human(params.mid),
        data,
        match epochs {
            Some(epochs) => format!("{epochs} epochs"),
            None => "epochs not stated".to_owned(),
        }
    );
    Some(Contradiction::new(severity, "compute_flop", inputs, cause).with_ratio(ratio))
}

/// The tokens that the compute could process, against the size of the model.
pub(super) fn plausible_compute(model: &Model<'_>, context: &Context<'_>) -> Option<Contradiction> {
    // A convolution uses each weight many times per image: the formula does not apply.
    let convolves = model.architecture.iter().any(|tag| **tag == *"convolution");
    let stated = model.compute_flop?.0;
    let params = derived::active_params(model).ok()?.value;
    let tokens_per_param = stated / physics::training_flop(params, 1.0.into()).mid / params.mid;
    let (least, most) = PLAUSIBLE_TOKENS;
    let (cause, bound) = match tokens_per_param {
        r if r < least => (
            "too little compute for so large a model, or too many parameters",
            least,
        ),
        r if r > most => (
            "too much compute for so small a model, or too few parameters",
            most,
        ),
        _ => return None,
    };
    if convolves || implied_compute(model, context).is_some() {
        return None;
    }
    let inputs = format!(
        "compute {} FLOP, {} parameters: {} tokens per parameter, plausible {least} to {most}",
        Unit::Flop.human(stated),
        Unit::Count.human(params.mid),
        Unit::Ratio.human(tokens_per_param)
    );
    let contradiction = Contradiction::new(Severity::Error, "compute_flop", inputs, cause);
    Some(contradiction.with_ratio(tokens_per_param / bound))
}

/// Training data in tokens, the factor by which they may be off, and what is stated.
fn training_data(model: &Model<'_>) -> Option<(f64, f64, String)> {
    if let Some(tokens) = model.tokens {
        let stated = format!("{} tokens", Unit::Count.human(tokens.0));
        return Some((tokens.0, 2.0, stated));
    }
    if let Some(samples) = &model.samples
        && *samples.unit == *"words"
        && let Some(count) = samples.count
    {
        let stated = format!("{} words of 4/3 tokens", Unit::Count.human(count.0));
        return Some((count.0 * TOKENS_PER_WORD, 4.0, stated));
    }
    let is_text = model.fields.iter().any(|field| **field == *"language");
    let bytes = model.data_bytes.filter(|_| is_text)?;
    let stated = format!(
        "{} of text at 4 bytes per token",
        Unit::Bytes.human(bytes.0)
    );
    Some((bytes.0 / BYTES_PER_TOKEN, 8.0, stated))
}

/// Published runs reach less than this share of the peak; more is possible, but unusual.
const USUAL_UTILIZATION: f64 = 0.5;

/// The share of the peak that compute and chip-hours imply.
pub(super) fn utilization(model: &Model<'_>, context: &Context<'_>) -> Option<Contradiction> {
    let (reached, inputs) = derive(DerivedField::Utilization, model, context)?;
    let (least, most) = physics::PLAUSIBLE_UTILIZATION;
    let (severity, cause) = match reached {
        r if r < least => (
            Severity::Error,
            "too much time for the compute, or too little compute",
        ),
        r if r > most => (
            Severity::Error,
            "too little time for the compute, or too much compute",
        ),
        r if r > USUAL_UTILIZATION => (
            Severity::Doubt,
            "more than most runs reach: are days or chips missing?",
        ),
        _ => return None,
    };
    let bound = if reached < least {
        least
    } else {
        USUAL_UTILIZATION
    };
    let cause = format!("{} of the peak: {cause}", Unit::Ratio.human(reached));
    let contradiction = Contradiction::new(severity, "hardware", inputs, cause);
    Some(contradiction.with_ratio(reached / bound))
}

/// Stated hours against count and days.
pub(super) fn hours(model: &Model<'_>, _: &Context<'_>) -> impl Iterator<Item = Contradiction> {
    model.hardware.iter().filter_map(|row| {
        let (hours, count, days) = (row.hours?.0, row.count?.0, row.days?.0);
        let ratio = hours / physics::chip_hours(count, days);
        if (0.95..=1.05).contains(&ratio) {
            return None;
        }
        let inputs = format!("{hours} hours, {count} × {days} days");
        let cause = "one of count, days and hours is wrong";
        let found = Contradiction::new(Severity::Error, "hardware", inputs, cause);
        Some(found.with_ratio(ratio))
    })
}

/// The share of a price on demand that large runs pay: a commitment of three years takes up to 55 % off,
/// and the makers' own chips cost less still.
const DISCOUNTED: f64 = 0.3;

/// The stated cost against hours at the catalog's prices.
pub(super) fn cost(model: &Model<'_>, context: &Context<'_>) -> Option<Contradiction> {
    let stated = model.cost_usd?.0;
    compare(
        DerivedField::Cost,
        stated,
        (model, context),
        |ratio| match ratio {
            3.6..=4.4 => "4 times: hours of chips at the price of a device of four chips?",
            r if r > 1.0 => "more than the hours cost: other prices, or other hours?",
            _ => "less than the hours cost: other prices, or other hours?",
        },
    )
}

/// The stated energy against hours at the chip's power.
pub(super) fn energy(model: &Model<'_>, context: &Context<'_>) -> Option<Contradiction> {
    let stated = model.energy_mwh?.0;
    let cause = |_| "energy and hours do not match";
    compare(DerivedField::Energy, stated, (model, context), cause)
}

fn compare(
    field: DerivedField,
    stated: f64,
    (model, context): (&Model<'_>, &Context<'_>),
    cause: fn(f64) -> &'static str,
) -> Option<Contradiction> {
    let (derived, inputs) = derive(field, model, context)?;
    let ratio = stated / derived;
    let least = match field {
        DerivedField::Cost => DISCOUNTED,
        _ => 0.4,
    };
    if (least..=2.5).contains(&ratio) {
        return None;
    }
    let inputs = format!("stated {}; {inputs}", field.unit().human(stated));
    let found = Contradiction::new(Severity::Error, field.stated()?, inputs, cause(ratio));
    Some(found.with_ratio(ratio))
}

/// A derived figure, and its inputs in words.
fn derive(field: DerivedField, model: &Model<'_>, context: &Context<'_>) -> Option<(f64, String)> {
    let Derivation { result, inputs, .. } = field.derive(model, &context.chips).ok()?;
    let inputs = inputs.iter().map(|input| {
        let value = input.unit.human(input.value.mid);
        format!("{} {value}", input.name)
    });
    Some((result.mid, inputs.collect::<Vec<_>>().join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Keys;
    use crate::model::hardware::Chip;
    use crate::model::reader::tests::read;

    const A100: &str = r#"{"chip":"A100","peak_flops":3.12e14,"tdp_w":400,"usd_per_hour":1.1}"#;

    /// How many contradictions a run on A100s has that is stated like this.
    fn found(figures: &str, hardware: &str) -> usize {
        let model =
            format!(r#"{{{figures}"hardware":[{{"chip":"A100","unit":"chip",{hardware}}}]}}"#);
        let model: Model<'_> = read(&model, Keys::ALL);
        let chip: Chip<'_> = serde_json::from_str(A100).expect("a chip");
        let context = Context {
            chips: vec![chip],
            ..Context::default()
        };
        context.contradictions(&model).len()
    }

    #[test]
    fn hours_must_be_count_times_days() {
        for (hours, expected) in [(2400, 0), (2500, 0), (3000, 1)] {
            let run = format!(r#""count":10,"days":10,"hours":{hours}"#);
            assert_eq!(found("", &run), expected, "{hours} hours");
        }
    }

    #[test]
    fn energy_must_match_the_hours() {
        for (energy, expected) in [(440, 0), (4400, 1), (44, 1)] {
            let energy = format!(r#""energy_mwh":{energy},"#);
            assert_eq!(found(&energy, r#""hours":1000000"#), expected, "{energy}");
        }
    }

    #[test]
    fn utilization_must_be_plausible() {
        // 1,000 hours of an A100 are 1.12e21 operations at its peak.
        for (flop, expected) in [("4e20", 0), ("7e20", 1), ("1e19", 1)] {
            let compute = format!(r#""compute_flop":{flop},"#);
            assert_eq!(found(&compute, r#""hours":1000"#), expected, "{flop}");
        }
    }
}
