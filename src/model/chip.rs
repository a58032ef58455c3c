//! A chip: what training runs on, what it can do and what an hour of it costs.

use crate::model::column;
use crate::model::figure::Figure;
use crate::model::hardware::ChipUnit;
use crate::model::known;
use crate::model::name::{Folded, nearest, quoted};
use crate::model::physics::Price;
use crate::model::quantity::Unit;
use crate::model::record::Record;
use crate::model::record::{LIST, Listed};
use crate::model::text::Text;
use crate::model::value::{Kind, Value};
use serde::Deserialize;

/// One chip of the catalog. A value that is absent is unknown.
#[derive(Debug, Clone, Deserialize)]
pub struct Chip<'a> {
    /// The chip's name.
    #[serde(borrow)]
    pub chip: Text<'a>,
    /// Other spellings, and kinds of it that the same figures hold for.
    #[serde(borrow, default, deserialize_with = "known::read")]
    pub aliases: Vec<Text<'a>>,
    /// How many chips a device holds.
    pub chips_per_device: Option<Figure>,
    /// How many cores a chip holds.
    pub cores_per_chip: Option<Figure>,
    /// Floating-point operations a second, at most.
    pub peak_flops: Option<Figure>,
    /// Thermal design power, in watts.
    pub tdp_w: Option<Figure>,
    /// What an hour costs, US dollars.
    pub usd_per_hour: Option<Figure>,
    /// What the price is for: a device may hold several chips.
    pub priced_per: Option<ChipUnit>,
    /// The year of the price.
    pub price_year: Option<Figure>,
    /// Who states the price.
    #[serde(borrow)]
    pub price_source: Option<Text<'a>>,
    /// Who states the rest.
    #[serde(borrow)]
    pub source: Option<Text<'a>>,
}

/// The chip of this name, else of this alias.
pub(crate) fn find<'c>(name: &str, chips: &'c [Chip<'c>]) -> Option<&'c Chip<'c>> {
    let wanted = Folded::new(name);
    let named = chips.iter().find(|chip| wanted.is(&chip.chip));
    let is_alias = |chip: &&Chip<'_>| chip.aliases.iter().any(|alias| wanted.is(alias));
    named.or_else(|| chips.iter().find(is_alias))
}

/// Adds a chip of a later source: what it says of a known one overrides that one's figures.
pub(crate) fn add<'c>(chips: &mut Vec<Chip<'c>>, later: Chip<'c>) {
    let name = Folded::new(&later.chip);
    match chips.iter_mut().find(|chip| name.is(&chip.chip)) {
        Some(known) => known.update(later),
        None => chips.push(later),
    }
}

/// The chip of this name or alias.
///
/// # Errors
/// When there is none: a sentence that names the nearest.
pub(crate) fn named<'c>(name: &str, chips: &'c [Chip<'c>]) -> Result<&'c Chip<'c>, String> {
    find(name, chips).ok_or_else(|| {
        let names = chips.iter().flat_map(|chip| {
            let aliases = chip.aliases.iter().map(|alias| &**alias);
            std::iter::once(&*chip.chip).chain(aliases)
        });
        let mut near: Vec<&str> = Vec::new();
        for name in nearest(name, names) {
            let chip = find(name, chips).map(|chip| &*chip.chip);
            near.extend(chip.filter(|chip| !near.contains(chip)));
        }
        match near.as_slice() {
            [] => format!("no chip is called `{name}`; `ahm chips -f names` names them all"),
            near => format!(
                "no chip is called `{name}`; did you mean {}?",
                quoted(near.iter().copied())
            ),
        }
    })
}

impl<'a> Chip<'a> {
    /// Takes over the figures that a later source has of it; a price with its unit, year and source.
    fn update(&mut self, later: Chip<'a>) {
        let priced = match later.usd_per_hour {
            Some(_) => later.clone(),
            None => self.clone(),
        };
        let mut aliases = std::mem::take(&mut self.aliases);
        aliases.extend(later.aliases);
        *self = Chip {
            chip: self.chip.clone(),
            aliases,
            chips_per_device: later.chips_per_device.or(self.chips_per_device),
            cores_per_chip: later.cores_per_chip.or(self.cores_per_chip),
            peak_flops: later.peak_flops.or(self.peak_flops),
            tdp_w: later.tdp_w.or(self.tdp_w),
            source: later.source.or(self.source.take()),
            ..priced
        };
    }

