//! Conditions as SQL.

use super::functions::number;
use crate::error::Error;
use crate::model::Model;
use crate::model::column::{ColumnRef, Vocabulary};
use crate::model::license;
use crate::model::value::{Kind, Value};
use crate::output::sql::Dialect;
use crate::query::comparison::{Bound, Comparison};
use crate::query::condition::Condition;
use crate::query::pattern::Pattern;
use crate::query::word_set::WordSet;
use unicode_normalization::UnicodeNormalization;

/// What regular expressions of engines do not have, or read differently.
const OWN_SYNTAX: [&str; 9] = ["&&", "--", "~~", r"\b{", r"\<", r"\>", "(?x", r"\u", r"\U"];

/// Refuses a pattern that engines do not read as it is meant.
pub(super) fn check(pattern: &Pattern) -> Result<(), Error> {
    let text = pattern.as_str();
    let own = OWN_SYNTAX.into_iter().find(|own| text.contains(own));
    match own.filter(|_| !pattern.is_word()) {
        Some(own) => Err(Error::Misuse(format!(
            "`{text}` has `{own}`, which SQL engines do not have or read differently"
        ))),
        None => Ok(()),
    }
}

impl Dialect {
    /// Whether a column of the table is a list.
    pub(crate) fn is_list(self, column: ColumnRef) -> bool {
        let has_numbers = matches!(column.value(&Model::default()), Value::Numbers(_));
        column.heading.kind == Kind::Tags || has_numbers
    }

    /// A condition as a part of several that all hold.
    pub(super) fn part(self, condition: &Condition) -> Result<String, Error> {
        let test = self.test(condition)?;
        Ok(match condition {
            Condition::Any(_) => format!("({test})"),
            _ => test,
        })
    }

    fn test(self, condition: &Condition) -> Result<String, Error> {
        let all = |parts: &[Condition], word: &str, none: &str| {
            let parts = parts.iter().map(|part| match part {
                Condition::All(_) | Condition::Any(_) => Ok(format!("({})", self.test(part)?)),
                part => self.test(part),
            });
            let parts = parts.collect::<Result<Vec<_>, Error>>()?;
            Ok(match parts.is_empty() {
                true => none.to_owned(),
                false => parts.join(word),
            })
        };
        match condition {
            Condition::All(parts) => all(parts, " AND ", "TRUE"),
            Condition::Any(parts) => all(parts, " OR ", "FALSE"),
            Condition::Not(part) => match &**part {
                Condition::Has(column) => Ok(format!("{} IS NULL", self.value(column))),
                part => Ok(format!("NOT ({})", self.test(part)?)),
            },
            Condition::Has(column) => Ok(format!("{} IS NOT NULL", self.value(column))),
            Condition::Compare(column, how, bound) => Ok(self.compared(column, *how, *bound)),
            Condition::Words(set) => Ok(self.has_word(set)),
            Condition::Match(column, pattern) => match column.heading.kind {
                Kind::Compound => Err(Error::Misuse(format!(
                    "`{}` has many parts, which SQL cannot match; compare a part, such as \
                     `hardware_chip`",
                    column.heading.key
                ))),
                _ => {
                    check(pattern)?;
                    Ok(self.matched(column, pattern))
                }
            },
        }
    }

    /// The value of a column, which an expression may compute.
    pub(crate) fn value(self, column: ColumnRef) -> String {
        let Some(expression) = column.expression else {
            let (key, kind) = (column.heading.key, column.heading.kind);
            return match column.is_extra {
                true => self.of_user(key, kind),
                false => self.name(key),
            };
        };
        let key = |column: ColumnRef| match self.is_list(column) {
            true => self.largest(&self.value(column)),
            false => self.value(column),
        };
        let join = |left: String, sign, right: String| match sign {
            '/' => format!("({left} / nullif({right}, 0))"),
            sign => format!("({left} {sign} {right})"),
        };
        expression.folded(number, key, join).unwrap_or_default()
    }

