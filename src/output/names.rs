//! The first column alone, for loops and pipes.

use super::{Line, Sheet};
use crate::error::Error;
use crate::output::Output;
use crate::text::printable;
use std::io::Write;

/// Writes a name a line.
pub(super) fn write(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    let line: &Line<'_> = &|row, line| match row.first() {
        Some(name) => writeln!(line, "{}", printable(&name.exact())),
        None => Ok(()),
    };
    sheet.rows.rest(line, out)
}
