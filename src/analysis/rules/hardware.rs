//! Hardware against compute, money and energy.

use crate::analysis::audit::{Contradiction, Severity, Subject};
use crate::model::derivation::Derivation;
use crate::model::estimate::Estimate;
use crate::model::physics;
use crate::model::quantity::Unit;

/// Published runs reach less than this of the peak; more is possible and worth a look.
const USUAL_UTILIZATION: f64 = 0.5;

/// The share of the peak that compute and chip-hours imply.
pub(super) fn utilization(subject: &Subject<'_>) -> Vec<Contradiction> {
    let Some(derived) = derive(subject, Estimate::Utilization) else {
        return Vec::new();
    };
    let reached = derived.result.mid;
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
            "more of the peak than most runs reach: are days or chips missing?",
        ),
        _ => return Vec::new(),
    };
    let bound = if reached < least {
        least
    } else {
        USUAL_UTILIZATION
    };
    vec![Contradiction {
        rule: "utilization lies between 0.05 and 0.5, seldom up to 0.7",
        key: "hardware",
        severity,
        ratio: Some(reached / bound),
        inputs: inputs(&derived),
        cause: format!("{} of the peak: {cause}", Unit::Ratio.human(reached)),
    }]
}

/// Stated hours against count and days.
pub(super) fn hours(subject: &Subject<'_>) -> Vec<Contradiction> {
    let rows = subject.model.hardware.iter();
    let broken = rows.filter_map(|row| {
        let (hours, count, days) = (row.hours?.0, row.count?.0, row.days?.0);
        let ratio = hours / physics::chip_hours(count, days);
        (!(0.95..=1.05).contains(&ratio)).then(|| Contradiction {
            rule: "hours are count × days × 24",
            key: "hardware",
            severity: Severity::Error,
            ratio: Some(ratio),
            inputs: format!("{hours} hours, {count} × {days} days"),
            cause: "one of count, days and hours".to_owned(),
        })
    });
    broken.collect()
}

/// The stated cost against hours at the catalog's prices.
pub(super) fn cost(subject: &Subject<'_>) -> Vec<Contradiction> {
    let Some(stated) = subject.model.cost_usd else {
        return Vec::new();
    };
    stated_against(subject, (Estimate::Cost, "cost_usd", stated.0), |ratio| {
        if (3.6..=4.4).contains(&ratio) {
            "4 times: hours of chips at the price of a device of four chips?"
        } else if ratio > 1.0 {
            "more than the hours cost: other prices, or other hours?"
        } else {
            "less than the hours cost: other prices, or other hours?"
        }
    })
}

/// The stated energy against hours at the chip's power.
pub(super) fn energy(subject: &Subject<'_>) -> Vec<Contradiction> {
    let Some(stated) = subject.model.energy_mwh else {
        return Vec::new();
    };
    stated_against(
        subject,
        (Estimate::Energy, "energy_mwh", stated.0),
        |_| "energy and hours do not belong together",
    )
}

fn stated_against(
    subject: &Subject<'_>,
    (estimate, key, stated): (Estimate, &'static str, f64),
    cause: fn(f64) -> &'static str,
) -> Vec<Contradiction> {
    let Some(derived) = derive(subject, estimate) else {
        return Vec::new();
    };
    let ratio = stated / derived.result.mid;
    if (0.4..=2.5).contains(&ratio) {
        return Vec::new();
    }
    vec![Contradiction {
        rule: match estimate {
            Estimate::Energy => "energy is chip-hours × watts × PUE",
            _ => "cost is hours × price",
        },
        key,
        severity: Severity::Error,
        ratio: Some(ratio),
        inputs: format!(
            "stated {}; {}",
            estimate.unit().human(stated),
            inputs(&derived)
        ),
        cause: cause(ratio).to_owned(),
    }]
}

fn derive(subject: &Subject<'_>, estimate: Estimate) -> Option<Derivation> {
    estimate.derive(subject.model, subject.chips).ok()
}

/// The inputs of a derivation in words.
fn inputs(derivation: &Derivation) -> String {
    let told = derivation.inputs.iter().map(|input| {
        let value = input.unit.human(input.value);
        format!("{} {value}", input.name)
    });
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::Relations;
    use crate::model::Model;
    use crate::model::chip::Chip;

    const A100: &str = r#"{"chip":"A100","peak_flops":3.12e14,"tdp_w":400,"usd_per_hour":1.1}"#;

    /// How often a rule is broken by a model of one run.
    fn broken(rule: fn(&Subject<'_>) -> Vec<Contradiction>, model: &str) -> usize {
        let model: Model<'_> =
            crate::model::reader::tests::read(model, crate::model::keys::Keys::ALL);
        let chip: Chip<'_> = serde_json::from_str(A100).expect("a chip");
        let subject = Subject {
            model: &model,
            relations: &Relations::default(),
            chips: &[chip],
            hosts: &[],
        };
        rule(&subject).len()
    }

    #[test]
    fn hours_must_be_count_times_days() {
        let run = |hours| {
            format!(
                r#"{{"hardware":[{{"chip":"A100","unit":"chip","count":10,"days":10,"hours":{hours}}}]}}"#
            )
        };
        assert_eq!(broken(hours, &run(2400)), 0);
        assert_eq!(broken(hours, &run(2500)), 0);
        assert_eq!(broken(hours, &run(3000)), 1);
    }

    #[test]
    fn energy_must_be_that_of_the_hours() {
        let run = |energy| {
            format!(
                r#"{{"energy_mwh":{energy},"hardware":[{{"chip":"A100","unit":"chip","hours":1000000}}]}}"#
            )
        };
        assert_eq!(broken(energy, &run(440)), 0);
        assert_eq!(broken(energy, &run(4400)), 1);
        assert_eq!(broken(energy, &run(44)), 1);
    }

    #[test]
    fn utilization_must_be_plausible() {
        let run = |flop| {
            format!(
                r#"{{"compute_flop":{flop},"hardware":[{{"chip":"A100","unit":"chip","hours":1000}}]}}"#
            )
        };
        // 1,000 hours of an A100 are 1.12e21 operations at its peak.
        assert_eq!(broken(utilization, &run(4e20)), 0);
        assert_eq!(broken(utilization, &run(7e20)), 1);
        assert_eq!(broken(utilization, &run(1e19)), 1);
    }
}
