//! The first column alone, for loops and pipes.

use std::io::Write;

use super::Sheet;
use crate::error::Error;
use crate::output::Output;
use crate::text::printable;

/// Writes a name a line.
pub fn write(sheet: Sheet<'_>, out: &mut Output) -> Result<(), Error> {
    sheet.rows.each(&mut |row| match row.first() {
        Some(name) => writeln!(out, "{}", printable(&name.exact())),
        None => Ok(()),
    })
}
