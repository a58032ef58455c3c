//! `ahm import`: a table of other people as entries of a catalog.

use crate::analysis::diff::only_differing;
use crate::catalog::Catalog;
use crate::catalog::source::Opened;
use crate::catalog::table::{MergeMode, RowPart, TableOptions};
use crate::error::{Error, Found};
use crate::output::{Output, OutputArgs, Report, ReportPart, RowWriter};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Reads what --catalog reads: CSV, TSV, JSON or a folder. Rows of models in the catalog are entries with
what they add to it; others are new entries. Every value has the table as its source. Values that
cannot be read are left out; `ahm check FILE` lists them.

Examples:
  ahm import notable_ai_models.csv --only new > new.json
  ahm import notable_ai_models.csv --only differ
  ahm import sizes.csv --map 'name=Model,params=Size (B):1e9'
")]
pub(crate) struct Import {
    /// Table to read; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Write only new models, only what known models lack, or only what differs from theirs
    #[arg(long, value_name = "PART", value_enum, ignore_case = true)]
    only: Option<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    New,
    Fill,
    Differ,
}

impl Import {
    pub(crate) fn file(&self) -> PathBuf {
        self.file.clone()
    }

    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Import { file, only } = self;
        let (merge, part) = match only {
            None => (MergeMode::Fill, None),
            Some(Part::New) => (MergeMode::Fill, Some(RowPart::New)),
            Some(Part::Fill) => (MergeMode::Fill, Some(RowPart::Known)),
            Some(Part::Differ) => (MergeMode::Replace, Some(RowPart::Known)),
        };
        let document = match Opened::open(&file)? {
            Opened::Tables(mut tables) if tables.len() == 1 => {
                let (name, table) = tables.remove(0);
                let options = TableOptions {
                    merge,
                    part,
                    ..catalog.options().clone()
                };
                catalog.join(table, &name, &options)?
            }
            Opened::Tables(_) => {
                return Err(Error::Misuse(format!(
                    "`{}` has tables of different kinds: import each alone",
                    file.display()
                )));
            }
            Opened::Source(source) => {
                let name = source.name();
                return Err(Error::Misuse(format!(
                    "{name} has entries of a catalog already: read it with `--catalog`"
                )));
            }
        };
        let is_own = document.origin().is_some_and(|table| table.is_own());
        let imported = Catalog::of_document(document);
        out.notes(imported.table_notes());
        let records = imported.records()?;
        let mut models = imported.models(&records)?;
        for model in &mut models {
            model.extra.clear();
        }
        // A row that adds nothing has no source; nor have the rows of a catalog of the user's.
        models.retain(|model| is_own || !model.sources.is_empty());
        if only == Some(Part::Differ) {
            only_differing(catalog, &mut models)?;
        }
        let args = OutputArgs::entries();
        let writer = RowWriter::new(&args.look, Vec::new(), out);
        let rows = models.iter().map(|model| Ok(RowWriter::entry(model)));
        let rows = ReportPart::Rows(&writer, models.len(), Box::new(rows));
        Report::new(rows).write(&args, out)
    }
}
