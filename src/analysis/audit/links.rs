//! Links and papers against organization and access.

use super::{Contradiction, Severity, Subject, dates};
use crate::catalog::lists::Host;
use crate::model::{Access, Key, Model, Source};

/// A paper that another organization's model has too.
pub(super) fn of_papers(subject: &Subject<'_>) -> Vec<Contradiction> {
    let model = subject.model;
    let Some(paper) = dates::paper(model) else {
        return Vec::new();
    };
    let months_off = |model: &Model<'_>| {
        Some(
            model
                .announced?
                .months_since(dates::paper(model)?.month)
                .abs(),
        )
    };
    let shared = subject.relations.by_paper.get(&paper.id);
    let others = shared.into_iter().flatten().filter(|other| {
        let mut organizations = other.organizations.iter();
        other.id != model.id
            && !organizations.any(|name| model.organizations.contains(name))
            // The model announced nearest to the paper is the one it describes.
            && months_off(other) < months_off(model)
    });
    let found = others.map(|other| {
        let inputs = format!("arXiv {} is also the paper of {}", paper.id, other.name);
        let cause = format!("the paper is that of {}", other.name);
        Contradiction::new(Severity::Error, "paper", inputs, cause)
    });
    found.collect()
}

/// A link to a site of another organization.
pub(super) fn of_organizations(subject: &Subject<'_>) -> Option<Contradiction> {
    let model = subject.model;
    let organization = model.organizations.first()?;
    model.links.values().find_map(|link| {
        let link = link.as_str()?;
        let address = link.split_once("://").map_or(link, |(_, address)| address);
        let address = address.to_lowercase();
        let is_host = |host: &&Host| {
            let rest = address.strip_prefix(&host.address.to_lowercase());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_own = |host: &Host| {
            let mut names = model.organizations.iter();
            names.any(|name| **name == *host.organization)
        };
        // Organizations may share a host, as Google and Google DeepMind do.
        let mut hosts = subject.hosts.iter().filter(is_host);
        let host = hosts.clone().next().filter(|_| !hosts.any(is_own))?;
        let inputs = format!("{organization}; {link}");
        let cause = format!("`{}` is {}", host.address, host.organization);
        Some(Contradiction::new(
            Severity::Doubt,
            "organizations",
            inputs,
            cause,
        ))
    })
}

/// A closed model with links, or an open one without.
pub(super) fn of_access(subject: &Subject<'_>) -> Option<Contradiction> {
    let model = subject.model;
    // A correction has checked the links.
    if model.is_corrected(Key::access) {
        return None;
    }
    // So has a source for the access; code alone does not make a model open.
    let is_about = |source: &Source<'_>| source.keys.iter().any(|key| **key == *"access");
    let keys = match model.sources.iter().any(is_about) {
        true => &["weights"][..],
        false => &["code", "weights"],
    };
    let link = keys.iter().find_map(|key| model.links.get(*key));
    let is_linked = || {
        ["home", "code"]
            .iter()
            .any(|key| model.links.contains_key(*key))
    };
    let (inputs, cause) = match (model.access?, link) {
        (Access::Closed, Some(link)) => (
            format!("closed; {}", link.as_str().unwrap_or_default()),
            "the linked model is open, or is another model",
        ),
        (Access::Open, None) if !is_linked() => (
            "open; no link".to_owned(),
            "no link shows where to download it",
        ),
        _ => return None,
    };
    Some(Contradiction::new(Severity::Doubt, "access", inputs, cause))
}
