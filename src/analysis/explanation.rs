//! Where a figure comes from: the list, a correction, sources, and derivations from other figures.

use crate::catalog::record_reader::ExternalRecord;
use crate::model::column::ColumnRef;
use crate::model::derived::{Derivation, DerivedField};
use crate::model::hardware::Chip;
use crate::model::input::{Input, Origin};
use crate::model::physics::Interval;
use crate::model::schema::{self, COLUMNS};
use crate::model::value::{Kind, Value};
use crate::model::{Key, Map, Model, Note, Source, SourceKind, provenance};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// Where a figure of a model comes from; serialized, it is the answer in JSON.
#[derive(Debug, Serialize)]
pub(crate) struct Explanation<'m> {
    #[serde(rename = "model")]
    id: &'m str,
    pub key: &'static str,
    /// The figure as every command shows it.
    pub value: Value<'m>,
    unit: Option<&'static str>,
    /// The last catalog that states it, other than the built-in one, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<String>,
    pub listed: Option<ListedEntry>,
    /// Who states the figure: `listed`, `stated`, `third-party` or `derived`.
    pub kind: Option<&'static str>,
    /// The paper that the list links, where a listed figure comes from it.
    pub paper: Option<&'m str>,
    pub correction: Option<CorrectedFigure<'m>>,
    pub sources: Vec<&'m Source<'m>>,
    /// Notes about the figure and about the inputs of its derivations.
    pub notes: Vec<&'m Note<'m>>,
    pub derivations: Vec<DerivedFigure>,
    #[serde(skip)]
    pub model: &'m Model<'m>,
    #[serde(skip)]
    pub column: ColumnRef,
    #[serde(skip)]
    external: &'m [ExternalRecord],
}

/// A derived figure against the stated one, or why it cannot be derived.
#[derive(Debug)]
pub(crate) struct DerivedFigure {
    pub field: DerivedField,
    pub outcome: Result<Derivation, String>,
    pub stated: Option<f64>,
    /// What the stated figure is: `corrected`, or the kind of its source.
    pub kind: &'static str,
}

/// What the original list prints about a figure.
#[derive(Debug, Serialize)]
pub(crate) struct ListedEntry {
    pub line: Option<u64>,
    /// The texts about the figure, under the list's own keys.
    pub texts: Map,
    /// The second entry, where the list has two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Box<ListedEntry>>,
}

/// A figure before and after its correction.
#[derive(Debug, Serialize)]
pub(crate) struct CorrectedFigure<'m> {
    pub listed: Value<'m>,
    /// Missing where the listed figure is withdrawn.
    value: Value<'m>,
    pub why: &'m str,
    pub source: &'m str,
    /// The kind of the source; the makers if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<SourceKind>,
}

