//! Hardware against compute, money and energy.

use super::{Contradiction, Severity, Subject};
use crate::model::derived::{Derivation, DerivedField};
use crate::model::physics;
use crate::model::unit::Unit;

/// Published runs reach less than this share of the peak; more is possible, but unusual.
const USUAL_UTILIZATION: f64 = 0.5;

/// The share of the peak that compute and chip-hours imply.
pub(super) fn utilization(subject: &Subject<'_>) -> Option<Contradiction> {
    let (reached, inputs) = derive(subject, DerivedField::Utilization)?;
    let (least, most) = physics::PLAUSIBLE_UTILIZATION;
    let (severity, bound, cause) = match reached {
        r if r < least => (
            Severity::Error,
            least,
            "too much time for the compute, or too little compute",
        ),
        r if r > most => (
            Severity::Error,
            USUAL_UTILIZATION,
            "too little time for the compute, or too much compute",
        ),
        r if r > USUAL_UTILIZATION => (
            Severity::Doubt,
            USUAL_UTILIZATION,
            "more than most runs reach: are days or chips missing?",
        ),
        _ => return None,
    };
    let cause = format!("{} of the peak: {cause}", Unit::Ratio.human(reached));
    let contradiction = Contradiction::new(severity, "hardware", inputs, cause);
    Some(contradiction.with_ratio(reached / bound))
}

/// Stated hours against count and days.
pub(super) fn hours(subject: &Subject<'_>) -> Vec<Contradiction> {
    let found = subject.model.hardware.iter().filter_map(|row| {
        let (hours, count, days) = (row.hours?.0, row.count?.0, row.days?.0);
        let ratio = hours / physics::chip_hours(count, days);
        if (0.95..=1.05).contains(&ratio) {
            return None;
        }
        let inputs = format!("{hours} hours, {count} × {days} days");
        let cause = "one of count, days and hours is wrong";
        let contradiction = Contradiction::new(Severity::Error, "hardware", inputs, cause);
        Some(contradiction.with_ratio(ratio))
    });
    found.collect()
}

/// The stated cost against hours at the catalog's prices.
pub(super) fn cost(subject: &Subject<'_>) -> Option<Contradiction> {
    let stated = subject.model.cost_usd?.0;
    let cause = |ratio| match ratio {
        3.6..=4.4 => "4 times: hours of chips at the price of a device of four chips?",
        r if r > 1.0 => "more than the hours cost: other prices, or other hours?",
        _ => "less than the hours cost: other prices, or other hours?",
    };
    compare(subject, DerivedField::Cost, ("cost_usd", stated), cause)
}

/// The stated energy against hours at the chip's power.
pub(super) fn energy(subject: &Subject<'_>) -> Option<Contradiction> {
    let stated = subject.model.energy_mwh?.0;
    let cause = |_| "energy and hours do not match";
    compare(subject, DerivedField::Energy, ("energy_mwh", stated), cause)
}

fn compare(
    subject: &Subject<'_>,
    estimate: DerivedField,
    (key, stated): (&'static str, f64),
    cause: fn(f64) -> &'static str,
) -> Option<Contradiction> {
    let (derived, inputs) = derive(subject, estimate)?;
    let ratio = stated / derived;
    if (0.4..=2.5).contains(&ratio) {
        return None;
    }
    let inputs = format!("stated {}; {inputs}", estimate.unit().human(stated));
    let contradiction = Contradiction::new(Severity::Error, key, inputs, cause(ratio));
    Some(contradiction.with_ratio(ratio))
}

/// A derived figure, and its inputs in words.
fn derive(subject: &Subject<'_>, estimate: DerivedField) -> Option<(f64, String)> {
    let Derivation { result, inputs, .. } = estimate.derive(subject.model, subject.chips).ok()?;
    let inputs = inputs.iter().map(|input| {
        let value = input.unit.human(input.value.mid);
        format!("{} {value}", input.name)
    });
    Some((result.mid, inputs.collect::<Vec<_>>().join(", ")))
}

#[cfg(test)]
mod tests {
    use super::super::Relations;
    use super::*;
    use crate::model::Model;
    use crate::model::hardware::Chip;
    use crate::model::keys::Keys;
    use crate::model::reader::tests::read;

    const A100: &str = r#"{"chip":"A100","peak_flops":3.12e14,"tdp_w":400,"usd_per_hour":1.1}"#;

    /// How many contradictions a run on A100s has that is stated like this.
    fn found(figures: &str, hardware: &str) -> usize {
        let model =
            format!(r#"{{{figures}"hardware":[{{"chip":"A100","unit":"chip",{hardware}}}]}}"#);
        let model: Model<'_> = read(&model, Keys::ALL);
        let chip: Chip<'_> = serde_json::from_str(A100).expect("a chip");
        let subject = Subject {
            model: &model,
            relations: &Relations::default(),
            chips: &[chip],
            hosts: &[],
        };
        subject.contradictions().len()
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
