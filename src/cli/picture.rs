//! What pictures of several commands have in common: points, their names, and the text around them.

use crate::catalog::Catalog;
use crate::catalog::record_reader::View;
use crate::chart::{Colour, DataPoint, PointLabel, Series};
use crate::cli::observation::{Measure, Observation};
use crate::model::column::{ColumnRef, Vocabulary};
use crate::model::figure::grouped;
use crate::model::month::{Month, Point};
use crate::model::{Access, Model};
use crate::text::capitalized;
use std::collections::HashMap;

/// The names of points, each for one model of its month, figure and access.
pub(crate) type Names = HashMap<(Month, u64, Option<Access>), PointLabel>;

/// The names of models, the most important first.
pub(crate) fn names<'a, 'm: 'a>(points: impl Iterator<Item = (Point, &'a Model<'m>)>) -> Names {
    let mut names = Names::new();
    for (rank, (point, model)) in points.enumerate() {
        let key = (point.month, point.value.to_bits(), model.access);
        let text = model.name.to_string();
        names.entry(key).or_insert(PointLabel { text, rank });
    }
    names
}

/// Observations as points with their names; removes each name that it uses.
pub(crate) fn data_points<'a>(
    observations: impl Iterator<Item = &'a Observation>,
    names: &mut Names,
) -> Vec<DataPoint> {
    let points = observations.map(|own| DataPoint {
        point: own.point,
        is_hollow: own.is_estimate || own.is_by_others,
        label: names.remove(&(own.point.month, own.point.value.to_bits(), own.access)),
        tooltip: own.tooltip.clone(),
    });
    points.collect()
}

/// Open models, closed ones and those of unknown access, each as a series.
pub(crate) fn series_by_access<'a>(
    observations: impl Iterator<Item = &'a Observation> + Clone,
    names: &mut Names,
) -> Vec<Series> {
    let all = [Some(Access::Open), Some(Access::Closed), None];
    let series = all.map(|access| Series {
        name: access.map_or("access not stated", Access::word).to_owned(),
        detail: String::new(),
        colour: match access {
            Some(Access::Open) => Colour::Series(0),
            Some(Access::Closed) => Colour::Series(1),
            None => Colour::Rest,
        },
        points: data_points(
            observations.clone().filter(|own| own.access == access),
            names,
        ),
    });
    let mut series = Vec::from(series);
    series.retain(|series| !series.points.is_empty());
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

/// How many models a chart shows, of how many that match, and how its figure is counted.
pub(crate) fn subtitle(
    (shown, of): (usize, Option<usize>),
    subject: &str,
    measure: Measure,
    view: View,
) -> String {
    let Measure { by, estimate, .. } = measure;
    let of = match of.filter(|of| *of != shown) {
        Some(of) => format!(" of {}", grouped(of as f64)),
        None => String::new(),
    };
    let (shown, known) = (grouped(shown as f64), view.adjective());
    let meaning = match by.meaning {
        _ if by.has_units() => " In different units.".to_owned(),
        "" => String::new(),
        meaning => format!(" {}.", capitalized(meaning)),
    };
    let estimate = estimate.map_or("", |_| " Where it is unknown, an estimate.");
    let view = view
        .words()
        .map_or(String::new(), |view| format!(" {}.", capitalized(&view)));
    format!(
        "{shown}{of} {subject} with a {known} figure, by month of announcement.{meaning}{estimate}{view}"
    )
}

/// The colour of the models with a word in a column, which is at this place among others: words of a
/// fixed vocabulary have the same colour in every chart.
pub(crate) fn colour(column: ColumnRef, word: &str, place: usize) -> Colour {
    let Vocabulary::Only(words) = column.vocabulary else {
        return Colour::Series(place);
    };
    Colour::Series(words.iter().position(|own| *own == word).unwrap_or(place))
}

/// The lines below a chart: what it is based on, and last its source.
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
