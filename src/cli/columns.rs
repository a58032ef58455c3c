//! `ahm columns`: the keys that models have, and what is known of one.

use crate::catalog::Catalog;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::column::{Column, ColumnRef, Vocabulary};
use crate::model::figure::grouped;
use crate::model::schema;
use crate::model::unit::three;
use crate::model::value::{Kind, Value};
use crate::output::{Card, Fact, Output, OutputArgs, Report, ReportPart};
use crate::query::comparison::{Bound, Comparison};
use crate::query::condition::Condition;
use crate::query::coverage::Coverage;
use crate::query::group::Summary;
use clap::Args;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::slice;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Lists the keys that --columns, --sort, --has and --missing take, with their short names. `ahm columns
KEY` shows a key's values and an example condition.

Examples:
  ahm columns
  ahm columns compute
  ahm columns -f csv -c key,unit,meaning
")]
pub(crate) struct Columns {
    /// Key to show; all of them if omitted
    #[arg(value_name = "KEY", value_parser = trimmed(schema::parse_column))]
    key: Option<ColumnRef>,

    #[command(flatten)]
    output: OutputArgs,
}

/// How many of the values of a key are named.
const NAMED: usize = 10;

impl Columns {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        if let Some(column) = self.key {
            let values = Values::of(column, catalog)?;
            let own = Coverage::of_column(column, values.known);
            let mut report = Report::new(ReportPart::records::<Coverage>(slice::from_ref(&own)));
            report.is_single = true;
            report.summary = vec![ReportPart::Card(values.card(column))];
            return report.write(&self.output, out);
        }
        let (coverage, asked) = Coverage::of(catalog)?;
        Report::new(ReportPart::records::<Coverage>(&coverage))
            .titled("Keys of AI models")
            .remark(format_args!(
                "{} keys; counts are of {} models",
                coverage.len(),
                grouped(asked as f64)
            ))
            .write(&self.output, out)
    }
}

/// What models have under one key.
struct Values {
    /// How many have a value.
    known: usize,
    /// How many models there are.
    scanned: usize,
    /// The words and how many models have each, the most used first; in a fixed vocabulary also
    /// those that no model has. None for free text.
    words: Vec<(String, usize)>,
    /// Of several figures of a model, the largest.
    numbers: Option<Summary>,
    /// The earliest and the latest month.
    months: Option<(String, String)>,
}

impl Values {
    fn of(column: ColumnRef, catalog: &Catalog) -> Result<Values, Error> {
        let kind = column.heading.kind;
        let initial = ((Vec::new(), Vec::new()), Vec::new());
        let scanned = catalog.scan(column.word_needs(), initial, |scanned, model, _| {
            let ((has, texts), numbers) = scanned;
            let value = column.value(model);
            has.push(!value.is_missing());
            if value.is_missing() {
                return;
            }
            numbers.extend(value.scale().filter(|_| kind.is_number()));
            // Sections and classes of licenses are words of other keys, too.
            match (kind, value.tags()) {
                (Kind::Word | Kind::Tags, _) if column.vocabulary == Vocabulary::Free => {}
                (Kind::Month | Kind::Word, _) => texts.push(value.exact().into_owned()),
                (Kind::Tags, Some(tags)) => texts.extend(tags.into_iter().map(str::to_owned)),
                _ => texts.extend(column.words(model)),
            }
        })?;
        let ((has, texts), numbers) = scanned;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        if let Vocabulary::Only(words) = column.vocabulary {
            counts.extend(words.iter().map(|word| (*word, 0)));
        }
        for text in texts.iter() {
            *counts.entry(text).or_default() += 1;
        }
        let ends = counts.keys().next().zip(counts.keys().next_back());
        let months = ends.filter(|_| kind == Kind::Month);
        let months = months.map(|(first, last)| ((*first).to_owned(), (*last).to_owned()));
        let words = counts.into_iter().filter(|_| kind != Kind::Month);
        let mut words: Vec<_> = words.map(|(word, n)| (word.to_owned(), n)).collect();
        words.sort_by_key(|(_, count)| Reverse(*count));
        Ok(Values {
            known: has.iter().filter(|has| **has).count(),
            scanned: has.len(),
            words,
            numbers: Summary::of(numbers),
            months,
        })
    }

    fn card(&self, column: ColumnRef) -> Card {
        let heading = column.heading;
        let share = 100.0 * self.known as f64 / self.scanned.max(1) as f64;
        let [known, scanned] = [self.known, self.scanned].map(|n| grouped(n as f64));
        let models = format!("{known} of {scanned} ({} %)", three(share));
        Card {
            title: column.name().to_owned(),
            subtitle: heading.key.to_owned(),
            groups: vec![
                vec![
                    Fact::new("Meaning", column.meaning),
                    Fact::new("Short names", column.aliases.join(", ")),
                    Fact::new("Unit", heading.kind.unit().unwrap_or_default()),
                    Fact::new("Models", models),
                ],
                vec![
                    Fact::new("Values", self.words()),
                    Fact::new("Range", self.range(column).unwrap_or_default()),
                ],
                vec![Fact::new("Condition", self.condition(column).to_string())],
            ],
        }
    }

    /// The words that most models have.
    fn words(&self) -> String {
        let words = self.words.iter().take(NAMED);
        let words = words.map(|(word, count)| format!("{word} ({})", grouped(*count as f64)));
        let words = words.collect::<Vec<_>>().join(", ");
        match self.words.len().checked_sub(NAMED + 1) {
            None => words,
            Some(more) => format!("{words} and {} more", more + 1),
        }
    }

    fn range(&self, column: ColumnRef) -> Option<String> {
        if let Some((first, last)) = &self.months {
            return Some(format!("{first} to {last}"));
        }
        let Summary {
            median, min, max, ..
        } = self.numbers?;
        let [median, min, max] = [median, min, max].map(|number| human(column, number));
        Some(format!("{min} to {max}, median {median}"))
    }

    /// A condition that tests the key, and holds for some models if any has the key.
    fn condition(&self, column: ColumnRef) -> Condition {
        let number = || {
            let Summary { median, .. } = self.numbers?;
            let bound = column.unit().literal(&human(column, median)).ok()?;
            Some(Bound::Number(bound))
        };
        let month = || {
            let (_, last) = self.months.as_ref()?;
            Some(Bound::Period(last.get(..4)?.parse().ok()?))
        };
        if let Some(bound) = number().or_else(month) {
            return Condition::Compare(column, Comparison::AtLeast, bound);
        }
        match self.words.first() {
            Some((word, 1..)) => Condition::any_word(column, slice::from_ref(word)),
            _ => Condition::Has(column),
        }
    }
}

/// A figure of the column as people read it.
fn human(column: &Column, number: f64) -> String {
    Value::Number(number)
        .human(column.heading.kind)
        .into_owned()
}
