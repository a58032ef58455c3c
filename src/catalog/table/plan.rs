//! Which column of a table is which key of a model.

use super::options::{TableOptions, is_derived};
use super::profile::{Profile, Target};
use super::rows::{KEY, NAMES, Table, TableRow, is_slug};
use crate::catalog::cell::{self, CellFormat};
use crate::error::Error;
use crate::model::Key;
use crate::model::column::{Column, ColumnRef};
use crate::model::name::{NormalizedName, did_you_mean, quoted};
use crate::model::reader::ELSEWHERE;
use crate::model::schema::COLUMNS;
use serde_json::Value;

/// What brackets behind a header multiply its numbers by.
const FACTORS: [(&str, f64); 9] = [
    ("(k)", 1e3),
    ("(thousands)", 1e3),
    ("(m)", 1e6),
    ("(millions)", 1e6),
    ("(in millions)", 1e6),
    ("(b)", 1e9),
    ("(billions)", 1e9),
    ("(in billions)", 1e9),
    ("(t)", 1e12),
];

/// Which column is which key.
#[derive(Debug)]
pub(super) struct Plan {
    pub profile: Option<&'static Profile>,
    /// The targets of each column.
    pub columns: Vec<Vec<(TargetKey, Target)>>,
    /// Whether it is written under the keys of a catalog, ids with them.
    pub is_own: bool,
    pub decimal_comma: bool,
}

/// What a column is read as.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TargetKey {
    /// A column of models.
    Column(ColumnRef),
    /// How sure the row's figures are.
    Confidence,
    /// A key that models do not have.
    Extra,
}

impl Plan {
    /// The plan of a table: what the user maps, then the profile's columns, then the keys, short names
    /// and titles of models.
    pub(super) fn of(table: &Table, name: &str, options: &TableOptions) -> Result<Plan, Error> {
        let headers = || table.headers.iter().map(String::as_str);
        let profile = options.profile.or_else(|| Profile::of(headers()));
        let id = table.numbers.get("id");
        let has_id = |row: &TableRow| {
            let id = row.cells.iter().find(|(column, _)| Some(column) == id);
            id.is_some_and(|(_, id)| matches!(id, Value::String(id) if is_slug(id)))
        };
        let is_own = profile.is_none()
            && options.map.is_empty()
            && !table.rows.is_empty()
            && table.rows.iter().all(has_id);
        let mut plan = Plan {
            profile,
            columns: Vec::new(),
            is_own,
            decimal_comma: table.has_decimal_commas(),
        };
        plan.columns = headers()
            .map(|header| plan.targets(header, options))
            .collect();
        plan.name_column(table);
        plan.check(table, name, options)?;
        Ok(plan)
    }

    fn targets(&self, header: &str, options: &TableOptions) -> Vec<(TargetKey, Target)> {
        let mapped = options
            .map
            .iter()
            .filter(|mapping| mapping.header == header);
        let mapped: Vec<_> = mapped
            .map(|mapping| {
                let target = Target {
                    key: mapping.key.heading.key.to_owned(),
                    factor: mapping.factor.or(without_factor(header).1),
                    ..Target::default()
                };
                (TargetKey::Column(mapping.key), target)
            })
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let is_mapped = |key: &str| options.map.iter().any(|own| own.key.heading.key == key);
        if let Some(profile) = self.profile
            && let Some(targets) = profile.targets(header)
        {
            let targets = targets.into_iter().filter(|target| !is_mapped(&target.key));
            return targets
                .map(|target| (TargetKey::named(&target.key), target))
                .collect();
        }
        if self.profile.is_some() {
            return extra(header).into_iter().collect();
        }
        let (name, factor) = without_factor(header);
        let exact = COLUMNS.iter().find(|column| column.heading.key == header);
        let column = exact.or_else(|| known(name));
        let is_taken = |column: &ColumnRef| {
            is_mapped(column.heading.key)
                || is_derived(column)
                || !self.is_own && column.heading.key == "id"
        };
        match column.filter(|column| !is_taken(column)) {
            Some(column) => {
                let target = Target {
                    key: column.heading.key.to_owned(),
                    factor: factor.filter(|_| column.heading.kind.is_measured()),
                    separator: exact
                        .filter(|own| self.is_own && cell::is_list(own))
                        .map(|_| ';'),
                    ..Target::default()
                };
                vec![(TargetKey::Column(column), target)]
            }
            None => extra(header).into_iter().collect(),
        }
    }

    /// Takes the likeliest column as that of the names, if none is.
    fn name_column(&mut self, table: &Table) {
        if self.has("name") || self.is_own {
            return;
        }
        let is = |header: &str, name: &str| NormalizedName::new(header).as_str() == name;
        let (id, names) = (NAMES[NAMES.len() - 1], &NAMES[..NAMES.len() - 1]);
        let find = |name: &str| table.headers.iter().position(|header| is(header, name));
        let found = names.iter().find_map(|name| find(name));
        let found = found
            .or_else(|| table.numbers.get(KEY).copied())
            .or_else(|| find(id));
        if let (Some(number), Some(column)) = (found, known("name")) {
            let target = Target {
                key: "name".to_owned(),
                // `meta-llama/Llama-2-7b`
                after: is(&table.headers[number], id).then_some('/'),
                ..Target::default()
            };
            self.columns[number] = vec![(TargetKey::Column(column), target)];
        }
    }

