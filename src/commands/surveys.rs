//! `ahm surveys`: what to read about huge models as a whole.

use clap::Args;

use crate::catalog::Catalog;
use crate::display::Display;
use crate::error::{Error, Found};
use crate::output::Output;
use crate::survey::Survey;

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
