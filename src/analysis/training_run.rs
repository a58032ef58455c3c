//! A planned training run: what is given of it, and what follows.

use crate::analysis::estimate_row::{self as row, EstimateRow, Estimated, EstimatedValue, joined};
use crate::model::Keys;
use crate::model::derived::{self, DerivedField, Input, Origin};
use crate::model::figure::{Figure, exact};
use crate::model::hardware::{Chip, ChipUnit};
use crate::model::physics::{self, Interval, Price};
use crate::model::unit::Unit;
use crate::model::{Key, Model};

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
#[derive(Debug, Clone)]
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
        let hardware = chip.map(|chip| HardwarePlan::new(chip, input));
        let bought = hardware.as_ref().map(HardwarePlan::compute_bought);
        let compute = bought.transpose()?.flatten();
        let compute = compute.or_else(|| input.compute.map(EstimatedValue::given));
        let (size, compute) = match model {
            Some(model) => size_of(model, input, compute)?,
            None => solve(input, compute)?,
        };
        // A ratio that is given or assumed is no result.
        let is_assumed = |row: &EstimateRow| {
            row.field == row::TOKENS_PER_PARAM && row.value.is_ok() && !row.is_derived()
        };
        let (mut assumptions, mut figures): (Vec<_>, Vec<_>) =
            size.into_iter().partition(is_assumed);
        let mut derived = figures.iter().filter(|row| row.is_derived());
        if derived.any(|row| row.field != row::TOKENS_PER_PARAM) {
            assumptions.push(row::OPERATIONS.row(Ok(physics::OPERATIONS.into())));
        }
        if let Some(hardware) = hardware {
            hardware.estimate(compute, &mut figures, &mut assumptions);
        }
        let mut run = TrainingRun {
            figures,
            assumptions,
        };
        let params = run.figures[0].value.clone();
        run.figures.push(row::WEIGHTS.row(params.map(|params| {
            let bytes = physics::weights_bytes(params.value);
            EstimatedValue::derived(bytes, "2 bytes × parameters")
        })));
        run.check()?;
        Ok(run)
    }

    /// The likeliest value of a figure, if it is known.
    pub(crate) fn figure(&self, field: row::Field) -> Option<f64> {
        let row = self.figures.iter().find(|row| row.field == field)?;
        Some(row.value.as_ref().ok()?.value.mid)
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
        for row in self.figures.iter().chain(&self.assumptions) {
            if row
                .value
                .as_ref()
                .is_ok_and(|known| !known.value.is_figure())
            {
                let key = row.field.key;
                return Err(format!("`{key}` is out of range with these quantities"));
            }
        }
        Ok(())
    }
}

/// Parameters, tokens and compute as rows, the parameters first, and the compute of the run.
type Size = (Vec<EstimateRow>, Interval);

/// Solves for what is not given of parameters, tokens and compute.
fn solve(input: &RunInput, compute: Option<EstimatedValue>) -> Result<Size, String> {
    let (given, derived) = (EstimatedValue::given, EstimatedValue::derived);
    let active_params = input.active_params;
    if active_params.is_some() && input.params.is_none() {
        return Err("`--active-params` needs `--params`, all parameters".to_owned());
    }
    let known = [
        input.params.is_some(),
        input.tokens.is_some(),
        compute.is_some(),
    ];
    let known = known.into_iter().filter(|is_known| *is_known).count();
    if known > 1 && input.tokens_per_param.is_some() {
        return Err(
            "`--tokens-per-param` conflicts with the other flags: two of parameters, tokens and \
             compute determine it"
                .to_owned(),
        );
    }
    let ratio = EstimatedValue::given_or(input.tokens_per_param, physics::TOKENS_PER_PARAM);
    let flop = compute.as_ref().map(|compute| compute.value);
    let (params, tokens) = match (input.params, input.tokens, flop) {
        (Some(params), Some(tokens), _) => (given(params), given(tokens)),
        (Some(params), None, Some(flop)) => {
            let tokens = physics::other_factor(flop, active_params.unwrap_or(params));
            (given(params), derived(tokens, "compute ÷ (6 × parameters)"))
        }
        (Some(params), None, None) => {
            let formula = "parameters × tokens per parameter";
            (given(params), derived(ratio.value * params, formula))
        }
        (None, Some(tokens), Some(flop)) => {
            let params = physics::other_factor(flop, tokens);
            (derived(params, "compute ÷ (6 × tokens)"), given(tokens))
        }
        (None, Some(tokens), None) => {
            let params = Interval::from(tokens) / ratio.value;
            (
                derived(params, "tokens ÷ tokens per parameter"),
                given(tokens),
            )
        }
        (None, None, Some(flop)) => {
            let params = physics::best_params(flop, ratio.value);
            let tokens = physics::best_tokens(flop, ratio.value);
            (
                derived(params, "√(compute ÷ (6 × tokens per parameter))"),
                derived(tokens, "√(compute × tokens per parameter ÷ 6)"),
            )
        }
        (None, None, None) => {
            return Err(
                "nothing to estimate: name a model, or give `--params` and `--tokens`, \
                        `--compute` or `--budget`"
                    .to_owned(),
            );
        }
    };
    let active = active_params.map_or(params.value, Interval::from);
    let implied = physics::training_flop(active, tokens.value);
    let implied = derived(implied, "6 × parameters × tokens");
    let ratio = match known {
        1 => ratio,
        _ => derived(
            physics::tokens_per_param(tokens.value, params.value),
            "tokens ÷ parameters",
        ),
    };
    let compute_6nd = (known == 3).then(|| Ok(implied.clone()));
    let compute = compute.unwrap_or(implied);
    let flop = compute.value;
    let rows = [
        Some(row::PARAMS.row(Ok(params))),
        active_params.map(|active| row::ACTIVE_PARAMS.row(Ok(given(active)))),
        Some(row::TOKENS.row(Ok(tokens))),
        Some(row::TOKENS_PER_PARAM.row(Ok(ratio))),
        Some(row::COMPUTE.row(Ok(compute))),
        compute_6nd.map(|implied| row::COMPUTE_6ND.row(implied)),
    ];
    Ok((rows.into_iter().flatten().collect(), flop))
}

