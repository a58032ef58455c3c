//! What is said of the answer beside it.

use super::entrants::{Entrants, Units};
use super::measure::{Known, Measure};
use crate::freshness::Freshness;
use crate::frontier::Holder;
use crate::output::Output;

/// Says how many models count, and how many do not.
pub fn remark(
    measure: &Measure,
    (entrants, matched, asked): (&Entrants, usize, usize),
    fresh: Freshness<'_>,
    out: &mut Output,
) {
    let key = measure.stated.heading.key;
    let without = match matched - entrants.known {
        0 => String::new(),
        1 => format!("; 1 without a month or {key} does not count"),
        more => format!("; {more} without a month or {key} do not count"),
    };
    out.remark(format_args!("{matched} of {asked} models{fresh}{without}"));
    if entrants.units == Units::Several {
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
