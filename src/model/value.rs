//! A value as a column reads it: one type for every format, comparison and condition.

use crate::model::figure::{Figure, exact, grouped};
use crate::model::hardware::Hardware;
use crate::model::json::compact;
use crate::model::link::Link;
use crate::model::month::Month;
use crate::model::object::Text;
use crate::model::provenance::{Mark, Marks};
use crate::model::unit::Unit;
use crate::model::{Correction, Map, Note, Source};
use crate::text::by_letters;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::cmp::Ordering;

/// What a column's values are: how they are compared, aligned and printed for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words; ascend.
    Word,
    /// Sentences and titles; ascend.
    Sentence,
    /// Web addresses; ascend.
    Address,
    /// Several words; ascend.
    Tags,
    /// Months; descend.
    Month,
    /// A number that measures nothing, such as a year or a line; descends.
    Number,
    /// Values of different kinds, mostly figures; without an order.
    Mixed,
    /// A measured figure in a unit; descends.
    Quantity(Unit),
    /// What has no order and no scale: hardware, details.
    Compound,
}

impl Kind {
    /// Whether larger values come first by default.
    pub fn descends(self) -> bool {
        matches!(self, Kind::Month | Kind::Number | Kind::Quantity(_))
    }

    /// Whether values are numbers: aligned right, and counted where they are missing.
    pub fn is_number(self) -> bool {
        matches!(self, Kind::Number | Kind::Mixed | Kind::Quantity(_))
    }

    /// Whether values are measured figures, which can be ranked, fitted and compared.
    pub fn is_measured(self) -> bool {
        matches!(self, Kind::Quantity(_))
    }

    /// What the numbers count.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Kind::Quantity(Unit::Count) => Some("count"),
            Kind::Quantity(Unit::Bytes) => Some("bytes"),
            Kind::Quantity(Unit::Flop) => Some("FLOP"),
            Kind::Quantity(Unit::Usd) => Some("USD"),
            Kind::Quantity(Unit::Mwh) => Some("MWh"),
            _ => None,
        }
    }
}

/// What one model has in one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'m> {
    /// Nothing is known.
    Missing,
    /// A figure in its column's unit.
    Number(f64),
    /// A figure in a unit of its own, where the figures of a column differ in theirs.
    Quantity(f64, Unit),
    /// A figure that others imply.
    Estimate(f64, Unit),
    /// A word or a sentence.
    Text(Cow<'m, str>),
    /// A month.
    Month(Month),
    /// Yes or no.
    Flag(bool),
    /// Several words.
    Tags(&'m [Text<'m>]),
    /// Several figures.
    Numbers(&'m [Figure]),
    /// What a model was trained on.
    Hardware(&'m [Hardware<'m>]),
    /// Named details.
    Details(&'m Map),
    /// Any structure, and the same as text.
    Json(String, serde_json::Value),
    /// Where values come from.
    Sources(&'m [Source<'m>]),
    /// What the list has wrong.
    Corrections(&'m [Correction<'m>]),
    /// What a reader of the figures must know.
    Notes(&'m [Note<'m>]),
    /// Words for people, and the value for machines.
    Shown(Cow<'m, str>, Box<Value<'m>>),
    /// A value that there is something to know of: marked for people, plain for machines.
    Marked(Marks, Box<Value<'m>>),
    /// A value, and where a browser finds more of it.
    Linked(Link<'m>, Box<Value<'m>>),
}

impl<'m> Value<'m> {
    /// The text or number under a key of a map.
    pub fn entry(map: &'m Map, key: &str) -> Value<'m> {
        match map.get(key) {
            Some(serde_json::Value::String(text)) => text.as_str().into(),
            Some(value) => value.as_f64().map_or(Value::Missing, Value::Number),
            None => Value::Missing,
        }
    }

    /// A value that people read in these words.
    pub(crate) fn shown(text: impl Into<Cow<'m, str>>, value: impl Into<Value<'m>>) -> Value<'m> {
        Value::Shown(text.into(), Box::new(value.into()))
    }