/// The size of a model's run: what is given, else what the catalog states.
fn size_of(
    model: &Model<'_>,
    input: &RunInput,
    compute: Option<EstimatedValue>,
) -> Result<Size, String> {
    let mut sized = model.clone();
    let given = [input.params, input.active_params, input.tokens];
    let [params, active_params, tokens] = given.map(|given| given.map(Figure));
    if params.is_some() {
        // Stated active parameters are a share of the stated parameters.
        sized.active_params = None;
    }
    if tokens.is_some() {
        sized.epochs = None;
        sized.withheld = Keys::default();
    }
    sized.params = params.or(sized.params);
    sized.active_params = active_params.or(sized.active_params);
    sized.tokens = tokens.or(sized.tokens);
    // The stated compute is that of the stated size.
    let stated = model.compute_flop.filter(|_| given == [None; 3]);
    let of_model =
        |key: Key, figure: Figure| EstimatedValue::new(figure.0, Origin::Key(key.name()));
    let compute = compute.or_else(|| Some(of_model(Key::compute_flop, stated?)));
    let derive = |field: DerivedField| field.derive(&sized, &[]).map(EstimatedValue::from);
    let (compute, compute_6nd) = match (compute, derive(DerivedField::Compute)) {
        (Some(compute), implied) => (compute, Some(implied)),
        (None, Ok(implied)) => (implied, None),
        (None, Err(reason)) => {
            let (name, flags) = (&model.name, missing_flags(&sized));
            return Err(format!(
                "cannot estimate `{name}`: {reason}; give {flags} or `--compute`"
            ));
        }
    };
    let known = |given: Option<f64>, stated: Result<Input, String>| match given {
        Some(given) => Ok(EstimatedValue::given(given)),
        None => stated.map(|input| EstimatedValue::new(input.value, input.origin)),
    };
    let active_params = known(input.active_params, derived::active_params(&sized));
    let flop = compute.value;
    let rows = [
        Some(row::PARAMS.row(known(input.params, derived::params(&sized)))),
        sized
            .active_params
            .map(|_| row::ACTIVE_PARAMS.row(active_params)),
        Some(row::TOKENS.row(known(input.tokens, derived::tokens(&sized)))),
        sized
            .epochs
            .map(|epochs| row::EPOCHS.row(Ok(of_model(Key::epochs, epochs)))),
        Some(row::TOKENS_PER_PARAM.row(derive(DerivedField::TokensPerParam))),
        Some(row::COMPUTE.row(Ok(compute))),
        compute_6nd.map(|implied| row::COMPUTE_6ND.row(implied)),
    ];
    Ok((rows.into_iter().flatten().collect(), flop))
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

/// Chips of one kind, with what is given, stated or assumed of them.
struct HardwarePlan<'a> {
    input: &'a RunInput,
    chip: &'a Chip<'a>,
    price: Result<Price, String>,
    utilization: EstimatedValue,
    pue: EstimatedValue,
}

