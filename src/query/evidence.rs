//! Remarks on an answer: on how many models it rests, whose figures those are, which models are
//! undecided, and which figures have notes.

use crate::catalog::parallel::Merge;
use crate::model::column::ColumnRef;
use crate::model::figure::grouped;
use crate::model::object::Text;
use crate::model::provenance::Mark;
use crate::model::{Key, Keys, Model, schema};
use crate::output::FigureNote;
use crate::query::condition::Condition;
use std::collections::BTreeSet;
use std::fmt::{self, Write};

/// How many models have the figures that an answer ranks or fits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    figures: Vec<Counted>,
    /// What else has to be known, and is unknown for some models that have the figure.
    lacking: BTreeSet<String>,
}

/// A figure and how many models have it.
#[derive(Debug, Clone)]
struct Counted {
    column: ColumnRef,
    known: usize,
    /// How many of these figures are by third parties.
    third_party: usize,
    /// How many of those are speculative.
    speculative: usize,
    /// How many the catalog derived.
    derived: usize,
    /// How many are estimates in place of a figure.
    estimated: usize,
    units: Units,
}

/// How many models match, of how many there are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Matches {
    /// How many match.
    pub matched: usize,
    /// How many might match, if a figure that the condition tests were known.
    pub undecided: usize,
    /// How many there are.
    pub scanned: usize,
}

/// In how many units figures are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Units {
    /// In none so far.
    #[default]
    None,
    /// All in one.
    One(String),
    /// Not all in one.
    Several,
}

impl Evidence {
    /// Counts nothing yet of these figures.
    pub(crate) fn of(columns: impl IntoIterator<Item = ColumnRef>) -> Evidence {
        let counted = |column| Counted {
            column,
            known: 0,
            third_party: 0,
            speculative: 0,
            derived: 0,
            estimated: 0,
            units: Units::None,
        };
        Evidence {
            figures: columns.into_iter().map(counted).collect(),
            lacking: BTreeSet::new(),
        }
    }

    /// Whether it counts no figure.
    pub(crate) fn is_empty(&self) -> bool {
        self.figures.is_empty()
    }

    /// Counts a model for each of the figures that it has, or that are estimated. Whose figures they
    /// are is counted if the keys of marks are read.
    pub(crate) fn note(&mut self, model: &Model<'_>, has: impl Fn(ColumnRef) -> bool) {
        for counted in &mut self.figures {
            if has(counted.column) {
                counted.known += 1;
                counted.units.note(counted.column, model);
                let column = counted.column;
                let value = column.mark(column.value(model), model);
                let marks = value.marks();
                let is_by_others = marks.has(Mark::ThirdParty);
                counted.third_party += usize::from(is_by_others);
                counted.speculative += usize::from(is_by_others && marks.has(Mark::Speculative));
                counted.derived += usize::from(!is_by_others && marks.has(Mark::Derived));
                counted.estimated += usize::from(value.unmarked().is_missing());
            }
        }
    }

    /// Says that a model does not count because something else is unknown.
    pub(crate) fn lacks(&mut self, what: String) {
        self.lacking.insert(what);
    }

    /// How many models have the first figure.
    pub(crate) fn known(&self) -> usize {
        self.figures.first().map_or(0, |counted| counted.known)
    }

    /// A sentence about each figure, after a lead such as `based on`; `fresh` is said of the catalog.
    pub(crate) fn sentences(
        &self,
        lead: &str,
        matches: Matches,
        fresh: &dyn fmt::Display,
    ) -> Vec<String> {
        if matches.matched == 0 {
            return Vec::new();
        }
        let of = |counted: &Counted| {
            let (share, whose) = (matches.share(counted.known), counted.whose());
            let mut text = format!("{lead} {share}{whose}{fresh}");
            if counted.known < matches.matched {
                let mut lacking = vec![counted.column.in_sentence()];
                lacking.extend(self.lacking.iter().cloned());
                let unknown = match counted.estimated {
                    0 => "unknown",
                    _ => "neither known nor estimated",
                };
                let see = counted.column.see_also();
                // Writing to a text cannot fail.
                let _ = write!(text, "; {} {unknown} for the rest{see}", are(&lacking));
            }
            text
        };
        let mut sentences: Vec<String> = self.figures.iter().map(of).collect();
        if self.is_mixed() {
            sentences.push(
                "models with different sample units are mixed; filter with --where \
                 samples_unit=images"
                    .to_owned(),
            );
        }
        sentences
    }

    fn is_mixed(&self) -> bool {
        let mut figures = self.figures.iter();
        figures.any(|counted| counted.units == Units::Several)
    }
}

