//! Texts and objects within a model: samples, a paper, corrections, notes and sources.

use crate::model::figure::Figure;
use crate::model::reader::{self, Known};
use serde::{Deserialize, Serialize};
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

/// Declares an object whose missing and empty fields are left out; a field is required unless it has
/// a default. An object without any value is missing itself.
macro_rules! object {
    ($(#[$doc:meta])* $expecting:literal
        $Object:ident { $($(#[$attr:meta])* $key:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(expecting = $expecting, bound(deserialize = "'de: 'a"))]
        pub struct $Object<'a> {
            $(
                $(#[$attr])*
                #[serde(deserialize_with = "reader::read", skip_serializing_if = "Known::is_missing")]
                pub $key: $type,
            )*
        }

        impl $Object<'_> {
            /// Its keys.
            pub(crate) const KEYS: &'static [&'static str] = &[$(stringify!($key)),*];
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
        #[serde(default)]
        count: Option<Figure>,
        /// Of what.
        #[serde(default)]
        unit: Text<'a>,
    }
}

object! {
    /// A publication.
    "a paper: a title, a venue, an address"
    Paper {
        /// Its title.
        #[serde(default)]
        title: Option<Text<'a>>,
        /// Where it appeared.
        #[serde(default)]
        venue: Option<Text<'a>>,
        /// Its address.
        #[serde(default)]
        url: Option<Text<'a>>,
    }
}

object! {
    /// A listed figure that is wrong, with the right one where it is known.
    "a correction: a key, a value, why and a source"
    Correction {
        /// The key that it corrects.
        key: Text<'a>,
        /// The right value, in the key's unit; missing where the listed one is withdrawn.
        #[serde(default)]
        value: Option<serde_json::Value>,
        /// The value that it replaces, where the entry has the right one already.
        #[serde(default)]
        was: Option<serde_json::Value>,
        /// Whether the entry has the right value already, as records under columns have.
        #[serde(default)]
        applied: bool,
        /// What is wrong.
        why: Text<'a>,
        /// Where a reader finds it.
        source: Text<'a>,
        /// Who states the right value; the makers where missing.
        #[serde(default)]
        kind: Option<SourceKind>,
    }
}

object! {
    /// Something worth knowing about a model.
    "a note: a text and a source"
    Note {
        /// What.
        text: Text<'a>,
        /// Where a reader finds it.
        #[serde(default)]
        source: Option<Text<'a>>,
        /// The keys that it is about; none where it is about the model.
        #[serde(default)]
        keys: Vec<Text<'a>>,
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
        format!("{} ({}, {})", self.url, keys.join(", "), self.kind.word())
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
