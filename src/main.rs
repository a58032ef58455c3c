//! Parses, runs, prints the error and picks the exit code.

use std::process::ExitCode;

use ahm::cli::Cli;
use ahm::output::complain;
use clap::Parser;

fn main() -> ExitCode {
    let outcome = Cli::parse().run();
    ExitCode::from(match outcome {
        Ok(found) => found.exit_code(),
        Err(error) => {
            let code = error.exit_code();
            if code > 0 {
                complain(&error);
            }
            code
        }
    })
}
