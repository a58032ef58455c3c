//! Observations of a figure over time, which `frontier` ranks and `trend` fits.

use crate::analysis::frontier::Ranked;
use crate::catalog::Catalog;
use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::RawRecord;
use crate::catalog::record_reader::RecordReader;
use crate::error::Error;
use crate::model::column::ColumnRef;
use crate::model::derived::{DerivedField, is_of_part};
use crate::model::month::{Month, Point};
use crate::model::provenance::Mark;
use crate::model::value::Value;
use crate::model::{Access, Key, Keys, Model, SourceKind, schema};
use crate::query::evidence::Evidence;
use crate::query::{Answer, Query};
use crate::text::by_letters;

/// Whether weights are open.
pub(crate) const ACCESS: ColumnRef = schema::column("access");

/// A figure of a model, by its month and access.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Observation {
    pub point: Point,
    pub access: Option<Access>,
    /// Whether the figure is not stated, but implied by others.
    pub is_estimate: bool,
    /// Whether others than the makers state it.
    pub is_by_others: bool,
    /// The model, the figure and its source, for a page.
    pub tooltip: Option<Box<str>>,
}

/// The figure that is observed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    pub by: ColumnRef,
    /// What is used where it is not stated.
    pub estimate: Option<ColumnRef>,
    /// What else must be known.
    pub required: Option<ColumnRef>,
    /// Whether observations have tooltips.
    pub has_tooltips: bool,
}

impl Measure {
    /// # Errors
    /// When the figure has no estimate, and `estimated` asks for one.
    pub(crate) fn new(
        by: ColumnRef,
        estimated: bool,
        required: Option<ColumnRef>,
    ) -> Result<Measure, Error> {
        let estimate = estimated.then(|| estimate_of(by)).transpose()?;
        Ok(Measure {
            by,
            estimate,
            required,
            has_tooltips: false,
        })
    }

    /// Counts and folds the observations of models that match the query. Models have the keys of
    /// the figure, and `keys`: of its marks, where the answer says whose figures it rests on.
    pub(crate) fn observe<G: Merge>(
        self,
        query: &Query,
        (catalog, keys): (&Catalog, Keys),
        initial: G,
        fold: impl Fn(&mut G, &Model<'_>, Option<Observation>, &RawRecord<'_>) + Sync,
    ) -> Result<Answer<(Evidence, G)>, Error> {
        let keys = (catalog, keys.union(self.keys()));
        let initial = (Evidence::of([self.by]), initial);
        query.scan(keys, initial, |(evidence, folded), model, record| {
            let observation = self.observation(evidence, model);
            fold(folded, model, observation, record);
        })
    }

    /// The model's observation, if it counts.
    fn observation(self, evidence: &mut Evidence, model: &Model<'_>) -> Option<Observation> {
        let (value, is_estimate) = self.number(model)?;
        let unknown = self.required.filter(|own| own.value(model).is_missing());
        let month = match (model.announced, unknown) {
            (None, _) => {
                evidence.lacks("date".to_owned());
                return None;
            }
            (_, Some(unknown)) => {
                evidence.lacks(unknown.in_sentence());
                return None;
            }
            (Some(month), None) => month,
        };
        evidence.note(model, |_| true);
        let kind = self.by.figure.map(|key| model.kind_of(key));
        Some(Observation {
            point: Point { month, value },
            access: model.access,
            is_estimate: is_estimate || self.by.needs.intersects(Keys::of(&[Key::derived])),
            is_by_others: !is_estimate && kind.is_some_and(|kind| kind != SourceKind::Stated),
            tooltip: self.has_tooltips.then(|| self.tooltip(model, month).into()),
        })
    }

