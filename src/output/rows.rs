//! Rows that are read when they are written. To be replaced by [`Row`](super::Row): a question
//! formats its rows while it scans.

use super::{
    Format, FormatArgs, ModelWriter, Output, OutputArgs, Report, ReportPart, Row, RowWriter, json,
    report,
};
use crate::error::Error;
use crate::model::column::{ColumnRef, Heading};
use crate::model::value::Value;
use serde::Serialize;
use std::io::{self, Write};
use std::iter;

/// Rows that are read one after another.
pub(crate) trait Rows {
    /// Hands the next rows to `take`, at most so many.
    fn next(&mut self, most: usize, take: &mut Take<'_>) -> Result<(), Error>;

    /// Writes the remaining rows with `line`, in their order.
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
    /// Writes a record, or several, as indented JSON with everything in them.
    pub(crate) fn write_whole<T: Serialize + ?Sized>(
        records: &T,
        out: &mut Output,
    ) -> Result<(), Error> {
        let mut text = Vec::new();
        json::indented(records, &mut text)?;
        out.write_all(&text)?;
        Ok(writeln!(out)?)
    }

    /// Writes records with everything in them as one indented array.
    pub(crate) fn write_each<T: Serialize>(
        records: impl Iterator<Item = Result<T, Error>>,
        out: &mut Output,
    ) -> Result<(), Error> {
        let records: Vec<T> = records.collect::<Result<_, Error>>()?;
        Format::write_whole(&records, out)
    }
}

impl FormatArgs {
    /// Writes sentences about the whole answer for people, in a pipe only if the columns are not
    /// `chosen`.
    pub(crate) fn captions(
        &self,
        sentences: &[String],
        chosen: bool,
        out: &mut Output,
    ) -> io::Result<()> {
        let is_whole = !chosen && !self.no_header;
        report::write_captions(sentences, (self.format, is_whole, false), out)
    }
}

impl OutputArgs {
    /// The values of `--columns`.
    pub(crate) fn named_columns(&self) -> &[String] {
        &self.columns
    }

    /// Writes rows, of each the values under the headings of `--columns`.
    pub(crate) fn write<'v>(
        &self,
        headings: &[Heading<'v>],
        rows: &mut dyn Iterator<Item = Vec<Value<'v>>>,
        out: &mut Output,
    ) -> Result<(), Error> {
        let sheet = ReportPart::sheet(headings.iter().copied(), rows);
        Report::new(sheet).write(self, out).map(|_| ())
    }

    /// The columns to show, with their headings.
    pub(crate) fn columns(
        &self,
        asked: &[ColumnRef],
        out: &Output,
    ) -> Result<Vec<(ColumnRef, Heading<'static>)>, Error> {
        let ModelWriter {
            columns, writer, ..
        } = ModelWriter::new(self, asked, out)?;
        Ok(columns.into_iter().zip(writer.headings).collect())
    }

    /// Writes rows with a value for each of the columns.
    pub(crate) fn write_rows(
        &self,
        columns: &[(ColumnRef, Heading<'static>)],
        rows: &mut dyn Rows,
        out: &mut Output,
    ) -> Result<(), Error> {
        let headings = columns.iter().map(|(_, heading)| *heading).collect();
        let writer = RowWriter::new(&self.look, headings, out);
        if !self.look.format.is_for_people() {
            out.silence();
        }
        if let Format::Csv | Format::Tsv | Format::Jsonl | Format::Names = self.look.format {
            writer.write(iter::empty(), false, out)?;
            let line: &Line<'_> = &|values, line| {
                if let Row::Text(text, _) = writer.row(values) {
                    line.extend(text);
                }
                line.push(b'\n');
                Ok(())
            };
            return rows.rest(line, out);
        }
        let mut formatted = Vec::new();
        rows.next(usize::MAX, &mut |row| {
            formatted.push(writer.row(row));
            Ok(())
        })?;
        Ok(writer.write(formatted.into_iter(), false, out)?)
    }
}
