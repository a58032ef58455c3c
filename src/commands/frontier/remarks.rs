//! What is said of the answer beside it.

use super::measure::{Known, Measure};
use crate::catalog::Catalog;
use crate::frontier::Holder;
use crate::model::Model;
use crate::output::Output;

/// Says how many models count, and how many do not.
pub fn remark(
    measure: &Measure,
    (models, asked): (&[Model<'_>], usize),
    catalog: &Catalog,
    out: &mut Output,
) {
    let key = measure.stated.heading.key;
    let all = models.len();
    let known = Known::of(*measure, |_| true, models).models.len();
    let without = match all - known {
        0 => String::new(),
        1 => format!("; 1 without a month or {key} does not count"),
        more => format!("; {more} without a month or {key} do not count"),
    };
    let fresh = catalog.freshness();
    out.remark(format_args!("{all} of {} models{fresh}{without}", asked));
    let units = models.iter().filter(|m| m.announced.is_some());
    let mut units = units.filter_map(|m| Some(&*m.samples.as_ref()?.unit));
    let one = units.next();
    if key == "samples_count" && units.any(|unit| Some(unit) != one) {
        out.remark("samples of different units; `--where samples_unit=images` asks for one");
    }
}

/// Says who reached a record in the month in which another took it.
pub fn ties(known: &Known<'_>, holders: &[Holder], out: &mut Output) {
    for holder in holders.iter().filter(|holder| !holder.tied.is_empty()) {
        let names = holder.tied.iter().map(|&place| &*known.models[place].name);
        let names: Vec<&str> = names.collect();
        let (name, month) = (
            &known.models[holder.place].name,
            known.points[holder.place].month,
        );
        let names = names.join(", ");
        out.remark(format_args!(
            "{name} tied with {names} in {month}, and stands first by name"
        ));
    }
}
