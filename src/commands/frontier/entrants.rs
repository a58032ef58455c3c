//! Who takes part: what is gathered of the models before any of them is read whole.

use super::measure::Measure;
use crate::candidates::Candidates;
use crate::date::Month;
use crate::dots::ByAccess;
use crate::gather::Gather;
use crate::model::{Access, Model};
use crate::source::Place;

/// What is gathered of the models.
#[derive(Debug, Default)]
pub struct Entrants {
    /// The latest month in which any model of the catalog was announced.
    pub latest: Option<Month>,
    /// How many of those asked have a month and the figure.
    pub known: usize,
    /// Who may have held the record: of all, or of closed and of open models.
    pub contests: [Candidates; 2],
    /// The units of their samples.
    pub units: Units,
    /// Their points, where a picture is drawn.
    pub dots: Option<ByAccess>,
}

/// Who competes with whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contest {
    /// All with all.
    OfAll,
    /// Closed models among themselves, and open ones.
    ByAccess,
}

/// In how many units figures are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Units {
    /// In none so far.
    #[default]
    None,
    /// All in one.
    One(String),
    /// Not all in one.
    Several,
}

impl Entrants {
    /// Notes a model that is asked, by what is measured of it.
    pub fn note(
        &mut self,
        place: Place,
        model: &Model<'_>,
        (measure, contest): (&Measure, Contest),
    ) {
        let Some(month) = model.announced else { return };
        if let Some(samples) = model.samples.as_ref().filter(|_| measure.has_units()) {
            self.units.note(&samples.unit);
        }
        let Some(value) = measure.number(model) else {
            return;
        };
        self.known += 1;
        let contest = match (contest, model.access) {
            (Contest::OfAll, _) | (Contest::ByAccess, Some(Access::Closed)) => 0,
            (Contest::ByAccess, Some(Access::Open)) => 1,
            (Contest::ByAccess, None) => return,
        };
        self.contests[contest].note(month, value, place);
        if let Some(dots) = &mut self.dots {
            dots.of(model.access).add(month, value);
        }
    }

    /// Where those stand that may have held a record, in the order of the catalog.
    pub fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = self.contests.iter().flat_map(Candidates::places).collect();
        places.sort_by_key(|place| (place.source, place.start));
        places
    }
}

impl Units {
    fn note(&mut self, unit: &str) {
        match self {
            Units::None => *self = Units::One(unit.to_owned()),
            Units::One(one) if one == unit => {}
            Units::One(_) | Units::Several => *self = Units::Several,
        }
    }
}

impl Gather for Units {
    fn append(&mut self, later: Units) {
        match later {
            Units::None => {}
            Units::One(unit) => self.note(&unit),
            Units::Several => *self = later,
        }
    }
}

impl Gather for Entrants {
    fn append(&mut self, later: Entrants) {
        self.latest = self.latest.max(later.latest);
        self.known += later.known;
        self.units.append(later.units);
        for (own, later) in self.contests.iter_mut().zip(later.contests) {
            own.append(later);
        }
        if let (Some(own), Some(later)) = (&mut self.dots, later.dots) {
            own.append(later);
        }
    }
}
