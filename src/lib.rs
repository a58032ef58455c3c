//! `ahm` answers questions about large AI models from the command line, offline: a catalog of models
//! is embedded in the binary, conditions select from it, and the answer is a table, a chart or a
//! machine format. This crate is the program; it exports what `src/main.rs` and the tests use.
//!
//! # What to know first
//!
//! - **A figure that is absent is unknown**, never 0 (`epochs` alone counts as 1). A comparison with it
//!   is neither true nor false, and it sorts last in both directions.
//! - **The list** is awesome-huge-models, from which the catalog was started. The key `listed` holds an
//!   entry exactly as the list prints it; `corrections` replace figures of the list that are wrong.
//! - **A figure has a source**: the makers, a third party, or arithmetic. Tables mark the last two,
//!   `--stated` leaves them out. Estimates are in separate columns, such as
//!   `cost_estimate_usd`.
//! - **Later catalogs override earlier ones.** The embedded catalog comes first, files follow; records
//!   merge by `id`, key by key.
//! - **The examples are the specification.** `README.md` and `tests/cmd/` hold commands and their
//!   output, and run as tests.
//!
//! # How a question is answered
//!
//! `ahm list --where 'params>=100B and open' -n 5` takes six steps:
//!
//! 1. **Parse.** `src/main.rs` parses the arguments into [`cli::Cli`], which opens the catalog and
//!    calls the command, here `src/cli/list.rs`. The command turns its flags into a [`query::Query`]:
//!    a pattern, a condition, an order, a limit. A filter flag such as `--open` is short for a
//!    condition that `--where` could express too.
//! 2. **Collect the keys.** Pattern, condition and order name the keys that they read. The rest of a
//!    record is not parsed.
//! 3. **Scan.** [`catalog::Catalog`] reads its sources, long files on every core. Each record becomes
//!    a [`model::Model`] with its corrections and the overrides of later sources applied. If the
//!    condition asks for words and only the embedded catalog is read, an index made by `build.rs`
//!    says which models can match, and only those are read.
//! 4. **Select.** The condition (`src/query/condition.rs`) tests the model. Each thread adds the models that
//!    match to its own result, whose type the command chooses: the first rows in an order (`list`),
//!    groups (`stats`), points (`frontier`). The results of all threads are merged.
//! 5. **Read the columns.** The records of the answer are read a second time, with the keys of the columns
//!    to print. A column (declared in `src/model/schema.rs`, or an expression such as
//!    `active_params/params`, `src/model/expression.rs`) is a function from a model to a value; derived
//!    figures are computed while the record is read. `explain`, `audit`, `diff`, `estimate`,
//!    `frontier` and `trend` hand models to `src/analysis/`; charts are drawn from plain data by
//!    `src/chart/`.
//! 6. **Write.** The command makes a report (`src/output/report.rs`), which an [`output::Format`] writes
//!    to [`output::Output`]: results on standard output, remarks on standard error. (`-f entry` has no
//!    columns: it writes whole models.) [`error::Found`] or [`error::Error`] gives the exit code.
//!
//! # Folders
//!
//! Imports point one way: `cli` → `query`, `analysis`, `chart` → `catalog`, `output` → `model` → `error`
//! → `text`. `tests/architecture.rs` enforces this, and the size of files.
//!
//! | folder | contents |
//! |---|---|
//! | `src/cli/` | one file for each command, shared flags, completions, manual page |
//! | `src/query/` | which records: conditions, order, groups, coverage |
//! | `src/analysis/` | what figures imply: audit, differences, training runs, explanations, records, trends, thresholds |
//! | `src/chart/` | charts as data; drawn on a terminal and as SVG |
//! | `src/catalog/` | where records come from: embedded catalog, files, overrides, lookup by name, checks |
//! | `src/output/` | how answers are written: terminal, pager, tables, JSON, CSV, Markdown, LaTeX, pages, BibTeX, annotations |
//! | `src/model/` | what a record is: keys, columns, values, units, names, sources, derived figures |
//! | `src/error.rs` | errors and exit codes |
//! | `src/text.rs` | text in columns: width, wrapping, control characters |
//!
//! A good order to read in: `src/main.rs`, `src/cli/mod.rs`, `src/cli/list.rs`, `src/query/mod.rs`,
//! `src/query/condition.rs`, `src/model/mod.rs`, `src/model/schema.rs`, `src/catalog/mod.rs`,
//! `src/output/mod.rs`, `src/output/report.rs`.
//!
//! # Where things go
//!
//! | new | place |
//! |---|---|
//! | figure | a row in `src/model/schema.rs` |
//! | derived figure | a row in `src/model/schema.rs`, and its line in `derived!` and its function in `src/model/derived.rs`; the arithmetic in `src/model/physics.rs` |
//! | command | a file in `src/cli/`, its `mod` and its line in `commands!` in `src/cli/mod.rs` |
//! | format | a file in `src/output/`, a variant of `Format` in `src/output/mod.rs` and its line in `src/output/row_writer.rs` (`RowWriter::row`; `write` for a header or brackets) |
//! | rule of the audit | a function in `src/analysis/audit/`, and a line in `rules!` in `src/analysis/audit/mod.rs` |
//! | reference list | rows in `src/model/reference.rs`, its command in `src/cli/reference.rs` and `src/cli/mod.rs`, and a line each in `src/catalog/lists.rs`, `src/catalog/shape.rs` and `src/catalog/check.rs` |
//!
//! `CONTRIBUTING.md` has the steps.

pub(crate) mod analysis;
pub mod catalog;
pub(crate) mod chart;
pub mod cli;
pub mod error;
pub mod model;
pub mod output;
pub mod query;
pub mod text;