impl<'m> Explanation<'m> {
    /// Explains a figure of a model; `external` are the model's records in other catalogs.
    pub(crate) fn of(
        model: &'m Model<'m>,
        column: ColumnRef,
        chips: &[Chip<'_>],
        external: &'m [ExternalRecord],
    ) -> Explanation<'m> {
        let is_stated = estimate(column).is_none();
        let is_own = |key: &str| is_stated && reads(column, key);
        let sources = model.sources.iter();
        let sources = sources.filter(|source| source.keys.iter().any(|key| is_own(key)));
        let sources: Vec<&Source<'_>> = sources.collect();
        // If a key is corrected twice, the last correction applies.
        let correction = model.corrections.iter().rfind(|c| is_own(&c.key));
        let derivations = DerivedField::ALL
            .into_iter()
            .filter(|&field| field.key() == column.heading.key || states(column, field));
        let derivations = derivations.map(|field| DerivedFigure::of(field, model, chips));
        let derivations: Vec<DerivedFigure> = derivations.collect();
        let is_input = |key: &str| derivations.iter().any(|derived| derived.takes(key));
        let notes = model.notes.iter().filter(|note| {
            let mut keys = note.keys.iter();
            keys.any(|key| is_own(key) || is_input(key))
        });
        let notes = notes.collect();
        let listed = ListedEntry::of(&model.listed, column.listed);
        let own = external
            .iter()
            .rfind(|record| record.keys.intersects(column.needs));
        let own = own.filter(|_| is_stated).map(|record| record.place.clone());
        let is_printed = listed.as_ref().is_some_and(|entry| !entry.texts.is_empty());
        let is_listed = is_printed && correction.is_none() && sources.is_empty();
        let value = column.value(model);
        let figure = column.figure.filter(|_| !value.is_missing());
        let kind = match figure {
            Some(_) if is_listed => own.is_none().then_some("listed"),
            figure => figure.map(|key| model.kind_of(key).word()),
        };
        let is_of_paper = kind == Some("listed") && figure.is_some_and(provenance::is_of_paper);
        let paper = model.paper.as_ref().filter(|_| is_of_paper);
        let before = model.uncorrected.as_deref().unwrap_or(model);
        Explanation {
            id: &model.id,
            key: column.heading.key,
            correction: correction.map(|correction| CorrectedFigure {
                listed: column.value(before),
                value: value.clone(),
                why: &correction.why,
                source: &correction.source,
                kind: correction.kind,
            }),
            value,
            unit: column.heading.kind.unit(),
            own,
            listed,
            kind,
            paper: paper.and_then(|paper| paper.url.as_deref()),
            sources,
            notes,
            derivations,
            model,
            column,
            external,
        }
    }

    /// Explains every figure that a model has or could have.
    pub(crate) fn all(
        model: &'m Model<'m>,
        chips: &[Chip<'_>],
        external: &'m [ExternalRecord],
    ) -> Vec<Explanation<'m>> {
        // An estimate of a figure that can be stated is shown with that figure.
        let columns = COLUMNS.iter().filter(|column| {
            estimate(column).is_none_or(|estimate| COLUMNS.iter().all(|c| !states(c, estimate)))
        });
        let explained = columns.map(|column| Explanation::of(model, column, chips, external));
        explained.filter(Explanation::is_informative).collect()
    }

    /// The notes about the figure itself, not about the inputs of its derivations.
    pub(crate) fn own_notes(&self) -> impl Iterator<Item = &'m Note<'m>> {
        let (column, notes) = (self.column, self.notes.iter().copied());
        notes.filter(move |note| note.keys.iter().any(|key| reads(column, key)))
    }

    fn is_informative(&self) -> bool {
        let is_figure = matches!(self.column.heading.kind, Kind::Quantity(_))
            || ["hardware", "epochs"].contains(&self.key);
        let mut outcomes = self.derivations.iter().map(|derived| &derived.outcome);
        let is_derived = outcomes.any(Result::is_ok);
        let is_known = !self.value.is_missing() || is_derived || self.correction.is_some();
        // A corrected month is not repeated as its year.
        let corrections = self.model.corrections.iter();
        let mut corrected = corrections.flat_map(|correction| schema::columns_of(&correction.key));
        let is_corrected = corrected.any(|column| column == self.column);
        (is_figure && is_known) || (is_corrected && self.column.is_corrected(self.model))
    }

    /// Where an input of a derivation comes from, in words.
    pub(crate) fn origin(&self, input: &Input) -> String {
        let key = match &input.origin {
            Origin::Key(key) => *key,
            Origin::Chip(name) => {
                let source = input.source.as_ref().map(|source| format!("; {source}"));
                return format!("{name} in `ahm chips`{}", source.unwrap_or_default());
            }
            Origin::Assumed(source) => {
                let Interval { low, high, .. } = input.value;
                let [low, high] = [low, high].map(|bound| input.unit.human(bound));
                return format!("assumed, from {low} to {high}; {source}");
            }
            Origin::Given | Origin::Derived(_) => return String::new(),
        };
        let Some(column) = column(key) else {
            return key.to_owned();
        };
        let explained = Explanation::of(self.model, column, &[], self.external);
        match (explained.sources.first(), explained.own) {
            _ if estimate(column).is_some() => format!("{key}, derived"),
            _ if explained.value.is_missing() => format!("{key}, not stated: 1 is assumed"),
            _ if explained.correction.is_some() => format!("{key}, corrected"),
            // The name of a file says less than the place in it.
            (Some(source), place) if place.is_none() || source.url.contains("://") => {
                format!("{key}, {}", source.url)
            }
            (_, Some(place)) => format!("{key}, {place}"),
            (_, None) if explained.listed.is_some() => format!("{key}, as listed"),
            (_, None) => key.to_owned(),
        }
    }
}

