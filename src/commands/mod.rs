//! The verbs: one file a command, each an argument struct and a `run`.

mod completions;
mod list;
mod man;
mod show;
mod sort;

pub use completions::Completions;
pub use list::List;
pub use man::Man;
pub use show::Show;
pub use sort::Sort;
