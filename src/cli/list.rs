//! `ahm list` and `ahm sort`: models as a table.

use crate::catalog::Catalog;
use crate::catalog::credit::Freshness;
use crate::catalog::overrides::RecordLoader;
use crate::catalog::parallel::Gather;
use crate::catalog::parallel::relay;
use crate::catalog::source::RecordRef;
use crate::cli::filter_args::FilterArgs;
use crate::cli::output_args::FormatArgs;
use crate::cli::output_args::{ColumnArgs, needs};
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::column::Heading;
use crate::model::column::{ColumnRef, distinct};
use crate::model::keys::Keys;
use crate::model::value::Value;
use crate::output::{Format, Line, Output, Rows, Take};
use crate::query::condition::Condition;
use crate::query::evidence::Evidence;
use crate::query::rank::Top;
use crate::query::{Answer, Query, SortKey};
use clap::Args;
use std::io::Write;

/// List models, newest first
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  ahm list --field vision --open          open vision models
  ahm list gpt --until 2020               what was called GPT by then
  ahm list --min-params 100B --has tokens -f csv
")]
pub(crate) struct List {
    /// Sort keys, most significant first; append `:asc` or `:desc`
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

/// List models in a given order
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Numbers and dates descend, words ascend; what is missing comes last.

Examples:
  ahm sort --by params -n 5               the five largest
  ahm sort --by compute:asc --has compute from the smallest run to the largest
  ahm sort --by org,params                by organization, then by size
")]
pub(crate) struct Sort {
    /// Sort keys, most significant first; append `:asc` or `:desc`
    #[arg(
        long,
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = trimmed(str::parse::<SortKey>),
        required = true
    )]
    by: Vec<SortKey>,

    #[command(flatten)]
    listing: Listing,
}

/// What `list` and `sort` share.
#[derive(Debug, Clone, Args)]
struct Listing {
    #[command(flatten)]
    filters: FilterArgs,

    /// Reverse the order; missing values stay last
    #[arg(long, help_heading = "Output")]
    reverse: bool,

    /// Show at most N rows
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
    display: ColumnArgs,
}

impl List {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        self.listing.run(self.sort, catalog, out)
    }
}

impl Sort {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        self.listing.run(self.by, catalog, out)
    }
}

impl Listing {
    fn run(
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
        let columns = display.columns(&asked(&query), out)?;
        let people = display.look.format.is_for_people();
        // Remarks are shown on terminals only.
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
            let counts = (places.len(), matched, asked);
            let unknown = counted.iter().copied().zip(unknown);
            out.remark(summary(counts, catalog.freshness(), unknown));
        }
        Ok(Found::count(matched))
    }
}

struct Listed {
    top: Top,
    /// For each counted column, how many matches have no value.
    unknown: Vec<usize>,
    /// Of the figures that the order is by.
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

/// Rows of models, each read when it is written.
struct ModelRows<'c> {
    catalog: &'c Catalog,
    columns: &'c [(ColumnRef, Heading<'static>)],
    /// Whether figures are marked: machine formats never have marks.
    look: &'c FormatArgs,
    /// In the order of the rows.
    places: &'c [RecordRef],
}

/// Rows that a thread writes at a time.
const BATCH: usize = 1024;

impl ModelRows<'_> {
    fn loader(&self) -> Result<RecordLoader<'_>, Error> {
        let keys = needs(self.columns).and(self.look.marks());
        self.catalog.loader(keys)
    }

    fn row(
        &self,
        loader: &RecordLoader<'_>,
        place: RecordRef,
        take: &mut Take<'_>,
    ) -> Result<(), Error> {
        let raw_record = self.catalog.raw_record(place)?;
        let model = loader.model(&raw_record)?;
        let columns = self.columns.iter().map(|(column, _)| column);
        let values: Vec<Value<'_>> = match self.look.format.is_for_people() {
            true => columns.map(|column| column.marked(&model)).collect(),
            false => columns.map(|column| (column.read)(&model)).collect(),
        };
        Ok(take(&values)?)
    }
}

impl Rows for ModelRows<'_> {
    fn next(&mut self, most: usize, take: &mut Take<'_>) -> Result<(), Error> {
        let (next, left) = self.places.split_at(most.min(self.places.len()));
        self.places = left;
        let loader = self.loader()?;
        let mut places = next.iter();
        places.try_for_each(|place| self.row(&loader, *place, take))
    }

    fn rest(&mut self, line: &Line<'_>, out: &mut Output) -> Result<(), Error> {
        let loader = self.loader()?;
        let batches: Vec<&[RecordRef]> = self.places.chunks(BATCH).collect();
        let written = |batch: usize| {
            let mut bytes = Vec::new();
            for place in batches[batch] {
                self.row(&loader, *place, &mut |row| line(row, &mut bytes))?;
            }
            Ok(bytes)
        };
        relay(batches.len(), written, |bytes: Vec<u8>| {
            Ok(out.write_all(&bytes)?)
        })
    }
}

/// The columns of the order and the figures of the condition, which a table shows too.
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

/// How many models are shown of how many, and for how many each figure is unknown.
fn summary(
    (shown, matched, asked): (usize, usize, usize),
    fresh: Freshness<'_>,
    unknown: impl Iterator<Item = (ColumnRef, usize)>,
) -> String {
    let count = match matched {
        matched if shown < matched && matched < asked => {
            format!("{shown} of {matched} models that match, {asked} in all")
        }
        0 => format!("none of {asked} models matches"),
        _ => format!("{shown} of {asked} models"),
    };
    let unknown = unknown.filter(|(_, count)| *count > 0);
    let unknown = unknown.map(|(column, count)| format!("{} {count}", column.in_sentence()));
    match unknown.collect::<Vec<_>>().as_slice() {
        [] => format!("{count}{fresh}"),
        unknown => format!("{count}{fresh}; unknown: {}", unknown.join(", ")),
    }
}
