//! An estimate as a card for people and as rows for machines, with the models most like it.

use crate::analysis::estimate_row::{
    COUNT, EstimateRow, EstimatedValue, Field, PARAMS, TOKENS, joined,
};
use crate::analysis::training_run::TrainingRun;
use crate::catalog::Catalog;
use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::RawRecord;
use crate::error::Error;
use crate::model::figure::{Figure, exact};
use crate::model::heading::Heading;
use crate::model::input::Origin;
use crate::model::physics::Interval;
use crate::model::provenance::{Mark, Marks};
use crate::model::unit::{Unit, three};
use crate::model::value::{Kind, Value};
use crate::model::{Key, Keys, Model};
use crate::output::{Card, Fact, Report, ReportPart};

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
    /// A card for people, rows for machines.
    pub(super) fn report(&self) -> Report<'_> {
        let figures = self.run.figures.iter().map(|row| (row, "figure"));
        let assumptions = self.run.assumptions.iter().map(|row| (row, "assumption"));
        let rows = figures.chain(assumptions);
        let rows = rows.map(|(row, kind)| self.row(row, kind));
        let rows = rows.chain(self.similar.iter().map(SimilarModel::row));
        let mut report = Report::new(ReportPart::sheet(HEADINGS, rows));
        report.summary = vec![ReportPart::Card(self.card())];
        report.marks = self.marks();
        report
    }

    /// The marks of the similar models' figures.
    fn marks(&self) -> Marks {
        let figures = self.similar.iter().flat_map(|model| model.figures);
        let marks = figures.flatten().map(|(_, marks)| marks);
        marks.fold(Marks::default(), Marks::union)
    }

    fn card(&self) -> Card {
        let figures = self.run.figures.iter();
        let figures = figures.map(|row| match &row.value {
            Ok(known) => {
                let number = number(row.field, known);
                Fact::new(row.field.label, number).with_detail(self.detail(row.field, known))
            }
            Err(reason) => Fact::new(row.field.label, format!("unknown: {reason}")),
        });
        // The subtitle has the number of chips.
        let assumptions = self.run.assumptions.iter().filter(|row| row.field != COUNT);
        let assumptions = assumptions.map(|row| {
            let words = row.value.as_ref().map(|known| {
                let detail = self.detail(row.field, known);
                let flag = match (&known.origin, row.field.flag) {
                    (Origin::Given, _) | (_, "") => String::new(),
                    (_, flag) => format!("set with `{flag}`"),
                };
                let number = joined(", ", [&number(row.field, known), &detail]);
                joined("; ", [&number, known.source(), &flag])
            });
            let unknown = |reason: &String| format!("unknown: {reason}");
            Fact::new(row.field.label, words.unwrap_or_else(unknown))
        });
        Card {
            title: match self.model {
                Some(model) => format!("{}: training run (estimate)", model.name),
                None => "Training run (estimate)".to_owned(),
            },
            subtitle: self.hardware.clone().unwrap_or_default(),
            groups: vec![
                figures.collect(),
                assumptions.collect(),
                self.similar.iter().map(SimilarModel::fact).collect(),
            ],
        }
    }

    fn row<'v>(&'v self, row: &'v EstimateRow, kind: &'v str) -> Vec<Value<'v>> {
        let field = row.field;
        let known = row.value.as_ref().ok();
        let number = |bound: fn(Interval) -> f64| {
            let bound = known.map(|known| bound(known.value));
            bound.map_or(Value::Missing, |bound| Value::Quantity(bound, field.unit))
        };
        let derived = known.filter(|known| known.is_derived());
        let note = row.value.as_ref().map(EstimatedValue::source);
        vec![
            field.key.into(),
            kind.into(),
            match derived {
                Some(known) => Value::Estimate(known.value.mid, field.unit),
                None => number(|value| value.mid),
            },
            number(|value| value.low),
            number(|value| value.high),
            field.measure.into(),
            known.map(|known| self.basis(known)).into(),
            // Derived figures change with the flags of their inputs.
            known
                .map(|_| field.flag)
                .filter(|_| derived.is_none())
                .into(),
            note.unwrap_or_else(|reason| reason).into(),
        ]
    }

    /// The bounds of a number, or where it comes from.
    fn detail(&self, field: Field, known: &EstimatedValue) -> String {
        let Interval { low, high, .. } = known.value;
        let [low, high] = [low, high].map(|bound| field.unit.human(bound));
        match known.origin {
            Origin::Derived(_) if low == high => String::new(),
            Origin::Derived(_) => format!("{low} to {high}"),
            Origin::Assumed(_) if low != high => format!("assumed ({low} to {high})"),
            Origin::Chip(_) => String::new(),
            _ => self.basis(known).to_owned(),
        }
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

fn number(field: Field, known: &EstimatedValue) -> String {
    let mark = if known.is_derived() { "≈" } else { "" };
    let number = format!("{mark}{}", field.unit.human(known.value.mid));
    joined(" ", [&number, field.suffix])
}

/// A model of the catalog that is like the run.
#[derive(Clone)]
pub(super) struct SimilarModel {
    id: String,
    name: String,
    /// Parameters, tokens and compute, each with its mark.
    figures: [Option<(f64, Marks)>; 3],
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
        let keys = [Key::params, Key::tokens, Key::compute_flop];
        let read = Keys::of(&[Key::id, Key::name, Key::sources]).union(Keys::of(&keys));
        let fold = |closest: &mut Closest, model: &Model<'_>, _: &RawRecord<'_>| {
            let is_own = own.is_some_and(|own| own.id == model.id);
            let (Some(n), Some(d), false) = (model.params, model.tokens, is_own) else {
                return;
            };
            let logs = [n.0 / params, d.0 / tokens].map(f64::ln);
            let factor = logs[0].hypot(logs[1]).exp();
            if factor.is_finite() {
                let mark = |key| Mark::of(model.claim(key)).collect();
                let figure = |key, figure: Option<Figure>| Some((figure?.0, mark(key)));
                closest.push(SimilarModel {
                    id: model.id.to_string(),
                    name: model.name.to_string(),
                    figures: [
                        figure(Key::params, model.params),
                        figure(Key::tokens, model.tokens),
                        figure(Key::compute_flop, model.compute_flop),
                    ],
                    factor,
                });
            }
        };
        Ok(catalog.scan(read, Closest::default(), fold)?.0)
    }

    fn fact(&self) -> Fact {
        let units = [
            (Unit::Count, "parameters"),
            (Unit::Count, "tokens"),
            (Unit::Flop, "FLOP"),
        ];
        let figures = self.figures.into_iter().zip(units);
        let mut words: Vec<String> = figures
            .filter_map(|(figure, (unit, noun))| {
                let (figure, marks) = figure?;
                Some(format!("{}{} {noun}", unit.human(figure), marks.signs()))
            })
            .collect();
        words.push(match three(self.factor).as_str() {
            "1" => "the same size".to_owned(),
            factor => format!("off by a factor of {factor}"),
        });
        Fact::new(
            "Most similar",
            format!("{}: {}", self.name, words.join(", ")),
        )
    }

    fn row(&self) -> Vec<Value<'_>> {
        let sizes = ["params", "tokens"].into_iter().zip(self.figures);
        let sizes = sizes.filter_map(|(key, figure)| Some(format!("{key} {}", exact(figure?.0))));
        let factor = Value::Quantity(self.factor, Unit::Ratio);
        vec![
            Value::from(&*self.id),
            Value::from("nearest"),
            factor.clone(),
            factor.clone(),
            factor,
            Value::from("times off"),
            Value::from("derived"),
            Value::Missing,
            Value::Text(sizes.collect::<Vec<_>>().join(", ").into()),
        ]
    }
}
