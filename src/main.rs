//! The `rosi` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    rosi::cli::run(std::env::args_os())
}
