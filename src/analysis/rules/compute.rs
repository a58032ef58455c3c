//! Compute against parameters and data: C = 6 · N · D.

use super::slip;
use crate::analysis::audit::{Contradiction, Severity, Subject};
use crate::model::physics;
use crate::model::quantity::Unit;
use crate::model::{Key, Model};

/// Tokens a word of English, and bytes a token, as common tokenizers have them.
const TOKENS_PER_WORD: f64 = 4.0 / 3.0;
const BYTES_PER_TOKEN: f64 = 4.0;

/// Passes over the data that nobody would be surprised by, where nobody says how many there were.
const USUAL_EPOCHS: f64 = 200.0;

/// Tokens a parameter that a run can be believed to have seen; models that use their weights
/// several times a step, such as AlphaFold 2, come to tens of thousands.
const PLAUSIBLE_TOKENS: (f64, f64) = (0.1, 100_000.0);

/// Training data in tokens, and the factor by which the estimate may be off.
struct Data {
    tokens: f64,
    spread: f64,
    told: String,
}

/// The stated compute against what parameters, data and epochs imply.
pub(super) fn implied_by_data(subject: &Subject<'_>) -> Vec<Contradiction> {
    let found = contradicted(subject);
    found.into_iter().collect()
}

fn contradicted(subject: &Subject<'_>) -> Option<Contradiction> {
    let model = subject.model;
    let (params, stated) = (active(model)?, model.compute_flop?.0);
    let data = data(model)?;
    if model.withheld.has(Key::epochs) {
        return None;
    }
    let epochs = model.epochs.map(|epochs| epochs.0);
    let implied = physics::training_flop(params, data.tokens * epochs.unwrap_or(1.0)).mid;
    let ratio = stated / implied;
    let most = match (epochs, data.spread > 2.0) {
        // Text that is not counted in tokens is often read many times.
        (None, true) => USUAL_EPOCHS,
        _ => data.spread,
    };
    if (1.0 / data.spread..=most).contains(&ratio) {
        return None;
    }
    let cause = slip(ratio)
        .map(str::to_owned)
        .unwrap_or_else(|| match ratio {
            r if r > 1.0 && epochs.is_none() => {
                format!("epochs unknown: {r:.0} passes over the data would explain it")
            }
            r if r > 1.0 => "more compute than the data takes".to_owned(),
            _ => "less compute than one pass over the data: was all of it seen?".to_owned(),
        });
    Some(Contradiction {
        rule: "compute is 6 × parameters × tokens × epochs",
        key: "compute_flop",
        severity: match ratio {
            r if (0.1..10.0).contains(&r) => Severity::Doubt,
            _ => Severity::Error,
        },
        ratio: Some(ratio),
        inputs: format!(
            "compute {} FLOP, {} parameters, {}, {}",
            Unit::Flop.human(stated),
            Unit::Count.human(params),
            data.told,
            match epochs {
                Some(epochs) => format!("{epochs} epochs"),
                None => "epochs not stated".to_owned(),
            }
        ),
        cause,
    })
}

/// The tokens that the compute would have paid for, against the size of the model.
pub(super) fn plausible_for_size(subject: &Subject<'_>) -> Vec<Contradiction> {
    let model = subject.model;
    // A convolution uses each weight many times an image: the formula is not for it.
    let convolves = model.architecture.iter().any(|tag| **tag == *"convolution");
    let (Some(params), Some(stated)) = (active(model), model.compute_flop) else {
        return Vec::new();
    };
    let seen = stated.0 / physics::training_flop(params, 1.0).mid;
    let ratio = seen / params;
    let (least, most) = PLAUSIBLE_TOKENS;
    if convolves || (least..=most).contains(&ratio) || contradicted(subject).is_some() {
        return Vec::new();
    }
    let (cause, off) = match ratio < least {
        true => (
            "too little compute for so large a model, or too many parameters",
            ratio / least,
        ),
        false => (
            "too much compute for so small a model, or too few parameters",
            ratio / most,
        ),
    };
    vec![Contradiction {
        rule: "compute pays for a plausible number of tokens a parameter",
        key: "compute_flop",
        severity: Severity::Error,
        ratio: Some(off),
        inputs: format!(
            "compute {} FLOP, {} parameters: {} tokens a parameter, of {least} to {most}",
            Unit::Flop.human(stated.0),
            Unit::Count.human(params),
            Unit::Ratio.human(ratio)
        ),
        cause: cause.to_owned(),
    }]
}

/// The parameters that take part in each step, where they are stated.
fn active(model: &Model<'_>) -> Option<f64> {
    model.stepping_params().map(|(_, params)| params.0)
}

fn data(model: &Model<'_>) -> Option<Data> {
    if let Some(tokens) = model.tokens {
        return Some(Data {
            tokens: tokens.0,
            spread: 2.0,
            told: format!("{} tokens", Unit::Count.human(tokens.0)),
        });
    }
    if let Some(samples) = &model.samples
        && *samples.unit == *"words"
        && let Some(count) = samples.count
    {
        return Some(Data {
            tokens: count.0 * TOKENS_PER_WORD,
            spread: 4.0,
            told: format!("{} words of 4/3 tokens", Unit::Count.human(count.0)),
        });
    }
    let is_text = model.fields.iter().any(|field| **field == *"language");
    let bytes = model.data_bytes.filter(|_| is_text)?;
    Some(Data {
        tokens: bytes.0 / BYTES_PER_TOKEN,
        spread: 8.0,
        told: format!("{} of text at 4 bytes a token", Unit::Bytes.human(bytes.0)),
    })
}
