//! The verbs: one file a command, each an argument struct and a `run`.

mod check;
mod chips;
mod cite;
mod columns;
mod compare;
mod frameworks;
mod list;
mod show;
mod sort;
mod stats;
mod surveys;
mod terms;

pub use check::CheckArgs;
pub use chips::Chips;
pub use cite::Cite;
pub use columns::Columns;
pub use compare::Compare;
pub use frameworks::Frameworks;
pub use list::List;
pub use show::Show;
pub use sort::Sort;
pub use stats::Stats;
pub use surveys::Surveys;
pub use terms::Terms;
