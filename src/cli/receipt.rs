//! The receipt of `--receipt`: what makes the same answer again.

use crate::catalog::Catalog;
use crate::catalog::fingerprint;
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
    let credits = catalog.map(Catalog::credits).unwrap_or_default();
    let credits = credits.into_iter();
    let credits = credits.map(|own| [own.name, own.url, own.license.unwrap_or_default()]);
    Receipt {
        command: command.join(" "),
        basis: rests_on.join("; "),
        credits: credits.collect(),
    }
}
