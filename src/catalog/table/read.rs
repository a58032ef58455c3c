//! Reads tables: which documents are tables, and their rows.

use super::profile::Profile;
use super::rows::{Table, TableFile, is_slug};
use super::{delimited, json_rows};
use crate::catalog::document::Document;
use crate::catalog::shape::{MODELS, members};
use crate::error::Error;
use crate::model::Key;

/// So many keys are no coincidence.
const KEYS: usize = 3;

impl Table {
    /// Whether the entries of a document are not written for this program: it is delimited text, the
    /// first entry has no `id` that is one, or a profile knows it.
    pub(crate) fn is_foreign(document: &Document) -> bool {
        if delimited::separator(document.text()).is_some() {
            return true;
        }
        let mut first = None;
        let read = document.entries(&mut |list, json| {
            if list == MODELS && first.is_none() && json != "null" {
                first = Some(json);
            }
        });
        match first {
            Some(json) => !is_entry(json),
            // An empty list is a catalog; what has no list of models may be a table.
            None => read.is_err() && json_rows::has_rows(document),
        }
    }

    /// Whether the first line of a file with a value a line is no entry of a catalog.
    pub(crate) fn has_foreign_lines(start: &[u8]) -> bool {
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        let lines = text.split(|byte| *byte == b'\n');
        let mut lines = lines
            .filter_map(|line| std::str::from_utf8(line).ok())
            .map(str::trim);
        let first = lines.find(|line| !line.is_empty() && *line != "null");
        first.is_some_and(|json| !is_entry(json))
    }

    /// The rows of a document.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn of(document: Document) -> Result<Table, Error> {
        let mut table = Table::default();
        let separator = delimited::separator(document.text());
        let columns = match separator {
            Some(separator) => delimited::read(&mut table, &document, separator)?,
            None => {
                json_rows::read(&mut table, &document)?;
                Vec::new()
            }
        };
        table.files.push(TableFile {
            document,
            separator,
            columns,
        });
        Ok(table)
    }

    /// The rows of several files, those of one kind as one table. Beside JSON that a profile knows,
    /// other JSON is left out.
    pub(crate) fn together(tables: Vec<Table>) -> Vec<Table> {
        let profile = |table: &Table| Profile::of(table.headers.iter().map(String::as_str));
        let kind = |table: &Table| {
            let separator = table.files.first().and_then(|file| file.separator);
            let headers = separator.map(|_| table.headers.clone());
            (
                profile(table).map(|profile| &profile.name),
                separator,
                headers,
            )
        };
        let any_known = tables.iter().any(|table| profile(table).is_some());
        let mut groups: Vec<Table> = Vec::new();
        let mut kinds = Vec::new();
        for table in tables {
            let own = kind(&table);
            if any_known && own == (None, None, None) {
                continue;
            }
            match kinds.iter().position(|kind| *kind == own) {
                Some(at) => groups[at].append(table),
                None => {
                    kinds.push(own);
                    groups.push(table);
                }
            }
        }
        groups
    }

    /// The name of its first file, as messages call it.
    pub(crate) fn name(&self) -> &str {
        self.files.first().map_or("", |file| file.document.name())
    }
}

/// Whether JSON is an entry of a catalog: an object with an id in the form of ids, or with any id and
/// several more keys of a catalog.
fn is_entry(json: &str) -> bool {
    let Ok(members) = members(json) else {
        // What is broken is reported as an entry.
        return true;
    };
    let id = members.iter().find(|(key, _)| key == "id");
    let id = id.and_then(|(_, value)| serde_json::from_str::<String>(value).ok());
    let keys = members.iter().filter(|(key, _)| Key::named(key).is_some());
    let has_id = id.is_some_and(|id| is_slug(&id) || !id.contains('/') && keys.count() >= KEYS);
    has_id && Profile::of(members.iter().map(|(key, _)| &**key)).is_none()
}

/// Whether a text is UTF-16, by its byte order mark.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

/// The bytes of a text as UTF-8, where they are UTF-16 with a byte order mark.
pub(crate) fn decoded(bytes: Vec<u8>) -> Vec<u8> {
    if !is_utf16(&bytes) || bytes.len() % 2 == 1 {
        return bytes;
    }
    let is_little = bytes[0] == 0xff;
    let units = bytes[2..].chunks_exact(2).map(|pair| match is_little {
        true => u16::from_le_bytes([pair[0], pair[1]]),
        false => u16::from_be_bytes([pair[0], pair[1]]),
    });
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.map_or(bytes, String::into_bytes)
}
