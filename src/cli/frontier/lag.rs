//! How much later open models reach the records of closed ones.

use super::Frontier;
use super::measure::{Known, Measure};
use crate::analysis::frontier::{Holder, first};
use crate::error::Error;
use crate::model::column::Heading;
use crate::model::value::{Kind, Value};
use crate::output::Output;

const LAG: Heading<'_> = Heading::new("lag", "Lag (months)", Kind::Number, 1);
const REACHED: Heading<'_> = Heading::new("reached", "Reached", Kind::Month, 3);
const REACHED_BY: Heading<'_> = Heading::new("reached_by", "Reached by", Kind::Word, 2);
const REACHED_BY_ID: Heading<'_> = Heading::new("reached_by_id", "Its id", Kind::Word, 5);

impl Frontier {
    /// Writes which open model reached each record, and how much later.
    pub(super) fn behind(
        &self,
        measure: &Measure,
        (known, holders, open): (&Known<'_>, &[Holder], &Known<'_>),
        out: &mut Output,
    ) -> Result<(), Error> {
        let people = self.layout.look.format.is_for_people();
        let mut headings = self.headings(measure);
        headings.extend([LAG, REACHED_BY]);
        if self.is_whole() {
            headings.push(REACHED_BY_ID);
        }
        headings.push(REACHED);
        let columns = self.columns(measure);
        let keys: Vec<String> = columns
            .iter()
            .map(|column| format!("reached_{}", column.heading.key))
            .collect();
        headings.extend(columns.iter().zip(&keys).map(|(column, key)| {
            // The unit stands in the title of the record's own column.
            Heading::new(key, "With", column.heading.kind, 4)
        }));
        let mut reached = 0;
        let mut rows = holders.iter().map(|holder| {
            let record = &known.points[holder.place];
            let place = first(&open.points, record.value);
            reached += usize::from(place.is_some());
            let mut row = self.values(measure, known.models[holder.place]);
            let by = place.map(|place| (open.models[place], open.points[place].month));
            row.push(by.map_or(Value::Missing, |(_, month)| {
                Value::Number(f64::from(month.months_since(record.month)))
            }));
            row.push(match by {
                Some((model, _)) => Value::from(&*model.name),
                None if people => Value::from("none yet"),
                None => Value::Missing,
            });
            if self.is_whole() {
                row.push(Value::from(by.map(|(model, _)| &*model.id)));
            }
            row.push(by.map(|(_, month)| month).into());
            match by {
                Some((model, _)) => row.extend(self.figures(measure, model)),
                None => row.extend(columns.iter().map(|_| Value::Missing)),
            }
            row
        });
        self.layout.write(&headings, &mut rows, out)?;
        if people && open.models.is_empty() {
            out.remark(format_args!(
                "no open model among those asked has known {}",
                measure.stated.in_sentence()
            ));
        } else if people {
            out.remark(format_args!(
                "open models have reached {reached} of {} records of closed ones",
                holders.len()
            ));
        }
        Ok(())
    }
}
