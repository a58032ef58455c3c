//! The turn of a source: its models are read, and told from what it says of others'.

use crate::error::Error;
use crate::gather::Gather;
use crate::model::Model;
use crate::overlays::{Ids, Overlay, Overlays, Owners};
use crate::reading::Interpreter;
use crate::source::{Place, Source};

/// A source whose models are gathered.
pub struct Turn<'c> {
    /// What reads them.
    pub interpreter: &'c Interpreter<'c>,
    /// Which models are other sources'.
    pub owners: &'c Owners,
    /// What later sources say of its own.
    pub overlays: &'c Overlays,
    /// Its number, and itself.
    pub place: (usize, &'c Source),
}

/// What the texts of a source say beside the models that are its own.
#[derive(Debug, Default)]
pub struct Beside {
    ids: Ids,
    /// What they say of models of earlier sources, by their ids.
    overlays: Vec<(String, Overlay)>,
}

impl Turn<'_> {
    /// Reads a text into a model; whether it is one of this source, and of this reading.
    ///
    /// # Errors
    /// When the text, or what is laid over it, is broken.
    pub fn read<'r>(
        &'r self,
        (place, json): (Place, &'r str),
        model: &mut Model<'r>,
        beside: &mut Beside,
    ) -> Result<bool, Error> {
        let (number, source) = self.place;
        self.interpreter.read((place, json), model)?;
        if !source.is_embedded() {
            beside.ids.note(place, &model.id);
        }
        if self.owners.has_before(number, &model.id) {
            let json = json.to_owned();
            let overlay = Overlay { place, json };
            beside.overlays.push((model.id.to_string(), overlay));
            return Ok(false);
        }
        let laid = self.overlays.get(&*model.id);
        let laid = laid.map_or(&[][..], Vec::as_slice);
        self.interpreter.interpret(place, model, laid)
    }
}

impl Beside {
    /// What the source says of others' models.
    ///
    /// # Errors
    /// When it has two models with one id.
    pub fn told(self, source: &Source) -> Result<Vec<(String, Overlay)>, Error> {
        if let Some(place) = self.ids.twice() {
            let text = source.text(place)?;
            let id = source.id(place, &text)?;
            return Err(source.says(place, &format!("a second model with the id `{id}`")));
        }
        Ok(self.overlays)
    }
}

impl Gather for Beside {
    fn append(&mut self, mut later: Self) {
        self.ids.append(later.ids);
        self.overlays.append(&mut later.overlays);
    }
}
