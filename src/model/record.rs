//! Records: what the catalog has many of, each kind with its table of columns.

use crate::model::column::Column;
use crate::model::value::Value;
use std::fmt::Debug;

/// What can be shown under columns: a model, a framework, a term.
///
/// It is implemented once for each kind, by the type that borrows from nothing that ends.
pub trait Record: Debug + Clone + 'static {
    /// The same kind of record where it borrows from a catalog.
    type Of<'c>;

    /// The key of the column that names it.
    const NAME: &'static str;

    /// What the flag that chooses columns is called inside: completion knows the keys of models.
    const FLAG: &'static str = "record_columns";

    /// Its columns, in the order in which machine formats and `--columns all` have them.
    fn columns() -> &'static [Column<Self>];

    /// A value as a table shows it: marked where it is not what was printed.
    fn marked<'r>(column: &Column<Self>, record: &'r Self::Of<'r>) -> Value<'r> {
        (column.read)(record)
    }
}

/// The address of the list, with which the addresses of its files begin.
pub(crate) const LIST: &str = "https://github.com/zhengzangw/awesome-huge-models";

/// What the list may hold: an entry beside the models.
pub(crate) trait Listed: Sized {
    /// The entry as the list has it; none if the list does not.
    fn into_listed(self) -> Option<Self>;
}
