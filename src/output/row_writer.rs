//! Rows in a format: made on any thread, written in their order.

use super::table::TableRow;
use super::{Format, FormatArgs, Output, csv, html, json, latex, markdown, table};
use crate::error::Error;
use crate::model::heading::Heading;
use crate::model::provenance::Marks;
use crate::model::value::Value;
use serde::Serialize;
use std::io::Write;

/// A row in its format.
#[derive(Debug, Clone)]
pub(crate) enum Row {
    /// What is written, without a line break at its end, and the marks in it.
    Text(Vec<u8>, Marks),
    /// Cells, laid out when the widths of the columns are known.
    Cells(TableRow),
}

/// Makes rows of values under headings, and writes them.
#[derive(Debug)]
pub(crate) struct RowWriter<'a> {
    format: Format,
    has_header: bool,
    /// The flag that chooses the columns.
    pub(super) chooser: &'static str,
    omits_null: bool,
    is_terminal: bool,
    pub(super) headings: Vec<Heading<'a>>,
    /// The key by which rows come sorted, and whether they descend, for formats that say so.
    pub(crate) sorted: Option<(&'a str, bool)>,
    json_keys: Vec<Vec<u8>>,
}

impl<'a> RowWriter<'a> {
    pub(crate) fn new(args: &FormatArgs, headings: Vec<Heading<'a>>, out: &Output) -> Self {
        RowWriter {
            format: args.format(),
            has_header: !args.no_header,
            chooser: "-c",
            omits_null: args.omit_null,
            is_terminal: out.width().is_some(),
            json_keys: json::keys(&headings),
            sorted: None,
            headings,
        }
    }

    /// A row with a value for each heading.
    pub(crate) fn row(&self, values: &[Value<'_>]) -> Row {
        let mut text = Vec::new();
        let written = match self.format {
            Format::Table => return Row::Cells(TableRow::new(values, &self.headings)),
            Format::Markdown | Format::Latex | Format::Html => {
                let marks = values.iter().map(Value::marks);
                let marks = marks.fold(Marks::default(), Marks::union);
                let text = match self.format {
                    Format::Latex => latex::row(values, &self.headings),
                    Format::Html => html::row(values, &self.headings),
                    _ => markdown::row(values, &self.headings),
                };
                return Row::Text(text, marks);
            }
            Format::Json | Format::Jsonl => {
                let keys = self.json_keys.iter().zip(values);
                let keys = keys.filter(|(_, value)| !(self.omits_null && value.is_missing()));
                json::object(keys, &mut text)
            }
            Format::Csv => csv::commas(values, self.is_terminal, &mut text),
            Format::Tsv => csv::tabs(values, &mut text),
            Format::Names | Format::Ids => csv::name(values, &mut text),
            // Their rows are records and findings.
            Format::Entry | Format::Bibtex | Format::Github | Format::Sarif => Ok(()),
        };
        debug_assert!(written.is_ok(), "writing to memory does not fail");
        Row::Text(text, Marks::default())
    }

    /// A row that is written already.
    pub(crate) fn text(text: String) -> Row {
        Row::Text(text.into_bytes(), Marks::default())
    }

    /// A record with everything in it, as indented JSON.
    pub(crate) fn entry(record: &impl Serialize) -> Row {
        let mut text = Vec::new();
        let written = json::indented(record, &mut text);
        debug_assert!(written.is_ok(), "writing to memory does not fail");
        Row::Text(text, Marks::default())
    }

    /// Whether a table of these rows has room for all columns but illustrations.
    pub(super) fn fits(&self, rows: impl Iterator<Item = Row>, out: &Output) -> bool {
        let (Format::Table, Some(width)) = (self.format, out.width()) else {
            return true;
        };
        let cells = rows.filter_map(|row| match row {
            Row::Cells(cells) => Some(cells),
            Row::Text(..) => None,
        });
        let cells: Vec<TableRow> = cells.collect();
        table::fits(&self.headings, self.has_header, &cells, width)
    }

    /// Writes rows; in JSON a row that `is_single` is an object, not an array. A page has them as the
    /// part of this number, under a title. Returns the marks of their values.
    ///
    /// # Errors
    /// The first of the rows', or that of `out`.
    pub(crate) fn write(
        &self,
        rows: impl Iterator<Item = Result<Row, Error>>,
        (is_single, part, title): (bool, usize, &str),
        out: &mut Output,
    ) -> Result<Marks, Error> {
        let headings = &*self.headings;
        let header = match self.format {
            Format::Table => {
                let rows = rows.filter_map(|row| match row {
                    Ok(Row::Cells(cells)) => Some(Ok(cells)),
                    Ok(Row::Text(..)) => None,
                    Err(error) => Some(Err(error)),
                });
                return table::write(headings, (self.has_header, self.chooser), rows, out);
            }
            Format::Markdown => Some(Row::Text(markdown::header(headings), Marks::default())),
            Format::Csv | Format::Tsv => {
                let keys = headings.iter().map(|heading| heading.key.into());
                Some(self.row(&keys.collect::<Vec<_>>()))
            }
            _ => None,
        };
        let header = header.filter(|_| self.has_header);
        let [start, end] = match self.format {
            Format::Latex => [
                latex::start(headings, self.has_header),
                latex::END.to_owned(),
            ],
            Format::Html => html::around((part, title), (headings, self.has_header), self.sorted),
            _ => Default::default(),
        };
        let (before, between, after, none) = match self.format {
            Format::Json if !is_single => ("[\n", ",\n", "\n]\n", "[]\n"),
            Format::Entry if !is_single => ("[\n  ", ",\n  ", "\n]\n", "[]\n"),
            Format::Latex | Format::Html => (&*start, "\n", &*end, ""),
            // A blank line is between two entries.
            Format::Bibtex => ("", "\n", "", ""),
            _ => ("", "\n", "\n", ""),
        };
        let (mut is_first, mut all_marks) = (true, Marks::default());
        for row in header.map(Ok).into_iter().chain(rows) {
            let Row::Text(text, marks) = row? else {
                continue;
            };
            all_marks = all_marks.union(marks);
            out.write_all(if is_first { before } else { between }.as_bytes())?;
            match self.format == Format::Entry && !is_single {
                true => out.write_all(&json::nested(&text))?,
                false => out.write_all(&text)?,
            }
            is_first = false;
        }
        out.write_all(if is_first { none } else { after }.as_bytes())?;
        Ok(all_marks)
    }
}
