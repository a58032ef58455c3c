//! The command line: a file for each command, and the flags that they share.

mod audit;
mod catalog_args;
pub(crate) mod chart_args;
mod check;
mod cite;
mod columns;
mod compare;
mod completions;
mod diff;
mod estimate;
mod explain;
pub(crate) mod filter_args;
mod frontier;
mod help;
mod hints;
mod import;
mod limit_args;
mod list;
mod man;
mod name_args;
pub(crate) mod observation;
mod open;
mod picture;
mod receipt;
mod reference;
mod schema;
mod show;
mod stats;
mod subject;
mod threshold;
mod trend;
pub(crate) mod trimmed;

use crate::catalog::Catalog;
use crate::catalog::ndjson::Meter;
use crate::catalog::source::Source;
use crate::catalog::version::Version;
use crate::cli::catalog_args::CatalogArgs;
use crate::error::{Error, Found};
use crate::model::schema::{add_extra, parse_column};
use crate::output::progress::ReadSoFar;
use crate::output::{Format, Output, Receipt};
use crate::text::{is_control, printable};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::sync::Arc;

pub use audit::Audit;
pub use estimate::Estimate;
pub use explain::Explain;

/// Query huge AI models from the command line
#[derive(Debug, Parser)]
#[command(
    name = "ahm",
    version,
    max_term_width = 100,
    args_override_self = true,
    after_help = "\
Examples:
  ahm list --field vision --open
  ahm show llama
  ahm sort --by params
"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    source: CatalogArgs,

    /// When to use colors
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        ignore_case = true,
        default_value_t,
        help_heading = "Output"
    )]
    color: ColorChoice,

    /// Do not use a pager for answers that are longer than the terminal
    #[arg(long, global = true, help_heading = "Output")]
    no_pager: bool,

    /// Print what makes this answer again: command, version, catalog and its hash
    #[arg(long, global = true, help_heading = "Output")]
    receipt: bool,

    /// The arguments as typed.
    #[arg(skip)]
    arguments: Vec<OsString>,

    /// Whether the answer is a page, which always has its receipt.
    #[arg(skip)]
    is_page: bool,

    /// The catalog, if it was opened to parse the arguments.
    #[arg(skip)]
    opened: Option<Catalog>,
}

/// Each command has its `Args` and `run(self, &Catalog, &mut Output)` in a file of this folder.
macro_rules! commands {
    ($($command:ident => $args:ty,)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($command($args),)*
            Completions(completions::Completions),
            Man(man::Man),
            Schema(schema::Schema),
        }

        impl Command {
            fn run(
                self,
                open: impl FnOnce(&mut Output) -> Result<Catalog, Error>,
                out: &mut Output,
            ) -> Result<Found, Error> {
                match self {
                    $(Command::$command(args) => args.run(&open(out)?, out),)*
                    Command::Completions(completions) => completions.run(out),
                    Command::Man(man) => man.run(help::complete(Cli::command(), &|_| true), out),
                    Command::Schema(schema) => schema.run(out),
                }
            }
        }
    };
}

commands! {
    List => list::List,
    Show => show::Show,
    Sort => list::Sort,
    Compare => compare::Compare,
    Explain => explain::Explain,
    Stats => stats::Stats,
    Frontier => frontier::Frontier,
    Trend => trend::Trend,
    Threshold => threshold::Threshold,
    Estimate => estimate::Estimate,
    Frameworks => reference::Frameworks,
    Surveys => reference::Surveys,
    Terms => reference::Terms,
    Chips => reference::Chips,
    Cite => cite::Cite,
    Open => open::Open,
    Columns => columns::Columns,
    Audit => audit::Audit,
    Diff => diff::DiffArgs,
    Check => check::CheckArgs,
    Import => import::Import,
}

impl Cli {
    /// Parses the arguments of the process. If a shell asks for completions, prints them and ends the
    /// process instead.
    ///
    /// # Errors
    /// If the command line is not valid, or asks for help or the version.
    pub fn from_env() -> Result<Cli, clap::Error> {
        completions::complete(Cli::command, || {
            // Any command that needs no arguments: this reads `AHM_CATALOG` and `AHM_NO_EMBEDDED`.
            let cli = Cli::from_arguments(["ahm", "man"].map(OsString::from));
            let cli = cli.map_err(|error| Error::Misuse(error.to_string()))?;
            cli.source.open(false)
        });
        let arguments: Vec<OsString> = std::env::args_os().collect();
        Cli::from_arguments(arguments.clone()).map_err(|error| {
            let is_plain = |word: &OsString| word.to_str().is_some_and(|w| !w.contains(is_control));
            let command = match error.kind() {
                // Naming the catalog in the version takes time: only if the version is asked for.
                ErrorKind::DisplayVersion => {
                    let tables = CatalogArgs::among(arguments.clone());
                    let tables = tables.map(CatalogArgs::credits).unwrap_or_default();
                    let Version { short, long } = Version::of_this(tables);
                    Cli::command().version(short).long_version(long)
                }
                _ if arguments.iter().all(is_plain) => {
                    return hints::improved(error, &arguments, Cli::command());
                }
                _ => Cli::command(),
            };
            // Parse again with control characters escaped, since the message quotes the arguments.
            let words = arguments.iter().map(|word| word.to_string_lossy());
            let words = words.map(|word| printable(&word).into_owned());
            let error = command.try_get_matches_from(words).err().unwrap_or(error);
            hints::improved(error, &arguments, Cli::command())
        })
    }

