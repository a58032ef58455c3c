//! The answer of a command, for every format.

use super::{Card, Format, Output, OutputArgs, Row, RowWriter, markdown};
use crate::error::Error;
use crate::model::column::Heading;
use crate::model::provenance::Marks;
use crate::model::schema::COLUMNS;
use crate::model::value::Value;
use crate::text::{capitalized, printable};
use std::io::{self, Write};

/// The answer of a command.
#[derive(Default)]
pub(crate) struct Report<'a> {
    /// The rows.
    pub rows: Section<'a>,
    /// Whether there can be one row only, which in JSON is an object.
    pub is_single: bool,
    /// What people read in place of the rows, unless they choose columns.
    pub summary: Vec<Section<'a>>,
    /// The marks in the cards.
    pub marks: Marks,
    /// Sentences about the whole answer: remarks on a terminal, else below a table with its usual
    /// parts.
    pub captions: Vec<String>,
    /// What people see on a terminal alone.
    pub remarks: Vec<String>,
}

/// A part of an answer; if it has no rows, people see nothing of it.
pub(crate) enum Section<'a> {
    Card(Card),
    Sheet(Sheet<'a>),
    /// Rows in the format of the answer.
    Rows(RowWriter<'a>, Box<dyn Iterator<Item = Row> + 'a>),
}

/// Values under headings.
#[derive(Debug, Default)]
pub(crate) struct Sheet<'a> {
    pub columns: Vec<SheetColumn<'a>>,
    /// One value a column.
    pub rows: Vec<Vec<Value<'a>>>,
}

/// A column of a sheet, and who reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SheetColumn<'a> {
    Both(Heading<'a>),
    /// Bars.
    People(Heading<'a>),
    /// For people where they choose it, such as an id.
    Machines(Heading<'a>),
}

impl<'a> SheetColumn<'a> {
    fn heading(&self) -> Heading<'a> {
        match self {
            SheetColumn::Both(own) | SheetColumn::People(own) | SheetColumn::Machines(own) => *own,
        }
    }

    /// What it is called: its key, and the short names of a model's column with this key.
    fn names(&self) -> Vec<&'a str> {
        let key = self.heading().key;
        let column = COLUMNS.iter().find(|column| column.heading.key == key);
        column.map_or_else(|| vec![key], |column| column.names())
    }
}

impl Default for Section<'_> {
    fn default() -> Self {
        Section::Sheet(Sheet::default())
    }
}

impl From<Card> for Section<'_> {
    fn from(card: Card) -> Self {
        Section::Card(card)
    }
}

impl<'a> From<Sheet<'a>> for Section<'a> {
    fn from(sheet: Sheet<'a>) -> Self {
        Section::Sheet(sheet)
    }
}

impl<'a> Sheet<'a> {
    /// The rows in the format, of each the values in the columns that are shown.
    fn formatted(
        self,
        args: &OutputArgs,
        out: &Output,
    ) -> Result<(RowWriter<'a>, Box<dyn Iterator<Item = Row> + 'a>), Error> {
        let people = args.look.format.is_for_people();
        let is_readable = |index: &usize| match self.columns[*index] {
            SheetColumn::Both(_) => true,
            SheetColumn::People(_) => people,
            SheetColumn::Machines(_) => !people || args.names_keys(),
        };
        let mut shown: Vec<usize> = (0..self.columns.len()).filter(is_readable).collect();
        if args.names_keys() {
            let names: Vec<_> = shown.iter().map(|i| self.columns[*i].names()).collect();
            let selected = args.selected(&names)?.into_iter();
            shown = selected.map(|i| shown[i]).collect();
        }
        let headings = shown.iter().map(|i| self.columns[*i].heading());
        let writer = RowWriter::new(&args.look, headings.collect(), out);
        let row = |values: &Vec<Value<'_>>| {
            let values = shown.iter().map(|i| values[*i].clone());
            writer.row(&values.collect::<Vec<_>>())
        };
        let rows: Vec<Row> = self.rows.iter().map(row).collect();
        Ok((writer, Box::new(rows.into_iter())))
    }
}

impl Report<'_> {
    /// Writes the answer by the output flags.
    pub(crate) fn write(self, args: &OutputArgs, out: &mut Output) -> Result<(), Error> {
        let format = args.look.format;
        if !format.is_for_people() {
            out.silence();
        }
        let is_usual = format.is_for_people() && !args.names_keys();
        let sections = match is_usual && !self.summary.is_empty() {
            true => self.summary,
            false => vec![self.rows],
        };
        let mut is_first = true;
        for section in sections {
            is_first &= !section.write((args, self.is_single, is_first), out)?;
        }
        if is_usual {
            out.remarks(self.marks.messages());
        }
        if out.width().is_some() {
            out.remarks(self.captions);
        } else if is_usual && !args.look.no_header {
            write_captions(&self.captions, (format, is_first), out)?;
        }
        out.remarks(self.remarks);
        Ok(())
    }
}

/// Writes sentences below an answer, after a blank line unless they are the first part of it.
pub(super) fn write_captions(
    sentences: &[String],
    (format, is_first): (Format, bool),
    out: &mut Output,
) -> io::Result<()> {
    for (i, sentence) in sentences.iter().enumerate() {
        let sentence = capitalized(sentence);
        let sentence = match format {
            Format::Markdown => markdown::escaped(&sentence),
            _ => printable(&sentence).into_owned(),
        };
        let gap = if i == 0 && !is_first { "\n" } else { "" };
        writeln!(out, "{gap}{sentence}.")?;
    }
    Ok(())
}

impl Section<'_> {
    /// Writes the section, below a blank line unless it is the first; returns whether there was
    /// anything to write.
    fn write(
        self,
        (args, is_single, is_first): (&OutputArgs, bool, bool),
        out: &mut Output,
    ) -> Result<bool, Error> {
        let format = args.look.format;
        let (writer, rows) = match self {
            Section::Rows(writer, rows) => (writer, rows),
            Section::Card(card) => {
                if !is_first {
                    writeln!(out)?;
                }
                card.write(format, out)?;
                return Ok(true);
            }
            Section::Sheet(_) if format == Format::Entry => return Err(Format::no_entries()),
            Section::Sheet(sheet) => sheet.formatted(args, out)?,
        };
        let mut rows = rows.peekable();
        if format.is_for_people() && rows.peek().is_none() {
            return Ok(false);
        }
        if !is_first {
            writeln!(out)?;
        }
        writer.write(rows, is_single, out)?;
        Ok(true)
    }
}
