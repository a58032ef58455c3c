//! The size of a planned run: how parameters, tokens and compute follow from each other.

use crate::analysis::run::{self, EstimateRow, EstimatedValue, Field};
use crate::model::derived::DerivedField;
use crate::model::figure::Figure;
use crate::model::keys::Keys;
use crate::model::physics::{self, Interval};
use crate::model::unit::Unit;
use crate::model::{Key, Model};

/// What is given of a run's size.
#[derive(Debug, Clone, Default)]
pub(crate) struct SizeInput {
    pub params: Option<f64>,
    pub active_params: Option<f64>,
    pub tokens: Option<f64>,
    /// Given, or what a budget buys.
    pub compute: Option<EstimatedValue>,
    pub tokens_per_param: Option<f64>,
}

/// Parameters, tokens and compute of a run.
#[derive(Debug, Clone)]
pub(crate) struct TrainingSize {
    pub params: Result<EstimatedValue, String>,
    pub tokens: Result<EstimatedValue, String>,
    pub compute: EstimatedValue,
    active_params: Option<EstimatedValue>,
    epochs: Option<EstimatedValue>,
    tokens_per_param: Result<EstimatedValue, String>,
    /// 6ND, where the compute does not follow from it.
    compute_6nd: Option<Result<EstimatedValue, String>>,
}

impl TrainingSize {
    /// Derives what is not given from what is.
    pub(crate) fn solve(input: SizeInput) -> Result<TrainingSize, String> {
        let SizeInput {
            params: given_params,
            active_params,
            tokens,
            compute,
            tokens_per_param,
        } = input;
        if active_params.is_some() && given_params.is_none() {
            return Err("`--active-params` needs `--params`, all parameters".to_owned());
        }
        let ratio = EstimatedValue::given_or(tokens_per_param, physics::TOKENS_PER_PARAM);
        let given = [given_params.is_some(), tokens.is_some(), compute.is_some()];
        let given = given.into_iter().filter(|is_given| *is_given).count();
        if given > 1 && tokens_per_param.is_some() {
            return Err(
                "`--tokens-per-param` conflicts with the other flags: two of parameters, tokens \
                 and compute determine it"
                    .to_owned(),
            );
        }
        let derived = EstimatedValue::derived;
        let params = match (given_params, tokens, &compute) {
            (Some(params), ..) => EstimatedValue::given(params),
            (None, Some(tokens), Some(compute)) => {
                let params = physics::other_factor(compute.value, tokens);
                derived(params, "compute ÷ (6 × tokens)")
            }
            (None, Some(tokens), None) => {
                let params = Interval::exactly(tokens).over(ratio.value);
                derived(params, "tokens ÷ tokens per parameter")
            }
            (None, None, Some(compute)) => {
                let params = physics::best_params(compute.value, ratio.value);
                derived(params, "√(compute ÷ (6 × tokens per parameter))")
            }
            (None, None, None) => {
                return Err("nothing to estimate: name a model, or give `--params` and \
                            `--tokens`, `--compute` or `--budget`"
                    .to_owned());
            }
        };
        let tokens = match (tokens, &compute, given_params) {
            (Some(tokens), ..) => EstimatedValue::given(tokens),
            (None, Some(compute), Some(params)) => {
                let active = active_params.unwrap_or(params);
                let tokens = physics::other_factor(compute.value, active);
                derived(tokens, "compute ÷ (6 × parameters)")
            }
            (None, Some(compute), None) => {
                let tokens = physics::best_tokens(compute.value, ratio.value);
                derived(tokens, "√(compute × tokens per parameter ÷ 6)")
            }
            (None, None, _) => {
                let tokens = params.value.times(ratio.value);
                derived(tokens, "parameters × tokens per parameter")
            }
        };
        let active = active_params.map_or(params.value, Interval::exactly);
        let implied = physics::training_flop_within(active, tokens.value);
        let implied = derived(implied, "6 × parameters × tokens");
        let tokens_per_param = match given {
            1 => ratio,
            _ => derived(tokens.value.over(params.value), "tokens ÷ parameters"),
        };
        TrainingSize {
            compute_6nd: (given == 3).then(|| Ok(implied.clone())),
            params: Ok(params),
            tokens: Ok(tokens),
            compute: compute.unwrap_or(implied),
            active_params: active_params.map(EstimatedValue::given),
            epochs: None,
            tokens_per_param: Ok(tokens_per_param),
        }
        .checked()
    }

