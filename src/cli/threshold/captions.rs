//! Sentences about verdicts: how many there are of each, and what they rest on.

use super::ranking::{Judged, Ranking, formula};
use crate::analysis::threshold::{Basis, Calibration, Estimator, LEAST, Verdict};
use crate::model::figure::grouped;
use crate::model::unit::three;
use crate::query::evidence;

/// How many models a sentence names.
const NAMED: usize = 3;

impl Ranking<'_> {
    /// What the answer is in short, and what it rests on.
    pub(super) fn captions(&self, printed: &[&Judged<'_>], matched: usize) -> Vec<String> {
        if matched == 0 {
            return vec!["no model matches".to_owned()];
        }
        let sentences = [
            Some(self.summary(matched)),
            self.largest(),
            (printed.iter().any(|own| own.is_by_others())).then(|| {
                "figures of third parties are taken as within a factor of 3 (confident) or 10 \
                 (likely)"
                    .to_owned()
            }),
            (printed.iter().any(|own| own.figure.doubt.is_some())).then(|| {
                "speculative and unrated figures may be off by any factor, and decide by their value: \
                 `--confidence likely` leaves them out"
                    .to_owned()
            }),
            self.calibrated(printed),
            self.rounded(),
        ];
        sentences.into_iter().flatten().collect()
    }

    /// How many models there are of each verdict.
    fn summary(&self, matched: usize) -> String {
        let count = |is_counted: &dyn Fn(&&Judged<'_>) -> bool| {
            let judged = self.judged.iter();
            grouped(judged.filter(is_counted).count() as f64)
        };
        let [above, undecidable, below] = [Verdict::Above, Verdict::Undecidable, Verdict::Below]
            .map(|verdict| count(&|own| own.verdict == verdict));
        let [doubtful_above, doubtful_below] = [Verdict::Above, Verdict::Below].map(|verdict| {
            let is_doubtful = |own: &&Judged<'_>| own.figure.doubt.is_some();
            match count(&|own| own.verdict == verdict && is_doubtful(own)).as_str() {
                "0" => String::new(),
                count => format!(" ({count} by speculative or unrated figures)"),
            }
        });
        let likely = count(&|own| {
            let reaches = self.threshold.ends(own.figure.bounds.mid).0.is_ge();
            own.verdict == Verdict::Undecidable && reaches
        });
        let likely = match likely.as_str() {
            "0" => String::new(),
            likely => format!(" ({likely} probably above)"),
        };
        let by = self.estimator.by;
        let unit = by.unit();
        format!(
            "{} of at least {}: {above} above{doubtful_above}, {undecidable} cannot be \
             told{likely}, {below} below{doubtful_below}, {} without any basis{}",
            by.in_sentence(),
            format!("{} {}", unit.human(self.threshold.value), unit.name()).trim(),
            grouped((matched - self.judged.len()) as f64),
            by.see_also(),
        )
    }

    /// The largest figure, if none is above.
    fn largest(&self) -> Option<String> {
        let value = |own: &&Judged<'_>| own.figure.bounds.mid;
        let largest = self.judged.iter().reduce(|largest, own| {
            let is_more = value(&own) > value(&largest);
            if is_more { own } else { largest }
        })?;
        let none_above = self.judged.iter().all(|own| own.verdict != Verdict::Above);
        none_above.then(|| {
            let by = self.estimator.by;
            let value = largest.value(by);
            let value = value.human(by.heading.kind);
            let (name, basis) = (&largest.model.name, largest.basis(self));
            let value = format!("{value} {}", by.unit().name());
            format!("the largest is {name}: {} ({basis})", value.trim())
        })
    }

    /// How good an estimate is, if one is printed.
    fn calibrated(&self, printed: &[&Judged<'_>]) -> Option<String> {
        let Estimator { by, .. } = self.estimator;
        let (field, calibration) = (self.estimator.field()?, self.estimator.calibration?);
        let uses = |own: &&Judged<'_>| own.figure.bases.contains(&Basis::Derived(field));
        let (formula, figure) = (formula(field, false), by.in_sentence());
        let Calibration { low, high, models } = calibration;
        let [low, high] = [low, high].map(three);
        printed.iter().any(uses).then(|| match models >= LEAST {
            true => format!(
                "{figure} is {low} to {high} times {formula} (5th to 95th percentile of {models} \
                 models whose {figure} is known otherwise)"
            ),
            false => format!(
                "{figure} is taken as within a factor of 3 of {formula}: only {models} models have \
                 both to compare"
            ),
        })
    }

    /// The models that are on one side of the threshold only as their makers round.
    fn rounded(&self) -> Option<String> {
        let threshold = self.threshold.value;
        let rounded = self.judged.iter();
        let rounded = rounded.filter(|own| own.figure.is_rounded_at(threshold));
        let mut names: Vec<&str> = rounded.map(|own| &*own.model.name).collect();
        let more = match names.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        names.truncate(NAMED);
        (!names.is_empty()).then(|| {
            let names = names.join(", ");
            format!("stated with too few digits to tell, and taken as exact: {names}{more}")
        })
    }

    /// Which of the figures that verdicts rest on have notes.
    pub(super) fn notes(&self, printed: &[&Judged<'_>]) -> Vec<String> {
        let given = printed.iter().map(|own| &own.model);
        let given = evidence::remark(given, self.estimator.by.needs);
        let is_derived = |own: &&&Judged<'_>| own.figure.bases.iter().any(|own| own.is_derived());
        let derived = printed.iter().filter(is_derived).map(|own| &own.model);
        let inputs = self.estimator.inputs().without(self.estimator.by.needs);
        let derived = evidence::remark(derived, inputs);
        given.into_iter().chain(derived).collect()
    }
}
