//! Parses the arguments, runs the command, prints the error and sets the exit code.

use std::process::ExitCode;

use ahm::cli::Cli;
use ahm::error::Error;
use ahm::output::{Output, print_error};
use anstream::ColorChoice;

fn main() -> ExitCode {
    let outcome = match Cli::from_env() {
        Ok(cli) => cli.run().map(|found| found.exit_code()),
        // `--help` and `--version` go to standard output, and fail if they cannot be written.
        Err(error) if !error.use_stderr() => {
            let mut out = Output::standard(ColorChoice::Auto);
            // `-h` is glanced at.
            if std::env::args_os().all(|word| word != "--no-pager" && word != "-h") {
                out = out.paged();
            }
            let written = out.help(&error.render()).and_then(|()| out.finish());
            written.map(|()| 0).map_err(Error::Write)
        }
        Err(error) => {
            // The exit code reports the error even if its message cannot be written.
            let _ = error.print();
            Ok(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    };
    ExitCode::from(outcome.unwrap_or_else(|error| {
        // 0 for a closed pipe, as in `ahm list | head`: that is no failure, and prints nothing.
        let code = error.exit_code();
        if code > 0 {
            print_error(&error);
        }
        code
    }))
}
