//! The flags that say how an answer looks.

use crate::cli::look::Look;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::Model;
use crate::model::column::{Column, ColumnRef, Heading, Shown, distinct};
use crate::model::keys::Keys;
use crate::model::record::Record;
use crate::output::Output;
use crate::output::{Format, Rows, Sheet};
use clap::Args;
use std::str::FromStr;

/// How an answer of these records looks.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Display<R: Record = Model<'static>> {
    /// What all rows have in common.
    #[command(flatten)]
    pub look: Look,

    /// Keys to show, in this order; `all` for every key
    #[arg(
        id = R::FLAG,
        long = "columns",
        short = 'c',
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = trimmed(str::parse::<Pick<R>>)
    )]
    columns: Vec<Pick<R>>,
}

/// One word of `--columns`.
#[derive(Debug, Clone, PartialEq)]
enum Pick<R: Record> {
    All,
    One(ColumnRef<R>),
}

impl<R: Record> Display<R> {
    /// The columns that somebody named; none if nobody did.
    pub(crate) fn named_columns(&self) -> Vec<ColumnRef<R>> {
        let expand = |pick: &Pick<R>| match pick {
            Pick::All => R::columns().iter().collect(),
            Pick::One(column) => vec![*column],
        };
        // A key that is twice in an object of JSON is lost to most readers.
        distinct(self.columns.iter().flat_map(expand))
    }

    /// Refuses named columns, for a format that has every key.
    ///
    /// # Errors
    /// When columns are named.
    pub(crate) fn no_columns(&self) -> Result<(), Error> {
        match self.columns.is_empty() {
            true => Ok(()),
            false => Err(Error::Misuse(
                "`entry` has every key; leave out `--columns`".to_owned(),
            )),
        }
    }

    /// The columns to show: those named, else the format's own; `asked` are those that the
    /// question is about, which a table shows too and gives up last.
    pub(crate) fn columns(&self, asked: &[ColumnRef<R>]) -> Vec<(ColumnRef<R>, Heading<'static>)> {
        let named = self.named_columns();
        let all = R::columns().iter();
        let columns: Vec<ColumnRef<R>> = match self.look.format {
            Format::Names if named.is_empty() => {
                all.filter(|column| column.heading.key == R::NAME).collect()
            }
            _ if !named.is_empty() => named,
            format if format.is_for_people() => all
                .filter(|column| column.default == Shown::ByDefault || asked.contains(column))
                .collect(),
            _ => all.collect(),
        };
        let heading = |column: ColumnRef<R>| match asked.contains(&column) {
            true => Heading {
                rank: column.heading.rank.min(1),
                ..column.heading
            },
            false => column.heading,
        };
        columns.into_iter().map(|c| (c, heading(c))).collect()
    }

    /// Writes records under columns.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(crate) fn write<'r>(
        &self,
        columns: &[(ColumnRef<R>, Heading<'static>)],
        records: &'r [R::Of<'r>],
        out: &mut Output,
    ) -> Result<(), Error> {
        let mut rows = records.iter().map(|record| {
            let values = columns.iter().map(|(column, _)| R::marked(column, record));
            values.collect::<Vec<_>>()
        });
        self.write_rows(columns, &mut rows, out)
    }

    /// Writes rows that have a value under each of the columns.
    ///
    /// # Errors
    /// When they cannot be read or written.
    pub(crate) fn write_rows(
        &self,
        columns: &[(ColumnRef<R>, Heading<'static>)],
        rows: &mut dyn Rows,
        out: &mut Output,
    ) -> Result<(), Error> {
        let headings: Vec<Heading<'_>> = columns.iter().map(|(_, heading)| *heading).collect();
        let sheet = Sheet {
            headings: &headings,
            rows,
        };
        self.look.format.write(sheet, self.look.header(), out)
    }

    /// Writes records under the columns that the flags ask for.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(crate) fn list<'r>(
        &self,
        records: &'r [R::Of<'r>],
        out: &mut Output,
    ) -> Result<Found, Error> {
        self.write(&self.columns(&[]), records, out)?;
        Ok(Found::count(records.len()))
    }
}

/// The keys of a model that columns read.
pub(crate) fn needs(columns: &[(ColumnRef, Heading<'static>)]) -> Keys {
    let needs = columns.iter().map(|(column, _)| column.needs);
    needs.fold(Keys::default(), Keys::and)
}

impl<R: Record> FromStr for Pick<R> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.eq_ignore_ascii_case("all") {
            true => Ok(Pick::All),
            false => Column::named(text).map(Pick::One),
        }
    }
}
