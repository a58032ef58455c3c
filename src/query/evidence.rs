//! Remarks on an answer: on how many models it rests, and which figures have notes.

use crate::catalog::parallel::Merge;
use crate::model::Keys;
use crate::model::column::ColumnRef;
use crate::model::figure::grouped;
use crate::model::{Key, Model};
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// How many models have the figures that an answer ranks or fits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    figures: Vec<Counted>,
    /// What else has to be known, and how many models with the figure lack it.
    lacking: BTreeMap<String, usize>,
}

/// A figure and how many models have it.
#[derive(Debug, Clone)]
struct Counted {
    column: ColumnRef,
    known: usize,
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
            units: Units::None,
        };
        Evidence {
            figures: columns.into_iter().map(counted).collect(),
            lacking: BTreeMap::new(),
        }
    }

    /// Counts a model for each of the figures that it has.
    pub(crate) fn note(&mut self, model: &Model<'_>, has: impl Fn(ColumnRef) -> bool) {
        for counted in &mut self.figures {
            if has(counted.column) {
                counted.known += 1;
                counted.units.note(counted.column, model);
            }
        }
    }

    /// Says that a model does not count because something else is unknown.
    pub(crate) fn lacks(&mut self, what: String) {
        *self.lacking.entry(what).or_default() += 1;
    }

    /// How many models do not count because of it.
    pub(crate) fn lacking(&self, what: &str) -> usize {
        self.lacking.get(what).copied().unwrap_or(0)
    }

    /// Among how many models of how many the first figure is known: `45 of 392 models`.
    pub(crate) fn models(&self, matches: Matches) -> String {
        let known = self.figures.first().map_or(0, |counted| counted.known);
        matches.share(known)
    }

    /// A sentence about each figure, after a lead such as `based on`; `even` is said of figures
    /// that estimates complete, and `fresh` of the catalog.
    pub(crate) fn sentences(
        &self,
        (lead, even): (&str, &str),
        matches: Matches,
        fresh: &dyn fmt::Display,
    ) -> Vec<String> {
        if matches.matched == 0 {
            return Vec::new();
        }
        let of = |counted: &Counted| {
            let mut text = format!("{lead} {}{fresh}", matches.share(counted.known));
            if counted.known < matches.matched {
                let name = counted.column.in_sentence();
                let mut lacking = vec![format!("{name}{even}")];
                lacking.extend(self.lacking.keys().cloned());
                let verb = match name.ends_with('s') {
                    true => "are",
                    false => "is",
                };
                let see = counted.column.see_also();
                // Writing to a text cannot fail.
                let _ = write!(text, "; {} {verb} unknown for the rest{see}", or(&lacking));
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

impl Matches {
    pub(crate) fn merge(&mut self, later: Matches) {
        self.matched += later.matched;
        self.undecided += later.undecided;
        self.scanned += later.scanned;
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
        for (what, count) in later.lacking {
            *self.lacking.entry(what).or_default() += count;
        }
        for (own, later) in self.figures.iter_mut().zip(later.figures) {
            own.known += later.known;
            own.units.merge(later.units);
        }
    }
}

/// `a, b or c`.
fn or(words: &[String]) -> String {
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// How many figures a remark names.
const NAMED: usize = 6;

/// A remark that names those of the models' figures that have notes; none where none has.
pub(crate) fn remark<'m>(
    models: impl IntoIterator<Item = &'m Model<'m>>,
    figures: Keys,
) -> Option<String> {
    let mut named: Vec<String> = Vec::new();
    for model in models {
        let keys = model.notes.iter().flat_map(|note| &note.keys);
        let is_figure = |key: &str| Key::named(key).is_some_and(|key| figures.has(key));
        for key in keys.filter(|key| is_figure(key)) {
            let figure = format!("{}.{key}", model.id);
            if !named.contains(&figure) {
                named.push(figure);
            }
        }
    }
    let more = match named.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    named.truncate(NAMED);
    let named = (!named.is_empty()).then(|| named.join(", "));
    named.map(|named| format!("notes on {named}{more}: see `ahm explain`"))
}
