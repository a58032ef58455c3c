//! The parser of expressions.

use super::{Expression, Mistake, Step};
use crate::model::Model;
use crate::model::column::Column;
use crate::model::unit::Unit;
use crate::model::value::Kind;

/// How deep parentheses may nest.
const DEPTH: usize = 64;

impl Expression {
    /// Reads the longest expression that a text begins with, and its length in bytes.
    ///
    /// # Errors
    /// When the text begins with none.
    pub(crate) fn parse_prefix(text: &str) -> Result<(Expression, usize), Mistake> {
        let mut reader = Reader {
            text,
            at: 0,
            depth: 0,
            parsed: Expression {
                text: String::new(),
                title: String::new(),
                in_sentence: String::new(),
                unit: Unit::Ratio,
                steps: Vec::new(),
            },
        };
        let unit = reader.sum()?;
        let mut parsed = reader.parsed;
        parsed.unit = unit.unwrap_or(Unit::Ratio);
        let texts = [&mut parsed.text, &mut parsed.title, &mut parsed.in_sentence];
        texts.into_iter().for_each(strip_parentheses);
        Ok((parsed, reader.at))
    }
}

/// Reads a text from left to right; `at` is the offset of the next byte.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    parsed: Expression,
}

/// The unit of a part; none of a plain number, which goes with any.
type PartUnit = Option<Unit>;

impl<'t> Reader<'t> {
    fn sum(&mut self) -> Result<PartUnit, Mistake> {
        let mut unit = self.product()?;
        while let Some(sign) = self.take(&['+', '-']) {
            let shown = format!(" {sign} ");
            self.write([&format!("{sign}"), &shown, &shown]);
            let other = self.product()?;
            self.parsed.steps.push(Step::Join(sign));
            unit = match (unit, other) {
                (one, other) if one == other => one,
                (Some(unit), None) | (None, Some(unit)) => Some(unit),
                _ => Some(Unit::Ratio),
            };
        }
        Ok(unit)
    }

    fn product(&mut self) -> Result<PartUnit, Mistake> {
        let mut unit = self.operand()?;
        while let Some(sign) = self.take(&['*', '/']) {
            let shown = if sign == '*' { " × " } else { " / " };
            self.write([&format!("{sign}"), shown, shown]);
            let other = self.operand()?;
            self.parsed.steps.push(Step::Join(sign));
            unit = match (unit, other, sign) {
                (unit, None, _) => unit,
                (None, Some(unit), '*') => Some(unit),
                _ => Some(Unit::Ratio),
            };
        }
        Ok(unit)
    }

    fn operand(&mut self) -> Result<PartUnit, Mistake> {
        if self.take(&['(']).is_some() {
            self.depth += 1;
            if self.depth > DEPTH {
                let what = format!("parentheses can be nested at most {DEPTH} deep");
                return Err((self.at - 1..self.at, what));
            }
            self.write(["("; 3]);
            let unit = self.sum()?;
            if self.take(&[')']).is_none() {
                return Err(self.expected("`)`"));
            }
            self.depth -= 1;
            self.write([")"; 3]);
            return Ok(unit);
        }
        self.skip_space();
        let rest = self.rest();
        match rest.chars().next() {
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(number_length(rest)),
            Some(quote @ ('\'' | '"')) => match rest[1..].find(quote) {
                Some(length) => {
                    let name = &rest[1..=length];
                    self.key(name, length + 2, &rest[..length + 2])
                }
                None => Err((
                    self.at..self.text.len(),
                    format!("this quote is not closed: {quote}"),
                )),
            },
            Some(c) if c.is_alphanumeric() => {
                let length = key_length(rest);
                self.key(&rest[..length], length, "")
            }
            _ => Err(self.expected("a key or a number")),
        }
    }

    fn number(&mut self, length: usize) -> Result<PartUnit, Mistake> {
        let place = self.at..self.at + length;
        let typed = &self.text[place.clone()];
        let number = match Unit::Count.parse(typed) {
            Ok(number) => number,
            // Some names of keys begin with a digit.
            Err(_) if Column::<Model<'static>>::named(typed).is_ok() => {
                return self.key(typed, length, "");
            }
            Err(what) => return Err((place, what)),
        };
        self.at += length;
        self.write([typed; 3]);
        self.parsed.steps.push(Step::Number(number));
        Ok(None)
    }

    /// A key; in an expression it is `written` so, or by its own name.
    fn key(&mut self, name: &str, length: usize, written: &str) -> Result<PartUnit, Mistake> {
        let place = self.at..self.at + length;
        let column = Column::named(name).map_err(|what| (place.clone(), what))?;
        if !column.heading.kind.is_number() {
            return Err((place, format!("`{name}` is not a number")));
        }
        self.at += length;
        let written = match written {
            "" => column.heading.key,
            written => written,
        };
        self.write([written, column.name(), &column.in_sentence()]);
        self.parsed.steps.push(Step::Key(column));
        // What has no unit of its own, such as a year, has none in common with others.
        Ok(Some(match column.heading.kind {
            Kind::Quantity(unit) => unit,
            _ => Unit::Ratio,
        }))
    }

    fn write(&mut self, [text, title, in_sentence]: [&str; 3]) {
        self.parsed.text += text;
        self.parsed.title += title;
        self.parsed.in_sentence += in_sentence;
    }

    /// One of these signs, if it comes next.
    fn take(&mut self, signs: &[char]) -> Option<char> {
        self.skip_space();
        let sign = self.rest().chars().next()?;
        signs.contains(&sign).then(|| {
            self.at += sign.len_utf8();
            sign
        })
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn expected(&self, what: &str) -> Mistake {
        let found = self.rest().trim_start();
        let at = self.text.len() - found.len();
        let next = found.chars().next();
        let found = next.map_or("the end".to_owned(), |sign| format!("`{sign}`"));
        let end = at + next.map_or(0, char::len_utf8);
        (at..end, format!("expected {what}, found {found}"))
    }
}

/// Removes parentheses around the whole of an expression.
fn strip_parentheses(text: &mut String) {
    while let Some(inner) = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
    {
        let mut depth = 0;
        let is_closed = |c: char| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth < 0
        };
        if inner.chars().any(is_closed) {
            return;
        }
        *text = inner.to_owned();
    }
}

/// How long the key is that a text begins with. `active-params` is a key, and `params-tokens` two.
fn key_length(text: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let length = |text: &str| text.find(|c| !is_part(c)).unwrap_or(text.len());
    let mut ends = vec![length(text)];
    while let Some(rest) = text[ends[ends.len() - 1]..].strip_prefix('-') {
        let part = length(rest);
        if part == 0 {
            break;
        }
        ends.push(text.len() - rest.len() + part);
    }
    let is_key = |end: &&usize| Column::<Model<'static>>::named(&text[..**end]).is_ok();
    ends.iter().rev().find(is_key).copied().unwrap_or(ends[0])
}

/// How long the number is that a text begins with: digits, an exponent and a suffix, as in `1.5e9` or
/// `175B`.
fn number_length(text: &str) -> usize {
    let count = |text: &str, is: fn(char) -> bool| text.find(|c| !is(c)).unwrap_or(text.len());
    let digits = count(text, |c| c.is_ascii_digit() || matches!(c, '.' | '_'));
    let signed = ["e-", "e+", "E-", "E+"];
    let exponent = match signed.iter().any(|start| text[digits..].starts_with(start)) {
        true => 2,
        false => 0,
    };
    let rest = &text[digits + exponent..];
    digits + exponent + count(rest, char::is_alphanumeric)
}
