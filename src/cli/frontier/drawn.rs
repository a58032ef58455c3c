//! A frontier as a picture: the models, and the record as a line of steps above them.

use super::measure::{Known, Measure};
use crate::analysis::frontier::{Holder, taken_before};
use crate::chart::dots::ByAccess;
use crate::chart::{Axis, Chart, Line, Name, Tint};
use crate::model::month::Month;
use crate::text::capitalized;

/// What is drawn.
pub(super) struct Drawn<'a> {
    /// The figure.
    pub measure: Measure,
    /// The models that may have held the record and those of them that did: of all, or of closed
    /// and of open models.
    pub told: Vec<(&'a Known<'a>, &'a [Holder])>,
    /// Among how many models of how many.
    pub among: String,
    /// The same in sentences.
    pub captions: &'a [String],
    /// The first month that is drawn, where that is not the first of all.
    pub since: Option<Month>,
    /// Until when the last record counts.
    pub until: Option<Month>,
}

impl Drawn<'_> {
    /// The chart of these dots, of a catalog that is credited so and of what is asked of it.
    pub(super) fn chart(&self, mut dots: ByAccess, (credit, asked): (&str, &str)) -> Chart {
        let lag = self.told.len() > 1;
        for (known, holders) in &self.told {
            for (rank, holder) in self.drawn(known, holders).iter().rev().enumerate() {
                let (model, point) = (known.models[holder.place], known.points[holder.place]);
                let text = point.name.to_owned();
                let own = dots.of(model.access);
                own.name(point.month, point.value, Name { text, rank });
            }
        }
        let series = dots.series();
        let among = &self.among;
        let names = if lag {
            vec!["record of closed models", "of open ones"]
        } else {
            vec!["record"]
        };
        let tints = match lag {
            true => [Tint::Series(1), Tint::Series(0)],
            false => [Tint::Ink, Tint::Ink],
        };
        let lines = self
            .told
            .iter()
            .zip(names)
            .zip(tints)
            .map(|((told, name), tint)| Line {
                name: Some(name.to_owned()),
                tint,
                course: self.steps(*told),
                band: Vec::new(),
            });
        let name = self.measure.stated.name();
        let records: Vec<String> = self.told.iter().map(|told| self.records(*told)).collect();
        let title = match (lag, &self.told[..]) {
            (true, _) => {
                format!("{name}: the records of closed and of open models among {among}")
            }
            (false, [(known, [.., last]), ..]) => {
                let model = known.models[last.place];
                let (value, holder) = (self.measure.words(model), &model.name);
                format!("{name}: the record among {among}, {value} since {holder}")
            }
            (false, _) => format!("{name}: the record among {among}"),
        };
        let mut footer = vec![format!("Source: {credit}.")];
        footer.extend(
            self.captions
                .iter()
                .map(|text| format!("{}.", capitalized(text))),
        );
        footer.extend(self.since.map(|since| {
            format!("Models before {since} decide what a record is, and are not drawn.")
        }));
        footer.extend((!asked.is_empty()).then(|| format!("Models: {asked}.")));
        if self.measure.estimate.is_some() {
            footer.push("Estimates stand in for what is not stated.".to_owned());
        }
        Chart {
            description: format!(
                "Models by the month of their announcement and, on a logarithmic axis, {}. The \
                 record, which those below held: {}. {}",
                self.measure.stated.in_sentence(),
                records.join("; of open models: "),
                footer.join(" "),
            ),
            title,
            notes: vec![self.among.clone()],
            figure: Axis::of(self.measure.stated),
            series,
            lines: lines.filter(|line| !line.course.is_empty()).collect(),
            footer,
        }
    }

    /// The records that are drawn where they were taken.
    fn drawn<'h>(&self, known: &Known<'_>, holders: &'h [Holder]) -> &'h [Holder] {
        &holders[taken_before(holders, &known.points, self.since)..]
    }

    /// The record over time: level while it stands, upright when it is taken.
    fn steps(&self, (known, holders): (&Known<'_>, &[Holder])) -> Vec<(f64, f64)> {
        let mut course: Vec<(f64, f64)> = Vec::new();
        // The record that stands when the picture begins comes in from its edge.
        let first = taken_before(holders, &known.points, self.since).saturating_sub(1);
        for holder in &holders[first..] {
            let point = known.points[holder.place];
            let month = self
                .since
                .map_or(point.month, |since| since.max(point.month));
            let month = f64::from(month.index());
            if point.value <= 0.0 {
                continue;
            }
            course.extend(course.last().map(|(_, before)| (month, *before)));
            course.push((month, point.value));
        }
        let until = self.until.map(|until| f64::from(until.index()));
        if let (Some((month, value)), Some(until)) = (course.last().copied(), until) {
            course.push((until.max(month), value));
        }
        course
    }

    /// Who held it, since when and with how much.
    fn records(&self, (known, holders): (&Known<'_>, &[Holder])) -> String {
        let records = self.drawn(known, holders).iter().map(|holder| {
            let point = known.points[holder.place];
            let value = self.measure.words(known.models[holder.place]);
            format!("{} ({}, {value})", point.name, point.month)
        });
        records.collect::<Vec<_>>().join(", ")
    }
}
