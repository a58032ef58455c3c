//! A planned training run: what is given of it, and what follows.

use crate::analysis::estimate_row::{
    self as row, EstimateRow, Estimated, EstimatedValue, derive, given, given_or, joined,
};
use crate::model::figure::{Figure, exact};
use crate::model::hardware::{Chip, ChipPrice};
use crate::model::input::{Input, Origin};
use crate::model::price::ChipUnit;
use crate::model::unit::Unit;
use crate::model::{Key, Keys, Model, derived, physics};
use std::ops::{Div, Mul};

/// What is given of a run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RunInput {
    pub params: Option<f64>,
    pub active_params: Option<f64>,
    pub tokens: Option<f64>,
    pub compute: Option<f64>,
    pub tokens_per_param: Option<f64>,
    /// US dollars for all chip-hours.
    pub budget: Option<f64>,
    /// Chips that run at once.
    pub count: Option<f64>,
    /// Share of the peak.
    pub utilization: Option<f64>,
    /// US dollars per hour of one chip.
    pub price: Option<f64>,
    /// Power usage effectiveness.
    pub pue: Option<f64>,
}

/// The figures of a run, and what they depend on.
#[derive(Debug, Clone, Default)]
pub(crate) struct TrainingRun {
    pub figures: Vec<EstimateRow>,
    pub assumptions: Vec<EstimateRow>,
}

impl TrainingRun {
    /// Estimates what is not given from what is, and from what is known of the model and the chip.
    pub(crate) fn estimate(
        input: &RunInput,
        model: Option<&Model<'_>>,
        chip: Option<&Chip<'_>>,
    ) -> Result<TrainingRun, String> {
        let mut run = TrainingRun::default();
        let hardware = chip.map(|chip| HardwarePlan::new(chip, input));
        let bought = hardware.as_ref().and_then(HardwarePlan::compute_bought);
        let compute = bought.or(input.compute.map(given)).transpose()?;
        let compute = run.add_size(input, model, compute)?;
        if let Some(hardware) = hardware {
            hardware.add_to(&mut run, &compute);
        }
        let params = &run.figures[0].value;
        let weights = derive!("2 bytes × parameters", physics::weights_bytes, params);
        run.figures.push(row::WEIGHTS.row(weights));
        run.check()?;
        Ok(run)
    }

    /// The likeliest value of a figure, if it is known.
    pub(crate) fn figure(&self, field: row::Field) -> Option<f64> {
        let row = self.figures.iter().find(|row| row.field == field)?;
        Some(row.value.as_ref().ok()?.value.mid)
    }

    /// Adds parameters, tokens and compute, in this order, and returns the compute: what is given,
    /// else what the model states, else what follows.
    fn add_size(
        &mut self,
        input: &RunInput,
        model: Option<&Model<'_>>,
        compute: Option<EstimatedValue>,
    ) -> Result<Estimated, String> {
        let sized = sized(model, input);
        let known = |value: Option<f64>, stated: Result<Input, String>| {
            value.map_or_else(|| stated.map(EstimatedValue::from), given)
        };
        let mut params = known(input.params, derived::params(&sized));
        let mut tokens = known(input.tokens, derived::tokens(&sized));
        let mut active = known(input.active_params, derived::active_params(&sized));
        let epochs = known(None, derived::epochs(&sized));
        let stated = derived::stated_compute(&sized).map(EstimatedValue::from);
        let compute = compute.or(stated).map(Ok);
        let is_known = model.is_some() || (params.is_ok() && tokens.is_ok());
        let mut ratio = None;
        if model.is_none() {
            ratio = solve(input, &mut params, &mut tokens, compute.as_ref())?;
            active = input.active_params.map_or_else(|| params.clone(), given);
        }
        let formula = match (sized.active_params, model) {
            (None, None) => "6 × parameters × tokens",
            (None, Some(_)) => "6 × parameters × tokens × epochs",
            (Some(_), None) => "6 × active parameters × tokens",
            (Some(_), Some(_)) => "6 × active parameters × tokens × epochs",
        };
        let flop = |params, tokens, epochs| physics::training_flop(params, tokens * epochs);
        let implied = derive!(formula, flop, active, tokens, epochs);
        let (compute, implied) = match (compute, implied, model) {
            (Some(compute), implied, _) => (compute, Some(implied).filter(|_| is_known)),
            (None, Err(reason), Some(model)) => {
                let (name, flags) = (&model.name, missing_flags(&sized));
                return Err(format!(
                    "cannot estimate `{name}`: {reason}; give {flags} or `--compute`"
                ));
            }
            (None, implied, _) => (implied, None),
        };
        let formula = "tokens ÷ parameters";
        let tokens_per_param = derive!(formula, physics::tokens_per_param, tokens, params);
        let figures = [
            Some(row::PARAMS.row(params)),
            sized.active_params.map(|_| row::ACTIVE_PARAMS.row(active)),
            Some(row::TOKENS.row(tokens)),
            sized.epochs.map(|_| row::EPOCHS.row(epochs)),
            // A ratio that is given or assumed is no result.
            ratio
                .is_none()
                .then(|| row::TOKENS_PER_PARAM.row(tokens_per_param)),
            Some(row::COMPUTE.row(compute.clone())),
            implied.map(|implied| row::COMPUTE_6ND.row(implied)),
        ];
        self.figures.extend(figures.into_iter().flatten());
        let mut derived = self.figures.iter().filter(|row| row.is_derived());
        let operations = derived.any(|row| row.field != row::TOKENS_PER_PARAM);
        let operations = operations.then(|| Ok(physics::OPERATIONS.into()));
        self.assumptions
            .extend(ratio.map(|ratio| row::TOKENS_PER_PARAM.row(ratio)));
        self.assumptions
            .extend(operations.map(|flop| row::OPERATIONS.row(flop)));
        Ok(compute)
    }

