//! Conditions: a tree of tests of a model, the same for `--where` and for the filter flags.
//!
//! A test of a missing value is neither true nor false (Kleene's three values), so that neither
//! `params < 1B` nor `not params < 1B` keeps a model whose parameters are unknown.

use crate::model::column::{ColumnRef, distinct};
use crate::model::{Keys, Model};
use crate::query::comparison::{Bound, Comparison};
use crate::query::pattern::Pattern;
use crate::query::word_set::{SoughtWord, Typed, WordSet};
use std::borrow::Cow;
use std::fmt;

/// A test of a model.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of these hold; true if there are none.
    All(Vec<Condition>),
    /// At least one of these holds; false if there are none.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// The column has a value.
    Has(ColumnRef),
    /// The column's value is equal, less, greater and so on, compared with a bound.
    Compare(ColumnRef, Comparison, Bound),
    /// The column has at least one of these words.
    Words(WordSet),
    /// The column's text, or one of its tags, matches a regular expression.
    Match(ColumnRef, Pattern),
}

impl Condition {
    /// A test whether a column has one of these words, as from a repeated flag.
    pub fn any_word(column: ColumnRef, words: &[String]) -> Condition {
        let words = words
            .iter()
            .map(|typed| SoughtWord::new(typed, Typed::default()));
        Condition::Words(WordSet::new(column, words.collect()))
    }

    /// Any of these conditions. Adjacent tests for words of one column become one set.
    pub fn any(parts: Vec<Condition>) -> Condition {
        let mut any: Vec<Condition> = Vec::new();
        for part in parts {
            match (any.last_mut(), part) {
                (Some(Condition::Words(one)), Condition::Words(other))
                    if one.column == other.column =>
                {
                    one.extend(other.words);
                }
                (_, part) => any.push(part),
            }
        }
        alone(any).unwrap_or_else(Condition::Any)
    }

    /// All of these conditions. Adjacent `not` tests for words of one column become one set.
    pub fn all(parts: Vec<Condition>) -> Condition {
        let mut all: Vec<Condition> = Vec::new();
        for part in parts {
            match (all.last_mut(), part) {
                (Some(Condition::Not(one)), Condition::Not(other)) => match (&mut **one, *other) {
                    (Condition::Words(one), Condition::Words(other))
                        if one.column == other.column =>
                    {
                        one.extend(other.words);
                    }
                    (_, other) => all.push(Condition::Not(Box::new(other))),
                },
                (_, part) => all.push(part),
            }
        }
        alone(all).unwrap_or_else(Condition::All)
    }

    /// Whether the condition holds; `None` if missing values leave it open.
    pub fn test(&self, model: &Model<'_>) -> Option<bool> {
        self.test_with(model, None)
    }

    /// Whether it depends on a figure that is missing, and no longer on missing words.
    pub(crate) fn lacks_a_figure(&self, model: &Model<'_>) -> bool {
        self.test_with(model, Some(false)).is_none()
    }

    /// The same test, in which missing words make a test for words hold, fail or stay open.
    fn test_with(&self, model: &Model<'_>, without_words: Option<bool>) -> Option<bool> {
        let decide = |parts: &[Condition], decisive: bool| {
            let mut known = true;
            for part in parts {
                match part.test_with(model, without_words) {
                    Some(held) if held == decisive => return Some(decisive),
                    Some(_) => {}
                    None => known = false,
                }
            }
            known.then_some(!decisive)
        };
        match self {
            // One false part decides `all`, one true part `any`.
            Condition::All(parts) => decide(parts, false),
            Condition::Any(parts) => decide(parts, true),
            Condition::Not(part) => part.test_with(model, without_words).map(|held| !held),
            Condition::Has(column) => Some(!column.value(model).is_missing()),
            Condition::Compare(column, how, bound) => how.test(&column.value(model), *bound),
            Condition::Words(words) => words.test(model).or(without_words),
            Condition::Match(column, pattern) => {
                let value = column.value(model);
                match value.tags() {
                    _ if value.is_missing() => None,
                    Some(tags) => Some(tags.into_iter().any(|tag| pattern.is_match(tag))),
                    None => Some(pattern.is_match(&value.exact())),
                }
            }
        }
    }

    /// The columns that it reads, in the order of their first use.
    pub fn columns(&self) -> Vec<ColumnRef> {
        let mut columns = Vec::new();
        self.walk(&mut |part| match part {
            Condition::Has(column)
            | Condition::Compare(column, ..)
            | Condition::Match(column, _)
            | Condition::Words(WordSet { column, .. }) => columns.push(*column),
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {}
        });
        distinct(columns)
    }

    /// The columns that it compares or matches, each once: those whose missing values leave it open.
    pub(crate) fn figures(&self) -> Vec<ColumnRef> {
        let mut columns = Vec::new();
        self.walk(&mut |part| match part {
            Condition::Compare(column, ..) | Condition::Match(column, _) => columns.push(*column),
            _ => {}
        });
        distinct(columns)
    }

    /// The keys of a model that it reads.
    pub fn keys(&self) -> Keys {
        let columns = self.columns();
        let needs = columns.iter().map(|column| column.word_needs());
        needs.fold(Keys::default(), Keys::union)
    }

    /// The sets of words in it, in the order in which they are written.
    pub fn words(&self) -> Vec<&WordSet> {
        let mut words = Vec::new();
        self.walk(&mut |part| {
            if let Condition::Words(set) = part {
                words.push(set);
            }
        });
        words
    }

