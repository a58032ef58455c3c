//! The verbs: one file a command, each an argument struct and a `run`.

mod check;
mod list;
mod show;
mod sort;

pub use check::CheckArgs;
pub use list::List;
pub use show::Show;
pub use sort::Sort;
