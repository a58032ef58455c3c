//! Sizes in names against the parameters, and the sizes of mixtures.

use super::figures::TRANSFORMERS;
use super::{Context, Contradiction, Severity};
use crate::model::derived::is_mixture;
use crate::model::unit::Unit;
use crate::model::{Key, Model};

/// By how many parameters a model may be larger than its name says, where names leave out embeddings
/// and encoders: 256,000 embeddings of 2,304 numbers, and 100M for an encoder.
const NOT_NAMED: f64 = 0.7e9;

/// Parts of the names of models that draft for the model whose size they have.
const DRAFTS: [&str; 4] = ["dflash", "draft", "eagle3", "speculator"];

/// Parts of the names of files that hold several parameters in one number.
const PACKED: [&str; 7] = ["awq", "bit", "fp4", "gptq", "int4", "int8", "quantized"];

/// A size in a name or a link, such as `GLM-130B`, against the parameters.
pub(super) fn in_names(model: &Model<'_>, _: &Context<'_>) -> Option<Contradiction> {
    let params = model.params?.0;
    // Names before had the size of the data, such as `GloVe 42B`.
    if model
        .announced
        .is_some_and(|month| month.year() < TRANSFORMERS)
    {
        return None;
    }
    let names = std::iter::once(&model.name).chain(&model.aliases);
    let names = names.map(|text| ("params", own_part(text)));
    // The last word of an address names the size; others may count data.
    let weights = model.links.get("weights").and_then(|link| link.as_str());
    let last = weights.and_then(|link| link.split('?').next()?.rsplit(['/', '-']).next());
    let link = last.map(|word| ("links", word));
    names.chain(link).find_map(|(key, text)| {
        let sizes = sizes(text);
        // The size may also be that of what is active, of the data or of the context.
        let samples = model.samples.as_ref().and_then(|samples| samples.count);
        let others = [model.active_params, model.tokens, samples, model.context];
        let own = others
            .iter()
            .flatten()
            .map(|figure| figure.0)
            .chain([params]);
        let matches = |size: &Size| own.clone().any(|figure| size.is_of(figure));
        let lower = model.name.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
        if sizes.iter().any(matches) || has(&DRAFTS) {
            return None;
        }
        // Trillions are as often those of tokens, and `1M` is the length of a context.
        let is_size = |size: &&Size| size.value < 1e12 && size.value != 1e6;
        let ratio = params / sizes.iter().rfind(is_size)?.value;
        let inputs = format!("`{text}`, {} parameters", Unit::Count.human(params));
        let is_packed = has(&PACKED) && (0.1..0.7).contains(&ratio);
        let cause = match key {
            "links" => "the link is to another size",
            _ if is_packed => {
                "the numbers of a quantized file, which hold several parameters each?"
            }
            _ => "name and figure are of different sizes",
        };
        let severity = match key == "links" || is_packed || (0.2..=5.0).contains(&ratio) {
            true => Severity::Doubt,
            false => Severity::Error,
        };
        Some(Contradiction::new(severity, key, inputs, cause).with_ratio(ratio))
    })
}

/// A name without what may be the size of another model: what it begins with, such as `4M-21`, and
/// what is in brackets with other words, such as the base in `SPHINX (Llama 2 13B)`.
fn own_part(name: &str) -> &str {
    let name = match name.split_once('(') {
        Some((before, inside)) if inside.contains(' ') => before.trim_end(),
        _ => name,
    };
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => name.split_once(['-', ' ']).map_or("", |(_, rest)| rest),
        false => name,
    }
}

/// A mixture of experts without the parameters that are active. The list prints one size.
pub(super) fn of_mixtures(model: &Model<'_>, _: &Context<'_>) -> Option<Contradiction> {
    let params = model.params?.0;
    let is_stated = model.active_params.is_some()
        || model.withheld.has(Key::active_params)
        || says_active(&model.name);
    if !is_mixture(model) || is_stated || !model.listed.is_empty() {
        return None;
    }
    let inputs = format!("{} parameters of all experts", Unit::Count.human(params));
    let cause = "active parameters are missing: no compute can be derived";
    let found = Contradiction::new(Severity::Doubt, "active_params", inputs, cause);
    Some(found)
}

