//! The month of the announcement against the months of the paper and the venue.

use super::{Contradiction, Severity, Subject};
use crate::model::arxiv::ArxivId;
use crate::model::month::Month;
use crate::model::{Key, Model};

/// Venues and the month in which they end.
const VENUES: [(&str, u8); 10] = [
    ("PPoPP", 4),
    ("ICLR", 5),
    ("NAACL", 6),
    ("CVPR", 6),
    ("ICML", 7),
    ("ACL", 7),
    ("KDD", 8),
    ("EMNLP", 12),
    ("NeurIPS", 12),
    ("AAAI", 3),
];

/// The announcement against the arXiv id of the paper.
pub(super) fn of_papers(subject: &Subject<'_>) -> Option<Contradiction> {
    let model = subject.model;
    let (announced, paper) = (model.announced?, paper(model)?.month);
    let late = announced.months_since(paper);
    // A correction of the month has taken the paper into account.
    if model.is_corrected(Key::announced) || (-7..4).contains(&late) {
        return None;
    }
    let severity = match late.abs() {
        12.. => Severity::Error,
        _ => Severity::Doubt,
    };
    let cause = match late {
        12 => "exactly a year: the year is wrong, or the paper is another model's".to_owned(),
        late if late > 0 => format!("{late} months after its paper"),
        late => format!("{} months before its paper", -late),
    };
    let inputs = format!("announced {announced}, paper of {paper}");
    Some(Contradiction::new(severity, "announced", inputs, cause))
}

/// The year of the venue against the month of the paper.
pub(super) fn of_venues(subject: &Subject<'_>) -> Option<Contradiction> {
    let model = subject.model;
    let appeared = paper(model).map(|paper| paper.month).or(model.announced)?;
    let (venue, ended) = venue(model)?;
    let wait = ended.months_since(appeared);
    let cause = match wait {
        -1..15 => return None,
        ..-1 => "the venue took place before the paper: a year too early?".to_owned(),
        15.. => format!("the venue took place {wait} months after the paper: a year too late?"),
    };
    let inputs = format!("{venue} ended in {ended}, paper of {appeared}");
    Some(Contradiction::new(Severity::Error, "paper", inputs, cause))
}

/// The arXiv id of a model's paper.
pub(super) fn paper(model: &Model<'_>) -> Option<ArxivId> {
    ArxivId::parse(model.paper.as_ref()?.url.as_deref()?)
}

/// A venue such as `ICML'23`.
fn venue<'m>(model: &'m Model<'m>) -> Option<(&'m str, Month)> {
    let venue = model.paper.as_ref()?.venue.as_deref()?;
    let (name, year) = venue.split_once('\'')?;
    let (_, month) = VENUES.iter().find(|(known, _)| *known == name)?;
    let year = year.get(..2)?;
    Some((venue, format!("20{year}-{month:02}").parse().ok()?))
}