    fn has(&self, key: &str) -> bool {
        self.columns
            .iter()
            .flatten()
            .any(|(_, target)| target.key == key)
    }

    /// The columns that no key is read from.
    pub(super) fn ignored<'t>(&self, table: &'t Table) -> Vec<&'t str> {
        let columns = table.headers.iter().zip(&self.columns);
        let ignored = columns.filter(|(header, own)| own.is_empty() && !header.is_empty());
        ignored.map(|(header, _)| header.as_str()).collect()
    }

    /// Refuses a table without names, two columns for one key, and a mapping without its column.
    fn check(&self, table: &Table, name: &str, options: &TableOptions) -> Result<(), Error> {
        if let Some(profile) = options.profile {
            let headers = table.headers.iter();
            let known =
                headers.filter(|own| profile.targets(own).is_some_and(|own| !own.is_empty()));
            // Every table has names.
            if known.count() < 2 {
                return Err(Error::Misuse(format!(
                    "`--as {}`: {name} does not have the columns of that table",
                    profile.name
                )));
            }
        }
        for mapping in &options.map {
            if !table.numbers.contains_key(&mapping.header) {
                let headers = table.headers.iter().map(String::as_str);
                let near = did_you_mean(&mapping.header, headers);
                return Err(Error::Misuse(format!(
                    "`--map`: {name} has no column `{}`{near}",
                    mapping.header
                )));
            }
        }
        if !self.has("name") && !self.is_own {
            let columns = quoted(table.headers.iter().take(8).map(String::as_str));
            return Err(
                Error::Catalog(format!("{name}: no column is called `name` or `model`"))
                    .hint(format!("`--map name=COLUMN` chooses one of {columns}")),
            );
        }
        for (number, targets) in self.columns.iter().enumerate() {
            let is_same = |(key, _): &(TargetKey, Target)| {
                matches!(key, TargetKey::Column(_)) && targets.iter().any(|(own, _)| own == key)
            };
            let earlier = self.columns[..number]
                .iter()
                .position(|own| own.iter().any(is_same));
            if let (Some(earlier), Some((_, target))) = (earlier, targets.first())
                && self.profile.is_none()
            {
                let (a, b) = (&table.headers[earlier], &table.headers[number]);
                return Err(Error::Catalog(format!(
                    "{name}: the columns `{a}` and `{b}` are both {}",
                    target.key
                ))
                .hint(format!("`--map '{}={a}'` chooses one", target.key)));
            }
        }
        Ok(())
    }
}

impl TargetKey {
    fn named(key: &str) -> TargetKey {
        let column = COLUMNS.iter().find(|column| column.heading.key == key);
        match (column, key) {
            (Some(column), _) => TargetKey::Column(column),
            (None, "confidence") => TargetKey::Confidence,
            (None, _) => TargetKey::Extra,
        }
    }
}

impl Target {
    /// How its cells are written.
    pub(super) fn format(&self, plan: &Plan) -> CellFormat {
        CellFormat {
            factor: self.factor,
            separator: self.separator,
            decimal_comma: plan.decimal_comma,
            is_exact: plan.is_own,
        }
    }
}

/// A column under a key of its own; none where an entry would read it as something else.
fn extra(header: &str) -> Option<(TargetKey, Target)> {
    // So would a question: `year` is the year of the announcement.
    let mut names = COLUMNS.iter().flat_map(Column::names);
    let is_key =
        Key::named(header).is_some() || names.any(|name| NormalizedName::new(name).is(header));
    let target = || Target {
        key: header.to_owned(),
        ..Target::default()
    };
    (!is_key && !header.is_empty()).then(|| (TargetKey::Extra, target()))
}

/// The column of models that a header names by its key, a short name or its title.
fn known(header: &str) -> Option<ColumnRef> {
    let elsewhere = ELSEWHERE
        .iter()
        .find(|(name, _)| NormalizedName::new(name).is(header));
    let header = elsewhere.map_or(header, |(_, key)| key);
    if let Ok(column) = Column::named(header) {
        return Some(column);
    }
    let title = |column: &&Column| {
        let title = NormalizedName::new(column.heading.title);
        title.is(header) || NormalizedName::new(column.name()).is(header)
    };
    COLUMNS
        .iter()
        .find(title)
        .filter(|_| !cell::is_missing(&Value::from(header)))
}

/// A header without the scale in brackets at its end, and the scale.
fn without_factor(header: &str) -> (&str, Option<f64>) {
    let lower = header.trim_end().to_ascii_lowercase();
    let found = FACTORS.iter().find(|(ending, _)| lower.ends_with(ending));
    match found {
        Some((ending, factor)) => (
            header[..lower.len() - ending.len()].trim_end(),
            Some(*factor),
        ),
        None => (header, None),
    }
}
