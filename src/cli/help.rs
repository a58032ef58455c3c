//! What `-h`, `--help` and the manual pages have that the declarations of commands do not say: which
//! flags `-h` only names, and what conditions, marks, exit codes and the environment mean. It is added
//! only if help is asked for.

use crate::text::wrapped;
use clap::{Arg, Command};
use std::ffi::OsString;

/// The headings of flags that several commands share.
const SHARED: [&str; 3] = ["Filters", "Output", "Catalog"];

/// Below the help of the program, and of commands that take conditions.
const REFERENCE: &str = "\
Conditions:
  KEY = VALUE    equal; also != < <= > >= ne lt le gt ge
  KEY ~ REGEX    the text matches; !~: it does not
  KEY in (A, B)  one of these values
  has KEY        the value is known; missing KEY: unknown
  open, closed   weights or code can, or cannot, be downloaded
  and, or, not   `and` binds before `or`; use parentheses
  KEY / KEY      + - * / and parentheses: active_params/params < 0.1

An expression can be a column, too: -c active_params/params. A column with + is added to the usual \
ones: -c +epochs.

A number can have a unit: 1.5T, 100B, 1e23, 3TB, $4.6M. Figures are \
compared at the digits typed, at least three: params=355B finds 354,999,992,320. A date is a year, a month or a day (2021-06-15, \
read as its month), and a comparison with a year covers the year. Case is ignored. Quote values with spaces \
or signs: org='Google DeepMind'. A test of a missing value is neither true nor false: neither \
params<1B nor not params<1B finds models of unknown size.

Marks:
  *  corrected: the original list has another value
  †  by a third party, not by the makers
  ‡  calculated by the source, not stated
  ?  speculative
  ≈  implied by other figures, computed by ahm

Exit codes:
  0  found
  1  nothing found; audit, check, diff: problems or differences found
  2  misuse or failure

Environment:
  AHM_CATALOG      file to read, as with --catalog
  AHM_NO_EMBEDDED  `true` acts like --no-embedded
  AHM_PAGER        pager for long answers (default: PAGER, less; empty: none)
  NO_COLOR         if set, disables colors
  BROWSER          browser that `ahm open` starts
";

/// Whether these arguments ask for help, or perhaps do: completing it takes time.
pub(super) fn is_asked_for(arguments: &[OsString]) -> bool {
    let is_help = |word: &OsString| ["-h", "--help", "help"].iter().any(|help| word == help);
    arguments.len() < 2 || arguments.iter().any(is_help)
}

/// The program with the help of the commands that `is_asked` for.
pub(super) fn complete(program: Command, is_asked: &dyn Fn(&Command) -> bool) -> Command {
    let terminal = terminal_size::terminal_size().map(|(width, _)| width.0.into());
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let width = terminal.or_else(columns).unwrap_or(100);
    let shared: Vec<(&str, String)> = named(&program).collect();
    let complete = |command: Command| match is_asked(&command) {
        true => completed(command, &shared, width),
        false => command,
    };
    completed(program, &[], width).mut_subcommands(complete)
}

/// Whether one of these arguments is the name of a command.
pub(super) fn is_named(command: &Command, arguments: &[OsString]) -> bool {
    let mut names = command.get_all_aliases().chain([command.get_name()]);
    names.any(|name| arguments.iter().any(|word| word == name))
}

/// A command with all of its help. What is explained below its flags is in the long help, and the
/// examples in both. `program`: the flags that all commands share.
fn completed(command: Command, program: &[(&str, String)], width: usize) -> Command {
    let takes_conditions = command
        .get_arguments()
        .any(|arg| arg.get_id() == "conditions");
    let text = command.get_after_help().map(ToString::to_string);
    let mut text = laid_out(&text.unwrap_or_default(), width);
    let mut own: Vec<(&str, String)> = named(&command).collect();
    if !command.has_subcommands() {
        own.extend(program.iter().cloned());
    }
    let flags = SHARED.iter().filter_map(|heading| {
        let names = own.iter().filter(|(own, _)| own == heading);
        let names: Vec<&str> = names.map(|(_, name)| &**name).collect();
        let lines = wrapped(&names.join(", "), heading.len() + 2, width.min(100));
        (!names.is_empty()).then(|| format!("{heading}: {lines}"))
    });
    let flags: Vec<String> = flags.collect();
    let examples = text.find("Examples:").map_or("", |at| &text[at..]);
    let short = match examples {
        "" => flags.join("\n"),
        examples => format!("{}\n\n{examples}", flags.join("\n")),
    };
    let command = command.mut_args(shortened).after_help(short);
    if takes_conditions || command.has_subcommands() {
        text = format!("{text}\n\n{REFERENCE}");
    }
    command.after_long_help(text)
}

/// The shared flags of a command: the heading and what `-h` calls each.
fn named(command: &Command) -> impl Iterator<Item = (&'static str, String)> {
    command.get_arguments().filter_map(|arg| {
        let mut headings = SHARED.into_iter();
        let heading = headings.find(|own| arg.get_help_heading() == Some(own))?;
        let name = match (arg.get_short(), arg.get_long()) {
            (Some(short), _) => format!("-{short}"),
            (None, Some(long)) => format!("--{long}"),
            (None, None) => format!("[{}]", arg.get_id().as_str().to_uppercase()),
        };
        Some((heading, name))
    })
}

/// A flag; `-h` only names those that several commands share.
fn shortened(arg: Arg) -> Arg {
    let is_shared = |heading| SHARED.contains(&heading);
    let hides = arg.get_help_heading().is_some_and(is_shared);
    arg.hide_short_help(hides)
}

/// A text whose paragraphs are a line each, which clap wraps. Examples that are too long for the
/// terminal have their explanation on a line of its own.
fn laid_out(text: &str, width: usize) -> String {
    let mut laid_out = String::new();
    // Whether the line before can be continued.
    let mut is_open = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_heading = lines.peek().is_some_and(|next| next.starts_with(' '));
        let is_text = !line.is_empty() && !line.starts_with(' ') && !is_heading;
        if !laid_out.is_empty() {
            laid_out.push(if is_open && is_text { ' ' } else { '\n' });
        }
        let start = line.len() - line.trim_start().len();
        match line[start..]
            .split_once("  ")
            .filter(|_| line.chars().count() > width)
        {
            Some((example, meaning)) => {
                laid_out.push_str(&format!("  {example}\n      {}", meaning.trim_start()));
            }
            None => laid_out.push_str(line),
        }
        is_open = is_text;
    }
    laid_out
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn paragraphs_are_lines() {
        let text = "One\ntwo:\nthree.\n\nFour:\nfive.\n\nExamples:\n  ahm list      all of them\n  ahm show x\n";
        let expected = "One two: three.\n\nFour: five.\n\nExamples:\n  ahm list      all of them\n  ahm show x";
        assert_eq!(laid_out(text, 80), expected);
        let narrow = expected.replace("list      all", "list\n      all");
        assert_eq!(laid_out(text, 20), narrow);
        // Two blanks are enough.
        let text = text.replace("list      all", "list  all");
        assert_eq!(laid_out(&text, 20), narrow);
    }

    #[test]
    fn short_help_fits_a_screen() {
        let mut program = complete(crate::cli::Cli::command(), &|_| true);
        program.build();
        let commands: Vec<Command> = program.get_subcommands().cloned().collect();
        for command in commands {
            let (name, mut command) = (command.get_name().to_owned(), command.term_width(100));
            let help = command.render_help().to_string();
            let lines = help.lines().count();
            assert!(lines <= 36, "{name}: {lines}\n{help}");
        }
    }
}
