//! Trends as a person reads them, and as records for machines.

use super::row::{UNTOLD, off};
use super::{ANNOUNCED, Fitted};
use crate::analysis::trend::LEAST;
use crate::cli::layout::Layout;
use crate::error::Error;
use crate::model::column::{ColumnRef, Heading};
use crate::model::quantity::{Unit, factor};
use crate::model::value::{Kind, Value};
use crate::output::Output;
use std::borrow::Cow;
use std::io::Write;

/// A number without a unit, in three digits for people.
const RATIO: Kind = Kind::Quantity(Unit::Ratio);

/// What is asked for, and how it is told.
pub(super) struct Told {
    /// The figure.
    pub by: ColumnRef,
    /// What the models are split by.
    pub split: Option<ColumnRef>,
    /// How it looks.
    pub layout: Layout,
}

impl Told {
    /// Writes tables for people unless they name keys, else records.
    ///
    /// # Errors
    /// When there is no such key, or it cannot be written.
    pub(super) fn write(&self, fitted: &[Fitted<'_>], out: &mut Output) -> Result<(), Error> {
        match self.layout.look.format.is_for_people() && !self.layout.names_keys() {
            true => self.tables(fitted, out),
            false => self.records(fitted, out),
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
    fn label<'m>(&self, fitted: &Fitted<'m>) -> Option<Value<'m>> {
        self.split.map(|_| fitted.label())
    }

    fn records(&self, fitted: &[Fitted<'_>], out: &mut Output) -> Result<(), Error> {
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
        let mut rows = fitted.iter().map(|fitted| {
            let mut row = Vec::from_iter(self.split.map(|_| fitted.value.clone()));
            row.extend(fitted.record(self.by));
            row
        });
        self.layout.write(&headings, &mut rows, out)
    }

    fn tables(&self, fitted: &[Fitted<'_>], out: &mut Output) -> Result<(), Error> {
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
        let mut rows = fitted.iter().map(|fitted| {
            let mut row = Vec::from_iter(self.label(fitted));
            row.extend(fitted.line());
            row
        });
        self.layout.write(&headings, &mut rows, out)?;
        if fitted.iter().any(|fitted| fitted.trend.is_ok()) {
            writeln!(out)?;
            self.influences(fitted, growth, out)?;
        }
        Ok(())
    }

    /// Writes the models whose absence moves each growth most.
    fn influences(
        &self,
        fitted: &[Fitted<'_>],
        growth: Heading<'_>,
        out: &mut Output,
    ) -> Result<(), Error> {
        let key = "influence";
        let mut headings = Vec::from_iter(self.group());
        headings.extend([
            Heading::new(key, "Without", Kind::Word, 0),
            Heading::new(key, "Announced", Kind::Month, 2),
            Heading::new(key, self.by.heading.title, self.by.heading.kind, 3),
            Heading { key, ..growth },
            Heading::new(key, "Residual", Kind::Word, 4),
        ]);
        let mut rows = fitted.iter().flat_map(|fitted| {
            let points = fitted.leans_on.iter().zip(&fitted.influence);
            points.map(|(model, influence)| {
                let growth = influence.growth_without.map(factor);
                let growth = growth.unwrap_or_else(|| UNTOLD.to_owned());
                let off = influence.over_line.map_or(String::new(), off);
                let mut row = Vec::from_iter(self.label(fitted));
                row.extend([
                    Value::from(&*model.name),
                    ANNOUNCED.marked(model),
                    self.by.marked(model),
                    Value::Text(Cow::Owned(growth)),
                    Value::Text(Cow::Owned(off)),
                ]);
                row
            })
        });
        self.layout.write(&headings, &mut rows, out)
    }

    /// Why growth cannot be told, where it cannot.
    pub(super) fn untold(&self, fitted: &[Fitted<'_>]) -> Option<String> {
        let mut without = fitted.iter().filter_map(|fitted| fitted.trend.err());
        let first = without.next()?;
        Some(match self.split {
            None => format!("{first}: {}", first.why()),
            Some(_) => format!(
                "growth {UNTOLD} from fewer than {LEAST} models, from one month, or where its \
                 95 % interval holds 1"
            ),
        })
    }
}
