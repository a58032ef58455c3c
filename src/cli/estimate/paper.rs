//! The run as a person reads it, and as rows for machines.

use super::nearest::Nearest;
use crate::analysis::machine::Machine;
use crate::analysis::run::{Basis, COUNT, Item, Known, Line};
use crate::cli::layout::Layout;
use crate::error::Error;
use crate::model::column::Heading;
use crate::model::figure::grouped;
use crate::model::mark::Marks;
use crate::model::value::{Kind, Value};
use crate::output::Output;
use crate::output::{Card, Fact, Format};
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// All that is told of a run.
pub(super) struct Paper<'a> {
    /// What stands over it.
    pub title: String,
    /// What it runs on.
    pub machine: Option<&'a Machine>,
    /// What it takes.
    pub figures: Vec<Line>,
    /// What the figures rest on.
    pub assumptions: Vec<Line>,
    /// Models like it.
    pub nearest: Vec<Nearest>,
}

const HEADINGS: [Heading<'static>; 9] = [
    heading("key", "Key", 0),
    heading("kind", "Kind", 4),
    heading("value", "Value", 0),
    heading("low", "Low", 1),
    heading("high", "High", 1),
    heading("unit", "Unit", 2),
    heading("basis", "Basis", 3),
    heading("flag", "Flag", 5),
    heading("note", "Note", 6),
];

impl Paper<'_> {
    /// Writes the run: a card for people unless they name keys, else rows.
    ///
    /// # Errors
    /// When there is no such key, or it cannot be written.
    pub(super) fn write(&self, layout: &Layout, out: &mut Output) -> Result<(), Error> {
        match layout.look.format {
            Format::Table | Format::Markdown if !layout.names_keys() => {
                self.card(layout.look.format)
                    .write(layout.look.format, out)?;
                Ok(())
            }
            _ => {
                let figures = self.figures.iter().map(|line| row(line, "figure"));
                let assumptions = self.assumptions.iter().map(|line| row(line, "assumption"));
                let nearest = self.nearest.iter().map(Nearest::row);
                let mut rows = figures.chain(assumptions).chain(nearest);
                layout.write(&HEADINGS, &mut rows, out)
            }
        }
    }

    /// The marks of the models that it is told with; rows for machines have none.
    pub(super) fn marks(&self) -> Marks {
        let marks = self.nearest.iter().map(Nearest::marks);
        marks.fold(Marks::default(), Marks::and)
    }

    fn card(&self, format: Format) -> Card {
        let subtitle = self.machine.map(|machine| match machine.count {
            Some(count) => format!("{} × {}", grouped(count), machine.chip),
            None => machine.chip.clone(),
        });
        // How many chips there are stands in the second line.
        let told = self.assumptions.iter().filter(|line| line.item != COUNT);
        Card {
            title: self.title.clone(),
            subtitle: subtitle.unwrap_or_default(),
            groups: vec![
                figures(&self.figures, format),
                told.map(assumption).collect(),
                self.nearest.iter().map(Nearest::fact).collect(),
            ],
        }
    }
}

const fn heading(key: &'static str, title: &'static str, rank: u8) -> Heading<'static> {
    let kind = match title.as_bytes() {
        b"Value" | b"Low" | b"High" => Kind::Number,
        b"Note" => Kind::Sentence,
        _ => Kind::Word,
    };
    Heading {
        key,
        title,
        kind,
        rank,
    }
}

/// A figure a line; in a table what follows them is aligned.
fn figures(lines: &[Line], format: Format) -> Vec<Fact> {
    let told = |line: &Line| match &line.known {
        Ok(known) => (number(line.item, known), spread(line.item, known)),
        Err(reason) => (String::new(), format!("not known: {reason}")),
    };
    let told: Vec<(String, String)> = lines.iter().map(told).collect();
    let widest = told.iter().map(|(number, _)| number.width()).max();
    let width = widest.unwrap_or(0);
    let facts = lines.iter().zip(told).map(|(line, (number, rest))| Fact {
        label: line.item.label.to_owned(),
        value: match (format, number.as_str(), rest.as_str()) {
            (_, "", rest) => rest.to_owned(),
            (_, number, "") => number.to_owned(),
            (Format::Markdown, number, rest) => format!("{number}, {rest}"),
            (_, number, rest) => {
                let pad = " ".repeat(width - number.width());
                format!("{number}{pad}  {rest}")
            }
        },
    });
    facts.collect()
}

