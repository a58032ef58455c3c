//! `ahm stats`: groups of models, or how many have each key.

use crate::catalog::Catalog;
use crate::catalog::parallel::Merge;
use crate::cli::filter_args::FilterArgs;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::Keys;
use crate::model::Model;
use crate::model::column::{ColumnRef, distinct};
use crate::model::heading::Heading;
use crate::model::schema::{self, COLUMNS};
use crate::model::value::{Kind, Value};
use crate::output::{Charset, Output, OutputArgs, Report, ReportPart, SheetColumn, bar};
use crate::query::Answer;
use crate::query::coverage::Counts;
use crate::query::evidence::{Evidence, Units};
use crate::query::group::Summary;
use crate::query::group::{Group, Groups};
use clap::Args;

/// Count and summarize models by group
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Without --by, counts the models that have each key. With --by, counts the models of each value, and
summarizes a figure of the `n` models that have it (ratios have no sum). A model with several values
counts in each of their groups.

Examples:
  ahm stats                               what is known
  ahm stats --by org --since 2021         who made what
  ahm stats --by year --of compute        the compute of each year
")]
pub(crate) struct Stats {
    /// Key to group by
    #[arg(long, value_name = "KEY", value_parser = group_key)]
    by: Option<ColumnRef>,

    /// Figures to summarize
    #[arg(
        long,
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = trimmed(schema::parse_figure),
        default_value = "params",
        requires = "by"
    )]
    of: Vec<ColumnRef>,

    #[command(flatten)]
    filters: FilterArgs,

    #[command(flatten)]
    output: OutputArgs,
}

/// Width of the bar of the largest group.
const BAR: usize = 16;

impl Stats {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Stats {
            by,
            of,
            filters,
            output,
        } = self;
        let query = filters.query(out);
        let fresh = catalog.freshness();
        let charset = out.charset();
        let Some(by) = by else {
            let needs = COLUMNS.iter().map(|column| column.needs);
            let needs = needs.fold(Keys::default(), Keys::union);
            let counts = Counts::default();
            let answer = query.scan((catalog, needs), counts, |counts, model, _| {
                counts.add(model);
            })?;
            out.notes(&answer.note);
            let (matched, scanned) = (answer.matches.matched, answer.matches.scanned);
            Report::new(coverage(&answer, charset))
                .remark(format_args!("{matched} of {scanned} models{fresh}"))
                .write(&output, out)?;
            return Ok(Found::count(matched));
        };
        let of = distinct(of);
        let needs = of.iter().map(|c| c.needs).fold(by.needs, Keys::union);
        let initial = Grouped {
            groups: Groups::default(),
            evidence: Evidence::of(of.iter().copied()),
        };
        let answer = query.scan((catalog, needs), initial, |grouped, model, _| {
            let has = |column: ColumnRef| !column.value(model).is_missing();
            grouped.evidence.note(model, has);
            let groups = &mut grouped.groups;
            groups.add(by, model, |figures| figures.add(&of, model));
        })?;
        out.notes(&answer.note);
        let matches = answer.matches;
        let (matched, scanned) = (matches.matched, matches.scanned);
        let Grouped { groups, evidence } = answer.result;
        let groups = groups.in_order(by);
        let counted: usize = groups.iter().map(|group| group.count).sum();
        let several = match counted > matches.matched {
            true => "; a model with several values counts in each group",
            false => "",
        };
        let count = groups.len();
        let names = |column: &ColumnRef| STATISTICS.map(|own| own.names(column, of.len() > 1));
        let named: Vec<_> = of.iter().map(|column| (*column, names(column))).collect();
        let sheet = grouped(by, &named, &groups, charset);
        let mut report = Report::new(sheet).remark(format_args!(
            "{matched} of {scanned} models in {count} groups{fresh}{several}"
        ));
        report.captions = evidence.sentences(("based on", ""), matches, &"");
        report.write(&output, out)?;
        Ok(Found::count(matched))
    }
}

#[derive(Clone)]
struct Grouped {
    groups: Groups<Figures>,
    evidence: Evidence,
}

impl Merge for Grouped {
    fn merge(&mut self, later: Grouped) {
        self.groups.merge(later.groups);
        self.evidence.merge(later.evidence);
    }
}

/// The figures of a group, one list for each column.
#[derive(Debug, Clone, Default)]
struct Figures(Vec<(Vec<f64>, Units)>);

