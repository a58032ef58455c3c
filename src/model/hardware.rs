//! Hardware: chips, what they can do and cost, and what a model was trained on.

use crate::model::Text;
use crate::model::column::{Column, Record};
use crate::model::column_type;
use crate::model::fields::fields;
use crate::model::figure::{Figure, exact};
use crate::model::json::compact;
use crate::model::json_type::{JsonField, JsonType, JsonTyped, ObjectType};
use crate::model::known::{self, Known};
use crate::model::month::Month;
use crate::model::name::{NormalizedName, did_you_mean};
use crate::model::object::object;
use crate::model::price::{self, ChipUnit, Price};
use crate::model::reference::{Listed, reference};
use crate::model::unit::Unit;
use crate::model::value::{Kind, Value};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

object! {
    /// Chips that took part in the training.
    "hardware: a chip, a unit, a count, days, hours"
    Hardware {
        /// The chip's name, where stated.
        chip: Option<Text<'a>> = default,
        /// What `count` and `hours` count; missing where unknown.
        unit: Option<ChipUnit> = default,
        /// How many at once.
        count: Option<Figure> = default,
        /// Days from start to end.
        days: Option<Figure> = default,
        /// Hours of all units together.
        hours: Option<Figure> = default,
        /// The same run in other chips: not to be added to the others.
        equivalent: bool = default,
    }
}

/// What each part of some hardware has, a part without it as `null`; missing where none has it.
pub(crate) fn parts<'m>(
    hardware: &'m [Hardware<'m>],
    read: impl Fn(&'m Hardware<'m>) -> Option<serde_json::Value>,
) -> Value<'m> {
    let parts: Vec<Option<serde_json::Value>> = hardware.iter().map(read).collect();
    if parts.iter().all(Option::is_none) {
        return Value::Missing;
    }
    let word = |part: &Option<serde_json::Value>| match part {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(number) => number.to_string(),
        None => String::new(),
    };
    let words: Vec<String> = parts.iter().map(word).collect();
    let list = parts.into_iter().map(Option::unwrap_or_default).collect();
    Value::Json(words.join("; "), serde_json::Value::Array(list))
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
    chip: Text<'a> = ("Chip", Kind::Word, "name of the chip").aliases(&["name"]).drop_order(0);
    maker: Option<Text<'a>> = ("Maker", Kind::Word, "who makes it").drop_order(6);
    released: Option<Month> = ("Released", Kind::Month, "month of the announcement or release");
    #[serde(default, deserialize_with = "known::read")]
    aliases: Vec<Text<'a>> = ("Aliases", Kind::Tags,
        "other spellings, and kinds of it that the same figures hold for");
    chips_per_device: Option<Figure> = ("Chips/device", Kind::Number,
        "chips that a device holds");
    cores_per_chip: Option<Figure> = ("Cores/chip", Kind::Number, "cores that a chip holds");
    peak_flops: Option<Figure> = ("Peak (FLOP/s)", Kind::Quantity(Unit::Flop),
        "floating-point operations a second, at most").aliases(&["peak", "flops"]).drop_order(1);
    tdp_w: Option<Figure> = ("Power (W)", Kind::Number, "thermal design power, watts")
        .aliases(&["tdp", "power"]).drop_order(2);
    memory_bytes: Option<Figure> = ("Memory", Kind::Quantity(Unit::Bytes), "bytes of its memory")
        .aliases(&["memory"]).drop_order(5);
    // A single price, as catalogs had it: none beside `prices`, and once it is one of them.
    usd_per_hour: Option<Figure>;
    priced_per: Option<ChipUnit>;
    price_year: Option<Figure>;
    price_source: Option<Text<'a>>;
    #[serde(default, deserialize_with = "known::read")]
    prices: Vec<Price<'a>>;
    prices = ("Prices", Kind::Compound, "every price: dollars an hour, per what, date, source", prices);
    usd_per_hour = ("Price/hour", Kind::Quantity(Unit::Usd), "newest price of an hour, US dollars",
        |chip| newest(chip, |price| Some(price.usd_per_hour).into()))
        .aliases(&["price", "cost"]).drop_order(1);
    priced_per = ("Priced per", Kind::Word, "what the newest price is for: device, chip or core",
        |chip| newest(chip, |price| price.per.into())).aliases(&["per"]).drop_order(2);
    price_date = ("Price date", Kind::Month, "month or year of the newest price",
        |chip| newest(chip, |price| {
            price.date.map_or(Value::Missing, |date| Value::Text(date.to_string().into()))
        })).aliases(&["date"]).drop_order(3);
    price_year = ("Year", Kind::Number, "year of the newest price",
        |chip| newest(chip, |price| price.date.map(|date| f64::from(date.first.year())).into()))
        .aliases(&["year"]);
    price_source = ("Price source", Kind::Address, "who states the newest price",
        |chip| newest(chip, |price| Value::from(&price.source))).drop_order(7);
    source: Option<Text<'a>> = ("Source", Kind::Address, "who states the other figures");
}

