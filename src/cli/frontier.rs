//! `ahm frontier`: who held a record, and for how long.

mod chart;

use crate::analysis::frontier::Records;
use crate::catalog::Catalog;
use crate::cli::chart_args::ChartArgs;
use crate::cli::filter_args::FilterArgs;
use crate::cli::observation::{Holder, Measure, footer};
use crate::error::{Error, Found};
use crate::model::column::ColumnRef;
use crate::model::derived::DerivedField;
use crate::model::heading::Heading;
use crate::model::month::Month;
use crate::model::value::{Kind, Value};
use crate::model::{Access, Keys, Model, schema, unit};
use crate::output::{Output, OutputArgs, Report, ReportPart, SheetColumn};
use crate::query::evidence;
use clap::Args;
use std::fmt::Display;

/// Show who held the record, when, and by how much
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Within a month the largest value takes the record, and among equal values the first by name; an
equal value of a later month does not. Only models whose figure is known compete. The current record
is counted until the last month in the catalog, or that of --until.

--since limits what is printed: earlier models still decide what a record is. --until ends history:
later models do not count. Other filters select the models that compete.

With --lag: the records among closed models, and the first open model with at least as much; the lag
is negative if the open model was first.

Examples:
  ahm frontier                                     the largest models
  ahm frontier --by compute --estimated --open     the open models with the most compute
  ahm frontier --lag --field language              how far open models are behind
  ahm frontier --svg frontier.svg                  the same as a chart
")]
pub(crate) struct Frontier {
    /// The figure whose records are shown
    #[arg(long, value_name = "KEY", value_parser = schema::parse_figure, default_value = "params")]
    by: ColumnRef,

    /// Use estimates where compute, cost or energy is missing (marked ≈)
    #[arg(long)]
    estimated: bool,

    /// For each closed record, show when an open model matched it
    #[arg(long, conflicts_with_all = ["open", "closed", "access"])]
    lag: bool,

    #[command(flatten)]
    filters: FilterArgs,

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
    /// The open models.
    open: Option<Vec<Holder<'a>>>,
    /// The first month that is shown.
    since: Option<Month>,
    /// The month until which the last record counts.
    until: Option<Month>,
    /// The month of the latest model.
    latest: Option<Month>,
}

const NAME: ColumnRef = schema::column("name");
const ID: ColumnRef = schema::column("id");
const ANNOUNCED: ColumnRef = schema::column("announced");

impl Frontier {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Frontier {
            by,
            estimated,
            lag,
            mut filters,
            output,
            chart,
        } = self;
        let measure = Measure {
            by,
            estimate: estimated.then(|| estimate_of(by)).transpose()?,
            by_access: lag,
        };
        let last = filters.last_month();
        // Earlier models decide what a record is: only what is printed begins then.
        let since = filters.take_first_month();
        let query = filters.query(out);
        let initial = (Vec::new(), (Records::default(), Records::default()));
        let sources = (catalog, Keys::default());
        let answer = measure.observe(&query, sources, initial, |contest, _, own, record| {
            let (observations, (records, open)) = contest;
            if let Some(own) = own {
                observations.push(own);
                let is_open = lag && own.access == Some(Access::Open);
                let records = if is_open { open } else { records };
                records.push(own.point, || record.to_owned());
            }
        })?;
        out.notes(&answer.note);
        let (evidence, (observations, (records, open))) = answer.result;
        let reader = measure.reader(catalog)?;
        let open = lag.then(|| Holder::all(&open, |record| reader.model(record)));
        let history = History {
            measure,
            holders: Holder::all(&records, |record| reader.model(record))?,
            open: open.transpose()?,
            since,
            until: last.into_iter().chain(answer.latest).min(),
            latest: answer.latest,
        };
        let lead = match lag {
            true => "records of closed and of open models among",
            false => "records among",
        };
        let even = match estimated {
            true => ", even estimated,",
            false => "",
        };
        let captions =
            |fresh: &dyn Display| evidence.sentences((lead, even), answer.matches, fresh);
        let keys = history.reached_keys();
        let mut report = Report::new(match &history.open {
            Some(open) => history.lags(open, &keys),
            None => history.succession(),
        });
        report.captions = captions(&catalog.freshness());
        report.captions.extend(history.record_before());
        report.remarks = history.remarks();
        let draw = || {
            let footer = footer(catalog, &captions(&""), &filters);
            let among = evidence.models(answer.matches);
            chart::chart(&history, &observations, &among, footer)
        };
        chart.write(report, draw, (catalog, &output), out)
    }
}

