//! Sentences about verdicts: how many there are of each, and what they rest on.

use super::ranking::{Judged, Ranking, formula};
use crate::analysis::threshold::{Basis, Calibration, Estimator, MIN_MODELS, Verdict};
use crate::model::figure::grouped;
use crate::model::unit::{Unit, three};
use crate::output::FigureNote;
use crate::query::evidence;
use crate::text::first_few;

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
                "third-party figures are assumed to be right within a factor of 3 (confident) or \
                 10 (likely)"
                    .to_owned()
            }),
            (printed.iter().any(|own| own.figure.doubt.is_some())).then(|| {
                "speculative and unrated figures have no bounds and are judged by value; leave them \
                 out with `--confidence likely`"
                    .to_owned()
            }),
            self.calibrated(printed),
            self.rounded(),
        ];
        sentences.into_iter().flatten().collect()
    }

    /// The question, and how many models there are of each verdict.
    fn summary(&self, matched: usize) -> String {
        let of = |verdict: Verdict| {
            let judged = self.judged.iter();
            judged.filter(move |own| own.verdict == verdict)
        };
        let doubtful = |verdict| {
            let doubtful = of(verdict).filter(|own| own.figure.doubt.is_some());
            counted(doubtful.count(), "by speculative or unrated figures")
        };
        let reaches = |own: &&Judged<'_>| {
            let threshold = &self.question.threshold;
            threshold.ends(own.figure.bounds.mid).0.is_ge()
        };
        let likely = of(Verdict::Undecidable).filter(reaches).count();
        let is_listed = self.question.lists_below || of(Verdict::Below).next().is_none();
        let hint = (!is_listed).then(|| "listed with `--verdict below`".to_owned());
        let parts = [
            (Verdict::Above, doubtful(Verdict::Above), None),
            (
                Verdict::Undecidable,
                counted(likely, "probably above"),
                None,
            ),
            (Verdict::Below, doubtful(Verdict::Below), hint),
        ];
        let parts = parts.map(|(verdict, of_them, hint)| {
            let more: Vec<String> = of_them.into_iter().chain(hint).collect();
            let more = match more.is_empty() {
                true => String::new(),
                false => format!(" ({})", more.join("; ")),
            };
            let count = grouped(of(verdict).count() as f64);
            format!("{count} {}{more}", verdict.word())
        });
        let by = self.estimator.by;
        format!(
            "{}: {}, {} without data{}",
            self.title(),
            parts.join(", "),
            grouped((matched - self.judged.len()) as f64),
            by.see_also(),
        )
    }

    /// What is asked: `compute of at least 1e25 FLOP, as of 2025-08`.
    pub(super) fn title(&self) -> String {
        let (by, question) = (self.estimator.by, &self.question);
        let typed = question.typed.trim();
        let is_bare = |unit: &&str| !unit.is_empty() && Unit::Count.parse(typed).is_ok();
        let unit = Some(by.unit().name()).filter(is_bare);
        let unit = unit.map_or(String::new(), |unit| format!(" {unit}"));
        let as_of = question.as_of.map(|month| format!(", as of {month}"));
        let as_of = as_of.unwrap_or_default();
        format!("{} of at least {typed}{unit}{as_of}", by.in_sentence())
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
        printed.iter().any(uses).then(|| match models >= MIN_MODELS {
            true => format!(
                "{figure} is {low} to {high} times {formula} (5th to 95th percentile of {models} \
                 models that have both from different sources)"
            ),
            false => format!(
                "{figure} is assumed to be within a factor of 3 of {formula} (only {models} models \
                 have both)"
            ),
        })
    }

    /// The models that are on one side of the threshold only as their makers round.
    fn rounded(&self) -> Option<String> {
        let threshold = self.question.threshold.value;
        let rounded = self.judged.iter();
        let rounded = rounded.filter(|own| own.figure.is_rounded_at(threshold));
        let names = first_few(rounded.map(|own| &*own.model.name), NAMED);
        let what = "too few digits stated to decide, treated as exact";
        (!names.is_empty()).then(|| format!("{what}: {names}"))
    }

    /// The notes on the figures that verdicts rest on.
    pub(super) fn notes(&self, printed: &[&Judged<'_>]) -> Vec<FigureNote> {
        let Estimator { by, .. } = self.estimator;
        let keys = by.needs.union(self.estimator.inputs());
        evidence::notes(printed.iter().map(|own| &own.model), keys)
    }
}

/// A count of some of the models before, if there are any.
fn counted(count: usize, what: &str) -> Option<String> {
    (count > 0).then(|| format!("{} {what}", grouped(count as f64)))
}
