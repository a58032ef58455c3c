//! An estimate as a card for people and as rows for machines, with the models most like it.

use crate::analysis::estimate_row::{COUNT, EstimateRow, EstimatedValue, PARAMS, TOKENS, joined};
use crate::analysis::training_run::TrainingRun;
use crate::catalog::Catalog;
use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::RawRecord;
use crate::cli::output_args::HeadingArgs;
use crate::error::Error;
use crate::model::Keys;
use crate::model::column::Heading;
use crate::model::derived::Origin;
use crate::model::figure::exact;
use crate::model::provenance::{Mark, Marks};
use crate::model::unit::{Unit, three};
use crate::model::value::{Kind, Value};
use crate::model::{Key, Model};
use crate::output::{Card, Fact, Format, Output};
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

pub(super) struct EstimateReport<'a> {
    pub model: Option<&'a Model<'a>>,
    /// The chips, in words.
    pub hardware: Option<String>,
    pub run: TrainingRun,
    pub similar: Vec<SimilarModel>,
}

const HEADINGS: [Heading<'static>; 9] = [
    Heading::new("key", "Key", Kind::Word, 0),
    Heading::new("kind", "Kind", Kind::Word, 4),
    Heading::new("value", "Value", Kind::Number, 0),
    Heading::new("low", "Low", Kind::Number, 1),
    Heading::new("high", "High", Kind::Number, 1),
    Heading::new("unit", "Unit", Kind::Word, 2),
    Heading::new("basis", "Basis", Kind::Word, 3),
    Heading::new("flag", "Flag", Kind::Word, 5),
    Heading::new("note", "Note", Kind::Sentence, 6),
];

impl EstimateReport<'_> {
    /// Writes a card for people, unless they chose columns, else rows.
    pub(super) fn write(&self, layout: &HeadingArgs, out: &mut Output) -> Result<(), Error> {
        let format = layout.look.format;
        if format.is_for_people() && !layout.names_keys() {
            self.card(format).write(format, out)?;
            return Ok(());
        }
        let figures = self.run.figures.iter();
        let figures = figures.map(|row| self.row(row, "figure"));
        let assumptions = self.run.assumptions.iter();
        let assumptions = assumptions.map(|row| self.row(row, "assumption"));
        let similar = self.similar.iter().map(SimilarModel::row);
        let mut rows = figures.chain(assumptions).chain(similar);
        layout.write(&HEADINGS, &mut rows, out)
    }

    /// The marks of the similar models' figures.
    pub(super) fn marks(&self) -> Marks {
        let marks = self.similar.iter().map(SimilarModel::marks);
        marks.fold(Marks::default(), Marks::and)
    }

    fn card(&self, format: Format) -> Card {
        // The subtitle has the number of chips.
        let assumptions = self.run.assumptions.iter();
        let assumptions = assumptions.filter(|row| row.field != COUNT);
        Card {
            title: match self.model {
                Some(model) => format!("{}: training run (estimate)", model.name),
                None => "Training run (estimate)".to_owned(),
            },
            subtitle: self.hardware.clone().unwrap_or_default(),
            groups: vec![
                self.figures(format),
                assumptions.map(|row| self.assumption(row)).collect(),
                self.similar.iter().map(SimilarModel::fact).collect(),
            ],
        }
    }

    /// The figures; in a table, what follows the numbers is aligned.
    fn figures(&self, format: Format) -> Vec<Fact> {
        let numbers = self.run.figures.iter().map(|row| number(row).width());
        let width = numbers.max().unwrap_or(0);
        let facts = self.run.figures.iter().map(|row| {
            let detail = match &row.value {
                Err(reason) => return fact(row, format!("unknown: {reason}")),
                Ok(known) if known.is_derived() => range(row).unwrap_or_default(),
                Ok(known) => self.basis(known).to_owned(),
            };
            let number = number(row);
            let value = match format {
                Format::Markdown => joined(", ", [&number, &detail]),
                _ => {
                    let pad = " ".repeat(width - number.width());
                    format!("{number}{pad}  {detail}").trim_end().to_owned()
                }
            };
            fact(row, value)
        });
        facts.collect()
    }

    /// An assumption with its bounds, its source and the flag that sets it.
    fn assumption(&self, row: &EstimateRow) -> Fact {
        let known = match &row.value {
            Ok(known) => known,
            Err(reason) => return fact(row, format!("unknown: {reason}")),
        };
        let basis = match (&known.origin, range(row)) {
            (Origin::Chip(_), _) => String::new(),
            (Origin::Assumed(_), Some(range)) => format!("assumed ({range})"),
            _ => self.basis(known).to_owned(),
        };
        let flag = match (&known.origin, row.field.flag) {
            (Origin::Given, _) | (_, "") => String::new(),
            (_, flag) => format!("set with `{flag}`"),
        };
        let number = joined(", ", [&number(row), &basis]);
        fact(row, joined("; ", [&number, known.source(), &flag]))
    }

    fn row<'v>(&'v self, row: &'v EstimateRow, kind: &'v str) -> Vec<Value<'v>> {
        let field = row.field;
        let known = row.value.as_ref();
        let [value, low, high] = match known {
            Err(_) => [const { Value::Missing }; 3],
            Ok(known) => [
                match known.is_derived() {
                    true => Value::Estimate(known.value.mid, field.unit),
                    false => Value::Quantity(known.value.mid, field.unit),
                },
                Value::Quantity(known.value.low, field.unit),
                Value::Quantity(known.value.high, field.unit),
            ],
        };
        // Derived figures change with the flags of their inputs.
        let flag = known.is_ok_and(|known| !known.is_derived());
        vec![
            field.key.into(),
            kind.into(),
            value,
            low,
            high,
            field.measure.into(),
            known.map_or("", |known| self.basis(known)).into(),
            Value::from(if flag { field.flag } else { "" }),
            known
                .map_or_else(|reason| reason.as_str(), EstimatedValue::source)
                .into(),
        ]
    }

    fn basis(&self, known: &EstimatedValue) -> &'static str {
        let kind = |key| Some(self.model?.kind_of(Key::named(key)?).word());
        match known.origin {
            Origin::Given => "given",
            Origin::Key(key) => kind(key).unwrap_or("stated"),
            Origin::Chip(_) => "chip",
            Origin::Assumed(_) => "assumed",
            Origin::Derived(_) => "derived",
        }
    }
}

