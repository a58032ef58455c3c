//! `ahm list` and `ahm sort`: models as a table.

use crate::catalog::Catalog;
use crate::catalog::credit::Freshness;
use crate::catalog::parallel::{Merge, ordered_map};
use crate::catalog::raw_record::RawRecord;
use crate::catalog::record_reader::RecordReader;
use crate::cli::filter_args::FilterArgs;
use crate::cli::output_args::FormatArgs;
use crate::cli::output_args::{ColumnArgs, needs as needs_of};
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::Keys;
use crate::model::column::Heading;
use crate::model::column::{ColumnRef, distinct};
use crate::model::figure::grouped;
use crate::model::value::Value;
use crate::output::{Format, Line, Output, Rows, Take};
use crate::query::condition::Condition;
use crate::query::evidence::{Evidence, Matches};
use crate::query::top::Top;
use crate::query::{Query, SortKey};
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
        let columns = display.columns(&columns_of(&query), out)?;
        let people = display.look.format.is_for_people();
        // Counting what is unknown reads more keys; only a terminal shows it.
        let counted: Vec<ColumnRef> = match out.width() {
            Some(_) if people => {
                let figures = columns.iter().map(|(column, _)| *column);
                figures.filter(|c| c.heading.kind.is_number()).collect()
            }
            _ => Vec::new(),
        };
        let keys = query.order.iter().map(|key| key.column);
        let ranked = keys.filter(|column| people && column.heading.kind.is_measured());
        let needs = counted.iter().map(|column| column.needs);
        let needs = needs.fold(query.order_keys(), Keys::and);
        let initial = Listed {
            top: Top::new(&query.order, query.limit.unwrap_or(usize::MAX)),
            unknown: vec![0; counted.len()],
            evidence: Evidence::of(distinct(ranked)),
        };
        let answer = query.scan((catalog, needs), initial, |listed, model, record| {
            listed.top.push(model, record);
            let has = |column: ColumnRef| !(column.read)(model).is_missing();
            listed.evidence.note(model, has);
            for (unknown, column) in listed.unknown.iter_mut().zip(&counted) {
                *unknown += usize::from(!has(column));
            }
        })?;
        out.notes(&answer.note);
        let matches = answer.matches;
        let Listed {
            top,
            unknown,
            evidence,
        } = answer.result;
        let records = top.into_records();
        if display.look.format == Format::Entry {
            display.no_columns()?;
            let reader = catalog.reader(Keys::ALL)?;
            let entries = records.iter().map(|record| {
                let entry = reader.model(record)?.into_entry();
                serde_json::to_value(entry).map_err(|error| Error::Catalog(error.to_string()))
            });
            Format::write_each(entries, out)?;
            return Ok(Found::count(matches.matched));
        }
        let mut rows = ModelRows {
            reader: catalog.reader(needs_of(&columns).and(display.look.marks()))?,
            columns: &columns,
            look: &display.look,
            records: &records,
        };
        display.write_rows(&columns, &mut rows, out)?;
        let captions = evidence.sentences(("ranked among", ""), matches, &"");
        let chosen = !display.named_columns().is_empty();
        display.look.captions(&captions, chosen, out)?;
        if people {
            let unknown = counted.iter().copied().zip(unknown);
            let counts = (records.len(), matches);
            out.remark(summary(counts, catalog.freshness(), unknown));
        }
        Ok(Found::count(matches.matched))
    }
}

/// The fold of the models that match.
#[derive(Clone)]
struct Listed {
    top: Top,
    /// For each counted column: how many of the models do not have it.
    unknown: Vec<usize>,
    evidence: Evidence,
}

impl Merge for Listed {
    fn merge(&mut self, later: Listed) {
        self.evidence.merge(later.evidence);
        self.top.merge(later.top);
        for (unknown, later) in self.unknown.iter_mut().zip(later.unknown) {
            *unknown += later;
        }
    }
}

/// Rows of records that are left to write.
struct ModelRows<'c> {
    reader: RecordReader<'c>,
    columns: &'c [(ColumnRef, Heading<'static>)],
    look: &'c FormatArgs,
    records: &'c [RawRecord<'static>],
}

/// How many rows a thread writes at a time.
const BATCH: usize = 1024;

impl ModelRows<'_> {
    fn row(&self, record: &RawRecord<'_>, take: &mut Take<'_>) -> Result<(), Error> {
        let model = self.reader.model(record)?;
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
        let (next, left) = self.records.split_at(most.min(self.records.len()));
        self.records = left;
        next.iter().try_for_each(|record| self.row(record, take))
    }

    fn rest(&mut self, line: &Line<'_>, out: &mut Output) -> Result<(), Error> {
        let batches: Vec<&[RawRecord<'_>]> = self.records.chunks(BATCH).collect();
        let written = |batch: usize| {
            let mut bytes = Vec::new();
            for record in batches[batch] {
                self.row(record, &mut |row| line(row, &mut bytes))?;
            }
            Ok(bytes)
        };
        ordered_map(batches.len(), written, |bytes: Vec<u8>| {
            Ok(out.write_all(&bytes)?)
        })
    }
}

/// The columns of the order and the figures of the condition, which a table shows too.
fn columns_of(query: &Query) -> Vec<ColumnRef> {
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
    (shown, matches): (usize, Matches),
    fresh: Freshness<'_>,
    unknown: impl Iterator<Item = (ColumnRef, usize)>,
) -> String {
    let Matches { matched, scanned } = matches;
    let models = format!("{} models", grouped(scanned as f64));
    let count = match matched {
        0 => format!("no matches ({models}{fresh})"),
        _ if shown < matched && matched < scanned => {
            format!("{shown} of {matched} matches ({models}{fresh})")
        }
        _ if matched < scanned => format!("{matched} matches ({models}{fresh})"),
        _ if shown < matched => format!("{shown} of {models}{fresh}"),
        _ => format!("{models}{fresh}"),
    };
    let missing = unknown.filter(|(_, count)| *count > 0);
    let missing = missing.map(|(column, count)| format!("{} {count}", column.in_sentence()));
    match missing.collect::<Vec<_>>().as_slice() {
        [] => count,
        missing => format!("{count}. Missing: {}", missing.join(", ")),
    }
}
