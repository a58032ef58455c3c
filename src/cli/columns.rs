//! `ahm columns`: every key of a model.

use crate::catalog::Catalog;
use crate::cli::output_args::ColumnArgs;
use crate::error::{Error, Found};
use crate::output::Output;
use crate::query::coverage::Coverage;
use clap::Args;

/// List the keys that models have
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
The keys that --columns, --sort, --has and --missing take, and their short names.

Examples:
  ahm columns
  ahm columns -f csv -c key,unit,meaning
")]
pub(crate) struct Columns {
    #[command(flatten)]
    display: ColumnArgs<Coverage>,
}

impl Columns {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Columns { display } = self;
        let (coverage, asked) = Coverage::of(catalog)?;
        let found = display.list(&coverage, out)?;
        if display.look.format.is_for_people() {
            out.remark(format_args!("{} keys, over {asked} models", coverage.len()));
        }
        Ok(found)
    }
}
