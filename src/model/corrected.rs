//! Entries that were written with the right values, and corrections that say what those replaced.

use crate::model::keys::Keys;
use crate::model::{Key, Model};

impl Model<'_> {
    /// Undoes corrections in an entry that was written with the right values, so that it is read
    /// as one with the listed values is. A correction of a value that is neither the right one
    /// nor the listed one any more says nothing of it, and is dropped.
    ///
    /// # Errors
    /// When a value cannot be that of its key.
    pub(crate) fn take_back(
        &mut self,
        (keys, laid): (Keys, Keys),
    ) -> Result<(), serde_json::Error> {
        for correction in std::mem::take(&mut self.corrections) {
            let is_given = |key: Key| laid.has(key) || correction.was.is_some();
            let key = Key::named(&correction.key).filter(|key| keys.has(*key));
            if let Some(key) = key.filter(|key| is_given(*key)) {
                let mut right = Model::default();
                let is_value = right.set(key, correction.value.clone()).is_ok();
                let is_right = is_value && right.get(key) == self.get(key);
                match (&correction.was, is_right) {
                    (was, true) => self.set(key, was.clone())?,
                    (Some(_), false) => continue,
                    (None, false) => {}
                }
            }
            self.corrections.push(correction);
        }
        Ok(())
    }

    /// The entry as a catalog has it: its values as they are before they are corrected.
    #[must_use]
    pub fn into_entry(mut self) -> Self {
        for correction in &mut self.corrections {
            correction.was = None;
        }
        match self.uncorrected.take() {
            Some(before) => Model {
                corrections: self.corrections,
                notes: self.notes,
                sources: self.sources,
                ..*before
            },
            None => self,
        }
    }
}
