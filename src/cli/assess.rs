//! `rosi assess`: the budget case of a file.

use std::path::PathBuf;

use clap::Args;

use super::case::{Case, How};
use super::changes::Changes;
use super::output::Output;
use super::{Failed, Terminal};

/// The arguments of `rosi assess`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The scenario (TOML, YAML or JSON; `-` reads standard input); the built-in example without it
    file: Option<PathBuf>,
    /// Every table and all advice, not only what fits on one screen
    #[arg(long)]
    full: bool,
    /// Write --full at once on a terminal, not page by page (the program that PAGER names, else less)
    #[arg(long)]
    no_pager: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    how: How,
}

/// Runs `rosi assess`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let case = Case::of(arguments.file.as_deref(), &arguments.how.changed_by(&arguments.changes), terminal)?;
    let is_screen = !arguments.full && arguments.output.is_for_screen(terminal)?;
    let report = if is_screen { case.on_one_screen() } else { case.report() };
    arguments.output.write_paged(&report, arguments.full && !arguments.no_pager, terminal)
}