    /// Fails if figures contradict each other or if a bound is not a number: the product of two
    /// quantities may overflow.
    fn check(&self) -> Result<(), String> {
        if let Some(active) = self.figure(row::ACTIVE_PARAMS)
            && let Some(params) = self.figure(row::PARAMS)
            && active > params
        {
            let [active, params] = [active, params].map(|params| Unit::Count.human(params));
            return Err(format!(
                "{active} active parameters are more than all {params}"
            ));
        }
        let is_wild = |row: &&EstimateRow| {
            let known = row.value.as_ref();
            known.is_ok_and(|known| !known.value.is_figure())
        };
        match self.figures.iter().chain(&self.assumptions).find(is_wild) {
            Some(EstimateRow { field, .. }) => {
                let key = field.key;
                Err(format!("`{key}` is out of range with these quantities"))
            }
            None => Ok(()),
        }
    }
}

/// The model with the sizes that are given, and without what is stated of other sizes.
fn sized<'m>(model: Option<&Model<'m>>, input: &RunInput) -> Model<'m> {
    let sizes = [input.params, input.active_params, input.tokens];
    let [params, active_params, tokens] = sizes.map(|size| size.map(Figure));
    let stated = model.cloned().unwrap_or_default();
    Model {
        params: params.or(stated.params),
        active_params: active_params.or(stated.active_params.filter(|_| params.is_none())),
        tokens: tokens.or(stated.tokens),
        epochs: stated.epochs.filter(|_| tokens.is_none()),
        compute_flop: stated.compute_flop.filter(|_| sizes == [None; 3]),
        withheld: tokens.map_or(stated.withheld, |_| Keys::default()),
        ..stated
    }
}

/// Derives parameters and tokens that are not given; returns tokens per parameter if they are
/// given or assumed.
fn solve(
    input: &RunInput,
    params: &mut Estimated,
    tokens: &mut Estimated,
    compute: Option<&Estimated>,
) -> Result<Option<Estimated>, String> {
    if input.active_params.is_some() && params.is_err() {
        return Err("`--active-params` needs `--params`, all parameters".to_owned());
    }
    let known = usize::from(params.is_ok()) + usize::from(tokens.is_ok());
    let known = known + usize::from(compute.is_some());
    if known > 1 && input.tokens_per_param.is_some() {
        return Err(
            "`--tokens-per-param` conflicts with the other flags: two of parameters, tokens and \
             compute determine it"
                .to_owned(),
        );
    }
    let ratio = given_or(input.tokens_per_param, physics::TOKENS_PER_PARAM);
    match (params.is_ok(), tokens.is_ok(), compute) {
        (true, true, _) => {}
        (true, false, Some(compute)) => {
            let active = input.active_params.map_or_else(|| params.clone(), given);
            let formula = "compute ÷ (6 × parameters)";
            *tokens = derive!(formula, physics::other_factor, compute, active);
        }
        (true, false, None) => {
            *tokens = derive!("parameters × tokens per parameter", Mul::mul, params, ratio);
        }
        (false, true, Some(compute)) => {
            let formula = "compute ÷ (6 × tokens)";
            *params = derive!(formula, physics::other_factor, compute, tokens);
        }
        (false, true, None) => {
            *params = derive!("tokens ÷ tokens per parameter", Div::div, tokens, ratio);
        }
        (false, false, Some(compute)) => {
            let formula = "√(compute ÷ (6 × tokens per parameter))";
            *params = derive!(formula, physics::best_params, compute, ratio);
            let formula = "√(compute × tokens per parameter ÷ 6)";
            *tokens = derive!(formula, physics::best_tokens, compute, ratio);
        }
        (false, false, None) => {
            let flags = "`--params` and `--tokens`, `--compute` or `--budget`";
            return Err(format!(
                "nothing to estimate: name a model, or give {flags}"
            ));
        }
    }
    Ok((known == 1).then_some(ratio))
}

