//! The size of a run: parameters, tokens and the compute that ties them.

use crate::derive::{Derivation, Estimate};
use crate::figure::Figure;
use crate::model::Model;
use crate::physics::{self, Interval};
use crate::run::{self, Known, Line};

/// What is given of a run's size.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Parameters, all experts included.
    pub params: Option<f64>,
    /// Parameters that take part in each step.
    pub active_params: Option<f64>,
    /// Tokens of the training data.
    pub tokens: Option<f64>,
    /// Compute, given or what money buys.
    pub compute: Option<Known>,
    /// Tokens a parameter.
    pub tokens_per_param: Option<f64>,
}

/// Parameters, tokens and compute of a run, and what is assumed to tell those that are not given.
#[derive(Debug, Clone)]
pub struct Size {
    /// Parameters.
    pub params: Result<Known, String>,
    /// Tokens of the training data.
    pub tokens: Result<Known, String>,
    /// Compute.
    pub compute: Known,
    /// What else there is to tell, before the compute.
    beside: Vec<Line>,
    /// What the other figures rest on.
    assumptions: Vec<Line>,
}

const RULE: &str = "6 × parameters × tokens";
const RATIO: &str = "tokens ÷ parameters";

impl Size {
    /// The size of a run that is no model's: what is not given follows from what is.
    ///
    /// # Errors
    /// When nothing is given, or one thing twice.
    pub fn solve(given: Given) -> Result<Size, String> {
        let Given {
            params,
            active_params,
            tokens,
            compute,
            tokens_per_param,
        } = given;
        if active_params.is_some() && params.is_none() {
            return Err("`--active-params` wants `--params`, the parameters of all experts".into());
        }
        let ratio = Known::given_or(tokens_per_param, physics::TOKENS_PER_PARAM);
        let rule = |params: Interval, tokens: Interval| {
            let active = active_params.map_or(params, Interval::exactly);
            Known::derived(physics::training_flop_within(active, tokens), RULE)
        };
        let over =
            |tokens: &Known, params: &Known| Known::derived(tokens.value.over(params.value), RATIO);
        let (params, tokens, compute, ratio) =
            match (params.map(Known::given), tokens.map(Known::given), compute) {
                (Some(params), Some(tokens), compute) => {
                    let compute = compute.unwrap_or_else(|| rule(params.value, tokens.value));
                    let ratio = over(&tokens, &params);
                    (params, tokens, compute, ratio)
                }
                (Some(params), None, Some(compute)) => {
                    let active = active_params.unwrap_or(params.value.mid);
                    let tokens = physics::other_factor(compute.value, active);
                    let tokens = Known::derived(tokens, "compute ÷ (6 × parameters)");
                    let ratio = over(&tokens, &params);
                    (params, tokens, compute, ratio)
                }
                (None, Some(tokens), Some(compute)) => {
                    let params = physics::other_factor(compute.value, tokens.value.mid);
                    let params = Known::derived(params, "compute ÷ (6 × tokens)");
                    let ratio = over(&tokens, &params);
                    (params, tokens, compute, ratio)
                }
                (Some(params), None, None) => {
                    let tokens = params.value.times(ratio.value);
                    let compute = rule(params.value, tokens);
                    let tokens = Known::derived(tokens, "parameters × tokens a parameter");
                    (params, tokens, compute, ratio)
                }
                (None, Some(tokens), None) => {
                    let params = tokens.value.over(ratio.value);
                    let compute = rule(params, tokens.value);
                    let params = Known::derived(params, "tokens ÷ tokens a parameter");
                    (params, tokens, compute, ratio)
                }
                (None, None, Some(compute)) => {
                    let params = physics::best_params(compute.value, ratio.value);
                    let tokens = physics::best_tokens(compute.value, ratio.value);
                    let params = Known::derived(params, "√(compute ÷ (6 × tokens a parameter))");
                    let tokens = Known::derived(tokens, "√(compute × tokens a parameter ÷ 6)");
                    (params, tokens, compute, ratio)
                }
                (None, None, None) => {
                    return Err("nothing to estimate: name a model, or give `--params` and \
                                `--tokens`, `--compute` or `--budget`"
                        .into());
                }
            };
        let mut size = Size {
            params: Ok(params),
            tokens: Ok(tokens),
            compute,
            beside: Vec::new(),
            assumptions: Vec::new(),
        };
        let active = active_params.map(|active| run::ACTIVE_PARAMS.line(Ok(Known::given(active))));
        size.beside.extend(active);
        let is_followed = matches!(ratio.basis, run::Basis::Derived(_));
        match (is_followed, tokens_per_param) {
            (true, Some(_)) => {
                return Err(
                    "`--tokens-per-param` contradicts what else is given: two of \
                            parameters, tokens and compute tell it already"
                        .into(),
                );
            }
            (true, None) => size.beside.push(run::TOKENS_PER_PARAM.line(Ok(ratio))),
            (false, _) => size.assumptions.push(run::TOKENS_PER_PARAM.line(Ok(ratio))),
        }
        size.assume_operations();
        size.checked()
    }

