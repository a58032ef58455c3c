//! Coverage: the keys of models, and how many models have each.

use crate::catalog::Catalog;
use crate::catalog::parallel::Merge;
use crate::error::Error;
use crate::model::column::{self, ColumnRef, Record};
use crate::model::schema::COLUMNS;
use crate::model::value::{Kind, Value};
use crate::model::{Keys, Model, Text};

/// A column of models, and how many models have a value in it.
#[derive(Debug, Clone)]
pub(crate) struct Coverage {
    /// The column.
    pub column: ColumnRef,
    /// Its aliases.
    pub short: Vec<Text<'static>>,
    /// How many models have a value.
    pub models: usize,
}

impl Coverage {
    /// Of a column that so many models have a value in.
    pub(crate) fn of_column(column: ColumnRef, models: usize) -> Coverage {
        Coverage {
            column,
            short: column.aliases.iter().map(|&name| name.into()).collect(),
            models,
        }
    }

    /// Counts over the models of the catalog, a column after another; and how many models those
    /// are.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub(crate) fn of(catalog: &Catalog) -> Result<(Vec<Coverage>, usize), Error> {
        let needs = COLUMNS.iter().map(|column| column.needs);
        let needs = needs.fold(Keys::default(), Keys::union);
        let counts = catalog.scan(needs, Counts::default(), |counts, model, _| {
            counts.add(model);
        })?;
        let mut coverage: Vec<Coverage> =
            COLUMNS.iter().map(|c| Coverage::of_column(c, 0)).collect();
        for (own, models) in coverage.iter_mut().zip(counts.known) {
            own.models = models;
        }
        Ok((coverage, counts.scanned))
    }
}

/// How many models have each column, and how many models there are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    /// A count a column, in their order; none before the first model.
    pub known: Vec<usize>,
    /// All models.
    pub scanned: usize,
}

impl Counts {
    /// Counts a model.
    pub(crate) fn add(&mut self, model: &Model<'_>) {
        self.scanned += 1;
        self.known.resize(COLUMNS.len(), 0);
        for (known, column) in self.known.iter_mut().zip(COLUMNS) {
            *known += usize::from(!column.value(model).is_missing());
        }
    }
}

impl Merge for Counts {
    fn merge(&mut self, later: Counts) {
        self.scanned += later.scanned;
        self.known.resize(COLUMNS.len(), 0);
        for (known, later) in self.known.iter_mut().zip(later.known) {
            *known += later;
        }
    }
}

type Column = column::Column<Coverage>;

static COLUMNS_OF_COLUMNS: &[Column] = &[
    Column::of("key", ("Key", Kind::Word), |c| c.column.heading.key.into())
        .aliases(&["name"])
        .means("key in machine formats and on the command line")
        .drop_order(0),
    Column::of("short", ("Also", Kind::Tags), |c| Value::Tags(&c.short))
        .aliases(&["aliases"])
        .means("other keys that it is known by")
        .drop_order(4),
    Column::of("title", ("Title", Kind::Word), |c| {
        c.column.heading.title.into()
    })
    .means("title over its column in a table"),
    Column::of("kind", ("Kind", Kind::Word), |c| {
        kind(c.column.heading.kind).into()
    })
    .means("what its values are: text, tags, link, month, number or record")
    .drop_order(5),
    Column::of("unit", ("Unit", Kind::Word), |c| {
        c.column.heading.kind.unit().into()
    })
    .means("what its numbers count")
    .drop_order(2),
    Column::of("meaning", ("Meaning", Kind::Sentence), |c| {
        c.column.meaning.into()
    })
    .means("what it means")
    .drop_order(1),
    Column::of("models", ("Models", Kind::Number), |c| {
        Value::Number(c.models as f64)
    })
    .aliases(&["count"])
    .means("how many models have it")
    .drop_order(3),
];

impl Record for Coverage {
    type Of<'c> = Coverage;

    const NAME: &'static str = "key";

    fn columns() -> &'static [Column] {
        COLUMNS_OF_COLUMNS
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Word | Kind::Sentence => "text",
        Kind::Address => "link",
        Kind::Tags => "tags",
        Kind::Month => "month",
        Kind::Number | Kind::Quantity(_) => "number",
        Kind::Compound | Kind::Mixed => "record",
    }
}
