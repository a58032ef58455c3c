//! `ahm list` and `ahm sort`: models as a table.

use crate::catalog::Catalog;
use crate::catalog::parallel::{Merge, map_in_batches};
use crate::catalog::raw_record::RawRecord;
use crate::catalog::version::Freshness;
use crate::cli::filter_args::FilterArgs;
use crate::cli::limit_args::LimitArgs;
use crate::cli::sql_args::{self, SqlArgs};
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::column::{ColumnRef, distinct};
use crate::model::figure::grouped;
use crate::model::{Keys, Model, schema};
use crate::output::sql::Dialect;
use crate::output::{ModelWriter, Output, OutputArgs, Report, ReportPart};
use crate::query::condition::Condition;
use crate::query::evidence::{Evidence, Matches};
use crate::query::first_of::{FirstOf, LATEST};
use crate::query::sql::from;
use crate::query::top::Top;
use crate::query::{Answer, Query, SortKey};
use crate::text::capitalized;
use clap::Args;
use std::collections::BTreeSet;

#[derive(Debug, Clone, Args)]
#[command(aliases = ["ls", "search"], after_help = "\
Examples:
  ahm list --field vision --open          open vision models
  ahm list gpt --until 2020               models named GPT until 2020
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

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Numbers and dates descend, words ascend; what is missing comes last.

Examples:
  ahm sort --by params -n 5                the five largest
  ahm sort --by compute:asc --has compute  from the smallest run to the largest
  ahm sort --by org,params                 by organization, then by size
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

    /// Only the latest model for each value of this key, such as `org` (the largest, if several share
    /// a month)
    #[arg(
        long,
        value_name = "KEY",
        value_parser = trimmed(schema::parse_group_key),
        help_heading = "Filters"
    )]
    latest_per: Option<ColumnRef>,

    /// Reverse the order; missing values stay last
    #[arg(long, help_heading = "Output")]
    reverse: bool,

    #[command(flatten)]
    limit: LimitArgs,

    #[command(flatten)]
    output: OutputArgs,

    #[command(flatten)]
    sql: SqlArgs,
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
            latest_per,
            reverse,
            limit,
            output,
            sql,
        } = self;
        for key in &mut order {
            key.descending ^= reverse;
        }
        let query = Query {
            order,
            limit: limit.rows,
            ..filters.query(out)
        };
        if let Some(dialect) = sql.sql {
            let statement = statement(dialect, (&query, catalog), latest_per, &output, out)?;
            let latest = latest_per.map(|by| format!("the latest for each {}", by.noun()));
            let words = [filters.words(), latest.unwrap_or_default()];
            return sql_args::print(&statement, (dialect, &words), (&query, catalog), out);
        }
        let subject = capitalized(&filters.subject(true));
        let title = match query.order.as_slice() {
            [own] if *own == SortKey::LATEST => subject,
            order => {
                let names = order.iter().map(|key| key.column.in_sentence());
                format!("{subject}, by {}", names.collect::<Vec<_>>().join(", "))
            }
        };
        let mut writer = ModelWriter::new(&output, &columns_of(&query), out)?;
        let first = query.order.first();
        writer.writer.sorted = first.map(|own| (own.column.heading.key, own.descending));
        // Columns for which the remark counts missing values. Only a terminal shows the remark; without
        // it, their keys need not be read.
        let counted: Vec<ColumnRef> = match out.width() {
            Some(_) => {
                let columns = writer.columns.iter().copied();
                columns.filter(|c| c.heading.kind.is_number()).collect()
            }
            None => Vec::new(),
        };
        let ranked = query.order.iter().map(|key| key.column);
        let ranked = ranked.filter(|column| column.heading.kind.is_measured());
        let initial = Listed {
            top: Top::new(&query.order, query.limit.unwrap_or(usize::MAX)),
            missing: vec![0; counted.len()],
            evidence: Evidence::of(distinct(ranked)),
        };
        let needs = counted.iter().map(|column| column.needs);
        let marks = match initial.evidence.is_empty() {
            true => Keys::default(),
            false => output.look.marks(),
        };
        let needs = needs.fold(query.order_keys().union(marks), Keys::union);
        let add = |listed: &mut Listed, model: &Model<'_>, record: &RawRecord<'_>| {
            let has = |column: ColumnRef| !column.value(model).is_missing();
            listed.top.push(model, record);
            listed.evidence.note(model, has);
            for (missing, column) in listed.missing.iter_mut().zip(&counted) {
                *missing += usize::from(!has(column));
            }
        };
        let answer = match latest_per {
            None => query.scan((catalog, needs), initial, add)?,
            Some(by) => {
                let latest = FirstOf::new(by, &LATEST, Vec::new());
                let needs_of_order = latest.needs();
                let keep = |latest: &mut FirstOf<Vec<RawRecord<'static>>>,
                            model: &Model<'_>,
                            record: &RawRecord<'_>| {
                    if model.announced.is_some() {
                        latest.add(model, |own| own.push(record.to_owned()));
                    }
                };
                let answer = query.scan((catalog, needs_of_order), latest, keep)?;
                // One model may be the latest of several groups.
                let mut seen = BTreeSet::new();
                let (_, first) = answer.result.into_parts();
                let mut records: Vec<_> = first.flatten().collect();
                records.retain(|record| seen.insert(record.position()));
                let (mut listed, reader) = (initial, catalog.reader(needs)?);
                for record in &records {
                    add(&mut listed, &reader.model(record)?, record);
                }
                Answer {
                    result: listed,
                    matches: Matches {
                        matched: records.len(),
                        ..answer.matches
                    },
                    latest: answer.latest,
                    note: answer.note,
                }
            }
        };
        out.notes(&answer.note);
        let matches = answer.matches;
        let Listed {
            top,
            missing,
            evidence,
        } = answer.result;
        let records = top.into_records();
        let count = records.len();
        let reader = catalog.reader(writer.needs())?;
        let row = |record: &RawRecord<'_>| Ok(writer.row(&reader.model(record)?));
        let rows = Box::new(map_in_batches(&records, BATCH, row));
        let missing = counted.iter().copied().zip(missing);
        let tested = query.condition.figures();
        let remark = summary((count, matches), catalog.freshness(), &tested, missing);
        let rows = ReportPart::Rows(&writer.writer, count, rows);
        let mut report = Report::new(rows).titled(title).remark(remark);
        report.captions = evidence.sentences("ranked among", matches, &"");
        // A terminal has it in the remark.
        let may_match = matches.may_match(&query.condition);
        report
            .captions
            .extend(may_match.filter(|_| out.width().is_none()));
        report.write(&output, out)?;
        Ok(Found::count(matches.matched))
    }
}

