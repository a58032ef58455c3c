//! Folders of tables.

use crate::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The endings of files that hold tables.
const ENDINGS: [&str; 5] = ["csv", "tsv", "json", "jsonl", "ndjson"];

/// How deep a folder is read.
const DEPTH: usize = 16;

/// The files of a folder and its folders that hold tables by their endings, in the order of their names.
/// Links to folders are not followed, so that none leads in a circle.
///
/// # Errors
/// When a folder cannot be read, or none of its files holds a table.
pub(crate) fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    collect(folder, 0, &mut files).map_err(|error| {
        Error::Catalog(format!("`{}` cannot be read: {error}", folder.display()))
    })?;
    files.sort();
    match files.is_empty() {
        true => Err(Error::Catalog(format!(
            "`{}` holds no file that ends in .csv, .tsv, .json or .jsonl",
            folder.display()
        ))),
        false => Ok(files),
    }
}

/// Whether a file holds a table by its ending.
pub(crate) fn has_table_ending(path: &Path) -> bool {
    let ending = path.extension();
    let ending = ending.map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        let is_table = has_table_ending(&path);
        match () {
            () if is_hidden => {}
            () if kind.is_dir() && depth < DEPTH => collect(&path, depth + 1, files)?,
            () if is_table && (kind.is_file() || kind.is_symlink() && path.is_file()) => {
                files.push(path)
            }
            () => {}
        }
    }
    Ok(())
}