impl Figures {
    fn add(&mut self, of: &[ColumnRef], model: &Model<'_>) {
        self.0.resize_with(of.len(), Default::default);
        for ((figures, units), column) in self.0.iter_mut().zip(of) {
            units.note(column, model);
            match column.value(model) {
                Value::Numbers(list) => figures.extend(list.iter().map(|figure| figure.0)),
                value => figures.extend(value.number()),
            }
        }
    }
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

/// How many models have each key.
fn coverage<'v>(answer: &Answer<Counts>, charset: Charset) -> ReportPart<'v> {
    let all = answer.matches.matched.max(1) as f64;
    let rows = COLUMNS.iter().enumerate().map(|(i, column)| {
        let count = answer.result.known.get(i).copied().unwrap_or(0) as f64;
        let share = count / all;
        vec![
            Value::from(column.heading.key),
            Value::Number(count),
            Value::shown(format!("{:.0} %", share * 100.0), Value::Number(share)),
            Value::Text(bar(share, BAR, charset).into()),
        ]
    });
    let columns = [
        SheetColumn::from(Heading::new("key", "Key", Kind::Word, 0)),
        SheetColumn::from(Heading::new("models", "Models", Kind::Number, 0)),
        SheetColumn::from(Heading::new("share", "Share", Kind::Number, 1)),
        SheetColumn::bar("bar", 2),
    ];
    ReportPart::sheet(columns, rows)
}

/// The models of each value of a column, and their figures.
fn grouped<'v>(
    by: ColumnRef,
    of: &'v [(ColumnRef, [(String, String); 5])],
    groups: &'v [Group<Figures>],
    charset: Charset,
) -> ReportPart<'v> {
    let largest = groups.iter().map(|group| group.count).max().unwrap_or(1);
    let mut columns = vec![
        SheetColumn::from(by.heading),
        SheetColumn::from(Heading::new("models", "Models", Kind::Number, 0)),
        SheetColumn::bar("bar", 3),
    ];
    for (column, names) in of {
        let kind = column.heading.kind;
        for (statistic, (key, title)) in STATISTICS.iter().zip(names) {
            let heading = |kind| Heading::new(key, title, kind, statistic.drop_order);
            columns.push(match statistic.key {
                "known" => heading(Kind::Number).into(),
                // Ratios have no sum: people have no column for it, machines an empty one.
                "sum" if !kind.is_additive() => SheetColumn::for_machines(heading(kind)),
                _ => heading(kind).into(),
            });
        }
    }
    let row = |group: &'v Group<Figures>| {
        let share = group.count as f64 / largest as f64;
        let mut row = vec![
            match group.value.is_missing() {
                true => Value::shown("not stated", Value::Missing),
                false => group.value.clone(),
            },
            Value::Number(group.count as f64),
            Value::Text(bar(share, BAR, charset).into()),
        ];
        for ((column, _), (figures, units)) in of.iter().zip(&group.result.0) {
            let summary = Summary::of(figures.clone());
            let has_sum = column.heading.kind.is_additive() && *units != Units::Several;
            let values = STATISTICS.iter();
            row.extend(values.map(|statistic| statistic.value(summary, has_sum)));
        }
        row
    };
    ReportPart::sheet(columns, groups.iter().map(row))
}

/// A statistic of the figures of a group.
#[derive(Clone, Copy)]
struct Statistic {
    key: &'static str,
    title: &'static str,
    drop_order: u8,
    read: fn(Summary) -> f64,
}

#[rustfmt::skip]
const STATISTICS: [Statistic; 5] = [
    Statistic { key: "median", title: "median", drop_order: 1, read: |summary| summary.median },
    Statistic { key: "min", title: "min", drop_order: 4, read: |summary| summary.min },
    Statistic { key: "max", title: "max", drop_order: 2, read: |summary| summary.max },
    Statistic { key: "sum", title: "sum", drop_order: 3, read: |summary| summary.sum },
    Statistic { key: "known", title: "n", drop_order: 5, read: |summary| summary.count as f64 },
];

impl Statistic {
    /// The key and the title of a column, which names the figure where there are `several`.
    fn names(&self, column: ColumnRef, several: bool) -> (String, String) {
        let heading = column.heading;
        let (name, unit) = heading.title.split_at(column.name().len());
        let title = match self.key {
            "median" => format!("{name} {}{unit}", self.title),
            _ if several => format!("{name} {}", self.title),
            _ => self.title.to_owned(),
        };
        (format!("{}_{}", heading.key, self.key), title)
    }

    fn value<'v>(&self, summary: Option<Summary>, has_sum: bool) -> Value<'v> {
        match (self.key, summary) {
            ("known", None) => Value::Number(0.0),
            ("sum", Some(_)) if !has_sum => Value::Missing,
            (_, summary) => summary.map_or(Value::Missing, |s| Value::Number((self.read)(s))),
        }
    }
}

/// A column whose values models have in common.
pub(super) fn group_key(name: &str) -> Result<ColumnRef, String> {
    let column = schema::parse_column(name)?;
    match column.heading.kind {
        Kind::Word | Kind::Tags | Kind::Month | Kind::Number => Ok(column),
        Kind::Quantity(_) | Kind::Compound | Kind::Sentence | Kind::Address => Err(format!(
            "{name} differs for each model; group by a word or a date"
        )),
    }
}
