//! The receipt of `--receipt`: what makes the same answer again.

use crate::catalog::{Catalog, fingerprint};
use crate::output::Receipt;
use crate::text::shell_word;
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// All digits of a SHA-256.
const DIGITS: usize = 64;
/// What changes answers like a flag does.
const VARIABLES: [&str; 2] = ["AHM_CATALOG", "AHM_NO_EMBEDDED"];

/// The command, the version of the program, and the catalogs and `files`.
pub(super) fn receipt(
    arguments: &[OsString],
    catalog: Option<&Catalog>,
    files: &[PathBuf],
) -> Receipt {
    let variables = VARIABLES.iter().filter_map(|name| {
        let value = env::var_os(name).filter(|value| !value.is_empty())?;
        Some(format!("{name}={}", shell_word(&value)))
    });
    let words = arguments.iter().skip(1).map(|word| shell_word(word));
    let command = variables.chain(["ahm".to_owned()]).chain(words);
    let command: Vec<String> = command.collect();
    let version = concat!("ahm ", env!("CARGO_PKG_VERSION")).to_owned();
    let catalogs = catalog.map(|catalog| catalog.fingerprint(DIGITS));
    let files = files.iter().map(|file| fingerprint::of_file(file, DIGITS));
    let rests_on = [version].into_iter().chain(catalogs).chain(files);
    let rests_on: Vec<String> = rests_on.collect();
    Receipt {
        command: command.join(" "),
        basis: rests_on.join("; "),
        credits: catalog.map(credits).unwrap_or_default(),
    }
}

/// Whose work a catalog rests on.
pub(super) fn credits(catalog: &Catalog) -> Vec<[String; 3]> {
    let credits = catalog.credits().into_iter();
    let credits = credits.map(|own| [own.name, own.url, own.license.unwrap_or_default()]);
    credits.collect()
}