    /// The size of a model's run: what is given, else what the catalog states.
    pub(crate) fn of(model: &Model<'_>, input: SizeInput) -> Result<TrainingSize, String> {
        let known = |given: Option<f64>, key: Key, stated: Option<Figure>| match given {
            Some(given) => Some(EstimatedValue::given(given)),
            None => stated.map(|stated| EstimatedValue::of_model(stated.0, key)),
        };
        let params = known(input.params, Key::params, model.params);
        // Stated active parameters are a share of the stated parameters.
        let active = model.active_params.filter(|_| input.params.is_none());
        let active_params = known(input.active_params, Key::active_params, active);
        let tokens = known(input.tokens, Key::tokens, model.tokens);
        let mut sized = model.clone();
        if input.tokens.is_some() {
            sized.epochs = None;
            sized.withheld = Keys::default();
        }
        let figure = |known: &Option<EstimatedValue>| Some(Figure(known.as_ref()?.value.mid));
        sized.params = figure(&params);
        sized.active_params = figure(&active_params);
        sized.tokens = figure(&tokens);
        let derive =
            |estimate: DerivedField| estimate.derive(&sized, &[]).map(EstimatedValue::from);
        let implied = derive(DerivedField::Compute);
        // The stated compute is that of the stated size.
        let sizes = [input.params, input.active_params, input.tokens];
        let stated = model.compute_flop.filter(|_| sizes == [None; 3]);
        let stated = known(None, Key::compute_flop, stated);
        let (compute, compute_6nd) = match (input.compute.or(stated), implied) {
            (Some(compute), implied) => (compute, Some(implied)),
            (None, Ok(implied)) => (implied, None),
            (None, Err(reason)) => {
                return Err(format!(
                    "cannot estimate `{}`: {reason}; give {} or `--compute`",
                    model.name,
                    missing_flags(&sized)
                ));
            }
        };
        TrainingSize {
            params: params.ok_or_else(|| "no parameters are stated".to_owned()),
            tokens: tokens.ok_or_else(|| match &model.samples {
                Some(samples) => format!("the training data is in {}, not tokens", samples.word()),
                None => "no tokens are stated".to_owned(),
            }),
            compute,
            active_params,
            epochs: known(None, Key::epochs, sized.epochs),
            tokens_per_param: derive(DerivedField::TokensPerParam),
            compute_6nd,
        }
        .checked()
    }

    pub(crate) fn figures(&self) -> Vec<EstimateRow> {
        let some = |field: Field, known: &Option<EstimatedValue>| {
            known.clone().map(|known| field.row(Ok(known)))
        };
        let ratio = self.tokens_per_param.clone();
        let rows = [
            Some(run::PARAMS.row(self.params.clone())),
            some(run::ACTIVE_PARAMS, &self.active_params),
            Some(run::TOKENS.row(self.tokens.clone())),
            some(run::EPOCHS, &self.epochs),
            (!self.has_chosen_ratio()).then(|| run::TOKENS_PER_PARAM.row(ratio)),
            Some(run::COMPUTE.row(Ok(self.compute.clone()))),
            self.compute_6nd
                .clone()
                .map(|implied| run::COMPUTE_6ND.row(implied)),
        ];
        rows.into_iter().flatten().collect()
    }

    pub(crate) fn weights(&self) -> EstimateRow {
        run::WEIGHTS.row(self.params.clone().map(|params| {
            let bytes = params.value.map(physics::weights_bytes);
            EstimatedValue::derived(bytes, "2 bytes × parameters")
        }))
    }

    pub(crate) fn assumptions(&self) -> Vec<EstimateRow> {
        let ratio = self.has_chosen_ratio();
        let ratio = ratio.then(|| run::TOKENS_PER_PARAM.row(self.tokens_per_param.clone()));
        let uses_rule = |row: &EstimateRow| {
            row.field != run::TOKENS_PER_PARAM
                && row.value.as_ref().is_ok_and(EstimatedValue::is_derived)
        };
        let operations = self.figures().iter().any(uses_rule);
        let operations = operations.then(|| run::OPERATIONS.row(Ok(physics::OPERATIONS.into())));
        ratio.into_iter().chain(operations).collect()
    }

    /// Whether tokens per parameter are given or assumed, not derived.
    fn has_chosen_ratio(&self) -> bool {
        let ratio = self.tokens_per_param.as_ref();
        ratio.is_ok_and(|ratio| !ratio.is_derived())
    }

    fn checked(self) -> Result<TrainingSize, String> {
        match (&self.active_params, &self.params) {
            (Some(active), Ok(params)) if active.value.mid > params.value.mid => Err(format!(
                "{} active parameters are more than all {}",
                Unit::Count.human(active.value.mid),
                Unit::Count.human(params.value.mid)
            )),
            _ => Ok(self),
        }
    }
}

/// The flags that give what the compute follows from.
fn missing_flags(model: &Model<'_>) -> String {
    let params = match (model.params, model.active_params) {
        (_, Some(_)) => None,
        (Some(_), None) => model.is_mixture().then_some("`--active-params`"),
        (None, None) => Some("`--params`"),
    };
    let needs_tokens = model.tokens.is_none() || model.withheld.has(Key::epochs);
    let tokens = needs_tokens.then_some("`--tokens`");
    let flags = params.into_iter().chain(tokens);
    flags.collect::<Vec<_>>().join(" with ")
}
