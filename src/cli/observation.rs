//! Observations of a figure over time, as a frontier and a trend chart them.

use crate::chart::{PointName, Series, Tint};
use crate::model::Access;
use crate::model::month::Point;
use crate::text::capitalized;

/// A figure of a model, by its month and access.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Observation {
    pub point: Point,
    pub access: Option<Access>,
}

/// Observations that a chart names.
pub(crate) type Names = Vec<(Observation, PointName)>;

/// Takes the name of an observation, so that only one of several equal ones has it.
pub(crate) fn take_name(names: &mut Names, observation: &Observation) -> Option<PointName> {
    let at = names.iter().position(|(own, _)| own == observation)?;
    Some(names.remove(at).1)
}

/// Open models, closed ones and those of unknown access, each as a series.
pub(crate) fn series_by_access<'a>(
    observations: impl Iterator<Item = &'a Observation>,
    mut names: Names,
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
        let name = take_name(&mut names, observation);
        series[group].add(observation.point, name);
    }
    let series = series.into_iter();
    series.filter(|series| !series.dots.is_empty()).collect()
}

/// The lines below a chart: its source, what it rests on, and the filters.
pub(crate) fn footer(credit: &str, captions: &[String], filters: &str) -> Vec<String> {
    let mut footer = vec![format!("Source: {credit}.")];
    footer.extend(captions.iter().map(|c| format!("{}.", capitalized(c))));
    if !filters.is_empty() {
        footer.push(format!("Models: {filters}."));
    }
    footer
}
