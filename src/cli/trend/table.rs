//! Trends as tables for people, and as records for machines.

use super::{Fit, NamedFit};
use crate::analysis::trend::{LEAST, Pace, portable};
use crate::cli::output_args::HeadingArgs;
use crate::error::Error;
use crate::model::column::{ColumnRef, Heading};
use crate::model::figure::{Figure, exact};
use crate::model::month::Month;
use crate::model::month::Point;
use crate::model::physics::Interval;
use crate::model::schema;
use crate::model::unit::{Unit, factor, three};
use crate::model::value::{Kind, Value};
use crate::output::Output;
use serde::Serialize;
use std::borrow::Cow;
use std::io::Write;

const ANNOUNCED: ColumnRef = schema::known("announced");

/// A number without a unit, in three digits for people.
const RATIO: Kind = Kind::Quantity(Unit::Ratio);

/// In place of an uncertain growth.
const NO_RATE: &str = "no rate";

/// What is asked for, and what was found.
pub(super) struct TrendTable<'a> {
    pub by: ColumnRef,
    pub split: Option<ColumnRef>,
    pub layout: HeadingArgs,
    pub fits: &'a [NamedFit<'a>],
}

/// One of the most influential models, for machines.
#[derive(Serialize)]
struct InfluentialModel<'a> {
    name: &'a str,
    id: &'a str,
    announced: Month,
    value: Figure,
    /// The growth a year, as a factor, of the others.
    growth_without: Option<Figure>,
    /// Its figure over that of the line through the others, in its month.
    over_line: Option<Figure>,
    /// How far that is, in standard errors of the line through the others: its externally
    /// studentized residual. Beyond 3 either way it is an outlier.
    residual: Option<Figure>,
}

