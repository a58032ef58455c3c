//! The size of a model's run, as the catalog states it.

use super::{Given, Size};
use crate::analysis::run::{Basis, Known};
use crate::model::derivation::Derivation;
use crate::model::estimate::Estimate;
use crate::model::figure::Figure;
use crate::model::keys::Keys;
use crate::model::{Key, Model, SourceKind};

impl Size {
    /// The size of a model's run: what the catalog states unless it is given.
    ///
    /// # Errors
    /// The derivation's reason where neither the compute nor what it follows from is stated.
    pub(crate) fn of(model: &Model<'_>, given: Given) -> Result<Size, String> {
        let mut model = model.clone();
        let is_own = given.params.is_none() && given.active_params.is_none();
        let [of_params, of_active, of_tokens, of_epochs, of_compute] = [
            Key::params,
            Key::active_params,
            Key::tokens,
            Key::epochs,
            Key::compute_flop,
        ]
        .map(|key| model.kind_of(key));
        let own = |given: Option<f64>, own: Option<Figure>, kind: SourceKind| match given {
            Some(given) => Some(Known::given(given)),
            None => own.map(|own| Known::of_model(own.0, kind)),
        };
        let params = own(given.params, model.params, of_params);
        // Active parameters are a share of the model's own: of other parameters they say nothing.
        let active = match given.params {
            Some(_) => own(given.active_params, None, of_active),
            None => own(given.active_params, model.active_params, of_active),
        };
        let tokens = own(given.tokens, model.tokens, of_tokens);
        let stated = model
            .compute_flop
            .filter(|_| is_own && given.tokens.is_none());
        if given.tokens.is_some() {
            model.epochs = None;
            model.withheld = Keys::default();
        }
        let figure = |known: &Option<Known>| known.as_ref().map(|known| Figure(known.value.mid));
        model.params = figure(&params);
        model.active_params = figure(&active);
        model.tokens = figure(&tokens);

        let derive = |estimate: Estimate| estimate.derive(&model, &[]).map(known);
        let rule = derive(Estimate::Compute);
        let compute = match (given.compute, stated) {
            (Some(given), _) => given,
            (None, Some(stated)) => Known::of_model(stated.0, of_compute),
            (None, None) => rule.clone().map_err(|reason| {
                format!(
                    "cannot estimate `{}`: {reason}; {} or `--compute` would do",
                    model.name,
                    missing(&model)
                )
            })?,
        };
        let is_own = !matches!(compute.basis, Basis::Derived(_));
        Size {
            params: params.ok_or_else(|| "no parameters are stated".to_owned()),
            tokens: tokens.ok_or_else(|| match &model.samples {
                Some(samples) => format!("the training data is in {}, not tokens", samples.word()),
                None => "no tokens are stated".to_owned(),
            }),
            compute,
            active_params: active,
            epochs: model
                .epochs
                .map(|epochs| Known::of_model(epochs.0, of_epochs)),
            tokens_per_param: derive(Estimate::TokensPerParam),
            rule: is_own.then_some(rule),
        }
        .checked()
    }
}

/// The flags that give what the compute follows from.
fn missing(model: &Model<'_>) -> String {
    let params = match (model.params, model.active_params) {
        (_, Some(_)) => None,
        (Some(_), None) => model.is_mixture().then_some("`--active-params`"),
        (None, None) => Some("`--params`"),
    };
    let is_short = model.tokens.is_none() || model.withheld.has(Key::epochs);
    let tokens = is_short.then_some("`--tokens`");
    let flags = params.into_iter().chain(tokens);
    flags.collect::<Vec<_>>().join(" with ")
}

fn known(derivation: Derivation) -> Known {
    Known::derived(derivation.result, derivation.formula)
}
