//! The fit of one group of models, and the models that are shown by name.

use super::Observations;
use crate::analysis::fit::{Fit, Influence, NoFit, portable};
use crate::analysis::frontier::Records;
use crate::catalog::record_reader::RecordReader;
use crate::cli::observation::Holder;
use crate::error::Error;
use crate::model::Model;
use crate::model::figure::{Figure, exact};
use crate::model::month::{Month, Point};
use crate::model::unit::factor;
use crate::model::value::Value;
use serde_json::json;

/// Models that are fitted together.
pub(super) struct Sample {
    /// What they have in common, if there are several samples.
    pub label: Value<'static>,
    pub observations: Observations,
}

/// The fit of a sample, and its models that are shown by name.
pub(super) struct GroupFit<'a> {
    pub sample: &'a Sample,
    /// Its line, even if the growth is uncertain.
    pub line: Result<Fit, NoFit>,
    /// Its line, if the growth is certain.
    pub fit: Result<Fit, NoFit>,
    pub influential: Vec<(Point, Model<'a>, Influence)>,
    /// The models that held a record.
    holders: Vec<Holder<'a>>,
}

/// How many influential models are shown for each group.
const INFLUENTIAL: usize = 3;
/// In place of an uncertain growth.
pub(super) const NO_RATE: &str = "no rate";

impl Sample {
    /// The first month and the last.
    pub(super) fn months(&self) -> Option<(Month, Month)> {
        let months = self.observations.iter().map(|(own, _)| own.point.month);
        months.clone().min().zip(months.max())
    }

    /// How many of its figures are estimates.
    pub(super) fn estimates(&self) -> usize {
        let observations = self.observations.iter();
        observations.filter(|(own, _)| own.is_estimate).count()
    }
}

impl<'a> GroupFit<'a> {
    pub(super) fn of(sample: &'a Sample, reader: &RecordReader<'_>) -> Result<Self, Error> {
        let points: Vec<Point> = sample
            .observations
            .iter()
            .map(|(own, _)| own.point)
            .collect();
        let line = Fit::line(&points);
        let fit = line.and_then(Fit::certain);
        let influences = fit.map_or(Vec::new(), |fit| fit.most_influential(&points, INFLUENTIAL));
        let influential = influences.into_iter().map(|influence| {
            let (own, record) = &sample.observations[influence.index];
            Ok((own.point, reader.model(record)?, influence))
        });
        let mut records = Records::new(1);
        for (own, record) in &sample.observations {
            records.push(own.point, || record);
        }
        let records = records.into_ranked();
        Ok(GroupFit {
            sample,
            line,
            fit,
            influential: influential.collect::<Result<_, Error>>()?,
            holders: Holder::all(&records, |record| reader.model(record))?,
        })
    }

    /// The growth a year, `4.3×`.
    pub(super) fn rate(&self) -> String {
        let growth = self.fit.as_ref().map(|fit| factor(fit.growth().mid));
        growth.unwrap_or_else(|_| NO_RATE.to_owned())
    }

    /// The models that a chart names, the most important first.
    pub(super) fn named(&self) -> impl Iterator<Item = (Point, &Model<'a>)> {
        let influential = self.influential.iter();
        let influential = influential.map(|(point, model, _)| (*point, model));
        let holders = self.holders.iter().rev();
        influential.chain(holders.map(|holder| (holder.point, &holder.model)))
    }

    /// The most influential models as one value, `GPT-NeoX, 2022-04, without it 9.77×; …` as text.
    pub(super) fn influence(&self) -> Value<'static> {
        let figure = |number: Option<f64>| number.map(|number| Figure(portable(number)));
        let text = |number: fn(f64) -> String| {
            let texts = self.influential.iter().map(|(point, model, influence)| {
                let without = match figure(influence.growth) {
                    Some(growth) => format!("without it {}", number(growth.0)),
                    None => "no rate without it".to_owned(),
                };
                format!("{}, {}, {without}", model.name, point.month)
            });
            texts.collect::<Vec<_>>().join("; ")
        };
        let list = self.influential.iter().map(|(point, model, influence)| {
            json!({
                "name": model.name,
                "id": model.id,
                "announced": point.month,
                "value": Figure(point.value),
                "growth_without": figure(influence.growth),
                "over_line": figure(influence.over_line),
                "residual": figure(influence.residual),
            })
        });
        let json = list.collect();
        Value::shown(text(factor), Value::Json(text(exact), json))
    }
}
