//! Estimates: figures that others imply, each under a key of its own.

use crate::model::quantity::Unit;

/// A figure that others imply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Estimate {
    /// Tokens of the training data a parameter.
    TokensPerParam,
    /// Training compute, FLOP.
    Compute,
    /// Share of the chips' peak that the run reached.
    Utilization,
    /// Hours of all chips together.
    ChipHours,
    /// Cost at the catalog's prices, US dollars.
    Cost,
    /// Energy, megawatt-hours.
    Energy,
    /// Memory for the weights, bytes.
    Weights,
}

/// The estimates of a model, those that can be derived.
#[derive(Debug, Clone, Default)]
pub struct Derived([Option<f64>; Estimate::ALL.len()]);

impl Estimate {
    /// Every estimate, in the order of the columns.
    pub const ALL: [Estimate; 7] = [
        Estimate::TokensPerParam,
        Estimate::Compute,
        Estimate::Utilization,
        Estimate::ChipHours,
        Estimate::Cost,
        Estimate::Energy,
        Estimate::Weights,
    ];

    /// The key of its column.
    pub fn key(self) -> &'static str {
        match self {
            Estimate::TokensPerParam => "tokens_per_param",
            Estimate::Compute => "compute_6nd",
            Estimate::Utilization => "utilization",
            Estimate::ChipHours => "chip_hours",
            Estimate::Cost => "cost_estimate_usd",
            Estimate::Energy => "energy_estimate_mwh",
            Estimate::Weights => "weights_bytes",
        }
    }

    /// The key that states the same figure, where there is one.
    pub fn stated(self) -> Option<&'static str> {
        match self {
            Estimate::Compute => Some("compute_flop"),
            Estimate::Cost => Some("cost_usd"),
            Estimate::Energy => Some("energy_mwh"),
            Estimate::TokensPerParam
            | Estimate::Utilization
            | Estimate::ChipHours
            | Estimate::Weights => None,
        }
    }

    /// Its unit.
    pub fn unit(self) -> Unit {
        match self {
            Estimate::TokensPerParam | Estimate::Utilization => Unit::Ratio,
            Estimate::Compute => Unit::Flop,
            Estimate::ChipHours => Unit::Count,
            Estimate::Cost => Unit::Usd,
            Estimate::Energy => Unit::Mwh,
            Estimate::Weights => Unit::Bytes,
        }
    }
}

impl Derived {
    /// What was derived of each, in the order of [`Estimate::ALL`].
    pub fn new(figures: [Option<f64>; Estimate::ALL.len()]) -> Derived {
        Derived(figures)
    }

    /// One of them.
    pub fn get(&self, estimate: Estimate) -> Option<f64> {
        self.0[estimate as usize]
    }
}
