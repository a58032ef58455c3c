//! What counts and prices of hardware are for.

use crate::model::json_type::{JsonType, typed};
use crate::model::known::Known;
use serde::{Deserialize, Serialize};

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
