//! The flag that limits rows.

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
    number.ok_or_else(|| "expected a number of rows from 1 on, such as `20`".to_owned())
}
