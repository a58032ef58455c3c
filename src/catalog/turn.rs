//! The turn of a source: its models are read, and told from what it says of others'.

use crate::catalog::overlays::{Overlay, Overlays, Owners};
use crate::catalog::reading::Interpreter;
use crate::catalog::source::Place;
use crate::error::Error;
use crate::model::Model;

/// A source whose models are gathered.
pub(super) struct Turn<'c> {
    /// What reads them.
    pub interpreter: &'c Interpreter<'c>,
    /// Which models are other sources'.
    pub owners: &'c Owners,
    /// What later sources say of its own.
    pub overlays: &'c Overlays,
    /// The number of the source.
    pub number: usize,
}

/// What the texts of a source say of models of earlier sources, by their ids.
pub(super) type Beside = Vec<(String, Overlay)>;

impl Turn<'_> {
    /// Reads a text into a model; whether it is one of this source, and of this reading.
    ///
    /// # Errors
    /// When the text, or what is laid over it, is broken.
    pub(super) fn read<'r>(
        &'r self,
        (place, json): (Place, &'r str),
        model: &mut Model<'r>,
        beside: &mut Beside,
    ) -> Result<bool, Error> {
        self.interpreter.read((place, json), model)?;
        if self.owners.has_before(self.number, &model.id) {
            let json = json.to_owned();
            let overlay = Overlay { place, json };
            beside.push((model.id.to_string(), overlay));
            return Ok(false);
        }
        let laid = self.overlays.get(&*model.id);
        let laid = laid.map_or(&[][..], Vec::as_slice);
        self.interpreter.interpret(place, model, laid)
    }
}
