//! A frontier as a chart: the models, and the record as a line of steps above them.

use super::History;
use crate::analysis::frontier::Ranked;
use crate::catalog::record_reader::View;
use crate::chart::{Chart, ChartKind, Colour, Curve, Drawing, Panel, Series, Stroke};
use crate::cli::observation::{Holder, Observation};
use crate::cli::picture::{Names, data_points, hollow, names, series_by_access, subtitle};
use crate::model::Model;
use crate::model::month::Point;
use crate::text::{capitalized, first_few};
use std::collections::HashSet;

/// The chart of a frontier of these models.
pub(super) fn chart(
    history: &History<'_>,
    observations: &[Observation],
    (models, matched, view): (&str, usize, View),
    mut footer: Vec<String>,
) -> Drawing {
    let measure = history.measure;
    let conclusion = history.conclusion();
    footer.splice(
        0..0,
        conclusion.map(|sentence| capitalized(&sentence) + "."),
    );
    let before = history
        .since
        .map(|since| format!("Models before {since} count for records but are not drawn."));
    let holders = &history.holders;
    let lines = match &history.open {
        Some(open) => vec![
            (holders, "record of closed models", Colour::Series(1)),
            (open, "record of open models", Colour::Series(0)),
        ],
        None => vec![(holders, "record", Colour::Ink)],
    };
    let (mut curves, mut named, mut records) = (Vec::new(), Vec::new(), Vec::new());
    for (holders, name, colour) in lines {
        let shown = history.shown(holders);
        let points = shown.iter().rev().map(|own| (own.point, &own.model));
        // Open models are named before closed ones.
        named.splice(0..0, points);
        let held = shown.iter().map(|Holder { point, model, .. }| {
            let value = measure.to_text(model);
            format!("{} in {}, {value}", model.name, point.month)
        });
        records.push(held.collect::<Vec<_>>().join("; "));
        curves.push(Curve {
            name: Some(name.to_owned()),
            colour,
            stroke: match colour {
                Colour::Series(0) => Stroke::Heavy,
                _ => Stroke::Medium,
            },
            path: steps(history, holders),
            band: Vec::new(),
        });
    }
    curves.retain(|curve| !curve.path.is_empty());
    let is_drawn = |own: &&Observation| history.since.is_none_or(|since| since <= own.point.month);
    let drawn = observations.iter().filter(is_drawn);
    let mut names = names(named.into_iter());
    let count = drawn.clone().count();
    let (of, subject) = match history.since {
        None => (Some(matched), models.to_owned()),
        Some(since) => (None, format!("{models} since {since}")),
    };
    let series = match &history.leaders {
        None => series_by_access(drawn.clone(), &mut names),
        Some(leaders) => series_by_rank(leaders, drawn.clone(), &mut names),
    };
    Drawing {
        title: history.finding(models, view),
        subtitle: subtitle((count, of), &subject, measure, view),
        chart: ChartKind::Points(Chart {
            description: format!(
                "The record, which those below held: {}.",
                records.join(". Of open models: ")
            ),
            figure: measure.by,
            hollow: hollow(drawn),
            panels: vec![Panel {
                series,
                lines: curves,
                ..Panel::default()
            }],
        }),
        notes: before.into_iter().collect(),
        footer,
    }
}

impl History<'_> {
    /// What the picture shows, in a sentence.
    fn finding(&self, subject: &str, view: View) -> String {
        // What is not known may be larger.
        let figure = format!("{} {}", view.adjective(), self.measure.by.in_title());
        if let Some(open) = &self.open {
            return match self.lag_summary(open) {
                Some(lag) => format!(
                    "Open models matched {} of {} closed records of {figure}, {}",
                    lag.matched,
                    self.records().len(),
                    lag.in_words()
                ),
                None => format!("Open models matched no closed record of {figure}"),
            };
        }
        if let Some(leaders) = &self.leaders {
            let count = self.shown_leaders(leaders).len();
            let were = if count == 1 {
                "model was"
            } else {
                "models were"
            };
            let top = match self.top {
                1 => format!("the largest by {figure}"),
                top => format!("among the {top} largest by {figure}"),
            };
            let since = self
                .since
                .map_or(String::new(), |since| format!("Since {}, ", since.words()));
            return format!("{since}{count} {were} {top} when announced");
        }
        let Some(Holder { point, model, tied }) = self.holders.last() else {
            return format!("Record of {figure} among {subject}");
        };
        let among = match subject {
            "AI models" => String::new(),
            subject => format!(" among {subject}"),
        };
        let value = self.measure.to_text(model);
        let names = [model].into_iter().chain(tied).map(|model| &*model.name);
        let (name, month) = (first_few(names, 2), point.month.words());
        let has = if tied.is_empty() { "has" } else { "have" };
        match self.is_until_asked.then_some(self.until).flatten() {
            Some(until) => format!(
                "As of {}, {name} held the record of {figure}{among}: {value}, since {month}",
                until.words()
            ),
            None => {
                format!("{name} {has} held the record of {figure}{among} since {month}: {value}")
            }
        }
    }
}

/// The models among the largest by their access, and others.
fn series_by_rank<'a>(
    leaders: &[Ranked<Model<'_>>],
    observations: impl Iterator<Item = &'a Observation> + Clone,
    names: &mut Names,
) -> Vec<Series> {
    let key = |point: &Point| (point.month, point.value.to_bits());
    let leaders: HashSet<_> = leaders.iter().map(|own| key(&own.point)).collect();
    // Whether a model is among the largest depends on its month and value alone.
    let is_leader = |own: &&Observation| leaders.contains(&key(&own.point));
    let others = observations.clone().filter(|own| !is_leader(own));
    let mut series = series_by_access(observations.clone().filter(is_leader), names);
    series.push(Series {
        name: "others".to_owned(),
        detail: String::new(),
        colour: Colour::Faint,
        points: data_points(others, names),
    });
    series.retain(|own| !own.points.is_empty());
    series
}

/// The record over time: level while it lasts, upright when it is taken.
fn steps(history: &History<'_>, holders: &[Holder<'_>]) -> Vec<(f64, f64)> {
    let mut path: Vec<(f64, f64)> = Vec::new();
    // The record of the month before the first comes in from the edge.
    let first = history.before(holders).saturating_sub(1);
    for point in holders[first..].iter().map(|holder| holder.point) {
        let month = history.since.map_or(point.month, |s| s.max(point.month));
        let month = f64::from(month.index());
        path.extend(path.last().map(|(_, before)| (month, *before)));
        path.push((month, point.value));
    }
    let until = history.until.map(|until| f64::from(until.index()));
    if let (Some((month, value)), Some(until)) = (path.last().copied(), until) {
        path.push((until.max(month), value));
    }
    path
}
