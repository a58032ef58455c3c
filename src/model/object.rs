//! Texts and objects within a model: samples, a paper, corrections, notes and sources.

use crate::model::figure::Figure;
use crate::model::json_type::{JsonField, JsonType, JsonTyped, ObjectType, typed};
use crate::model::known::{self, Known};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A text that borrows from the catalog unless JSON escapes forced a copy.
///
/// `Cow<str>` alone would always copy inside a `Vec` or an `Option`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Text<'_> {
    /// A text of its own.
    pub fn owned(text: &str) -> Text<'static> {
        Text(Cow::Owned(text.to_owned()))
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Text(Cow::Borrowed(text))
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

/// Declares an object whose missing and empty fields are left out; a field is required unless it is
/// `= default`. An object without any value is missing itself.
macro_rules! object {
    (#[doc = $meaning:literal] $expecting:literal
        $Object:ident { $(#[doc = $about:literal] $key:ident: $type:ty $(= $default:ident)?,)* }) => {
        #[doc = $meaning]
        #[allow(unreachable_pub, reason = "some are not exported")]
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(expecting = $expecting, bound(deserialize = "'de: 'a"))]
        pub struct $Object<'a> {
            $(
                #[doc = $about]
                $(#[serde($default)])?
                #[serde(deserialize_with = "known::read", skip_serializing_if = "Known::is_missing")]
                pub $key: $type,
            )*
        }

        impl<'a> JsonTyped for $Object<'a> {
            fn json_type() -> JsonType {
                let fields = vec![$(JsonField {
                    is_required: <[&str]>::is_empty(&[$(stringify!($default))?]),
                    ..JsonField::of::<$type>(stringify!($key)).means($about)
                }),*];
                JsonType::Object(ObjectType {
                    name: stringify!($Object),
                    meaning: $meaning.trim_ascii(),
                    fields,
                    is_open: false,
                })
            }
        }

        impl<'de: 'a, 'a> Known<'de> for $Object<'a> {
            fn is_missing(&self) -> bool {
                $(Known::is_missing(&self.$key))&&*
            }
        }
    };
}
pub(crate) use object;

object! {
    /// Training data in a unit of its own: images, hours, words. Never tokens.
    "samples: a count and a unit"
    Samples {
        /// How many.
        count: Option<Figure> = default,
        /// Of what.
        unit: Text<'a> = default,
    }
}

object! {
    /// A publication.
    "a paper: a title, authors, a venue, a year, an address"
    Paper {
        /// Its title.
        title: Option<Text<'a>> = default,
        /// Its authors, `Family, Given` or as published; at most 25, then `others`.
        authors: Vec<Text<'a>> = default,
        /// Where it appeared.
        venue: Option<Text<'a>> = default,
        /// The year of the publication.
        year: Option<Figure> = default,
        /// Its address.
        url: Option<Text<'a>> = default,
    }
}

object! {
    /// A listed figure that is wrong, with the right one where it is known.
    "a correction: a key, a value, why and a source"
    Correction {
        /// The key that it corrects.
        key: Text<'a>,
        /// The right value, in the key's unit; missing where the listed one is withdrawn.
        value: Option<serde_json::Value> = default,
        /// The value that it replaces, where the entry has the right one already.
        was: Option<serde_json::Value> = default,
        /// Whether the entry has the right value already, as records under columns have.
        applied: bool = default,
        /// What is wrong.
        why: Text<'a>,
        /// Where a reader finds it.
        source: Text<'a>,
        /// Who states the right value; the makers where missing.
        kind: Option<SourceKind> = default,
    }
}

object! {
    /// Something worth knowing about a model.
    "a note: a text and a source"
    Note {
        /// What.
        text: Text<'a>,
        /// Where a reader finds it.
        source: Option<Text<'a>> = default,
        /// The keys that it is about; none where it is about the model.
        keys: Vec<Text<'a>> = default,
    }
}

