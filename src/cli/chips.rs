//! `ahm chips`: what training runs on, and what it costs.

use crate::catalog::Catalog;
use crate::cli::display::Display;
use crate::error::{Error, Found};
use crate::model::chip::Chip;
use crate::output::Output;
use clap::Args;

/// List chips and their prices
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
A price is for a chip or for a device, which may hold several chips: `Priced per` says which.

Examples:
  ahm chips
  ahm chips -f json
")]
pub struct Chips {
    #[command(flatten)]
    display: Display<Chip<'static>>,
}

impl Chips {
    /// Answers.
    ///
    /// # Errors
    /// When the catalog is broken, or the answer cannot be written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Chips { display } = self;
        display.list(&catalog.chips()?, out)
    }
}