    fn compared(self, column: ColumnRef, how: Comparison, bound: Bound) -> String {
        let [first, last] = match bound {
            Bound::Number(literal) => literal.range().map(number),
            Bound::Period(period) => {
                [period.first, period.last].map(|month| self.text(&month.to_string()))
            }
        };
        let compared = |value: &str| match how {
            Comparison::Equal if first == last => format!("{value} = {first}"),
            Comparison::Equal => format!("{value} BETWEEN {first} AND {last}"),
            Comparison::Less => format!("{value} < {first}"),
            Comparison::AtMost => format!("{value} <= {last}"),
            Comparison::Greater => format!("{value} > {last}"),
            Comparison::AtLeast => format!("{value} >= {first}"),
        };
        match self.is_list(column) {
            true => self.any_of(&self.value(column), &compared("x")),
            false => compared(&self.value(column)),
        }
    }

    /// Whether a column has one of several words, as [`Column::any_word`] has it.
    ///
    /// [`Column::any_word`]: crate::model::column::Column::any_word
    fn has_word(self, set: &WordSet) -> String {
        let spellings = set.words().iter().flat_map(|word| &word.spellings);
        let composed = spellings.clone().map(|own| own.as_str().nfc().collect());
        let composed: Vec<String> = composed.collect();
        let sought: Vec<&str> = composed.iter().map(String::as_str).collect();
        let text = |word: &&str| self.text(word);
        let is_among = |value: &str, words: &[&str]| match words {
            [word] => format!("{value} = {}", text(word)),
            words => {
                let words: Vec<String> = words.iter().map(text).collect();
                format!("{value} IN ({})", words.join(", "))
            }
        };
        let of = |words: &[&'static str]| {
            let words = words.iter().copied();
            words
                .filter(|word| spellings.clone().any(|own| own.is(word)))
                .collect::<Vec<_>>()
        };
        let value = self.value(set.column);
        let is_word = |value: &str| is_among(&self.normalized(value, &sought), &sought);
        match set.column.vocabulary {
            Vocabulary::Only(words) => is_among(&value, &of(words)),
            Vocabulary::Licenses => match of(&license::CLASSES).as_slice() {
                [] => is_word(&value),
                classes => {
                    let class = is_among("license_class", classes);
                    format!("(coalesce({class}, FALSE) OR {})", is_word(&value))
                }
            },
            Vocabulary::Wide(_) => {
                let tags = self.with_parts(&value);
                let all = self.concatenated(&["sections", &tags]);
                let found = self.any_of(&all, &is_word("x"));
                format!("CASE WHEN coalesce(sections, {value}) IS NOT NULL THEN {found} END")
            }
            Vocabulary::Parts => {
                // A chip that is not stated may be any.
                let (list, gaps) = ("hardware_chip", self.has_gaps("hardware_chip"));
                let found = self.any_of(&self.with_parts(list), &is_word("x"));
                format!("CASE WHEN {found} THEN TRUE WHEN {gaps} THEN NULL ELSE {found} END")
            }
            _ if self.is_list(set.column) => self.any_of(&value, &is_word("x")),
            _ => is_word(&value),
        }
    }

    fn matched(self, column: ColumnRef, pattern: &Pattern) -> String {
        let (value, pattern) = (self.value(column), pattern.expression());
        match self.is_list(column) {
            true => self.any_of(&value, &self.matches("x", &pattern)),
            false => self.matches(&value, &pattern),
        }
    }

    /// Whether a name or alias of a model matches, or an organization, the title of its paper or a note.
    pub(super) fn mentions(self, pattern: &Pattern, anywhere: bool) -> String {
        let pattern = pattern.expression();
        let is = |text| self.matches(text, &pattern);
        let (mut tests, mut lists) = (vec![is("name")], vec!["aliases"]);
        if anywhere {
            tests.push(is("paper_title"));
            lists.extend(["organizations", self.note_texts()]);
        }
        tests.push(self.any_of(&self.concatenated(&lists), &is("x")));
        format!("({})", tests.join(" OR "))
    }
}
