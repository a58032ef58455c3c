//! What is asked of a model: one tree of tests, whichever way it was typed.
//!
//! A test of a missing value is neither true nor false (Kleene's three values), so that neither
//! `params < 1B` nor its contrary keeps a model whose parameters nobody knows.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use crate::column::ColumnRef;
use crate::date::Period;
use crate::figure::exact;
use crate::model::Model;
use crate::name::Folded;
use crate::pattern::Pattern;
use crate::reader::Keys;
use crate::value::Value;

/// A test of a model.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Each of these holds; of none, true.
    All(Vec<Condition>),
    /// One of these holds; of none, false.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// The column has a value.
    Has(ColumnRef),
    /// The column's value stands so to a bound.
    Compare(ColumnRef, Comparison, Bound),
    /// The column's words hold this one.
    Tag(Tag),
    /// The column's words, or one of them, match an expression.
    Match(ColumnRef, Pattern),
}

/// How a value stands to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The bound itself; within a period.
    Equal,
    /// Less than the bound; before a period.
    Less,
    /// At most the bound; to the last month of a period.
    AtMost,
    /// More than the bound; after a period.
    Greater,
    /// At least the bound; from the first month of a period on.
    AtLeast,
}

/// What a value is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// A number in the column's unit.
    Number(f64),
    /// A year or a month.
    Period(Period),
}

/// A word that a column's words may hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// Where to look.
    pub column: ColumnRef,
    /// The word as typed.
    pub typed: String,
    /// The spellings of it that are compared: what was typed, and others that mean the same.
    pub spellings: Vec<Folded>,
    /// Where it was typed, if in a condition.
    pub place: Typed,
}

/// The condition that a word was typed in and its bytes there. It is not what the word means:
/// tests that differ in it alone are the same.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Option<(String, Range<usize>)>);

impl PartialEq for Typed {
    fn eq(&self, _: &Typed) -> bool {
        true
    }
}

impl Condition {
    /// A test for one of several words, as a flag given several times asks it.
    pub fn any_tag(column: ColumnRef, words: &[String]) -> Condition {
        let tags = words
            .iter()
            .map(|typed| Condition::Tag(Tag::new(column, typed)));
        Condition::Any(tags.collect())
    }

    /// True, false or, where a value is missing, neither.
    pub fn test(&self, model: &Model<'_>) -> Option<bool> {
        match self {
            Condition::All(parts) => decide(parts, model, false),
            Condition::Any(parts) => decide(parts, model, true),
            Condition::Not(part) => part.test(model).map(|held| !held),
            Condition::Has(column) => Some(!(column.read)(model).is_missing()),
            Condition::Compare(column, how, bound) => how.test(&(column.read)(model), *bound),
            Condition::Tag(tag) => tag.test(model),
            Condition::Match(column, pattern) => match (column.read)(model) {
                value if value.is_missing() => None,
                Value::Tags(tags) => Some(tags.iter().any(|tag| pattern.is_match(tag))),
                value => Some(pattern.is_match(&value.exact())),
            },
        }
    }

    /// The columns that it reads, in the order of their first use.
    pub fn columns(&self) -> Vec<ColumnRef> {
        let mut columns = Vec::new();
        self.walk(&mut |part| match part {
            Condition::Has(column)
            | Condition::Compare(column, ..)
            | Condition::Match(column, _)
            | Condition::Tag(Tag { column, .. })
                if !columns.contains(column) =>
            {
                columns.push(column);
            }
            _ => {}
        });
        columns
    }

    /// The keys of a model that it reads.
    pub fn keys(&self) -> Keys {
        let columns = self.columns();
        let needs = columns.iter().map(|column| column.needs);
        needs.fold(Keys::default(), Keys::and)
    }

    /// The words that it looks for.
    pub fn tags(&self) -> Vec<&Tag> {
        let mut tags = Vec::new();
        self.walk(&mut |part| {
            if let Condition::Tag(tag) = part {
                tags.push(tag);
            }
        });
        tags
    }

    /// The same condition with these spellings of `tag`.
    #[must_use]
    pub fn spelled(&self, tag: &Tag, spellings: &[Folded]) -> Condition {
        let all = |parts: &[Condition]| parts.iter().map(|p| p.spelled(tag, spellings)).collect();
        match self {
            Condition::All(parts) => Condition::All(all(parts)),
            Condition::Any(parts) => Condition::Any(all(parts)),
            Condition::Not(part) => Condition::Not(Box::new(part.spelled(tag, spellings))),
            Condition::Tag(own) if own == tag => Condition::Tag(Tag {
                spellings: spellings.to_vec(),
                ..own.clone()
            }),
            other => other.clone(),
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
            | Condition::Tag(_)
            | Condition::Match(..) => {}
        }
    }
}