    /// A value without a type of its own.
    pub(crate) fn of_json(value: &'m serde_json::Value) -> Value<'m> {
        let text = match value {
            serde_json::Value::Null => return Value::Missing,
            serde_json::Value::Bool(flag) => return Value::Flag(*flag),
            serde_json::Value::String(text) => return Value::from(text.as_str()),
            serde_json::Value::Number(number) => {
                return number.as_f64().map_or(Value::Missing, Value::Number);
            }
            serde_json::Value::Array(parts) => {
                let word = |part: &serde_json::Value| match part.as_str() {
                    Some(text) => text.to_owned(),
                    None => part.to_string(),
                };
                parts.iter().map(word).collect::<Vec<_>>().join("; ")
            }
            serde_json::Value::Object(_) => value.to_string(),
        };
        Value::Json(text, value.clone())
    }

    /// Whether nothing is known.
    pub fn is_missing(&self) -> bool {
        match self {
            Value::Missing => true,
            Value::Tags(list) => list.is_empty(),
            Value::Numbers(list) => list.is_empty(),
            Value::Hardware(list) => list.is_empty(),
            Value::Details(map) => map.is_empty(),
            Value::Json(text, _) => text.is_empty(),
            Value::Sources(list) => list.is_empty(),
            Value::Corrections(list) => list.is_empty(),
            Value::Notes(list) => list.is_empty(),
            Value::Shown(_, value) | Value::Marked(_, value) | Value::Linked(_, value) => {
                value.is_missing()
            }
            _ => false,
        }
    }

    /// The value with this mark too.
    pub fn mark(self, mark: Mark) -> Value<'m> {
        let (mut marks, value) = match self {
            Value::Marked(marks, value) => (marks, value),
            value => (Marks::default(), Box::new(value)),
        };
        marks.add(mark);
        Value::Marked(marks, value)
    }

    /// Its marks.
    pub fn marks(&self) -> Marks {
        match self {
            Value::Marked(marks, value) => marks.union(value.marks()),
            Value::Linked(_, value) => value.marks(),
            Value::Estimate(..) => Marks::from_iter([Mark::Implied]),
            _ => Marks::default(),
        }
    }

    /// Where more of it is found.
    pub(crate) fn link(&self) -> Option<&Link<'m>> {
        match self {
            Value::Linked(link, _) => Some(link),
            Value::Marked(_, value) | Value::Shown(_, value) => value.link(),
            _ => None,
        }
    }

    /// The value without a mark and a link.
    pub fn unmarked(&self) -> &Value<'m> {
        match self {
            Value::Marked(_, value) | Value::Linked(_, value) => value.unmarked(),
            value => value,
        }
    }

    /// The figure, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self.unmarked() {
            Value::Number(number) | Value::Quantity(number, _) | Value::Estimate(number, _) => {
                Some(*number)
            }
            _ => None,
        }
    }

    /// The number that decides its order, if one does.
    pub fn scale(&self) -> Option<f64> {
        match self.unmarked() {
            Value::Month(month) => Some(f64::from(month.index())),
            Value::Numbers(list) => Some(list.iter().map(|own| own.0).fold(0.0, f64::max)),
            value => value.number(),
        }
    }

    /// Its words, if it is a list of them.
    pub(crate) fn tags(&self) -> Option<Vec<&str>> {
        match self.unmarked() {
            Value::Tags(tags) => Some(tags.iter().map(|tag| &**tag).collect()),
            // A part that is not stated is no tag.
            Value::Json(_, serde_json::Value::Array(parts)) => {
                let known = parts.iter().filter(|part| !part.is_null());
                known.map(serde_json::Value::as_str).collect()
            }
            _ => None,
        }
    }

    /// Whether a part of a list is not stated.
    pub(crate) fn has_gaps(&self) -> bool {
        let is_gap = |parts: &Vec<serde_json::Value>| parts.iter().any(serde_json::Value::is_null);
        matches!(self.unmarked(), Value::Json(_, serde_json::Value::Array(parts)) if is_gap(parts))
    }

    /// Whether it is one figure or several, which make no sense in part.
    pub fn is_figure(&self) -> bool {
        matches!(
            self.unmarked(),
            Value::Number(_) | Value::Quantity(..) | Value::Numbers(_)
        )
    }

    /// The value for machines: numbers exact, the values of a list joined with `; `.
    pub fn exact(&self) -> Cow<'m, str> {
        match self {
            Value::Missing => Cow::Borrowed(""),
            Value::Number(number) | Value::Quantity(number, _) | Value::Estimate(number, _) => {
                Cow::Owned(exact(*number))
            }
            Value::Text(text) => text.clone(),
            Value::Month(month) => Cow::Owned(month.to_string()),
            Value::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
            Value::Tags([one]) => Cow::Borrowed(one),
            Value::Tags(tags) => joined("; ", tags.iter().map(|tag| tag.to_string())),
            Value::Numbers(list) => joined("; ", list.iter().map(|figure| exact(figure.0))),
            Value::Hardware(list) => joined("; ", list.iter().map(|h| h.words(exact))),
            Value::Details(map) => joined("; ", map.iter().map(detail)),
            Value::Json(text, _) => Cow::Owned(text.clone()),
            Value::Sources(list) => json(list),
            Value::Corrections(list) => json(list),
            Value::Notes(list) => json(list),
            Value::Shown(_, value) | Value::Marked(_, value) | Value::Linked(_, value) => {
                value.exact()
            }
        }
    }

    /// The value for people: figures in three digits and a scale, lists joined with commas.
    pub fn human(&self, kind: Kind) -> Cow<'m, str> {
        match (self, kind) {
            (Value::Number(number), Kind::Quantity(unit)) => Cow::Owned(unit.human(*number)),
            (Value::Quantity(number, unit), _) => Cow::Owned(unit.human(*number)),
            (Value::Estimate(number, unit), _) => Cow::Owned(format!("≈{}", unit.human(*number))),
            (Value::Numbers(list), Kind::Quantity(unit)) => {
                joined(", ", list.iter().map(|figure| unit.human(figure.0)))
            }
            (Value::Hardware(list), _) => joined("; ", list.iter().map(|h| h.words(grouped))),
            (Value::Sources(list), _) => joined("; ", list.iter().map(Source::words)),
            (Value::Corrections(list), _) => joined("; ", list.iter().map(Correction::words)),
            (Value::Notes(list), _) => joined("; ", list.iter().map(Note::words)),
            (Value::Flag(flag), _) => Cow::Borrowed(if *flag { "yes" } else { "no" }),
            (Value::Shown(text, _), _) => text.clone(),
            (Value::Marked(marks, value), _) => {
                Cow::Owned(format!("{}{}", value.human(kind), marks.signs()))
            }
            (Value::Linked(_, value), _) => value.human(kind),
            (Value::Tags(tags), _) => joined(", ", tags.iter().map(|tag| tag.to_string())),
            _ => self.exact(),
        }
    }

    /// Compares two values of one column; where missing ones are sorted is not decided here.
    pub fn order(&self, other: &Value<'_>) -> Ordering {
        if let (Some(a), Some(b)) = (self.scale(), other.scale()) {
            return a.total_cmp(&b);
        }
        match (self.unmarked(), other.unmarked()) {
            (Value::Text(a), Value::Text(b)) => by_letters(a, b),
            (Value::Tags(a), Value::Tags(b)) => a
                .iter()
                .zip(b.iter())
                .map(|(a, b)| by_letters(a, b))
                .find(|order| order.is_ne())
                .unwrap_or_else(|| a.len().cmp(&b.len())),
            _ => self.exact().cmp(&other.exact()),
        }
    }
}