/// The figure itself, `≈` before what follows from others.
fn number(item: Item, known: &Known) -> String {
    let mark = match known.basis {
        Basis::Derived(_) => "≈",
        _ => "",
    };
    let number = item.unit.human(known.value.mid);
    match item.after {
        "" => format!("{mark}{number}"),
        after => format!("{mark}{number} {after}"),
    }
}

/// How far off it may be, or that it is exact.
fn spread(item: Item, known: &Known) -> String {
    match known.basis {
        Basis::Given => "given".to_owned(),
        Basis::Model(kind) => kind.word().to_owned(),
        Basis::Chip { .. } => "stated".to_owned(),
        Basis::Assumed(_) | Basis::Derived(_) => {
            let [low, high] = [known.value.low, known.value.high].map(|v| item.unit.human(v));
            match low == high {
                true => String::new(),
                false => format!("{low} to {high}"),
            }
        }
    }
}

/// An assumption with its spread, the flag that changes it and its source.
fn assumption(line: &Line) -> Fact {
    let label = line.item.label.to_owned();
    let known = match &line.known {
        Ok(known) => known,
        Err(reason) => {
            let value = format!("not known: {reason}");
            return Fact { label, value };
        }
    };
    let mut value = number(line.item, known);
    match &known.basis {
        Basis::Given => value += ", given",
        Basis::Model(kind) => value += &format!(", {}", kind.word()),
        Basis::Derived(formula) => value += &format!(", {formula}"),
        Basis::Assumed(source) => {
            value += &format!(", assumed ({})", spread(line.item, known));
            value += &changed_by(line.item);
            value += &format!("; {source}");
        }
        Basis::Chip { detail, source } => {
            for (gap, part) in [
                (", ", detail.as_str()),
                ("", &changed_by(line.item)),
                ("; ", source),
            ] {
                if !part.is_empty() {
                    value += &format!("{gap}{part}");
                }
            }
        }
    }
    Fact { label, value }
}

fn changed_by(item: Item) -> String {
    match item.flag {
        "" => String::new(),
        flag => format!("; `{flag}` changes it"),
    }
}

fn row<'v>(line: &'v Line, kind: &'v str) -> Vec<Value<'v>> {
    let item = line.item;
    let mut row = vec![Value::from(item.key), Value::from(kind)];
    row.extend(match &line.known {
        Err(_) => [const { Value::Missing }; 3],
        Ok(Known { value, basis }) => [
            match basis {
                Basis::Derived(_) => Value::Estimate(value.mid, item.unit),
                _ => Value::Quantity(value.mid, item.unit),
            },
            Value::Quantity(value.low, item.unit),
            Value::Quantity(value.high, item.unit),
        ],
    });
    // What follows from others is changed by the flags of those.
    let (basis, flag, note) = match line.known.as_ref().map(|known| &known.basis) {
        Err(reason) => ("", "", reason.as_str().into()),
        Ok(Basis::Given) => ("given", item.flag, Value::Missing),
        Ok(Basis::Model(kind)) => (kind.word(), item.flag, Value::Missing),
        Ok(Basis::Assumed(source)) => ("assumed", item.flag, (*source).into()),
        Ok(Basis::Derived(formula)) => ("derived", "", (*formula).into()),
        Ok(Basis::Chip { detail, source }) => {
            let parts = [detail.as_str(), source.as_str()];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            let note = parts.collect::<Vec<_>>().join("; ");
            ("chip", item.flag, Value::Text(Cow::Owned(note)))
        }
    };
    row.extend([item.measure, basis, flag].map(Value::from));
    row.push(note);
    row
}