impl<'a> HardwarePlan<'a> {
    fn new(chip: &'a Chip<'a>, input: &'a RunInput) -> HardwarePlan<'a> {
        let price = input.price.map(Price::of_chip);
        let price = price.map_or_else(|| chip.price(), Ok);
        HardwarePlan {
            input,
            chip,
            price: price.map_err(|reason| format!("{reason} (set `--price`)")),
            utilization: EstimatedValue::given_or(input.utilization, physics::UTILIZATION),
            pue: EstimatedValue::given_or(input.pue, physics::PUE),
        }
    }

    fn hours_bought(&self) -> Option<Estimated> {
        let usd = self.input.budget?;
        Some(self.price.clone().map(|price| {
            let hours = physics::chip_hours_bought(usd, price);
            EstimatedValue::derived(hours, "cost ÷ price")
        }))
    }

    /// The compute that the budget buys, if there is one.
    fn compute_bought(&self) -> Result<Option<EstimatedValue>, String> {
        let Some(hours) = self.hours_bought().transpose()? else {
            return Ok(None);
        };
        let flop = physics::flop_done(hours.value, self.chip.peak()?, self.utilization.value);
        let formula = "chip-hours × 3600 × peak × utilization";
        Ok(Some(EstimatedValue::derived(flop, formula)))
    }

    fn hours_needed(&self, flop: Interval) -> Estimated {
        let hours = physics::chip_hours_needed(flop, self.chip.peak()?, self.utilization.value);
        let formula = "compute ÷ (3600 × peak × utilization)";
        Ok(EstimatedValue::derived(hours, formula))
    }

    fn cost(&self, hours: Interval) -> Estimated {
        if let Some(usd) = self.input.budget {
            return Ok(EstimatedValue::given(usd));
        }
        let cost = physics::cost(hours, self.price.clone()?);
        Ok(EstimatedValue::derived(cost, "chip-hours × price"))
    }

    fn energy(&self, hours: Interval) -> Estimated {
        let energy = physics::energy_mwh(hours, self.chip.power()?, self.pue.value);
        let formula = "chip-hours × watts × draw × PUE ÷ 1e6";
        Ok(EstimatedValue::derived(energy, formula))
    }

    /// Adds hours, cost and energy of a run of this compute, and what they depend on.
    fn estimate(
        self,
        flop: Interval,
        figures: &mut Vec<EstimateRow>,
        assumptions: &mut Vec<EstimateRow>,
    ) {
        let hours = self.hours_bought();
        let hours = hours.unwrap_or_else(|| self.hours_needed(flop));
        let days = self.input.count.map(|count| {
            let days = |hours: EstimatedValue| physics::days(hours.value, count);
            let days = hours.clone().map(days);
            days.map(|days| EstimatedValue::derived(days, "chip-hours ÷ (chips × 24)"))
        });
        let cost = hours.clone().and_then(|hours| self.cost(hours.value));
        let energy = hours.clone().and_then(|hours| self.energy(hours.value));
        let stated = |value: f64| {
            let source = self.chip.source.as_deref().unwrap_or_default();
            EstimatedValue::new(value, Origin::Chip(source.to_owned()))
        };
        assumptions.push(row::UTILIZATION.row(Ok(self.utilization)));
        assumptions.push(row::PEAK.row(self.chip.peak().map(stated)));
        let count = self.input.count.map(EstimatedValue::given);
        assumptions.extend(count.map(|count| row::COUNT.row(Ok(count))));
        if let (Ok(_), Ok(price)) = (&cost, self.price) {
            assumptions.push(row::PRICE.row(Ok(match self.input.price {
                Some(usd) => EstimatedValue::given(usd),
                None => EstimatedValue::new(
                    price.usd_per_hour / price.chips,
                    Origin::Chip(price_source(self.chip, price)),
                ),
            })));
        }
        if energy.is_ok() {
            assumptions.extend([
                row::POWER.row(self.chip.power().map(stated)),
                row::DRAW.row(Ok(physics::DRAW.into())),
                row::PUE.row(Ok(self.pue)),
            ]);
        }
        figures.push(row::CHIP_HOURS.row(hours));
        figures.extend(days.map(|days| row::DAYS.row(days)));
        figures.extend([row::COST.row(cost), row::ENERGY.row(energy)]);
    }
}

/// The unit, the year and the source of the catalog's price.
fn price_source(chip: &Chip<'_>, price: Price) -> String {
    let usd = Unit::Usd.human(price.usd_per_hour);
    let unit = match chip.priced_per {
        Some(ChipUnit::Device) => format!("{usd} for a device of {} chips", exact(price.chips)),
        Some(ChipUnit::Core) => {
            format!("{usd} for a core, {} per chip", exact(price.chips.recip()))
        }
        Some(ChipUnit::Chip) | None => String::new(),
    };
    let year = chip.price_year.map(|year| format!("in {}", exact(year.0)));
    let detail = joined(" ", [&unit, &year.unwrap_or_default()]);
    joined(
        "; ",
        [&detail, chip.price_source.as_deref().unwrap_or_default()],
    )
}
