//! The command line: what can be typed.

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::catalog::Catalog;
use crate::commands::{Completions, List, Man, Show, Sort};
use crate::error::{Error, Found};
use crate::output::Output;
use crate::reader::Reading;

/// Huge AI models, answerable from the command line
#[derive(Debug, Parser)]
#[command(
    name = "ahm",
    version,
    max_term_width = 100,
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

    /// When to colour; auto is on a terminal that wants it
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
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
    /// Runs the command.
    ///
    /// # Errors
    /// When the question cannot be understood, or the answer not written.
    pub fn run(self) -> Result<Found, Error> {
        let Cli {
            command,
            as_listed,
            color,
        } = self;
        let reading = match as_listed {
            true => Reading::AsListed,
            false => Reading::Whole,
        };
        let catalog = Catalog::embedded(reading);
        let mut out = Output::standard(color.into());
        let found = match command {
            Command::List(list) => list.run(&catalog, &mut out),
            Command::Show(show) => show.run(&catalog, &mut out),
            Command::Sort(sort) => sort.run(&catalog, &mut out),
            Command::Completions(completions) => {
                completions.run(Cli::command(), &catalog, &mut out)
            }
            Command::Man(man) => man.run(&Cli::command(), &mut out),
        }?;
        out.finish()?;
        Ok(found)
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
