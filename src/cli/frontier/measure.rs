//! What is measured, and the models that have it.

use crate::analysis::frontier::Point;
use crate::error::Error;
use crate::model::column::ColumnRef;
use crate::model::columns;
use crate::model::estimate::Estimate;
use crate::model::keys::Keys;
use crate::model::value::{Kind, Value};
use crate::model::{Key, Model};

/// A figure, and the estimate that stands in where it is not stated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    /// What models state.
    pub stated: ColumnRef,
    /// What may stand in for it.
    pub estimate: Option<ColumnRef>,
}

/// The models that have a month and the figure, and where they stand.
pub(super) struct Known<'m> {
    /// The models.
    pub models: Vec<&'m Model<'m>>,
    /// A point for each of them.
    pub points: Vec<Point<'m>>,
}

impl Measure {
    /// The figure with its estimate.
    ///
    /// # Errors
    /// When nothing stands in for it: a sentence that says for what it does.
    pub(super) fn estimated(stated: ColumnRef) -> Result<Measure, Error> {
        let stands_in = |e: &Estimate| e.stated() == Some(stated.heading.key);
        match Estimate::ALL.into_iter().find(stands_in) {
            Some(estimate) => Ok(Measure {
                stated,
                estimate: Some(columns::named(estimate.key()).map_err(Error::Misuse)?),
            }),
            None => {
                let keys = Estimate::ALL.into_iter().filter_map(Estimate::stated);
                let keys: Vec<&str> = keys.collect();
                Err(Error::Misuse(format!(
                    "there is no estimate of `{}`; `--estimated` is for {}",
                    stated.heading.key,
                    keys.join(", ")
                )))
            }
        }
    }

    /// The keys of a model that it reads, and those that tell whose record it might be.
    pub(super) fn reads(&self) -> Keys {
        let estimate = self.estimate.map_or(Keys::default(), |column| column.needs);
        let own = Keys::of(&[Key::announced, Key::access]);
        own.and(self.stated.needs).and(estimate)
    }

    /// The same, and what a record is told with.
    pub(super) fn needs(&self) -> Keys {
        self.reads().and(Keys::of(&[Key::id, Key::name]))
    }

    /// What is stated, else what is estimated.
    pub(super) fn value<'m>(&self, model: &'m Model<'m>) -> Value<'m> {
        let stated = self.stated.marked(model);
        match (stated.is_missing(), self.estimate) {
            (true, Some(estimate)) => estimate.marked(model),
            _ => stated,
        }
    }

    /// The same in words, with its unit.
    pub(super) fn words(&self, model: &Model<'_>) -> String {
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

    /// The same as a number: of several figures the largest.
    pub(super) fn number(&self, model: &Model<'_>) -> Option<f64> {
        let value = self.value(model);
        match value.unmarked() {
            Value::Numbers(list) => list.iter().map(|figure| figure.0).max_by(f64::total_cmp),
            value => value.number(),
        }
    }
}

impl<'m> Known<'m> {
    /// Those of the models that are wanted and have a month and the figure.
    pub(super) fn of(
        measure: Measure,
        wanted: impl Fn(&Model<'m>) -> bool,
        models: &'m [Model<'m>],
    ) -> Known<'m> {
        let known = models.iter().filter(|model| wanted(model));
        let known = known.filter_map(|model| {
            let point = Point {
                month: model.announced?,
                value: measure.number(model)?,
                name: &model.name,
            };
            Some((model, point))
        });
        let (models, points) = known.unzip();
        Known { models, points }
    }
}
