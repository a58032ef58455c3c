//! What chips cost, and which of several prices counts.

use crate::model::figure::Figure;
use crate::model::json_type::{JsonField, JsonType, JsonTyped, ObjectType, typed};
use crate::model::known::{self, Known};
use crate::model::month::{Month, Period};
use crate::model::object::{Text, object};
use crate::model::reference::LIST;
use crate::model::unit::Unit;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

object! {
    /// What an hour of a chip cost at a time.
    "a price: US dollars an hour, what for, a date, a source"
    Price {
        /// US dollars.
        usd_per_hour: Figure,
        /// What they are for; a chip where missing.
        per: Option<ChipUnit> = default,
        /// The month, or the year.
        date: Option<Period> = default,
        /// Who states it.
        source: Option<Text<'a>> = default,
    }
}

impl Price<'_> {
    /// What it is for.
    pub(crate) fn unit(&self) -> ChipUnit {
        self.per.unwrap_or(ChipUnit::Chip)
    }

    /// Whether the list states it.
    pub(crate) fn is_listed(&self) -> bool {
        let source = self.source.as_deref();
        source.is_some_and(|source| source.starts_with(LIST))
    }

    /// The price in words, `$4.5 an hour per device in October 2018 (https://example.org)`.
    pub(crate) fn words(&self) -> String {
        let usd = Unit::Usd.human(self.usd_per_hour.0);
        let date = self.date.map(|date| format!(" in {}", date.words()));
        let source = self.source.as_ref().map(|source| format!(" ({source})"));
        let [date, source] = [date, source].map(Option::unwrap_or_default);
        format!("{usd} an hour per {}{date}{source}", self.unit().word())
    }

    /// The month that its date counts as, and whether it is that exactly.
    fn month(&self) -> Option<(Month, bool)> {
        let date = self.date?;
        Some((date.middle(), date.first == date.last))
    }
}

/// Prices from the newest to the oldest, those without a date last.
pub(crate) fn newest_first<'p, 'a>(prices: &'p [Price<'a>]) -> Vec<&'p Price<'a>> {
    let mut prices: Vec<&Price<'_>> = prices.iter().collect();
    prices.sort_by_key(|price| Reverse(price.month()));
    prices
}

/// The newest price; one without a date only if there is no other.
pub(crate) fn newest<'p, 'a>(prices: &'p [Price<'a>]) -> Option<&'p Price<'a>> {
    prices.iter().max_by_key(|price| price.month())
}

/// The price of the nearest month, of two equally near ones the earlier; of the nearest year only if
/// there is none of a month, and one without a date only if there is no other.
pub(crate) fn nearest<'p, 'a>(prices: &'p [Price<'a>], to: Month) -> Option<&'p Price<'a>> {
    prices.iter().min_by_key(|price| match price.month() {
        Some((month, is_exact)) => (!is_exact, month.months_since(to).abs(), Some(month)),
        None => (true, i32::MAX, None),
    })
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

typed! {
    ChipUnit => JsonType::Word({
        [ChipUnit::Chip, ChipUnit::Device, ChipUnit::Core].map(ChipUnit::word).to_vec()
    }),
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn prices() -> Vec<Price<'static>> {
        let json = r#"[
            {"usd_per_hour":1},
            {"usd_per_hour":2,"date":"2018-06"},
            {"usd_per_hour":3,"date":"2020"},
            {"usd_per_hour":4,"date":"2022-06"},
            {"usd_per_hour":5,"date":"2024"}
        ]"#;
        serde_json::from_str(json).expect("prices")
    }

    #[test]
    fn the_newest_price_has_a_date() {
        assert_eq!(
            newest(&prices()).map(|price| price.usd_per_hour.0),
            Some(5.0)
        );
        let undated = &prices()[..1];
        assert_eq!(newest(undated).map(|price| price.usd_per_hour.0), Some(1.0));
        assert_eq!(newest(&[]), None);
        let prices = prices();
        let usd = newest_first(&prices)
            .into_iter()
            .map(|price| price.usd_per_hour.0);
        assert_eq!(usd.collect::<Vec<_>>(), [5.0, 4.0, 3.0, 2.0, 1.0]);
    }

    #[test]
    fn a_month_is_preferred_to_a_year_and_a_year_to_no_date() {
        let nearest = |prices: &[Price<'_>], to: &str| {
            let to = to.parse().expect("a month");
            nearest(prices, to).map(|price| price.usd_per_hour.0)
        };
        for (to, usd) in [
            ("2010-01", 2.0),
            ("2020-06", 2.0),
            ("2020-07", 4.0),
            ("2026-01", 4.0),
        ] {
            assert_eq!(nearest(&prices(), to), Some(usd), "{to}");
        }
        let years = prices().into_iter().filter(|price| match price.date {
            Some(date) => date.first < date.last,
            None => true,
        });
        let years: Vec<Price<'_>> = years.collect();
        for (to, usd) in [("2010-01", 3.0), ("2022-07", 3.0), ("2022-08", 5.0)] {
            assert_eq!(nearest(&years, to), Some(usd), "{to}");
        }
        assert_eq!(nearest(&prices()[..1], "2020-06"), Some(1.0));
    }
}
