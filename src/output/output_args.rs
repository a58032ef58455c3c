//! The output flags: the format, and the columns that an answer shows.

use super::{Format, Output, Row, RowWriter, Section};
use crate::error::Error;
use crate::model::column::{Column, ColumnRef, Heading, Record, Shown};
use crate::model::keys::Keys;
use crate::model::name::{NormalizedName, did_you_mean, quoted};
use crate::model::{Key, Model};
use clap::Args;
use std::collections::HashSet;
use std::convert::Infallible;

/// The format of an answer.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct FormatArgs {
    /// Output format
    #[arg(
        long,
        short,
        value_name = "FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t
    )]
    pub format: Format,

    /// Leave out the header
    #[arg(long)]
    pub no_header: bool,
}

/// The format of an answer, and its columns.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    #[command(flatten)]
    pub look: FormatArgs,

    /// Columns to show, in this order; `all` for every key (`-f csv` has them in its first line)
    #[arg(
        long = "columns",
        short = 'c',
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = |text: &str| Ok::<_, Infallible>(text.trim().to_owned())
    )]
    columns: Vec<String>,
}

/// Keys that are too many for an error message.
const MANY: usize = 16;

impl OutputArgs {
    /// Whether there is a `--columns`.
    pub(crate) fn names_keys(&self) -> bool {
        !self.columns.is_empty()
    }

    /// The numbers of the columns that `--columns` names, each once: JSON objects must not have a
    /// key twice. A column is given by what it is called; the first name is its key.
    pub(super) fn selected(&self, columns: &[Vec<&str>]) -> Result<Vec<usize>, Error> {
        let mut selected = Vec::new();
        for typed in &self.columns {
            let name = NormalizedName::new(typed);
            // `-params` or `+params` is how other tools write an order.
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
            let is_key = typed.starts_with(char::is_alphanumeric) && typed.chars().all(plain);
            let is_named = |names: &Vec<&str>| is_key && names.iter().any(|own| name.is(own));
            match columns.iter().position(is_named) {
                Some(index) => selected.push(index),
                None if typed.eq_ignore_ascii_case("all") => selected.extend(0..columns.len()),
                None => return Err(Error::Misuse(unknown_key(typed, columns))),
            }
        }
        let mut seen = HashSet::new();
        selected.retain(|index| seen.insert(*index));
        Ok(selected)
    }

    /// The columns of an answer whose rows are records.
    pub(crate) fn records<R: Record>(&self, out: &Output) -> Result<RecordWriter<R>, Error> {
        match self.look.format {
            Format::Entry => Err(Format::no_entries()),
            _ => self.record_writer(&[], out),
        }
    }

    /// The columns of an answer whose rows are models. Tables also show the `asked` columns, which
    /// the question is about, and drop them last.
    pub(crate) fn models(&self, asked: &[ColumnRef], out: &Output) -> Result<RecordWriter, Error> {
        if self.look.format == Format::Entry {
            self.no_columns()?;
        }
        self.record_writer(asked, out)
    }

    /// Refuses `--columns`, for a format that has every key.
    pub(crate) fn no_columns(&self) -> Result<(), Error> {
        match self.names_keys() {
            true => Err(Error::Misuse(
                "`entry` has every key; leave out `--columns`".to_owned(),
            )),
            false => Ok(()),
        }
    }

    fn record_writer<R: Record>(
        &self,
        asked: &[ColumnRef<R>],
        out: &Output,
    ) -> Result<RecordWriter<R>, Error> {
        let columns = self.columns_of(asked)?.into_iter();
        let (columns, headings) = columns.unzip();
        Ok(RecordWriter {
            writer: RowWriter::new(&self.look, headings, out),
            format: self.look.format,
            columns,
        })
    }

    /// The columns of `--columns`, else the format's own.
    pub(super) fn columns_of<R: Record>(
        &self,
        asked: &[ColumnRef<R>],
    ) -> Result<Vec<(ColumnRef<R>, Heading<'static>)>, Error> {
        let names: Vec<Vec<&str>> = R::columns().iter().map(Column::names).collect();
        let selected = self.selected(&names)?;
        let is_default = |column: &ColumnRef<R>| match self.look.format {
            Format::Names => column.heading.key == R::NAME,
            format if format.is_for_people() => {
                column.default == Shown::ByDefault || asked.contains(column)
            }
            _ => true,
        };
        let columns: Vec<ColumnRef<R>> = match self.names_keys() {
            true => selected.into_iter().map(|i| &R::columns()[i]).collect(),
            false => R::columns().iter().filter(is_default).collect(),
        };
        let heading = |column: ColumnRef<R>| match asked.contains(&column) {
            true => Heading {
                rank: column.heading.rank.min(1),
                ..column.heading
            },
            false => column.heading,
        };
        Ok(columns.into_iter().map(|c| (c, heading(c))).collect())
    }
}

fn unknown_key(typed: &str, columns: &[Vec<&str>]) -> String {
    if typed.is_empty() {
        return "a key of `--columns` is empty".to_owned();
    }
    let hint = match did_you_mean(typed, columns.iter().flatten().copied()) {
        hint if !hint.is_empty() => hint,
        _ if columns.len() > MANY => "; `ahm columns` lists them".to_owned(),
        _ => format!(
            "; expected {}",
            quoted(columns.iter().map(|names| names[0]))
        ),
    };
    format!("unknown key `{typed}`{hint}")
}

/// Writes records under columns.
#[derive(Debug)]
pub(crate) struct RecordWriter<R: Record = Model<'static>> {
    pub columns: Vec<ColumnRef<R>>,
    format: Format,
    writer: RowWriter<'static>,
}

impl<R: Record> RecordWriter<R> {
    /// The row of a record.
    pub(crate) fn row<'r>(&self, record: &'r R::Of<'r>) -> Row {
        let read = |column: &ColumnRef<R>| match self.format.is_for_people() {
            true => R::marked(column, record),
            false => (column.read)(record),
        };
        let values: Vec<_> = self.columns.iter().map(read).collect();
        self.writer.row(&values)
    }

    /// The rows of an answer.
    pub(crate) fn section<'a>(self, rows: impl IntoIterator<Item = Row> + 'a) -> Section<'a> {
        Section::Rows(self.writer, Box::new(rows.into_iter()))
    }
}

impl RecordWriter {
    /// The row of a model, which may be an entry of a catalog.
    pub(crate) fn model_row(&self, model: &Model<'_>) -> Row {
        match self.format {
            Format::Entry => RowWriter::entry(&model.clone().into_entry()),
            _ => self.row(model),
        }
    }

    /// The keys of a model that the rows read, with the marks where they are shown.
    #[expect(
        dead_code,
        reason = "for questions that format their rows while they scan"
    )]
    pub(crate) fn needs(&self) -> Keys {
        let marks = match self.format {
            Format::Entry => return Keys::ALL,
            format if format.is_for_people() => Keys::of(&[Key::sources]),
            _ => Keys::default(),
        };
        let needs = self.columns.iter().map(|column| column.needs);
        needs.fold(marks, Keys::and)
    }
}