impl Counted {
    /// How many of the figures the makers do not state; empty if there are none.
    fn whose(&self) -> String {
        let text = |count: usize, what: &str| match grouped(count as f64) {
            _ if count == 0 => None,
            count => Some(format!("{count} {what}")),
        };
        let figures = if self.third_party == 1 {
            "figure"
        } else {
            "figures"
        };
        let by_others = text(self.third_party, figures).map(|figures| {
            let speculative = text(self.speculative, "of them speculative");
            let speculative = speculative.map_or(String::new(), |count| format!(", {count}"));
            format!("{figures} by third parties{speculative}")
        });
        let (derived, estimated) = (
            text(self.derived, "derived"),
            text(self.estimated, "estimated"),
        );
        let parts = [by_others, derived, estimated].into_iter().flatten();
        match parts.collect::<Vec<_>>().join("; ").as_str() {
            "" => String::new(),
            parts => format!(" ({parts})"),
        }
    }
}

impl Matches {
    pub(crate) fn merge(&mut self, later: Matches) {
        self.matched += later.matched;
        self.undecided += later.undecided;
        self.scanned += later.scanned;
    }

    /// A sentence about the models that may match, for all that is known.
    pub(crate) fn may_match(self, condition: &Condition) -> Option<String> {
        let figures = condition.figures().into_iter();
        let names: Vec<String> = figures
            .map(|own| own.in_sentence() + &own.see_also())
            .collect();
        let count = grouped(self.undecided as f64);
        let more = match (self.matched, self.undecided) {
            (0, 1) => "model",
            (0, _) => "models",
            _ => "more",
        };
        (self.undecided > 0).then(|| format!("{count} {more} may match: {} unknown", are(&names)))
    }

    fn share(self, known: usize) -> String {
        let that = match self.matched < self.scanned {
            true => " that match",
            false => "",
        };
        let matched = grouped(self.matched as f64);
        match known == self.matched && known > 1 {
            true => format!("all {matched} models{that}"),
            false => format!("{} of {matched} models{that}", grouped(known as f64)),
        }
    }
}

impl Units {
    /// Notes the unit of a model's figure in a column, if its models may have different ones.
    pub(crate) fn note(&mut self, column: ColumnRef, model: &Model<'_>) {
        if let (true, Some(samples)) = (column.has_units(), &model.samples) {
            self.add(&samples.unit);
        }
    }

    fn add(&mut self, unit: &str) {
        match self {
            Units::None => *self = Units::One(unit.to_owned()),
            Units::One(one) if one == unit => {}
            Units::One(_) | Units::Several => *self = Units::Several,
        }
    }
}

impl Merge for Units {
    fn merge(&mut self, later: Units) {
        match later {
            Units::None => {}
            Units::One(unit) => self.add(&unit),
            Units::Several => *self = later,
        }
    }
}

impl Merge for Evidence {
    fn merge(&mut self, later: Evidence) {
        self.lacking.extend(later.lacking);
        for (own, later) in self.figures.iter_mut().zip(later.figures) {
            own.known += later.known;
            own.third_party += later.third_party;
            own.speculative += later.speculative;
            own.derived += later.derived;
            own.estimated += later.estimated;
            own.units.merge(later.units);
        }
    }
}

/// `a, b or c is`, or `are` if the first is a plural.
fn are(names: &[String]) -> String {
    let is_plural = names.first().is_some_and(|name| name.ends_with('s'));
    let verb = if is_plural { "are" } else { "is" };
    match names.split_last() {
        Some((last, rest @ [_, ..])) => format!("{} or {last} {verb}", rest.join(", ")),
        _ => format!("{} {verb}", names.concat()),
    }
}

/// The notes on those figures of the models.
pub(crate) fn notes<'m>(
    models: impl IntoIterator<Item = &'m Model<'m>>,
    figures: Keys,
) -> Vec<FigureNote> {
    let is_figure = |key: &&Text<'_>| Key::named(key).is_some_and(|key| figures.has(key));
    let notes = models.into_iter().flat_map(|model| {
        model.notes.iter().map(move |note| {
            let keys: Vec<_> = note.keys.iter().filter(is_figure).collect();
            let column = |key: &&Text<'_>| Some(schema::columns_of(key).first()?.in_sentence());
            let titles: Vec<String> = keys.iter().filter_map(column).collect();
            let figure = |key: &&Text<'_>| format!("{}.{key}", model.id);
            FigureNote {
                figures: keys.iter().map(figure).collect(),
                name: format!("{}: {}", model.name, titles.join(", ")),
                text: note.words(),
            }
        })
    });
    notes.filter(|note| !note.figures.is_empty()).collect()
}
