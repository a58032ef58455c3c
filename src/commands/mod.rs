//! The verbs: one file a command, each an argument struct and a `run`.

mod check;
mod compare;
mod list;
mod show;
mod sort;
mod stats;

pub use check::CheckArgs;
pub use compare::Compare;
pub use list::List;
pub use show::Show;
pub use sort::Sort;
pub use stats::Stats;
