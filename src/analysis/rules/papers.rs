//! One paper under two models.

use crate::analysis::audit::{Contradiction, Severity, Subject};
use crate::model::Model;
use crate::model::arxiv::ArxivId;
use crate::model::month::Month;

/// A paper that another organization's model has too.
pub(super) fn of_two_models(subject: &Subject<'_>) -> Vec<Contradiction> {
    let model = subject.model;
    let Some(ArxivId { id: number, .. }) = paper(model) else {
        return Vec::new();
    };
    let others = subject
        .relations
        .with_paper(&number)
        .iter()
        .filter(|other| {
            other.id != model.id
            && !other.organizations.iter().any(|name| model.organizations.contains(name))
            // Whose the paper is, its month tells.
            && distance(other) < distance(model)
        });
    let found = others.map(|other| Contradiction {
        rule: "a paper belongs to the models of its authors",
        key: "paper",
        severity: Severity::Error,
        ratio: None,
        inputs: format!("arXiv {number} stands under {} too", other.name),
        cause: format!("the paper is that of {}", other.name),
    });
    found.collect()
}

/// Its paper on arXiv.
pub(super) fn paper(model: &Model<'_>) -> Option<ArxivId> {
    ArxivId::parse(model.paper.as_ref()?.url.as_deref()?)
}

/// The month of its paper on arXiv.
pub(super) fn month(model: &Model<'_>) -> Option<Month> {
    Some(paper(model)?.month)
}

fn distance(model: &Model<'_>) -> Option<i32> {
    Some(model.announced?.months_since(month(model)?).abs())
}
