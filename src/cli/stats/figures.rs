//! The figures of a group, the statistics that sum them up, and the table of groups of one key.

use crate::catalog::parallel::Merge;
use crate::model::Model;
use crate::model::column::ColumnRef;
use crate::model::heading::Heading;
use crate::model::value::{Kind, Value};
use crate::output::{Charset, ReportPart, SheetColumn, bar};
use crate::query::evidence::Units;
use crate::query::group::{Group, Groups, Summary};

/// The figures of a group, one list for each column.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures(Vec<(Vec<f64>, Units)>);

/// Result of the models of a group.
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

/// Width of the bar of the largest group.
const BAR: usize = 16;

/// The models of each value of a key, their share of `models`, and their figures.
pub(super) fn sheet<'v>(
    by: Heading<'v>,
    named: &'v [(ColumnRef, Names)],
    (groups, models): (&'v [Group<Tally>], usize),
    charset: Charset,
) -> ReportPart<'v> {
    let largest = groups.iter().map(|group| group.count).max().unwrap_or(0);
    let of: Vec<ColumnRef> = named.iter().map(|(column, _)| *column).collect();
    let mut sheet = vec![
        name_of_groups(by),
        Heading::new("models", "Models", Kind::Number, 0).into(),
        Heading::new("share", "Share", Kind::Number, 2).into(),
        SheetColumn::bar("bar", 6),
    ];
    sheet.extend(columns(named));
    let rows = groups.iter().map(|group| {
        let length = group.count as f64 / largest.max(1) as f64;
        let mut row = vec![
            label(&group.value),
            Value::Number(group.count as f64),
            share(group.count, models),
            Value::Text(bar(length, BAR, charset).into()),
        ];
        row.extend(group.result.figures.values(&of));
        row
    });
    let rows: Vec<_> = rows.collect();
    ReportPart::sheet(sheet, rows)
}

/// The column of the values of a key. Its words are cut when no other column can be dropped.
pub(super) fn name_of_groups(by: Heading<'_>) -> SheetColumn<'_> {
    SheetColumn::from(Heading {
        kind: match by.kind {
            Kind::Word | Kind::Tags => Kind::Sentence,
            kind => kind,
        },
        drop_order: 0,
        ..by
    })
}

/// The value of a group, which may be that none is stated.
pub(super) fn label<'v>(value: &'v Value<'v>) -> Value<'v> {
    match value.is_missing() {
        true => Value::shown("not stated", Value::Missing),
        false => value.clone(),
    }
}

/// A part of so many models.
pub(super) fn share(count: usize, of: usize) -> Value<'static> {
    let share = count as f64 / of.max(1) as f64;
    Value::shown(percent(share), Value::Number(share))
}

/// A share in percent; what is not nothing or all does not read as if it was.
pub(super) fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        0.0 if share > 0.0 => "<1 %".to_owned(),
        100.0 if share < 1.0 => ">99 %".to_owned(),
        percent => format!("{percent} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_is_not_none_and_most_is_not_all() {
        let percents = [0.0, 0.002, 0.5, 0.997, 1.0].map(percent);
        assert_eq!(percents, ["0 %", "<1 %", "50 %", ">99 %", "100 %"]);
    }
}
