//! Rows of models: each is read when its turn comes, and then forgotten.

use crate::catalog::Catalog;
use crate::catalog::reading::Interpreter;
use crate::catalog::relay::relay;
use crate::catalog::source::Place;
use crate::cli::display::needs;
use crate::cli::look::Look;
use crate::error::Error;
use crate::model::column::{ColumnRef, Heading};
use crate::model::value::Value;
use crate::output::Output;
use crate::output::{Line, Rows, Take};
use std::io::Write;

/// The models at some places, under columns.
pub(crate) struct ModelRows<'c> {
    /// Where they are read from.
    pub catalog: &'c Catalog,
    /// What is shown of them.
    pub columns: &'c [(ColumnRef, Heading<'static>)],
    /// How it looks: people read the marks behind figures, machines never do.
    pub look: &'c Look,
    /// Where they stand, in the order in which they are shown.
    pub places: &'c [Place],
}

/// How many rows are written at a time: fewer are not worth a thread.
const BATCH: usize = 1024;

impl ModelRows<'_> {
    /// What reads of the models what is shown of them.
    fn interpreter(&self) -> Result<Interpreter<'_>, Error> {
        let keys = needs(self.columns).and(self.look.marks());
        self.catalog.interpreter(keys)
    }

    /// Hands the row of a model to `take`.
    fn row(
        &self,
        interpreter: &Interpreter<'_>,
        place: Place,
        take: &mut Take<'_>,
    ) -> Result<(), Error> {
        let original = self.catalog.original(place)?;
        let model = interpreter.model(&original)?;
        let columns = self.columns.iter().map(|(column, _)| column);
        let values: Vec<Value<'_>> = match self.look.format.is_for_people() {
            true => columns.map(|column| column.marked(&model)).collect(),
            false => columns.map(|column| (column.read)(&model)).collect(),
        };
        Ok(take(&values)?)
    }
}

impl Rows for ModelRows<'_> {
    fn next(&mut self, most: usize, take: &mut Take<'_>) -> Result<(), Error> {
        let (next, left) = self.places.split_at(most.min(self.places.len()));
        self.places = left;
        let interpreter = self.interpreter()?;
        let mut places = next.iter();
        places.try_for_each(|place| self.row(&interpreter, *place, take))
    }

    fn rest(&mut self, line: &Line<'_>, out: &mut Output) -> Result<(), Error> {
        let interpreter = self.interpreter()?;
        let batches: Vec<&[Place]> = self.places.chunks(BATCH).collect();
        let written = |batch: usize| {
            let mut bytes = Vec::new();
            for place in batches[batch] {
                self.row(&interpreter, *place, &mut |row| line(row, &mut bytes))?;
            }
            Ok(bytes)
        };
        relay(batches.len(), written, |bytes: Vec<u8>| {
            Ok(out.write_all(&bytes)?)
        })
    }
}