fn fact(row: &EstimateRow, value: String) -> Fact {
    Fact {
        label: row.field.label.to_owned(),
        value,
    }
}

fn number(row: &EstimateRow) -> String {
    let Ok(known) = &row.value else {
        return String::new();
    };
    let mark = if known.is_derived() { "≈" } else { "" };
    let number = format!("{mark}{}", row.field.unit.human(known.value.mid));
    joined(" ", [&number, row.field.suffix])
}

/// The bounds of a figure that is not exact.
fn range(row: &EstimateRow) -> Option<String> {
    let value = row.value.as_ref().ok()?.value;
    let [low, high] = [value.low, value.high].map(|bound| row.field.unit.human(bound));
    (low != high).then(|| format!("{low} to {high}"))
}

/// A model of the catalog that is like the run.
#[derive(Clone)]
pub(super) struct SimilarModel {
    id: String,
    name: String,
    params: f64,
    tokens: f64,
    compute: Option<f64>,
    /// The marks of the three.
    marks: [Marks; 3],
    /// How many times larger or smaller it is, in parameters and tokens together.
    factor: f64,
}

/// The most similar so far, in order.
#[derive(Clone, Default)]
struct Closest(Vec<SimilarModel>);

impl Closest {
    const COUNT: usize = 3;

    fn push(&mut self, model: SimilarModel) {
        self.0.push(model);
        self.0.sort_by(|a, b| {
            let by_name = || (&a.name, &a.id).cmp(&(&b.name, &b.id));
            a.factor.total_cmp(&b.factor).then_with(by_name)
        });
        self.0.truncate(Closest::COUNT);
    }
}

impl Merge for Closest {
    fn merge(&mut self, later: Closest) {
        later.0.into_iter().for_each(|model| self.push(model));
    }
}

impl SimilarModel {
    /// The models most like the run, other than its own.
    pub(super) fn find(
        run: &TrainingRun,
        own: Option<&Model<'_>>,
        catalog: &Catalog,
    ) -> Result<Vec<SimilarModel>, Error> {
        let (Some(params), Some(tokens)) = (run.figure(PARAMS), run.figure(TOKENS)) else {
            return Ok(Vec::new());
        };
        let figures = [Key::params, Key::tokens, Key::compute_flop];
        let keys = Keys::of(&[Key::id, Key::name, Key::sources]).and(Keys::of(&figures));
        let fold = |closest: &mut Closest, model: &Model<'_>, _: &RawRecord<'_>| {
            let is_own = own.is_some_and(|own| own.id == model.id);
            let (Some(n), Some(d), false) = (model.params, model.tokens, is_own) else {
                return;
            };
            let logs = [n.0 / params, d.0 / tokens].map(f64::ln);
            let factor = logs[0].hypot(logs[1]).exp();
            if factor.is_finite() {
                closest.push(SimilarModel {
                    id: model.id.to_string(),
                    name: model.name.to_string(),
                    params: n.0,
                    tokens: d.0,
                    compute: model.compute_flop.map(|flop| flop.0),
                    marks: figures.map(|key| Mark::of(model.claim(key)).collect()),
                    factor,
                });
            }
        };
        Ok(catalog.scan(keys, Closest::default(), fold)?.0)
    }

    /// The marks of the figures that are shown.
    fn marks(&self) -> Marks {
        let [params, tokens, compute] = self.marks;
        let both = params.and(tokens);
        self.compute.map_or(both, |_| both.and(compute))
    }

    fn fact(&self) -> Fact {
        let [of_params, of_tokens, of_compute] = self.marks.map(Marks::signs);
        let [params, tokens] = [self.params, self.tokens].map(|n| Unit::Count.human(n));
        let name = &self.name;
        let mut value =
            format!("{name}: {params}{of_params} parameters, {tokens}{of_tokens} tokens");
        if let Some(flop) = self.compute {
            value += &format!(", {}{of_compute} FLOP", Unit::Flop.human(flop));
        }
        value += &match three(self.factor).as_str() {
            "1" => ", the same size".to_owned(),
            factor => format!(", off by a factor of {factor}"),
        };
        Fact {
            label: "Most similar".to_owned(),
            value,
        }
    }

    fn row(&self) -> Vec<Value<'_>> {
        let [params, tokens] = [self.params, self.tokens].map(exact);
        let factor = || Value::Quantity(self.factor, Unit::Ratio);
        vec![
            Value::from(&*self.id),
            Value::from("nearest"),
            factor(),
            factor(),
            factor(),
            Value::from("times off"),
            Value::from("derived"),
            Value::Missing,
            Value::Text(Cow::Owned(format!("params {params}, tokens {tokens}"))),
        ]
    }
}
