//! A question about models, as plain data, and its answer.

use std::cmp::Ordering;
use std::str::FromStr;

use crate::catalog::Catalog;
use crate::column::{ColumnRef, Words};
use crate::columns;
use crate::condition::{Condition, Tag, Typed};
use crate::error::Error;
use crate::mistake::Mistake;
use crate::model::{Key, Model};
use crate::name::{Folded, nearest, quoted};
use crate::pattern::Pattern;
use crate::reader::Keys;
use crate::value::{Kind, by_letters};

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

/// The keys of a model that a pattern is looked for in.
const SEARCHED: Keys = Keys::of(&[Key::name, Key::aliases, Key::organizations, Key::paper]);

/// The models that answer a query.
#[derive(Debug)]
pub struct Answer<'c> {
    /// All that match, in the query's order.
    pub models: Vec<Model<'c>>,
    /// How many were asked.
    pub asked: usize,
    limit: usize,
}

impl<'c> Answer<'c> {
    /// The models to show: as many as the query allows.
    pub fn shown(&self) -> &[Model<'c>] {
        &self.models[..self.limit.min(self.models.len())]
    }
}

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
                Some(_) => SEARCHED,
                None => Keys::default(),
            });
        let mut condition = self.condition.clone();
        if catalog.has_own() {
            // Whoever wrote a catalog of their own may spell as they like.
            for tag in self.condition.tags() {
                condition = condition.spelled(tag, &spellings(tag, catalog)?);
            }
        }
        loop {
            let (mut models, asked, unseen) = self.pass(&condition, catalog, keys)?;
            if let Some(tag) = unseen {
                let spellings = spellings(&tag, catalog)?;
                if spellings == tag.spellings {
                    return Err(nobodys(&tag, catalog)?);
                }
                condition = condition.spelled(&tag, &spellings);
                continue;
            }
            models.sort_by(|a, b| self.order(a, b));
            return Ok(Answer {
                limit: self.limit.unwrap_or(usize::MAX),
                models,
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
        unseen.retain(|tag| !matches!(tag.column.words, Words::Only(_)));
        let (mut kept, mut asked) = (Vec::new(), 0);
        catalog.models(keys, |model| {
            asked += 1;
            unseen.retain(|tag| tag.test(&model) != Some(true));
            let matches = self.pattern.as_ref().is_none_or(|p| finds(p, &model));
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

/// Whether a name, organization or paper title of the model matches.
fn finds(pattern: &Pattern, model: &Model<'_>) -> bool {
    let title = model.paper.as_ref().and_then(|paper| paper.title.as_ref());
    std::iter::once(&model.name)
        .chain(&model.aliases)
        .chain(&model.organizations)
        .chain(title)
        .any(|text| pattern.is_match(text))
}

/// Every word that some model has in a column, each once, sorted.
fn words(column: ColumnRef, catalog: &Catalog) -> Result<Vec<String>, Error> {
    let mut words = Vec::new();
    catalog.models(column.needs, |model| column.words(&model, &mut words))?;
    words.sort();
    words.dedup();
    Ok(words)
}

/// The spellings of a word that mean the same, as the catalog lists them, the typed one first.
fn spellings(tag: &Tag, catalog: &Catalog) -> Result<Vec<Folded>, Error> {
    let typed = Folded::new(&tag.typed);
    let mut spellings = vec![typed.clone()];
    if let Words::Used(section) | Words::Wide(section) = tag.column.words {
        for name in catalog.spellings(section, &typed)? {
            if !spellings.contains(&name) {
                spellings.push(name);
            }
        }
    }
    Ok(spellings)
}

/// The error for a word that no model has.
fn nobodys(tag: &Tag, catalog: &Catalog) -> Result<Error, Error> {
    let words = words(tag.column, catalog)?;
    let typed = &tag.typed;
    let what = tag.column.heading.title.to_lowercase();
    let near = nearest(typed, words.iter().map(String::as_str));
    let message = match near.as_slice() {
        [] if (1..=24).contains(&words.len()) => format!(
            "no model has the {what} `{typed}`; there is {}",
            quoted(words.iter().map(String::as_str))
        ),
        [] => format!("no model has the {what} `{typed}`"),
        near => format!(
            "no model has the {what} `{typed}`; did you mean {}?",
            quoted(near.iter().copied())
        ),
    };
    Ok(match &tag.place {
        Typed(Some((condition, at))) => Error::Condition(Mistake {
            condition: condition.clone(),
            at: at.clone(),
            message,
        }),
        Typed(None) => Error::Misuse(message),
    })
}

impl FromStr for SortKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, direction) = match text.split_once(':') {
            Some((name, direction)) => (name, Some(direction)),
            None => (text, None),
        };
        let column = columns::named(name)?;
        if column.heading.kind == Kind::Compound {
            return Err(format!("{name} has no order"));
        }
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
