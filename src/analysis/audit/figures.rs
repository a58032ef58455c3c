//! Compute, parameters and training data against each other.

use super::{Context, Contradiction, Severity, thousandfold};
use crate::model::unit::Unit;
use crate::model::{Key, Model, SourceKind, derived, physics};

/// Tokens per word of English and bytes per token, for common tokenizers.
const TOKENS_PER_WORD: f64 = 4.0 / 3.0;
const BYTES_PER_TOKEN: f64 = 4.0;

/// Passes over text that is not counted in tokens which are usual where no epochs are stated.
const USUAL_EPOCHS: f64 = 200.0;

/// Plausible bytes per token of text.
const PLAUSIBLE_BYTES: (f64, f64) = (1.0, 8.0);

/// Plausible tokens per parameter. Models that use their weights several times a step, such as
/// AlphaFold 2, reach tens of thousands.
const PLAUSIBLE_TOKENS: (f64, f64) = (0.1, 100_000.0);

/// The first year of transformers. Earlier models have tables of n-grams, of which a step reads a
/// few rows, or use a few weights millions of times.
pub(super) const TRANSFORMERS: u16 = 2017;

/// From how many parameters on a model may be a mixture whose architecture is not known, and the least
/// share of its parameters that take part in a step.
const LARGE: f64 = 1e11;
const LEAST_ACTIVE: f64 = 1e-3;

/// Fields of models that are trained on text alone.
const TEXT: [&str; 4] = ["language", "dialogue", "code-generation", "mathematics"];

