//! `ahm stats`: groups of models, or how much is known of them.

use std::borrow::Cow;

use clap::Args;

use crate::catalog::Catalog;
use crate::column::{ColumnRef, Heading};
use crate::columns::{self, COLUMNS};
use crate::coverage::Counts;
use crate::error::{Error, Found};
use crate::filters::Filters;
use crate::freshness::Freshness;
use crate::gather::Gather;
use crate::group::{Group, Groups};
use crate::layout::Layout;
use crate::model::Model;
use crate::output::Output;
use crate::query::Answer;
use crate::reader::Keys;
use crate::render::bar;
use crate::source::Place;
use crate::stats::Summary;
use crate::trimmed::trimmed;
use crate::value::{Kind, Value};

/// Count and sum up models by a key, or tell how many have each figure
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Without --by: how many models have each key. With it: the models of each word, year or month, and the
median, least, largest and sum of a figure. A model of several words counts in the group of each.

Examples:
  ahm stats                               what is known
  ahm stats --by org --since 2021         who made what
  ahm stats --by year --of compute        the compute of each year
")]
pub struct Stats {
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
    /// Answers.
    ///
    /// # Errors
    /// When the question cannot be understood, or the answer not written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
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
        let needs = of.iter().map(|c| c.needs).fold(by.needs, Keys::and);
        let sum = |groups: &mut Groups<Figures>, _: Place, model: &Model<'_>| {
            groups.add(by, model, |figures| figures.add(&of, model));
        };
        let answer = query.gather((catalog, needs), Groups::default, sum)?;
        let Answer {
            made,
            matched,
            asked,
            note,
        } = answer;
        note.into_iter().for_each(|note| out.note(note));
        let groups = made.in_order(by);
        self::groups((by, &of), &groups, &layout, out)?;
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

/// The figures of a group, a list a column.
#[derive(Debug, Default)]
struct Figures(Vec<Vec<f64>>);

impl Figures {
    fn add(&mut self, of: &[ColumnRef], model: &Model<'_>) {
        self.0.resize(of.len(), Vec::new());
        for (figures, column) in self.0.iter_mut().zip(of) {
            match (column.read)(model) {
                Value::Numbers(list) => figures.extend(list.iter().map(|figure| figure.0)),
                value => figures.extend(value.number()),
            }
        }
    }
}

impl Gather for Figures {
    fn append(&mut self, later: Figures) {
        self.0.resize(later.0.len().max(self.0.len()), Vec::new());
        for (own, mut later) in self.0.iter_mut().zip(later.0) {
            own.append(&mut later);
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
    let names: Vec<[String; 5]> = of
        .iter()
        .map(|c| {
            ["median", "min", "max", "sum", "known"].map(|what| format!("{}_{what}", c.heading.key))
        })
        .collect();
    let titles: Vec<[String; 5]> = of
        .iter()
        .map(|c| {
            // The unit stands in the column's title, where figures show none.
            let (name, unit) = c.heading.title.split_at(c.name().len());
            let median = format!("{name} median{unit}");
            let whats = [&*median, "least", "largest", "sum", "known"];
            // One figure needs its name once.
            whats.map(|what| match of.len() > 1 && what != median {
                true => format!("{name} {what}"),
                false => what.to_owned(),
            })
        })
        .collect();
    let mut headings = vec![
        Heading::new(by.heading.key, by.heading.title, by.heading.kind, 0),
        Heading::new("models", "Models", Kind::Number, 0),
    ];
    if people {
        headings.push(Heading::new("bar", "", Kind::Word, 3));
    }
    for ((column, names), titles) in of.iter().zip(&names).zip(&titles) {
        let kind = column.heading.kind;
        for (what, (name, title)) in names.iter().zip(titles).enumerate() {
            // The median says most, how many are known least.
            let (kind, rank) = match what {
                0 => (kind, 1),
                1 => (kind, 4),
                2 => (kind, 2),
                3 => (kind, 3),
                _ => (Kind::Number, 5),
            };
            headings.push(Heading::new(name, title, kind, rank));
        }
    }
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
        for figures in &group.made.0 {
            row.extend(summed(figures));
        }
        row
    });
    layout.write(&headings, &mut rows, out)
}

fn summed<'v>(figures: &[f64]) -> [Value<'v>; 5] {
    match Summary::of(figures.to_vec()) {
        Some(summary) => [
            Value::Number(summary.median),
            Value::Number(summary.min),
            Value::Number(summary.max),
            Value::Number(summary.sum),
            Value::Number(summary.count as f64),
        ],
        None => [
            Value::Missing,
            Value::Missing,
            Value::Missing,
            Value::Missing,
            Value::Number(0.0),
        ],
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
