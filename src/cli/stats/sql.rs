//! Groups as SQL.

use super::PARAMS;
use super::figures::STATISTICS;
use super::grouping::FAMILY;
use super::order::GroupOrder;
use crate::catalog::Catalog;
use crate::error::Error;
use crate::model::column::ColumnRef;
use crate::model::value::Kind;
use crate::output::sql::Dialect;
use crate::query::Query;
use crate::query::first_of::LARGEST;
use crate::query::sql::from;

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
        dialect: Dialect,
        (query, catalog): (&Query, &Catalog),
    ) -> Result<String, Error> {
        let mut tests = dialect.tests(query, catalog)?;
        if self.families {
            let first = dialect.first_of(FAMILY, &LARGEST, &tests);
            tests.push(format!("(family IS NULL OR {first})"));
        }
        let mut tables = vec![("matching", format!("SELECT *\n{}", from(&tests)))];
        let each =
            |by, value, from| format!("SELECT *, {} AS {value}\nFROM {from}", dialect.each(by));
        let (rows, all) = match *self.by {
            [by, second] => {
                let first = VALUES[0];
                let total = format!("count(*) OVER (PARTITION BY {first}) AS total");
                tables.push(("valued", each(by, first, "matching")));
                tables.push(("counted", format!("SELECT *, {total}\nFROM valued")));
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
            .map(|(by, value)| format!("{value} AS {}", dialect.name(by.heading.key)))
            .collect();
        columns.push("count(*) AS models".to_owned());
        columns.push(format!("count(*) / {all} AS share"));
        for column in self.of {
            columns.extend(statistics(dialect, column)?);
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
            self.sorted(dialect).join(", "),
            limit.unwrap_or_default()
        ))
    }

    /// What the rows are sorted by.
    fn sorted(&self, dialect: Dialect) -> Vec<String> {
        let counts = match self.by.len() {
            1 => ["count(*)"; 2],
            _ => ["max(total)", "count(*)"],
        };
        let mut keys = Vec::new();
        for ((by, value), count) in self.by.iter().zip(VALUES).zip(counts) {
            keys.push(format!("{value} IS NULL"));
            if value == VALUES[0] {
                keys.extend(self.order.in_sql(dialect, (value, of_one(by.heading.kind))));
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

/// The kind of one value: of a list a word.
fn of_one(kind: Kind) -> Kind {
    match kind {
        Kind::Tags => Kind::Word,
        kind => kind,
    }
}

/// The statistics of a figure.
fn statistics(dialect: Dialect, column: ColumnRef) -> Result<Vec<String>, Error> {
    if dialect.is_list(column) {
        return Err(Error::Misuse(format!(
            "a model has several `{}`, which `--sql` cannot summarize; choose another, such as `{}`",
            column.heading.key, PARAMS.heading.key
        )));
    }
    let value = dialect.value(column);
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
        format!("{computed} AS {}", dialect.name(&name))
    });
    Ok(statistics.collect())
}
