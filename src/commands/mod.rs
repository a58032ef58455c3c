//! The verbs: one file a command, each an argument struct and a `run`.

mod chips;
mod cite;
mod columns;
mod frameworks;
mod list;
mod show;
mod sort;
mod surveys;
mod terms;

pub use chips::Chips;
pub use cite::Cite;
pub use columns::Columns;
pub use frameworks::Frameworks;
pub use list::List;
pub use show::Show;
pub use sort::Sort;
pub use surveys::Surveys;
pub use terms::Terms;
