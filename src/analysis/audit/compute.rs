//! Compute against parameters and data: C = 6 · N · D.

use super::{Contradiction, Severity, Subject};
use crate::model::derived;
use crate::model::physics::{self, Interval};
use crate::model::unit::Unit;
use crate::model::{Key, Model};

/// Tokens per word of English and bytes per token, for common tokenizers.
const TOKENS_PER_WORD: f64 = 4.0 / 3.0;
const BYTES_PER_TOKEN: f64 = 4.0;

/// Passes over text that is not counted in tokens which are usual where no epochs are stated.
const USUAL_EPOCHS: f64 = 200.0;

/// Plausible tokens per parameter. Models that use their weights several times a step, such as
/// AlphaFold 2, reach tens of thousands.
const PLAUSIBLE_TOKENS: (f64, f64) = (0.1, 100_000.0);

/// The stated compute against what parameters, data and epochs imply.
pub(super) fn implied_by_data(subject: &Subject<'_>) -> Option<Contradiction> {
    let model = subject.model;
    let stated = model.compute_flop?.0;
    let params = derived::active_params(model).ok()?.value;
    let (tokens, tolerance, data) = training_data(model)?;
    if model.withheld.has(Key::epochs) {
        return None;
    }
    let epochs = model.epochs.map(|epochs| epochs.0);
    let tokens_seen = Interval::from(tokens * epochs.unwrap_or(1.0));
    let ratio = stated / physics::training_flop(params, tokens_seen).mid;
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
pub(super) fn plausible_for_size(subject: &Subject<'_>) -> Option<Contradiction> {
    let model = subject.model;
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
    if convolves || implied_by_data(subject).is_some() {
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
