//! Hardware: chips, what they can do and cost, and what a model was trained on.

use crate::model::Text;
use crate::model::column::{Column, Record};
use crate::model::fields::fields;
use crate::model::figure::Figure;
use crate::model::known::{self, Known};
use crate::model::name::{NormalizedName, did_you_mean};
use crate::model::object::object;
use crate::model::reference::{LIST, Listed, reference};
use crate::model::unit::Unit;
use crate::model::value::{Kind, Value};
use serde::{Deserialize, Serialize};

object! {
    /// Chips that took part in the training.
    "hardware: a chip, a unit, a count, days, hours"
    Hardware {
        /// The chip's name, where stated.
        #[serde(default)]
        chip: Option<Text<'a>>,
        /// What `count` and `hours` count; missing where unknown.
        #[serde(default)]
        unit: Option<ChipUnit>,
        /// How many at once.
        #[serde(default)]
        count: Option<Figure>,
        /// Days from start to end.
        #[serde(default)]
        days: Option<Figure>,
        /// Hours of all units together.
        #[serde(default)]
        hours: Option<Figure>,
        /// The same run in other chips: not to be added to the others.
        #[serde(default)]
        equivalent: bool,
    }
}

/// What a count of hardware counts: a device may hold several chips, a chip several cores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "see their names")]
pub enum ChipUnit {
    Chip,
    Device,
    Core,
}

impl Known<'_> for ChipUnit {}

impl ChipUnit {
    /// The word for it, as in the catalog.
    pub fn word(self) -> &'static str {
        match self {
            ChipUnit::Chip => "chip",
            ChipUnit::Device => "device",
            ChipUnit::Core => "core",
        }
    }
}

impl Hardware<'_> {
    /// The entry of its chip in a table.
    pub(crate) fn find_chip<'c>(&self, chips: &'c [Chip<'c>]) -> Result<&'c Chip<'c>, String> {
        let name = self.chip.as_deref().ok_or("the chip is not named")?;
        find(name, chips).ok_or_else(|| format!("the catalog knows no chip `{name}`"))
    }

    /// How many chips each of its units is.
    pub(crate) fn chips_per_unit(&self, chips: &[Chip<'_>]) -> Result<f64, String> {
        match self.unit {
            None => Err("the list does not say whether chips, devices or cores are counted".into()),
            Some(ChipUnit::Chip) => Ok(1.0),
            Some(unit) => self.find_chip(chips)?.chips_per(unit),
        }
    }

    /// The hardware in words, its numbers written by `number`.
    pub fn words(&self, number: fn(f64) -> String) -> String {
        let chip = self.chip.as_deref().unwrap_or("unnamed chip");
        let count = self.count.map(|count| format!("{} × ", number(count.0)));
        let days = self.days.map(|days| format!(", {} days", number(days.0)));
        let hours = self.hours.map(|hours| match self.unit {
            Some(unit) => format!(", {} {}-hours", number(hours.0), unit.word()),
            None => format!(", {} hours of a unit not stated", number(hours.0)),
        });
        let equivalent = match self.equivalent {
            true => " (the same run in other chips)",
            false => "",
        };
        let [count, days, hours] = [count, days, hours].map(Option::unwrap_or_default);
        format!("{count}{chip}{days}{hours}{equivalent}")
    }
}

fields! { reference(Chip, "chip") {} []
    chip: Text<'a> = ("Chip", Kind::Word, "name of the chip").also(&["name"]).shown(0);
    #[serde(default, deserialize_with = "known::read")]
    aliases: Vec<Text<'a>> = ("Aliases", Kind::Tags,
        "other spellings, and kinds of it that the same figures hold for");
    chips_per_device: Option<Figure> = ("Chips/device", Kind::Number,
        "chips that a device holds");
    cores_per_chip: Option<Figure> = ("Cores/chip", Kind::Number, "cores that a chip holds");
    peak_flops: Option<Figure> = ("Peak (FLOP/s)", Kind::Quantity(Unit::Flop),
        "floating-point operations a second, at most").also(&["peak", "flops"]).shown(1);
    tdp_w: Option<Figure> = ("Power (W)", Kind::Number, "thermal design power, watts")
        .also(&["tdp", "power"]).shown(2);
    usd_per_hour: Option<Figure> = ("Price/hour", Kind::Quantity(Unit::Usd),
        "price of an hour, US dollars").also(&["price", "cost"]).shown(1);
    priced_per: Option<ChipUnit> = ("Priced per", Kind::Word,
        "what the price is for: device, chip or core").also(&["per"]).shown(2);
    price_year: Option<Figure> = ("Year", Kind::Number, "year of the price")
        .also(&["year"]).shown(3);
    price_source: Option<Text<'a>> = ("Price source", Kind::Address, "who states the price");
    source: Option<Text<'a>> = ("Source", Kind::Address, "who states the other figures");
}

/// A price of chips, in its own unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Price {
    /// What an hour of the unit costs, US dollars.
    pub usd_per_hour: f64,
    /// How many chips the unit is: 1, several in a device, a part of one in a core.
    pub chips: f64,
}

