//! Trends as a person reads them, and as records for machines.

use std::borrow::Cow;
use std::io::Write;

use super::row::off;
use super::{ANNOUNCED, Fitted};
use crate::column::{ColumnRef, Heading};
use crate::error::Error;
use crate::layout::Layout;
use crate::output::Output;
use crate::quantity::{Unit, factor};
use crate::render::{Format, escaped};
use crate::text::printable;
use crate::trend::NoTrend;
use crate::value::{Kind, Value};

/// A number without a unit, in three digits for people.
const RATIO: Kind = Kind::Quantity(Unit::Ratio);

/// What is asked for, and how it is told.
pub struct Told {
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
    pub fn write(&self, fitted: &[Fitted<'_>], out: &mut Output) -> Result<(), Error> {
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
            number("n", "Points", 2),
            ratio("growth_per_year", "Growth a year", 1),
            ratio("growth_low", "Least growth", 3),
            ratio("growth_high", "Most growth", 3),
            ratio("doubling_months", "Months to double", 2),
            ratio("doubling_low", "Least months", 4),
            ratio("doubling_high", "Most months", 4),
            ratio("halving_months", "Months to halve", 5),
            ratio("halving_low", "Least months", 5),
            ratio("halving_high", "Most months", 5),
            ratio("r2", "R²", 3),
            Heading::new("first", "First", Kind::Month, 4),
            Heading::new("last", "Last", Kind::Month, 4),
            Heading::new("influence", "Leans on", Kind::Compound, 6),
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
        let a_year = format!("{} a year", self.by.name());
        let word = |key, title, rank| Heading::new(key, title, Kind::Word, rank);
        let mut headings = Vec::from_iter(self.group());
        headings.extend([
            Heading::new("n", "Points", Kind::Number, 1),
            Heading::new("growth_per_year", &a_year, Kind::Number, 0),
            word("growth_low", "95 % (Student's t)", 2),
            word("doubling_months", "Pace", 1),
            word("doubling_low", "95 % (months)", 3),
            Heading::new("r2", "R²", Kind::Number, 4),
            Heading::new("first", "First", Kind::Month, 5),
            Heading::new("last", "Last", Kind::Month, 5),
        ]);
        let known = || {
            let known = fitted.iter();
            known.filter_map(|fitted| fitted.trend.as_ref().ok().map(|trend| (fitted, trend)))
        };
        let mut rows = known().map(|(fitted, trend)| {
            let mut row = Vec::from_iter(self.label(fitted));
            row.extend(fitted.line(trend));
            row
        });
        self.layout.write(&headings, &mut rows, out)?;
        writeln!(out)?;
        let mut headings = Vec::from_iter(self.group());
        headings.extend([
            word("influence", "Without", 0),
            Heading::new("influence", "Announced", Kind::Month, 2),
            Heading::new("influence", self.by.heading.title, self.by.heading.kind, 3),
            Heading::new("influence", &a_year, Kind::Number, 1),
            word("influence", "Off the line", 4),
        ]);
        let mut rows = known().flat_map(|(fitted, _)| {
            let points = fitted.leans_on.iter().zip(&fitted.influence);
            points.map(|(model, influence)| {
                let growth = factor(influence.growth_without);
                let mut row = Vec::from_iter(self.label(fitted));
                row.extend([
                    Value::from(&*model.name),
                    ANNOUNCED.marked(model),
                    self.by.marked(model),
                    Value::Text(Cow::Owned(growth)),
                    Value::Text(Cow::Owned(off(influence.over_line))),
                ]);
                row
            })
        });
        self.layout.write(&headings, &mut rows, out)?;
        self.unfitted(fitted, out)
    }

    /// The groups that have no trend, which tables leave out.
    fn unfitted(&self, fitted: &[Fitted<'_>], out: &mut Output) -> Result<(), Error> {
        let without = fitted.iter().filter_map(|fitted| {
            let label = fitted.label().exact().into_owned();
            match fitted.trend {
                Ok(_) => None,
                Err(NoTrend::TooFew(count)) => Some(format!("{label} ({count})")),
                Err(NoTrend::OneMonth(count, month)) => {
                    Some(format!("{label} ({count}, all of {month})"))
                }
            }
        });
        let without: Vec<String> = without.collect();
        if !without.is_empty() {
            let without = without.join(", ");
            let without = match self.layout.look.format {
                Format::Markdown => Cow::Owned(escaped(&without)),
                _ => printable(&without),
            };
            writeln!(out, "\nToo few points for a trend: {without}")?;
        }
        Ok(())
    }

    /// Why nothing has a trend.
    pub fn why_none(&self, fitted: &[Fitted<'_>]) -> String {
        let key = self.by.heading.key;
        match (fitted, self.split) {
            ([], _) => {
                format!("a trend needs three points; no model that matches has a date and {key}")
            }
            ([one], None) => match (one.trend, one.count()) {
                (Err(NoTrend::OneMonth(count, month)), _) => format!(
                    "a trend needs two months; all {count} models that match and have {key} are \
                     of {month}"
                ),
                (_, 1) => format!(
                    "a trend needs three points; one model that matches has a date and {key}"
                ),
                (_, count) => format!(
                    "a trend needs three points; {count} models that match have a date and {key}"
                ),
            },
            _ => format!(
                "a trend needs three points in two months; no group of the models that match \
                 has them for {key}"
            ),
        }
    }
}
