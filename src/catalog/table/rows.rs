//! Rows of tables whose keys are not those of a catalog.

use crate::catalog::document::Document;
use crate::catalog::shape::members;
use crate::error::Position;
use serde_json::Value;
use std::collections::HashMap;

/// Rows of one file, or of all files of a folder.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(super) files: Vec<TableFile>,
    /// The name of each column.
    pub(super) headers: Vec<String>,
    pub(super) numbers: HashMap<String, usize>,
    pub(super) rows: Vec<TableRow>,
}

/// The text of a file.
#[derive(Debug)]
pub(super) struct TableFile {
    pub document: Document,
    /// What separates its cells; none in JSON.
    pub separator: Option<u8>,
    /// The numbers of the columns of its cells, in their order; none in JSON.
    pub columns: Vec<usize>,
}

/// One row, and where it is.
#[derive(Debug)]
pub(super) struct TableRow {
    /// The number of its file.
    pub file: usize,
    /// The bytes of the file that hold it.
    pub start: usize,
    pub end: usize,
    /// The number of the column of each cell, and its value.
    pub cells: Vec<(usize, Value)>,
}

/// The column that holds the keys of JSON whose rows are the members of an object.
pub(super) const KEY: &str = "(key)";

/// What tables call the name of a model, the plainest first; an `id` is one where nothing else is.
pub(super) const NAMES: [&str; 6] = ["name", "model", "modelname", "system", "modelid", "id"];

impl Table {
    /// The number of the column of this name, which is added if there is none.
    pub(super) fn column(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.headers.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.headers.len() - 1);
        self.headers.len() - 1
    }

    /// Adds the rows of another table.
    pub(super) fn append(&mut self, table: Table) {
        let columns = table.headers.iter();
        let columns: Vec<usize> = columns.map(|name| self.column(name)).collect();
        let file = self.files.len();
        let files = table.files.into_iter().map(|own| TableFile {
            columns: own.columns.iter().map(|number| columns[*number]).collect(),
            ..own
        });
        self.files.extend(files);
        let renumber = |(column, value): (usize, Value)| (columns[column], value);
        self.rows.extend(table.rows.into_iter().map(|row| TableRow {
            file: file + row.file,
            cells: row.cells.into_iter().map(renumber).collect(),
            ..row
        }));
    }

    /// Whether a comma is a decimal point: where `;` separates the cells.
    pub(super) fn has_decimal_commas(&self) -> bool {
        self.files.iter().any(|file| file.separator == Some(b';'))
    }

    /// The name of the file of a row, as messages call it.
    pub(super) fn file_of(&self, row: &TableRow) -> &str {
        self.files[row.file].document.name()
    }

    /// Where a cell of a row is; the row where it has no such cell.
    pub(super) fn position(&self, row: &TableRow, column: Option<usize>) -> Position {
        let file = &self.files[row.file];
        let text = &file.document.text()[row.start..row.end];
        let within = column.and_then(|column| match file.separator {
            Some(separator) => {
                let cell = file.columns.iter().position(|own| *own == column)?;
                cell_starts(text, separator).0.get(cell).copied()
            }
            None => {
                let key = self.headers[column].split('.').next()?;
                let members = members(text).ok()?;
                let (_, value) = members.into_iter().find(|(name, _)| name == key)?;
                Some(file.document.offset(value) - row.start)
            }
        });
        file.document.position(row.start + within.unwrap_or(0))
    }
}

/// Whether a text has the form of an id.
pub(super) fn is_slug(id: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    id.bytes().all(is_part) && id.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Where the cells of a row of delimited text begin, and whether a quotation mark is left open.
pub(super) fn cell_starts(row: &str, separator: u8) -> (Vec<usize>, bool) {
    let (mut starts, mut is_quoted, mut was_quote) = (vec![0], false, false);
    for (at, byte) in row.bytes().enumerate() {
        let is_start = starts.last() == Some(&at);
        match byte {
            b'"' if is_start => is_quoted = true,
            // Two in a row are one of the text.
            b'"' if is_quoted => was_quote = !was_quote,
            byte if byte == separator && (!is_quoted || was_quote) => {
                (is_quoted, was_quote) = (false, false);
                starts.push(at + 1);
            }
            b'\r' | b'\n' => {}
            _ if was_quote => (is_quoted, was_quote) = (false, false),
            _ => {}
        }
    }
    (starts, is_quoted && !was_quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_begin_where_they_do() {
        for (row, starts, is_open) in [
            ("a,b", vec![0, 2], false),
            ("\"a,b\",c", vec![0, 6], false),
            ("\"a\"\",b\",c", vec![0, 8], false),
            ("5\" x,c", vec![0, 5], false),
            ("a,\"b", vec![0, 2], true),
            ("\"\",\"\"", vec![0, 3], false),
        ] {
            assert_eq!(cell_starts(row, b','), (starts, is_open), "{row}");
        }
    }
}
