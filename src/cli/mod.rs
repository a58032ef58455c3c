//! The command line: a file for each command, and the flags that they share.

mod audit;
pub(crate) mod chart_args;
mod check;
mod cite;
mod compare;
mod completions;
mod diff;
mod estimate;
mod explain;
pub(crate) mod filter_args;
mod frontier;
mod list;
mod man;
pub(crate) mod observation;
mod reference;
mod show;
mod stats;
mod trend;
pub(crate) mod trimmed;

use crate::catalog::Catalog;
use crate::catalog::ndjson::Meter;
use crate::catalog::record_reader::View;
use crate::catalog::source::Source;
use crate::catalog::table::{Mapping, MergeMode, Profile, TableOptions};
use crate::catalog::version::Version;
use crate::error::{Error, Found};
use crate::model::Confidence;
use crate::output::Output;
use crate::output::progress::ReadSoFar;
use crate::text::{is_control, printable};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;
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
Exit codes: 0 found, 1 nothing matched, 2 misuse or failure.

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
}

/// Each command has its `Args` and `run(self, &Catalog, &mut Output)` in a file of this folder.
macro_rules! commands {
    ($($command:ident => $args:ty,)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($command($args),)*
            Completions(completions::Completions),
            Man(man::Man),
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
                    Command::Man(man) => man.run(Cli::command(), out),
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
    Estimate => estimate::Estimate,
    Frameworks => reference::Frameworks,
    Surveys => reference::Surveys,
    Terms => reference::Terms,
    Chips => reference::Chips,
    Cite => cite::Cite,
    Columns => reference::Columns,
    Audit => audit::Audit,
    Diff => diff::DiffArgs,
    Check => check::CheckArgs,
}

/// Which catalogs are read, and which of their figures.
#[derive(Debug, Args)]
#[command(next_help_heading = "Catalog")]
struct CatalogArgs {
    /// Use only the original list, uncorrected
    #[arg(long, global = true)]
    as_listed: bool,

    /// Use only figures stated by the makers
    #[arg(long, global = true)]
    stated: bool,

    /// Minimum confidence for third-party figures
    #[arg(
        long,
        global = true,
        value_name = "LEVEL",
        value_parser = confidence_parser(),
        ignore_case = true,
        conflicts_with_all = ["as_listed", "stated"]
    )]
    confidence: Option<Confidence>,

    /// Read another catalog or table as well: JSON, JSON lines, CSV, TSV, or a folder of them; `-`
    /// is standard input
    #[arg(
        long = "catalog",
        global = true,
        value_name = "FILE",
        env = "AHM_CATALOG",
        value_parser = clap::builder::OsStringValueParser::new().map(PathBuf::from),
        hide_env_values = true
    )]
    catalogs: Vec<PathBuf>,

    /// Read a column of a table under a key, its numbers times a factor: `params=Size (B):1e9`
    #[arg(long, global = true, value_name = "KEY=COLUMN[:FACTOR]", value_parser = Mapping::parse_list)]
    map: Vec<Vec<Mapping>>,

    /// Read a table as this publisher's; recognized by its columns if not given
    #[arg(long = "as", global = true, value_name = "PROFILE", value_parser = profile_parser())]
    profile: Option<&'static Profile>,

    /// How rows of a table join known models: fill gaps, replace values, or stay apart
    #[arg(
        long,
        global = true,
        value_name = "HOW",
        value_enum,
        ignore_case = true,
        default_value_t
    )]
    merge: MergeMode,

    /// Refuse files with values that cannot be read
    #[arg(long, global = true)]
    strict: bool,

    /// Do not use the built-in catalog
    #[arg(
        long,
        global = true,
        env = "AHM_NO_EMBEDDED",
        value_parser = clap::builder::FalseyValueParser::new(),
        hide_env_values = true
    )]
    no_embedded: bool,
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
                    let Version { short, long } = Version::of_this();
                    Cli::command().version(short).long_version(long)
                }
                _ if arguments.iter().all(is_plain) => return error,
                _ => Cli::command(),
            };
            // Parse again with control characters escaped, since the message quotes the arguments.
            let words = arguments.iter().map(|word| word.to_string_lossy());
            let words = words.map(|word| printable(&word).into_owned());
            command.try_get_matches_from(words).err().unwrap_or(error)
        })
    }

    fn from_arguments(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
        let matches = Cli::command().try_get_matches_from(arguments)?;
        let mut cli = Cli::from_arg_matches(&matches)?;
        // `AHM_CATALOG=` counts as unset.
        if matches.value_source("catalogs") == Some(ValueSource::EnvVariable) {
            let catalogs = &mut cli.source.catalogs;
            catalogs.retain(|path| !path.as_os_str().is_empty());
        }
        Ok(cli)
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
        self.run_with(&mut out)
    }

    /// Runs the command and writes to `out`. The catalog is opened only if the command reads it.
    ///
    /// # Errors
    /// If the catalog cannot be read, the arguments do not fit it, or the output cannot be written.
    pub fn run_with(self, out: &mut Output) -> Result<Found, Error> {
        let Cli {
            command,
            source,
            color: _,
        } = self;
        let names_files = match &command {
            Command::Check(check) => check.has_files(),
            Command::Diff(diff) => diff.has_old(),
            _ => false,
        };
        let mut unread = None;
        let open = |out: &mut Output| {
            let catalog = source.open(names_files)?;
            out.notes(catalog.table_notes());
            unread = Some(catalog.unread());
            let sources = catalog.sources().iter();
            let meters: Vec<Arc<Meter>> = sources.filter_map(Source::meter).collect();
            if !meters.is_empty() {
                out.watch(move || read_so_far(&meters));
            }
            Ok(catalog)
        };
        let found = command.run(open, out)?;
        let unread = unread.and_then(|unread| unread.note());
        out.notes(unread);
        out.finish()?;
        Ok(found)
    }
}

