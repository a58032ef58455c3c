//! A term: a word of the list or of its keys, explained.

use crate::model::column;
use crate::model::known;
use crate::model::name::Folded;
use crate::model::record::Listed;
use crate::model::record::Record;
use crate::model::text::Text;
use crate::model::value::{Kind, Value};
use serde::Deserialize;

/// One explained word of the catalog.
#[derive(Debug, Clone, Deserialize)]
pub struct Term<'a> {
    /// The word as the catalog writes it.
    #[serde(borrow)]
    pub term: Text<'a>,
    /// Other spellings, the list's among them.
    #[serde(borrow, default, deserialize_with = "known::read")]
    pub aliases: Vec<Text<'a>>,
    /// What kind of word it is: `architecture`, `objective`, `unit`, `key`, …
    #[serde(borrow)]
    pub kind: Option<Text<'a>>,
    /// What it means.
    #[serde(borrow)]
    pub meaning: Text<'a>,
    /// Where more is said about it.
    #[serde(borrow)]
    pub see: Option<Text<'a>>,
    /// Where it comes from, if not from the list.
    #[serde(borrow)]
    pub source: Option<Text<'a>>,
}

impl Term<'_> {
    /// The word and its other spellings.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        [&self.term].into_iter().chain(&self.aliases).map(|s| &**s)
    }

    /// Whether `typed` is one of the spellings; those without a letter or digit (`*`) as they
    /// stand, others without case, accents and punctuation.
    pub fn is_called(&self, typed: &str) -> bool {
        let folded = Folded::new(typed);
        match folded.as_str() {
            "" => self.spellings().any(|own| own == typed.trim()),
            _ => self.spellings().any(|own| folded.is(own)),
        }
    }
}

type Column = column::Column<Term<'static>>;

static COLUMNS: &[Column] = &[
    Column::of("term", ("Term", Kind::Word), |t| (&*t.term).into())
        .also(&["name"])
        .means("word as the catalog writes it")
        .shown(0),
    Column::of("aliases", ("Also", Kind::Tags), |t| Value::Tags(&t.aliases))
        .means("other spellings, the list's among them")
        .shown(2),
    Column::of("kind", ("Kind", Kind::Word), |t| t.kind.as_deref().into())
        .means("what kind of word it is: architecture, objective, unit, key, …")
        .shown(3),
    Column::of("meaning", ("Meaning", Kind::Sentence), |t| {
        (&*t.meaning).into()
    })
    .means("what it means")
    .shown(1),
    Column::of("see", ("See", Kind::Address), |t| t.see.as_deref().into())
        .means("where more is said about it")
        .shown(4),
    Column::of("source", ("Source", Kind::Address), |t| {
        t.source.as_deref().into()
    })
    .means("where it comes from, if not from the list"),
];

impl Record for Term<'static> {
    type Of<'c> = Term<'c>;

    const NAME: &'static str = "term";

    fn columns() -> &'static [Column] {
        COLUMNS
    }
}

impl Listed for Term<'_> {
    fn into_listed(self) -> Option<Self> {
        self.source.is_none().then_some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_found_by_every_spelling() {
        let json = r#"{"term":"encoder-decoder","aliases":["En-De","*"],"meaning":"both"}"#;
        let term: Term<'_> = serde_json::from_str(json).expect("a term");
        for typed in ["encoder-decoder", "EncoderDecoder", "en-de", "ende", "*"] {
            assert!(term.is_called(typed), "{typed}");
        }
        for typed in ["", "-", "en", "encoder"] {
            assert!(!term.is_called(typed), "{typed}");
        }
    }
}
