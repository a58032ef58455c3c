//! The verbs: one file a command, each an argument struct and a `run`.

mod audit;
mod check;
mod chips;
mod cite;
mod columns;
mod compare;
mod completions;
mod estimate;
mod explain;
mod frameworks;
mod list;
mod man;
mod show;
mod sort;
mod stats;
mod surveys;
mod terms;
mod trend;

pub use audit::Audit;
pub use check::CheckArgs;
pub use chips::Chips;
pub use cite::Cite;
pub use columns::Columns;
pub use compare::Compare;
pub use completions::Completions;
pub use estimate::Estimate;
pub use explain::Explain;
pub use frameworks::Frameworks;
pub use list::List;
pub use man::Man;
pub use show::Show;
pub use sort::Sort;
pub use stats::Stats;
pub use surveys::Surveys;
pub use terms::Terms;
pub use trend::Trend;