object! {
    /// Where figures of an entry come from.
    "a source: keys, an address and a kind"
    Source {
        /// The keys that it supports.
        keys: Vec<Text<'a>>,
        /// Its address.
        url: Text<'a>,
        /// Whose claim it is.
        kind: SourceKind,
        /// How sure a third party is of it.
        confidence: Option<Confidence> = default,
        /// The row of a table.
        row: Option<Text<'a>> = default,
        /// The day or month of the table.
        snapshot: Option<Text<'a>> = default,
    }
}

/// How near a source is to the makers, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// By the makers.
    Stated,
    /// By others.
    ThirdParty,
    /// Derived from other figures.
    Derived,
}

/// How sure a third party is of its figures, the least sure first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess.
    Speculative,
    /// Probably within a factor of 10.
    Likely,
    /// Probably within a factor of 3.
    Confident,
}

impl Confidence {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Speculative => "speculative",
            Confidence::Likely => "likely",
            Confidence::Confident => "confident",
        }
    }
}

impl<'de: 'a, 'a> Known<'de> for Text<'a> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Option::unwrap_or_default)
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }
}

typed! {
    Text<'_> => JsonType::Text,
    SourceKind => JsonType::Word({
        [SourceKind::Stated, SourceKind::ThirdParty, SourceKind::Derived].map(SourceKind::word).to_vec()
    }),
    Confidence => JsonType::Word({
        [Confidence::Speculative, Confidence::Likely, Confidence::Confident].map(Confidence::word).to_vec()
    }),
}

impl Known<'_> for SourceKind {}
impl Known<'_> for Confidence {}

impl Samples<'_> {
    /// What they are, in a word.
    pub fn word(&self) -> &str {
        match &*self.unit {
            "" => "samples",
            unit => unit,
        }
    }
}

impl Correction<'_> {
    /// Where a reader finds it, in words.
    pub fn origin(&self) -> String {
        match self.kind {
            Some(kind) => format!("{}, {}", self.source, kind.word()),
            None => self.source.to_string(),
        }
    }

    /// The correction in words.
    pub fn words(&self) -> String {
        format!("{}: {} ({})", self.key, self.why, self.source)
    }
}

impl Note<'_> {
    /// The note in words.
    pub fn words(&self) -> String {
        match &self.source {
            Some(source) => format!("{} ({source})", self.text),
            None => self.text.to_string(),
        }
    }
}

impl Source<'_> {
    /// The source in words.
    pub fn words(&self) -> String {
        let keys: Vec<&str> = self.keys.iter().map(|key| &**key).collect();
        format!("{} ({}, {})", self.address(), keys.join(", "), self.claim())
    }

    /// The address, and the row of a table.
    pub fn address(&self) -> String {
        let row = self.row.as_ref().map(|row| format!(", row \"{row}\""));
        let snapshot = self.snapshot.as_ref().map(|day| format!(" of {day}"));
        let [row, snapshot] = [row, snapshot].map(Option::unwrap_or_default);
        format!("{}{row}{snapshot}", self.url)
    }

    /// Whose claim it is, and how sure they are.
    pub fn claim(&self) -> String {
        let confidence = self.confidence.map(|sure| format!(", {}", sure.word()));
        format!("{}{}", self.kind.word(), confidence.unwrap_or_default())
    }
}

impl SourceKind {
    /// The words for it, as in the catalog.
    pub fn word(self) -> &'static str {
        match self {
            SourceKind::Stated => "stated",
            SourceKind::ThirdParty => "third-party",
            SourceKind::Derived => "derived",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_borrowed_and_escaped_text_is_read() {
        let json = r#"["plain", "tab\there"]"#;
        let texts: Vec<Text> = serde_json::from_str(json).expect("two texts");
        assert!(matches!(texts[0].0, Cow::Borrowed("plain")));
        assert_eq!(&*texts[1], "tab\there");
    }
}