    /// Parses arguments. Where one names a key that the schema does not have, and there are users'
    /// catalogs, their keys are made known, and the arguments parsed again.
    fn from_arguments(
        arguments: impl IntoIterator<Item = OsString> + Clone,
    ) -> Result<Cli, clap::Error> {
        let parsed = Cli::parsed(arguments.clone());
        let may_name_key = match &parsed {
            Ok((_, matches)) => names_unknown_column(matches),
            Err(error) => error.kind() == ErrorKind::ValueValidation,
        };
        if !may_name_key {
            return parsed.map(|(cli, _)| cli);
        }
        let sources = CatalogArgs::among(arguments.clone().into_iter().collect());
        let sources = sources.filter(|sources| !sources.catalogs.is_empty());
        // An error of the catalog is reported when the command opens it.
        let Some(catalog) = sources.and_then(|sources| sources.open(false).ok()) else {
            return parsed.map(|(cli, _)| cli);
        };
        match catalog.extra_keys() {
            Ok(keys) if !keys.is_empty() => add_extra(keys),
            _ => return parsed.map(|(cli, _)| cli),
        }
        let (mut cli, _) = Cli::parsed(arguments)?;
        // Standard input can be read once.
        cli.opened = Some(catalog);
        Ok(cli)
    }

    fn parsed(
        arguments: impl IntoIterator<Item = OsString>,
    ) -> Result<(Cli, ArgMatches), clap::Error> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let command = match help::is_asked_for(&arguments) {
            true => help::complete(Cli::command(), &|own| help::is_named(own, &arguments)),
            false => Cli::command(),
        };
        let matches = command.try_get_matches_from(arguments.iter())?;
        let mut cli = Cli::from_arg_matches(&matches)?;
        cli.arguments = arguments;
        cli.is_page = is_page(&matches);
        // `AHM_CATALOG=` counts as unset.
        if matches.value_source("catalogs") == Some(ValueSource::EnvVariable) {
            let catalogs = &mut cli.source.catalogs;
            catalogs.retain(|path| !path.as_os_str().is_empty());
        }
        Ok((cli, matches))
    }

    /// Runs the command and writes to standard output.
    ///
    /// # Errors
    /// If the catalog cannot be read, the arguments do not fit it, or the output cannot be written.
    pub fn run(self) -> Result<Found, Error> {
        let mut out = Output::standard(match self.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        });
        if !self.no_pager {
            out = out.paged();
        }
        self.run_with(&mut out)
    }

    /// Runs the command and writes to `out`. The catalog is opened only if the command reads it.
    ///
    /// # Errors
    /// If the catalog cannot be read, the arguments do not fit it, or the output cannot be written.
    pub fn run_with(self, out: &mut Output) -> Result<Found, Error> {
        let Cli {
            mut command,
            mut source,
            color: _,
            no_pager: _,
            receipt,
            arguments,
            is_page,
            opened,
        } = self;
        if receipt {
            out.set_receipt(receipt::receipt(&arguments, None, &[]));
        }
        if let Command::Audit(audit) = &mut command {
            source.only(audit.take_files());
        }
        let names_files = match &command {
            Command::Check(check) => check.has_files(),
            Command::Diff(diff) => diff.has_old(),
            Command::Import(_) => true,
            _ => false,
        };
        let files = match &command {
            Command::Check(check) => check.files(),
            Command::Diff(diff) => diff.files(),
            Command::Import(import) => vec![import.file()],
            _ => Vec::new(),
        };
        // Of two files that are compared, neither is the catalog.
        let has_sides = matches!(&command, Command::Diff(diff) if diff.has_old());
        let mut unread = None;
        let open = |out: &mut Output| {
            let catalog = opened.map_or_else(|| source.open(names_files), Ok)?;
            out.notes(catalog.table_notes());
            if receipt || is_page {
                out.set_receipt(receipt::receipt(
                    &arguments,
                    Some(&catalog).filter(|_| !has_sides),
                    &files,
                ));
            }
            unread = Some(catalog.unread());
            let sources = catalog.sources().iter();
            let meters: Vec<Arc<Meter>> = sources.filter_map(Source::meter).collect();
            if !meters.is_empty() {
                out.watch(move || read_so_far(&meters));
            }
            Ok(catalog)
        };
        let found = command.run(open, out);
        let unread = unread.and_then(|unread| unread.note());
        out.notes(unread.filter(|_| found.is_ok()));
        // An answer without text for it, such as JSON.
        let receipt = out.take_receipt().filter(|_| receipt);
        out.notes(receipt.iter().flat_map(Receipt::lines));
        out.finish()?;
        found
    }
}

/// How much of all files has been read, added up.
fn read_so_far(meters: &[Arc<Meter>]) -> ReadSoFar {
    let mut sum = ReadSoFar::default();
    for (total, bytes, records) in meters.iter().map(|meter| meter.read_so_far()) {
        sum.total += total;
        sum.bytes += bytes;
        sum.records += records;
    }
    sum
}

/// Whether the format is a page for a browser.
fn is_page(matches: &ArgMatches) -> bool {
    let format = |matches: &ArgMatches| matches.try_get_one("chosen").ok().flatten().copied();
    let own = matches.subcommand().and_then(|(_, own)| format(own));
    own == Some(Format::Html)
}

/// Whether `--columns` names a key that no column has.
fn names_unknown_column(matches: &ArgMatches) -> bool {
    let Some((_, matches)) = matches.subcommand() else {
        return false;
    };
    let names = matches.try_get_many::<String>("columns").ok().flatten();
    let is_known = |name: &String| {
        let name = name.strip_prefix('+').unwrap_or(name);
        name.eq_ignore_ascii_case("all") || parse_column(name).is_ok()
    };
    names.is_some_and(|mut names| !names.all(is_known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
