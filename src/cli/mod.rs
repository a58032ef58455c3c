//! The command line: what can be typed.

mod audit;
mod check;
mod chips;
mod cite;
mod columns;
mod compare;
mod completions;
pub(crate) mod display;
mod estimate;
mod explain;
pub(crate) mod filters;
mod frameworks;
mod frontier;
pub(crate) mod layout;
mod list;
pub(crate) mod look;
mod man;
pub(crate) mod observation;
pub(crate) mod picture;
pub(crate) mod rows;
mod show;
mod sort;
mod stats;
mod surveys;
mod terms;
mod trend;
pub(crate) mod trimmed;

use crate::catalog::Catalog;
use crate::catalog::meter::Meter;
use crate::catalog::reading::Reading;
use crate::catalog::source::Source;
use crate::catalog::version::Version;
use crate::error::{Error, Found};
use crate::output::Output;
use crate::output::progress::ReadSoFar;
use crate::text::printable;
use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::Arc;

pub use audit::Audit;
pub use check::CheckArgs;
pub use chips::Chips;
pub use cite::Cite;
pub use columns::Columns;
pub use compare::Compare;
pub use completions::Completions;
pub use estimate::Estimate;
pub use explain::Explain;
pub use frameworks::Frameworks;
pub use frontier::Frontier;
pub use list::List;
pub use man::Man;
pub use show::Show;
pub use sort::Sort;
pub use stats::Stats;
pub use surveys::Surveys;
pub use terms::Terms;
pub use trend::Trend;

/// Huge AI models, answerable from the command line
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

    /// Answer from the list alone, as it is printed
    #[arg(long, global = true, help_heading = "Catalog")]
    as_listed: bool,

    /// Answer from what the makers state: leave figures by third parties and derived ones out
    #[arg(long, global = true, help_heading = "Catalog")]
    stated: bool,

    /// A catalog of your own beside the built-in one: the same shape, a list of models, or a model
    /// a line; `-` is standard input
    #[arg(
        long = "catalog",
        global = true,
        value_name = "FILE",
        env = "AHM_CATALOG",
        value_parser = clap::builder::OsStringValueParser::new().map(PathBuf::from),
        hide_env_values = true,
        help_heading = "Catalog"
    )]
    catalogs: Vec<PathBuf>,

    /// Do not use the built-in catalog
    #[arg(
        long,
        global = true,
        env = "AHM_NO_EMBEDDED",
        value_parser = clap::builder::FalseyValueParser::new(),
        hide_env_values = true,
        help_heading = "Catalog"
    )]
    no_embedded: bool,

    /// When to colour; auto is on a terminal that wants it
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        ignore_case = true,
        default_value_t,
        help_heading = "Output"
    )]
    color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Show(Show),
    Sort(Sort),
    Compare(Compare),
    Explain(Explain),
    Stats(Stats),
    Frontier(Frontier),
    Trend(Trend),
    Estimate(Estimate),
    Frameworks(Frameworks),
    Surveys(Surveys),
    Terms(Terms),
    Chips(Chips),
    Cite(Cite),
    Columns(Columns),
    Audit(Audit),
    Check(CheckArgs),
    Completions(Completions),
    Man(Man),
}

