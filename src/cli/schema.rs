//! `ahm schema`: the shape of catalogs and of answers, for validators, editors and SQL engines.

use crate::catalog::catalog_type::catalog;
use crate::error::{Error, Found};
use crate::model::Model;
use crate::model::column_type::record_fields;
use crate::model::json_type::{JsonType, JsonTyped, ObjectType};
use crate::output::sql::Dialect;
use crate::output::{Output, json_schema, write_json};
use clap::{Args, ValueEnum};
use std::io::Write;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
The schema is of draft 2020-12. Of catalogs it describes what `-f entry` writes: unknown values are left
out, numbers are numbers. --catalog reads more (null, `7B`), and `ahm check` finds more mistakes, such as
duplicate ids and misspelled words. --sql prints a statement that makes a view `models` of the file
`models.jsonl`, with a type for each column.

Examples:
  ahm schema > catalog.schema.json
  ahm schema list > record.schema.json
  ahm list -f jsonl > models.jsonl
  ahm schema --sql duckdb > models.sql
")]
pub(crate) struct Schema {
    /// What the schema describes; `catalog` if not given
    #[arg(value_name = "OF", value_enum, ignore_case = true)]
    of: Option<Described>,

    /// Print SQL that reads `models.jsonl`, as `ahm list -f jsonl` writes it, instead
    #[arg(long, value_name = "ENGINE", value_enum, ignore_case = true)]
    sql: Option<Dialect>,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Described {
    /// Catalogs, as --catalog reads them and `-f entry` writes them
    Catalog,
    /// What list, sort and show write as json and jsonl: one flat record, or an array of them
    List,
}

impl Schema {
    pub(crate) fn run(self, out: &mut Output) -> Result<Found, Error> {
        match (self.sql, self.of) {
            (Some(_), Some(Described::Catalog)) => {
                let what = "`--sql` reads what `ahm list -f jsonl` writes, not a catalog";
                return Err(Error::Misuse(what.to_owned()));
            }
            (Some(dialect), _) => out.write_all(dialect.view(&record_fields()).as_bytes())?,
            (None, None | Some(Described::Catalog)) => {
                let title = ("Catalog of ahm", CATALOG);
                let schema = json_schema(title, Model::json_type(), Some(catalog()));
                write_json(&schema, out)?;
            }
            (None, Some(Described::List)) => {
                let schema = json_schema(("Records of ahm", RECORDS), record(), None);
                write_json(&schema, out)?;
            }
        }
        Ok(Found::Some)
    }
}

const CATALOG: &str = "A catalog, an array of models, or one model. What is unknown is left out. \
                       Numbers are plain JSON numbers in the unit that the key names.";
const RECORDS: &str = "One flat record of a model, or an array of them, as `ahm list -f json` and \
                       `ahm list -f jsonl` write them. What is unknown is null.";

/// A model as machine formats have it.
fn record() -> JsonType {
    JsonType::Object(ObjectType {
        name: "record",
        meaning: "A model. A value that is null or absent is unknown.",
        fields: record_fields(),
        is_open: true,
    })
}
