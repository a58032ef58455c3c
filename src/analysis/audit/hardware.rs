//! Chip-hours against compute, cost and energy.

use super::{Context, Contradiction, Severity};
use crate::model::derived::{self, Derivation, DerivedField};
use crate::model::unit::Unit;
use crate::model::{Model, physics};

/// The shares of the peak that published runs reach, and those beyond which a figure is wrong. A run in
/// 32 bits reaches a tenth of a peak in 16 bits, and kinds of one chip differ by a tenth.
const USUAL_UTILIZATION: (f64, f64) = (0.05, 0.5);
const POSSIBLE_UTILIZATION: (f64, f64) = (0.005, 1.1);

/// The share of the peak that compute and chip-hours imply.
pub(super) fn utilization(model: &Model<'_>, context: &Context<'_>) -> Option<Contradiction> {
    let (reached, inputs) = with_inputs(derived::share_of_peak(model, &context.chips).ok()?);
    let (least, most) = USUAL_UTILIZATION;
    let stated = model.utilization_stated.map_or(0.0, |stated| stated.0);
    if (least..=most.max(1.05 * stated)).contains(&reached) {
        return None;
    }
    let (lowest, highest) = POSSIBLE_UTILIZATION;
    let (bound, cause) = match reached {
        r if r < least => (
            least,
            "too much time for the compute, or too little compute",
        ),
        r if r > highest => (most, "too little time for the compute, or too much compute"),
        _ => (
            most,
            "more than most runs reach: are days or chips missing?",
        ),
    };
    let severity = match (lowest..=highest).contains(&reached) {
        true => Severity::Doubt,
        false => Severity::Error,
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
    Some(with_inputs(field.derive(model, &context.chips).ok()?))
}

/// A derived figure and what it was derived from.
fn with_inputs(Derivation { result, inputs, .. }: Derivation) -> (f64, String) {
    let inputs = inputs.iter().map(|input| {
        let value = input.unit.human(input.value.mid);
        format!("{} {value}", input.name)
    });
    (result.mid, inputs.collect::<Vec<_>>().join(", "))
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
        let hardware = format!(r#""hardware":[{{"chip":"A100","unit":"chip",{hardware}}}]"#);
        let model = format!("{{{figures}{hardware}}}");
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
        let stated = r#""compute_flop":7e20,"utilization_stated":0.62,"#;
        assert_eq!(found(stated, r#""hours":1000"#), 0);
    }

    #[test]
    fn hardware_of_a_fine_tuned_model_did_the_fine_tuning() {
        let base = r#""base_model":"llama","compute_flop":1e24,"#;
        assert_eq!(found(base, r#""hours":1000"#), 0);
        for (flop, expected) in [("4e20", 0), ("4e22", 1)] {
            let tuning = format!(r#"{base}"finetune_flop":{flop},"#);
            assert_eq!(found(&tuning, r#""hours":1000"#), expected, "{flop}");
        }
    }
}
