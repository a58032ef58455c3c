//! A trend as the values of a row.

use std::borrow::Cow;

use super::Fitted;
use crate::column::ColumnRef;
use crate::quantity::{factor, three};
use crate::trend::{Estimate, Pace, Span, Trend, agreed};
use crate::value::Value;

/// How far a point is from the line through the others.
pub fn off(over: f64) -> String {
    match over >= 1.0 {
        true => format!("{} above", factor(over)),
        false => format!("{} below", factor(1.0 / over)),
    }
}

impl<'m> Fitted<'m> {
    /// The group's name for people.
    pub fn label(&self) -> Value<'m> {
        match &self.value {
            Value::Missing => Value::from("not stated"),
            value => value.clone(),
        }
    }

    /// All that is known, for machines; what the trend does not have is missing.
    pub fn record(&self, by: ColumnRef) -> Vec<Value<'_>> {
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
        let span = |span: Span| {
            let high = span.high.map_or(Value::Missing, number);
            [number(span.mid), number(span.low), high]
        };
        let none = || [const { Value::Missing }; 3];
        let (doubles, halves) = match trend.pace() {
            Pace::Doubles(months) => (span(months), none()),
            Pace::Halves(months) => (none(), span(months)),
            Pace::Stays => (none(), none()),
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
    pub fn line(&self, trend: &Trend) -> Vec<Value<'m>> {
        let text = |text: String| Value::Text(Cow::Owned(text));
        let Estimate { mid, low, high } = trend.growth();
        let (verb, span) = match trend.pace() {
            Pace::Doubles(span) => ("doubles", Some(span)),
            Pace::Halves(span) => ("halves", Some(span)),
            Pace::Stays => ("stays as it is", None),
        };
        let pace = match span {
            Some(span) => format!("{verb} in {} months", three(span.mid)),
            None => verb.to_owned(),
        };
        let interval = span.map_or(String::new(), |span| match span.high {
            Some(high) => format!("{} to {}", three(span.low), three(high)),
            None => format!("{} to never", three(span.low)),
        });
        vec![
            Value::Number(trend.count as f64),
            text(factor(mid)),
            text(format!("{} to {}", factor(low), factor(high))),
            text(pace),
            text(interval),
            text(trend.r2.map_or(String::new(), |r2| format!("{r2:.2}"))),
            Value::Month(trend.first),
            Value::Month(trend.last),
        ]
    }
}