/// A price of a chip, and how many chips it is for: 1, several in a device, a part of one in a core.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ChipPrice<'c> {
    pub price: &'c Price<'c>,
    pub chips: f64,
}

impl ChipPrice<'_> {
    /// The price of an hour of one chip, US dollars.
    pub(crate) fn per_chip(self) -> f64 {
        self.price.usd_per_hour.0 / self.chips
    }
}

/// What there is of the newest price.
fn newest<'r>(chip: &'r Chip<'r>, read: fn(&'r Price<'r>) -> Value<'r>) -> Value<'r> {
    price::newest(&chip.prices).map_or(Value::Missing, read)
}

/// The prices in words, and as the catalog has them.
fn prices<'r>(chip: &'r Chip<'r>) -> Value<'r> {
    let words: Vec<String> = chip.prices.iter().map(Price::words).collect();
    let mut text = Vec::new();
    match serde_json::to_value(&chip.prices) {
        Ok(json) if !words.is_empty() && compact(&json, &mut text).is_ok() => {
            let text = String::from_utf8(text).unwrap_or_default();
            Value::shown(words.join("; "), Value::Json(text, json))
        }
        _ => Value::Missing,
    }
}

/// The chip of this name, else of this alias.
pub(crate) fn find<'c>(name: &str, chips: &'c [Chip<'c>]) -> Option<&'c Chip<'c>> {
    let wanted = NormalizedName::new(name);
    let named = chips.iter().find(|chip| wanted.is(&chip.chip));
    let is_alias = |chip: &&Chip<'_>| chip.aliases.iter().any(|alias| wanted.is(alias));
    named.or_else(|| chips.iter().find(is_alias))
}

/// The chips of several sources, each once.
#[derive(Debug, Default)]
pub(crate) struct KnownChips<'c> {
    pub list: Vec<Chip<'c>>,
    /// The index of each name.
    places: HashMap<NormalizedName, usize>,
}

