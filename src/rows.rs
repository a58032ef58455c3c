//! Rows of models: each is read when its turn comes, and then forgotten.

use crate::catalog::Catalog;
use crate::column::{ColumnRef, Heading};
use crate::display::needs;
use crate::error::Error;
use crate::model::Model;
use crate::reader::Keys;
use crate::record::Record;
use crate::render::{Rows, Take};
use crate::source::Place;

/// The models at some places, under columns.
pub struct ModelRows<'c> {
    /// Where they are read from.
    pub catalog: &'c Catalog,
    /// What is shown of them.
    pub columns: &'c [(ColumnRef, Heading<'static>)],
    /// What the marks behind the figures need.
    pub marks: Keys,
    /// Where they stand, in the order in which they are shown.
    pub places: &'c [Place],
}

impl Rows for ModelRows<'_> {
    fn each(&mut self, take: &mut Take<'_>) -> Result<(), Error> {
        let keys = needs(self.columns).and(self.marks);
        let interpreter = self.catalog.interpreter(keys)?;
        for place in self.places {
            let original = self.catalog.original(*place)?;
            let model = interpreter.model(&original)?;
            let values = self
                .columns
                .iter()
                .map(|(column, _)| Model::marked(column, &model));
            take(&values.collect::<Vec<_>>())?;
        }
        Ok(())
    }
}