/// The column of the estimate of a figure.
fn estimate_of(by: ColumnRef) -> Result<ColumnRef, Error> {
    let key = by.heading.key;
    let mut fields = DerivedField::ALL.into_iter();
    if let Some(estimate) = fields.find(|field| field.stated() == Some(key)) {
        return schema::parse_column(estimate.key()).map_err(Error::Misuse);
    }
    let keys = DerivedField::ALL.into_iter().filter_map(|e| e.stated());
    let keys = keys.collect::<Vec<_>>().join(", ");
    Err(Error::Misuse(format!(
        "there is no estimate of `{key}`; `--estimated` is for {keys}"
    )))
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

    /// Who took each record, and who took it away.
    fn succession(&self) -> ReportPart<'_> {
        let columns = [
            Heading::new("factor", "Factor", Kind::Number, 3),
            Heading::new("months", "Months", Kind::Number, 2),
            Heading::new("lost_to", "Succeeded by", Kind::Word, 4),
        ];
        let columns = columns.map(SheetColumn::from);
        let columns = self.columns().into_iter().chain(columns);
        let holders = &self.holders;
        let rows = (self.before(holders)..holders.len()).map(|i| {
            let (Holder { point, model, .. }, next) = (&holders[i], holders.get(i + 1));
            let before = i.checked_sub(1).map(|before| holders[before].point.value);
            let factor = before.map(|before| point.value / before);
            let factor = factor.filter(|factor| factor.is_finite());
            let end = next.map(|next| next.point.month).or(self.until);
            let months = end.map_or(0, |end| end.months_since(point.month));
            let mut row = self.values(model);
            row.extend([
                factor.map_or(Value::Missing, |factor| {
                    Value::shown(unit::factor(factor), Value::Number(factor))
                }),
                Value::Number(f64::from(months)),
                match (next, self.until.filter(|_| self.until != self.latest)) {
                    (Some(next), _) => Value::from(&*next.model.name),
                    (None, Some(end)) => Value::shown(format!("current in {end}"), Value::Missing),
                    (None, None) => Value::shown("current", Value::Missing),
                },
            ]);
            row
        });
        ReportPart::sheet(columns, rows)
    }

    /// Which open model reached each record of a closed one, and how much later.
    fn lags<'s>(&'s self, open: &'s [Holder<'a>], reached_keys: &'s [String]) -> ReportPart<'s> {
        let mut columns = self.columns();
        columns.extend([
            Heading::new("lag", "Lag (months)", Kind::Number, 1).into(),
            Heading::new("reached_by", "Reached by", Kind::Word, 2).into(),
            SheetColumn::for_machines(Heading::new("reached_by_id", "Its id", Kind::Word, 5)),
            Heading::new("reached", "Reached", Kind::Month, 3).into(),
        ]);
        // The unit is in the title of the record's own column.
        let with = |(key, column): (&'s String, ColumnRef)| {
            Heading::new(key, "With", column.heading.kind, 4)
        };
        let with = reached_keys.iter().zip(self.measure.figures()).map(with);
        columns.extend(figures(with));
        let rows = self.shown(&self.holders).iter().map(|record| {
            let mut row = self.values(&record.model);
            let Some(Holder { point, model, .. }) = first_with(record, open) else {
                row.extend([Value::Missing, Value::shown("none yet", Value::Missing)]);
                row.resize(columns.len(), Value::Missing);
                return row;
            };
            let lag = point.month.months_since(record.point.month);
            row.extend([
                Value::Number(f64::from(lag)),
                Value::from(&*model.name),
                Value::from(&*model.id),
                Value::Month(point.month),
            ]);
            row.extend(self.figure_values(model));
            row
        });
        let rows: Vec<Vec<Value<'s>>> = rows.collect();
        ReportPart::sheet(columns, rows)
    }

    /// The columns of a model's own values.
    fn columns(&self) -> Vec<SheetColumn<'_>> {
        let own = [
            NAME.heading.into(),
            SheetColumn::for_machines(ID.heading),
            ANNOUNCED.heading.into(),
        ];
        let headings = self.measure.figures().map(|column| Heading {
            drop_order: 1,
            ..column.heading
        });
        own.into_iter().chain(figures(headings)).collect()
    }

    /// The values under them.
    fn values<'m>(&self, model: &'m Model<'m>) -> Vec<Value<'m>> {
        let own = [NAME, ID, ANNOUNCED].map(|column| column.marked(model));
        own.into_iter().chain(self.figure_values(model)).collect()
    }

    fn figure_values<'m>(&self, model: &'m Model<'m>) -> impl Iterator<Item = Value<'m>> {
        let Measure { estimate, .. } = self.measure;
        let estimate = estimate.map(|column| column.marked(model));
        [self.measure.value(model)].into_iter().chain(estimate)
    }

    fn reached_keys(&self) -> Vec<String> {
        let figures = self.measure.figures();
        let keys = figures.map(|column| format!("reached_{}", column.heading.key));
        keys.collect()
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

    fn remarks(&self) -> Vec<String> {
        let figure = self.measure.by.in_sentence();
        let mut remarks = Vec::new();
        let shown = self.shown(&self.holders);
        match &self.open {
            Some(open) if open.is_empty() => remarks.push(format!(
                "no open model among those asked has known {figure}"
            )),
            Some(open) => {
                let reached = shown.iter().filter(|own| first_with(own, open).is_some());
                let (count, of) = (reached.count(), shown.len());
                remarks.push(format!(
                    "open models have reached {count} of {of} records of closed ones"
                ));
            }
            None if self.holders.is_empty() => remarks.push(format!(
                "no model that matches has a month and known {figure}"
            )),
            None => {}
        }
        for Holder { point, model, tied } in shown.iter().filter(|own| !own.tied.is_empty()) {
            let names: Vec<&str> = tied.iter().map(|model| &*model.name).collect();
            let (name, names) = (&model.name, names.join(", "));
            remarks.push(format!(
                "{name} tied with {names} in {}; the first by name is shown",
                point.month
            ));
        }
        let models = shown.iter().map(|holder| &holder.model);
        remarks.extend(evidence::remark(models, self.measure.keys()));
        if let (None, [_, ..], Some(until)) = (&self.open, shown, self.until) {
            let what = match self.until == self.latest {
                true => "the last month in the catalog",
                false => "the last month asked about",
            };
            remarks.push(format!("durations end at {until}, {what}"));
        }
        remarks
    }
}

/// The first open model with as much as a closed one, which took the record of open ones.
fn first_with<'h, 'm>(closed: &Holder<'_>, open: &'h [Holder<'m>]) -> Option<&'h Holder<'m>> {
    open.iter().find(|by| by.point.value >= closed.point.value)
}

/// The columns of a figure and of its estimate, which people see among what is stated, by its mark.
fn figures<'h>(
    mut headings: impl Iterator<Item = Heading<'h>>,
) -> impl Iterator<Item = SheetColumn<'h>> {
    let stated = headings.next().map(SheetColumn::from);
    let estimate = headings.map(SheetColumn::for_machines);
    stated.into_iter().chain(estimate)
}