impl<'c> KnownChips<'c> {
    /// Adds a chip of a later source, whose figures override those of a known one; of its prices those
    /// that count.
    pub(crate) fn add(&mut self, mut later: Chip<'c>, counts: impl Fn(&Price<'_>) -> bool) {
        later.gather_prices();
        later.prices.retain(counts);
        let place = self.places.entry(NormalizedName::new(&later.chip));
        match place {
            Entry::Occupied(place) => self.list[*place.get()].update(later),
            Entry::Vacant(place) => {
                place.insert(self.list.len());
                self.list.push(later);
            }
        }
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
    /// Makes the single price one of its prices.
    fn gather_prices(&mut self) {
        let year = self.price_year.take().map(|year| exact(year.0));
        let single = self.usd_per_hour.take().map(|usd_per_hour| Price {
            usd_per_hour,
            per: self.priced_per.take(),
            date: year.and_then(|year| year.parse().ok()),
            source: self.price_source.take(),
        });
        if self.prices.is_empty() {
            self.prices.extend(single);
        }
    }

    /// Takes over the figures that a later source has of it; of prices all or none.
    fn update(&mut self, later: Chip<'a>) {
        if !later.prices.is_empty() {
            self.prices = later.prices;
        }
        self.maker = later.maker.or(self.maker.take());
        self.released = later.released.or(self.released);
        self.aliases.extend(later.aliases);
        self.chips_per_device = later.chips_per_device.or(self.chips_per_device);
        self.cores_per_chip = later.cores_per_chip.or(self.cores_per_chip);
        self.peak_flops = later.peak_flops.or(self.peak_flops);
        self.tdp_w = later.tdp_w.or(self.tdp_w);
        self.memory_bytes = later.memory_bytes.or(self.memory_bytes);
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

    /// The price nearest to a month, or the newest.
    pub(crate) fn price(&self, month: Option<Month>) -> Result<ChipPrice<'_>, String> {
        let price = match month {
            Some(month) => price::nearest(&self.prices, month),
            None => price::newest(&self.prices),
        };
        let price = price.ok_or_else(|| format!("the {} has no price", self.chip))?;
        let chips = self.chips_per(price.unit())?;
        Ok(ChipPrice { price, chips })
    }
}

impl Listed for Chip<'_> {
    /// The list has names and prices of chips only, whose other prices do not count here.
    fn into_listed(self) -> Option<Self> {
        (!self.prices.is_empty()).then_some(Chip {
            maker: None,
            released: None,
            memory_bytes: None,
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
    use crate::model::reference::LIST;

    fn added(json: &[&'static str], counts: impl Fn(&Price<'_>) -> bool + Copy) -> Chip<'static> {
        let mut chips = KnownChips::default();
        for json in json {
            chips.add(serde_json::from_str(json).expect("a chip"), counts);
        }
        chips.list.pop().expect("a chip")
    }

    #[test]
    fn the_list_prices_its_chips_and_says_no_more() {
        let listed = format!(
            r#"{{"chip":"A100","tdp_w":400,"prices":[
            {{"usd_per_hour":1.1,"source":"{LIST}"}},{{"usd_per_hour":2}}]}}"#
        );
        let listed = added(&[listed.leak()], |price| price.is_listed());
        let listed = listed.into_listed().expect("the list's");
        assert_eq!(listed.tdp_w, None);
        let usd = listed.prices.iter().map(|price| price.usd_per_hour.0);
        assert_eq!(usd.collect::<Vec<_>>(), [1.1]);
        let other = added(&[r#"{"chip":"A100","usd_per_hour":1.1}"#], |price| {
            price.is_listed()
        });
        assert!(other.into_listed().is_none());
    }

    #[test]
    fn a_single_price_is_one_of_them_and_later_prices_replace_earlier_ones() {
        let first = r#"{"chip":"A100","prices":[{"usd_per_hour":3,"date":"2021-06"}]}"#;
        let single = r#"{"chip":"a100","chips_per_device":8,"usd_per_hour":16,
            "priced_per":"device","price_year":2026,"price_source":"https://example.org"}"#;
        let chip = added(&[first, single], |_| true);
        let words = "$16 an hour per device in 2026 (https://example.org)";
        assert_eq!(
            chip.prices.iter().map(Price::words).collect::<Vec<_>>(),
            [words]
        );
        assert_eq!(chip.price(None).map(ChipPrice::per_chip), Ok(2.0));
        let both = r#"{"chip":"A100","usd_per_hour":9,"prices":[{"usd_per_hour":3}]}"#;
        let chip = added(&[both], |_| true);
        assert_eq!(chip.price(None).map(ChipPrice::per_chip), Ok(3.0));
    }
}
