//! `ahm list`: models as a table, newest first.

use crate::catalog::Catalog;
use crate::catalog::freshness::Freshness;
use crate::catalog::gather::Gather;
use crate::cli::display::Display;
use crate::cli::filters::Filters;
use crate::cli::rows::ModelRows;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::column::{ColumnRef, distinct};
use crate::model::keys::Keys;
use crate::output::Format;
use crate::output::Output;
use crate::query::condition::Condition;
use crate::query::evidence::Evidence;
use crate::query::rank::Top;
use crate::query::{Answer, Query, SortKey};
use clap::Args;
use std::fmt;

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
        value_parser = trimmed(str::parse::<SortKey>),
        default_value = "announced"
    )]
    sort: Vec<SortKey>,

    #[command(flatten)]
    listing: Listing,
}

/// What `list` and `sort` share.
#[derive(Debug, Clone, Args)]
pub(super) struct Listing {
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
    pub(super) fn run(
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
            order,
            limit,
            ..filters.query(out)
        };
        let columns = display.columns(&asked(&query));
        let people = display.look.format.is_for_people();
        // What nobody looks at need not be counted.
        let counted: Vec<ColumnRef> = match out.width() {
            Some(_) if people => {
                let figures = columns.iter().map(|(column, _)| *column);
                figures.filter(|c| c.heading.kind.is_number()).collect()
            }
            _ => Vec::new(),
        };
        let keys = query.order.iter().map(|key| key.column);
        let ranked = keys.filter(|column| people && column.heading.kind.is_measured());
        let ranked = distinct(ranked);
        let needs = counted.iter().map(|column| column.needs);
        let needs = needs.fold(query.order_keys(), Keys::and);
        let fresh = || Listed {
            top: Top::new(&query.order, query.limit.unwrap_or(usize::MAX)),
            unknown: vec![0; counted.len()],
            evidence: Evidence::of(ranked.iter().copied()),
        };
        let answer = query.gather((catalog, needs), fresh, |listed, place, model| {
            listed.top.note(place, model);
            let has = |column: ColumnRef| !(column.read)(model).is_missing();
            listed.evidence.note(model, has);
            for (unknown, column) in listed.unknown.iter_mut().zip(&counted) {
                *unknown += usize::from((column.read)(model).is_missing());
            }
        })?;
        let matches = answer.matches();
        let Answer {
            made:
                Listed {
                    top,
                    unknown,
                    evidence,
                },
            matched,
            asked,
            note,
        } = answer;
        note.into_iter().for_each(|note| out.note(note));
        let places = top.places();
        if display.look.format == Format::Entry {
            display.no_columns()?;
            Format::write_each(catalog.entries_at(&places)?, out)?;
            return Ok(Found::count(matched));
        }
        let mut rows = ModelRows {
            catalog,
            columns: &columns,
            look: &display.look,
            places: &places,
        };
        display.write_rows(&columns, &mut rows, out)?;
        let captions = evidence.sentences(("ranked among", ""), matches, &"");
        let chosen = !display.named_columns().is_empty();
        display.look.captions(&captions, chosen, out)?;
        if people {
            let unknown = counted.iter().zip(&unknown);
            out.remark(Summary {
                shown: places.len(),
                matched,
                asked,
                unknown: unknown
                    .map(|(c, count)| (c.in_sentence(), *count))
                    .collect(),
                fresh: catalog.freshness(),
            });
        }
        Ok(Found::count(matched))
    }
}

/// What a list is made of.
struct Listed {
    top: Top,
    /// For each counted column, how many models that match have nothing there.
    unknown: Vec<usize>,
    /// How many models have the figures of the order.
    evidence: Evidence,
}

impl Gather for Listed {
    fn append(&mut self, later: Listed) {
        self.evidence.append(later.evidence);
        self.top.append(later.top);
        for (unknown, later) in self.unknown.iter_mut().zip(later.unknown) {
            *unknown += later;
        }
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
        Condition::Not(_) | Condition::Words(_) => {}
    }
}

fn count(text: &str) -> Result<usize, String> {
    let number = text.parse();
    number.map_err(|_| "expected a number of models, such as `20`".to_owned())
}

/// How many of how many, how fresh they are, and which figures of theirs nobody knows.
struct Summary<'c> {
    shown: usize,
    matched: usize,
    asked: usize,
    unknown: Vec<(String, usize)>,
    fresh: Freshness<'c>,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Summary {
            shown,
            matched,
            asked,
            unknown,
            fresh,
        } = self;
        match matched {
            matched if shown < matched && matched < asked => {
                write!(f, "{shown} of {matched} models that match, {asked} in all")?;
            }
            matched if shown < matched => write!(f, "{shown} of {asked} models")?,
            0 => write!(f, "none of {asked} models matches")?,
            1 => write!(f, "1 of {asked} models")?,
            matched => write!(f, "{matched} of {asked} models")?,
        }
        write!(f, "{fresh}")?;
        let unknown = unknown.iter().filter(|(_, count)| *count > 0);
        let unknown: Vec<String> = unknown
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        match unknown.is_empty() {
            true => Ok(()),
            false => write!(f, "; unknown: {}", unknown.join(", ")),
        }
    }
}
