//! What pictures of several commands have in common: points, their names, and the text around them.

use crate::catalog::Catalog;
use crate::chart::{Dot, Name, Series, Tint};
use crate::cli::observation::Observation;
use crate::model::column::ColumnRef;
use crate::model::figure::grouped;
use crate::model::month::{Month, Point};
use crate::model::{Access, Model};
use crate::text::capitalized;
use std::collections::HashMap;

/// The names of points, each for one model of its month, figure and access.
pub(crate) type Names = HashMap<(Month, u64, Option<Access>), Name>;

/// The names of models, the most important first.
pub(crate) fn names<'a, 'm: 'a>(points: impl Iterator<Item = (Point, &'a Model<'m>)>) -> Names {
    let mut names = Names::new();
    for (rank, (point, model)) in points.enumerate() {
        let key = (point.month, point.value.to_bits(), model.access);
        let text = model.name.to_string();
        names.entry(key).or_insert(Name { text, rank });
    }
    names
}

/// Observations as points, with their names, which are taken.
pub(crate) fn dots<'a>(
    observations: impl Iterator<Item = &'a Observation>,
    names: &mut Names,
) -> Vec<Dot> {
    let dots = observations.map(|own| Dot {
        point: own.point,
        is_hollow: own.is_estimate || own.is_by_others,
        name: names.remove(&(own.point.month, own.point.value.to_bits(), own.access)),
        about: own.about.clone(),
    });
    dots.collect()
}

/// Open models, closed ones and those of unknown access, each as a series.
pub(crate) fn series_by_access<'a>(
    observations: impl Iterator<Item = &'a Observation> + Clone,
    names: &mut Names,
) -> Vec<Series> {
    let all = [Some(Access::Open), Some(Access::Closed), None];
    let series = all.map(|access| Series {
        name: access.map_or("access not stated", Access::word).to_owned(),
        tint: match access {
            Some(Access::Open) => Tint::Series(0),
            Some(Access::Closed) => Tint::Series(1),
            None => Tint::Rest,
        },
        dots: dots(
            observations.clone().filter(|own| own.access == access),
            names,
        ),
    });
    let mut series = Vec::from(series);
    series.retain(|series| !series.dots.is_empty());
    series
}

/// What hollow points are, of these observations.
pub(crate) fn hollow<'a>(observations: impl Iterator<Item = &'a Observation> + Clone) -> String {
    let has_estimates = observations.clone().any(|own| own.is_estimate);
    let has_others = { observations }.any(|own| own.is_by_others);
    match (has_others, has_estimates) {
        (true, true) => "not stated by the makers, or implied by other figures (hollow)",
        (true, false) => "not stated by the makers (hollow)",
        (false, true) => "implied by other figures (hollow)",
        (false, false) => "",
    }
    .to_owned()
}

/// How many of what a chart shows, and how its figure is counted.
pub(crate) fn subtitle(count: usize, subject: &str, figure: ColumnRef) -> String {
    let subject = match (count, subject.split_once("models")) {
        (1, Some((before, after))) => format!("{before}model{after}"),
        _ => subject.to_owned(),
    };
    let meaning = match figure.meaning {
        "" => String::new(),
        meaning => format!(" {}.", capitalized(meaning)),
    };
    format!(
        "{} {subject} by month of announcement.{meaning}",
        grouped(count as f64)
    )
}

/// The lines below a chart: its source, and what it is based on.
pub(crate) fn footer(catalog: &Catalog, captions: &[String]) -> Vec<String> {
    let mut footer: Vec<String> = captions
        .iter()
        .map(|c| format!("{}.", capitalized(c)))
        .collect();
    let as_of = catalog.last_month();
    footer.extend(as_of.map(|month| format!("As of {month}, with today's figures.")));
    footer.push(format!("Source: {}.", catalog.credit()));
    footer
}
