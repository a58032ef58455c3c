//! The receipt of `--receipt`: what makes the same answer again.

use crate::catalog::Catalog;
use crate::catalog::fingerprint;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// All digits of a SHA-256.
const DIGITS: usize = 64;
/// What changes answers like a flag does.
const VARIABLES: [&str; 2] = ["AHM_CATALOG", "AHM_NO_EMBEDDED"];

/// The command, the version of the program, and the catalogs and `files`, in two lines.
pub(super) fn receipt(
    arguments: &[OsString],
    catalog: Option<&Catalog>,
    files: &[PathBuf],
) -> String {
    let variables = VARIABLES.iter().filter_map(|name| {
        let value = env::var_os(name).filter(|value| !value.is_empty())?;
        Some(format!("{name}={}", quoted(&value)))
    });
    let words = arguments.iter().skip(1).map(|word| quoted(word));
    let command = variables.chain(["ahm".to_owned()]).chain(words);
    let command: Vec<String> = command.collect();
    let version = concat!("ahm ", env!("CARGO_PKG_VERSION")).to_owned();
    let catalogs = catalog.map(|catalog| catalog.fingerprint(DIGITS));
    let files = files.iter().map(|file| fingerprint::of_file(file, DIGITS));
    let rests_on = [version].into_iter().chain(catalogs).chain(files);
    let rests_on: Vec<String> = rests_on.collect();
    format!("{}\n{}", command.join(" "), rests_on.join("; "))
}

/// A word as a shell takes it, in printable ASCII or letters of any language: others are `$'\x1b'`.
fn quoted(word: &OsStr) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-._+/,=:%@".contains(c);
    match word.to_str() {
        Some(text) if !text.is_empty() && text.chars().all(is_plain) => text.to_owned(),
        Some(text)
            if text
                .chars()
                .all(|c| c.is_alphanumeric() || c == ' ' || c.is_ascii_punctuation()) =>
        {
            format!("'{}'", text.replace('\'', r"'\''"))
        }
        _ => {
            let bytes = word.as_encoded_bytes().iter();
            let escaped = bytes.map(|byte| match byte {
                b'\'' | b'\\' => format!("\\{}", char::from(*byte)),
                b' '..=b'~' => char::from(*byte).to_string(),
                byte => format!("\\x{byte:02x}"),
            });
            format!("$'{}'", escaped.collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_a_shell() {
        for (word, expected) in [
            ("--by", "--by"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("", "''"),
            ("a\nb", r"$'a\x0ab'"),
            ("\u{1b}[31m", r"$'\x1b[31m'"),
            ("α", "α"),
            ("\u{202e}", r"$'\xe2\x80\xae'"),
        ] {
            assert_eq!(quoted(OsStr::new(word)), expected);
        }
    }
}
