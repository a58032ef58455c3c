//! Expressions: columns that are computed from others, such as `active_params/params`.

mod parser;

use crate::model::column::{Column, ColumnRef};
use crate::model::unit::Unit;
use crate::model::value::{Kind, Value};
use crate::model::{Keys, Model};
use std::ops::Range;

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

    /// What becomes of its numbers, keys and signs, from the innermost parts outward.
    pub(crate) fn folded<T>(
        &self,
        number: impl Fn(f64) -> T,
        key: impl Fn(ColumnRef) -> T,
        join: impl Fn(T, char, T) -> T,
    ) -> Option<T> {
        let mut stack = Vec::new();
        for step in &self.steps {
            let part = match step {
                Step::Number(own) => number(*own),
                Step::Key(column) => key(column),
                Step::Join(sign) => {
                    let (right, left) = (stack.pop()?, stack.pop()?);
                    join(left, *sign, right)
                }
            };
            stack.push(part);
        }
        stack.pop()
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
            ("active-params/params", 2.0 / 6.0),
            ("params-active-params", 4e9),
            ("params-1", 6e9 - 1.0),
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
