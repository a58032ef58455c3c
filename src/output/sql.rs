//! SQL as engines read it: its dialects, and how each spells names and texts.

use crate::text::is_control;
use clap::ValueEnum;

/// The SQL of an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dialect {
    /// DuckDB
    Duckdb,
    /// Apache Spark
    Spark,
}

impl Dialect {
    /// What `--sql` calls it.
    pub(crate) fn engine(self) -> &'static str {
        match self {
            Dialect::Duckdb => "duckdb",
            Dialect::Spark => "spark",
        }
    }

    /// A name of a column, quoted where it is no plain word.
    pub(crate) fn name(self, name: &str) -> String {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let is_word = name.starts_with(|c: char| c.is_ascii_lowercase());
        match (is_word && name.chars().all(is_plain), self) {
            (true, _) => name.to_owned(),
            (false, Dialect::Duckdb) => format!("\"{}\"", name.replace('"', "\"\"")),
            (false, Dialect::Spark) => format!("`{}`", name.replace('`', "``")),
        }
    }

    /// A text in single quotes; control characters by their numbers.
    pub(crate) fn text(self, text: &str) -> String {
        let Some((at, control)) = text.char_indices().find(|(_, c)| is_control(*c)) else {
            return match self {
                Dialect::Duckdb => format!("'{}'", text.replace('\'', "''")),
                Dialect::Spark => {
                    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
                }
            };
        };
        let (before, after) = (&text[..at], &text[at + control.len_utf8()..]);
        let (before, after) = (self.text(before), self.text(after));
        format!("concat({before}, chr({}), {after})", u32::from(control))
    }
}
