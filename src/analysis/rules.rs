//! The rules of the audit: what must hold between the figures and facts of an entry.

mod access;
mod compute;
mod dates;
mod hardware;
mod hosts;
mod papers;
mod relations;
mod sizes;

use crate::analysis::audit::{Contradiction, Subject};

pub(crate) use relations::Relations;

/// A rule: what of a model breaks it.
pub(crate) type Rule = fn(&Subject<'_>) -> Vec<Contradiction>;

/// Every rule.
pub(crate) const ALL: &[Rule] = &[
    compute::implied_by_data,
    compute::plausible_for_size,
    hardware::utilization,
    hardware::hours,
    hardware::cost,
    hardware::energy,
    sizes::in_names,
    sizes::of_parts,
    dates::of_papers,
    dates::of_venues,
    papers::of_two_models,
    hosts::of_links,
    access::of_links,
];

/// A slip that a ratio of a stated figure to the expected one betrays.
fn slip(ratio: f64) -> Option<&'static str> {
    let near = |factor: f64| (0.2..=6.0).contains(&(ratio / factor));
    match ratio {
        r if near(1e3) && r >= 200.0 => Some("about a thousand times too much: B printed for M?"),
        r if near(1e-3) && r <= 5e-3 => Some("about a thousand times too little: M printed for B?"),
        _ => None,
    }
}
