//! What a condition compares: a key, or an expression.

use super::Parser;
use crate::error::ConditionError;
use crate::model::column::{Column, ColumnRef, Vocabulary};
use crate::model::expression::Expression;
use crate::query::comparison::OPERATORS;
use crate::query::condition::Condition;
use crate::query::word_set::WordSet;

/// What operators begin with.
const SIGNS: [char; 5] = ['=', '!', '<', '>', '~'];

impl Parser<'_> {
    /// Whether a parenthesis begins an expression that is compared, and not a condition.
    pub(super) fn begins_expression(&self) -> bool {
        if self.peek() != "(" {
            return false;
        }
        let Ok((_, length)) = Expression::parse_prefix(self.rest()) else {
            return false;
        };
        let rest = self.rest()[length..].trim_start();
        OPERATORS.iter().any(|(sign, _)| rest.starts_with(sign))
    }

    /// A key, or an expression such as `active_params/params`.
    pub(super) fn operand(&mut self) -> Result<ColumnRef, ConditionError> {
        self.skip_space();
        let start = self.at;
        let key = self.key();
        let is_joined = self.rest().trim_start().starts_with(['+', '-', '*', '/']);
        if key.is_ok() && !is_joined {
            return key;
        }
        match Expression::parse_prefix(&self.text[start..]) {
            Ok((expression, length)) if expression.is_computed() => {
                self.at = start + length;
                Ok(expression.into_column())
            }
            // The first part is a key: the mistake is in a later one.
            Err((at, message)) if at.start > 0 => {
                let part = &self.text[start + at.start..start + at.end];
                Err(self.mistake(part, message))
            }
            _ => key,
        }
    }

    /// The mistake at a word after `or`: in `org=a or b`, `b` may be another value.
    pub(super) fn of_list(
        &self,
        error: ConditionError,
        parts: &[Condition],
        word: &str,
    ) -> ConditionError {
        let is_open = |set: &WordSet| !matches!(set.column.vocabulary, Vocabulary::Only(_));
        let rest = self.text[error.at.end..].trim_start();
        let is_lone = &self.text[error.at.clone()] == word && !rest.starts_with(SIGNS);
        match parts.last() {
            Some(Condition::Words(set)) if is_lone && is_open(set) && !word.is_empty() => {
                let key = set
                    .column
                    .aliases
                    .first()
                    .unwrap_or(&set.column.heading.key);
                let words = set.words().iter().map(|word| &*word.typed).chain([word]);
                let words = words.map(|word| match word.contains(' ') {
                    true => format!("'{word}'"),
                    false => word.to_owned(),
                });
                let words = words.collect::<Vec<_>>().join(", ");
                ConditionError {
                    message: format!("unknown key `{word}`; did you mean `{key} in ({words})`?"),
                    ..error
                }
            }
            _ => error,
        }
    }

    fn key(&mut self) -> Result<ColumnRef, ConditionError> {
        self.skip_space();
        let start = self.at;
        if let Some(name) = self.quoted()? {
            let written = &self.text[start..self.at];
            return Column::named(&name).map_err(|message| self.mistake(written, message));
        }
        let word = self.next();
        if !word.starts_with(|c: char| c.is_alphanumeric()) {
            return Err(self.expected("a key, such as `params`", word));
        }
        Column::named(word).map_err(|message| self.mistake(word, message))
    }
}
