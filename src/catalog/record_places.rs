//! Where files have a record and its values.

use super::Catalog;
use crate::catalog::raw_record::{RawRecord, RecordText};
use crate::catalog::record_reader::{ExternalRecord, View};
use crate::catalog::shape::members;
use crate::error::{Error, Position};
use crate::model::column::Slot;
use crate::model::reader::meant;
use crate::model::schema::slot;
use crate::model::{Key, Keys, Text};
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::collections::HashMap;

impl Catalog {
    /// What files contribute to a record: for each entry outside of the embedded catalog, its keys and
    /// where it is, the lowest priority first. Empty if there is only one catalog.
    ///
    /// # Errors
    /// When an entry cannot be read.
    pub fn external_records(&self, record: &RawRecord<'_>) -> Result<Vec<ExternalRecord>, Error> {
        // `--as-listed` ignores other catalogs.
        if self.sources.len() == 1 || self.view == View::AsListed {
            return Ok(Vec::new());
        }
        let texts = std::iter::once(&record.text).chain(&*record.overrides);
        let external = texts.filter_map(|text| match text {
            RecordText::Embedded(_) => None,
            RecordText::Json { json, .. } => Some((text, json)),
        });
        let entry = |(text, json): (&RecordText<'_>, &Cow<'_, str>)| {
            let source = &self.sources[text.source()];
            let names = serde_json::from_str::<HashMap<Text<'_>, IgnoredAny>>(json);
            let names = names.map_err(|error| source.broken_at(text, error.to_string()))?;
            let keys = names.keys().filter_map(|name| Key::named(name));
            Ok(ExternalRecord {
                keys: keys.fold(Keys::default(), |keys, key| keys.union(Keys::of(&[key]))),
                place: format!("{}, {}", source.name(), source.position(text.start())?),
            })
        };
        external.map(entry).collect()
    }

    /// Where a file has a value of a key, of several the last, else where it has the model. Nothing if
    /// only the embedded catalog does, which is no file.
    ///
    /// # Errors
    /// When the file cannot be read any more.
    pub(crate) fn place(
        &self,
        record: &RawRecord<'_>,
        key: &str,
    ) -> Result<Option<(String, Position)>, Error> {
        let is_own = |name: &str| {
            name == key || matches!(slot(name), Some(Slot::Part(whole, _)) if whole.name() == key)
        };
        let texts = std::iter::once(&record.text).chain(&*record.overrides);
        let places = texts.filter_map(|text| match text {
            RecordText::Embedded(_) => None,
            RecordText::Json { json, .. } => {
                let members = members(json).unwrap_or_default();
                let value = members.iter().find(|(name, _)| is_own(name));
                let value = value.or_else(|| {
                    let mut members = members.iter();
                    members.find(|(name, _)| meant(name).is_some_and(is_own))
                });
                let within = value.map(|(_, value)| value.as_ptr().addr() - json.as_ptr().addr());
                Some((text, within))
            }
        });
        // The last of the greatest.
        let place = places.max_by_key(|(_, within)| within.is_some());
        place
            .map(|(text, within)| {
                let at = text.start() + within.unwrap_or(0) as u64;
                self.sources[text.source()].place(at)
            })
            .transpose()
    }
}
