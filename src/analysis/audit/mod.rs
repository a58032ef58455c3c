//! The audit: applies every rule to every model and collects what contradicts itself.

mod compute;
mod dates;
mod hardware;
mod links;
mod sizes;

use crate::catalog::Catalog;
use crate::catalog::lists::Host;
use crate::error::Error;
use crate::model::Model;
use crate::model::hardware::Chip;
use crate::model::value::by_letters;
use std::collections::HashMap;

/// What must hold, and the check that finds where it does not.
type Rule<T> = (&'static str, fn(&Subject<'_>) -> T);

/// The rules that a model breaks at most once.
const RULES: [Rule<Option<Contradiction>>; 10] = [
    (
        "compute is 6 × parameters × tokens × epochs",
        compute::implied_by_data,
    ),
    (
        "compute pays for a plausible number of tokens per parameter",
        compute::plausible_for_size,
    ),
    (
        "utilization is between 0.05 and 0.5, rarely up to 0.7",
        hardware::utilization,
    ),
    ("cost is hours × price", hardware::cost),
    ("energy is chip-hours × watts × PUE", hardware::energy),
    ("a size in a name is the size of the model", sizes::in_names),
    (
        "a model is announced about when its paper appears",
        dates::of_papers,
    ),
    (
        "a venue takes place after the paper appears, and soon",
        dates::of_venues,
    ),
    ("links lead to the organization", links::of_organizations),
    (
        "open models have links, closed models do not",
        links::of_access,
    ),
];

/// The rules that a model may break several times.
const REPEATABLE_RULES: [Rule<Vec<Contradiction>>; 3] = [
    ("hours are count × days × 24", hardware::hours),
    (
        "a part of another model has the same size in both entries",
        sizes::of_parts,
    ),
    (
        "a paper belongs to the models of its authors",
        links::of_papers,
    ),
];

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

/// What a check can use.
#[derive(Clone, Copy)]
struct Subject<'a> {
    model: &'a Model<'a>,
    relations: &'a Relations<'a>,
    chips: &'a [Chip<'a>],
    hosts: &'a [Host],
}

/// Models by what relates them to others, so that no check compares every pair.
#[derive(Default)]
struct Relations<'a> {
    /// Models by the arXiv id of their paper.
    by_paper: HashMap<String, Vec<&'a Model<'a>>>,
    /// Models with known sizes of parts.
    wholes: Vec<&'a Model<'a>>,
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

impl<'a> Relations<'a> {
    fn of(models: &'a [Model<'a>]) -> Relations<'a> {
        let mut relations = Relations::default();
        for model in models {
            if let Some(paper) = dates::paper(model) {
                relations.by_paper.entry(paper.id).or_default().push(model);
            }
            if sizes::largest_part(model).is_some() {
                relations.wholes.push(model);
            }
        }
        relations
    }
}

impl Subject<'_> {
    fn contradictions(&self) -> Vec<(&'static str, Contradiction)> {
        let once = RULES
            .iter()
            .flat_map(|(rule, check)| Some((*rule, check(self)?)));
        let repeated = REPEATABLE_RULES.iter().flat_map(|(rule, check)| {
            let found = check(self).into_iter();
            found.map(|contradiction| (*rule, contradiction))
        });
        let all = once.chain(repeated);
        // A ratio that underflows or overflows proves nothing.
        let all = all.filter(|(_, found)| found.ratio.is_none_or(f64::is_finite));
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|(_, contradiction)| contradiction.severity);
        all
    }
}

/// Audits every model, newest first; models without contradictions are included.
pub(crate) fn audit(catalog: &Catalog) -> Result<Vec<AuditedModel>, Error> {
    let records = catalog.records()?;
    let mut models = catalog.models(&records)?;
    catalog.complete_epochs(&mut models, &records)?;
    let (relations, chips, hosts) = (
        Relations::of(&models),
        catalog.known_chips()?,
        catalog.hosts()?,
    );
    let mut newest_first: Vec<&Model<'_>> = models.iter().collect();
    newest_first.sort_by(|a, b| {
        let newest = b.announced.cmp(&a.announced);
        let by_name = || by_letters(&a.name, &b.name).then_with(|| a.id.cmp(&b.id));
        newest.then_with(by_name)
    });
    let audited = newest_first.into_iter().map(|model| {
        let subject = Subject {
            model,
            relations: &relations,
            chips: &chips,
            hosts: &hosts,
        };
        AuditedModel {
            id: model.id.to_string(),
            name: model.name.to_string(),
            contradictions: subject.contradictions(),
        }
    });
    Ok(audited.collect())
}
