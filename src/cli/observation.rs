//! The points of models, and the parts that charts of them share.

use crate::catalog::source::RecordRef;
use crate::chart::{PointName, Series, Tint};
use crate::model::Access;
use crate::model::point::Point;
use crate::text::capitalized;
use std::collections::HashMap;

/// A model that has a month and a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Observation {
    pub point: Point,
    pub access: Option<Access>,
    pub place: RecordRef,
}

/// A series for open models, one for closed ones and one for the rest; none is empty.
pub(crate) fn series_by_access<'a>(
    observations: impl Iterator<Item = &'a Observation>,
    mut names: HashMap<RecordRef, PointName>,
) -> Vec<Series> {
    let mut series = [
        (Access::Open.word(), Tint::Series(0)),
        (Access::Closed.word(), Tint::Series(1)),
        ("not stated", Tint::Rest),
    ]
    .map(|(name, tint)| Series {
        name: name.to_owned(),
        tint,
        dots: Vec::new(),
    });
    for observation in observations {
        let group = match observation.access {
            Some(Access::Open) => 0,
            Some(Access::Closed) => 1,
            None => 2,
        };
        let name = names.remove(&observation.place);
        series[group].add(observation.point, name);
    }
    let series = series.into_iter();
    series.filter(|series| !series.dots.is_empty()).collect()
}

/// The lines below a chart: its source, what it rests on, and which models were asked for.
pub(crate) fn footer(credit: &str, captions: &[String], asked: &str) -> Vec<String> {
    let mut footer = vec![format!("Source: {credit}.")];
    footer.extend(captions.iter().map(|c| format!("{}.", capitalized(c))));
    if !asked.is_empty() {
        footer.push(format!("Models: {asked}."));
    }
    footer
}
