//! Spots: what a trend needs to know of a million models.

use crate::analysis::trend::Point;
use crate::catalog::gather::Gather;
use crate::catalog::source::Place;
use crate::model::Access;
use crate::query::evidence::Evidence;

/// Points, and whose they are: a list each, for a list of all would be a quarter longer.
#[derive(Debug, Default)]
pub(super) struct Spots {
    /// When and how much.
    pub points: Vec<Point>,
    /// Where the model stands.
    pub places: Vec<Place>,
    /// Who may have it.
    pub access: Vec<Option<Access>>,
}

/// The groups of models, and how many have a point at all.
#[derive(Debug, Default)]
pub(super) struct Known<G> {
    /// The groups.
    pub groups: G,
    /// How many models have a point, those of several groups counted once.
    pub evidence: Evidence,
}

impl Spots {
    /// Adds a point of the model at a place.
    pub(super) fn add(&mut self, point: Point, (place, access): (Place, Option<Access>)) {
        self.points.push(point);
        self.places.push(place);
        self.access.push(access);
    }
}

impl Gather for Spots {
    fn append(&mut self, later: Spots) {
        extend(&mut self.points, later.points);
        extend(&mut self.places, later.places);
        extend(&mut self.access, later.access);
    }
}

impl<G: Gather> Gather for Known<G> {
    fn append(&mut self, later: Known<G>) {
        self.groups.append(later.groups);
        self.evidence.append(later.evidence);
    }
}

/// Makes room for an eighth more where there is none: hundreds of lists that double would be twice
/// as long as what is in them.
fn extend<T>(list: &mut Vec<T>, later: Vec<T>) {
    if list.capacity() - list.len() < later.len() {
        list.reserve_exact(later.len().max(list.len() / 8));
    }
    list.extend(later);
}
