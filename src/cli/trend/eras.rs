//! Two periods, and whether growth differs between them.

use super::group_fit::{GroupFit, Sample};
use super::{Growth, Partition};
use crate::analysis::slope_change::SlopeChange;
use crate::error::Error;
use crate::model::month::Period;
use crate::model::unit::three;
use crate::model::value::Value;

/// The models before a date and those from it on.
pub(super) fn divide(whole: Sample, date: Period) -> Result<[Sample; 2], Error> {
    if let Some((first, last)) = whole.months()
        && (date.first <= first || last < date.first)
    {
        return Err(Error::Misuse(format!(
            "`--break {date}` does not divide the models, which are from {first} to {last}"
        )));
    }
    let observations = whole.observations.into_iter();
    let (before, since) = observations.partition(|(own, _)| own.point.month < date.first);
    let era = |word, observations| Sample {
        label: Value::Text(format!("{word} {date}").into()),
        observations,
    };
    Ok([era("before", before), era("since", since)])
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
