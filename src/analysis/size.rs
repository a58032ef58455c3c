//! The size of a run: parameters, tokens and the compute that ties them.

mod stated;

use crate::analysis::run::{self, Basis, Item, Known, Line};
use crate::model::physics::{self, Interval};

/// What is given of a run's size.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
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
pub(crate) struct Size {
    /// Parameters.
    pub params: Result<Known, String>,
    /// Tokens of the training data.
    pub tokens: Result<Known, String>,
    /// Compute.
    pub compute: Known,
    active_params: Option<Known>,
    epochs: Option<Known>,
    tokens_per_param: Result<Known, String>,
    /// What 6ND says beside a compute that does not follow from it.
    rule: Option<Result<Known, String>>,
}

const RULE: &str = "6 × parameters × tokens";
const RATIO: &str = "tokens ÷ parameters";

impl Size {
    /// The size of a run that is no model's: what is not given follows from what is.
    ///
    /// # Errors
    /// When nothing is given, or one thing twice.
    pub(crate) fn solve(given: Given) -> Result<Size, String> {
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
        let mut by_rule = None;
        let (params, tokens, compute, ratio) =
            match (params.map(Known::given), tokens.map(Known::given), compute) {
                (Some(params), Some(tokens), compute) => {
                    let implied = rule(params.value, tokens.value);
                    by_rule = compute.is_some().then(|| Ok(implied.clone()));
                    let compute = compute.unwrap_or(implied);
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
        if let (Basis::Derived(_), Some(_)) = (&ratio.basis, tokens_per_param) {
            return Err(
                "`--tokens-per-param` contradicts what else is given: two of parameters, \
                        tokens and compute tell it already"
                    .into(),
            );
        }
        Size {
            params: Ok(params),
            tokens: Ok(tokens),
            compute,
            active_params: active_params.map(Known::given),
            epochs: None,
            tokens_per_param: Ok(ratio),
            rule: by_rule,
        }
        .checked()
    }

    /// The figures in the order that they are told.
    pub(crate) fn figures(&self) -> Vec<Line> {
        let some = |item: Item, known: &Option<Known>| {
            let known = known.clone();
            known.map(|known| item.line(Ok(known)))
        };
        let ratio = &self.tokens_per_param;
        let rule = self.rule.clone();
        let lines = [
            Some(run::PARAMS.line(self.params.clone())),
            some(run::ACTIVE_PARAMS, &self.active_params),
            Some(run::TOKENS.line(self.tokens.clone())),
            some(run::EPOCHS, &self.epochs),
            (!self.chooses_ratio()).then(|| run::TOKENS_PER_PARAM.line(ratio.clone())),
            Some(run::COMPUTE.line(Ok(self.compute.clone()))),
            rule.map(|rule| run::COMPUTE_6ND.line(rule)),
        ];
        lines.into_iter().flatten().collect()
    }

    /// Memory for the weights.
    pub(crate) fn weights(&self) -> Line {
        let weights = self.params.clone().map(|params| {
            let bytes = params.value.map(physics::weights_bytes);
            Known::derived(bytes, "2 bytes × parameters")
        });
        run::WEIGHTS.line(weights)
    }

    /// What the figures rest on.
    pub(crate) fn assumptions(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.chooses_ratio() {
            lines.push(run::TOKENS_PER_PARAM.line(self.tokens_per_param.clone()));
        }
        let by_rule = |known: &Known| matches!(known.basis, Basis::Derived(_));
        let figures = self.figures();
        let others = figures
            .iter()
            .filter(|line| line.item != run::TOKENS_PER_PARAM);
        let mut known = others.filter_map(|line| line.known.as_ref().ok());
        if known.any(by_rule) {
            lines.push(run::OPERATIONS.line(Ok(Known::from(physics::OPERATIONS))));
        }
        lines
    }

    /// Whether tokens a parameter are given or assumed, and do not follow.
    fn chooses_ratio(&self) -> bool {
        let ratio = self.tokens_per_param.as_ref();
        ratio.is_ok_and(|ratio| !matches!(ratio.basis, Basis::Derived(_)))
    }

    fn checked(self) -> Result<Size, String> {
        match (&self.active_params, &self.params) {
            (Some(active), Ok(params)) if active.value.mid > params.value.mid => Err(format!(
                "{} active parameters are more than all {}",
                run::ACTIVE_PARAMS.unit.human(active.value.mid),
                run::PARAMS.unit.human(params.value.mid)
            )),
            _ => Ok(self),
        }
    }
}
