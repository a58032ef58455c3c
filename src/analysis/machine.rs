//! The machine of a run: chips, how well they are used, and what an hour of them takes.

use crate::analysis::run::{self, Basis, Known, Line};
use crate::model::chip::Chip;
use crate::model::figure::exact;
use crate::model::hardware::ChipUnit;
use crate::model::physics::{self, Interval, Price};
use crate::model::quantity::Unit;

/// Chips of one kind, and what is given or assumed of them.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    /// The chip's name.
    pub chip: String,
    /// How many run at once, where given.
    pub count: Option<f64>,
    price: Result<(Price, Basis), String>,
    peak: Result<Known, String>,
    power: Result<Known, String>,
    utilization: Known,
    pue: Known,
}

/// What is given of a machine.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Given {
    /// How many chips run at once.
    pub count: Option<f64>,
    /// Share of the peak.
    pub utilization: Option<f64>,
    /// Price of an hour of one chip, US dollars.
    pub price: Option<f64>,
    /// Power usage effectiveness.
    pub pue: Option<f64>,
}

impl Machine {
    /// Chips of this kind, with what is given of them and the catalog's figures for the rest.
    pub(crate) fn of(chip: &Chip<'_>, given: Given) -> Machine {
        let source = chip.source.as_deref().unwrap_or_default();
        let stated = |value: f64| Known {
            value: Interval::exactly(value),
            basis: Basis::Chip {
                detail: String::new(),
                source: source.to_owned(),
            },
        };
        let name = &chip.chip;
        let price = match given.price {
            Some(usd) => Ok((Price::of_chip(usd), Basis::Given)),
            None => chip.price().map(|price| (price, priced(chip, price))),
        };
        Machine {
            chip: name.to_string(),
            count: given.count,
            price: price.map_err(|reason| format!("{reason}; `--price` gives one")),
            peak: chip
                .peak_flops
                .map(|peak| stated(peak.0))
                .ok_or_else(|| format!("the peak of the {name} is not known")),
            power: chip
                .tdp_w
                .map(|power| stated(power.0))
                .ok_or_else(|| format!("the power of the {name} is not known")),
            utilization: Known::given_or(given.utilization, physics::UTILIZATION),
            pue: Known::given_or(given.pue, physics::PUE),
        }
    }

    /// The compute that so much money buys.
    ///
    /// # Errors
    /// When the chip's price or peak is not known.
    pub(crate) fn bought(&self, usd: f64) -> Result<Known, String> {
        let hours = self.hours_bought(usd)?.value;
        let peak = self.peak.clone()?.value.mid;
        Ok(Known::derived(
            physics::flop_done(hours, peak, self.utilization.value),
            "chip-hours × 3600 × peak × utilization",
        ))
    }

    /// The figures of a run of so much compute.
    pub(crate) fn figures(&self, compute: &Known) -> Vec<Line> {
        let hours = self.peak.clone().map(|peak| {
            let utilization = self.utilization.value;
            let hours = physics::chip_hours_needed(compute.value, peak.value.mid, utilization);
            Known::derived(hours, "compute ÷ (3600 × peak × utilization)")
        });
        let cost = hours.clone().and_then(|hours| {
            let (price, _) = self.price.clone()?;
            let cost = physics::cost(hours.value, price);
            Ok(Known::derived(cost, "chip-hours × price"))
        });
        self.of_hours(hours, cost)
    }

    /// The figures of a run that costs so much.
    pub(crate) fn figures_bought(&self, usd: f64) -> Vec<Line> {
        self.of_hours(self.hours_bought(usd), Ok(Known::given(usd)))
    }

    /// What the figures rest on; `figures` are those of this machine.
    pub(crate) fn assumptions(&self, figures: &[Line]) -> Vec<Line> {
        let told = |item| {
            let mut lines = figures.iter().filter(|line| line.item == item);
            lines.any(|line| line.known.is_ok())
        };
        let mut lines = vec![
            run::UTILIZATION.line(Ok(self.utilization.clone())),
            run::PEAK.line(self.peak.clone()),
        ];
        if let Some(count) = self.count {
            lines.push(run::COUNT.line(Ok(Known::given(count))));
        }
        if told(run::COST) {
            let price = self.price.clone().map(|(price, basis)| Known {
                value: Interval::exactly(price.usd_per_hour / price.chips),
                basis,
            });
            lines.push(run::PRICE.line(price));
        }
        if told(run::ENERGY) {
            let draw = Known::from(physics::DRAW);
            lines.push(run::POWER.line(self.power.clone()));
            lines.push(run::DRAW.line(Ok(draw)));
            lines.push(run::PUE.line(Ok(self.pue.clone())));
        }
        lines
    }

    fn hours_bought(&self, usd: f64) -> Result<Known, String> {
        let (price, _) = self.price.clone()?;
        let hours = Interval::exactly(physics::chip_hours_bought(usd, price));
        Ok(Known::derived(hours, "cost ÷ price"))
    }

    fn of_hours(&self, hours: Result<Known, String>, cost: Result<Known, String>) -> Vec<Line> {
        let energy = hours.clone().and_then(|hours| {
            let power = self.power.clone()?.value.mid;
            let energy = physics::energy_mwh(hours.value, power, self.pue.value);
            let formula = "chip-hours × watts × draw × PUE ÷ 1e6";
            Ok(Known::derived(energy, formula))
        });
        let mut lines = vec![run::CHIP_HOURS.line(hours.clone())];
        if let Some(count) = self.count {
            let days = hours.map(|hours| {
                let days = physics::days(hours.value, count);
                Known::derived(days, "chip-hours ÷ (chips × 24)")
            });
            lines.push(run::DAYS.line(days));
        }
        lines.push(run::COST.line(cost));
        lines.push(run::ENERGY.line(energy));
        lines
    }
}

/// What the catalog's price of a chip-hour rests on: the price's own unit, its year and source.
fn priced(chip: &Chip<'_>, price: Price) -> Basis {
    let usd = Unit::Usd.human(price.usd_per_hour);
    let unit = match chip.priced_per {
        Some(ChipUnit::Device) => {
            let chips = exact(price.chips);
            Some(format!("{usd} for a device of {chips} chips"))
        }
        Some(ChipUnit::Core) => {
            let cores = exact(price.chips.recip());
            Some(format!("{usd} for a core, {cores} a chip"))
        }
        Some(ChipUnit::Chip) | None => None,
    };
    let year = chip.price_year.map(|year| format!("in {}", exact(year.0)));
    let detail: Vec<String> = unit.into_iter().chain(year).collect();
    Basis::Chip {
        detail: detail.join(" "),
        source: chip.price_source.as_deref().unwrap_or_default().to_owned(),
    }
}
