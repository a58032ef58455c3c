//! Expressions: columns that are computed from others, such as `active_params/params`.

use crate::model::Keys;
use crate::model::Model;
use crate::model::column::{Column, ColumnRef};
use crate::model::unit::Unit;
use crate::model::value::{Kind, Value};
use std::ops::Range;

/// How deep parentheses may nest.
const DEPTH: usize = 64;

/// Numbers and keys joined by `+ - * /` and parentheses.
#[derive(Debug)]
pub(crate) struct Expression {
    /// As written, with the keys of columns and without blanks.
    pub text: String,
    /// The same with titles, for people.
    pub title: String,
    /// The same within a sentence.
    pub in_sentence: String,
    /// What it counts: a ratio unless it has the unit of all its parts.
    pub unit: Unit,
    /// In postfix order: operands before what joins them.
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Number(f64),
    Key(ColumnRef),
    /// One of `+ - * /`.
    Join(char),
}

/// A mistake in an expression: the bytes, and what is wrong.
pub(crate) type Mistake = (Range<usize>, String);

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

    /// Reads a whole text as an expression.
    ///
    /// # Errors
    /// When it is none.
    pub(crate) fn parse(text: &str) -> Result<Expression, Mistake> {
        let (expression, length) = Expression::parse_prefix(text)?;
        match text[length..].trim_start() {
            "" => Ok(expression),
            rest => {
                let at = text.len() - rest.len();
                let what = "expected `+`, `-`, `*`, `/` or the end";
                Err((at..text.len(), format!("{what}, found `{rest}`")))
            }
        }
    }

    /// Whether it is more than one key or number.
    pub(crate) fn is_computed(&self) -> bool {
        self.steps.len() > 1
    }

    /// The columns that it reads, in the order in which they are written.
    pub(crate) fn columns(&self) -> impl Iterator<Item = ColumnRef> {
        self.steps.iter().filter_map(|step| match step {
            Step::Key(column) => Some(*column),
            Step::Number(_) | Step::Join(_) => None,
        })
    }

    /// A column of it, which is kept until the process ends.
    pub(crate) fn into_column(self) -> ColumnRef {
        let needs = self.columns().map(|column| column.needs);
        let needs = needs.fold(Keys::default(), Keys::union);
        let own: &'static Expression = Box::leak(Box::new(self));
        let heading = (&*own.title, Kind::Quantity(own.unit));
        let column = Column::of(&own.text, heading, |_| Value::Missing);
        let column = column.means("computed from the figures of each model");
        Box::leak(Box::new(column.computes(own, needs)))
    }

    /// Its value for a model: missing if one of its keys is, or where it divides by 0; an estimate if
    /// one of its keys holds one.
    pub(crate) fn value(&self, model: &Model<'_>) -> Value<'static> {
        let mut is_estimate = false;
        let mut stack: Vec<f64> = Vec::new();
        for step in &self.steps {
            let number = match step {
                Step::Number(number) => *number,
                Step::Key(column) => {
                    let value = column.value(model);
                    is_estimate |= matches!(value.unmarked(), Value::Estimate(..));
                    match value.scale().filter(|_| !value.is_missing()) {
                        Some(number) => number,
                        None => return Value::Missing,
                    }
                }
                Step::Join(sign) => {
                    let (Some(right), Some(left)) = (stack.pop(), stack.pop()) else {
                        return Value::Missing;
                    };
                    match sign {
                        '+' => left + right,
                        '-' => left - right,
                        '*' => left * right,
                        _ => left / right,
                    }
                }
            };
            // Such as a division by 0.
            if !number.is_finite() {
                return Value::Missing;
            }
            stack.push(number);
        }
        match (stack.pop(), is_estimate) {
            (Some(number), true) => Value::Estimate(number, self.unit),
            (Some(number), false) => Value::Number(number),
            (None, _) => Value::Missing,
        }
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
                let is_part = |c: char| c.is_alphanumeric() || c == '_';
                let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                self.key(&rest[..length], length, "")
            }
            _ => Err(self.expected("a key or a number")),
        }
    }

    fn number(&mut self, length: usize) -> Result<PartUnit, Mistake> {
        let place = self.at..self.at + length;
        let typed = &self.text[place.clone()];
        let number = Unit::Count.parse(typed).map_err(|what| (place, what))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figure::Figure;
    use proptest::prelude::*;

    fn model() -> Model<'static> {
        Model {
            params: Some(Figure(6e9)),
            active_params: Some(Figure(2e9)),
            ..Model::default()
        }
    }

    fn value(text: &str) -> Option<f64> {
        let expression = Expression::parse(text).expect("an expression");
        expression.value(&model()).number()
    }

    #[test]
    fn products_bind_tighter_than_sums_and_both_go_left_to_right() {
        for (text, expected) in [
            ("active_params/params", 2.0 / 6.0),
            ("1 + 2 * 3 - 4 / 2", 5.0),
            ("(1+2)*3", 9.0),
            ("8/4/2", 1.0),
            ("10-4-3", 3.0),
            ("params - 'active_params'", 4e9),
            ("1e-1*100", 10.0),
            ("params/2B", 3.0),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_unknown_stays_unknown() {
        for text in ["tokens/params", "params/0", "1/(params-3*active_params)"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn the_unit_is_that_of_all_parts() {
        for (text, unit) in [
            ("params-active_params", Unit::Count),
            ("2*data_bytes", Unit::Bytes),
            ("cost_usd/1e6", Unit::Usd),
            ("active_params/params", Unit::Ratio),
            ("cost_usd+params", Unit::Ratio),
            ("1/params", Unit::Ratio),
        ] {
            assert_eq!(Expression::parse(text).expect(text).unit, unit, "{text}");
        }
    }

    #[test]
    fn mistakes_have_a_place() {
        for (text, at, what) in [
            ("params/", 7..7, "expected a key or a number, found the end"),
            ("params/name", 7..11, "`name` is not a number"),
            ("(params", 7..7, "expected `)`, found the end"),
            (
                "params/parms",
                7..12,
                "unknown key `parms`; did you mean `params`?",
            ),
            ("params*-1", 7..8, "expected a key or a number, found `-`"),
        ] {
            let (place, message) = Expression::parse(text).expect_err(text);
            assert_eq!((place, &*message), (at, what), "{text}");
        }
    }

    #[test]
    fn outer_parentheses_are_left_out_of_its_text() {
        for (text, expected) in [
            ("((params / 2))", "params/2"),
            ("(params+1)*(params+2)", "(params+1)*(params+2)"),
            ("(params)", "params"),
        ] {
            assert_eq!(Expression::parse(text).expect(text).text, expected);
        }
    }

    proptest! {
        #[test]
        fn its_text_reads_as_the_same_expression(
            parts in prop::collection::vec((0usize..4, prop::sample::select(vec!['+', '-', '*', '/'])), 1..12),
        ) {
            let operands = ["params", "active_params", "3", "(params+2)"];
            let text: Vec<String> =
                parts.iter().map(|(own, sign)| format!("{} {sign} ", operands[*own])).collect();
            let text = text.concat() + "params";
            let one = Expression::parse(&text).expect("an expression");
            let other = Expression::parse(&one.text).expect("its text");
            prop_assert_eq!(&one.text, &other.text);
            prop_assert_eq!(one.value(&model()), other.value(&model()));
        }
    }
}
