//! A record as the values of a row.

use super::Frontier;
use super::measure::Measure;
use crate::model::Model;
use crate::model::column::{ColumnRef, Heading};
use crate::model::columns;
use crate::model::value::Value;

const NAME: ColumnRef = columns::known("name");
const ID: ColumnRef = columns::known("id");
const ANNOUNCED: ColumnRef = columns::known("announced");

impl Frontier {
    /// Whether rows have all that can be shown, of which `--columns` may choose.
    pub(super) fn is_whole(&self) -> bool {
        !self.layout.look.format.is_for_people() || self.layout.names_keys()
    }

    /// The headings of a record's own values.
    pub(super) fn headings(&self, measure: &Measure) -> Vec<Heading<'static>> {
        let whole = self.is_whole().then_some(ID);
        let mut headings: Vec<Heading<'_>> = [Some(NAME), whole, Some(ANNOUNCED)]
            .into_iter()
            .flatten()
            .map(|column| column.heading)
            .collect();
        headings.extend(self.columns(measure).iter().map(|column| Heading {
            rank: 1,
            ..column.heading
        }));
        headings
    }

    /// The columns of the figure: people read the estimate in that of what is stated, by its
    /// mark; machines have a key for each.
    pub(super) fn columns(&self, measure: &Measure) -> Vec<ColumnRef> {
        let mut columns = vec![measure.stated];
        if !self.layout.look.format.is_for_people() {
            columns.extend(measure.estimate);
        }
        columns
    }

    /// A model's values in them.
    pub(super) fn figures<'m>(&self, measure: &Measure, model: &'m Model<'m>) -> Vec<Value<'m>> {
        match self.layout.look.format.is_for_people() {
            true => vec![measure.value(model)],
            false => {
                let columns = self.columns(measure).into_iter();
                columns.map(|column| column.marked(model)).collect()
            }
        }
    }

    /// The values under them.
    pub(super) fn values<'m>(&self, measure: &Measure, model: &'m Model<'m>) -> Vec<Value<'m>> {
        let mut row = vec![NAME.marked(model)];
        if self.is_whole() {
            row.push(ID.marked(model));
        }
        row.push(ANNOUNCED.marked(model));
        row.extend(self.figures(measure, model));
        row
    }
}