impl Price {
    /// The price of an hour of one chip, US dollars.
    pub(crate) fn per_chip(self) -> f64 {
        self.usd_per_hour / self.chips
    }
}

/// The chip of this name, else of this alias.
pub(crate) fn find<'c>(name: &str, chips: &'c [Chip<'c>]) -> Option<&'c Chip<'c>> {
    let wanted = NormalizedName::new(name);
    let named = chips.iter().find(|chip| wanted.is(&chip.chip));
    let is_alias = |chip: &&Chip<'_>| chip.aliases.iter().any(|alias| wanted.is(alias));
    named.or_else(|| chips.iter().find(is_alias))
}

/// Adds a chip of a later source, whose figures override those of a known one.
pub(crate) fn add<'c>(chips: &mut Vec<Chip<'c>>, later: Chip<'c>) {
    let name = NormalizedName::new(&later.chip);
    match chips.iter_mut().find(|chip| name.is(&chip.chip)) {
        Some(known) => known.update(later),
        None => chips.push(later),
    }
}

/// The chip of this name or alias; if there is none, a sentence that suggests others.
pub(crate) fn named<'c>(name: &str, chips: &'c [Chip<'c>]) -> Result<&'c Chip<'c>, String> {
    find(name, chips).ok_or_else(|| {
        let hint = match did_you_mean(name, chips.iter().map(|chip| &*chip.chip)) {
            hint if hint.is_empty() => "; `ahm chips` lists them".to_owned(),
            hint => hint,
        };
        format!("unknown chip `{name}`{hint}")
    })
}

impl<'a> Chip<'a> {
    /// Takes over the figures that a later source has of it; a price with its unit, year and source.
    fn update(&mut self, later: Chip<'a>) {
        if later.usd_per_hour.is_some() {
            self.usd_per_hour = later.usd_per_hour;
            self.priced_per = later.priced_per;
            self.price_year = later.price_year;
            self.price_source = later.price_source;
        }
        self.aliases.extend(later.aliases);
        self.chips_per_device = later.chips_per_device.or(self.chips_per_device);
        self.cores_per_chip = later.cores_per_chip.or(self.cores_per_chip);
        self.peak_flops = later.peak_flops.or(self.peak_flops);
        self.tdp_w = later.tdp_w.or(self.tdp_w);
        self.source = later.source.or(self.source.take());
    }

    /// How many chips a unit is: a device may hold several, a core is a part of one.
    fn chips_per(&self, unit: ChipUnit) -> Result<f64, String> {
        let name = &self.chip;
        let (count, parts) = match unit {
            ChipUnit::Chip => return Ok(1.0),
            ChipUnit::Device => (self.chips_per_device, format!("chips a {name} device")),
            ChipUnit::Core => (self.cores_per_chip, format!("cores a {name}")),
        };
        let count = count.ok_or_else(|| format!("how many {parts} holds is not known"))?;
        Ok(match unit {
            ChipUnit::Core => count.0.recip(),
            ChipUnit::Chip | ChipUnit::Device => count.0,
        })
    }

    /// FLOP/s, at most.
    pub(crate) fn peak(&self) -> Result<f64, String> {
        let peak = self.peak_flops.map(|peak| peak.0);
        peak.ok_or_else(|| format!("the peak of the {} is not known", self.chip))
    }

    /// Thermal design power in watts.
    pub(crate) fn power(&self) -> Result<f64, String> {
        let power = self.tdp_w.map(|power| power.0);
        power.ok_or_else(|| format!("the power of the {} is not known", self.chip))
    }

    /// The catalog's price: per chip, unless `priced_per` is set.
    pub(crate) fn price(&self) -> Result<Price, String> {
        let usd_per_hour = self.usd_per_hour.map(|usd| usd.0);
        Ok(Price {
            usd_per_hour: usd_per_hour.ok_or_else(|| format!("the {} has no price", self.chip))?,
            chips: self.chips_per(self.priced_per.unwrap_or(ChipUnit::Chip))?,
        })
    }
}

impl Listed for Chip<'_> {
    /// The list has names and prices of chips only.
    fn into_listed(self) -> Option<Self> {
        let stated = self
            .price_source
            .as_deref()
            .is_some_and(|s| s.starts_with(LIST));
        stated.then_some(Chip {
            chips_per_device: None,
            cores_per_chip: None,
            peak_flops: None,
            tdp_w: None,
            source: None,
            ..self
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_prices_its_chips_and_says_no_more() {
        let json = r#"{"chip":"A100","tdp_w":400,"usd_per_hour":1.1}"#;
        let mut chip: Chip<'_> = serde_json::from_str(json).expect("a chip");
        chip.price_source = Some(LIST.into());
        let listed = chip.clone().into_listed().expect("the list's");
        assert_eq!(
            (listed.usd_per_hour, listed.tdp_w),
            (Some(Figure(1.1)), None)
        );
        chip.price_source = Some("https://example.org/prices".into());
        assert!(chip.into_listed().is_none());
    }
}
