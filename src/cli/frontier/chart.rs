//! A frontier as a chart: the models, and the record as a line of steps above them.

use super::measure::Measure;
use super::{Holder, taken_before};
use crate::chart::{Axis, Chart, Curve, PointName, Tint};
use crate::cli::observation::{Names, Observation, series_by_access};
use crate::model::month::Month;

/// What a chart of records shows.
pub(super) struct RecordChart<'a> {
    pub measure: Measure,
    pub observations: &'a [Observation],
    /// Who held the record: among all, or among closed and among open models.
    pub successions: &'a [Vec<Holder<'a>>],
    /// Among how many models of how many.
    pub among: String,
    pub footer: Vec<String>,
    /// The first month that is drawn, if not that of the first model.
    pub since: Option<Month>,
    /// Until when the last record counts.
    pub until: Option<Month>,
}

impl RecordChart<'_> {
    pub(super) fn chart(mut self) -> Chart {
        if let Some(since) = self.since {
            self.footer.push(format!(
                "Models before {since} decide what a record is, and are not drawn."
            ));
        }
        if self.measure.estimate.is_some() {
            self.footer
                .push("Estimates are used where figures are missing.".to_owned());
        }
        let mut names = Names::new();
        for holders in self.successions {
            for (rank, holder) in self.drawn(holders).iter().rev().enumerate() {
                let text = holder.model.name.to_string();
                let observation = Observation {
                    point: holder.point,
                    access: holder.model.access,
                };
                names.push((observation, PointName { text, rank }));
            }
        }
        let drawn = self.observations.iter();
        let drawn = drawn.filter(|o| self.since.is_none_or(|since| since <= o.point.month));
        let (name, among) = (self.measure.stated.name(), &self.among);
        let (title, lines) = match self.successions {
            [holders] => {
                let latest = holders.last().map_or(String::new(), |last| {
                    let value = self.measure.to_text(&last.model);
                    format!(", {value} since {}", last.model.name)
                });
                let title = format!("{name}: the record among {among}{latest}");
                (title, vec![("record", Tint::Ink)])
            }
            _ => (
                format!("{name}: the records of closed and of open models among {among}"),
                vec![
                    ("record of closed models", Tint::Series(1)),
                    ("of open ones", Tint::Series(0)),
                ],
            ),
        };
        let lines = self.successions.iter().zip(lines);
        let lines = lines.map(|(holders, (name, tint))| Curve {
            name: Some(name.to_owned()),
            tint,
            course: self.steps(holders),
            band: Vec::new(),
        });
        let records: Vec<String> = self.successions.iter().map(|h| self.records(h)).collect();
        Chart {
            description: format!(
                "Models by the month of their announcement and, on a logarithmic axis, {}. The \
                 record, which those below held: {}. {}",
                self.measure.stated.in_sentence(),
                records.join("; of open models: "),
                self.footer.join(" "),
            ),
            title,
            notes: vec![self.among.clone()],
            figure: Axis::of(self.measure.stated),
            series: series_by_access(drawn, names),
            lines: lines.filter(|line| !line.course.is_empty()).collect(),
            footer: self.footer,
        }
    }

    /// The records that are drawn where they were taken.
    fn drawn<'h>(&self, holders: &'h [Holder<'h>]) -> &'h [Holder<'h>] {
        &holders[taken_before(holders, self.since)..]
    }

    /// The record over time: level while it lasts, upright when it is taken.
    fn steps(&self, holders: &[Holder<'_>]) -> Vec<(f64, f64)> {
        let mut course: Vec<(f64, f64)> = Vec::new();
        // The record of the month before the first comes in from the edge.
        let first = taken_before(holders, self.since).saturating_sub(1);
        for point in holders[first..].iter().map(|holder| holder.point) {
            let month = self.since.map_or(point.month, |s| s.max(point.month));
            let month = f64::from(month.index());
            if point.value > 0.0 {
                course.extend(course.last().map(|(_, before)| (month, *before)));
                course.push((month, point.value));
            }
        }
        let until = self.until.map(|until| f64::from(until.index()));
        if let (Some((month, value)), Some(until)) = (course.last().copied(), until) {
            course.push((until.max(month), value));
        }
        course
    }

    /// Who held it, since when and with how much.
    fn records(&self, holders: &[Holder<'_>]) -> String {
        let records = self.drawn(holders).iter().map(|holder| {
            let value = self.measure.to_text(&holder.model);
            format!("{} ({}, {value})", holder.model.name, holder.point.month)
        });
        records.collect::<Vec<_>>().join(", ")
    }
}
