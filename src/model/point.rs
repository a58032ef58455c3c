//! A figure and the month that it belongs to.

use crate::model::month::Month;

/// A figure and the month that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub month: Month,
    pub value: f64,
}
