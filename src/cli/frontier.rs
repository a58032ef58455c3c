//! `ahm frontier`: who held a record, and for how long.

mod chart;
mod lag;
mod sheet;

use crate::analysis::frontier::{Ranked, Records};
use crate::catalog::Catalog;
use crate::cli::chart_args::ChartArgs;
use crate::cli::filter_args::FilterArgs;
use crate::cli::limit_args::LimitArgs;
use crate::cli::observation::{ACCESS, Holder, Measure, parse_top, top_lead};
use crate::cli::picture::footer;
use crate::error::{Error, Found};
use crate::model::column::ColumnRef;
use crate::model::month::Month;
use crate::model::{Access, Model, schema};
use crate::output::{FigureNote, Output, OutputArgs, Report};
use crate::query::evidence;
use crate::text::by_letters;
use clap::Args;
use std::fmt::Display;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Within a month, the largest value takes the record (of equal values, the first by name). An equal
value in a later month does not. Only models whose figure is known compete. The current record is
counted until the last month in the catalog, or that of --as-of or --until.

--since limits what is printed; earlier models still set records. --until ignores later models. Other
filters select the models that compete. -n prints the latest N.

With --top K: every model that was among the K largest in the month of its announcement, with its
rank there; --top 10 is how Epoch AI (2024) selects frontier models. With --lag: the records among
closed models, and the first open model with at least as much; the lag is negative if the open model
was first. Closed records before the first open model are left out.

Examples:
  ahm frontier                                     the largest models
  ahm frontier --by compute --top 10 --since 2025  the frontier models of a year
  ahm frontier --by compute --estimated --open     the open models with the most compute
  ahm frontier --lag --field language              how far open models are behind
  ahm frontier --svg frontier.svg                  the same as a chart
")]
pub(crate) struct Frontier {
    /// Figure whose records to show
    #[arg(long, value_name = "KEY", value_parser = schema::parse_figure, default_value = "params")]
    by: ColumnRef,

    /// Show all models that were among the K largest when they were announced
    #[arg(
        long,
        value_name = "K",
        value_parser = parse_top,
        allow_negative_numbers = true
    )]
    top: Option<u16>,

    /// Use estimates where compute, cost or energy is missing (marked ≈)
    #[arg(long)]
    estimated: bool,

    /// For each closed record, show when an open model matched it
    #[arg(long, conflicts_with_all = ["open", "closed", "access", "top"])]
    lag: bool,

    #[command(flatten)]
    filters: FilterArgs,

    #[command(flatten)]
    limit: LimitArgs,

    #[command(flatten)]
    output: OutputArgs,

    #[command(flatten)]
    chart: ChartArgs,
}

/// Who held the records.
struct History<'a> {
    measure: Measure,
    /// In the order of time: of all models, or of closed ones if they are compared with open ones.
    holders: Vec<Holder<'a>>,
    /// The models that were among the largest, in the order of time, if they are asked for.
    leaders: Option<Vec<Ranked<Model<'a>>>>,
    /// How many are the largest at a time.
    top: u16,
    /// The open models.
    open: Option<Vec<Holder<'a>>>,
    /// The first month that is shown.
    since: Option<Month>,
    /// The month until which the last record counts.
    until: Option<Month>,
    /// Whether the question names that month.
    is_until_asked: bool,
    /// How many rows are printed, the latest ones.
    limit: usize,
}

impl Frontier {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Frontier {
            by,
            top,
            estimated,
            lag,
            mut filters,
            limit,
            output,
            chart,
        } = self;
        let mut measure = Measure::new(by, estimated, lag.then_some(ACCESS))?;
        measure.has_tooltips = chart.has_page(&output);
        let last = filters.last_month();
        // Earlier models decide what a record is: only what is printed begins then.
        let since = filters.take_first_month();
        let query = filters.query(out);
        let records = Records::new(top.map_or(1, usize::from));
        let initial = (Vec::new(), (records, Records::new(1)));
        let sources = (catalog, chart.marks(&output));
        let answer = measure.observe(&query, sources, initial, |contest, _, own, record| {
            let (observations, (records, open)) = contest;
            if let Some(own) = own {
                let is_open = lag && own.access == Some(Access::Open);
                let records = if is_open { open } else { records };
                records.push(own.point, || record.to_owned());
                observations.push(own);
            }
        })?;
        out.notes(&answer.note);
        let (evidence, (observations, (records, open))) = answer.result;
        let reader = measure.reader(catalog)?;
        let (records, open) = (records.into_ranked(), open.into_ranked());
        let open = lag.then(|| Holder::all(&open, |record| reader.model(record)));
        let leaders = top.map(|_| leaders(&records, |record| reader.model(record)));
        // As of a month, the catalog ends there, unless it ends earlier.
        let as_of = catalog.last_month();
        let latest = as_of
            .filter(|month| Some(*month) <= catalog.updated())
            .or(answer.latest);
        let asked = last.into_iter().chain(as_of).min();
        let until = last.into_iter().chain(latest).min();
        let history = History {
            measure,
            holders: Holder::all(&records, |record| reader.model(record))?,
            leaders: leaders.transpose()?,
            top: top.unwrap_or(1),
            open: open.transpose()?,
            since,
            until,
            is_until_asked: until.is_some() && until == asked,
            limit: limit.rows.unwrap_or(usize::MAX),
        };
        let lead = match top {
            _ if lag => "records of closed and of open models among".to_owned(),
            None => "records among".to_owned(),
            Some(top) => top_lead(top, ""),
        };
        let captions = |fresh: &dyn Display| {
            let mut captions = evidence.sentences(&lead, answer.matches, fresh);
            captions.extend(answer.matches.may_match(&query.condition));
            captions
        };
        let keys = history.reached_keys();
        let mut report = Report::new(match (&history.leaders, &history.open) {
            (Some(leaders), _) => history.ranking(history.printed(history.shown_leaders(leaders))),
            (None, Some(open)) => history.lags(open, &keys),
            (None, None) => history.succession(),
        });
        let subject = filters.subject(true);
        report = report.titled(format!("Records of {} among {subject}", by.in_title()));
        report.captions = captions(&catalog.freshness());
        report.captions.extend(history.conclusion());
        report.captions.extend(history.record_before());
        report.captions.extend(history.limited());
        report.remarks = history.remarks();
        report.notes = history.notes();
        let draw = || {
            let footer = footer(catalog, &captions(&""));
            let about = (&*subject, answer.matches.matched, catalog.view());
            chart::chart(&history, &observations, about, footer)
        };
        chart.write(true, report, draw, (catalog, &output), out)
    }
}

