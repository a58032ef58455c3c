//! An explanation: where a figure of a model comes from, and what others say of it.

use crate::catalog::Said;
use crate::model::chip::Chip;
use crate::model::column::ColumnRef;
use crate::model::columns::{self, COLUMNS};
use crate::model::derivation::{Input, Origin};
use crate::model::estimate::Estimate;
use crate::model::listed;
use crate::model::physics::Assumption;
use crate::model::value::{Kind, Value};
use crate::model::way::Way;
use crate::model::{Key, Map, Model, Note, Source, SourceKind};
use serde::Serialize;

/// Where a figure comes from.
#[derive(Debug, Serialize)]
pub(crate) struct Explanation<'m> {
    /// The model's id.
    pub model: &'m str,
    /// The figure's key.
    pub key: &'static str,
    /// The figure as every command has it.
    pub value: Value<'m>,
    /// What it counts.
    pub unit: Option<&'static str>,
    /// Which catalog of one's own has it, and where; none if the built-in one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<String>,
    /// What the list prints; none if it has no such entry.
    pub listed: Option<Print>,
    /// Who states the figure: `listed`, `stated`, `third-party` or `derived`.
    pub kind: Option<&'static str>,
    /// The paper that the list links, where a listed figure comes from it.
    pub paper: Option<&'m str>,
    /// What stands in place of the listed figure.
    pub correction: Option<Corrected<'m>>,
    /// Who says what the list does not.
    pub sources: Vec<&'m Source<'m>>,
    /// What a reader of the figure and of what it is derived from must know.
    pub notes: Vec<&'m Note<'m>>,
    /// The ways to work the figure out from others.
    pub derivations: Vec<Way>,
    /// Whose figure it is.
    #[serde(skip)]
    pub of: &'m Model<'m>,
    /// Its column.
    #[serde(skip)]
    pub column: ColumnRef,
    /// What catalogs other than the built-in one say of the model.
    #[serde(skip)]
    said: &'m [Said],
}

/// What the list prints of a figure.
#[derive(Debug, Serialize)]
pub(crate) struct Print {
    /// The line of the entry.
    pub line: Option<u64>,
    /// The texts that speak of the figure, under the list's own keys.
    pub texts: Map,
    /// The same where the list has the entry twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Box<Print>>,
}

/// A figure before and after its correction.
#[derive(Debug, Serialize)]
pub(crate) struct Corrected<'m> {
    /// As listed.
    pub listed: Value<'m>,
    /// As it is right; missing where the listed one is withdrawn.
    pub value: Value<'m>,
    /// What is wrong.
    pub why: &'m str,
    /// Who says so.
    pub source: &'m str,
    /// How near to the makers the source is; the makers where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<SourceKind>,
}

impl<'m> Explanation<'m> {
    /// Explains a model's figure.
    pub(crate) fn of(
        model: &'m Model<'m>,
        column: ColumnRef,
        chips: &[Chip<'_>],
    ) -> Explanation<'m> {
        let before = model.uncorrected.as_deref().unwrap_or(model);
        let is_own = |key: &str| Key::named(key).is_some_and(|key| column.needs.has(key));
        let is_stated = estimate(column).is_none();
        // Where one key is corrected twice, the last value stands.
        let correction = model.corrections.iter().rfind(|c| is_own(&c.key));
        let sources = model.sources.iter();
        let sources = sources.filter(|source| source.keys.iter().any(|key| is_own(key)));
        let sources: Vec<&Source<'_>> = sources.filter(|_| is_stated).collect();
        let correction = correction.filter(|_| is_stated);
        let derivations: Vec<Way> = ways(column)
            .map(|estimate| Way::of(estimate, model, chips))
            .collect();
        let is_input = |key: &str| derivations.iter().any(|way| way.takes(key));
        let is_about = |key: &str| is_stated && is_own(key) || is_input(key);
        let notes = model.notes.iter();
        let notes = notes.filter(|note| note.keys.iter().any(|key| is_about(key)));
        let listed = Print::of(&model.listed, listed::texts_of(column.heading.key));
        let is_printed = listed.as_ref().is_some_and(|print| !print.texts.is_empty());
        let is_listed = is_printed && correction.is_none() && sources.is_empty();
        let value = (column.read)(model);
        let figure = column.figure().filter(|_| !value.is_missing());
        let kind = figure.map(|key| match is_listed {
            true => "listed",
            false => model.kind_of(key).word(),
        });
        let of_paper = figure.filter(|key| is_listed && listed::is_of_paper(*key));
        let paper = model.paper.as_ref().filter(|_| of_paper.is_some());
        Explanation {
            model: &model.id,
            key: column.heading.key,
            value,
            unit: column.heading.kind.unit(),
            own: None,
            listed,
            kind,
            paper: paper.and_then(|paper| paper.url.as_deref()),
            correction: correction.map(|correction| Corrected {
                listed: (column.read)(before),
                value: (column.read)(model),
                why: &correction.why,
                source: &correction.source,
                kind: correction.kind,
            }),
            sources,
            notes: notes.collect(),
            derivations,
            of: model,
            column,
            said: &[],
        }
    }

