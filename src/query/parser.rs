//! The language of conditions: `params>=100B and open and not (org=google or org=deepmind)`.

mod operand;

use crate::error::ConditionError;
use crate::model::column::{Column, ColumnRef, Vocabulary};
use crate::model::figure::Literal;
use crate::model::name::{NormalizedName, nearest, quoted};
use crate::model::schema;
use crate::model::value::Kind;
use crate::query::comparison::{Bound, Comparison, OPERATORS, Operator};
use crate::query::condition::Condition;
use crate::query::word_set::{SoughtWord, Typed, WordSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// How deep parentheses and `not` may nest.
const DEPTH: usize = 64;

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let mut parser = Parser {
            text,
            shared: text.into(),
            at: 0,
            depth: 0,
        };
        let condition = parser.any()?;
        match parser.peek() {
            "" => Ok(condition),
            found => Err(parser.unjoined(found)),
        }
    }
}

/// Reads a text from left to right; `at` is the offset of the next byte.
struct Parser<'t> {
    text: &'t str,
    /// The same text, for words that outlive the parser.
    shared: Arc<str>,
    at: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn any(&mut self) -> Result<Condition, ConditionError> {
        let mut parts = vec![self.all()?];
        while self.take_word("or") {
            let next = self.peek();
            let part = self.all();
            parts.push(part.map_err(|error| self.of_list(error, &parts, next))?);
        }
        Ok(Condition::any(parts))
    }

    fn all(&mut self) -> Result<Condition, ConditionError> {
        let mut parts = vec![self.part()?];
        while self.take_word("and") {
            parts.push(self.part()?);
        }
        Ok(Condition::all(parts))
    }

    fn part(&mut self) -> Result<Condition, ConditionError> {
        self.depth += 1;
        if self.depth > DEPTH {
            let found = self.peek();
            return Err(self.mistake(
                found,
                "parentheses and `not` can be nested at most 64 deep".to_owned(),
            ));
        }
        let part = if self.take_word("not") {
            Condition::Not(Box::new(self.part()?))
        } else if self.begins_expression() {
            self.test()?
        } else if self.take("(") {
            let inner = self.any()?;
            self.close()?;
            inner
        } else {
            self.test()?
        };
        self.depth -= 1;
        Ok(part)
    }

    fn test(&mut self) -> Result<Condition, ConditionError> {
        if self.take_word("has") {
            return Ok(Condition::Has(self.operand()?));
        }
        if self.take_word("missing") {
            return Ok(Condition::Not(Box::new(Condition::Has(self.operand()?))));
        }
        if ["open", "closed"]
            .iter()
            .any(|word| self.peek().eq_ignore_ascii_case(word))
        {
            let word = self.next();
            let place = self.place(self.at - word.len());
            return word_test(const { schema::column("access") }, word, place)
                .map_err(|message| self.mistake(word, message));
        }
        let column = self.operand()?;
        let operator = self.operator(column)?;
        if operator != Operator::In {
            return self.value(column, operator, "");
        }
        if !self.take("(") {
            let found = self.peek();
            return Err(self.expected("`(` and a list of values", found));
        }
        let mut parts = vec![self.listed(column)?];
        while self.take(",") {
            parts.push(self.listed(column)?);
        }
        self.close()?;
        Ok(Condition::any(parts))
    }

    fn operator(&mut self, column: ColumnRef) -> Result<Operator, ConditionError> {
        let found = self.peek();
        let known = |(sign, _): &&(&str, Operator)| match sign.starts_with(char::is_alphabetic) {
            true => found.eq_ignore_ascii_case(sign),
            false => self.rest().trim_start().starts_with(sign),
        };
        let key = column.heading.key;
        match OPERATORS.iter().find(known) {
            Some((sign, operator)) => {
                self.skip_space();
                let at = self.at;
                self.at += sign.len();
                match operator.fits(column) {
                    Ok(()) => Ok(*operator),
                    Err(which) => {
                        Err(self.mistake(&self.text[at..self.at], format!("{key} {which}")))
                    }
                }
            }
            None => Err(self.expected(&format!("a comparison after `{key}`, such as `=`"), found)),
        }
    }

    fn listed(&mut self, column: ColumnRef) -> Result<Condition, ConditionError> {
        self.value(column, Operator::Is(Comparison::Equal), ",")
    }

    /// One value; unquoted it ends before a space, a parenthesis or one of `stops`.
    fn value(
        &mut self,
        column: ColumnRef,
        operator: Operator,
        stops: &str,
    ) -> Result<Condition, ConditionError> {
        self.skip_space();
        let start = self.at;
        let value = match self.quoted()? {
            Some(value) => value,
            None => self.bare(column, stops),
        };
        let written = &self.text[start..self.at];
        if written.starts_with(['=', '<', '>', '~', '!']) {
            let sign = &written[..1];
            return Err(self.mistake(
                sign,
                format!("`{sign}` begins no value; quote it if it does"),
            ));
        }
        if written.is_empty() {
            let found = self.peek();
            return Err(self.expected(&format!("a value for `{}`", column.heading.key), found));
        }
        let condition = match (operator, column.heading.kind) {
            (Operator::Matches | Operator::MatchesNot, _) => value
                .parse()
                .map(|pattern| Condition::Match(column, pattern)),
            (_, Kind::Month) => bound(value.parse().map(Bound::Period), column, operator),
            (_, Kind::Number | Kind::Quantity(_)) => {
                bound(number(column, &value).map(Bound::Number), column, operator)
            }
            _ => word_test(column, &value, self.place(start)),
        };
        let condition = condition.map_err(|message| self.mistake(written, message))?;
        Ok(match operator {
            Operator::IsNot | Operator::MatchesNot => Condition::Not(Box::new(condition)),
            _ => condition,
        })
    }

    /// A value without quotes. A number takes its unit with it, as in `10 T`.
    fn bare(&mut self, column: ColumnRef, stops: &str) -> String {
        let start = self.at;
        let end = |c: char| c.is_whitespace() || c == ')' || stops.contains(c);
        let len = |text: &str| text.find(end).unwrap_or(text.len());
        self.at += len(self.rest());
        while column.heading.kind.is_number() {
            let next = self.rest().trim_start();
            let longer = self.text.len() - next.len() + len(next);
            let longer_text = &self.text[start..longer];
            if len(next) == 0 || column.unit().literal(longer_text).is_err() {
                break;
            }
            self.at = longer;
        }
        // What is neither a unit nor more of the condition is a mistake in the number.
        if column.heading.kind.is_number() && self.at > start && !self.goes_on() {
            self.next();
        }
        self.text[start..self.at].to_owned()
    }

    /// Whether a condition can end or go on here, perhaps misspelled.
    fn goes_on(&self) -> bool {
        let word = self.peek();
        let is_word = word.starts_with(char::is_alphabetic);
        let of_condition = ["and", "or", "not", "has", "missing", "open", "closed"];
        !is_word || !nearest(word, of_condition).is_empty() || <Column>::named(word).is_ok()
    }

    /// What was typed from a byte on to here.
    fn place(&self, start: usize) -> Typed {
        Typed(Some((self.shared.clone(), start..self.at)))
    }

    /// A text in quotes, if one begins here; a backslash keeps a quote or a backslash, before others
    /// it is kept.
    fn quoted(&mut self) -> Result<Option<String>, ConditionError> {
        let (start, mut text) = (self.at, String::new());
        let mut chars = self.rest().char_indices().peekable();
        let Some((_, quote @ ('\'' | '"'))) = chars.next() else {
            return Ok(None);
        };
        while let Some((i, c)) = chars.next() {
            match c {
                c if c == quote => {
                    self.at = start + i + c.len_utf8();
                    return Ok(Some(text));
                }
                '\\' => match chars.next_if(|(_, next)| *next == quote || *next == '\\') {
                    Some((_, kept)) => text.push(kept),
                    None => text.push('\\'),
                },
                c => text.push(c),
            }
        }
        let rest = self.rest();
        Err(self.mistake(rest, format!("this quote is not closed: {quote}")))
    }

    fn close(&mut self) -> Result<(), ConditionError> {
        match self.take(")") {
            true => Ok(()),
            false => {
                let found = self.peek();
                Err(self.expected("`)`", found))
            }
        }
    }

    /// The next word or sign, without taking it; nothing at the end.
    fn peek(&self) -> &'t str {
        let rest = self.rest().trim_start();
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let word = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        // In `params-(tokens)`, the sign is not of the word.
        let word = rest[..word]
            .trim_end_matches('-')
            .len()
            .max(usize::from(word == 1));
        match (word, rest.chars().next()) {
            (0, Some(sign)) => &rest[..sign.len_utf8()],
            (len, _) => &rest[..len],
        }
    }

    fn next(&mut self) -> &'t str {
        let found = self.peek();
        self.skip_space();
        self.at += found.len();
        found
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = self.peek() == sign;
        if found {
            self.next();
        }
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.peek().eq_ignore_ascii_case(word);
        if found {
            self.next();
        }
        found
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// A mistake where a condition should end or another be joined to it.
    fn unjoined(&self, found: &str) -> ConditionError {
        let meant = match found {
            "&" => vec!["and"],
            "|" => vec!["or"],
            word => nearest(word, ["and", "or"]),
        };
        let hint = match meant.first() {
            Some(word) => format!("; did you mean `{word}`?"),
            None if ["=", "<", ">", "~", "!"].contains(&found) => String::new(),
            None => " (a value with spaces wants quotes)".to_owned(),
        };
        let expected = self.expected("`and`, `or` or the end", found);
        ConditionError {
            message: expected.message + &hint,
            ..expected
        }
    }

    fn expected(&self, what: &str, found: &str) -> ConditionError {
        let written = match found {
            "" => "the end".to_owned(),
            found => format!("`{found}`"),
        };
        self.mistake(found, format!("expected {what}, found {written}"))
    }

    /// A mistake at `part`, which is a piece of the text itself.
    fn mistake(&self, part: &str, message: String) -> ConditionError {
        let offset = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let start = offset.min(self.text.len());
        let end = (start + part.len()).min(self.text.len());
        ConditionError {
            condition: self.text.to_owned(),
            at: start..end,
            message,
        }
    }
}

