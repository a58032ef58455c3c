//! Parses, runs, prints the error and picks the exit code.

use std::process::ExitCode;

use ahm::cli::Cli;
use ahm::error::Error;
use ahm::output::{Output, complain};
use anstream::ColorChoice;

fn main() -> ExitCode {
    let outcome = match Cli::typed() {
        Ok(cli) => cli.run().map(|found| found.exit_code()),
        // Help and version are answers too: what cannot be written is a failure.
        Err(told) if !told.use_stderr() => {
            let mut out = Output::standard(ColorChoice::Auto);
            let written = out.help(&told.render()).and_then(|()| out.finish());
            written.map(|()| 0).map_err(Error::Write)
        }
        Err(told) => {
            // A mistake is one whether or not its message can be written.
            let _ = told.print();
            Ok(u8::try_from(told.exit_code()).unwrap_or(2))
        }
    };
    ExitCode::from(outcome.unwrap_or_else(|error| {
        let code = error.exit_code();
        if code > 0 {
            complain(&error);
        }
        code
    }))
}
