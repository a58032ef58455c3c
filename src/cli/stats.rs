//! `ahm stats`: groups of models, or how much is known of them.

use crate::catalog::Catalog;
use crate::catalog::freshness::Freshness;
use crate::catalog::gather::Gather;
use crate::catalog::source::Place;
use crate::cli::filters::Filters;
use crate::cli::layout::Layout;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::Model;
use crate::model::column::{ColumnRef, Heading, distinct};
use crate::model::columns::{self, COLUMNS};
use crate::model::keys::Keys;
use crate::model::value::{Kind, Value};
use crate::output::Output;
use crate::output::bar;
use crate::query::Answer;
use crate::query::coverage::Counts;
use crate::query::evidence::{Evidence, Units};
use crate::query::group::{Group, Groups};
use crate::query::stats::Summary;
use clap::Args;
use std::borrow::Cow;

/// Count and summarize models by group, or show how many have each figure
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Without --by: how many models have each key. With it: the models of each word, year or month, and the
median, least, largest and sum of a figure, of `n` models that have it; ratios have no sum. A model of
several words counts in the group of each.

Examples:
  ahm stats                               what is known
  ahm stats --by org --since 2021         who made what
  ahm stats --by year --of compute        the compute of each year
")]
pub(crate) struct Stats {
    /// The key whose values are the groups
    #[arg(long, value_name = "KEY", value_parser = group_key)]
    by: Option<ColumnRef>,

    /// Figures to sum up
    #[arg(
        long,
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = trimmed(columns::figure),
        default_value = "params",
        requires = "by"
    )]
    of: Vec<ColumnRef>,

    #[command(flatten)]
    filters: Filters,

    #[command(flatten)]
    layout: Layout,
}

/// How wide a bar of the largest group is.
const BAR: usize = 16;

impl Stats {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Stats {
            by,
            of,
            filters,
            layout,
        } = self;
        let query = filters.query(out);
        let fresh = catalog.freshness();
        let Some(by) = by else {
            let needs = COLUMNS.iter().map(|column| column.needs);
            let needs = needs.fold(Keys::default(), Keys::and);
            let count = |counts: &mut Counts, _, model: &Model<'_>| counts.add(model);
            let answer = query.gather((catalog, needs), Counts::default, count)?;
            answer.note.iter().for_each(|note| out.note(note));
            coverage((&answer, fresh), &layout, out)?;
            return Ok(Found::count(answer.matched));
        };
        let of = distinct(of);
        let needs = of.iter().map(|c| c.needs).fold(by.needs, Keys::and);
        let none = || Grouped {
            groups: Groups::default(),
            evidence: Evidence::of(of.iter().copied()),
        };
        let sum = |grouped: &mut Grouped, _: Place, model: &Model<'_>| {
            let has = |column: ColumnRef| !(column.read)(model).is_missing();
            grouped.evidence.note(model, has);
            let groups = &mut grouped.groups;
            groups.add(by, model, |figures| figures.add(&of, model));
        };
        let answer = query.gather((catalog, needs), none, sum)?;
        let matches = answer.matches();
        let Answer {
            made: Grouped { groups, evidence },
            matched,
            asked,
            note,
        } = answer;
        note.into_iter().for_each(|note| out.note(note));
        let groups = groups.in_order(by);
        self::groups((by, &of), &groups, &layout, out)?;
        let captions = evidence.sentences(("based on", ""), matches, &"");
        layout.look.captions(&captions, layout.names_keys(), out)?;
        let counted: usize = groups.iter().map(|group| group.count).sum();
        let several = match counted > matched {
            true => "; a model of several counts in the group of each",
            false => "",
        };
        let groups = groups.len();
        out.remark(format_args!(
            "{matched} of {asked} models in {groups} groups{fresh}{several}"
        ));
        Ok(Found::count(matched))
    }
}

/// The groups, and how many models have the figures.
struct Grouped {
    groups: Groups<Figures>,
    evidence: Evidence,
}

impl Gather for Grouped {
    fn append(&mut self, later: Grouped) {
        self.groups.append(later.groups);
        self.evidence.append(later.evidence);
    }
}

/// The figures of a group, a list a column.
#[derive(Debug, Default)]
struct Figures(Vec<(Vec<f64>, Units)>);

impl Figures {
    fn add(&mut self, of: &[ColumnRef], model: &Model<'_>) {
        self.0.resize_with(of.len(), Default::default);
        for ((figures, units), column) in self.0.iter_mut().zip(of) {
            units.note(column, model);
            match (column.read)(model) {
                Value::Numbers(list) => figures.extend(list.iter().map(|figure| figure.0)),
                value => figures.extend(value.number()),
            }
        }
    }
}

impl Gather for Figures {
    fn append(&mut self, later: Figures) {
        let columns = later.0.len().max(self.0.len());
        self.0.resize_with(columns, Default::default);
        for ((own, units), (mut figures, of)) in self.0.iter_mut().zip(later.0) {
            own.append(&mut figures);
            units.append(of);
        }
    }
}