    /// How many chips a unit is: a device may hold several, a core is a part of one.
    ///
    /// # Errors
    /// When it is not known.
    pub fn chips_per(&self, unit: ChipUnit) -> Result<f64, String> {
        let name = &self.chip;
        match unit {
            ChipUnit::Chip => Ok(1.0),
            ChipUnit::Device => self
                .chips_per_device
                .map(|chips| chips.0)
                .ok_or_else(|| format!("how many chips a {name} device holds is not known")),
            ChipUnit::Core => self
                .cores_per_chip
                .map(|cores| 1.0 / cores.0)
                .ok_or_else(|| format!("how many cores a {name} holds is not known")),
        }
    }

    /// The catalog's price: of a chip, unless it says of what.
    ///
    /// # Errors
    /// Why there is none.
    pub fn price(&self) -> Result<Price, String> {
        let usd_per_hour = self.usd_per_hour.map(|usd| usd.0);
        Ok(Price {
            usd_per_hour: usd_per_hour.ok_or_else(|| format!("the {} has no price", self.chip))?,
            chips: self.chips_per(self.priced_per.unwrap_or(ChipUnit::Chip))?,
        })
    }
}

type Column = column::Column<Chip<'static>>;

static COLUMNS: &[Column] = &[
    Column::of("chip", ("Chip", Kind::Word), |c| (&*c.chip).into())
        .also(&["name"])
        .means("name of the chip")
        .shown(0),
    Column::of("aliases", ("Also", Kind::Tags), |c| Value::Tags(&c.aliases))
        .means("other spellings, and kinds of it that the same figures hold for"),
    Column::of("chips_per_device", ("Chips a device", Kind::Number), |c| {
        c.chips_per_device.into()
    })
    .means("chips that a device holds"),
    Column::of("cores_per_chip", ("Cores a chip", Kind::Number), |c| {
        c.cores_per_chip.into()
    })
    .means("cores that a chip holds"),
    Column::of(
        "peak_flops",
        ("Peak (FLOP/s)", Kind::Quantity(Unit::Flop)),
        |c| c.peak_flops.into(),
    )
    .also(&["peak", "flops"])
    .means("floating-point operations a second, at most")
    .shown(1),
    Column::of("tdp_w", ("Power (W)", Kind::Number), |c| c.tdp_w.into())
        .also(&["tdp", "power"])
        .means("thermal design power, watts")
        .shown(2),
    Column::of(
        "usd_per_hour",
        ("Price an hour", Kind::Quantity(Unit::Usd)),
        |c| c.usd_per_hour.into(),
    )
    .also(&["price", "cost"])
    .means("price of an hour, US dollars")
    .shown(1),
    Column::of("priced_per", ("Priced per", Kind::Word), |c| {
        c.priced_per.map(ChipUnit::word).into()
    })
    .also(&["per"])
    .means("what the price is for: device, chip or core")
    .shown(2),
    Column::of("price_year", ("Year", Kind::Number), |c| {
        c.price_year.into()
    })
    .also(&["year"])
    .means("year of the price")
    .shown(3),
    Column::of("price_source", ("Price source", Kind::Address), |c| {
        c.price_source.as_deref().into()
    })
    .means("who states the price"),
    Column::of("source", ("Source", Kind::Address), |c| {
        c.source.as_deref().into()
    })
    .means("who states the other figures"),
];

impl Record for Chip<'static> {
    type Of<'c> = Chip<'c>;

    const NAME: &'static str = "chip";

    fn columns() -> &'static [Column] {
        COLUMNS
    }
}

impl Listed for Chip<'_> {
    /// The list names chips and prices them, and says no more.
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
