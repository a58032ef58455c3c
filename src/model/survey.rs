//! A survey: what to read about huge models as a whole.

use crate::model::Map;
use crate::model::column;
use crate::model::known;
use crate::model::record::Listed;
use crate::model::record::Record;
use crate::model::text::Text;
use crate::model::value::{Kind, Value};
use serde::Deserialize;

/// One survey of the catalog.
#[derive(Debug, Clone, Deserialize)]
pub struct Survey<'a> {
    /// Its title.
    #[serde(borrow)]
    pub title: Text<'a>,
    /// Its address.
    #[serde(borrow)]
    pub url: Option<Text<'a>>,
    /// Further addresses: `chart`, …
    #[serde(default, deserialize_with = "known::read")]
    pub links: Map,
    /// Where it comes from, if not from the list.
    #[serde(borrow)]
    pub source: Option<Text<'a>>,
}

type Column = column::Column<Survey<'static>>;

static COLUMNS: &[Column] = &[
    Column::of("title", ("Title", Kind::Word), |s| (&*s.title).into())
        .also(&["name"])
        .means("title of the survey")
        .shown(0),
    Column::of("url", ("Link", Kind::Address), |s| s.url.as_deref().into())
        .also(&["link"])
        .means("address of the survey")
        .shown(1),
    Column::of("links", ("Links", Kind::Compound), |s| {
        Value::Details(&s.links)
    })
    .means("further addresses")
    .shown(2),
    Column::of("source", ("Source", Kind::Address), |s| {
        s.source.as_deref().into()
    })
    .means("where it comes from, if not from the list"),
];

impl Record for Survey<'static> {
    type Of<'c> = Survey<'c>;

    const NAME: &'static str = "title";

    fn columns() -> &'static [Column] {
        COLUMNS
    }
}

impl Listed for Survey<'_> {
    fn into_listed(self) -> Option<Self> {
        self.source.is_none().then_some(self)
    }
}