    /// Reads the models that an answer names, with their marks and notes.
    pub(crate) fn reader(self, catalog: &Catalog) -> Result<RecordReader<'_>, Error> {
        let shown = Keys::of(&[
            Key::id,
            Key::name,
            Key::notes,
            Key::sources,
            Key::paper,
            Key::links,
        ]);
        catalog.reader(self.keys().union(shown))
    }

    /// The keys of a model that its observation reads.
    pub(crate) fn keys(self) -> Keys {
        let mut own = Keys::of(&[Key::announced, Key::access]);
        if self.has_tooltips {
            own = own.union(Keys::of(&[Key::name, Key::sources, Key::paper]));
        }
        let columns = self.figures().chain(self.required);
        columns.map(|column| column.needs).fold(own, Keys::union)
    }

    /// A model in a line: its name, its figure, and where that is from.
    fn tooltip(self, model: &Model<'_>, month: Month) -> String {
        let (text, source) = (self.to_text(model), source_of(self.by, model));
        format!("{}, {month}: {text}{source}", model.name)
    }

    /// The figure and its estimate.
    pub(crate) fn figures(self) -> impl Iterator<Item = ColumnRef> {
        [self.by].into_iter().chain(self.estimate)
    }

    /// What is stated, else estimated, and whether it is estimated; of several figures the largest.
    fn number(self, model: &Model<'_>) -> Option<(f64, bool)> {
        let values = self.figures().map(|column| column.value(model));
        let (place, value) = values.enumerate().find(|(_, value)| !value.is_missing())?;
        if place > 0 && is_of_part(self.by.figure, model) {
            return None;
        }
        // What is not positive has no logarithm.
        let number = value.scale().filter(|number| *number > 0.0);
        number.map(|number| (number, place > 0))
    }

    /// What is stated; people see the largest of several figures, and the estimate where none is
    /// stated.
    pub(crate) fn value<'m>(self, model: &'m Model<'m>) -> Value<'m> {
        let stated = self.by.marked(model);
        let shown = match (stated.unmarked(), self.estimate) {
            (Value::Numbers([_, _, ..]), _) => self.by.mark(stated.scale().into(), model),
            (Value::Missing, Some(estimate)) => estimate.marked(model),
            _ => return stated,
        };
        let text = shown.unmarked().human(self.by.heading.kind);
        Value::Marked(shown.marks(), Box::new(Value::shown(text, stated)))
    }

    /// The same as people read it in a sentence: with its unit, and its marks in words.
    pub(crate) fn to_text(self, model: &Model<'_>) -> String {
        let (value, unit) = (self.value(model), self.by.unit().name());
        let marks = value.marks();
        let words = [
            (Mark::Speculative, "speculative"),
            (Mark::ThirdParty, "third-party"),
            (Mark::Derived, "derived"),
        ];
        let doubt = words.iter().find(|(mark, _)| marks.has(*mark));
        let doubt = doubt.map_or(String::new(), |(_, word)| format!(" ({word})"));
        let text = value.unmarked().human(self.by.heading.kind);
        format!("{}{doubt}", format!("{text} {unit}").trim())
    }
}

/// The models that first had the largest figure.
pub(crate) struct Holder<'m> {
    pub point: Point,
    /// The first of them by name.
    pub model: Model<'m>,
    /// The others.
    pub tied: Vec<Model<'m>>,
}

impl<'m> Holder<'m> {
    /// Those of all records in the order of time.
    pub(crate) fn all<'r, T>(
        ranked: &'r [Ranked<T>],
        read: impl Fn(&'r T) -> Result<Model<'m>, Error>,
    ) -> Result<Vec<Holder<'m>>, Error> {
        let first: Vec<&'r Ranked<T>> = ranked.iter().filter(|own| own.rank == 1).collect();
        let mut holders = Vec::new();
        for tied in first.chunk_by(|one, other| one.point == other.point) {
            let models = tied.iter().map(|own| read(&own.item));
            let mut models = models.collect::<Result<Vec<_>, Error>>()?;
            models.sort_by(|a, b| by_letters(&a.name, &b.name));
            holders.push(Holder {
                point: tied[0].point,
                model: models.remove(0),
                tied: models,
            });
        }
        Ok(holders)
    }
}

/// Where a model's figure is from, after a semicolon: a figure of the list, from the paper there.
pub(crate) fn source_of(column: ColumnRef, model: &Model<'_>) -> String {
    let Some(key) = column.figure else {
        return String::new();
    };
    let cited = model.citation(key).map(|(_, url)| url);
    let paper = || model.paper.as_ref()?.url.as_deref();
    cited
        .or_else(paper)
        .map_or(String::new(), |url| format!("; {url}"))
}

/// The column of the estimate of a figure.
fn estimate_of(by: ColumnRef) -> Result<ColumnRef, Error> {
    let key = by.heading.key;
    let mut fields = DerivedField::ALL.into_iter();
    if let Some(estimate) = fields.find(|field| field.stated() == Some(key)) {
        return schema::parse_column(estimate.key()).map_err(Error::Misuse);
    }
    let keys: Vec<&str> = DerivedField::ALL
        .into_iter()
        .filter_map(DerivedField::stated)
        .collect();
    let keys = match keys.split_last() {
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    };
    Err(Error::Misuse(format!(
        "`{key}` has no estimate; `--estimated` works with {keys}"
    )))
}

/// The lead of a sentence about how many models compete to be among the `top` largest, `of` each
/// group or of all.
pub(crate) fn top_lead(top: u16, of: &str) -> String {
    match top {
        1 => format!("the largest{of} at any time, among"),
        top => format!("the {top} largest{of} at any time, among"),
    }
}

/// The number of `--top`.
pub(crate) fn parse_top(text: &str) -> Result<u16, String> {
    let top = text.trim().parse().ok();
    top.filter(|top| (1..=1000).contains(top))
        .ok_or_else(|| "expected a number from 1 to 1000".to_owned())
}
