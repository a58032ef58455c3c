//! What the program says of itself, and what arguments say to it.

use crate::cli::shared_args::SharedArgs;
use crate::model::schema;
use crate::output::Format;
use clap::{ArgMatches, Args, Command, Error};
use std::ffi::OsString;

/// Below the help of the program.
const EXAMPLES: &str = "\
Examples:
  ahm list --field vision --open
  ahm show llama
  ahm sort --by params
";

/// The program with the commands that `add` adds, which come before the flags in its help.
pub(super) fn program(add: impl FnOnce(Command) -> Command) -> Command {
    let about = "Query huge AI models from the command line";
    let program = Command::new("ahm")
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(EXAMPLES)
        .max_term_width(100)
        .args_override_self(true)
        .subcommand_required(true)
        .arg_required_else_help(true);
    SharedArgs::augment_args(add(program)).about(about)
}

/// What arguments say to a command, which is kept until the process ends: to drop it takes as long
/// as to parse them.
pub(super) fn matches(command: Command, arguments: &[OsString]) -> Result<ArgMatches, Error> {
    let command = Box::leak(Box::new(command));
    command.try_get_matches_from_mut(arguments)
}

/// Whether the format is a page for a browser.
pub(super) fn is_page(matches: &ArgMatches) -> bool {
    let format = |matches: &ArgMatches| matches.try_get_one("chosen").ok().flatten().copied();
    let own = matches.subcommand().and_then(|(_, own)| format(own));
    own == Some(Format::Html)
}

/// Whether `--columns` names a key that no column has.
pub(super) fn names_unknown_column(matches: &ArgMatches) -> bool {
    let Some((_, matches)) = matches.subcommand() else {
        return false;
    };
    let names = matches.try_get_many::<String>("columns").ok().flatten();
    let is_known = |name: &String| {
        let name = name.strip_prefix('+').unwrap_or(name);
        name.eq_ignore_ascii_case("all") || schema::parse_column(name).is_ok()
    };
    names.is_some_and(|mut names| !names.all(is_known))
}

#[cfg(test)]
mod tests {
    use crate::cli::Cli;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
