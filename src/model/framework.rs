//! A framework: software that models are trained or run with.

use crate::model::column;
use crate::model::figure::Figure;
use crate::model::known;
use crate::model::month::Month;
use crate::model::quantity::Unit;
use crate::model::record::Listed;
use crate::model::record::Record;
use crate::model::text::Text;
use crate::model::value::{Kind, Value};
use crate::model::{Access, Map, Paper};
use serde::Deserialize;

/// One framework of the catalog. A value that is absent is unknown.
#[derive(Debug, Clone, Deserialize)]
pub struct Framework<'a> {
    /// Lower-case ASCII name, unique among frameworks.
    #[serde(borrow)]
    pub id: Text<'a>,
    /// The name as the makers write it.
    #[serde(borrow)]
    pub name: Text<'a>,
    /// Other spellings of the name.
    #[serde(borrow, default, deserialize_with = "known::read")]
    pub aliases: Vec<Text<'a>>,
    /// Where the list files it: `pytorch`, `inference`, …
    #[serde(borrow)]
    pub section: Option<Text<'a>>,
    /// Who made it.
    #[serde(borrow, default, deserialize_with = "known::read")]
    pub organizations: Vec<Text<'a>>,
    /// When it was announced.
    pub announced: Option<Month>,
    /// Whether it can be had; absent where nobody says.
    pub access: Option<Access>,
    /// Whether it trains on many machines by itself; absent where nobody says.
    pub distributed: Option<bool>,
    /// Parameters of the largest embeddings that it is said to train.
    pub embedding_params: Option<Figure>,
    /// The publication.
    #[serde(borrow)]
    pub paper: Option<Paper<'a>>,
    /// Addresses: `code`, `home`, …
    #[serde(default, deserialize_with = "known::read")]
    pub links: Map,
    /// The entry as the list prints it.
    #[serde(default, deserialize_with = "known::read")]
    pub listed: Map,
}

type Column = column::Column<Framework<'static>>;

static COLUMNS: &[Column] = &[
    Column::of("id", ("Id", Kind::Word), |f| (&*f.id).into()).means("unique short name"),
    Column::of("name", ("Name", Kind::Word), |f| (&*f.name).into())
        .means("name as the makers write it")
        .shown(0),
    Column::of("aliases", ("Also", Kind::Tags), |f| Value::Tags(&f.aliases))
        .means("other spellings of the name"),
    Column::of("section", ("Section", Kind::Word), |f| {
        f.section.as_deref().into()
    })
    .also(&["sections"])
    .means("where the list files it")
    .shown(1),
    Column::of("organizations", ("Organization", Kind::Tags), |f| {
        Value::Tags(&f.organizations)
    })
    .also(&["org", "organization"])
    .means("who made it")
    .shown(3),
    Column::of("announced", ("Announced", Kind::Month), |f| {
        f.announced.into()
    })
    .also(&["date"])
    .means("month of the announcement")
    .shown(2),
    Column::of("access", ("Access", Kind::Word), |f| {
        f.access.map(Access::word).into()
    })
    .means("open or closed: whether the code can be had")
    .shown(4),
    Column::of("distributed", ("Distributed", Kind::Word), |f| {
        f.distributed.into()
    })
    .means("whether the list marks it as training on many machines by itself")
    .shown(5),
    Column::of(
        "embedding_params",
        ("Embeddings", Kind::Quantity(Unit::Count)),
        |f| f.embedding_params.into(),
    )
    .means("parameters of the largest embeddings that it trained")
    .shown(6),
    Column::of("paper", ("Paper", Kind::Sentence), |f| {
        let title = f.paper.as_ref().and_then(|paper| paper.title.as_deref());
        title.into()
    })
    .means("title of the publication")
    .shown(7),
    Column::of("venue", ("Venue", Kind::Word), |f| {
        let venue = f.paper.as_ref().and_then(|paper| paper.venue.as_deref());
        venue.into()
    })
    .means("where the publication appeared"),
    Column::of("paper_url", ("Paper link", Kind::Address), |f| {
        let url = f.paper.as_ref().and_then(|paper| paper.url.as_deref());
        url.into()
    })
    .means("address of the publication"),
    Column::of("code", ("Code", Kind::Address), |f| {
        Value::entry(&f.links, "code")
    })
    .means("address of the code"),
    Column::of("home", ("Home", Kind::Address), |f| {
        Value::entry(&f.links, "home")
    })
    .means("address of the announcement or the makers"),
    Column::of("line", ("Line", Kind::Number), |f| {
        Value::entry(&f.listed, "line")
    })
    .means("line of the list that prints the entry"),
];

impl Record for Framework<'static> {
    type Of<'c> = Framework<'c>;

    const NAME: &'static str = "name";

    fn columns() -> &'static [Column] {
        COLUMNS
    }
}

impl Listed for Framework<'_> {
    fn into_listed(self) -> Option<Self> {
        (!self.listed.is_empty()).then_some(self)
    }
}
