//! The audit: every rule over every model, and what contradicts itself.

use crate::analysis::rules::{self, Relations};
use crate::catalog::Catalog;
use crate::catalog::host::Host;
use crate::catalog::source::Place;
use crate::error::Error;
use crate::model::chip::Chip;
use crate::model::keys::Keys;
use crate::model::value::by_letters;
use crate::model::{Key, Model};

/// Figures or facts of a model that cannot all be true.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contradiction {
    /// The rule that they break.
    pub rule: &'static str,
    /// The key that is likeliest wrong.
    pub key: &'static str,
    /// How sure it is.
    pub severity: Severity,
    /// What the entry says over what the rule expects, where both are figures.
    pub ratio: Option<f64>,
    /// What went into the rule, in words, each with where it comes from.
    pub inputs: String,
    /// What is likely wrong.
    pub cause: String,
}

/// How sure a contradiction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// One of the inputs is wrong.
    Error,
    /// One of them is unusual, and may be right.
    Doubt,
}

/// What a rule sees.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// The model it is asked about.
    pub model: &'a Model<'a>,
    /// What models tell of each other.
    pub relations: &'a Relations<'a>,
    /// What chips can do.
    pub chips: &'a [Chip<'a>],
    /// Whose a host is.
    pub hosts: &'a [Host],
}

/// What is wrong with one model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Verdict {
    /// The model's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What contradicts itself.
    pub contradictions: Vec<Contradiction>,
}

impl Severity {
    /// The word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Doubt => "doubt",
        }
    }
}

/// Audits every model; those without a contradiction are among the verdicts.
///
/// # Errors
/// When the catalog is broken.
pub(crate) fn audit(catalog: &Catalog) -> Result<Vec<Verdict>, Error> {
    let note = |places: &mut Vec<Place>, place, _: &Model<'_>| places.push(place);
    let places = catalog.gather(Keys::of(&[Key::id]), Vec::new, note)?;
    let originals = catalog.originals(&places)?;
    let mut models = catalog.whole(&originals)?;
    catalog.complete_epochs(&mut models, &originals)?;
    let relations = Relations::of(&models);
    let chips = catalog.known_chips()?;
    let hosts = catalog.hosts()?;
    let verdict = |model: &Model<'_>| {
        let subject = Subject {
            model,
            relations: &relations,
            chips: &chips,
            hosts: &hosts,
        };
        let mut contradictions: Vec<Contradiction> =
            rules::ALL.iter().flat_map(|rule| rule(&subject)).collect();
        // What rounds to 0 or beyond all numbers contradicts nothing.
        contradictions.retain(|found| found.ratio.is_none_or(f64::is_finite));
        contradictions.sort_by_key(|contradiction| contradiction.severity);
        Verdict {
            id: model.id.to_string(),
            name: model.name.to_string(),
            contradictions,
        }
    };
    let mut models: Vec<&Model<'_>> = models.iter().collect();
    // As a list is ordered: the newest first, then by name.
    models.sort_by(|a, b| {
        let newest = b.announced.cmp(&a.announced);
        let named = || by_letters(&a.name, &b.name).then_with(|| a.id.cmp(&b.id));
        newest.then_with(named)
    });
    Ok(models.into_iter().map(verdict).collect())
}
