//! Sizes in names against the parameters, and the sizes of mixtures.

use super::{Context, Contradiction, Severity};
use crate::model::derived::is_mixture;
use crate::model::unit::Unit;
use crate::model::{Key, Model};

/// A size in a name or a link, such as `GLM-130B`, against the parameters.
pub(super) fn in_names(model: &Model<'_>, _: &Context<'_>) -> Option<Contradiction> {
    let params = model.params?.0;
    let names = std::iter::once(&model.name).chain(&model.aliases);
    let names = names.map(|text| ("params", &**text));
    // The last word of an address names the size; others may count data.
    let weights = model.links.get("weights").and_then(|link| link.as_str());
    let last = weights.and_then(|link| link.split('?').next()?.rsplit(['/', '-']).next());
    let link = last.map(|word| ("links", word));
    names.chain(link).find_map(|(key, text)| {
        let sizes = sizes(text);
        let ratio = params / sizes.last()?.value;
        // The size may also be that of what is active, of the data or of the context.
        let samples = model.samples.as_ref().and_then(|samples| samples.count);
        let others = [model.active_params, model.tokens, samples, model.context];
        let own = others
            .iter()
            .flatten()
            .map(|figure| figure.0)
            .chain([params]);
        let matches = |size: &Size| own.clone().any(|figure| size.is_of(figure));
        if sizes.iter().any(matches) {
            return None;
        }
        let inputs = format!("`{text}`, {} parameters", Unit::Count.human(params));
        let cause = match key {
            "links" => "the link is to another size",
            _ => "name and figure are of different sizes",
        };
        Some(Contradiction::new(Severity::Doubt, key, inputs, cause).with_ratio(ratio))
    })
}

/// A mixture of experts without the parameters that are active. The list prints one size.
pub(super) fn of_mixtures(model: &Model<'_>, _: &Context<'_>) -> Option<Contradiction> {
    let params = model.params?.0;
    let is_stated = model.active_params.is_some() || model.withheld.has(Key::active_params);
    if !is_mixture(model) || is_stated || !model.listed.is_empty() {
        return None;
    }
    let inputs = format!("{} parameters of all experts", Unit::Count.human(params));
    let cause = "active parameters are missing: no compute can be derived";
    let found = Contradiction::new(Severity::Doubt, "active_params", inputs, cause);
    Some(found)
}

/// The largest of the parts of a model, such as `540B LLM + 22B ViT`, against the model that it
/// is: a model whose name begins with that model's.
pub(super) fn of_parts(
    model: &Model<'_>,
    context: &Context<'_>,
) -> impl Iterator<Item = Contradiction> {
    context.wholes.iter().filter_map(|whole| {
        let rest = whole.name.strip_prefix(&*model.name)?;
        let (params, part) = (model.params?.0, largest_part(whole)?);
        let ratio = params / part;
        let is_off = (0.8..=1.25).contains(&ratio) && !(0.995..=1.005).contains(&ratio);
        if !rest.starts_with('-') || !is_off {
            return None;
        }
        let [own, part] = [params, part].map(|size| Unit::Count.human(size));
        let inputs = format!("{own} parameters; the entry of {} says {part}", whole.name);
        let cause = "one of the two entries is rounded or wrong";
        Some(Contradiction::new(Severity::Doubt, "params", inputs, cause).with_ratio(ratio))
    })
}

/// The size of the largest part of a model.
pub(super) fn largest_part(model: &Model<'_>) -> Option<f64> {
    let parts = model.details.get("Parts")?.as_str()?;
    let sizes = parts.split(" + ").filter_map(last_size);
    sizes.reduce(f64::max)
}

/// A size in a text.
struct Size {
    value: f64,
    /// Half a unit of its last digit.
    rounding: f64,
}

impl Size {
    fn is_of(&self, figure: f64) -> bool {
        let ratio = figure / self.value;
        (0.9..=1.1).contains(&ratio) || (figure - self.value).abs() <= self.rounding
    }
}

/// The sizes in trillions, billions or millions that are whole words.
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
            rounding: 0.5 * scale / 10f64.powi(decimals as i32),
        })
    };
    words.filter_map(size).collect()
}

fn last_size(text: &str) -> Option<f64> {
    sizes(text).last().map(|size| size.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Keys;
    use crate::model::reader::tests::read;

    #[test]
    fn sizes_are_whole_words() {
        assert_eq!(last_size("GLM-130B"), Some(130e9));
        assert_eq!(
            last_size("https://huggingface.co/facebook/galactica-1.3b"),
            Some(1.3e9)
        );
        assert_eq!(last_size("A 176B-Parameter Model"), Some(176e9));
        assert_eq!(last_size("CLIP-ViT-g-14-laion2B-s12B-b42K"), None);
        assert_eq!(last_size("GPT-3"), None);
        assert_eq!(last_size("Kimi-K2-1T"), Some(1e12));
    }

    #[test]
    fn sizes_are_rounded_to_their_last_digit() {
        let is = |text, figure| sizes(text).iter().any(|size| size.is_of(figure));
        assert!(is("RDT-1B", 1.2e9) && is("OLMoE-1B-7B", 6.9e9));
        assert!(!is("ASR 7B", 7.8e9) && !is("A 1.5B model", 1.2e9));
    }

    #[test]
    fn a_size_in_a_name_may_be_of_the_data() {
        let found = |name: &str, figures: &str| {
            let model = format!(r#"{{"name":"{name}","params":5.7e8,{figures}}}"#);
            let model: Model<'_> = read(&model, Keys::ALL);
            in_names(&model, &Context::default()).is_some()
        };
        assert!(!found("GloVe 42B", r#""tokens":42e9"#));
        assert!(!found(
            "RNN for 1B words",
            r#""samples":{"count":8e8,"unit":"words"}"#
        ));
        assert!(!found("HyenaDNA-1M", r#""context":1048576"#));
        assert!(found("GloVe 42B", r#""tokens":6e9"#));
    }

    #[test]
    fn a_mixture_has_active_parameters() {
        for (figures, expected) in [
            (r#""params":1e12"#, true),
            (r#""params":1e12,"active_params":1e10"#, false),
            (r#""params":1e12,"listed":{"Params":"1T"}"#, false),
            (r#""tokens":1e12"#, false),
        ] {
            let model = format!(r#"{{"architecture":["moe"],{figures}}}"#);
            let model: Model<'_> = read(&model, Keys::ALL);
            let found = of_mixtures(&model, &Context::default());
            assert_eq!(found.is_some(), expected, "{figures}");
        }
    }
}
