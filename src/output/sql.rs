//! SQL as engines read it: its dialects, and how each spells names, texts, types and a view.

use crate::model::json_type::{JsonField, JsonType};
use crate::text::{is_control, printable};
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
    pub(crate) fn engine(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// A name of a column, quoted where it is no plain word.
    pub(crate) fn name(self, name: &str) -> String {
        let name = &*printable(name);
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

    /// A statement that makes a view of a file of records, one a line, without guessing types.
    pub(crate) fn view(self, fields: &[JsonField]) -> String {
        let columns = fields.iter().map(|field| {
            let (name, of) = (self.name(field.key), self.type_of(&field.of));
            match self {
                Dialect::Duckdb => format!("        {name}: {}", self.text(&of)),
                Dialect::Spark => format!("    {name} {of}"),
            }
        });
        let columns = columns.collect::<Vec<_>>().join(",\n");
        let file = self.text("models.jsonl");
        match self {
            Dialect::Duckdb => format!(
                "CREATE OR REPLACE VIEW models AS\nSELECT * FROM read_json(\n    {file},\n    \
                 format = 'newline_delimited',\n    columns = {{\n{columns}\n    }}\n);\n"
            ),
            Dialect::Spark => format!(
                "CREATE OR REPLACE TEMPORARY VIEW models (\n{columns}\n)\nUSING json\n\
                 OPTIONS (path {file});\n"
            ),
        }
    }

    /// The name of a type. Counts are numbers with a fraction too: they exceed 64 bits.
    fn type_of(self, of: &JsonType) -> String {
        let names = match of {
            JsonType::Text
            | JsonType::Word(_)
            | JsonType::Address
            | JsonType::Month
            | JsonType::Period => ["VARCHAR", "STRING"],
            JsonType::Figure => ["DOUBLE", "DOUBLE"],
            JsonType::Whole => ["BIGINT", "BIGINT"],
            JsonType::Flag => ["BOOLEAN", "BOOLEAN"],
            JsonType::Any => ["JSON", "STRING"],
            JsonType::Nullable(of) => return self.type_of(of),
            JsonType::List(of) => {
                let of = self.type_of(of);
                return match self {
                    Dialect::Duckdb => format!("{of}[]"),
                    Dialect::Spark => format!("ARRAY<{of}>"),
                };
            }
            JsonType::Map(of) => {
                let value = self.type_of(of);
                return match self {
                    Dialect::Duckdb if **of == JsonType::Any => value,
                    Dialect::Duckdb => format!("MAP(VARCHAR, {value})"),
                    Dialect::Spark => format!("MAP<STRING, {value}>"),
                };
            }
            JsonType::Object(object) => {
                let field = |own: &JsonField| {
                    let (name, of) = (self.name(own.key), self.type_of(&own.of));
                    match self {
                        Dialect::Duckdb => format!("{name} {of}"),
                        Dialect::Spark => format!("{name}: {of}"),
                    }
                };
                let fields: Vec<String> = object.fields.iter().map(field).collect();
                let fields = fields.join(", ");
                return match self {
                    Dialect::Duckdb => format!("STRUCT({fields})"),
                    Dialect::Spark => format!("STRUCT<{fields}>"),
                };
            }
        };
        names[self as usize].to_owned()
    }
}