/// One detail in words, `Resolution: 512x512`.
pub fn detail((key, value): (&String, &serde_json::Value)) -> String {
    match value.as_str() {
        Some(text) => format!("{key}: {text}"),
        None => format!("{key}: {value}"),
    }
}

fn joined<'m>(gap: &str, words: impl Iterator<Item = String>) -> Cow<'m, str> {
    Cow::Owned(words.collect::<Vec<_>>().join(gap))
}

/// Records as the JSON that a catalog has them in; without any, nothing.
fn json<'m>(list: &[impl Serialize]) -> Cow<'m, str> {
    let mut text = Vec::new();
    if !list.is_empty() {
        // Writing to memory cannot fail.
        let _ = compact(list, &mut text);
    }
    Cow::Owned(String::from_utf8(text).unwrap_or_default())
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            value if value.is_missing() => serializer.serialize_none(),
            Value::Missing => serializer.serialize_none(),
            Value::Number(number) | Value::Quantity(number, _) | Value::Estimate(number, _) => {
                Figure(*number).serialize(serializer)
            }
            Value::Text(text) => serializer.serialize_str(text),
            Value::Month(month) => month.serialize(serializer),
            Value::Flag(flag) => serializer.serialize_bool(*flag),
            Value::Tags(tags) => tags.serialize(serializer),
            Value::Numbers(list) => list.serialize(serializer),
            Value::Hardware(list) => list.serialize(serializer),
            Value::Details(map) => map.serialize(serializer),
            Value::Json(_, json) => json.serialize(serializer),
            Value::Sources(list) => list.serialize(serializer),
            Value::Corrections(list) => list.serialize(serializer),
            Value::Notes(list) => list.serialize(serializer),
            Value::Shown(_, value) | Value::Marked(_, value) | Value::Linked(_, value) => {
                value.serialize(serializer)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_in_every_voice() {
        let params = Value::Number(1.55e9);
        assert_eq!(params.exact(), "1550000000");
        assert_eq!(params.human(Kind::Quantity(Unit::Count)), "1.55B");
        assert_eq!(serde_json::to_string(&params).expect("JSON"), "1550000000");
        assert_eq!(Value::Missing.exact(), "");
    }

    #[test]
    fn marks_are_for_people_alone() {
        let params = Value::Number(54e10).mark(Mark::Corrected);
        assert_eq!(params.human(Kind::Quantity(Unit::Count)), "540B*");
        assert_eq!(params.exact(), "540000000000");
        assert_eq!(params.number(), Some(54e10));
        let params = params.mark(Mark::ThirdParty);
        assert_eq!(params.human(Kind::Quantity(Unit::Count)), "540B*†");
        let withdrawn = Value::Missing.mark(Mark::Corrected);
        assert!(withdrawn.is_missing());
        assert_eq!(serde_json::to_string(&withdrawn).expect("JSON"), "null");
    }
}
