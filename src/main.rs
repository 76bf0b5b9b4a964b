//! The `rosi` command.

use std::process::ExitCode;

#[expect(clippy::disallowed_methods, reason = "the command line enters here")]
fn main() -> ExitCode {
    rosi::cli::run(std::env::args_os())
}
