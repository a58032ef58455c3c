//! `ahm surveys`: what to read about huge models as a whole.

use crate::catalog::Catalog;
use crate::cli::display::Display;
use crate::error::{Error, Found};
use crate::model::survey::Survey;
use crate::output::Output;
use clap::Args;

/// List surveys of huge models
#[derive(Debug, Clone, Args)]
pub struct Surveys {
    #[command(flatten)]
    display: Display<Survey<'static>>,
}

impl Surveys {
    /// Answers.
    ///
    /// # Errors
    /// When the catalog is broken, or the answer cannot be written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Surveys { display } = self;
        display.list(&catalog.surveys()?, out)
    }
}
