//! Groups as SQL.

use super::PARAMS;
use super::figures::STATISTICS;
use super::grouping::FAMILY;
use super::order::GroupOrder;
use crate::catalog::Catalog;
use crate::error::Error;
use crate::model::column::ColumnRef;
use crate::query::Query;
use crate::query::first_of::LARGEST;
use crate::query::sql::{SqlWriter, from};

/// What is grouped and how, as flags have it.
pub(super) struct GroupSql<'q> {
    pub by: &'q [ColumnRef],
    pub of: &'q [ColumnRef],
    pub families: bool,
    pub order: &'q GroupOrder<'q>,
    pub limit: Option<usize>,
}

/// What the values of the keys are called until they are grouped.
const VALUES: [&str; 2] = ["value_1", "value_2"];

impl GroupSql<'_> {
    /// The statement: a row for each group, or for each pair of two.
    ///
    /// # Errors
    /// When a test or a figure has no SQL.
    pub(super) fn statement(
        &self,
        writer: SqlWriter,
        (query, catalog): (&Query, &Catalog),
    ) -> Result<String, Error> {
        let mut tests = writer.tests(query, catalog)?;
        if self.families {
            let first = writer.first_of(FAMILY, &LARGEST, &tests);
            tests.push(format!("(family IS NULL OR {first})"));
        }
        let mut tables = vec![("matching", format!("SELECT *\n{}", from(&tests)))];
        let each =
            |by, value, from| format!("SELECT *, {} AS {value}\nFROM {from}", writer.each(by));
        let (rows, all) = match *self.by {
            [by, second] => {
                let total = "SELECT *, count(*) OVER (PARTITION BY value_1) AS total\nFROM valued";
                tables.push(("valued", each(by, VALUES[0], "matching")));
                tables.push(("counted", total.to_owned()));
                tables.push(("paired", each(second, VALUES[1], "counted")));
                ("paired", "max(total)")
            }
            _ => {
                tables.extend(
                    self.by
                        .iter()
                        .map(|by| ("valued", each(by, VALUES[0], "matching"))),
                );
                ("valued", "(SELECT count(*) FROM matching)")
            }
        };
        let keys = self.by.iter().zip(VALUES);
        let mut columns: Vec<String> = keys
            .map(|(by, value)| format!("{value} AS {}", writer.0.name(by.heading.key)))
            .collect();
        columns.push("count(*) AS models".to_owned());
        columns.push(format!("count(*) / {all} AS share"));
        for column in self.of {
            columns.extend(statistics(writer, column)?);
        }
        let tables = tables.iter().map(|(name, table)| {
            let table = table.replace('\n', "\n  ");
            format!("{name} AS (\n  {table}\n)")
        });
        let tables: Vec<String> = tables.collect();
        let limit = self.limit.map(|rows| format!("\nLIMIT {rows}"));
        Ok(format!(
            "WITH {}\nSELECT {}\nFROM {rows}\nGROUP BY {}\nORDER BY {}{}",
            tables.join(", "),
            columns.join(",\n  "),
            VALUES[..self.by.len()].join(", "),
            self.sorted(writer).join(", "),
            limit.unwrap_or_default()
        ))
    }

    /// What the rows are sorted by.
    fn sorted(&self, writer: SqlWriter) -> Vec<String> {
        let counts = match self.by.len() {
            1 => ["count(*)"; 2],
            _ => ["max(total)", "count(*)"],
        };
        let mut keys = Vec::new();
        for ((by, value), count) in self.by.iter().zip(VALUES).zip(counts) {
            keys.push(format!("{value} IS NULL"));
            if value == VALUES[0] {
                keys.extend(self.order.in_sql(writer.0, (value, by.heading.kind)));
            }
            match by.heading.kind.descends() {
                true => keys.push(format!("{value} DESC")),
                false => keys.extend([
                    format!("{count} DESC"),
                    format!("lower({value})"),
                    value.to_owned(),
                ]),
            }
        }
        keys
    }
}

/// The statistics of a figure.
fn statistics(writer: SqlWriter, column: ColumnRef) -> Result<Vec<String>, Error> {
    if writer.is_list(column) {
        return Err(Error::Misuse(format!(
            "a model has several `{}`, which `--sql` cannot summarize; choose another, such as `{}`",
            column.heading.key, PARAMS.heading.key
        )));
    }
    let value = writer.value(column);
    let statistics = STATISTICS.iter().map(|statistic| {
        let computed = match statistic.key {
            "known" => format!("count({value})"),
            "sum" if !column.is_additive() => "NULL".to_owned(),
            "sum" if column.has_units() => {
                format!("CASE WHEN count(DISTINCT samples_unit) <= 1 THEN sum({value}) END")
            }
            function => format!("{function}({value})"),
        };
        let name = format!("{}_{}", column.heading.key, statistic.key);
        format!("{computed} AS {}", writer.0.name(&name))
    });
    Ok(statistics.collect())
}
