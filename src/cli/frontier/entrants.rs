//! Who takes part: what is gathered of the models before any of them is read whole.

use super::measure::Measure;
use crate::analysis::candidates::Candidates;
use crate::catalog::gather::Gather;
use crate::catalog::source::Place;
use crate::chart::dots::ByAccess;
use crate::model::month::Month;
use crate::model::{Access, Model};
use crate::query::evidence::Evidence;

/// What is gathered of the models.
#[derive(Debug, Default)]
pub(super) struct Entrants {
    /// The latest month in which any model of the catalog was announced.
    pub latest: Option<Month>,
    /// How many of those asked count.
    pub evidence: Evidence,
    /// Who may have held the record: of all, or of closed and of open models.
    pub contests: [Candidates; 2],
    /// Their points, where a picture is drawn.
    pub dots: Option<ByAccess>,
}

/// Who competes with whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contest {
    /// All with all.
    OfAll,
    /// Closed models among themselves, and open ones.
    ByAccess,
}

impl Entrants {
    /// Notes a model that is asked, by what is measured of it; a picture shows it from `since` on.
    pub(super) fn note(
        &mut self,
        (place, model): (Place, &Model<'_>),
        (measure, contest): (&Measure, Contest),
        since: Option<Month>,
    ) {
        let Some(value) = measure.number(model) else {
            return;
        };
        let Some(month) = model.announced else {
            return self.evidence.lacks("month");
        };
        let contest = match (contest, model.access) {
            (Contest::OfAll, _) | (Contest::ByAccess, Some(Access::Closed)) => 0,
            (Contest::ByAccess, Some(Access::Open)) => 1,
            (Contest::ByAccess, None) => return self.evidence.lacks("access"),
        };
        self.evidence.note(model, |_| true);
        self.contests[contest].note(month, value, place);
        if let Some(dots) = self.dots.as_mut().filter(|_| since <= Some(month)) {
            dots.of(model.access).add(month, value);
        }
    }

    /// Where those are that may have held a record, in the order of the catalog.
    pub(super) fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = self.contests.iter().flat_map(Candidates::places).collect();
        places.sort_by_key(|place| (place.source, place.start));
        places
    }
}

impl Gather for Entrants {
    fn append(&mut self, later: Entrants) {
        self.latest = self.latest.max(later.latest);
        self.evidence.append(later.evidence);
        for (own, later) in self.contests.iter_mut().zip(later.contests) {
            own.append(later);
        }
        if let (Some(own), Some(later)) = (&mut self.dots, later.dots) {
            own.append(later);
        }
    }
}
