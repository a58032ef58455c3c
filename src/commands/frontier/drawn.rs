//! A frontier as a picture: the models, and the record as a line of steps above them.

use super::measure::{Known, Measure};
use crate::chart::{Axis, Chart, Line, Name, Tint};
use crate::date::Month;
use crate::dots::ByAccess;
use crate::frontier::Holder;
use crate::value::Value;

/// What is drawn.
pub struct Drawn<'a> {
    /// The figure.
    pub measure: Measure,
    /// The models that may have held the record and those of them that did: of all, or of closed
    /// and of open models.
    pub told: Vec<(&'a Known<'a>, &'a [Holder])>,
    /// How many models have the figure.
    pub count: usize,
    /// Until when the last record counts.
    pub until: Option<Month>,
}

impl Drawn<'_> {
    /// The chart of these dots, of a catalog that is credited so and of what is asked of it.
    pub fn chart(&self, mut dots: ByAccess, (credit, asked): (&str, &str)) -> Chart {
        let lag = self.told.len() > 1;
        for (known, holders) in &self.told {
            for (rank, holder) in holders.iter().rev().enumerate() {
                let (model, point) = (known.models[holder.place], known.points[holder.place]);
                let text = point.name.to_owned();
                let own = dots.of(model.access);
                own.name(point.month, point.value, Name { text, rank });
            }
        }
        let series = dots.series();
        let count = self.count;
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
            (true, _) => format!("{name}: the records of closed and of open models"),
            (false, [(known, [.., last]), ..]) => {
                let model = &known.models[last.place].name;
                let value = Value::Number(known.points[last.place].value);
                let value = value.human(self.measure.stated.heading.kind);
                format!("{name}: the record, {value} since {model}")
            }
            (false, _) => format!("{name}: the record"),
        };
        let mut footer = vec![format!("Source: {credit}. {count} points.")];
        footer.extend((!asked.is_empty()).then(|| format!("Models: {asked}.")));
        if self.measure.estimate.is_some() {
            footer.push("Estimates stand in for what is not stated.".to_owned());
        }
        Chart {
            description: format!(
                "{count} models by the month of their announcement and, on a logarithmic axis, \
                 {}. The record, which those below held: {}. {}",
                name.to_lowercase(),
                records.join("; of open models: "),
                footer.join(" "),
            ),
            title,
            figure: Axis::of(self.measure.stated),
            series,
            lines: lines.filter(|line| !line.course.is_empty()).collect(),
            footer,
        }
    }

    /// The record over time: level while it stands, upright when it is taken.
    fn steps(&self, (known, holders): (&Known<'_>, &[Holder])) -> Vec<(f64, f64)> {
        let mut course: Vec<(f64, f64)> = Vec::new();
        for holder in holders {
            let point = known.points[holder.place];
            let month = f64::from(point.month.index());
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
        let kind = self.measure.stated.heading.kind;
        let records = holders.iter().map(|holder| {
            let point = known.points[holder.place];
            let value = Value::Number(point.value);
            format!("{} ({}, {})", point.name, point.month, value.human(kind))
        });
        records.collect::<Vec<_>>().join(", ")
    }
}