/// A number in the unit of a column. Figures of the catalog are positive, others need not be.
fn number(column: ColumnRef, text: &str) -> Result<Literal, String> {
    match text.strip_prefix('-') {
        Some(rest) if column.may_be_negative() => Ok(column.unit().literal(rest)?.negated()),
        _ => column.unit().literal(text),
    }
}

fn bound<E: fmt::Display>(
    read: Result<Bound, E>,
    column: ColumnRef,
    operator: Operator,
) -> Result<Condition, String> {
    let how = match operator {
        Operator::Is(how) => how,
        _ => Comparison::Equal,
    };
    let bound = read.map_err(|error| error.to_string())?;
    Ok(Condition::Compare(column, how, bound))
}

/// A test for a word, which must be one that the column can have.
fn word_test(column: ColumnRef, typed: &str, place: Typed) -> Result<Condition, String> {
    match column.vocabulary {
        Vocabulary::Only(words)
            if !words.iter().any(|word| NormalizedName::new(typed).is(word)) =>
        {
            let (noun, words) = (column.noun(), quoted(words.iter().copied()));
            Err(format!("unknown {noun} `{typed}`; expected {words}"))
        }
        _ => {
            let word = SoughtWord::new(typed, place);
            Ok(Condition::Words(WordSet::new(column, vec![word])))
        }
    }
}