impl TrendTable<'_> {
    /// Writes tables for people unless they name keys, else records.
    pub(super) fn write(&self, out: &mut Output) -> Result<(), Error> {
        match self.layout.look.format.is_for_people() && !self.layout.names_keys() {
            true => self.write_tables(out),
            false => self.write_records(out),
        }
    }

    /// The heading of the groups, if there are several.
    fn group(&self) -> Option<Heading<'static>> {
        self.split.map(|split| Heading {
            kind: Kind::Word,
            rank: 0,
            ..split.heading
        })
    }

    /// What a line of a group begins with, if there are several.
    fn label(&self, fit: &Fit) -> Option<Value<'static>> {
        self.split.map(|_| fit.label())
    }

    fn write_records(&self, out: &mut Output) -> Result<(), Error> {
        let number = |key, title, rank| Heading::new(key, title, Kind::Number, rank);
        let ratio = |key, title, rank| Heading::new(key, title, RATIO, rank);
        let mut headings = Vec::from_iter(self.group());
        headings.extend([
            Heading::new("by", "Figure", Kind::Word, 1),
            number("n", "n", 2),
            ratio("growth_per_year", "Growth per year", 1),
            ratio("growth_low", "Growth, min", 3),
            ratio("growth_high", "Growth, max", 3),
            ratio("doubling_months", "Doubling time (months)", 2),
            ratio("doubling_low", "Doubling, min", 4),
            ratio("doubling_high", "Doubling, max", 4),
            ratio("halving_months", "Halving time (months)", 5),
            ratio("halving_low", "Halving, min", 5),
            ratio("halving_high", "Halving, max", 5),
            ratio("r2", "R²", 3),
            Heading::new("first", "First", Kind::Month, 4),
            Heading::new("last", "Last", Kind::Month, 4),
            Heading::new("influence", "Most influential", Kind::Compound, 6),
        ]);
        let mut rows = self.fits.iter().map(|named| {
            let fit = named.fit;
            let mut row = Vec::from_iter(self.split.map(|_| fit.value.clone()));
            row.extend([
                Value::from(self.by.heading.key),
                Value::Number(fit.observations.len() as f64),
            ]);
            row.extend(self.record(named));
            row
        });
        self.layout.write(&headings, &mut rows, out)
    }

    fn write_tables(&self, out: &mut Output) -> Result<(), Error> {
        // Their keys are those of the records, which `--columns` understands.
        let word = |key, title, rank| Heading::new(key, title, Kind::Word, rank);
        let growth = Heading::new("growth_per_year", "Growth per year", Kind::Number, 0);
        let mut headings = Vec::from_iter(self.group());
        headings.extend([
            Heading::new("n", "n", Kind::Number, 1),
            growth,
            word("growth_low", "95 % interval", 2),
            word("doubling_months", "Doubling time", 1),
            word("doubling_low", "95 % (months)", 3),
            Heading::new("r2", "R²", Kind::Number, 4),
            Heading::new("first", "First", Kind::Month, 5),
            Heading::new("last", "Last", Kind::Month, 5),
        ]);
        let mut rows = self.fits.iter().map(|named| {
            let fit = named.fit;
            let mut row = Vec::from_iter(self.label(fit));
            row.push(Value::Number(fit.observations.len() as f64));
            row.extend(line(fit));
            row
        });
        self.layout.write(&headings, &mut rows, out)?;
        if self.fits.iter().any(|named| named.fit.trend.is_ok()) {
            writeln!(out)?;
            self.write_influences(growth, out)?;
        }
        Ok(())
    }

    /// What machines read of a trend; what it does not have is missing.
    fn record(&self, named: &NamedFit<'_>) -> Vec<Value<'static>> {
        let number = |number: f64| match number.is_finite() {
            true => Value::Number(portable(number)),
            false => Value::Missing,
        };
        let none = || [const { Value::Missing }; 3];
        let Ok(trend) = &named.fit.trend else {
            return vec![Value::Missing; 13];
        };
        let interval = |i: Interval| [i.mid, i.low, i.high].map(number);
        let (doubling, halving) = match trend.pace() {
            Pace::Doubles(months) => (interval(months), none()),
            Pace::Halves(months) => (none(), interval(months)),
        };
        let growth = interval(trend.growth()).into_iter();
        let mut row: Vec<Value<'_>> = growth.chain(doubling).chain(halving).collect();
        row.extend([
            trend.r2.map_or(Value::Missing, number),
            Value::Month(trend.first),
            Value::Month(trend.last),
            self.influence(named),
        ]);
        row
    }

    /// The most influential models as one value, `GPT-NeoX, 2022-04, without it 9.77×; …` as text.
    fn influence(&self, named: &NamedFit<'_>) -> Value<'static> {
        let number = match self.layout.look.format.is_for_people() {
            true => factor,
            false => exact,
        };
        let (mut texts, mut list) = (Vec::new(), Vec::new());
        for (model, observation, influence) in &named.influential {
            let Point { month, value } = observation.point;
            let figure = |number: Option<f64>| number.map(|number| Figure(portable(number)));
            let growth_without = figure(influence.growth);
            let without = match growth_without {
                Some(growth) => format!("without it {}", number(growth.0)),
                None => "no rate without it".to_owned(),
            };
            texts.push(format!("{}, {month}, {without}", model.name));
            list.push(InfluentialModel {
                name: &model.name,
                id: &model.id,
                announced: month,
                value: Figure(value),
                growth_without,
                over_line: figure(influence.over_line),
                residual: figure(influence.residual),
            });
        }
        // These structures have no keys that JSON cannot have.
        let json = serde_json::to_value(&list).unwrap_or_default();
        Value::Json(texts.join("; "), json)
    }

    /// Writes the models whose absence moves each growth most.
    fn write_influences(&self, growth: Heading<'_>, out: &mut Output) -> Result<(), Error> {
        let key = "influence";
        let mut headings = Vec::from_iter(self.group());
        headings.extend([
            Heading::new(key, "Without", Kind::Word, 0),
            Heading::new(key, "Announced", Kind::Month, 2),
            Heading::new(key, self.by.heading.title, self.by.heading.kind, 3),
            Heading { key, ..growth },
            Heading::new(key, "Residual", Kind::Word, 4),
        ]);
        let mut rows = self.fits.iter().flat_map(|named| {
            named.influential.iter().map(|(model, _, influence)| {
                let growth = influence.growth.map(|growth| factor(portable(growth)));
                let over_line = influence.over_line.map(portable);
                let mut row = Vec::from_iter(self.label(named.fit));
                row.extend([
                    Value::from(&*model.name),
                    ANNOUNCED.marked(model),
                    self.by.marked(model),
                    Value::Text(growth.map_or(Cow::Borrowed(NO_RATE), Cow::Owned)),
                    text(over_line.map_or(String::new(), residual)),
                ]);
                row
            })
        });
        self.layout.write(&headings, &mut rows, out)
    }

    /// Why groups have no growth rate, if any have none.
    pub(super) fn no_rate(&self) -> Option<String> {
        let none = self.fits.iter().find_map(|named| named.fit.trend.err())?;
        Some(match self.split {
            None => format!("{none}: {}", none.reason()),
            Some(_) => format!(
                "no growth rate from fewer than {LEAST} models, from one month, or where its \
                 95 % interval includes 1"
            ),
        })
    }
}

/// What people read of a trend in a row.
fn line(fit: &Fit) -> Vec<Value<'static>> {
    let Ok(trend) = &fit.trend else {
        let mut row = vec![Value::from(NO_RATE)];
        row.extend([const { Value::Missing }; 6]);
        return row;
    };
    let growth = trend.growth();
    let (halves, months) = match trend.pace() {
        Pace::Doubles(months) => ("", months),
        Pace::Halves(months) => ("halves in ", months),
    };
    vec![
        text(factor(growth.mid)),
        text(format!("{} to {}", factor(growth.low), factor(growth.high))),
        text(format!("{halves}{} months", three(months.mid))),
        text(format!("{} to {}", three(months.low), three(months.high))),
        text(trend.r2.map_or(String::new(), |r2| format!("{r2:.2}"))),
        Value::Month(trend.first),
        Value::Month(trend.last),
    ]
}

fn text(text: String) -> Value<'static> {
    Value::Text(Cow::Owned(text))
}

/// How far a point is from the line through the others.
fn residual(over: f64) -> String {
    match over >= 1.0 {
        true => format!("{} above", factor(over)),
        false => format!("{} below", factor(1.0 / over)),
    }
}
