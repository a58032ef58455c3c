//! The flag that limits rows.

use crate::model::figure::grouped;
use clap::Args;

/// How many rows are shown.
#[derive(Debug, Clone, Args)]
pub(super) struct LimitArgs {
    /// Show at most N rows
    #[arg(
        long = "limit",
        short = 'n',
        value_name = "N",
        value_parser = count,
        help_heading = "Output",
        allow_negative_numbers = true
    )]
    pub(super) rows: Option<usize>,
}

fn count(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "expected 1 or more rows, such as `20`".to_owned())
}

/// A sentence about what a limit leaves, if it leaves something out: `3 of 9 rows shown`.
pub(super) fn shown_of(shown: usize, all: usize, noun: &str) -> Option<String> {
    let [some, every] = [shown, all].map(|count| grouped(count as f64));
    (shown < all).then(|| format!("{some} of {every} {noun} shown"))
}
