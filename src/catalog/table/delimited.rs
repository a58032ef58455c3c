//! Delimited text: CSV, TSV, and files that separate cells by `;`.

use super::rows::{NAMES, Table, TableRow, cell_starts};
use crate::catalog::document::Document;
use crate::error::Error;
use serde_json::Value;

/// What may separate cells, the likeliest first.
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// Whether a text looks like a table rather than JSON.
pub(crate) fn is_delimited(start: &[u8]) -> bool {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let first = text.trim_ascii_start().first();
    let blank = |byte: &&u8| matches!(byte, b'\n' | b'\r');
    let text = &text[text.iter().take_while(blank).count()..];
    let line = text.split(|byte| matches!(byte, b'\n' | b'\r')).next();
    let has_separator = |line: &[u8]| line.iter().any(|byte| SEPARATORS.contains(byte));
    // A table of names alone separates nothing.
    let is_name = |line: &[u8]| {
        let mut names = NAMES.iter();
        names.any(|name| line.eq_ignore_ascii_case(name.as_bytes()))
    };
    !matches!(first, None | Some(b'{' | b'[' | b'<' | 0))
        && line.is_some_and(|line| has_separator(line) || is_name(line.trim_ascii()))
}

/// What separates the cells of a text: the sign that its first line has most; none of JSON.
pub(super) fn separator(text: &str) -> Option<u8> {
    if text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let text = text.trim_start_matches(['\n', '\r']);
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let mut is_quoted = false;
    let mut counts = [0; SEPARATORS.len()];
    for byte in line.bytes() {
        is_quoted ^= byte == b'"';
        let at = SEPARATORS.iter().position(|own| *own == byte && !is_quoted);
        at.into_iter().for_each(|at| counts[at] += 1);
    }
    let most = counts.into_iter().max()?;
    let at = counts.iter().position(|count| *count == most)?;
    Some(SEPARATORS[at])
}

/// Reads the rows of a table whose first line names the columns, and returns their numbers.
pub(super) fn read(
    table: &mut Table,
    document: &Document,
    separator: u8,
) -> Result<Vec<usize>, Error> {
    let text = document.text();
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = ::csv::StringRecord::new();
    let mut columns: Vec<usize> = Vec::new();
    loop {
        let start = reader.position().byte() as usize;
        let found = reader.read_record(&mut record);
        let found =
            found.map_err(|error| Error::Catalog(format!("{}: {error}", document.name())))?;
        let end = reader.position().byte() as usize;
        if !found {
            return Ok(columns);
        }
        let start = start + text[start..end].len()
            - text[start..end].trim_start_matches(['\r', '\n']).len();
        let broken = |what: String| document.broken_at(document.position(start), what);
        if cell_starts(&text[start..end], separator).1 {
            return Err(broken("a quotation mark is not closed".to_owned()));
        }
        // Spreadsheets name the separator so.
        let head = text[start..end].get(..4).unwrap_or_default();
        if columns.is_empty() && head.eq_ignore_ascii_case("sep=") {
            continue;
        }
        if columns.is_empty() {
            for header in &record {
                let number = table.column(header.trim());
                if columns.contains(&number) && !header.trim().is_empty() {
                    return Err(broken(format!(
                        "two columns are called `{}`",
                        header.trim()
                    )));
                }
                columns.push(number);
            }
            continue;
        }
        let width = record.len();
        let is_wide = record
            .iter()
            .skip(columns.len())
            .any(|cell| !cell.is_empty());
        if width < columns.len() || is_wide {
            let expected = columns.len();
            return Err(broken(format!(
                "a row of {width} cells, under {expected} columns"
            )));
        }
        let cells = columns.iter().zip(&record);
        let cells = cells.filter(|(_, cell)| !cell.trim().is_empty());
        table.rows.push(TableRow {
            file: 0,
            start,
            end,
            cells: cells
                .map(|(number, cell)| (*number, Value::from(unguarded(cell))))
                .collect(),
        });
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '@']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Table, String> {
        let document = Document::new("`t`", text.as_bytes().to_vec()).expect("text");
        Table::of(document).map_err(|error| error.to_string())
    }

    #[test]
    fn cells_are_where_they_are() {
        let table = table("name,params,note\n\"a, b\",7B,\"x\ny\"\r\nc,,\n").expect("a table");
        assert_eq!(table.headers, ["name", "params", "note"]);
        let [first, second] = &table.rows[..] else {
            panic!("two rows")
        };
        assert_eq!(first.cells[0], (0, Value::from("a, b")));
        assert_eq!(second.cells, [(0, Value::from("c"))]);
        assert_eq!(
            table.position(first, Some(1)).to_string(),
            "line 2 column 8"
        );
        assert_eq!(table.position(second, None).to_string(), "line 4 column 1");
    }

    #[test]
    fn broken_tables_say_where() {
        for (text, error) in [
            (
                "a,b\n1",
                "`t`, line 2 column 1: a row of 1 cells, under 2 columns",
            ),
            (
                "a,b\n1,\"2\n3,4\n",
                "`t`, line 2 column 1: a quotation mark is not closed",
            ),
            (
                "a,a\n1,2\n",
                "`t`, line 1 column 1: two columns are called `a`",
            ),
        ] {
            assert_eq!(table(text).err().as_deref(), Some(error));
        }
    }

    #[test]
    fn the_sign_that_separates_is_found() {
        assert_eq!(separator("a,b;c,d\n"), Some(b','));
        assert_eq!(separator("\"a,b,c\";d;e\n"), Some(b';'));
        assert_eq!(separator("a\tb, c\td\n"), Some(b'\t'));
        assert_eq!(separator("[{\"a\":1}]"), None);
    }
}
