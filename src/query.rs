//! A question about models, as plain data, and its answer.

use std::cmp::Ordering;
use std::str::FromStr;

use regex::{Regex, RegexBuilder};

use crate::catalog::Catalog;
use crate::column::ColumnRef;
use crate::columns;
use crate::condition::{Condition, Tag};
use crate::error::Error;
use crate::model::{Key, Model};
use crate::name::{Folded, nearest, quoted};
use crate::reader::Keys;
use crate::value::by_letters;

/// Which models, in which order, how many of them.
#[derive(Debug, Clone)]
pub struct Query {
    /// What a name, organization or title must match.
    pub pattern: Option<Pattern>,
    /// What else must hold.
    pub condition: Condition,
    /// What decides the order, the first first; then names and ids do.
    pub order: Vec<SortKey>,
    /// How many at most.
    pub limit: Option<usize>,
}

/// The models that answer a query.
#[derive(Debug)]
pub struct Answer<'c> {
    /// In the query's order, at most as many as it allows.
    pub models: Vec<Model<'c>>,
    /// How many matched before the limit.
    pub matched: usize,
    /// How many were asked.
    pub asked: usize,
}

/// A case-insensitive regular expression over names, aliases, organizations and paper titles.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

/// A column to sort by, and which way.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    /// The column.
    pub column: ColumnRef,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl Query {
    /// Asks every model of the catalog; the answer's models hold `keys` and what the order needs.
    ///
    /// # Errors
    /// When the catalog is broken, or a word of the condition is nobody's.
    pub fn select<'c>(&self, catalog: &'c Catalog, keys: Keys) -> Result<Answer<'c>, Error> {
        let keys = self
            .order
            .iter()
            .map(|key| key.column.needs)
            .fold(keys.and(self.condition.keys()), Keys::and)
            .and(Keys::of(&[Key::id, Key::name]))
            .and(match self.pattern {
                Some(_) => Pattern::KEYS,
                None => Keys::default(),
            });
        let mut condition = self.condition.clone();
        loop {
            let (mut models, asked, unseen) = self.pass(&condition, catalog, keys)?;
            if let Some(tag) = unseen {
                condition = condition.with_word(&tag, &canonical(&tag, catalog)?);
                continue;
            }
            models.sort_by(|a, b| self.order(a, b));
            let matched = models.len();
            models.truncate(self.limit.unwrap_or(matched));
            return Ok(Answer {
                models,
                matched,
                asked,
            });
        }
    }

    /// The models that match, how many were asked, and a word of the condition that none has.
    fn pass<'c>(
        &self,
        condition: &Condition,
        catalog: &'c Catalog,
        keys: Keys,
    ) -> Result<(Vec<Model<'c>>, usize, Option<Tag>), Error> {
        let mut unseen = condition.tags();
        let (mut kept, mut asked) = (Vec::new(), 0);
        catalog.models(keys, |model| {
            asked += 1;
            unseen.retain(|tag| tag.column.holds(&model, &tag.word) != Some(true));
            let matches = self.pattern.as_ref().is_none_or(|p| p.matches(&model));
            if matches && condition.test(&model) == Some(true) {
                kept.push(model);
            }
        })?;
        Ok((kept, asked, unseen.first().map(|tag| (*tag).clone())))
    }

    /// Missing values last in either direction; equal ones by name, then id.
    fn order(&self, a: &Model<'_>, b: &Model<'_>) -> Ordering {
        let by_key = |key: &SortKey| {
            let (x, y) = ((key.column.read)(a), (key.column.read)(b));
            match (x.is_missing(), y.is_missing()) {
                (false, false) if key.descending => y.order(&x),
                (false, false) => x.order(&y),
                (x, y) => x.cmp(&y),
            }
        };
        self.order
            .iter()
            .map(by_key)
            .find(|order| order.is_ne())
            .unwrap_or_else(|| by_letters(&a.name, &b.name).then_with(|| a.id.cmp(&b.id)))
    }
}

/// Every word that some model has in a column, each once, sorted.
fn words(column: ColumnRef, catalog: &Catalog) -> Result<Vec<String>, Error> {
    let mut words = Vec::new();
    catalog.models(column.needs, |model| column.words(&model, &mut words))?;
    words.sort();
    words.dedup();
    Ok(words)
}

/// The catalog's word for one that no model has, if it is another spelling of it.
fn canonical(tag: &Tag, catalog: &Catalog) -> Result<Folded, Error> {
    let key = tag.column.heading.key;
    let words = words(tag.column, catalog)?;
    if let Some(word) = catalog.canonical(key, &tag.word)? {
        let word = Folded::new(&word);
        let known = words.iter().any(|own| word.is(own));
        if known && word != tag.word {
            return Ok(word);
        }
    }
    let typed = &tag.typed;
    let what = tag.column.heading.title.to_lowercase();
    let near = nearest(typed, words.iter().map(String::as_str));
    Err(Error::Misuse(match near.as_slice() {
        [] if words.len() <= 24 => format!(
            "no model has the {what} `{typed}`; there is {}",
            quoted(words.iter().map(String::as_str))
        ),
        [] => format!("no model has the {what} `{typed}`"),
        near => format!(
            "no model has the {what} `{typed}`; did you mean {}?",
            quoted(near.iter().copied())
        ),
    }))
}

impl Pattern {
    /// The keys of a model that a pattern reads.
    const KEYS: Keys = Keys::of(&[Key::name, Key::aliases, Key::organizations, Key::paper]);

    /// Whether it finds itself in the text.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    fn matches(&self, model: &Model<'_>) -> bool {
        let title = model.paper.as_ref().and_then(|paper| paper.title.as_ref());
        std::iter::once(&model.name)
            .chain(&model.aliases)
            .chain(&model.organizations)
            .chain(title)
            .any(|text| self.0.is_match(text))
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let regex = RegexBuilder::new(text).case_insensitive(true).build();
        // The library draws the expression over several lines; its last says what is wrong.
        regex.map(Pattern).map_err(|error| {
            let text = error.to_string();
            let reason = text.lines().last().unwrap_or_default().trim();
            let reason = reason.strip_prefix("error: ").unwrap_or(reason);
            format!("not a regular expression: {reason}")
        })
    }
}

impl FromStr for SortKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, direction) = match text.split_once(':') {
            Some((name, direction)) => (name, Some(direction)),
            None => (text, None),
        };
        let column = columns::named(name)?;
        let descending = match direction {
            None => column.heading.kind.descends(),
            Some("asc") => false,
            Some("desc") => true,
            Some(other) => {
                return Err(format!("`{other}` is no direction; use `asc` or `desc`"));
            }
        };
        Ok(SortKey { column, descending })
    }
}
