//! The audit: applies every rule to every model and collects what contradicts itself.

mod figures;
mod publication;
mod sizes;

use crate::catalog::Catalog;
use crate::catalog::lists::Host;
use crate::error::Error;
use crate::model::Model;
use crate::model::hardware::Chip;
use crate::text::by_letters;
use std::collections::HashMap;

/// Figures or facts of a model that cannot all be true.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contradiction {
    /// The key that is most likely wrong.
    pub key: &'static str,
    pub severity: Severity,
    /// The stated figure over the expected one, where both are figures.
    pub ratio: Option<f64>,
    /// The values compared, in words.
    pub inputs: String,
    /// What is likely wrong.
    pub cause: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// One of the inputs is wrong.
    Error,
    /// One of the inputs is unusual, and may be right.
    Doubt,
}

/// What a factor of about a thousand between two values of one figure is likely to mean; `slack` is how
/// far from a thousand it may be.
pub(crate) fn thousandfold(ratio: f64, slack: f64) -> Option<&'static str> {
    let is_about = |factor: f64| (factor / slack..=factor * slack).contains(&ratio);
    let much = is_about(1e3).then_some("about a thousand times: B instead of M?");
    much.or_else(|| is_about(1e-3).then_some("about a thousandth: M instead of B?"))
}

/// What the rules compare a model to: other models by what relates them, so that no rule compares
/// every pair, and the reference lists.
#[derive(Default)]
struct Context<'a> {
    /// Models by the arXiv id of their paper.
    by_paper: HashMap<String, Vec<&'a Model<'a>>>,
    /// Models with known sizes of parts.
    wholes: Vec<&'a Model<'a>>,
    chips: Vec<Chip<'a>>,
    hosts: Vec<Host>,
}

/// A model and its contradictions, each with the rule it breaks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AuditedModel {
    pub id: String,
    pub name: String,
    pub contradictions: Vec<(&'static str, Contradiction)>,
}

impl Severity {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Doubt => "doubt",
        }
    }
}

impl Contradiction {
    fn new(
        severity: Severity,
        key: &'static str,
        inputs: String,
        cause: impl Into<String>,
    ) -> Contradiction {
        Contradiction {
            key,
            severity,
            ratio: None,
            inputs,
            cause: cause.into(),
        }
    }

    fn with_ratio(self, ratio: f64) -> Contradiction {
        Contradiction {
            ratio: Some(ratio),
            ..self
        }
    }
}

impl<'a> Context<'a> {
    fn of(models: &'a [Model<'a>], catalog: &'a Catalog) -> Result<Context<'a>, Error> {
        let mut context = Context {
            chips: catalog.known_chips()?,
            hosts: catalog.hosts()?,
            ..Context::default()
        };
        for model in models {
            if let Some(paper) = publication::paper(model) {
                context.by_paper.entry(paper.id).or_default().push(model);
            }
            if sizes::largest_part(model).is_some() {
                context.wholes.push(model);
            }
        }
        Ok(context)
    }

    /// Applies the rules: what must hold, and the check that finds where it does not.
    fn contradictions(&self, model: &Model<'_>) -> Vec<(&'static str, Contradiction)> {
        let mut all: Vec<(_, Contradiction)> = Vec::new();
        macro_rules! rules {
            ($($rule:literal: $check:path,)*) => {
                $(all.extend($check(model, self).into_iter().map(|found| ($rule, found)));)*
            };
        }
        rules! {
            "compute is 6 × parameters × tokens × epochs": figures::implied_compute,
            "compute pays for a plausible number of tokens per parameter": figures::plausible_compute,
            "text has 1 to 8 bytes per token": figures::bytes_per_token,
            "utilization is between 0.05 and 0.5, rarely up to 0.7": figures::utilization,
            "cost is hours × price": figures::cost,
            "energy is chip-hours × watts × PUE": figures::energy,
            "a size in a name is the size of the model": sizes::in_names,
            "a mixture of experts has active parameters": sizes::of_mixtures,
            "a model is announced about when its paper appears": publication::of_papers,
            "a venue takes place after the paper appears, and soon": publication::of_venues,
            "links lead to the organization": publication::of_organizations,
            "open models have links, closed models do not": publication::of_access,
            "hours are count × days × 24": figures::hours,
            "a part of another model has the same size in both entries": sizes::of_parts,
            "a paper belongs to the models of its authors": publication::shared_papers,
        }
        // A ratio that underflows or overflows proves nothing.
        all.retain(|(_, found)| found.ratio.is_none_or(f64::is_finite));
        all.sort_by_key(|(_, contradiction)| contradiction.severity);
        all
    }
}

/// Audits every model, newest first; models without contradictions are included.
pub(crate) fn audit(catalog: &Catalog) -> Result<Vec<AuditedModel>, Error> {
    let records = catalog.records()?;
    let mut models = catalog.models(&records)?;
    catalog.complete_epochs(&mut models, &records)?;
    let context = Context::of(&models, catalog)?;
    let mut newest_first: Vec<&Model<'_>> = models.iter().collect();
    newest_first.sort_by(|a, b| {
        let newest = b.announced.cmp(&a.announced);
        let by_name = || by_letters(&a.name, &b.name).then_with(|| a.id.cmp(&b.id));
        newest.then_with(by_name)
    });
    let audited = newest_first.into_iter().map(|model| AuditedModel {
        id: model.id.to_string(),
        name: model.name.to_string(),
        contradictions: context.contradictions(model),
    });
    Ok(audited.collect())
}
