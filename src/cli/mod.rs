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
mod program;
mod receipt;
mod reference;
mod schema;
mod shared_args;
mod show;
mod sql_args;
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
use crate::cli::program::{is_page, matches, names_unknown_column, program};
use crate::cli::shared_args::SharedArgs;
use crate::error::{Error, Found};
use crate::model::schema::add_extra;
use crate::output::{Output, Receipt};
use crate::text::{is_control, printable};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::sync::Arc;

/// A command line.
#[derive(Debug)]
pub struct Cli {
    command: Command,
    shared: SharedArgs,
    /// The arguments as typed.
    arguments: Vec<OsString>,
    /// Whether the answer is a page, which always has its receipt.
    is_page: bool,
    /// The catalog, if it was opened to parse the arguments.
    opened: Option<Catalog>,
}

/// Each command has its `Args` and `run(self, &Catalog, &mut Output)` in a file of this folder. Those that
/// need no catalog follow, with what runs them.
macro_rules! commands {
    (
        $(#[doc = $summary:literal] $command:ident => $args:ty,)*
        without a catalog
        $(#[doc = $about:literal] $other:ident => $own:ty, $run:expr;)*
    ) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $(#[doc = $summary] $command($args),)*
            $(#[doc = $about] $other($own),)*
        }

        impl Command {
            /// The command of this name alone: to build all of them takes as long as many answers.
            fn named(name: &str) -> Option<clap::Command> {
                let is = |own: &str| name.eq_ignore_ascii_case(own) && !name.contains(char::is_uppercase);
                let command = clap::Command::new(name.to_owned());
                Some(match name {
                    $(_ if is(stringify!($command)) => <$args>::augment_args(command),)*
                    $(_ if is(stringify!($other)) => <$own>::augment_args(command),)*
                    _ => return None,
                })
            }

            /// What the program's help says of each command, without its flags.
            fn summaries() -> impl Iterator<Item = clap::Command> {
                let all = [
                    $((stringify!($command), $summary),)*
                    $((stringify!($other), $about),)*
                ];
                all.into_iter().map(|(name, summary)| {
                    let command = clap::Command::new(name.to_ascii_lowercase());
                    command.about(summary.trim_start())
                })
            }

            fn run(
                self,
                open: impl FnOnce(&mut Output) -> Result<Catalog, Error>,
                out: &mut Output,
            ) -> Result<Found, Error> {
                match self {
                    $(Command::$command(args) => args.run(&open(out)?, out),)*
                    $(Command::$other(args) => {
                        let run: fn($own, &mut Output) -> Result<Found, Error> = $run;
                        run(args, out)
                    })*
                }
            }
        }
    };
}

commands! {
    /// List models, newest first
    List => list::List,
    /// Show everything known about a model
    Show => show::Show,
    /// List models in a given order
    Sort => list::Sort,
    /// Compare models side by side
    Compare => compare::Compare,
    /// Show where a figure comes from and how it can be derived
    Explain => explain::Explain,
    /// Count and summarize models by group
    Stats => stats::Stats,
    /// Show who held the record, when, and by how much
    Frontier => frontier::Frontier,
    /// Fit growth over time, and show the most influential models
    Trend => trend::Trend,
    /// Show which models are above a figure, and how we know
    Threshold => threshold::Threshold,
    /// Estimate a training run: compute, time, cost, energy
    Estimate => estimate::Estimate,
    /// List training and inference frameworks
    Frameworks => reference::Frameworks,
    /// List surveys
    Surveys => reference::Surveys,
    /// Define the terms used in the catalog
    Terms => reference::Terms,
    /// List chips, their speed, power and prices
    Chips => reference::Chips,
    /// Print BibTeX
    Cite => cite::Cite,
    /// Open a model's paper, weights, code or home page
    Open => open::Open,
    /// List the keys that models have
    Columns => columns::Columns,
    /// Find figures that contradict each other
    Audit => audit::Audit,
    /// Show where two catalogs differ
    Diff => diff::DiffArgs,
    /// Validate a catalog file
    Check => check::CheckArgs,
    /// Write a table as entries of a catalog
    Import => import::Import,

    without a catalog

    /// Generate shell completions
    Completions => completions::Completions, completions::Completions::run;
    /// Print the manual page
    Man => man::Man, |man, out| man.run(help::complete(Cli::command(), &|_| true), out);
    /// Print the JSON Schema
    Schema => schema::Schema, schema::Schema::run;
}

impl CommandFactory for Cli {
    fn command() -> clap::Command {
        program(Command::augment_subcommands)
    }

    fn command_for_update() -> clap::Command {
        Cli::command()
    }
}

impl FromArgMatches for Cli {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Cli, clap::Error> {
        Ok(Cli {
            command: Command::from_arg_matches(matches)?,
            shared: SharedArgs::from_arg_matches(matches)?,
            arguments: Vec::new(),
            is_page: is_page(matches),
            opened: None,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Cli::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Parser for Cli {}

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
            cli.shared.source.open(false)
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

    /// The program with the help that the arguments ask for.
    fn with_help(arguments: &[OsString]) -> clap::Command {
        let names_none = !Command::summaries().any(|own| help::is_named(&own, arguments));
        match help::is_asked_for(arguments) {
            true if names_none => {
                let program = program(|program| program.subcommands(Command::summaries()));
                help::complete(program, &|_| false)
            }
            true => help::complete(Cli::command(), &|own| help::is_named(own, arguments)),
            false => Cli::command(),
        }
    }

    fn parsed(
        arguments: impl IntoIterator<Item = OsString>,
    ) -> Result<(Cli, ArgMatches), clap::Error> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let name = arguments.get(1).and_then(|name| name.to_str());
        let name = name.filter(|_| !help::is_asked_for(&arguments));
        let alone = name.and_then(Command::named);
        let alone = alone.map(|command| program(|program| program.subcommand(command)));
        let matches = alone.map(|program| matches(program, &arguments));
        let matches = match matches {
            Some(Ok(matches)) => matches,
            // A message may name other commands.
            _ => program::matches(Cli::with_help(&arguments), &arguments)?,
        };
        let mut cli = Cli::from_arg_matches(&matches)?;
        cli.arguments = arguments;
        // `AHM_CATALOG=` counts as unset.
        if matches.value_source("catalogs") == Some(ValueSource::EnvVariable) {
            let catalogs = &mut cli.shared.source.catalogs;
            catalogs.retain(|path| !path.as_os_str().is_empty());
        }
        Ok((cli, matches))
    }

    /// Runs the command and writes to standard output.
    ///
    /// # Errors
    /// If the catalog cannot be read, the arguments do not fit it, or the output cannot be written.
    pub fn run(self) -> Result<Found, Error> {
        let mut out = Output::standard(match self.shared.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        });
        if !self.shared.no_pager {
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
            shared,
            arguments,
            is_page,
            opened,
        } = self;
        let SharedArgs {
            mut source,
            color: _,
            no_pager: _,
            receipt,
        } = shared;
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
                out.watch(move || meters.iter().map(|meter| meter.read_so_far()).collect());
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
