//! A frontier as a chart: the models, and the record as a line of steps above them.

use super::History;
use crate::analysis::frontier::Ranked;
use crate::chart::{Chart, Curve, Drawing, Series, Tint};
use crate::cli::observation::{Holder, Observation, names_by_access, series_by_access};
use crate::model::Model;
use crate::model::month::Point;
use std::collections::HashSet;

/// The chart of a frontier, `among` so many models.
pub(super) fn chart(
    history: &History<'_>,
    observations: &[Observation],
    among: &str,
    mut footer: Vec<String>,
) -> Drawing {
    let measure = history.measure;
    if let Some(since) = history.since {
        footer.push(format!(
            "Models before {since} count for records but are not drawn."
        ));
    }
    let name = measure.by.name();
    let (holders, open) = (&history.holders, &history.open);
    let title = match (open, holders.last()) {
        (Some(_), _) => {
            format!("{name}: records of closed and of open models among {among}")
        }
        (None, Some(Holder { model, .. })) => {
            let value = measure.to_text(model);
            format!("{name}: record of {value} by {}, among {among}", model.name)
        }
        (None, None) => format!("{name}: record among {among}"),
    };
    let lines = match open {
        Some(open) => vec![
            (holders, "record of closed models", Tint::Series(1), false),
            (open, "record of open models", Tint::Series(0), true),
        ],
        None => vec![(holders, "record", Tint::Ink, false)],
    };
    let (mut curves, mut names, mut records) = (Vec::new(), Vec::new(), Vec::new());
    for (holders, name, tint, is_heavy) in lines {
        let shown = history.shown(holders);
        let points = shown.iter().rev().map(|own| (own.point, &own.model));
        // Open models are named before closed ones.
        names.splice(0..0, names_by_access(points));
        let held = shown.iter().map(|Holder { point, model, .. }| {
            let value = measure.to_text(model);
            format!("{} in {}, {value}", model.name, point.month)
        });
        records.push(held.collect::<Vec<_>>().join("; "));
        curves.push(Curve {
            name: Some(name.to_owned()),
            tint,
            is_heavy,
            course: steps(history, holders),
            band: Vec::new(),
        });
    }
    curves.retain(|curve| !curve.course.is_empty());
    let is_drawn = |own: &&Observation| history.since.is_none_or(|since| since <= own.point.month);
    let drawn = observations.iter().filter(is_drawn);
    Drawing::Points(Chart {
        description: format!(
            ". The record, which those below held: {}.",
            records.join(". Of open models: ")
        ),
        title,
        figure: measure.by,
        series: match &history.leaders {
            None => series_by_access(drawn),
            Some(leaders) => series_by_rank(leaders, drawn),
        },
        names,
        lines: curves,
        footer,
    })
}

/// The models among the largest by their access, and others.
fn series_by_rank<'a>(
    leaders: &[Ranked<Model<'_>>],
    observations: impl Iterator<Item = &'a Observation> + Clone,
) -> Vec<Series> {
    let key = |point: &Point| (point.month, point.value.to_bits());
    let leaders: HashSet<_> = leaders.iter().map(|own| key(&own.point)).collect();
    // Whether a model is among the largest depends on its month and value alone.
    let is_leader = |own: &&Observation| leaders.contains(&key(&own.point));
    let others = observations.clone().filter(|own| !is_leader(own));
    let mut series = series_by_access(observations.clone().filter(is_leader));
    series.push(Series {
        name: "others".to_owned(),
        tint: Tint::Faint,
        points: others.map(|own| own.point).collect(),
    });
    series.retain(|own| !own.points.is_empty());
    series
}

/// The record over time: level while it lasts, upright when it is taken.
fn steps(history: &History<'_>, holders: &[Holder<'_>]) -> Vec<(f64, f64)> {
    let mut course: Vec<(f64, f64)> = Vec::new();
    // The record of the month before the first comes in from the edge.
    let first = history.before(holders).saturating_sub(1);
    for point in holders[first..].iter().map(|holder| holder.point) {
        let month = history.since.map_or(point.month, |s| s.max(point.month));
        let month = f64::from(month.index());
        course.extend(course.last().map(|(_, before)| (month, *before)));
        course.push((month, point.value));
    }
    let until = history.until.map(|until| f64::from(until.index()));
    if let (Some((month, value)), Some(until)) = (course.last().copied(), until) {
        course.push((until.max(month), value));
    }
    course
}
