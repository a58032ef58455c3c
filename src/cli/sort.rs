//! `ahm sort`: `list` with its order required.

use super::list::Listing;
use crate::catalog::Catalog;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::output::Output;
use crate::query::SortKey;
use clap::Args;

/// List models in the order of a key
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Numbers and dates descend, words ascend; what is missing comes last.

Examples:
  ahm sort --by params -n 5               the five largest
  ahm sort --by compute:asc --has compute from the smallest run to the largest
  ahm sort --by org,params                by organization, then by size
")]
pub struct Sort {
    /// Keys to sort by, the first first; KEY:asc or KEY:desc to choose the direction
    #[arg(
        long,
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = trimmed(str::parse::<SortKey>),
        required = true
    )]
    by: Vec<SortKey>,

    #[command(flatten)]
    listing: Listing,
}

impl Sort {
    /// Answers.
    ///
    /// # Errors
    /// When the question cannot be understood, or the answer not written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Sort { by, listing } = self;
        listing.run(by, catalog, out)
    }
}
