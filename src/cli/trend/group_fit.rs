//! The fit of one group of models, and the models that are shown by name; of two periods, whether
//! growth differs between them.

use super::{Growth, Observations, Partition};
use crate::analysis::fit::{Fit, Influence, NoFit, portable};
use crate::analysis::frontier::Records;
use crate::analysis::slope_change::SlopeChange;
use crate::catalog::record_reader::RecordReader;
use crate::cli::observation::Holder;
use crate::error::Error;
use crate::model::Model;
use crate::model::figure::{Figure, exact};
use crate::model::month::{Month, Period, Point};
use crate::model::unit::{factor, three};
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

    /// The models before a date and those from it on.
    pub(super) fn divide(self, date: Period) -> Result<[Sample; 2], Error> {
        if let Some((first, last)) = self.months()
            && (date.first <= first || last < date.first)
        {
            return Err(Error::Misuse(format!(
                "`--break {date}` does not divide the models, which are from {first} to {last}"
            )));
        }
        let observations = self.observations.into_iter();
        let (before, since) = observations.partition(|(own, _)| own.point.month < date.first);
        let era = |word, observations| Sample {
            label: Value::Text(format!("{word} {date}").into()),
            observations,
        };
        Ok([era("before", before), era("since", since)])
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

impl Growth<'_> {
    /// How the growth of the second period differs from that of the first, if both have a line.
    pub(super) fn test(&self) -> Option<SlopeChange> {
        match (self.partition, &*self.fits) {
            (Partition::Eras(_), [before, since]) => {
                let (before, since) = before.line.ok().zip(since.line.ok())?;
                SlopeChange::between(&before, &since)
            }
            _ => None,
        }
    }

    /// The growth before and since a date, and whether it changed, in short.
    pub(super) fn eras(&self, date: Period) -> String {
        let has_rate = self.fits.iter().map(|own| own.fit.is_ok());
        let first = has_rate.clone().position(|has_rate| has_rate);
        let words = [format!("before {date}"), "since".to_owned()];
        let eras = self.fits.iter().zip(words).enumerate();
        let eras = eras.map(|(i, (own, era))| {
            let unit = if Some(i) == first { " a year" } else { "" };
            format!("{}{unit} {era}", own.rate())
        });
        let finding = match self.change {
            Some(change) if change.is_significant() => "; growth changed",
            Some(_) => "; no evidence of a change",
            None => "",
        };
        eras.collect::<Vec<_>>().join(", ") + finding
    }

    /// Whether growth changed, in sentences.
    pub(super) fn conclusion(&self) -> Vec<String> {
        let Partition::Eras(date) = self.partition else {
            return Vec::new();
        };
        let Some(change) = self.change else {
            let months = self.fits.iter().filter_map(|own| own.sample.months());
            let first = months.clone().map(|(first, _)| first).min();
            let last = months.map(|(_, last)| last).max();
            let sentence = first.zip(last).map(|(first, last)| {
                format!(
                    "growth before and since {date} cannot be compared; the models are from \
                     {first} to {last}"
                )
            });
            return sentence.into_iter().collect();
        };
        let rates: Vec<String> = self.fits.iter().map(GroupFit::rate).collect();
        let finding = match change.is_significant() {
            true => format!("growth changed from {} a year", rates.join(" to ")),
            false => format!("no evidence that growth changed in {date}"),
        };
        let p = match change.p < 1e-4 {
            true => "p < 0.0001".to_owned(),
            false => format!("p = {}", three(change.p)),
        };
        vec![
            format!(
                "{finding} (t = {:.2}, {p}, Welch's t test of the two slopes)",
                change.t
            ),
            "the p value is too small if the break was chosen after seeing the data".to_owned(),
        ]
    }
}
