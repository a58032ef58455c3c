//! The first column alone, for loops and pipes.

use std::io::{self, Write};

use super::Sheet;
use crate::output::Output;
use crate::text::printable;

/// Writes a name a line.
pub fn write(sheet: Sheet<'_, '_>, out: &mut Output) -> io::Result<()> {
    for row in sheet.rows {
        if let Some(name) = row.first() {
            writeln!(out, "{}", printable(&name.exact()))?;
        }
    }
    Ok(())
}