/// Whether a name says what is active of a mixture: `30B-A3B`, `8x7B`.
fn says_active(name: &str) -> bool {
    words(name).any(|word| {
        let active = word.strip_prefix(['A', 'a']);
        let experts = word.split_once(['x', 'X', '×']);
        let experts = experts.filter(|(count, _)| count.parse::<u16>().is_ok());
        let size = active.or(experts.map(|(_, size)| size));
        size.and_then(Size::of).is_some()
    })
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
    /// A word that is a number of trillions, billions or millions.
    fn of(word: &str) -> Option<Size> {
        let scale = match word.chars().next_back()?.to_ascii_uppercase() {
            'T' => 1e12,
            'B' => 1e9,
            'M' => 1e6,
            _ => return None,
        };
        let number = &word[..word.len() - 1];
        let is_number = number.starts_with(|c: char| c.is_ascii_digit())
            && number
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        let value: f64 = is_number.then(|| number.parse().ok()).flatten()?;
        let decimals = number.split_once('.').map_or(0, |(_, digits)| digits.len());
        Some(Size {
            value: value * scale,
            rounding: 0.5 * scale / 10f64.powi(decimals as i32),
        })
    }

    fn is_of(&self, figure: f64) -> bool {
        let ratio = figure / self.value;
        let is_larger = ratio <= 1.5 && figure <= 1.1 * self.value + NOT_NAMED;
        ratio >= 0.85 && is_larger || (figure - self.value).abs() <= self.rounding
    }
}

/// The words of a text; a point belongs to its number.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '.'))
}

/// The sizes in trillions, billions or millions that are whole words.
fn sizes(text: &str) -> Vec<Size> {
    // `1_6b` is 1.6b, unless it is 6b.
    let dotted = text.replace('_', ".");
    let dotted = words(&dotted).filter(|_| text.contains('_'));
    dotted.chain(words(text)).filter_map(Size::of).collect()
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
        assert_eq!(last_size("stablelm-3b-4e1t"), Some(3e9));
        assert_eq!(last_size("LFM2-24B-A2B-MLX-4bit"), Some(24e9));
    }

    #[test]
    fn sizes_are_rounded_to_their_last_digit() {
        let is = |text, figure| sizes(text).iter().any(|size| size.is_of(figure));
        assert!(is("RDT-1B", 1.2e9) && is("OLMoE-1B-7B", 6.9e9));
        assert!(!is("A 1.5B model", 1.2e9) && !is("GPT-30B", 34e9));
        // Embeddings and encoders are not in the name.
        assert!(is("Qwen3-0.6B", 752e6) && is("gemma-2-2b-it", 2.61e9));
        assert!(is("stablelm-2-1_6b-chat", 1.64e9) && is("model_2_7b", 7.2e9));
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
    fn sizes_in_names_are_those_of_the_model() {
        let found = |name: &str, params: f64| {
            let model = format!(r#"{{"name":"{name}","params":{params}}}"#);
            let model: Model<'_> = read(&model, Keys::ALL);
            in_names(&model, &Context::default()).map(|found| (found.severity, found.cause))
        };
        for (name, params) in [
            ("Ling-mini-base-2.0-20T", 16e9),
            ("OpenELM-2T", 3e9),
            ("SmolLM3-3B-11T", 3.1e9),
            ("4M-21", 2.8e9),
            ("7B-v0.2", 3e9),
            ("MoE-16x", 3e9),
            ("Qwen2.5-14B-1M", 14.8e9),
            ("HyenaDNA-1M", 6.6e6),
            ("Llama-3-128k", 8e9),
            ("LFM2-24B-A2B-MLX-4bit", 23.8e9),
            ("stablelm-3b-4e1t", 2.8e9),
            ("SPHINX (Llama 2 13B)", 19.9e9),
            ("Qwen3-8B-speculator.eagle3", 1.02e9),
        ] {
            assert_eq!(found(name, params), None, "{name}");
        }
        for (name, params, severity, cause) in [
            ("Olmo-3-7B-Think", 528_384.0, Severity::Error, "different"),
            ("Nemotron Nano 9B v2", 88.9e9, Severity::Error, "different"),
            ("SmolLM3-3B-11T", 11e9, Severity::Doubt, "different"),
            ("Qwen2.5-14B-1M", 7e9, Severity::Doubt, "different"),
            ("MegaScale (530B)", 175e9, Severity::Doubt, "different"),
            ("pythia-14m", 39.2e6, Severity::Doubt, "different"),
            ("Qwen3-4B-MLX-4bit", 629e6, Severity::Doubt, "quantized"),
        ] {
            let found = found(name, params);
            let is_expected = |(own, text): &(_, String)| *own == severity && text.contains(cause);
            assert!(found.as_ref().is_some_and(is_expected), "{name}: {found:?}");
        }
    }

    #[test]
    fn a_mixture_has_active_parameters() {
        for (figures, expected) in [
            (r#""params":1e12"#, true),
            (r#""params":1e12,"active_params":1e10"#, false),
            (r#""params":1e12,"listed":{"Params":"1T"}"#, false),
            (r#""tokens":1e12"#, false),
            (r#""params":3e10,"name":"Qwen3-30B-A3B""#, false),
            (r#""params":4.7e10,"name":"Mixtral 8x7B""#, false),
            (r#""params":4.7e10,"name":"MoE-16x A1""#, true),
        ] {
            let model = format!(r#"{{"architecture":["moe"],{figures}}}"#);
            let model: Model<'_> = read(&model, Keys::ALL);
            let found = of_mixtures(&model, &Context::default());
            assert_eq!(found.is_some(), expected, "{figures}");
        }
    }
}
