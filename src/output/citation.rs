//! A citation: what a bibliography says of a model.

use crate::model::arxiv::ArxivId;
use crate::model::month::Month;
use crate::model::name::Folded;
use crate::model::{Map, Model};
use std::fmt::Write;

/// What is cited: a model's paper, or the model itself if it has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation<'m> {
    /// What the citing text calls it: ASCII letters and digits, `-`, `.` and `_`.
    pub key: String,
    /// The title of the paper, or the model's name.
    pub title: &'m str,
    /// The organizations that made it.
    pub authors: Vec<&'m str>,
    /// When it was announced.
    pub announced: Option<Month>,
    /// Where the paper appeared, unless it is a preprint.
    pub venue: Option<&'m str>,
    /// Where it can be read.
    pub link: Option<Link<'m>>,
}

/// Where something cited can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link<'m> {
    /// On arXiv.
    Arxiv(ArxivId),
    /// At this address.
    Web(&'m str),
}

impl<'m> Citation<'m> {
    /// The citation of a model.
    pub fn of(model: &'m Model<'m>) -> Citation<'m> {
        let paper = model.paper.as_ref();
        let title = paper.and_then(|paper| paper.title.as_deref());
        let title = title.filter(|title| !title.is_empty());
        let venue = paper.and_then(|paper| paper.venue.as_deref());
        let address = match paper.and_then(|paper| paper.url.as_deref()) {
            // A paper that has no address is not to be found at the model's.
            None if title.is_some() => None,
            None => home(&model.links),
            address => address,
        };
        Citation {
            key: key(model),
            title: title.unwrap_or(&model.name),
            authors: model.organizations.iter().map(|name| &**name).collect(),
            announced: model.announced,
            venue: venue.filter(|venue| !Folded::new("preprint").is(venue)),
            link: address.map(Link::to),
        }
    }
}

impl<'m> Link<'m> {
    /// The link to an address.
    pub fn to(address: &'m str) -> Link<'m> {
        ArxivId::parse(address).map_or(Link::Web(address), Link::Arxiv)
    }
}

/// The model's own address: where it is announced, else its code, else its weights.
fn home(links: &Map) -> Option<&str> {
    let mut own = ["home", "code", "weights"].into_iter();
    own.find_map(|name| links.get(name)?.as_str())
}

/// The model's id, or its name if it has none; what BibTeX could trip over becomes its number,
/// so that different ids stay different.
fn key(model: &Model<'_>) -> String {
    let id = match &*model.id {
        "" => &model.name,
        id => id,
    };
    let mut key = String::new();
    for c in id.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' => key.push(c),
            c => {
                // Writing to a string cannot fail.
                let _ = write!(key, "_{:x}_", u32::from(c));
            }
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Paper;

    #[test]
    fn a_model_without_a_paper_is_cited_itself() {
        let mut model = Model {
            id: "own-7b".into(),
            name: "Own-7B".into(),
            ..Model::default()
        };
        let weights = "https://example.org/own".to_owned();
        model.links.insert("weights".to_owned(), weights.into());
        let citation = Citation::of(&model);
        assert_eq!((&*citation.key, citation.title), ("own-7b", "Own-7B"));
        assert_eq!(citation.link, Some(Link::Web("https://example.org/own")));

        model.paper = Some(Paper {
            title: Some("On Our Own".into()),
            venue: Some("Preprint".into()),
            url: None,
        });
        let citation = Citation::of(&model);
        assert_eq!(citation.title, "On Our Own");
        assert_eq!((citation.venue, citation.link), (None, None));
    }

    #[test]
    fn every_key_is_ascii_and_its_own() {
        let key = |id: &str| {
            let model = Model {
                id: id.into(),
                ..Model::default()
            };
            super::key(&model)
        };
        assert_eq!(key("vit-g-14"), "vit-g-14");
        assert_eq!(key("GPT 4, {α}"), "GPT_20_4_2c__20__7b__3b1__7d_");
        assert_ne!(key("a_b"), key("a b"));
    }
}
