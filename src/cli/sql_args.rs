//! The flag that prints a question as SQL.

use crate::catalog::Catalog;
use crate::error::{Error, Found};
use crate::output::Output;
use crate::output::sql::Dialect;
use crate::query::Query;
use clap::Args;
use std::io::Write;

/// For which engine the question is printed as SQL.
#[derive(Debug, Clone, Args)]
pub(super) struct SqlArgs {
    /// Print the question as SQL for this engine, about the table that `ahm list -f jsonl` writes
    #[arg(
        long,
        value_name = "ENGINE",
        value_enum,
        ignore_case = true,
        conflicts_with_all = ["chosen", "json", "omit_null", "no_header"],
        help_heading = "Output"
    )]
    pub(super) sql: Option<Dialect>,
}

/// Prints SQL after comments that say what it asks, and notes words that no model of the catalog has.
pub(super) fn print(
    sql: &str,
    (dialect, words): (Dialect, &[String]),
    (query, catalog): (&Query, &Catalog),
    out: &mut Output,
) -> Result<Found, Error> {
    if let Some(note) = query.unknown_word(catalog)? {
        out.note(note);
    }
    writeln!(out, "{}{sql};", dialect.comments(words, catalog))?;
    Ok(Found::Some)
}
