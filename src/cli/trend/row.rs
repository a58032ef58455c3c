//! A trend as the values of a row.

use super::Fitted;
use crate::analysis::trend::{Estimate, Pace, Span, agreed};
use crate::model::column::ColumnRef;
use crate::model::quantity::{factor, three};
use crate::model::value::Value;
use std::borrow::Cow;

/// What is in place of a growth that cannot be told.
pub(super) const UNTOLD: &str = "cannot be told";

/// How far a point is from the line through the others.
pub(super) fn off(over: f64) -> String {
    match over >= 1.0 {
        true => format!("{} above", factor(over)),
        false => format!("{} below", factor(1.0 / over)),
    }
}

impl<'m> Fitted<'m> {
    /// The group's name for people.
    pub(super) fn label(&self) -> Value<'m> {
        match &self.value {
            Value::Missing => Value::from("not stated"),
            value => value.clone(),
        }
    }

    /// All that is known, for machines; what the trend does not have is missing.
    pub(super) fn record(&self, by: ColumnRef) -> Vec<Value<'_>> {
        let number = |number: f64| match number.is_finite() {
            true => Value::Number(agreed(number)),
            false => Value::Missing,
        };
        let count = Value::Number(self.count() as f64);
        let mut row = vec![Value::from(by.heading.key), count];
        let Ok(trend) = &self.trend else {
            row.extend([const { Value::Missing }; 13]);
            return row;
        };
        let Estimate { mid, low, high } = trend.growth();
        row.extend([mid, low, high].map(number));
        let span = |span: Span| [span.mid, span.low, span.high].map(number);
        let none = || [const { Value::Missing }; 3];
        let (doubles, halves) = match trend.pace() {
            Pace::Doubles(months) => (span(months), none()),
            Pace::Halves(months) => (none(), span(months)),
        };
        row.extend(doubles.into_iter().chain(halves));
        row.extend([
            trend.r2.map_or(Value::Missing, number),
            Value::Month(trend.first),
            Value::Month(trend.last),
            Value::Influence(&self.influence),
        ]);
        row
    }

    /// The same in a line for people.
    pub(super) fn line(&self) -> Vec<Value<'m>> {
        let text = |text: String| Value::Text(Cow::Owned(text));
        let count = Value::Number(self.count() as f64);
        let Ok(trend) = &self.trend else {
            let mut row = vec![count, Value::from(UNTOLD)];
            row.extend([const { Value::Missing }; 6]);
            return row;
        };
        let Estimate { mid, low, high } = trend.growth();
        let (halves, span) = match trend.pace() {
            Pace::Doubles(span) => ("", span),
            Pace::Halves(span) => ("halves in ", span),
        };
        vec![
            count,
            text(factor(mid)),
            text(format!("{} to {}", factor(low), factor(high))),
            text(format!("{halves}{} months", three(span.mid))),
            text(format!("{} to {}", three(span.low), three(span.high))),
            text(trend.r2.map_or(String::new(), |r2| format!("{r2:.2}"))),
            Value::Month(trend.first),
            Value::Month(trend.last),
        ]
    }
}
