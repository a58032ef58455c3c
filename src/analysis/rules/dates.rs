//! The month of the announcement against the paper's and the venue's.

use super::papers;
use crate::analysis::audit::{Contradiction, Severity, Subject};
use crate::model::Model;
use crate::model::columns;
use crate::model::month::Month;

/// When venues meet, as the month they end in.
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

/// The announcement against the number of its paper on arXiv.
pub(super) fn of_papers(subject: &Subject<'_>) -> Vec<Contradiction> {
    let model = subject.model;
    let (Some(announced), Some(paper)) = (model.announced, papers::month(model)) else {
        return Vec::new();
    };
    let late = announced.months_since(paper);
    // Who corrected the month knew the paper's.
    let looked = columns::known("announced").is_corrected(model);
    if looked || (-7..4).contains(&late) {
        return Vec::new();
    }
    vec![Contradiction {
        rule: "a model is announced about when its paper appears",
        key: "announced",
        severity: match late.abs() {
            12.. => Severity::Error,
            _ => Severity::Doubt,
        },
        ratio: None,
        inputs: format!("announced {announced}, paper of {paper}"),
        cause: match late {
            12 => "exactly a year: the year is wrong, or the paper another's".to_owned(),
            late if late > 0 => format!("{late} months after its paper"),
            late => format!("{} months before its paper", -late),
        },
    }]
}

/// The year of the venue against the month of the paper.
pub(super) fn of_venues(subject: &Subject<'_>) -> Vec<Contradiction> {
    let model = subject.model;
    let paper = papers::month(model).or(model.announced);
    let (Some(paper), Some((venue, met))) = (paper, venue(model)) else {
        return Vec::new();
    };
    let wait = met.months_since(paper);
    if (-1..15).contains(&wait) {
        return Vec::new();
    }
    vec![Contradiction {
        rule: "a venue meets after the paper appears, and soon",
        key: "paper",
        severity: Severity::Error,
        ratio: None,
        inputs: format!("{venue} met by {met}, paper of {paper}"),
        cause: match wait < 0 {
            true => "the venue met before the paper: a year too early?".to_owned(),
            false => format!("the venue met {wait} months after the paper: a year too late?"),
        },
    }]
}

fn venue<'m>(model: &'m Model<'m>) -> Option<(&'m str, Month)> {
    let venue = model.paper.as_ref()?.venue.as_deref()?;
    let (name, year) = venue.split_once('\'')?;
    let (_, month) = VENUES.iter().find(|(known, _)| *known == name)?;
    let year = year.get(..2)?;
    Some((venue, format!("20{year}-{month:02}").parse().ok()?))
}
