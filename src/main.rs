//! Parses, runs, prints the error and picks the exit code.

use std::process::ExitCode;

use ahm::cli::Cli;
use ahm::error::Error;
use ahm::output::complain;
use clap::Parser;

fn main() -> ExitCode {
    let outcome = match Cli::try_parse() {
        Ok(cli) => cli.run().map(|found| found.exit_code()),
        // Help and version are answers too: what cannot be written is a failure.
        Err(told) => match told.print() {
            Ok(()) => Ok(u8::try_from(told.exit_code()).unwrap_or(2)),
            Err(error) => Err(Error::Write(error)),
        },
    };
    ExitCode::from(outcome.unwrap_or_else(|error| {
        let code = error.exit_code();
        if code > 0 {
            complain(&error);
        }
        code
    }))
}
