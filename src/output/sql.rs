//! SQL as engines read it: its dialects, and how each spells names and texts.

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

    /// A text in single quotes.
    pub(crate) fn text(self, text: &str) -> String {
        match self {
            Dialect::Duckdb => format!("'{}'", text.replace('\'', "''")),
            Dialect::Spark => format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'")),
        }
    }
}
