//! `ahm man`: the manual pages, one for the program and one for each command.

use crate::error::{Error, Found};
use crate::model::name::did_you_mean;
use crate::output::Output;
use clap::{Args, Command};

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  ahm man | man -l -
  ahm man list | man -l -
  ahm man > ~/.local/share/man/man1/ahm.1
")]
pub(crate) struct Man {
    /// Command whose page to print; without it, the page of the program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Man {
    pub(crate) fn run(self, program: Command, out: &mut Output) -> Result<Found, Error> {
        let mut program = program.disable_help_subcommand(true);
        program.build();
        let command = match &self.command {
            None => &program,
            Some(name) => program.find_subcommand(name).ok_or_else(|| {
                let names = program.get_subcommands().map(Command::get_name);
                let near = did_you_mean(name, names);
                Error::Misuse(format!("unknown command `{name}`{near}"))
            })?,
        };
        clap_mangen::Man::new(command.clone())
            .manual("User Commands")
            .render(out)?;
        Ok(Found::Some)
    }
}
