//! `ahm list`: models as a table, newest first.

use std::fmt;

use clap::Args;

use crate::catalog::Catalog;
use crate::column::ColumnRef;
use crate::condition::Condition;
use crate::display::{Display, needs};
use crate::error::{Error, Found};
use crate::filters::Filters;
use crate::model::Model;
use crate::output::Output;
use crate::query::{Answer, Query, SortKey};

/// List models, newest first
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  ahm list --field vision --open          open vision models
  ahm list gpt --until 2020               what was called GPT by then
  ahm list --min-params 100B --has tokens -f csv
")]
pub struct List {
    /// Keys to sort by, the first first; KEY:asc or KEY:desc to choose the direction
    #[arg(
        long,
        value_name = "KEY,…",
        value_delimiter = ',',
        default_value = "announced"
    )]
    sort: Vec<SortKey>,

    #[command(flatten)]
    listing: Listing,
}

/// What `list` and `sort` share.
#[derive(Debug, Clone, Args)]
pub struct Listing {
    #[command(flatten)]
    filters: Filters,

    /// The other way round; what is missing stays last
    #[arg(long, help_heading = "Output")]
    reverse: bool,

    /// At most this many
    #[arg(
        long,
        short = 'n',
        value_name = "N",
        value_parser = count,
        help_heading = "Output",
        allow_negative_numbers = true
    )]
    limit: Option<usize>,

    #[command(flatten)]
    display: Display,
}

impl List {
    /// Answers.
    ///
    /// # Errors
    /// When the question cannot be understood, or the answer not written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let List { sort, listing } = self;
        listing.run(sort, catalog, out)
    }
}

impl Listing {
    /// Answers in this order.
    ///
    /// # Errors
    /// When the question cannot be understood, or the answer not written.
    pub fn run(
        self,
        mut order: Vec<SortKey>,
        catalog: &Catalog,
        out: &mut Output,
    ) -> Result<Found, Error> {
        let Listing {
            filters,
            reverse,
            limit,
            display,
        } = self;
        for key in &mut order {
            key.descending ^= reverse;
        }
        let query = Query {
            condition: filters.condition(),
            pattern: filters.pattern,
            order,
            limit,
        };
        let columns = display.columns(&asked(&query));
        let answer = query.select(catalog, needs(&columns).and(display.look.marks()))?;
        display.write(&columns, answer.shown(), out)?;
        if display.look.format.is_for_people() {
            let columns: Vec<ColumnRef> = columns.iter().map(|(column, _)| *column).collect();
            out.remark(Summary {
                answer: &answer,
                columns: &columns,
                catalog,
            });
        }
        Ok(Found::count(answer.models.len()))
    }
}

/// The columns that a question is about: those of its order, and the figures of its condition.
fn asked(query: &Query) -> Vec<ColumnRef> {
    let mut columns: Vec<ColumnRef> = query.order.iter().map(|key| key.column).collect();
    figures(&query.condition, &mut columns);
    columns
}

fn figures(condition: &Condition, columns: &mut Vec<ColumnRef>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| figures(part, columns));
        }
        Condition::Has(column) | Condition::Compare(column, ..) | Condition::Match(column, _) => {
            columns.push(column)
        }
        // What is missing need not be shown, and a word is the same in each row.
        Condition::Not(_) | Condition::Tag(_) => {}
    }
}

fn count(text: &str) -> Result<usize, String> {
    let number = text.parse();
    number.map_err(|_| "expected a number of models, such as `20`".to_owned())
}

/// How many of how many, how fresh they are, and which figures of theirs nobody knows; counted
/// when it is told.
struct Summary<'a> {
    answer: &'a Answer<'a>,
    columns: &'a [ColumnRef],
    catalog: &'a Catalog,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Answer { models, asked, .. } = self.answer;
        let (shown, matched) = (self.answer.shown().len(), models.len());
        match matched {
            matched if shown < matched && matched < *asked => {
                write!(f, "{shown} of {matched} models that match, {asked} in all")?;
            }
            matched if shown < matched => write!(f, "{shown} of {asked} models")?,
            0 => write!(f, "none of {asked} models matches")?,
            1 => write!(f, "1 of {asked} models")?,
            matched => write!(f, "{matched} of {asked} models")?,
        }
        write!(f, "{}", self.catalog.freshness())?;
        let missing = |column: &ColumnRef| {
            let without = |model: &&Model<'_>| (column.read)(model).is_missing();
            let count = models.iter().filter(without).count();
            let counts = column.heading.kind.is_figure() && count > 0;
            counts.then(|| format!("{} {count}", column.heading.key))
        };
        let missing: Vec<String> = self.columns.iter().filter_map(missing).collect();
        match missing.is_empty() {
            true => Ok(()),
            false => write!(f, "; unknown: {}", missing.join(", ")),
        }
    }
}
