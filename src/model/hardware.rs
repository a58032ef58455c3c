//! Hardware: what a model was trained on, and for how long.

use crate::model::figure::Figure;
use crate::model::known::{self, Known};
use crate::model::text::Text;
use serde::{Deserialize, Serialize};

/// Chips that took part in the training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "hardware: a chip, a unit, a count, days, hours")]
pub struct Hardware<'a> {
    /// The chip's name, where stated.
    #[serde(
        borrow,
        default,
        deserialize_with = "known::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub chip: Option<Text<'a>>,
    /// What `count` and `hours` count; absent where nobody says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<ChipUnit>,
    /// How many at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<Figure>,
    /// Days from start to end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<Figure>,
    /// Hours of all units together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Figure>,
    /// The same run told in other chips: not to be added to the others.
    #[serde(
        default,
        deserialize_with = "known::read",
        skip_serializing_if = "Known::is_missing"
    )]
    pub equivalent: bool,
}

/// What a count of hardware counts: a device may hold several chips, a chip several cores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ChipUnit {
    Chip,
    Device,
    Core,
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

impl Hardware<'_> {
    /// The hardware in words, its numbers written by `number`.
    pub fn words(&self, number: fn(f64) -> String) -> String {
        let unit = match self.unit {
            Some(ChipUnit::Chip) => "chip-hours",
            Some(ChipUnit::Device) => "device-hours",
            Some(ChipUnit::Core) => "core-hours",
            None => "hours of a unit not stated",
        };
        let chip = self.chip.as_deref().unwrap_or("unnamed chip");
        let mut words = match self.count {
            Some(count) => format!("{} × {chip}", number(count.0)),
            None => chip.to_owned(),
        };
        if let Some(days) = self.days {
            words += &format!(", {} days", number(days.0));
        }
        if let Some(hours) = self.hours {
            words += &format!(", {} {unit}", number(hours.0));
        }
        if self.equivalent {
            words += " (the same run in other chips)";
        }
        words
    }
}