impl CatalogArgs {
    /// Opens the catalogs that the flags ask for. `names_files`: the command has files to read (`ahm
    /// check FILE`), so `--no-embedded` is allowed without `--catalog`.
    fn open(self, names_files: bool) -> Result<Catalog, Error> {
        let CatalogArgs {
            as_listed,
            stated,
            confidence,
            catalogs,
            map,
            profile,
            merge,
            strict,
            no_embedded,
        } = self;
        let misuse = |what: &str| Err(Error::Misuse(what.to_owned()));
        let count = |name: &str| {
            catalogs
                .iter()
                .filter(|path| path.as_os_str() == name)
                .count()
        };
        if count("") > 0 {
            return misuse("`--catalog` needs a file, and its value is empty");
        }
        if count("-") > 1 {
            return misuse("`--catalog -` is given twice; standard input can be read once");
        }
        if no_embedded && catalogs.is_empty() && !names_files {
            return misuse("`--no-embedded` needs `--catalog FILE`");
        }
        let view = match (as_listed, stated, confidence) {
            // `--stated` changes nothing here: the list has only stated figures.
            (true, ..) => View::AsListed,
            (_, true, _) => View::Stated,
            (.., Some(least)) => View::Sure(least),
            (.., None) => View::Full,
        };
        let embedded = (!no_embedded).then_some(Source::Embedded);
        let options = TableOptions {
            map: map.concat(),
            profile,
            is_strict: strict,
            merge,
        };
        Catalog::open_with(embedded, &catalogs, view, &options)
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

/// Parses the name of a profile.
fn profile_parser() -> impl TypedValueParser<Value = &'static Profile> {
    PossibleValuesParser::new(Profile::names())
        .try_map(|name| Profile::named(&name).ok_or("unknown profile"))
}

/// Parses a level of confidence, in any case.
fn confidence_parser() -> impl TypedValueParser<Value = Confidence> {
    const LEVELS: [Confidence; 3] = [
        Confidence::Speculative,
        Confidence::Likely,
        Confidence::Confident,
    ];
    let words = PossibleValuesParser::new(LEVELS.map(Confidence::word));
    words.try_map(|word| {
        let level = LEVELS
            .into_iter()
            .find(|level| level.word() == word.to_lowercase());
        level.ok_or("unknown level")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