    /// The same sets as `words`, mutable.
    pub fn words_mut(&mut self) -> Vec<&mut WordSet> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter_mut().flat_map(Condition::words_mut).collect()
            }
            Condition::Not(part) => part.words_mut(),
            Condition::Words(words) => vec![words],
            Condition::Has(_) | Condition::Compare(..) | Condition::Match(..) => Vec::new(),
        }
    }

    fn walk<'c>(&'c self, visit: &mut impl FnMut(&'c Condition)) {
        visit(self);
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.walk(visit));
            }
            Condition::Not(part) => part.walk(visit),
            Condition::Has(_)
            | Condition::Compare(..)
            | Condition::Words(_)
            | Condition::Match(..) => {}
        }
    }
}

/// The only condition of a list; all of them, as `Err`, if there is not exactly one.
fn alone(mut parts: Vec<Condition>) -> Result<Condition, Vec<Condition>> {
    match parts.len() {
        1 => Ok(parts.remove(0)),
        _ => Err(parts),
    }
}

impl fmt::Display for Condition {
    /// Writes the condition so that reading it gives the same condition.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::All(parts) => joined(parts, " and ", f),
            Condition::Any(parts) => joined(parts, " or ", f),
            Condition::Not(part) => match &**part {
                Condition::Has(column) => write!(f, "missing {}", key(column)),
                part => {
                    f.write_str("not ")?;
                    grouped(part, f)
                }
            },
            Condition::Has(column) => write!(f, "has {}", key(column)),
            Condition::Compare(column, how, bound) => {
                write!(f, "{}{}", key(column), how.sign())?;
                match bound {
                    Bound::Number(number) => f.write_str(&column.unit().written(number)),
                    Bound::Period(period) => write!(f, "{period}"),
                }
            }
            Condition::Words(set) => {
                let words: Vec<String> = set.words().iter().map(|w| quoted(&w.typed)).collect();
                match &words[..] {
                    [word] => write!(f, "{}={word}", key(set.column)),
                    words => write!(f, "{} in ({})", key(set.column), words.join(", ")),
                }
            }
            Condition::Match(column, pattern) => {
                write!(f, "{}~{}", key(column), quoted(pattern.as_str()))
            }
        }
    }
}

fn joined(parts: &[Condition], word: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(word)?;
        }
        grouped(part, f)?;
    }
    Ok(())
}

fn grouped(part: &Condition, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match part {
        Condition::All(_) | Condition::Any(_) => write!(f, "({part})"),
        part => write!(f, "{part}"),
    }
}

/// A key as conditions read it: in quotes if it is no plain word.
fn key(column: ColumnRef) -> Cow<'static, str> {
    let (key, is_plain) = (column.heading.key, |c: char| {
        c.is_alphanumeric() || c == '_'
    });
    match column.is_expression() || key.chars().all(is_plain) {
        true => Cow::Borrowed(key),
        false => Cow::Owned(quoted(key)),
    }
}

/// A text in single quotes; a backslash escapes quotes and backslashes in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figure::Figure;
    use crate::model::schema;
    use crate::model::unit::Unit;

    /// Conditions that are true, false and undecided for `model`, which has 7B parameters.
    fn three() -> [(Condition, Option<bool>); 3] {
        let column = |key| schema::parse_column(key).expect("a column");
        let at_least =
            |key, bound| Condition::Compare(column(key), Comparison::AtLeast, number(bound));
        [
            (at_least("params", "1B"), Some(true)),
            (at_least("params", "1T"), Some(false)),
            (at_least("tokens", "1"), None),
        ]
    }

    fn number(text: &str) -> Bound {
        Bound::Number(Unit::Count.literal(text).expect("a number"))
    }

    fn model() -> Model<'static> {
        Model {
            params: Some(Figure(7e9)),
            ..Model::default()
        }
    }

    #[test]
    fn three_values_combine_as_kleene_has_them() {
        for (a, left) in three() {
            let not = Condition::Not(Box::new(a.clone()));
            assert_eq!(not.test(&model()), left.map(|held| !held));
            for (b, right) in three() {
                let and = match (left, right) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
                let or = match (left, right) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                };
                let parts = vec![a.clone(), b.clone()];
                assert_eq!(Condition::All(parts.clone()).test(&model()), and);
                assert_eq!(Condition::Any(parts).test(&model()), or);
            }
        }
    }

    #[test]
    fn what_is_missing_decides_no_test_either_way() {
        let column = |key| schema::parse_column(key).expect("a column");
        let word = |key, word: &str| Condition::any_word(column(key), &[word.to_owned()]);
        let pattern = "x".parse().expect("a pattern");
        for test in [
            word("organizations", "google"),
            word("fields", "vision"),
            word("license", "MIT"),
            word("hardware", "A100"),
            Condition::Match(column("paper_title"), pattern),
            Condition::Compare(column("sizes"), Comparison::Less, number("1")),
            Condition::Compare(column("tokens"), Comparison::Equal, number("1")),
        ] {
            assert_eq!(test.test(&model()), None, "{test}");
            let not = Condition::Not(Box::new(test));
            assert_eq!(not.test(&model()), None, "{not}");
        }
    }

    #[test]
    fn one_of_several_figures_is_enough() {
        let family = Model {
            sizes: vec![Figure(1e9), Figure(7e9)],
            ..Model::default()
        };
        let sizes = schema::parse_column("sizes").expect("a column");
        let test = |how, bound| Condition::Compare(sizes, how, number(bound)).test(&family);
        assert_eq!(test(Comparison::Greater, "5B"), Some(true));
        assert_eq!(test(Comparison::Less, "5B"), Some(true));
        assert_eq!(test(Comparison::Greater, "7B"), Some(false));
    }

    #[test]
    fn missing_is_known() {
        let tokens = schema::parse_column("tokens").expect("a column");
        let has = Condition::Has(tokens);
        assert_eq!(has.test(&model()), Some(false));
        assert_eq!(Condition::Not(Box::new(has)).test(&model()), Some(true));
    }
}
