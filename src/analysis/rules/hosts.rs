//! Links against the organization.

use crate::analysis::audit::{Contradiction, Severity, Subject};
use crate::catalog::host::Host;

/// A link to a place of another organization.
pub(super) fn of_links(subject: &Subject<'_>) -> Vec<Contradiction> {
    let model = subject.model;
    if model.organizations.is_empty() {
        return Vec::new();
    }
    let links = model.links.iter().filter_map(|(_, link)| link.as_str());
    let foreign = links.filter_map(|link| {
        let address = link.split_once("://").map_or(link, |(_, address)| address);
        let address = address.to_lowercase();
        let leads_there = |host: &&Host| {
            let rest = address.strip_prefix(&host.address.to_lowercase());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_own = |host: &Host| {
            let mut names = model.organizations.iter();
            names.any(|name| **name == *host.organization)
        };
        // A host may be shared, as Google's is with Google DeepMind.
        let mut hosts = subject.hosts.iter().filter(leads_there);
        let host = hosts.clone().next()?;
        (!hosts.any(is_own)).then(|| Contradiction {
            rule: "links lead to the organization",
            key: "organizations",
            severity: Severity::Doubt,
            ratio: None,
            inputs: format!("{}; {link}", model.organizations[0]),
            cause: format!("`{}` is {}", host.address, host.organization),
        })
    });
    foreign.take(1).collect()
}