/// How many models have each key.
fn coverage(
    (answer, fresh): (&Answer<Counts>, Freshness<'_>),
    layout: &Layout,
    out: &mut Output,
) -> Result<(), Error> {
    let all = answer.matched;
    let mut known = answer.made.known.iter().copied();
    let people = layout.look.format.is_for_people();
    let letters = out.letters();
    let mut headings = vec![
        Heading::new("key", "Key", Kind::Word, 0),
        Heading::new("models", "Models", Kind::Number, 0),
        Heading::new("share", "Share", Kind::Number, 1),
    ];
    if people {
        headings.push(Heading::new("bar", "", Kind::Word, 2));
    }
    let mut rows = COLUMNS.iter().map(|column| {
        let count = known.next().unwrap_or(0);
        let share = match all {
            0 => 0.0,
            all => count as f64 / all as f64,
        };
        let mut row = vec![Value::from(column.heading.key), Value::Number(count as f64)];
        match people {
            true => {
                row.push(Value::Text(Cow::Owned(format!("{:.0} %", share * 100.0))));
                row.push(Value::Text(Cow::Owned(bar(share, BAR, letters))));
            }
            false => row.push(Value::Number(share)),
        }
        row
    });
    layout.write(&headings, &mut rows, out)?;
    out.remark(format_args!("{all} of {} models{fresh}", answer.asked));
    Ok(())
}

/// The models of each value of a column, and their figures.
fn groups(
    (by, of): (ColumnRef, &[ColumnRef]),
    groups: &[Group<Figures>],
    layout: &Layout,
    out: &mut Output,
) -> Result<(), Error> {
    let largest = groups.iter().map(|group| group.count).max();
    let people = layout.look.format.is_for_people();
    let letters = out.letters();
    // The sum of ratios means nothing: people have no column for it, machines an empty one.
    let whats = |column: ColumnRef| {
        let summed = !people || column.heading.kind.is_additive();
        WHATS
            .into_iter()
            .filter(move |what| summed || *what != What::Sum)
    };
    let own = of
        .iter()
        .flat_map(|&column| whats(column).map(move |what| (column, what)));
    let own: Vec<(ColumnRef, What)> = own.collect();
    let names = own
        .iter()
        .map(|(column, what)| what.names(column, of.len() > 1));
    let names: Vec<(String, String)> = names.collect();
    let mut headings = vec![
        Heading::new(by.heading.key, by.heading.title, by.heading.kind, 0),
        Heading::new("models", "Models", Kind::Number, 0),
    ];
    if people {
        headings.push(Heading::new("bar", "", Kind::Word, 3));
    }
    headings.extend(
        own.iter()
            .zip(&names)
            .map(|((column, what), (key, title))| {
                let (kind, rank) = what.heading(column.heading.kind);
                Heading::new(key, title, kind, rank)
            }),
    );
    let mut rows = groups.iter().map(|group| {
        let label = match group.value.is_missing() && people {
            true => Value::from("not stated"),
            false => group.value.clone(),
        };
        let mut row = vec![label, Value::Number(group.count as f64)];
        if people {
            let share = group.count as f64 / largest.unwrap_or(1) as f64;
            row.push(Value::Text(Cow::Owned(bar(share, BAR, letters))));
        }
        for (column, (figures, units)) in of.iter().zip(&group.made.0) {
            let summary = Summary::of(figures.clone());
            let is_sum = column.heading.kind.is_additive() && *units != Units::Several;
            row.extend(whats(column).map(|what| what.of(summary, is_sum)));
        }
        row
    });
    layout.write(&headings, &mut rows, out)
}

/// What is told of the figures of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Median,
    Min,
    Max,
    Sum,
    Known,
}

const WHATS: [What; 5] = [What::Median, What::Min, What::Max, What::Sum, What::Known];

impl What {
    /// The key and the title of a column, which names the figure where there are `several`.
    fn names(self, column: ColumnRef, several: bool) -> (String, String) {
        let (word, title) = match self {
            What::Median => ("median", "median"),
            What::Min => ("min", "min"),
            What::Max => ("max", "max"),
            What::Sum => ("sum", "sum"),
            What::Known => ("known", "n"),
        };
        let heading = column.heading;
        // The unit stands in the column's title, where figures show none.
        let (name, unit) = heading.title.split_at(column.name().len());
        let title = match self {
            What::Median => format!("{name} {title}{unit}"),
            _ if several => format!("{name} {title}"),
            // One figure needs its name once.
            _ => title.to_owned(),
        };
        (format!("{}_{word}", heading.key), title)
    }

    /// The kind of its values, and how dear they are to a narrow table: the median says most.
    fn heading(self, kind: Kind) -> (Kind, u8) {
        match self {
            What::Median => (kind, 1),
            What::Min => (kind, 4),
            What::Max => (kind, 2),
            What::Sum => (kind, 3),
            What::Known => (Kind::Number, 5),
        }
    }

    fn of<'v>(self, summary: Option<Summary>, is_sum: bool) -> Value<'v> {
        let number = match self {
            What::Known => return Value::Number(summary.map_or(0.0, |s| s.count as f64)),
            What::Median => summary.map(|summary| summary.median),
            What::Min => summary.map(|summary| summary.min),
            What::Max => summary.map(|summary| summary.max),
            What::Sum => summary.map(|summary| summary.sum).filter(|_| is_sum),
        };
        number.map_or(Value::Missing, Value::Number)
    }
}

fn group_key(name: &str) -> Result<ColumnRef, String> {
    let column = columns::named(name)?;
    match column.heading.kind {
        Kind::Word | Kind::Tags | Kind::Month | Kind::Number => Ok(column),
        Kind::Quantity(_) | Kind::Compound | Kind::Sentence | Kind::Address => Err(format!(
            "{name} has a value of its own for each model; group by a word or a date"
        )),
    }
}
