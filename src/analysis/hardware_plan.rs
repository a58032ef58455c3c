//! The hardware of a planned run: chips, their utilization, and what their hours cost and consume.

use crate::analysis::run::{self, EstimateRow, EstimatedValue};
use crate::model::figure::exact;
use crate::model::hardware::Chip;
use crate::model::hardware::ChipUnit;
use crate::model::physics::{self, Price};
use crate::model::unit::Unit;

/// What is given of the hardware.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct HardwareInput {
    /// Chips that run at once.
    pub count: Option<f64>,
    /// Share of the peak.
    pub utilization: Option<f64>,
    /// US dollars per hour of one chip.
    pub price: Option<f64>,
    /// Power usage effectiveness.
    pub pue: Option<f64>,
    /// US dollars for all chip-hours.
    pub budget: Option<f64>,
}

/// Chips of one kind, with what is given, stated or assumed of them.
#[derive(Debug, Clone)]
pub(crate) struct HardwarePlan {
    pub chip: String,
    pub count: Option<f64>,
    budget: Option<f64>,
    /// The price in its own unit, and US dollars per hour of one chip.
    price: Result<(Price, EstimatedValue), String>,
    /// FLOP/s of one chip.
    peak: Result<EstimatedValue, String>,
    /// Watts of one chip.
    power: Result<EstimatedValue, String>,
    utilization: EstimatedValue,
    pue: EstimatedValue,
}

impl HardwarePlan {
    pub(crate) fn new(chip: &Chip<'_>, input: HardwareInput) -> HardwarePlan {
        let name = &chip.chip;
        let source = chip.source.as_deref().unwrap_or_default();
        let stated = |value: f64| EstimatedValue::of_chip(value, name, source.to_owned());
        let price = match input.price {
            Some(usd) => Ok((Price::of_chip(usd), EstimatedValue::given(usd))),
            None => chip.price().map(|price| {
                let usd = price.usd_per_hour / price.chips;
                let source = price_source(chip, price);
                (price, EstimatedValue::of_chip(usd, name, source))
            }),
        };
        let peak = chip.peak_flops.map(|peak| stated(peak.0));
        let power = chip.tdp_w.map(|power| stated(power.0));
        HardwarePlan {
            chip: name.to_string(),
            count: input.count,
            budget: input.budget,
            price: price.map_err(|reason| format!("{reason} (set `--price`)")),
            peak: peak.ok_or_else(|| format!("the peak of the {name} is not known")),
            power: power.ok_or_else(|| format!("the power of the {name} is not known")),
            utilization: EstimatedValue::given_or(input.utilization, physics::UTILIZATION),
            pue: EstimatedValue::given_or(input.pue, physics::PUE),
        }
    }

    /// The compute that the budget buys, if there is one.
    pub(crate) fn compute(&self) -> Result<Option<EstimatedValue>, String> {
        let Some(usd) = self.budget else {
            return Ok(None);
        };
        let (hours, peak) = (self.hours_bought(usd)?.value, self.peak.clone()?.value.mid);
        Ok(Some(EstimatedValue::derived(
            physics::flop_done(hours, peak, self.utilization.value),
            "chip-hours × 3600 × peak × utilization",
        )))
    }

    /// Hours, cost and energy of a run of this compute.
    pub(crate) fn figures(&self, compute: &EstimatedValue) -> Vec<EstimateRow> {
        let hours = match self.budget {
            Some(usd) => self.hours_bought(usd),
            None => self.hours_needed(compute),
        };
        let days = self.count.map(|count| {
            let days = |hours: EstimatedValue| physics::days(hours.value, count);
            let days = hours.clone().map(days);
            days.map(|days| EstimatedValue::derived(days, "chip-hours ÷ (chips × 24)"))
        });
        let cost = hours.clone().and_then(|hours| match self.budget {
            Some(usd) => Ok(EstimatedValue::given(usd)),
            None => {
                let (price, _) = self.price.clone()?;
                let cost = physics::cost(hours.value, price);
                Ok(EstimatedValue::derived(cost, "chip-hours × price"))
            }
        });
        let energy = hours.clone().and_then(|hours| {
            let power = self.power.clone()?.value.mid;
            let energy = physics::energy_mwh(hours.value, power, self.pue.value);
            let formula = "chip-hours × watts × draw × PUE ÷ 1e6";
            Ok(EstimatedValue::derived(energy, formula))
        });
        let rows = [
            Some(run::CHIP_HOURS.row(hours)),
            days.map(|days| run::DAYS.row(days)),
            Some(run::COST.row(cost)),
            Some(run::ENERGY.row(energy)),
        ];
        rows.into_iter().flatten().collect()
    }

    /// What these figures depend on.
    pub(crate) fn assumptions(&self, figures: &[EstimateRow]) -> Vec<EstimateRow> {
        let is_known = |field| {
            let mut rows = figures.iter().filter(|row| row.field == field);
            rows.any(|row| row.value.is_ok())
        };
        let mut rows = vec![
            run::UTILIZATION.row(Ok(self.utilization.clone())),
            run::PEAK.row(self.peak.clone()),
        ];
        let count = self.count.map(EstimatedValue::given);
        rows.extend(count.map(|count| run::COUNT.row(Ok(count))));
        if is_known(run::COST) {
            rows.push(run::PRICE.row(self.price.clone().map(|(_, usd)| usd)));
        }
        if is_known(run::ENERGY) {
            rows.extend([
                run::POWER.row(self.power.clone()),
                run::DRAW.row(Ok(physics::DRAW.into())),
                run::PUE.row(Ok(self.pue.clone())),
            ]);
        }
        rows
    }

    fn hours_bought(&self, usd: f64) -> Result<EstimatedValue, String> {
        let (price, _) = self.price.clone()?;
        let hours = physics::Interval::exactly(physics::chip_hours_bought(usd, price));
        Ok(EstimatedValue::derived(hours, "cost ÷ price"))
    }

    fn hours_needed(&self, compute: &EstimatedValue) -> Result<EstimatedValue, String> {
        let (peak, utilization) = (self.peak.clone()?.value.mid, self.utilization.value);
        let hours = physics::chip_hours_needed(compute.value, peak, utilization);
        let formula = "compute ÷ (3600 × peak × utilization)";
        Ok(EstimatedValue::derived(hours, formula))
    }
}

/// The unit, the year and the source of the catalog's price.
fn price_source(chip: &Chip<'_>, price: Price) -> String {
    let usd = Unit::Usd.human(price.usd_per_hour);
    let unit = match chip.priced_per {
        Some(ChipUnit::Device) => {
            format!("{usd} for a device of {} chips", exact(price.chips))
        }
        Some(ChipUnit::Core) => {
            format!("{usd} for a core, {} per chip", exact(price.chips.recip()))
        }
        Some(ChipUnit::Chip) | None => String::new(),
    };
    let year = chip.price_year.map(|year| format!("in {}", exact(year.0)));
    let detail = format!("{unit} {}", year.unwrap_or_default());
    let source = chip.price_source.as_deref().unwrap_or_default();
    let parts = [detail.trim(), source]
        .into_iter()
        .filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("; ")
}
