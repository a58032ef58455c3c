//! How long open models needed to match the records of closed ones.

use super::History;
use super::sheet::{NAME, figures};
use crate::cli::observation::Holder;
use crate::model::column::ColumnRef;
use crate::model::figure::exact;
use crate::model::heading::Heading;
use crate::model::value::{Kind, Value};
use crate::output::{ReportPart, SheetColumn};
use crate::query::group::Summary;

impl<'a> History<'a> {
    /// Which open model reached each record of a closed one, and how much later.
    pub(super) fn lags<'s>(
        &'s self,
        open: &'s [Holder<'a>],
        reached_keys: &'s [String],
    ) -> ReportPart<'s> {
        let mut columns = self.columns();
        columns.extend([
            Heading::new("lag", "Lag (months)", Kind::Number, 1).into(),
            Heading::new("reached_by", "Reached by", Kind::Word, 2).into(),
            SheetColumn::for_machines(Heading::new("reached_by_id", "Its id", Kind::Word, 5)),
            Heading::new("reached", "Reached", Kind::Month, 3).into(),
        ]);
        // The unit is in the title of the record's own column.
        let with = |(key, column): (&'s String, ColumnRef)| {
            Heading::new(key, "Reached with", column.heading.kind, 4)
        };
        let with = reached_keys.iter().zip(self.measure.figures()).map(with);
        columns.extend(figures(with));
        let rows = self.printed(self.records()).iter().map(|record| {
            let mut row = self.values(&record.model);
            let Some(by @ Holder { point, model, .. }) = first_with(record, open) else {
                row.push(Value::shown("none yet", Value::Missing));
                row.resize(columns.len(), Value::Missing);
                return row;
            };
            row.extend([
                Value::Number(lag(record, by)),
                NAME.marked(model),
                Value::from(&*model.id),
                Value::Month(point.month),
            ]);
            row.extend(self.figure_values(model));
            row
        });
        let rows: Vec<Vec<Value<'s>>> = rows.collect();
        ReportPart::sheet(columns, rows)
    }

    pub(super) fn reached_keys(&self) -> Vec<String> {
        let figures = self.measure.figures();
        let keys = figures.map(|column| format!("reached_{}", column.heading.key));
        keys.collect()
    }

    /// How long open models needed to match the records, if they matched any.
    pub(super) fn lag_summary(&self, open: &[Holder<'_>]) -> Option<LagSummary> {
        let records = self.records().iter();
        let lags = records.filter_map(|own| Some(lag(own, first_with(own, open)?)));
        let lags: Vec<f64> = lags.collect();
        Some(LagSummary {
            matched: lags.len(),
            sooner: lags.iter().filter(|lag| **lag < 0.0).count(),
            median: Summary::of(lags)?.median,
        })
    }

    /// How many records open models matched, and how long it took. A record that is not matched yet
    /// has no lag, and would make the median longer: the sentence says so.
    pub(super) fn conclusion(&self) -> Option<String> {
        let open = self.open.as_ref().filter(|open| !open.is_empty())?;
        let closed = self.records();
        let (last, count) = (self.until?, closed.len());
        let unmatched = closed.iter().find(|own| first_with(own, open).is_none());
        let figure = self.measure.by.in_sentence();
        let records = if count == 1 { "record" } else { "records" };
        let of = match self.since {
            None => format!("{count} closed {records}"),
            Some(since) => format!("{count} closed {records} since {since}"),
        };
        let oldest = unmatched.map(|own| own.point.month);
        let left_out = match self.shown(&self.holders).len() - count {
            0 => String::new(),
            earlier => {
                let first = open.first().map(|own| own.point.month.to_string());
                let first = first.unwrap_or_default();
                let are = if earlier == 1 { "is" } else { "are" };
                format!("; {earlier} from before the first open model ({first}) {are} left out")
            }
        };
        let Some(lag) = self.lag_summary(open) else {
            return oldest.map(|oldest| {
                format!(
                    "by {figure}, open models matched none of {of} as of {last}, the oldest from \
                     {oldest}{left_out}"
                )
            });
        };
        let sooner = match lag.sooner {
            0 => String::new(),
            sooner => format!(" ({sooner} before the closed model)"),
        };
        let (matched, median) = (lag.matched, lag.in_words());
        let rest = oldest.map_or(String::new(), |oldest| {
            let rest = format!("unmatched as of {last} and not in the median");
            match count - matched {
                1 => format!("; 1 (from {oldest}) is {rest}"),
                others => format!("; {others} (the oldest from {oldest}) are {rest}"),
            }
        });
        Some(format!(
            "by {figure}, open models matched {matched} of {of}{sooner}, {median}{rest}{left_out}"
        ))
    }
}

/// How long open models needed.
pub(super) struct LagSummary {
    /// How many closed records they matched.
    pub matched: usize,
    /// How many of those before the closed model.
    sooner: usize,
    /// In months.
    median: f64,
}

impl LagSummary {
    /// The median in words.
    pub(super) fn in_words(&self) -> String {
        let median = exact(self.median.abs());
        let unit = match self.median.abs() == 1.0 {
            true => "month",
            false => "months",
        };
        match self.median < 0.0 {
            true => format!("at the median {median} {unit} earlier"),
            false => format!("with a median lag of {median} {unit}"),
        }
    }
}

/// The months until a record was matched; negative if the other model was first.
fn lag(record: &Holder<'_>, by: &Holder<'_>) -> f64 {
    f64::from(by.point.month.months_since(record.point.month))
}

/// The first open model with as much as a closed one, which took the record of open ones.
fn first_with<'h, 'm>(closed: &Holder<'_>, open: &'h [Holder<'m>]) -> Option<&'h Holder<'m>> {
    open.iter().find(|by| by.point.value >= closed.point.value)
}