/// The stated compute against what parameters, data and epochs imply.
pub(super) fn implied_compute(model: &Model<'_>, _: &Context<'_>) -> Option<Contradiction> {
    let stated = model.compute_flop?.0;
    let params = derived::active_params(model).ok()?.value;
    let (tokens, tolerance, data) = training_data(model)?;
    let tokens_seen = derived::epochs(model).ok()?.value * tokens;
    let ratio = stated / physics::training_flop(params, tokens_seen).mid;
    let epochs = model.epochs.map(|epochs| epochs.0);
    let is_estimate = model.kind_of(Key::compute_flop) == SourceKind::ThirdParty;
    let most = match (epochs, tolerance > 2.0) {
        (None, true) => USUAL_EPOCHS,
        _ => tolerance,
    };
    if (1.0 / tolerance..=most).contains(&ratio) {
        return None;
    }
    let slip = thousandfold(ratio, 6.0).map(str::to_owned);
    let cause = slip.unwrap_or_else(|| match ratio {
        r if is_estimate && states_tokens(model) => {
            let times = Unit::Ratio.human(r);
            format!("a third party's compute: {times} times what the makers' tokens imply")
        }
        r if r > 1.0 && epochs.is_none() => {
            format!("epochs unknown: {r:.0} passes over the data would explain it")
        }
        r if r > 1.0 => "more compute than the data needs".to_owned(),
        _ => "less compute than one pass over the data: was only a part used?".to_owned(),
    });
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

/// The tokens that the compute could process, against the size of a model whose tokens are unknown.
pub(super) fn plausible_compute(model: &Model<'_>, context: &Context<'_>) -> Option<Contradiction> {
    let stated = model.compute_flop?.0;
    let params = derived::active_params(model).ok()?.value;
    let is_in = |section: &str| model.sections.iter().any(|own| **own == *section);
    // A recommender looks most of its parameters up.
    if model.tokens.is_some() || model.announced?.year() < TRANSFORMERS || is_in("other") {
        return None;
    }
    let tokens_per_param = stated / physics::training_flop(params, 1.0.into()).mid / params.mid;
    // A convolution uses each weight at each place of an image, a player in each move of a game, a
    // forecast at each place of the Earth.
    let convolves = model.architecture.iter().any(|tag| **tag == *"convolution");
    let reuses = convolves
        || ["vision", "reinforcement-learning", "science"]
            .into_iter()
            .any(is_in);
    let (mut least, most) = PLAUSIBLE_TOKENS;
    let is_unknown = model.active_params.is_none() && model.architecture.is_empty();
    if is_unknown && params.mid >= LARGE {
        least *= LEAST_ACTIVE;
    }
    let (cause, bound) = match tokens_per_param {
        r if r < least => (
            "too little compute for so large a model, or too many parameters",
            least,
        ),
        r if r > most && !reuses => (
            "too much compute for so small a model, or too few parameters",
            most,
        ),
        _ => return None,
    };
    if implied_compute(model, context).is_some() {
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

/// The bytes of the training data against its tokens.
pub(super) fn bytes_per_token(model: &Model<'_>, _: &Context<'_>) -> Option<Contradiction> {
    let (bytes, tokens) = (model.data_bytes?.0, model.tokens?.0);
    let (least, most) = PLAUSIBLE_BYTES;
    let (cause, bound) = match bytes / tokens {
        r if r < least => (
            "fewer bytes than tokens: are repeated passes counted?",
            least,
        ),
        r if r > most => (
            "more bytes than the tokens take: was only a part used?",
            most,
        ),
        _ => return None,
    };
    if !is_text(model) {
        return None;
    }
    let inputs = format!(
        "{} of text, {} tokens: {} bytes per token, plausible {least} to {most}",
        Unit::Bytes.human(bytes),
        Unit::Count.human(tokens),
        Unit::Ratio.human(bytes / tokens)
    );
    let contradiction = Contradiction::new(Severity::Doubt, "tokens", inputs, cause);
    Some(contradiction.with_ratio(bytes / tokens / bound))
}

/// Whether the training data is text alone.
fn is_text(model: &Model<'_>) -> bool {
    let mut fields = model.fields.iter();
    !model.fields.is_empty() && fields.all(|field| TEXT.contains(&&**field))
}

/// Whether the makers state the tokens.
fn states_tokens(model: &Model<'_>) -> bool {
    model.tokens.is_some() && model.kind_of(Key::tokens) == SourceKind::Stated
}

/// Training data in tokens, the factor by which they may be off, and what is stated.
fn training_data(model: &Model<'_>) -> Option<(f64, f64, String)> {
    if let Some(tokens) = model.tokens {
        let stated = format!("{} tokens", Unit::Count.human(tokens.0));
        let tolerance = if states_tokens(model) { 1.5 } else { 2.0 };
        return Some((tokens.0, tolerance, stated));
    }
    if let Some(samples) = &model.samples
        && *samples.unit == *"words"
        && let Some(count) = samples.count
    {
        let stated = format!("{} words of 4/3 tokens", Unit::Count.human(count.0));
        return Some((count.0 * TOKENS_PER_WORD, 4.0, stated));
    }
    let bytes = model.data_bytes.filter(|_| is_text(model))?;
    let stated = format!(
        "{} of text at 4 bytes per token",
        Unit::Bytes.human(bytes.0)
    );
    Some((bytes.0 / BYTES_PER_TOKEN, 8.0, stated))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Keys;
    use crate::model::reader::tests::read;

    /// The causes of the contradictions of a model.
    fn causes(model: &str) -> String {
        let model = format!("{{{model}}}");
        let model: Model<'_> = read(&model, Keys::ALL);
        let all = Context::default().contradictions(&model).into_iter();
        all.map(|(_, found)| found.cause).collect()
    }

    #[test]
    fn tokens_of_the_makers_imply_the_compute() {
        // 1e9 parameters and 1e11 tokens take 6e20 operations.
        let run = r#""params":1e9,"tokens":1e11,"compute_flop":1e21,"#;
        let causes = |keys| {
            let source = format!(r#"{{"keys":[{keys}],"url":"u","kind":"third-party"}}"#);
            causes(&format!(r#"{run}"sources":[{source}]"#))
        };
        assert!(causes(r#""compute_flop""#).contains("third party's compute: 1.67 times"));
        assert!(causes(r#""params""#).contains("epochs unknown"));
        assert_eq!(causes(r#""compute_flop","tokens""#), "");
    }

    #[test]
    fn tokens_per_parameter_are_those_of_language_models_of_today() {
        let run = |year, section, flop| {
            let figures = format!(r#""params":1e9,"compute_flop":{flop}"#);
            causes(&format!(
                r#"{figures},"announced":"{year}-06","sections":["{section}"]"#
            ))
        };
        assert!(run(2020, "language", "1e24").contains("too much compute"));
        assert!(run(2020, "vision", "1e16").contains("too little compute"));
        for (year, section, flop) in [
            (2020, "language", "1e22"),
            (2020, "reinforcement-learning", "1e24"),
            (2020, "vision", "1e24"),
            (2020, "science", "1e24"),
            (2020, "other", "1e16"),
            (2007, "language", "1e16"),
        ] {
            assert_eq!(run(year, section, flop), "", "{year} {section} {flop}");
        }
    }

    #[test]
    fn a_large_model_of_unknown_architecture_may_be_a_mixture() {
        let run = |params, flop, more| {
            let figures = format!(r#""params":{params},"compute_flop":{flop}{more}"#);
            causes(&format!(
                r#"{figures},"announced":"2021-06","sections":["language"]"#
            ))
        };
        assert_eq!(run("1.6e12", "8e22", ""), "");
        for (params, flop, more) in [
            ("1e13", "5.5e21", ""),
            ("1.6e12", "8e22", r#","architecture":["decoder"]"#),
            ("1.6e12", "8e22", r#","active_params":1.6e12"#),
        ] {
            assert!(run(params, flop, more).contains("too little compute"));
        }
    }

    #[test]
    fn text_has_a_few_bytes_per_token() {
        for (bytes, expected) in [("4e12", ""), ("5e11", "fewer"), ("1e13", "more")] {
            let data = format!(r#""data_bytes":{bytes},"tokens":1e12,"fields":"#);
            let text = causes(&format!(r#"{data}["language"]"#));
            assert!(text.starts_with(expected) && text.is_empty() == expected.is_empty());
            assert_eq!(causes(&format!(r#"{data}["language","vision"]"#)), "");
        }
    }
}
