//! Parses, runs, prints the error and picks the exit code.

use std::process::ExitCode;

use ahm::cli::Cli;
use ahm::error::Error;
use ahm::output::complain;

fn main() -> ExitCode {
    let outcome = match Cli::typed() {
        Ok(cli) => cli.run().map(|found| found.exit_code()),
        // Help and version are answers too: what cannot be written is a failure.
        Err(told) => match (told.print(), told.exit_code()) {
            (Err(error), 0) => Err(Error::Write(error)),
            // A mistake is one whether or not anybody reads of it.
            (_, code) => Ok(u8::try_from(code).unwrap_or(2)),
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