/// The question as SQL, with every column unless some are chosen.
fn statement(
    dialect: Dialect,
    (query, catalog): (&Query, &Catalog),
    latest_per: Option<ColumnRef>,
    output: &OutputArgs,
    out: &Output,
) -> Result<String, Error> {
    let mut tests = dialect.tests(query, catalog)?;
    if let Some(by) = latest_per {
        tests.push("announced IS NOT NULL".to_owned());
        tests.push(dialect.first_of(by, &LATEST, &tests));
    }
    let mut columns = match output.names_keys() {
        true => ModelWriter::new(output, &[], out)?.columns,
        false => Vec::new(),
    };
    // Machine formats have every key, to which `+key` adds what is computed.
    let has_all = !output.names_keys() || output.typed_keys().all(|typed| typed.starts_with('+'));
    columns.retain(|column| !has_all || dialect.is_computed(column));
    let all = has_all.then(|| "*".to_owned());
    let columns = columns.iter().map(|column| dialect.selected(column));
    let columns = all
        .into_iter()
        .chain(columns)
        .collect::<Vec<_>>()
        .join(", ");
    let (models, order) = (from(&tests), dialect.order(&query.order).join(", "));
    let limit = query.limit.map(|rows| format!("\nLIMIT {rows}"));
    let limit = limit.unwrap_or_default();
    Ok(format!(
        "SELECT {columns}\n{models}\nORDER BY {order}{limit}"
    ))
}

/// How many rows are made, by all threads together, before they are written.
const BATCH: usize = 8 * 1024;

/// What the scan collects from the models that match.
#[derive(Clone)]
struct Listed {
    top: Top,
    /// For each counted column: how many of the models do not have it.
    missing: Vec<usize>,
    evidence: Evidence,
}

impl Merge for Listed {
    fn merge(&mut self, later: Listed) {
        self.evidence.merge(later.evidence);
        self.top.merge(later.top);
        for (missing, later) in self.missing.iter_mut().zip(later.missing) {
            *missing += later;
        }
    }
}

/// The columns that the order and the condition read. A table shows them in addition to its usual
/// columns.
fn columns_of(query: &Query) -> Vec<ColumnRef> {
    let mut columns: Vec<ColumnRef> = query.order.iter().map(|key| key.column).collect();
    figures(&query.condition, &mut columns);
    columns
}

/// Adds the columns that a condition tests, except those under `not` and those tested for words.
fn figures(condition: &Condition, columns: &mut Vec<ColumnRef>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| figures(part, columns));
        }
        Condition::Has(column) | Condition::Compare(column, ..) | Condition::Match(column, _) => {
            columns.push(column)
        }
        // `missing KEY` would add an empty column, and `KEY=word` one with the same word in each row.
        Condition::Not(_) | Condition::Words(_) => {}
    }
}

/// The remark below the rows: how many models are shown, how many there are, how many may be missing
/// from them, and for how many each counted figure is missing.
fn summary(
    (shown, matches): (usize, Matches),
    fresh: Freshness<'_>,
    tested: &[ColumnRef],
    missing: impl Iterator<Item = (ColumnRef, usize)>,
) -> String {
    let Matches {
        matched,
        undecided,
        scanned,
    } = matches;
    let models = format!("{} models", grouped(scanned as f64));
    let noun = if matched == 1 { "match" } else { "matches" };
    let [some, all] = [shown, matched].map(|count| grouped(count as f64));
    let count = match matched {
        0 => format!("no matches ({models}{fresh})"),
        _ if shown < matched && matched < scanned => {
            format!("{some} of {all} {noun} ({models}{fresh})")
        }
        _ if matched < scanned => format!("{all} {noun} ({models}{fresh})"),
        _ if shown < matched => format!("{some} of {models}{fresh}"),
        _ => format!("{models}{fresh}"),
    };
    let names = tested.iter().map(|c| c.in_sentence() + &c.see_also());
    let names = names.collect::<Vec<_>>().join(", ");
    let count = match grouped(undecided as f64) {
        _ if undecided == 0 => count,
        others => format!("{count}. Unknown for {others} others: {names}"),
    };
    let missing = missing.filter(|(_, count)| *count > 0);
    let missing = missing.map(|(column, count)| {
        let count = grouped(count as f64);
        format!("{} {count}", column.in_sentence())
    });
    match missing.collect::<Vec<_>>().as_slice() {
        [] => count,
        missing => format!("{count}. Missing: {}", missing.join(", ")),
    }
}
