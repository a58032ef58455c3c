//! What figures imply: records, trends, explanations and the audit.

pub mod audit;
pub mod candidates;
pub mod explanation;
pub mod frontier;
pub mod machine;
pub mod rules;
pub mod run;
pub mod size;
pub mod trend;
