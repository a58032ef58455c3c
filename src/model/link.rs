//! Links: where a reader finds more of a value.

use crate::model::column::Column;
use crate::model::provenance::{Mark, Marks};
use crate::model::value::Value;
use crate::model::{Correction, Key, Model, Source};

/// Where a reader finds more of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Link<'m> {
    /// Who says it.
    Source(&'m Source<'m>),
    /// Why another value was wrong.
    Correction(&'m Correction<'m>),
    /// A page about what it names.
    Page(&'m str),
    /// An address and what is found there, as a text that does not borrow.
    Owned(String, String),
}

impl Link<'_> {
    /// The address, which need not be one of the web.
    pub(crate) fn address(&self) -> &str {
        match self {
            Link::Source(source) => &source.url,
            Link::Correction(correction) => &correction.source,
            Link::Page(address) => address,
            Link::Owned(address, _) => address,
        }
    }

    /// What is found there: whose claim, in which row of a table, why; nothing of a page.
    pub(crate) fn words(&self) -> String {
        match self {
            Link::Source(source) => {
                let place = source.address();
                let place = place.strip_prefix(&*source.url).unwrap_or_default();
                format!("{}{place}", source.claim())
            }
            Link::Correction(correction) => format!("corrected: {}", correction.why),
            Link::Page(_) => String::new(),
            Link::Owned(_, words) => words.clone(),
        }
    }

    /// The same without borrowing.
    pub(crate) fn into_owned(self) -> Link<'static> {
        Link::Owned(self.address().to_owned(), self.words())
    }
}

/// Whether this is the address of something on the web.
pub(crate) fn is_on_web(address: &str) -> bool {
    let follows = |scheme: &str| {
        let parts = address.split_at_checked(scheme.len());
        parts.is_some_and(|(own, rest)| own.eq_ignore_ascii_case(scheme) && !rest.is_empty())
    };
    follows("https://") || follows("http://")
}

impl Model<'_> {
    /// What is cited for the value of a key: its correction if that is applied, else of several
    /// sources the one farthest from the makers.
    pub(crate) fn cited(&self, key: Key) -> Option<Link<'_>> {
        let mut corrections = self.corrections.iter();
        let correction = corrections.rfind(|own| *own.key == *key.name());
        if let Some(correction) = correction.filter(|_| self.is_corrected(key)) {
            return Some(Link::Correction(correction));
        }
        let cites = |source: &&Source<'_>| source.keys.iter().any(|own| **own == *key.name());
        let sources = self.sources.iter().filter(cites);
        let source = sources.max_by_key(|source| source.kind);
        source.map(Link::Source)
    }

    /// The page of the model: its paper, else what its makers wrote, else its weights or its code.
    fn page(&self) -> Option<&str> {
        let paper = self.paper.as_ref().and_then(|paper| paper.url.as_deref());
        let link = |key| self.links.get(key).and_then(serde_json::Value::as_str);
        let links = ["home", "weights", "code"].into_iter().filter_map(link);
        paper.into_iter().chain(links).find(|own| is_on_web(own))
    }
}

impl Column {
    /// A value that was read from the model, with its link.
    pub(crate) fn linked<'m>(&self, value: Value<'m>, model: &'m Model<'m>) -> Value<'m> {
        let link = self.link(value.marks(), model);
        value.with_link(link)
    }

    /// The link of the model's value with such marks: of the name to the page of the model, of a
    /// marked value to what it is marked for.
    pub(crate) fn link<'m>(&self, marks: Marks, model: &'m Model<'_>) -> Option<Link<'m>> {
        if marks.has(Mark::Corrected) {
            let is_own = |key: &str| Key::named(key).is_some_and(|key| self.needs.has(key));
            let mut corrections = model.corrections.iter();
            let correction = corrections.rfind(|own| is_own(&own.key));
            return correction.map(Link::Correction);
        }
        match (marks.count(), self.heading.key) {
            (0, "name") => model.page().map(Link::Page),
            (0, _) => None,
            _ => self.figure.and_then(|key| model.cited(key)),
        }
    }
}

impl<'m> Value<'m> {
    /// With this link, if there is one.
    pub(crate) fn with_link(self, link: Option<Link<'m>>) -> Value<'m> {
        match link {
            Some(link) => Value::Linked(link, Box::new(self)),
            None => self,
        }
    }
}
