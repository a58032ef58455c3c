//! One paper under two models.

use super::dates::{arxiv_month, arxiv_number};
use crate::audit::{Contradiction, Severity, Subject};
use crate::model::Model;

/// A paper that another organization's model has too.
pub fn of_two_models(subject: &Subject<'_>) -> Vec<Contradiction> {
    let model = subject.model;
    let Some(number) = paper(model) else {
        return Vec::new();
    };
    let others = subject.relations.with_paper(number).iter().filter(|other| {
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

/// The number of its paper at arXiv.
pub fn paper<'m>(model: &'m Model<'_>) -> Option<&'m str> {
    arxiv_number(model.paper.as_ref()?.url.as_deref()?)
}

fn distance(model: &Model<'_>) -> Option<i32> {
    Some(model.announced?.months_since(arxiv_month(model)?).abs())
}