/// The models of records, in the order of time, then by rank and name.
fn leaders<'r, 'm, T>(
    records: &'r [Ranked<T>],
    read: impl Fn(&'r T) -> Result<Model<'m>, Error>,
) -> Result<Vec<Ranked<Model<'m>>>, Error> {
    let leaders = records.iter().map(|own| {
        let (point, rank) = (own.point, own.rank);
        read(&own.item).map(|item| Ranked { point, rank, item })
    });
    let mut leaders = leaders.collect::<Result<Vec<_>, Error>>()?;
    leaders.sort_by(|a, b| {
        let order = (a.point.month, a.rank).cmp(&(b.point.month, b.rank));
        order.then_with(|| by_letters(&a.item.name, &b.item.name))
    });
    Ok(leaders)
}

impl<'a> History<'a> {
    /// How many records there were before those that are shown.
    fn before(&self, holders: &[Holder<'_>]) -> usize {
        holders.partition_point(|holder| Some(holder.point.month) < self.since)
    }

    /// The records that are shown.
    fn shown<'h>(&self, holders: &'h [Holder<'a>]) -> &'h [Holder<'a>] {
        &holders[self.before(holders)..]
    }

    /// The records of the answer; where they are compared with open models, those since the first
    /// open model: how long there was none is not known.
    fn records(&self) -> &[Holder<'a>] {
        let shown = self.shown(&self.holders);
        let first = self.open.as_ref().and_then(|open| open.first());
        let first = first.map(|own| own.point.month);
        &shown[shown.partition_point(|own| Some(own.point.month) < first)..]
    }

    /// The models among the largest that are shown.
    fn shown_leaders<'h>(&self, leaders: &'h [Ranked<Model<'a>>]) -> &'h [Ranked<Model<'a>>] {
        &leaders[leaders.partition_point(|own| Some(own.point.month) < self.since)..]
    }

    /// How many rows there are without a limit.
    fn count(&self) -> usize {
        match &self.leaders {
            Some(leaders) => self.shown_leaders(leaders).len(),
            None => self.records().len(),
        }
    }

    /// The latest of rows in the order of time, as many as are printed.
    fn printed<'h, T>(&self, rows: &'h [T]) -> &'h [T] {
        &rows[rows.len().saturating_sub(self.limit)..]
    }

    /// A sentence about rows that are not printed.
    fn limited(&self) -> Option<String> {
        let (limit, count) = (self.limit, self.count());
        let what = match self.leaders {
            Some(_) => "models",
            None => "records",
        };
        (limit < count).then(|| format!("the latest {limit} of {count} {what}"))
    }

    /// A sentence about the record before those that are shown.
    fn record_before(&self) -> Option<String> {
        let holder = self.holders[..self.before(&self.holders)].last()?;
        let (value, name) = (self.measure.to_text(&holder.model), &holder.model.name);
        let (since, month) = (self.since?, holder.point.month);
        Some(format!(
            "the record before {since} was {value}, by {name} ({month})"
        ))
    }

    /// The notes on figures of the models that are printed.
    fn notes(&self) -> Vec<FigureNote> {
        let leaders = self.leaders.iter();
        let leaders = leaders.flat_map(|own| self.printed(self.shown_leaders(own)));
        let records = self.printed(self.records()).iter();
        let records = records.filter(|_| self.leaders.is_none());
        let models = leaders
            .map(|own| &own.item)
            .chain(records.map(|own| &own.model));
        evidence::notes(models, self.measure.keys())
    }

    fn remarks(&self) -> Vec<String> {
        let figure = self.measure.by.in_sentence();
        let mut remarks = Vec::new();
        if self.open.as_ref().is_some_and(Vec::is_empty) {
            remarks.push(format!("no matching open model has {figure}"));
        } else if self.open.is_none() && self.holders.is_empty() {
            remarks.push(format!("no matching model has both a date and {figure}"));
        }
        if self.leaders.is_some() {
            return remarks;
        }
        let shown = self.printed(self.records());
        for Holder { point, model, tied } in shown.iter().filter(|own| !own.tied.is_empty()) {
            let names: Vec<&str> = tied.iter().map(|model| &*model.name).collect();
            let (name, names) = (&model.name, names.join(", "));
            remarks.push(format!(
                "{name} tied with {names} in {}; the first by name is shown",
                point.month
            ));
        }
        if let (None, [_, ..], Some(until)) = (&self.open, shown, self.until) {
            let what = match self.is_until_asked {
                true => "the month asked about",
                false => "the last month in the catalog",
            };
            remarks.push(format!("durations end at {until}, {what}"));
        }
        remarks
    }
}
