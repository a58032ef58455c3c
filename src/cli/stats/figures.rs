//! The figures of a group, and the statistics that sum them up.

use crate::catalog::parallel::Merge;
use crate::model::Model;
use crate::model::column::ColumnRef;
use crate::model::heading::Heading;
use crate::model::value::{Kind, Value};
use crate::output::SheetColumn;
use crate::query::evidence::Units;
use crate::query::group::{Groups, Summary};

/// The figures of a group, one list for each column.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures(Vec<(Vec<f64>, Units)>);

/// What was made of the models of a group.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub figures: Figures,
    /// The same by the second key.
    pub cells: Groups<Figures>,
}

/// A statistic of the figures of a group.
#[derive(Clone, Copy)]
pub(super) struct Statistic {
    pub key: &'static str,
    /// What people call it, and type for it.
    pub title: &'static str,
    drop_order: u8,
    read: fn(Summary) -> f64,
}

#[rustfmt::skip]
pub(super) const STATISTICS: [Statistic; 5] = [
    Statistic { key: "median", title: "median", drop_order: 1, read: |summary| summary.median },
    Statistic { key: "min", title: "min", drop_order: 4, read: |summary| summary.min },
    Statistic { key: "max", title: "max", drop_order: 2, read: |summary| summary.max },
    Statistic { key: "sum", title: "sum", drop_order: 3, read: |summary| summary.sum },
    Statistic { key: "known", title: "n", drop_order: 5, read: |summary| summary.count as f64 },
];

/// Keys and titles of the statistics of a figure.
pub(super) type Names = [(String, String); STATISTICS.len()];

/// The keys and titles of the columns of a figure, which name it where there are `several`.
pub(super) fn names(column: ColumnRef, several: bool) -> Names {
    let heading = column.heading;
    let (name, unit) = heading.title.split_at(column.name().len());
    STATISTICS.map(|statistic| {
        let title = match statistic.key {
            "median" => format!("{name} {}{unit}", statistic.title),
            _ if several => format!("{name} {}", statistic.title),
            _ => statistic.title.to_owned(),
        };
        (format!("{}_{}", heading.key, statistic.key), title)
    })
}

/// The columns of the statistics of figures.
pub(super) fn columns<'n>(named: &'n [(ColumnRef, Names)]) -> Vec<SheetColumn<'n>> {
    let mut columns = Vec::new();
    for (column, names) in named {
        let kind = column.heading.kind;
        for (statistic, (key, title)) in STATISTICS.iter().zip(names) {
            let heading = |kind| Heading::new(key, title, kind, statistic.drop_order);
            columns.push(match statistic.key {
                "known" => heading(Kind::Number).into(),
                // Ratios and the like have no sum: people have no column for it, machines an empty one.
                "sum" if !column.is_additive() => SheetColumn::for_machines(heading(kind)),
                _ => heading(kind).into(),
            });
        }
    }
    columns
}

impl Figures {
    pub(super) fn add(&mut self, of: &[ColumnRef], model: &Model<'_>) {
        self.0.resize_with(of.len(), Default::default);
        for ((figures, units), column) in self.0.iter_mut().zip(of) {
            units.note(column, model);
            match column.value(model) {
                Value::Numbers(list) => figures.extend(list.iter().map(|figure| figure.0)),
                value => figures.extend(value.number()),
            }
        }
    }

    /// The median of the figure at an index, and how many there are.
    pub(super) fn median(&self, index: usize) -> Option<(f64, usize)> {
        let summary = Summary::of(self.0.get(index)?.0.clone())?;
        Some((summary.median, summary.count))
    }

    /// The value of one statistic of the figure at an index.
    pub(super) fn statistic(&self, of: &[ColumnRef], index: usize, which: usize) -> Value<'static> {
        let values = self.0.get(index).zip(of.get(index));
        let values = values.map(|((figures, units), column)| values_of(figures, units, column));
        values.map_or(Value::Missing, |values| values[which].clone())
    }

    /// The values of all statistics.
    pub(super) fn values(&self, of: &[ColumnRef]) -> Vec<Value<'static>> {
        let figures = self.0.iter().zip(of);
        let values =
            figures.flat_map(|((figures, units), column)| values_of(figures, units, column));
        values.collect()
    }
}

fn values_of(
    figures: &[f64],
    units: &Units,
    column: ColumnRef,
) -> [Value<'static>; STATISTICS.len()] {
    let summary = Summary::of(figures.to_vec());
    let has_sum = column.is_additive() && *units != Units::Several;
    STATISTICS.map(|statistic| match (statistic.key, summary) {
        ("known", None) => Value::Number(0.0),
        ("sum", Some(_)) if !has_sum => Value::Missing,
        (_, summary) => summary.map_or(Value::Missing, |own| Value::Number((statistic.read)(own))),
    })
}

impl Merge for Figures {
    fn merge(&mut self, later: Figures) {
        let columns = later.0.len().max(self.0.len());
        self.0.resize_with(columns, Default::default);
        for ((own, units), (mut figures, of)) in self.0.iter_mut().zip(later.0) {
            own.append(&mut figures);
            units.merge(of);
        }
    }
}

impl Merge for Tally {
    fn merge(&mut self, later: Tally) {
        self.figures.merge(later.figures);
        self.cells.merge(later.cells);
    }
}