/// The flags that give what the compute follows from.
fn missing_flags(model: &Model<'_>) -> String {
    let params = match (model.params, model.active_params) {
        (_, Some(_)) => None,
        (Some(_), None) => derived::is_mixture(model).then_some("`--active-params`"),
        (None, None) => Some("`--params`"),
    };
    let needs_tokens = model.tokens.is_none() || model.withheld.has(Key::epochs);
    let tokens = needs_tokens.then_some("`--tokens`");
    let flags = params.into_iter().chain(tokens);
    flags.collect::<Vec<_>>().join(" with ")
}

/// Chips of one kind, with what is given, stated or assumed of them.
struct HardwarePlan {
    count: Option<Estimated>,
    budget: Option<Estimated>,
    /// Per hour of one chip.
    price: Estimated,
    peak: Estimated,
    power: Estimated,
    utilization: Estimated,
    pue: Estimated,
}

impl HardwarePlan {
    fn new(chip: &Chip<'_>, input: &RunInput) -> HardwarePlan {
        let of_chip =
            |value: f64, source: &str| EstimatedValue::new(value, Origin::Chip(source.to_owned()));
        let source = chip.source.as_deref().unwrap_or_default();
        let price = || {
            let price = chip.price(None)?;
            Ok(of_chip(price.per_chip(), &price_source(price)))
        };
        let price = input.price.map_or_else(price, given);
        HardwarePlan {
            count: input.count.map(given),
            budget: input.budget.map(given),
            price: price.map_err(|reason: String| format!("{reason} (set `--price`)")),
            peak: chip.peak().map(|flops| of_chip(flops, source)),
            power: chip.power().map(|watts| of_chip(watts, source)),
            utilization: given_or(input.utilization, physics::UTILIZATION),
            pue: given_or(input.pue, physics::PUE),
        }
    }

    fn hours_bought(&self) -> Option<Estimated> {
        let usd = self.budget.as_ref()?;
        Some(derive!(
            "cost ÷ price",
            physics::chip_hours_bought,
            usd,
            self.price
        ))
    }

    /// The compute that the budget buys, if there is one.
    fn compute_bought(&self) -> Option<Estimated> {
        let hours = self.hours_bought()?;
        let formula = "chip-hours × 3600 × peak × utilization";
        Some(derive!(
            formula,
            physics::flop_done,
            hours,
            self.peak,
            self.utilization
        ))
    }

    /// Adds hours, cost and energy of a run of this compute, and what they depend on.
    fn add_to(self, run: &mut TrainingRun, compute: &Estimated) {
        let bought = self.hours_bought();
        let HardwarePlan {
            price,
            peak,
            power,
            utilization,
            pue,
            ..
        } = self;
        let hours = bought.unwrap_or_else(|| {
            let formula = "compute ÷ (3600 × peak × utilization)";
            derive!(
                formula,
                physics::chip_hours_needed,
                compute,
                peak,
                utilization
            )
        });
        let days =
            |count: &Estimated| derive!("chip-hours ÷ (chips × 24)", physics::days, hours, count);
        let days = self.count.as_ref().map(days);
        let cost = || derive!("chip-hours × price", physics::cost, hours, price);
        let cost = self.budget.unwrap_or_else(cost);
        let formula = "chip-hours × watts × draw × PUE ÷ 1e6";
        let energy = derive!(formula, physics::energy_mwh, hours, power, pue);
        let assumptions = &mut run.assumptions;
        assumptions.push(row::UTILIZATION.row(utilization));
        assumptions.push(row::PEAK.row(peak));
        assumptions.extend(self.count.map(|count| row::COUNT.row(count)));
        if cost.is_ok() {
            assumptions.push(row::PRICE.row(price));
        }
        if energy.is_ok() {
            assumptions.push(row::POWER.row(power));
            assumptions.push(row::DRAW.row(Ok(physics::DRAW.into())));
            assumptions.push(row::PUE.row(pue));
        }
        run.figures.push(row::CHIP_HOURS.row(hours));
        run.figures.extend(days.map(|days| row::DAYS.row(days)));
        run.figures.push(row::COST.row(cost));
        run.figures.push(row::ENERGY.row(energy));
    }
}

/// The unit, the date and the source of the catalog's price.
fn price_source(ChipPrice { price, chips }: ChipPrice<'_>) -> String {
    let usd = Unit::Usd.human(price.usd_per_hour.0);
    let unit = match price.unit() {
        ChipUnit::Device => format!("{usd} for a device of {} chips", exact(chips)),
        ChipUnit::Core => format!("{usd} for a core, {} per chip", exact(chips.recip())),
        ChipUnit::Chip => String::new(),
    };
    let date = price.date.map(|date| format!("in {}", date.words()));
    let detail = joined(" ", [&unit, &date.unwrap_or_default()]);
    joined("; ", [&detail, price.source.as_deref().unwrap_or_default()])
}
