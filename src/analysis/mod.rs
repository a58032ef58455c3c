//! What figures imply: records, trends, thresholds, explanations, differences and the audit.

pub(crate) mod audit;
pub(crate) mod diff;
pub(crate) mod estimate_row;
pub(crate) mod explanation;
pub(crate) mod fit;
pub(crate) mod frontier;
pub(crate) mod slope_change;
mod student;
pub(crate) mod threshold;
pub(crate) mod training_run;
