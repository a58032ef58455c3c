//! Pictures of an answer: one file a format, none of which knows another.

mod bar;
mod bibtex;
mod card;
mod csv;
mod fit;
pub mod json;
mod latex;
mod layout;
mod letters;
mod long;
mod markdown;
mod names;
pub mod plot;
mod table;

use std::io::{self, Write};

use clap::ValueEnum;

use crate::column::Heading;
use crate::error::Error;
use crate::output::Output;
use crate::value::Value;

pub use bar::bar;
pub use bibtex::bibtex;
pub use card::{Card, Fact};
pub use latex::latex;
pub use letters::Letters;
pub use markdown::escaped;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Aligned columns with human units
    #[default]
    Table,
    /// One JSON array, an object a line
    Json,
    /// JSON objects, one a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// A table in Markdown, with human units
    #[value(alias = "md")]
    Markdown,
    /// The names alone, one a line
    Names,
    /// Models as entries of a catalog, in JSON; on list, sort and show
    Entry,
}

/// Whether the titles or keys stand over the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    /// They do.
    Shown,
    /// They do not.
    Hidden,
}

/// Rows under headings. Rows come one after another; no format may count on holding them all.
pub struct Sheet<'a> {
    /// What stands over each column.
    pub headings: &'a [Heading<'a>],
    /// One value a heading.
    pub rows: &'a mut dyn Rows,
}

/// Rows that come one after another, and are gone when the next comes.
pub trait Rows {
    /// Hands the next rows to `take`, at most so many.
    ///
    /// # Errors
    /// When a row cannot be read, or `take` cannot write it.
    fn next(&mut self, most: usize, take: &mut Take<'_>) -> Result<(), Error>;

    /// Writes the rows that are left, each as `line` does: several at a time, where there are
    /// many, and in their order.
    ///
    /// # Errors
    /// When a row cannot be read or written.
    fn rest(&mut self, line: &Line<'_>, out: &mut Output) -> Result<(), Error> {
        let mut bytes = Vec::new();
        self.next(usize::MAX, &mut |row| {
            bytes.clear();
            line(row, &mut bytes)?;
            out.write_all(&bytes)
        })
    }
}

/// What takes a row.
pub type Take<'t> = dyn FnMut(&[Value<'_>]) -> io::Result<()> + 't;

/// How a row is written, whichever stand before and behind it.
pub type Line<'l> = dyn Fn(&[Value<'_>], &mut Vec<u8>) -> io::Result<()> + Sync + 'l;

impl<'v, I: Iterator<Item = Vec<Value<'v>>>> Rows for I {
    fn next(&mut self, most: usize, take: &mut Take<'_>) -> Result<(), Error> {
        for row in self.take(most) {
            take(&row)?;
        }
        Ok(())
    }
}

impl Format {
    /// Whether a person reads it: human units, chosen columns, remarks.
    pub fn is_for_people(self) -> bool {
        matches!(self, Format::Table | Format::Markdown)
    }

    /// Writes rows in this format.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(self, sheet: Sheet<'_>, header: Header, out: &mut Output) -> Result<(), Error> {
        match self {
            Format::Table => table::write(sheet, header, out)?,
            Format::Json => json::array(sheet, out)?,
            Format::Jsonl => json::lines(sheet, out)?,
            Format::Csv => csv::commas(sheet, header, out)?,
            Format::Tsv => csv::tabs(sheet, header, out)?,
            Format::Markdown => markdown::write(sheet, header, out)?,
            Format::Names => names::write(sheet, out)?,
            Format::Entry => {
                let what = "`entry` is a format of models: `list`, `sort` and `show` have it";
                return Err(Error::Misuse(what.to_owned()));
            }
        }
        Ok(())
    }

    /// Writes a record, or several, as JSON with all that they hold.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write_whole<T: serde::Serialize + ?Sized>(
        records: &T,
        out: &mut Output,
    ) -> Result<(), Error> {
        Ok(json::whole(records, out)?)
    }

    /// Writes records with all that they hold as one JSON array, each as it comes.
    ///
    /// # Errors
    /// When a record cannot be read, or not be written.
    pub fn write_each<T: serde::Serialize>(
        records: impl Iterator<Item = Result<T, Error>>,
        out: &mut Output,
    ) -> Result<(), Error> {
        json::each(records, out)
    }
}
