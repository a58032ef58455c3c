//! An explanation: where a figure of a model comes from, and what others say of it.

use serde::Serialize;

use crate::catalog::Said;
use crate::chip::Chip;
use crate::column::ColumnRef;
use crate::columns::{self, COLUMNS};
use crate::derivation::{Input, Origin};
use crate::estimate::Estimate;
use crate::model::{Key, Map, Model, Source};
use crate::physics::Assumption;
use crate::value::{Kind, Value};
use crate::way::Way;

/// Where a figure comes from.
#[derive(Debug, Serialize)]
pub struct Explanation<'m> {
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
    /// What stands in place of the listed figure.
    pub correction: Option<Corrected<'m>>,
    /// Who says what the list does not.
    pub sources: Vec<&'m Source<'m>>,
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
pub struct Print {
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
pub struct Corrected<'m> {
    /// As listed.
    pub listed: Value<'m>,
    /// As it is right; missing where the listed one is withdrawn.
    pub value: Value<'m>,
    /// What is wrong.
    pub why: &'m str,
    /// Who says so.
    pub source: &'m str,
}

impl<'m> Explanation<'m> {
    /// Explains a model's figure.
    pub fn of(model: &'m Model<'m>, column: ColumnRef, chips: &[Chip<'_>]) -> Explanation<'m> {
        let before = model.uncorrected.as_deref().unwrap_or(model);
        let is_own = |key: &str| Key::named(key).is_some_and(|key| column.needs.has(key));
        let is_stated = estimate(column).is_none();
        // Where one key is corrected twice, the last value stands.
        let correction = model.corrections.iter().rfind(|c| is_own(&c.key));
        let sources = model.sources.iter();
        let sources = sources.filter(|source| source.keys.iter().any(|key| is_own(key)));
        Explanation {
            model: &model.id,
            key: column.heading.key,
            value: (column.read)(model),
            unit: column.heading.kind.unit(),
            own: None,
            listed: Print::of(&model.listed, listed_under(column.heading.key)),
            correction: correction
                .filter(|_| is_stated)
                .map(|correction| Corrected {
                    listed: (column.read)(before),
                    value: (column.read)(model),
                    why: &correction.why,
                    source: &correction.source,
                }),
            sources: sources.filter(|_| is_stated).collect(),
            derivations: ways(column)
                .map(|estimate| Way::of(estimate, model, chips))
                .collect(),
            of: model,
            column,
            said: &[],
        }
    }

    /// With where a catalog of one's own has it, if one does: the last that speaks of it.
    #[must_use]
    pub fn said(mut self, said: &'m [Said]) -> Explanation<'m> {
        self.said = said;
        let speaks = |said: &&Said| said.keys.meets(self.column.needs);
        let last = said
            .iter()
            .rfind(speaks)
            .filter(|_| estimate(self.column).is_none());
        self.own = last.map(|said| said.place.clone());
        self
    }

    /// Explains every figure that a model has or could have.
    pub fn all(model: &'m Model<'m>, chips: &[Chip<'_>]) -> Vec<Explanation<'m>> {
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
    pub fn origin(&self, input: &Input) -> String {
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
pub fn estimate(column: ColumnRef) -> Option<Estimate> {
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

/// The keys, misspelled ones too, under which the list prints what a column reads.
fn listed_under(key: &str) -> &'static [&'static str] {
    match key {
        "name" => &["name"],
        "organizations" => &["organization"],
        "announced" | "year" => &["date"],
        "access" => &["status"],
        "params" | "active_params" | "embedding_params" | "sizes" => &["Params"],
        "tokens" | "epochs" | "samples_count" | "samples_unit" | "data_bytes" | "dataset"
        | "languages" => &["Training Data"],
        "compute_flop" => &["Training petaFLOPs"],
        "hardware" => &["Training Time", "Training Cost"],
        "cost_usd" => &["Training Cost"],
        "energy_mwh" => &["Training Power Consumption"],
        "fields" => &["Field"],
        "architecture" => &["Architecture", "Achitecture", "Architecutre"],
        "objective" => &["Objective", "Obective"],
        "training_framework" => &["Training Framework"],
        "paper_title" => &["title"],
        "venue" => &["venue"],
        _ => &[],
    }
}
