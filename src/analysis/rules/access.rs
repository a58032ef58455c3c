//! Access against links.

use crate::analysis::audit::{Contradiction, Severity, Subject};
use crate::model::columns;
use crate::model::{Access, Source};

/// Closed and yet linked, or open and nowhere to be had.
pub(super) fn of_links(subject: &Subject<'_>) -> Vec<Contradiction> {
    let model = subject.model;
    // Who corrected it has looked.
    if columns::known("access").is_corrected(model) {
        return Vec::new();
    }
    // Who has a source for it has looked, too; code alone opens no model.
    let is_sourced = |source: &Source<'_>| source.keys.iter().any(|key| **key == *"access");
    let telling = match model.sources.iter().any(is_sourced) {
        true => &["weights"][..],
        false => &["code", "weights"],
    };
    let had = telling.iter().find_map(|key| model.links.get(*key));
    let (inputs, cause) = match (model.access, had) {
        (Some(Access::Closed), Some(link)) => (
            format!("closed; {}", link.as_str().unwrap_or_default()),
            "what is linked is open, or not the model's",
        ),
        (Some(Access::Open), None)
            if !["home", "code"]
                .iter()
                .any(|key| model.links.contains_key(*key)) =>
        {
            (
                "open; no link".to_owned(),
                "nothing shows where it can be had",
            )
        }
        _ => return Vec::new(),
    };
    vec![Contradiction {
        rule: "open models are linked, closed ones are not",
        key: "access",
        severity: Severity::Doubt,
        ratio: None,
        inputs,
        cause: cause.to_owned(),
    }]
}
