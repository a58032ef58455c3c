//! A group of models and its trend.

use super::spots::Spots;
use crate::analysis::candidates::Candidates;
use crate::analysis::frontier::{self, holders};
use crate::analysis::trend::{Influence, NoTrend, Point, Trend, Without, agreed};
use crate::catalog::source::Place;
use crate::chart::Name;
use crate::model::Model;
use crate::model::value::Value;
use crate::query::group::Group;
use std::collections::HashMap;

/// A group of models and its trend, before anybody is named.
pub(super) struct Fit {
    value: Value<'static>,
    /// Its trend.
    pub trend: Result<Trend, NoTrend>,
    spots: Spots,
    leans_on: Vec<Without>,
    /// Who may have held the record, where that is asked for.
    held: Candidates,
}

/// A group of models and its trend.
pub(super) struct Fitted<'m> {
    /// What they have in common, if they are split.
    pub value: Value<'static>,
    /// Its trend.
    pub trend: Result<Trend, NoTrend>,
    /// The points of the models that have a date and the figure.
    pub spots: Spots,
    /// The models that it leans on most.
    pub leans_on: Vec<&'m Model<'m>>,
    /// What it would be without each of them.
    pub influence: Vec<Influence>,
    /// Those that have a name in a picture, and their points.
    pub named: Vec<(&'m Model<'m>, Point, Name)>,
}

/// How many points are told that a trend leans on.
const TOLD: usize = 3;

impl Fit {
    /// Fits the trend of a group.
    pub(super) fn of(group: Group<Spots>) -> Fit {
        let spots = group.made;
        let trend = Trend::of(&spots.points);
        let leans_on = match &trend {
            Ok(trend) => trend.leans_on(&spots.points, TOLD),
            Err(_) => Vec::new(),
        };
        Fit {
            value: group.value,
            trend,
            spots,
            leans_on,
            held: Candidates::default(),
        }
    }

    /// Finds who may have held the record.
    pub(super) fn note_records(&mut self) {
        for (point, place) in self.spots.points.iter().zip(&self.spots.places) {
            self.held.note(point.month, point.value, *place);
        }
    }

    /// Where the models stand that are told of.
    pub(super) fn places(&self) -> impl Iterator<Item = Place> {
        let leans_on = self.leans_on.iter();
        let leans_on = leans_on.map(|without| self.spots.places[without.place]);
        leans_on.chain(self.held.places())
    }

    /// The same with those models.
    pub(super) fn told<'m>(self, models: &HashMap<Place, &'m Model<'m>>) -> Fitted<'m> {
        let mut told = Vec::new();
        let mut influence = Vec::new();
        for without in &self.leans_on {
            let point = self.spots.points[without.place];
            let Some(model) = models.get(&self.spots.places[without.place]) else {
                continue;
            };
            told.push((*model, point));
            influence.push(Influence {
                name: model.name.to_string(),
                id: model.id.to_string(),
                announced: point.month,
                value: point.value,
                growth_without: without.growth.map(agreed),
                over_line: without.over_line.map(agreed),
                residual: without.residual.map(agreed),
            });
        }
        let leans_on = told.iter().map(|(model, _)| *model).collect();
        told.extend(self.holders(models));
        let mut named: Vec<(&Model<'_>, Point, Name)> = Vec::new();
        for (rank, (model, point)) in told.into_iter().enumerate() {
            // Who is told of twice has the dearer rank.
            if named.iter().all(|(other, ..)| other.id != model.id) {
                let text = model.name.to_string();
                named.push((model, point, Name { text, rank }));
            }
        }
        Fitted {
            value: self.value,
            trend: self.trend,
            spots: self.spots,
            leans_on,
            influence,
            named,
        }
    }

    /// Who held the record, the last first.
    fn holders<'m>(&self, models: &HashMap<Place, &'m Model<'m>>) -> Vec<(&'m Model<'m>, Point)> {
        let held = self.held.told().into_iter();
        let held = held.filter_map(|(place, month, value)| {
            let model = *models.get(&place)?;
            Some((model, Point { month, value }))
        });
        let held: Vec<(&Model<'_>, Point)> = held.collect();
        let points = held.iter().map(|(model, point)| frontier::Point {
            month: point.month,
            value: point.value,
            name: &model.name,
        });
        let points: Vec<frontier::Point<'_>> = points.collect();
        let last = points.iter().map(|point| point.month).max();
        let records = last.map_or_else(Vec::new, |last| holders(&points, last));
        let records = records.iter().rev();
        records.map(|holder| held[holder.place]).collect()
    }
}

impl Fitted<'_> {
    /// How many models have a date and the figure.
    pub(super) fn count(&self) -> usize {
        self.spots.points.len()
    }
}
