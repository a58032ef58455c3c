//! Reference lists of the catalog: frameworks, surveys and terms.

use crate::model::column::{Column, Record};
use crate::model::column_type;
use crate::model::fields::fields;
use crate::model::figure::Figure;
use crate::model::json_type::{JsonField, JsonType, JsonTyped};
use crate::model::known;
use crate::model::month::Month;
use crate::model::name::NormalizedName;
use crate::model::object::Text;
use crate::model::unit::Unit;
use crate::model::value::{Kind, Value};
use crate::model::{Access, Correction, Map, Paper};
use serde::Deserialize;

/// Makes of the rows of a reference list a record with its columns.
macro_rules! reference {
    (type $Record:ident, $name:literal) => { $Record<'static> };
    (column $column:expr, $key:ident) => { $column };
    (($Record:ident, $name:literal)
        { $($(#[$attr:meta])* $key:ident: $type:ty,)* } [$($columns:tt)*]) => {
        /// One entry of a reference list. A value that is absent is unknown.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(bound(deserialize = "'de: 'a"))]
        #[allow(missing_docs, reason = "see the meanings of the columns")]
        pub struct $Record<'a> {
            $($(#[$attr])* pub $key: $type,)*
        }

        impl<'a> JsonTyped for $Record<'a> {
            fn json_type() -> JsonType {
                let fields = vec![$(JsonField::of::<$type>(stringify!($key)),)*];
                column_type::entry::<$Record<'static>>(stringify!($Record), fields)
            }
        }

        impl Record for $Record<'static> {
            type Of<'c> = $Record<'c>;

            const NAME: &'static str = $name;

            fn columns() -> &'static [Column<Self>] {
                static COLUMNS: &[Column<$Record<'static>>] = &[$($columns)*];
                COLUMNS
            }
        }
    };
}
pub(crate) use reference;

fields! { reference(Framework, "name") {} []
    id: Text<'a> = ("Id", Kind::Word, "unique short name");
    name: Text<'a> = ("Name", Kind::Word, "name as the makers write it").drop_order(0);
    #[serde(default, deserialize_with = "known::read")]
    aliases: Vec<Text<'a>> = ("Aliases", Kind::Tags, "other spellings of the name");
    section: Option<Text<'a>> = ("Section", Kind::Word, "where the list files it")
        .aliases(&["sections"]).drop_order(1);
    #[serde(default, deserialize_with = "known::read")]
    organizations: Vec<Text<'a>> = ("Organization", Kind::Tags, "who made it")
        .aliases(&["org", "organization"]).drop_order(3);
    announced: Option<Month> = ("Announced", Kind::Month, "month of the announcement")
        .aliases(&["date"]).drop_order(2);
    access: Option<Access> = ("Access", Kind::Word, "open if the code can be downloaded, else closed")
        .drop_order(4);
    distributed: Option<bool> = ("Distributed", Kind::Word,
        "whether the list marks it as training on many machines by itself").drop_order(5);
    embedding_params: Option<Figure> = ("Embeddings", Kind::Quantity(Unit::Count),
        "parameters of the largest embeddings that it trained").drop_order(6);
    paper: Option<Paper<'a>>;
    paper = ("Paper", Kind::Sentence, "title of the publication",
        |f| f.paper.as_ref().and_then(|paper| paper.title.as_deref()).into()).drop_order(7);
    venue = ("Venue", Kind::Word, "where the publication appeared",
        |f| f.paper.as_ref().and_then(|paper| paper.venue.as_deref()).into());
    paper_url = ("Paper link", Kind::Address, "address of the publication",
        |f| f.paper.as_ref().and_then(|paper| paper.url.as_deref()).into());
    #[serde(default, deserialize_with = "known::read")]
    links: Map;
    code = ("Code", Kind::Address, "address of the code", |f| Value::entry(&f.links, "code"));
    home = ("Home", Kind::Address, "address of the announcement or the makers",
        |f| Value::entry(&f.links, "home"));
    #[serde(default, deserialize_with = "known::read")]
    listed: Map;
    line = ("Line", Kind::Number, "line of the list that prints the entry",
        |f| Value::entry(&f.listed, "line"));
    // What the list has wrong.
    #[serde(default, deserialize_with = "known::read")]
    corrections: Vec<Correction<'a>>;
}

fields! { reference(Survey, "title") {} []
    title: Text<'a> = ("Title", Kind::Word, "title of the survey").aliases(&["name"]).drop_order(0);
    url: Option<Text<'a>> = ("Link", Kind::Address, "address of the survey")
        .aliases(&["link"]).drop_order(1);
    #[serde(default, deserialize_with = "known::read")]
    links: Map = ("Links", Kind::Compound, "further addresses").drop_order(2);
    source: Option<Text<'a>> = ("Source", Kind::Address,
        "where it comes from, if not from the list");
}

fields! { reference(Term, "term") {} []
    term: Text<'a> = ("Term", Kind::Word, "word as the catalog writes it")
        .aliases(&["name"]).drop_order(0);
    #[serde(default, deserialize_with = "known::read")]
    aliases: Vec<Text<'a>> = ("Aliases", Kind::Tags, "other spellings, the list's among them")
        .drop_order(2);
    kind: Option<Text<'a>> = ("Kind", Kind::Word,
        "what kind of word it is: architecture, objective, unit, key, …").drop_order(3);
    meaning: Text<'a> = ("Meaning", Kind::Sentence, "what it means").drop_order(1);
    see: Option<Text<'a>> = ("See", Kind::Address, "where more is said about it").drop_order(4);
    source: Option<Text<'a>> = ("Source", Kind::Address,
        "where it comes from, if not from the list");
}

impl Term<'_> {
    /// The word and its other spellings.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        [&self.term].into_iter().chain(&self.aliases).map(|s| &**s)
    }

    /// Whether `typed` is one of the spellings; those without a letter or digit (`*`) as they
    /// are, others without case, accents and punctuation.
    pub fn is_called(&self, typed: &str) -> bool {
        let folded = NormalizedName::new(typed);
        match folded.as_str() {
            "" => self.spellings().any(|own| own == typed.trim()),
            _ => self.spellings().any(|own| folded.is(own)),
        }
    }
}

/// The address of the list, with which the addresses of its files begin.
pub(crate) const LIST: &str = "https://github.com/zhengzangw/awesome-huge-models";

/// What the list may hold: an entry of a list next to that of models.
pub(crate) trait Listed: Sized {
    /// The entry as the list has it; none if the list does not.
    fn into_listed(self) -> Option<Self>;
}

impl Listed for Framework<'_> {
    fn into_listed(self) -> Option<Self> {
        (!self.listed.is_empty()).then_some(self)
    }
}

impl Listed for Survey<'_> {
    fn into_listed(self) -> Option<Self> {
        self.source.is_none().then_some(self)
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
