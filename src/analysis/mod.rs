//! What figures imply: records, trends, explanations and the audit.

pub(crate) mod audit;
pub(crate) mod explanation;
pub(crate) mod frontier;
pub(crate) mod machine;
pub(crate) mod rules;
pub(crate) mod run;
pub(crate) mod size;
pub(crate) mod trend;
