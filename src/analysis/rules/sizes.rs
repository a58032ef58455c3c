//! Sizes that names tell, against the parameters.

use crate::analysis::audit::{Contradiction, Severity, Subject};
use crate::model::Model;
use crate::model::quantity::Unit;

/// A size in a name, a title or a link, such as `GLM-130B`, against the parameters.
pub(super) fn in_names(subject: &Subject<'_>) -> Vec<Contradiction> {
    let model = subject.model;
    let Some(params) = model.params else {
        return Vec::new();
    };
    let title = model.paper.as_ref().and_then(|paper| paper.title.as_ref());
    let names = std::iter::once(&model.name).chain(&model.aliases);
    let names = names.chain(title).map(|text| ("params", text.to_string()));
    let weights = model
        .links
        .get("weights")
        .and_then(serde_json::Value::as_str);
    // The last word of an address names the size; others may count data.
    let last = weights.and_then(|link| link.split('?').next()?.rsplit(['/', '-']).next());
    let links = last.map(|word| ("links", word.to_owned()));
    let told = names.chain(links).filter_map(|(key, text)| {
        let sizes = sizes(&text);
        let size = sizes.last()?;
        let ratio = params.0 / size.value;
        // A mixture may be named by what takes part in a step.
        let own = [Some(params), model.active_params];
        let tells = |size: &Size| own.iter().flatten().any(|figure| size.is_of(figure.0));
        (!sizes.iter().any(tells)).then(|| Contradiction {
            rule: "a size in a name is that of the model",
            key,
            severity: Severity::Doubt,
            ratio: Some(ratio),
            inputs: format!("`{text}`, {} parameters", Unit::Count.human(params.0)),
            cause: match key {
                "links" => "the link is to another size".to_owned(),
                _ => "name and figure are of two sizes".to_owned(),
            },
        })
    });
    // A name and its aliases tell the same: once is enough.
    told.take(1).collect()
}

/// Parts such as `540B LLM + 22B ViT` against their sum, and against the model that is one of them.
pub(super) fn of_parts(subject: &Subject<'_>) -> Vec<Contradiction> {
    let model = subject.model;
    let wholes = subject.relations.wholes().iter().filter(|whole| {
        let rest = whole.name.strip_prefix(&*model.name);
        rest.is_some_and(|rest| rest.starts_with('-'))
    });
    let mut found = Vec::new();
    for (whole, part) in wholes.filter_map(|whole| Some((whole, largest_part(whole)?))) {
        let Some(params) = model.params else {
            continue;
        };
        let ratio = params.0 / part;
        if (0.8..=1.25).contains(&ratio) && !(0.995..=1.005).contains(&ratio) {
            found.push(Contradiction {
                rule: "a part of another model has its own size",
                key: "params",
                severity: Severity::Doubt,
                ratio: Some(ratio),
                inputs: format!(
                    "{} parameters; the entry of {} says {}",
                    Unit::Count.human(params.0),
                    whole.name,
                    Unit::Count.human(part)
                ),
                cause: "one of the two entries is rounded or wrong".to_owned(),
            });
        }
    }
    found
}

/// The size of the largest of its parts.
pub(super) fn largest_part(model: &Model<'_>) -> Option<f64> {
    let parts = model.details.get("Parts")?.as_str()?;
    let sizes = parts.split(" + ").filter_map(size);
    sizes.reduce(f64::max)
}

/// A size that a text tells.
struct Size {
    value: f64,
    /// Half a unit of its last digit: how far it may be rounded.
    rounded: f64,
}

impl Size {
    fn is_of(&self, figure: f64) -> bool {
        let ratio = figure / self.value;
        (0.9..=1.1).contains(&ratio) || (figure - self.value).abs() <= self.rounded
    }
}

/// The sizes in trillions, billions or millions that stand as words of their own.
fn sizes(text: &str) -> Vec<Size> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '.'));
    let size = |word: &str| {
        let scale = match word.chars().next_back()?.to_ascii_uppercase() {
            'T' => 1e12,
            'B' => 1e9,
            'M' => 1e6,
            _ => return None,
        };
        let number = &word[..word.len() - 1];
        let is_number = number.starts_with(|c: char| c.is_ascii_digit());
        let value: f64 = is_number.then(|| number.parse().ok()).flatten()?;
        let decimals = number.split_once('.').map_or(0, |(_, digits)| digits.len());
        Some(Size {
            value: value * scale,
            rounded: 0.5 * scale / 10f64.powi(decimals as i32),
        })
    };
    words.filter_map(size).collect()
}

/// The last of them.
fn size(text: &str) -> Option<f64> {
    sizes(text).last().map(|size| size.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_words_of_their_own() {
        assert_eq!(size("GLM-130B"), Some(130e9));
        assert_eq!(
            size("https://huggingface.co/facebook/galactica-1.3b"),
            Some(1.3e9)
        );
        assert_eq!(size("A 176B-Parameter Model"), Some(176e9));
        assert_eq!(size("CLIP-ViT-g-14-laion2B-s12B-b42K"), None);
        assert_eq!(size("GPT-3"), None);
        assert_eq!(size("Kimi-K2-1T"), Some(1e12));
    }

    #[test]
    fn sizes_are_rounded_to_their_last_digit() {
        let is = |text, figure| sizes(text).iter().any(|size: &Size| size.is_of(figure));
        assert!(is("RDT-1B", 1.2e9) && is("OLMoE-1B-7B", 6.9e9));
        assert!(!is("ASR 7B", 7.8e9) && !is("A 1.5B model", 1.2e9));
    }
}
