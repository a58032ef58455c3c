//! The receipt of `--receipt`: what makes the same answer again.

use crate::catalog::Catalog;
use crate::catalog::lookup::in_shell;
use std::ffi::OsString;

/// All digits of a SHA-256.
const DIGITS: usize = 64;

/// The command, the version of the program, and the catalogs, in two lines.
pub(super) fn receipt(arguments: &[OsString], catalog: Option<&Catalog>) -> String {
    let words = arguments.iter().skip(1);
    let words = words.map(|word| in_shell(&word.to_string_lossy()));
    let command: Vec<String> = std::iter::once("ahm".to_owned()).chain(words).collect();
    let version = concat!("ahm ", env!("CARGO_PKG_VERSION"));
    let catalogs = catalog.map(|catalog| catalog.fingerprint(DIGITS));
    let catalogs = catalogs.map_or(String::new(), |catalogs| format!("; {catalogs}"));
    format!("{}\n{version}{catalogs}", command.join(" "))
}
