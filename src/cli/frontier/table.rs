//! Records as tables: who succeeded whom, or how far open models are behind.

use super::Holder;
use super::measure::Measure;
use crate::cli::output_args::HeadingArgs;
use crate::error::Error;
use crate::model::Model;
use crate::model::column::{ColumnRef, Heading};
use crate::model::month::Month;
use crate::model::schema;
use crate::model::unit;
use crate::model::value::{Kind, Value};
use crate::output::Output;
use std::borrow::Cow;

const NAME: ColumnRef = schema::known("name");
const ID: ColumnRef = schema::known("id");
const ANNOUNCED: ColumnRef = schema::known("announced");

/// How records are shown.
pub(super) struct RecordTable<'a> {
    pub measure: Measure,
    pub layout: &'a HeadingArgs,
}

impl RecordTable<'_> {
    /// Writes who took each record and who took it away; `end` is the month in which the last
    /// record is current, if that is not now.
    pub(super) fn write_succession(
        &self,
        holders: &[Holder<'_>],
        end: Option<Month>,
        out: &mut Output,
    ) -> Result<(), Error> {
        let people = self.is_for_people();
        let mut headings = self.headings();
        headings.extend([
            Heading::new("factor", "Factor", Kind::Number, 3),
            Heading::new("months", "Months", Kind::Number, 2),
            Heading::new("lost_to", "Succeeded by", Kind::Word, 4),
        ]);
        let current = end.map_or("current".to_owned(), |end| format!("current in {end}"));
        let mut rows = holders.iter().map(|holder| {
            let mut row = self.values(&holder.model);
            row.push(match holder.factor {
                Some(factor) if people => Value::Text(Cow::Owned(unit::factor(factor))),
                factor => factor.map_or(Value::Missing, Value::Number),
            });
            row.push(Value::Number(f64::from(holder.months)));
            row.push(match &holder.successor {
                Some(name) => Value::from(&**name),
                None if people => Value::from(&*current),
                None => Value::Missing,
            });
            row
        });
        self.layout.write(&headings, &mut rows, out)
    }

    /// Writes which open model reached each record of a closed one, and how much later.
    pub(super) fn write_lags(
        &self,
        closed: &[Holder<'_>],
        open: &[Holder<'_>],
        out: &mut Output,
    ) -> Result<(), Error> {
        let people = self.is_for_people();
        let figures = self.figures();
        let keys = figures.iter().map(|c| format!("reached_{}", c.heading.key));
        let keys: Vec<String> = keys.collect();
        let id = Heading::new("reached_by_id", "Its id", Kind::Word, 5);
        let mut headings = self.headings();
        headings.extend([
            Heading::new("lag", "Lag (months)", Kind::Number, 1),
            Heading::new("reached_by", "Reached by", Kind::Word, 2),
        ]);
        headings.extend(self.has_ids().then_some(id));
        headings.push(Heading::new("reached", "Reached", Kind::Month, 3));
        // The unit is in the title of the record's own column.
        let with = figures.iter().zip(&keys);
        headings.extend(with.map(|(c, key)| Heading::new(key, "With", c.heading.kind, 4)));
        // The first model with as much as a closed one took the record of open ones.
        let reached = closed.iter().map(|record| {
            let enough = |by: &&Holder<'_>| by.point.value >= record.point.value;
            (record, open.iter().find(enough))
        });
        let mut rows = reached.clone().map(|(record, by)| {
            let lag = by.map(|by| by.point.month.months_since(record.point.month));
            let mut row = self.values(&record.model);
            row.push(lag.map_or(Value::Missing, |lag| Value::Number(f64::from(lag))));
            row.push(match by {
                Some(by) => Value::from(&*by.model.name),
                None if people => Value::from("none yet"),
                None => Value::Missing,
            });
            if self.has_ids() {
                row.push(Value::from(by.map(|by| &*by.model.id)));
            }
            row.push(by.map(|by| by.point.month).into());
            let value = |column| by.map_or(Value::Missing, |by| self.figure(column, &by.model));
            row.extend(figures.iter().map(|column| value(column)));
            row
        });
        self.layout.write(&headings, &mut rows, out)?;
        if people && open.is_empty() {
            out.remark(format_args!(
                "no open model among those asked has known {}",
                self.measure.stated.in_sentence()
            ));
        } else if people {
            let count = reached.filter(|(_, by)| by.is_some()).count();
            let of = closed.len();
            out.remark(format_args!(
                "open models have reached {count} of {of} records of closed ones"
            ));
        }
        Ok(())
    }

    fn is_for_people(&self) -> bool {
        self.layout.look.format.is_for_people()
    }

    /// Whether rows have all keys, of which `--columns` may choose.
    fn has_ids(&self) -> bool {
        !self.is_for_people() || self.layout.names_keys()
    }

    /// The headings of a model's own values.
    fn headings(&self) -> Vec<Heading<'static>> {
        let mut headings = vec![NAME.heading];
        headings.extend(self.has_ids().then_some(ID.heading));
        headings.push(ANNOUNCED.heading);
        let figures = self.figures().into_iter().map(|column| column.heading);
        headings.extend(figures.map(|heading| Heading { rank: 1, ..heading }));
        headings
    }

    /// The values under them.
    fn values<'m>(&self, model: &'m Model<'m>) -> Vec<Value<'m>> {
        let mut row = vec![NAME.marked(model)];
        row.extend(self.has_ids().then(|| ID.marked(model)));
        row.push(ANNOUNCED.marked(model));
        let figures = self.figures().into_iter();
        row.extend(figures.map(|column| self.figure(column, model)));
        row
    }

    /// The columns of the figure: people read the estimate in that of what is stated, by its
    /// mark; machines have a key for each.
    fn figures(&self) -> Vec<ColumnRef> {
        let estimate = self.measure.estimate.filter(|_| !self.is_for_people());
        [self.measure.stated].into_iter().chain(estimate).collect()
    }

    fn figure<'m>(&self, column: ColumnRef, model: &'m Model<'m>) -> Value<'m> {
        match self.is_for_people() {
            true => self.measure.value(model),
            false => column.marked(model),
        }
    }
}
