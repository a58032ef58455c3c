//! Rows that are read when they are written. To be replaced by [`Row`](super::Row): a question
//! formats its rows while it scans.

use super::{Format, Output, OutputArgs, Report, ReportPart, json};
use crate::error::Error;
use crate::model::column::Heading;
use crate::model::value::Value;
use serde::Serialize;
use std::io::Write;

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
}

impl OutputArgs {
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
}
