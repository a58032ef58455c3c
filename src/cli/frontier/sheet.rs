//! The tables of a frontier: the succession of records, and the models among the largest.

use super::History;
use crate::analysis::frontier::Ranked;
use crate::cli::observation::{Holder, Measure};
use crate::model::column::ColumnRef;
use crate::model::heading::Heading;
use crate::model::value::{Kind, Value};
use crate::model::{Model, schema, unit};
use crate::output::{ReportPart, SheetColumn};

pub(super) const NAME: ColumnRef = schema::column("name");
const ID: ColumnRef = schema::column("id");
const ANNOUNCED: ColumnRef = schema::column("announced");

impl History<'_> {
    /// Who took each record, and who took it away.
    pub(super) fn succession(&self) -> ReportPart<'_> {
        let columns = [
            Heading::new("factor", "Factor", Kind::Number, 3),
            Heading::new("months", "Months", Kind::Number, 2),
            Heading::new("lost_to", "Succeeded by", Kind::Word, 4),
        ];
        let columns = columns.map(SheetColumn::from);
        let columns = self.columns().into_iter().chain(columns);
        let holders = &self.holders;
        let printed = self.printed(self.records()).len();
        let rows = (holders.len() - printed..holders.len()).map(|i| {
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
                match (next, self.until.filter(|_| self.is_until_asked)) {
                    (Some(next), _) => Value::from(&*next.model.name),
                    (None, Some(end)) => Value::shown(format!("current in {end}"), Value::Missing),
                    (None, None) => Value::shown("current", Value::Missing),
                },
            ]);
            row
        });
        ReportPart::sheet(columns, rows)
    }

    /// The models that were among the largest, and their ranks.
    pub(super) fn ranking<'s>(&'s self, leaders: &'s [Ranked<Model<'s>>]) -> ReportPart<'s> {
        let rank = Heading::new("rank", "Rank", Kind::Number, 1);
        let columns = self.columns().into_iter().chain([rank.into()]);
        let rows = leaders.iter().map(|own| {
            let mut row = self.values(&own.item);
            row.push(Value::Number(own.rank as f64));
            row
        });
        ReportPart::sheet(columns, rows)
    }

    /// The columns of a model's own values.
    pub(super) fn columns(&self) -> Vec<SheetColumn<'_>> {
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
    pub(super) fn values<'m>(&self, model: &'m Model<'m>) -> Vec<Value<'m>> {
        let own = [NAME, ID, ANNOUNCED].map(|column| column.marked(model));
        own.into_iter().chain(self.figure_values(model)).collect()
    }

    pub(super) fn figure_values<'m>(
        &self,
        model: &'m Model<'m>,
    ) -> impl Iterator<Item = Value<'m>> + use<'m> {
        let Measure { estimate, .. } = self.measure;
        let estimate = estimate.map(|column| column.marked(model));
        [self.measure.value(model)].into_iter().chain(estimate)
    }
}

/// The columns of a figure and of its estimate, which people see among what is stated, by its mark.
pub(super) fn figures<'h>(
    mut headings: impl Iterator<Item = Heading<'h>>,
) -> impl Iterator<Item = SheetColumn<'h>> {
    let stated = headings.next().map(SheetColumn::from);
    let estimate = headings.map(SheetColumn::for_machines);
    stated.into_iter().chain(estimate)
}
