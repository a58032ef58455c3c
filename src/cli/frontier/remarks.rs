//! What is said of the answer beside it.

use super::measure::{Known, Measure};
use crate::analysis::frontier::Holder;
use crate::model::month::Month;
use crate::output::Output;

/// Which record stood when what is printed begins.
pub(super) fn standing(
    measure: &Measure,
    known: &Known<'_>,
    holder: &Holder,
    since: Month,
) -> String {
    let model = known.models[holder.place];
    let (name, month) = (&model.name, known.points[holder.place].month);
    let value = measure.words(model);
    format!("the record before {since} was {value}, by {name} ({month})")
}

/// Says until when records last.
pub(super) fn end(until: Month, is_now: bool, out: &mut Output) {
    let what = match is_now {
        true => "the last month in the catalog",
        false => "the last month asked about",
    };
    out.remark(format_args!("durations end at {until}, {what}"));
}

/// Says who reached a record in the month in which another took it.
pub(super) fn ties(known: &Known<'_>, holders: &[Holder], out: &mut Output) {
    for holder in holders.iter().filter(|holder| !holder.tied.is_empty()) {
        let names = holder.tied.iter().map(|&place| &*known.models[place].name);
        let names: Vec<&str> = names.collect();
        let (name, month) = (
            &known.models[holder.place].name,
            known.points[holder.place].month,
        );
        let names = names.join(", ");
        out.remark(format_args!(
            "{name} tied with {names} in {month}; the first by name is shown"
        ));
    }
}