/// When answers are coloured.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Cli {
    /// What the process was called with.
    ///
    /// # Errors
    /// When it is no command line, or help or the version is asked for.
    pub fn typed() -> Result<Cli, clap::Error> {
        let matches = Cli::command().try_get_matches();
        let typed = matches.and_then(|matches| {
            let mut cli = Cli::from_arg_matches(&matches)?;
            // An empty AHM_CATALOG is one that is not set.
            if matches.value_source("catalogs") == Some(ValueSource::EnvVariable) {
                cli.catalogs.retain(|path| !path.as_os_str().is_empty());
            }
            Ok(cli)
        });
        typed.map_err(|told| {
            let command = match told.kind() {
                // The catalog is read for its version when somebody asks for it, and not before.
                ErrorKind::DisplayVersion => {
                    let Version { short, long } = Version::of_this();
                    Cli::command().version(short).long_version(long)
                }
                _ if std::env::args_os().any(|word| shown(&word).is_some()) => Cli::command(),
                _ => return told,
            };
            // A message quotes what was typed, and the name of the program.
            let words = std::env::args_os().map(|word| shown(&word).unwrap_or(word));
            let again = command.try_get_matches_from(words);
            again.err().unwrap_or(told)
        })
    }

    /// Answers on the process's own streams.
    ///
    /// # Errors
    /// When the question cannot be understood, or the answer not written.
    pub fn run(self) -> Result<Found, Error> {
        let mut out = Output::standard(self.color.into());
        self.answer(&mut out)
    }

    /// Answers.
    ///
    /// # Errors
    /// When the question cannot be understood, or the answer not written.
    pub fn answer(self, out: &mut Output) -> Result<Found, Error> {
        let Cli {
            command,
            as_listed,
            stated,
            catalogs,
            no_embedded,
            color: _,
        } = self;
        let reading = match (as_listed, stated) {
            // The list has no source but itself: what it prints is stated, too.
            (true, _) => Reading::AsListed,
            (false, true) => Reading::Stated,
            (false, false) => Reading::Whole,
        };
        // The page is the same whatever the catalogs hold.
        if let Command::Man(man) = command {
            man.run(&Cli::command(), out)?;
            out.finish()?;
            return Ok(Found::Some);
        }
        if catalogs.iter().any(|path| path.as_os_str().is_empty()) {
            let what = "`--catalog` needs a file, and its value is empty";
            return Err(Error::Misuse(what.to_owned()));
        }
        if catalogs
            .iter()
            .filter(|path| path.as_os_str() == "-")
            .count()
            > 1
        {
            let what = "standard input can be read once; `--catalog -` stands twice";
            return Err(Error::Misuse(what.to_owned()));
        }
        if no_embedded && catalogs.is_empty() && !command.has_files() {
            let what = "no catalog is left to ask; `--no-embedded` wants a `--catalog`";
            return Err(Error::Misuse(what.to_owned()));
        }
        let embedded = (!no_embedded).then_some(Source::Embedded);
        let catalog = Catalog::open(embedded, &catalogs, reading)?;
        let meters: Vec<Arc<Meter>> = catalog.sources().iter().filter_map(Source::meter).collect();
        if !meters.is_empty() {
            out.watch(move || read_so_far(&meters));
        }
        let found = match command {
            Command::List(list) => list.run(&catalog, out),
            Command::Show(show) => show.run(&catalog, out),
            Command::Sort(sort) => sort.run(&catalog, out),
            Command::Compare(compare) => compare.run(&catalog, out),
            Command::Explain(explain) => explain.run(&catalog, out),
            Command::Stats(stats) => stats.run(&catalog, out),
            Command::Frontier(frontier) => frontier.run(&catalog, out),
            Command::Trend(trend) => trend.run(&catalog, out),
            Command::Estimate(estimate) => estimate.run(&catalog, out),
            Command::Frameworks(frameworks) => frameworks.run(&catalog, out),
            Command::Surveys(surveys) => surveys.run(&catalog, out),
            Command::Terms(terms) => terms.run(&catalog, out),
            Command::Chips(chips) => chips.run(&catalog, out),
            Command::Cite(cite) => cite.run(&catalog, out),
            Command::Columns(columns) => columns.run(&catalog, out),
            Command::Audit(audit) => audit.run(&catalog, out),
            Command::Check(check) => check.run(&catalog, out),
            Command::Completions(completions) => completions.run(Cli::command(), &catalog, out),
            Command::Man(man) => man.run(&Cli::command(), out),
        }?;
        out.finish()?;
        Ok(found)
    }
}

/// How much of all files was read.
fn read_so_far(meters: &[Arc<Meter>]) -> ReadSoFar {
    let mut sum = ReadSoFar::default();
    for (total, bytes, records) in meters.iter().map(|meter| meter.read_so_far()) {
        sum.total += total;
        sum.bytes += bytes;
        sum.records += records;
    }
    sum
}

/// A word of the command line as a message can quote it, where that is not the word itself.
fn shown(word: &OsStr) -> Option<OsString> {
    match printable(&word.to_string_lossy()) {
        Cow::Owned(text) => Some(text.into()),
        Cow::Borrowed(_) => None,
    }
}

impl Command {
    /// Whether it has files of its own to answer from.
    fn has_files(&self) -> bool {
        matches!(self, Command::Check(check) if check.has_files())
    }
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