    /// The size of a model's run: what the catalog states unless it is given.
    ///
    /// # Errors
    /// The derivation's reason where neither the compute nor what it follows from is stated.
    pub fn of(model: &Model<'_>, given: Given) -> Result<Size, String> {
        let mut model = model.clone();
        let is_own = given.params.is_none() && given.active_params.is_none();
        let own = |given: Option<f64>, own: Option<Figure>| match given {
            Some(given) => Some(Known::given(given)),
            None => own.map(|own| Known::stated(own.0)),
        };
        let params = own(given.params, model.params);
        // Active parameters are a share of the model's own: of other parameters they say nothing.
        let active = match given.params {
            Some(_) => own(given.active_params, None),
            None => own(given.active_params, model.active_params),
        };
        let tokens = own(given.tokens, model.tokens);
        let stated = model
            .compute_flop
            .filter(|_| is_own && given.tokens.is_none());
        if given.tokens.is_some() {
            model.epochs = None;
        }
        let figure = |known: &Option<Known>| known.as_ref().map(|known| Figure(known.value.mid));
        model.params = figure(&params);
        model.active_params = figure(&active);
        model.tokens = figure(&tokens);

        let derive = |estimate: Estimate| estimate.derive(&model, &[]).map(known);
        let rule = derive(Estimate::Compute);
        let compute = match (given.compute, stated) {
            (Some(given), _) => given,
            (None, Some(stated)) => Known::stated(stated.0),
            (None, None) => rule.clone().map_err(|reason| {
                format!(
                    "cannot estimate `{}`: {reason}; {} or `--compute` would do",
                    model.name,
                    missing(&model)
                )
            })?,
        };
        let is_followed = matches!(compute.basis, run::Basis::Derived(_));
        let mut size = Size {
            params: params.ok_or_else(|| "no parameters are stated".to_owned()),
            tokens: tokens.ok_or_else(|| match &model.samples {
                Some(samples) => format!("the training data is in {}, not tokens", samples.unit),
                None => "no tokens are stated".to_owned(),
            }),
            compute,
            beside: Vec::new(),
            assumptions: Vec::new(),
        };
        let epochs = model.epochs.map(|epochs| Known::stated(epochs.0));
        let active = active.map(|active| run::ACTIVE_PARAMS.line(Ok(active)));
        size.beside.extend(active);
        size.beside
            .extend(epochs.map(|epochs| run::EPOCHS.line(Ok(epochs))));
        let ratio = derive(Estimate::TokensPerParam);
        size.beside.push(run::TOKENS_PER_PARAM.line(ratio));
        if rule.is_ok() {
            size.assume_operations();
        }
        if !is_followed {
            size.beside.push(run::COMPUTE_6ND.line(rule));
        }
        size.checked()
    }

    /// The figures in the order that they are told.
    pub fn figures(&self) -> Vec<Line> {
        let mut lines = vec![
            run::PARAMS.line(self.params.clone()),
            run::TOKENS.line(self.tokens.clone()),
        ];
        lines.extend(self.beside.iter().cloned());
        lines.push(run::COMPUTE.line(Ok(self.compute.clone())));
        lines
    }

    /// Memory for the weights.
    pub fn weights(&self) -> Line {
        let weights = self.params.clone().map(|params| {
            let bytes = params.value.map(physics::weights_bytes);
            Known::derived(bytes, "2 bytes × parameters")
        });
        run::WEIGHTS.line(weights)
    }

    /// What the figures rest on.
    pub fn assumptions(&self) -> &[Line] {
        &self.assumptions
    }

    fn assume_operations(&mut self) {
        let operations = Known::from(physics::OPERATIONS);
        self.assumptions.push(run::OPERATIONS.line(Ok(operations)));
    }

    fn checked(self) -> Result<Size, String> {
        let active = self
            .beside
            .iter()
            .find(|line| line.item == run::ACTIVE_PARAMS);
        match (active.map(|line| &line.known), &self.params) {
            (Some(Ok(active)), Ok(params)) if active.value.mid > params.value.mid => Err(format!(
                "{} active parameters are more than all {}",
                run::ACTIVE_PARAMS.unit.human(active.value.mid),
                run::PARAMS.unit.human(params.value.mid)
            )),
            _ => Ok(self),
        }
    }
}

/// The flags that give what the compute follows from.
fn missing(model: &Model<'_>) -> String {
    let params = match (model.params, model.active_params) {
        (_, Some(_)) => None,
        (Some(_), None) => model.is_mixture().then_some("`--active-params`"),
        (None, None) => Some("`--params`"),
    };
    let tokens = model.tokens.is_none().then_some("`--tokens`");
    let flags = params.into_iter().chain(tokens);
    flags.collect::<Vec<_>>().join(" with ")
}

fn known(derivation: Derivation) -> Known {
    Known::derived(derivation.result, derivation.formula)
}