impl DerivedFigure {
    fn of(field: DerivedField, model: &Model<'_>, chips: &[Chip<'_>]) -> DerivedFigure {
        let key = field.stated();
        DerivedFigure {
            field,
            outcome: field.derive(model, chips),
            stated: key.and_then(|key| column(key)?.value(model).number()),
            kind: match key.and_then(Key::named) {
                Some(key) if model.is_corrected(key) => "corrected",
                Some(key) => model.kind_of(key).word(),
                None => SourceKind::Stated.word(),
            },
        }
    }

    /// The derived figure over the stated one.
    pub(crate) fn ratio(&self) -> Option<f64> {
        let ratio = self.outcome.as_ref().ok()?.result.mid / self.stated?;
        ratio.is_finite().then_some(ratio)
    }

    /// Whether a key of the model is an input.
    fn takes(&self, key: &str) -> bool {
        let mut inputs = self.outcome.iter().flat_map(|derived| &derived.inputs);
        inputs.any(|input| matches!(input.origin, Origin::Key(own) if own == key))
    }
}

/// The same keys whether or not it could be derived.
impl Serialize for DerivedFigure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let derivation = self.outcome.as_ref().ok();
        let bounds = derivation.map(|derivation| derivation.result);
        let mut keys = serializer.serialize_struct("DerivedFigure", 8)?;
        keys.serialize_field("key", self.field.key())?;
        keys.serialize_field("formula", &derivation.map(|derivation| derivation.formula))?;
        let inputs = derivation.map_or(&[][..], |derivation| &derivation.inputs);
        keys.serialize_field("inputs", inputs)?;
        keys.serialize_field("low", &bounds.map(|bounds| bounds.low))?;
        keys.serialize_field("mid", &bounds.map(|bounds| bounds.mid))?;
        keys.serialize_field("high", &bounds.map(|bounds| bounds.high))?;
        keys.serialize_field("ratio", &self.ratio())?;
        keys.serialize_field("refusal", &self.outcome.as_ref().err())?;
        keys.end()
    }
}

impl ListedEntry {
    fn of(listed: &Map, keys: &[&str]) -> Option<ListedEntry> {
        let again = listed.get("again").and_then(serde_json::Value::as_object);
        let again = again.and_then(|again| ListedEntry::of(again, keys));
        let mut texts = listed.clone();
        texts.retain(|key, _| keys.contains(&key.as_str()));
        (!listed.is_empty()).then(|| ListedEntry {
            line: listed.get("line").and_then(serde_json::Value::as_u64),
            texts,
            again: again.map(Box::new),
        })
    }
}

fn column(key: &str) -> Option<ColumnRef> {
    COLUMNS.iter().find(|column| column.heading.key == key)
}

/// The derived figure that a column shows, if it shows one.
pub(crate) fn estimate(column: ColumnRef) -> Option<DerivedField> {
    let mut all = DerivedField::ALL.into_iter();
    all.find(|estimate| estimate.key() == column.heading.key)
}

/// Whether a column shows a key of the model.
fn reads(column: ColumnRef, key: &str) -> bool {
    Key::named(key).is_some_and(|key| column.needs.has(key))
}

/// Whether a column states the figure that is derived.
fn states(column: ColumnRef, field: DerivedField) -> bool {
    let stated = match field {
        // Chip-hours are stated as chips and days.
        DerivedField::ChipHours => Some("hardware"),
        field => field.stated(),
    };
    stated == Some(column.heading.key)
}
