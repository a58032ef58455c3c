//! Headings: keys and titles of columns.

use crate::model::value::Kind;

/// The heading of a column and the kind of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The key in machine formats and on the command line.
    pub key: &'a str,
    /// The title over a table's column.
    pub title: &'a str,
    /// What its values are.
    pub kind: Kind,
    /// When a narrow table drops it: the highest first.
    pub drop_order: u8,
}

impl<'a> Heading<'a> {
    /// A heading of rows that are not records.
    pub const fn new(key: &'a str, title: &'a str, kind: Kind, drop_order: u8) -> Heading<'a> {
        Heading {
            key,
            title,
            kind,
            drop_order,
        }
    }
}