impl Tag {
    /// A word to look for in a column.
    pub fn new(column: ColumnRef, typed: &str) -> Tag {
        Tag {
            column,
            typed: typed.to_owned(),
            spellings: vec![Folded::new(typed)],
            place: Typed::default(),
        }
    }

    /// Whether one of the model's words is this one; nothing if it has none.
    pub fn test(&self, model: &Model<'_>) -> Option<bool> {
        self.column.holds(model, &self.spellings)
    }
}

/// One part that is `decisive` decides; otherwise one that is unknown leaves it open.
fn decide(parts: &[Condition], model: &Model<'_>, decisive: bool) -> Option<bool> {
    let mut known = true;
    for part in parts {
        match part.test(model) {
            Some(held) if held == decisive => return Some(decisive),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(!decisive)
}

impl Comparison {
    /// The sign for it.
    fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::Greater => ">",
            Comparison::AtLeast => ">=",
        }
    }

    /// Whether a value whose order to the bound's two ends is known stands so to it.
    fn holds(self, to_first: Ordering, to_last: Ordering) -> bool {
        match self {
            Comparison::Equal => to_first.is_ge() && to_last.is_le(),
            Comparison::Less => to_first.is_lt(),
            Comparison::AtMost => to_last.is_le(),
            Comparison::Greater => to_last.is_gt(),
            Comparison::AtLeast => to_first.is_ge(),
        }
    }

    fn test(self, value: &Value<'_>, bound: Bound) -> Option<bool> {
        let number = |own: f64, bound: f64| {
            let order = own.total_cmp(&bound);
            self.holds(order, order)
        };
        if let (Some(own), Bound::Number(bound)) = (value.number(), bound) {
            return Some(number(own, bound));
        }
        match (value, bound) {
            (value, _) if value.is_missing() => None,
            // Of several figures one is enough, as of several words.
            (Value::Numbers(list), Bound::Number(bound)) => {
                Some(list.iter().any(|own| number(own.0, bound)))
            }
            (Value::Month(month), Bound::Period(period)) => {
                Some(self.holds(month.cmp(&period.first), month.cmp(&period.last)))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Condition {
    /// Writes the condition so that reading it gives the same condition.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::All(parts) => joined(parts, " and ", f),
            Condition::Any(parts) => joined(parts, " or ", f),
            Condition::Not(part) => match &**part {
                Condition::Has(column) => write!(f, "missing {}", column.heading.key),
                part => {
                    f.write_str("not ")?;
                    grouped(part, f)
                }
            },
            Condition::Has(column) => write!(f, "has {}", column.heading.key),
            Condition::Compare(column, how, bound) => {
                write!(f, "{}{}{bound}", column.heading.key, how.sign())
            }
            Condition::Tag(tag) => {
                write!(f, "{}={}", tag.column.heading.key, quoted(&tag.typed))
            }
            Condition::Match(column, pattern) => {
                write!(f, "{}~{}", column.heading.key, quoted(pattern.as_str()))
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

/// A text in quotes, with a backslash before those quotes and backslashes that it holds.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::Number(number) => f.write_str(&exact(*number)),
            Bound::Period(period) => write!(f, "{period}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns;
    use crate::figure::Figure;

    /// Conditions that are true, false and neither of a model of 7B parameters alone.
    fn three() -> [(Condition, Option<bool>); 3] {
        let column = |key| columns::named(key).expect("a column");
        let at_least =
            |key, bound| Condition::Compare(column(key), Comparison::AtLeast, Bound::Number(bound));
        [
            (at_least("params", 1e9), Some(true)),
            (at_least("params", 1e12), Some(false)),
            (at_least("tokens", 1.0), None),
        ]
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
        let column = |key| columns::named(key).expect("a column");
        let pattern = "x".parse().expect("a pattern");
        for test in [
            Condition::Tag(Tag::new(column("organizations"), "google")),
            Condition::Tag(Tag::new(column("fields"), "vision")),
            Condition::Tag(Tag::new(column("license"), "MIT")),
            Condition::Match(column("paper_title"), pattern),
            Condition::Compare(column("sizes"), Comparison::Less, Bound::Number(1.0)),
            Condition::Compare(column("tokens"), Comparison::Equal, Bound::Number(1.0)),
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
        let sizes = columns::named("sizes").expect("a column");
        let test = |how, bound| Condition::Compare(sizes, how, Bound::Number(bound)).test(&family);
        assert_eq!(test(Comparison::Greater, 5e9), Some(true));
        assert_eq!(test(Comparison::Less, 5e9), Some(true));
        assert_eq!(test(Comparison::Greater, 7e9), Some(false));
    }

    #[test]
    fn missing_is_known() {
        let tokens = columns::named("tokens").expect("a column");
        let has = Condition::Has(tokens);
        assert_eq!(has.test(&model()), Some(false));
        assert_eq!(Condition::Not(Box::new(has)).test(&model()), Some(true));
    }
}
