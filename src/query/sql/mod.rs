//! A question as SQL over the table `models` that `ahm list -f jsonl` writes, for an engine that holds
//! it. A test of a missing value is `NULL` there, which is what conditions have for it.

mod condition;
mod functions;

use crate::catalog::Catalog;
use crate::error::Error;
use crate::model::Keys;
use crate::model::column::ColumnRef;
use crate::model::value::Kind;
use crate::output::sql::Dialect;
use crate::query::condition::Condition;
use crate::query::{Query, SortKey, add_spellings};
use crate::text::printable;

impl Dialect {
    /// The tests that models of the answer pass.
    ///
    /// # Errors
    /// When a test has no SQL.
    pub(crate) fn tests(self, query: &Query, catalog: &Catalog) -> Result<Vec<String>, Error> {
        let mut all = query.condition.clone();
        add_spellings(&mut all, catalog)?;
        let parts = match &all {
            Condition::All(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        query
            .pattern
            .iter()
            .chain(&query.searches)
            .try_for_each(condition::check)?;
        let pattern = query.pattern.iter().map(|own| self.mentions(own, false));
        let searches = query.searches.iter().map(|own| self.mentions(own, true));
        let mut tests: Vec<String> = pattern.chain(searches).collect();
        for part in parts {
            tests.push(self.part(part)?);
        }
        tests.extend(
            catalog
                .last_month()
                .map(|last| format!("announced <= '{last}'")),
        );
        Ok(tests)
    }

    /// A test that keeps the first model of each value of a key among those that pass others.
    pub(crate) fn first_of(self, by: ColumnRef, order: &[SortKey], tests: &[String]) -> String {
        let (value, order) = (self.each(by), self.order(order).join(", "));
        let ranked = format!("row_number() OVER (PARTITION BY own ORDER BY {order}) AS place");
        let models = from(tests).replace('\n', " ");
        let valued = format!("SELECT *, {value} AS own {models}");
        format!(
            "id IN (SELECT id FROM (SELECT id, own, {ranked} FROM ({valued}) AS valued) AS ranked \
             WHERE place = 1 AND own IS NOT NULL)"
        )
    }

    /// The values of a key that a model is grouped under, a row for each.
    pub(crate) fn each(self, by: ColumnRef) -> String {
        match self.is_list(by) {
            true => self.unnested(&self.value(by)),
            false => self.value(by),
        }
    }

    /// What a question sorts by, with the name and the id of models that are equal otherwise.
    pub(crate) fn order(self, order: &[SortKey]) -> Vec<String> {
        let mut keys = Vec::new();
        for SortKey { column, descending } in order {
            let value = match self.is_list(column) && column.heading.kind.is_number() {
                true => self.largest(&self.value(column)),
                false => self.value(column),
            };
            keys.extend(self.sorted(&value, column.heading.kind, *descending));
        }
        keys.extend(["lower(name)", "lower(id)"].map(str::to_owned));
        keys
    }

    /// What sorts values of a kind: words without regard to case, missing ones last.
    pub(crate) fn sorted(self, value: &str, kind: Kind, descending: bool) -> Vec<String> {
        let direction = match descending {
            true => "DESC NULLS LAST",
            false => "ASC NULLS LAST",
        };
        let value = match kind {
            Kind::Tags => self.joined(value),
            _ => value.to_owned(),
        };
        match kind {
            Kind::Month | Kind::Number | Kind::Quantity(_) => vec![format!("{value} {direction}")],
            _ => vec![
                format!("lower({value}) {direction}"),
                format!("{value} {direction}"),
            ],
        }
    }

    /// Whether a column is not one of the table's.
    pub(crate) fn is_computed(self, column: ColumnRef) -> bool {
        self.value(column) != self.name(column.heading.key)
    }

    /// A column or what an expression computes, under its key.
    pub(crate) fn selected(self, column: ColumnRef) -> String {
        match (self.value(column), self.name(column.heading.key)) {
            (value, name) if value == name => name,
            (value, name) => format!("{value} AS {name}"),
        }
    }

    /// What is asked, and of which table, as comments.
    pub(crate) fn comments(self, words: &[String], catalog: &Catalog) -> String {
        let as_of = catalog.last_month().map(|month| format!("as of {month}"));
        let words = words.iter().cloned().chain(as_of);
        let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
        let words = match words.join("; ") {
            none if none.is_empty() => "all models".to_owned(),
            words => printable(&words).into_owned(),
        };
        let (flags, engine) = (catalog.flags(), self.engine());
        format!(
            "-- {words}\n-- models: written by `ahm list{flags} -f jsonl`, declared by \
             `ahm schema --sql {engine}`\n"
        )
    }
}

/// The table, and the tests that its models pass, one a line.
pub(crate) fn from(tests: &[String]) -> String {
    match tests {
        [] => "FROM models".to_owned(),
        tests => format!("FROM models\nWHERE {}", tests.join("\n  AND ")),
    }
}

impl Query {
    /// A sentence about a word of the question that no model of the catalog has.
    pub(crate) fn unknown_word(&self, catalog: &Catalog) -> Result<Option<String>, Error> {
        match self.scan((catalog, Keys::default()), (), |(), _, _| ()) {
            Ok(answer) => Ok(answer.note),
            Err(Error::Misuse(what)) => Ok(Some(what)),
            Err(Error::Condition(mistake)) => Ok(Some(mistake.message)),
            Err(error) => Err(error),
        }
    }
}
