//! The audit: applies every rule to every model and collects what contradicts itself.

mod figures;
mod hardware;
mod publication;
mod sizes;

use crate::catalog::Catalog;
use crate::catalog::lists::Host;
use crate::error::{Error, Position};
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
    /// The file that has the value of the key, and where, if it is in a file.
    pub place: Option<(String, Position)>,
}

/// What must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rule {
    /// What programs call it.
    pub id: &'static str,
    /// What it says.
    pub text: &'static str,
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
    pub contradictions: Vec<(Rule, Contradiction)>,
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
            place: None,
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
    fn contradictions(&self, model: &Model<'_>) -> Vec<(Rule, Contradiction)> {
        let mut all: Vec<(_, Contradiction)> = Vec::new();
        macro_rules! rules {
            ($($id:literal, $text:literal: $check:path,)*) => {
                $(
                    let rule = Rule { id: $id, text: $text };
                    all.extend($check(model, self).into_iter().map(|found| (rule, found)));
                )*
            };
        }
        rules! {
            "implied-compute", "compute is 6 × parameters × tokens × epochs": figures::implied_compute,
            "plausible-compute", "compute pays for a plausible number of tokens per parameter": figures::plausible_compute,
            "bytes-per-token", "text has 1 to 8 bytes per token": figures::bytes_per_token,
            "utilization", "utilization is between 0.05 and 0.5, rarely up to 0.7": hardware::utilization,
            "cost", "cost is hours × price": hardware::cost,
            "energy", "energy is chip-hours × watts × PUE": hardware::energy,
            "size-in-name", "a size in a name is the size of the model": sizes::in_names,
            "active-params", "a mixture of experts has active parameters": sizes::of_mixtures,
            "paper-date", "a model is announced about when its paper appears": publication::of_papers,
            "venue-date", "a venue takes place after the paper appears, and soon": publication::of_venues,
            "link-organization", "links lead to the organization": publication::of_organizations,
            "access-links", "open models have links, closed models do not": publication::of_access,
            "chip-hours", "hours are count × days × 24": hardware::hours,
            "size-of-part", "a part of another model has the same size in both entries": sizes::of_parts,
            "shared-paper", "a paper belongs to the models of its authors": publication::shared_papers,
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
    let mut audited = Vec::new();
    for (model, record) in models.iter().zip(&records) {
        let mut contradictions = context.contradictions(model);
        for (_, found) in &mut contradictions {
            found.place = catalog.place(record, found.key)?;
        }
        let own = AuditedModel {
            id: model.id.to_string(),
            name: model.name.to_string(),
            contradictions,
        };
        audited.push((model.announced, own));
    }
    audited.sort_by(|(announced, a), (later, b)| {
        let by_name = || by_letters(&a.name, &b.name).then_with(|| a.id.cmp(&b.id));
        later.cmp(announced).then_with(by_name)
    });
    Ok(audited.into_iter().map(|(_, own)| own).collect())
}
