//! A model's text in a source, and in later sources that override it.

use crate::catalog::embedded;
use once_cell::sync::OnceCell;
use std::borrow::Cow;

/// The text of a model in one source.
#[derive(Debug, Clone)]
pub enum RecordText<'t> {
    /// The number of a model in the embedded catalog.
    Embedded(usize),
    /// JSON of another source.
    Json {
        /// The number of the source.
        source: usize,
        /// The byte at which it begins.
        start: u64,
        /// The text.
        json: Cow<'t, str>,
        /// The text with its values as their keys have them, once it was needed, if it can be had.
        mended: OnceCell<Option<Box<str>>>,
    },
}

/// A model's text in its source, and in later sources, which override it.
#[derive(Debug, Clone)]
pub struct RawRecord<'t> {
    pub(super) text: RecordText<'t>,
    /// The earliest first.
    pub(super) overrides: Cow<'t, [RecordText<'static>]>,
}

impl RecordText<'_> {
    pub(super) fn source(&self) -> usize {
        match self {
            RecordText::Embedded(_) => 0,
            RecordText::Json { source, .. } => *source,
        }
    }

    pub(super) fn start(&self) -> u64 {
        match self {
            RecordText::Embedded(number) => embedded::model(*number).start as u64,
            RecordText::Json { start, .. } => *start,
        }
    }

    pub(super) fn to_owned(&self) -> RecordText<'static> {
        match self {
            RecordText::Embedded(number) => RecordText::Embedded(*number),
            RecordText::Json {
                source,
                start,
                json,
                mended,
            } => RecordText::Json {
                source: *source,
                start: *start,
                json: Cow::Owned(json.to_string()),
                mended: mended.clone(),
            },
        }
    }
}

impl RawRecord<'_> {
    /// Where it is: the number of the source, and a number in the order of the source.
    pub fn position(&self) -> (usize, u64) {
        match &self.text {
            RecordText::Embedded(number) => (0, *number as u64),
            RecordText::Json { source, start, .. } => (*source, *start),
        }
    }

    /// A record without text.
    #[cfg(test)]
    pub(crate) fn at(start: u64) -> RawRecord<'static> {
        RawRecord {
            text: RecordText::Json {
                source: 0,
                start,
                json: Cow::Borrowed(""),
                mended: OnceCell::new(),
            },
            overrides: Cow::Borrowed(&[]),
        }
    }

    /// The record, to be kept after the scan.
    #[must_use]
    pub fn to_owned(&self) -> RawRecord<'static> {
        RawRecord {
            text: self.text.to_owned(),
            overrides: Cow::Owned(self.overrides.to_vec()),
        }
    }
}
