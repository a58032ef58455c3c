//! What figures imply: records, trends, explanations and the audit.

pub(crate) mod audit;
pub(crate) mod explanation;
pub(crate) mod frontier;
pub(crate) mod hardware_plan;
pub(crate) mod run;
pub(crate) mod training_size;
pub(crate) mod trend;
