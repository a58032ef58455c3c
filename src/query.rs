//! A question about models, as plain data, and its answer.

use std::collections::BTreeSet;
use std::str::FromStr;

use crate::catalog::Catalog;
use crate::column::{ColumnRef, Words};
use crate::columns;
use crate::condition::{Condition, Tag, Typed};
use crate::error::Error;
use crate::evidence::Matches;
use crate::gather::Gather;
use crate::mistake::Mistake;
use crate::model::{Key, Model};
use crate::name::{Folded, nearest, quoted};
use crate::pattern::Pattern;
use crate::reader::Keys;
use crate::source::Place;
use crate::value::Kind;

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

/// What was made of the models that answer a query.
#[derive(Debug)]
pub struct Answer<G> {
    /// What was made of them.
    pub made: G,
    /// How many match.
    pub matched: usize,
    /// How many were asked.
    pub asked: usize,
}

impl<G> Answer<G> {
    /// How many models match, of how many.
    pub fn matches(&self) -> Matches {
        Matches {
            matched: self.matched,
            asked: self.asked,
        }
    }
}

/// One pass over the models, or over some of them.
struct Pass<G> {
    answer: Answer<G>,
    /// Which of the condition's words some model has.
    seen: Vec<bool>,
}

impl<G: Gather> Gather for Pass<G> {
    fn append(&mut self, later: Self) {
        self.answer.made.append(later.answer.made);
        self.answer.matched += later.answer.matched;
        self.answer.asked += later.answer.asked;
        for (seen, later) in self.seen.iter_mut().zip(later.seen) {
            *seen |= later;
        }
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
    /// Asks every model of the catalog, and makes something of those that match: `take` is given
    /// the keys that the query reads, and `keys`.
    ///
    /// # Errors
    /// When the catalog is broken, or a word of the condition is nobody's.
    pub fn gather<G: Gather>(
        &self,
        (catalog, keys): (&Catalog, Keys),
        make: impl Fn() -> G + Sync,
        take: impl Fn(&mut G, Place, &Model<'_>) + Sync,
    ) -> Result<Answer<G>, Error> {
        self.gather_beside((catalog, keys), make, (|_: &mut G, _: &Model<'_>| {}, take))
    }

    /// The same, where those that do not match say something too: `see` is given every model,
    /// and only the `keys`.
    ///
    /// # Errors
    /// When the catalog is broken, or a word of the condition is nobody's.
    pub fn gather_beside<G: Gather>(
        &self,
        (catalog, keys): (&Catalog, Keys),
        make: impl Fn() -> G + Sync,
        (see, take): (
            impl Fn(&mut G, &Model<'_>) + Sync,
            impl Fn(&mut G, Place, &Model<'_>) + Sync,
        ),
    ) -> Result<Answer<G>, Error> {
        let keys = keys.and(self.condition.keys()).and(match self.pattern {
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
            let mut tags = condition.tags();
            tags.retain(|tag| !matches!(tag.column.words, Words::Only(_)));
            let fresh = || Pass {
                answer: Answer {
                    made: make(),
                    matched: 0,
                    asked: 0,
                },
                seen: vec![false; tags.len()],
            };
            let pass = catalog.gather(keys, fresh, |pass: &mut Pass<G>, place, model| {
                pass.answer.asked += 1;
                see(&mut pass.answer.made, model);
                for (tag, seen) in tags.iter().zip(&mut pass.seen) {
                    *seen = *seen || tag.test(model) == Some(true);
                }
                let matches = self.pattern.as_ref().is_none_or(|p| finds(p, model));
                if matches && condition.test(model) == Some(true) {
                    pass.answer.matched += 1;
                    take(&mut pass.answer.made, place, model);
                }
            })?;
            let unseen = tags.iter().zip(&pass.seen).find(|(_, seen)| !**seen);
            let Some((tag, _)) = unseen else {
                return Ok(pass.answer);
            };
            let spellings = spellings(tag, catalog)?;
            if spellings == tag.spellings {
                return Err(nobodys(tag, catalog)?);
            }
            condition = condition.spelled(tag, &spellings);
        }
    }

    /// The keys that its order reads.
    pub fn order_keys(&self) -> Keys {
        let needs = self.order.iter().map(|key| key.column.needs);
        needs.fold(Keys::of(&[Key::id, Key::name]), Keys::and)
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
    let add = |words: &mut BTreeSet<String>, _: Place, model: &Model<'_>| {
        words.extend(column.words(model));
    };
    let words = catalog.gather(column.needs, BTreeSet::new, add)?;
    Ok(words.into_iter().collect())
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
        [] if (1..=32).contains(&words.len()) => format!(
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
