//! The figure whose records are asked for.

use crate::error::Error;
use crate::model::Keys;
use crate::model::column::ColumnRef;
use crate::model::derived::DerivedField;
use crate::model::schema;
use crate::model::value::{Kind, Value};
use crate::model::{Key, Model};

/// A figure, and the estimate that is used where it is not stated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub stated: ColumnRef,
    pub estimate: Option<ColumnRef>,
}

impl Measure {
    /// The figure with its estimate.
    ///
    /// # Errors
    /// When it has none.
    pub(super) fn estimated(stated: ColumnRef) -> Result<Measure, Error> {
        let is_of = |e: &DerivedField| e.stated() == Some(stated.heading.key);
        let Some(estimate) = DerivedField::ALL.into_iter().find(is_of) else {
            let keys: Vec<&str> = DerivedField::ALL
                .into_iter()
                .filter_map(|e| e.stated())
                .collect();
            return Err(Error::Misuse(format!(
                "there is no estimate of `{}`; `--estimated` is for {}",
                stated.heading.key,
                keys.join(", ")
            )));
        };
        Ok(Measure {
            stated,
            estimate: Some(schema::named(estimate.key()).map_err(Error::Misuse)?),
        })
    }

    /// The keys of a model from which its place in the competition follows.
    pub(super) fn reads(&self) -> Keys {
        let estimate = self.estimate.map_or(Keys::default(), |column| column.needs);
        let own = Keys::of(&[Key::announced, Key::access]);
        own.and(self.stated.needs).and(estimate)
    }

    /// What is stated, else what is estimated.
    pub(super) fn value<'m>(&self, model: &'m Model<'m>) -> Value<'m> {
        let stated = self.stated.marked(model);
        match (stated.is_missing(), self.estimate) {
            (true, Some(estimate)) => estimate.marked(model),
            _ => stated,
        }
    }

    /// The same as a number: of several figures the largest.
    pub(super) fn number(&self, model: &Model<'_>) -> Option<f64> {
        let value = self.value(model);
        match value.unmarked() {
            Value::Numbers(list) => list.iter().map(|figure| figure.0).max_by(f64::total_cmp),
            value => value.number(),
        }
    }

    /// The same with its unit, as people read it.
    pub(super) fn to_text(self, model: &Model<'_>) -> String {
        let kind = self.stated.heading.kind;
        let value = self.value(model);
        let text = match (value.unmarked(), self.number(model)) {
            (Value::Numbers(_), Some(largest)) => Value::Number(largest).human(kind).into_owned(),
            (value, _) => value.human(kind).into_owned(),
        };
        match kind {
            Kind::Quantity(unit) if !unit.name().is_empty() => format!("{text} {}", unit.name()),
            _ => text,
        }
    }
}
