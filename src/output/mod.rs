//! How answers are written, and where they go.
//!
//! A format is a file here, a variant of [`Format`] and a line in `Format::write`.

mod bibtex;
mod card;
mod charset;
mod csv;
mod json;
mod markdown;
pub(crate) mod progress;
mod table;
mod terminal;

use crate::error::Error;
use crate::model::column::Heading;
use crate::model::value::Value;
use crate::text::{capitalized, printable};
use clap::ValueEnum;
use std::io::{self, Write};

pub(crate) use bibtex::bibtex;
pub(crate) use card::{Card, Fact};
pub use charset::Charset;
pub(crate) use charset::bar;
pub use terminal::{Output, complain};

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

/// Rows under headings. Rows are read as they are written; a format must not hold them all.
pub(crate) struct Sheet<'a> {
    /// The title and key of each column.
    pub headings: &'a [Heading<'a>],
    /// One value a heading.
    pub rows: &'a mut dyn Rows,
    /// Whether titles or keys are written above the rows.
    pub has_header: bool,
}

/// Rows that are read one after another.
pub(crate) trait Rows {
    /// Hands the next rows to `take`, at most so many.
    fn next(&mut self, most: usize, take: &mut Take<'_>) -> Result<(), Error>;

    /// Writes the remaining rows with `line`, in their order; many rows may be written in
    /// parallel.
    fn rest(&mut self, line: &Line<'_>, out: &mut Output) -> Result<(), Error> {
        let mut bytes = Vec::new();
        self.next(usize::MAX, &mut |row| {
            bytes.clear();
            line(row, &mut bytes)?;
            out.write_all(&bytes)
        })
    }
}

/// Takes a row.
pub(crate) type Take<'t> = dyn FnMut(&[Value<'_>]) -> io::Result<()> + 't;

/// Writes a row, whatever is before and after it.
pub(crate) type Line<'l> = dyn Fn(&[Value<'_>], &mut Vec<u8>) -> io::Result<()> + Sync + 'l;

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
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self, Format::Table | Format::Markdown)
    }

    /// Writes rows in this format. Remarks that follow are left out if it is for machines.
    pub(crate) fn write(self, sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
        if !self.is_for_people() {
            out.silence();
        }
        match self {
            Format::Table => table::write(sheet, out),
            Format::Json => json::array(sheet, out),
            Format::Jsonl => json::lines(sheet, out),
            Format::Csv => csv::commas(sheet, out),
            Format::Tsv => csv::tabs(sheet, out),
            Format::Markdown => markdown::write(sheet, out),
            Format::Names => csv::names(sheet, out),
            Format::Entry => {
                let what = "`entry` is a format of models: use it with `list`, `sort` or `show`";
                Err(Error::Misuse(what.to_owned()))
            }
        }
    }

    /// Writes sentences about an answer for people: as remarks on a terminal, else below the
    /// answer if it `is_whole`, so that only a table with its usual parts has them.
    pub(crate) fn captions(
        self,
        sentences: &[String],
        is_whole: bool,
        out: &mut Output,
    ) -> io::Result<()> {
        if out.width().is_some() && self.is_for_people() {
            sentences.iter().for_each(|sentence| out.remark(sentence));
        } else if is_whole && self.is_for_people() {
            for (i, sentence) in sentences.iter().enumerate() {
                let sentence = capitalized(sentence);
                let sentence = match self {
                    Format::Markdown => markdown::escaped(&sentence),
                    _ => printable(&sentence).into_owned(),
                };
                let gap = if i == 0 { "\n" } else { "" };
                writeln!(out, "{gap}{sentence}.")?;
            }
        }
        Ok(())
    }
}
