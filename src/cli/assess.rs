//! `rosi assess`: the budget case of a file.

use std::path::PathBuf;

use clap::Args;

use super::case::{Case, How};
use super::output::Output;
use super::{Failed, Terminal};

/// The arguments of `rosi assess`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The scenario (TOML, YAML or JSON; `-` reads standard input); the built-in example without it
    file: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    how: How,
}

/// Runs `rosi assess`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let report = Case::of(arguments.file.as_deref(), &arguments.how, terminal)?.report();
    arguments.output.write(&report, terminal)
}