    /// With where a catalog of one's own has it, if one does: the last that speaks of it.
    #[must_use]
    pub(crate) fn said(mut self, said: &'m [Said]) -> Explanation<'m> {
        self.said = said;
        let speaks = |said: &&Said| said.keys.meets(self.column.needs);
        let last = said
            .iter()
            .rfind(speaks)
            .filter(|_| estimate(self.column).is_none());
        self.own = last.map(|said| said.place.clone());
        if self.own.is_some() && self.kind == Some("listed") {
            (self.kind, self.paper) = (None, None);
        }
        self
    }

    /// The notes about the figure itself, not about what it is derived from.
    pub(crate) fn own_notes(&self) -> impl Iterator<Item = &'m Note<'m>> {
        let needs = self.column.needs;
        let is_own = move |key: &str| Key::named(key).is_some_and(|key| needs.has(key));
        let notes = self.notes.iter().copied();
        notes.filter(move |note| note.keys.iter().any(|key| is_own(key)))
    }

    /// Explains every figure that a model has or could have.
    pub(crate) fn all(model: &'m Model<'m>, chips: &[Chip<'_>]) -> Vec<Explanation<'m>> {
        // An estimate of what can be stated is told beside the statement.
        let alone = COLUMNS.iter().filter(|column| match estimate(column) {
            Some(estimate) => COLUMNS.iter().all(|other| !is_way(estimate, other)),
            None => true,
        });
        let explained = alone.map(|column| Explanation::of(model, column, chips));
        explained.filter(Explanation::is_worth_a_word).collect()
    }

    /// Whether it is a figure or a correction, and anything is known of it.
    fn is_worth_a_word(&self) -> bool {
        let is_figure = matches!(self.column.heading.kind, Kind::Quantity(_))
            || ["hardware", "epochs"].contains(&self.key);
        let derived = self.derivations.iter().any(|way| way.outcome.is_ok());
        let known = !self.value.is_missing() || derived || self.correction.is_some();
        // A corrected month is told once, not as its year too.
        let corrections = self.of.corrections.iter();
        let mut corrected = corrections.flat_map(|correction| columns::of(&correction.key));
        let is_corrected = corrected.any(|column| column == self.column);
        (is_figure && known) || (is_corrected && self.column.is_corrected(self.of))
    }

    /// Where an input comes from, in words.
    pub(crate) fn origin(&self, input: &Input) -> String {
        let key = match &input.origin {
            Origin::Chip(name) => return format!("{name} in `ahm chips`"),
            Origin::Assumed(source) => {
                let spread = Assumption::named(input.name).map(|assumed| assumed.value);
                let spread = spread.map_or_else(String::new, |spread| {
                    let (low, high) = (input.unit.human(spread.low), input.unit.human(spread.high));
                    format!(", from {low} to {high}")
                });
                return format!("assumed{spread}; {source}");
            }
            Origin::Key(key) => key,
        };
        let Some(column) = COLUMNS.iter().find(|column| column.heading.key == *key) else {
            return (*key).to_owned();
        };
        let told = Explanation::of(self.of, column, &[]).said(self.said);
        match told.sources.first() {
            _ if estimate(column).is_some() => format!("{key}, worked out"),
            _ if told.value.is_missing() => format!("{key}: not stated, so 1 is taken"),
            _ if told.correction.is_some() => format!("{key}, corrected"),
            Some(source) => format!("{key}, {}", source.url),
            None => match told.own {
                Some(place) => format!("{key}, {place}"),
                None if told.listed.is_some() => format!("{key}, as listed"),
                None => (*key).to_owned(),
            },
        }
    }
}

impl Print {
    fn of(listed: &Map, keys: &[&str]) -> Option<Print> {
        let is_of = |(key, _): &(&String, _)| keys.contains(&key.as_str());
        let texts = listed.iter().filter(is_of);
        let again = listed.get("again").and_then(serde_json::Value::as_object);
        (!listed.is_empty()).then(|| Print {
            line: listed.get("line").and_then(serde_json::Value::as_u64),
            texts: texts
                .map(|(key, text)| (key.clone(), text.clone()))
                .collect(),
            again: again.and_then(|again| Print::of(again, keys)).map(Box::new),
        })
    }
}

/// The estimate that a column holds, if it holds one.
pub(crate) fn estimate(column: ColumnRef) -> Option<Estimate> {
    let mut all = Estimate::ALL.into_iter();
    all.find(|estimate| estimate.key() == column.heading.key)
}

fn ways(column: ColumnRef) -> impl Iterator<Item = Estimate> {
    let all = Estimate::ALL.into_iter();
    all.filter(move |&estimate| estimate.key() == column.heading.key || is_way(estimate, column))
}

/// Whether an estimate is of what a column states.
fn is_way(estimate: Estimate, column: ColumnRef) -> bool {
    let stated = match estimate {
        // Hardware is stated as chips and days, which chip-hours sum up.
        Estimate::ChipHours => Some("hardware"),
        estimate => estimate.stated(),
    };
    stated == Some(column.heading.key)
}
