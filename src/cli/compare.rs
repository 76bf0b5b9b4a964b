//! `rosi compare`: what changed between two versions of a case.

use std::path::PathBuf;

use clap::Args;

use super::budget::Budget;
use super::output::Output;
use super::{Failed, Terminal, case, files};
use crate::engine::Settings;
use crate::engine::compare::compare;
use crate::report;
use crate::scenario::difference::stages;

/// The arguments of `rosi compare`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The old file
    old: PathBuf,
    /// The new file
    new: PathBuf,
    #[command(flatten)]
    budget: Budget,
    #[command(flatten)]
    output: Output,
}

/// Runs `rosi compare`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let old = files::source(&arguments.old, terminal)?;
    let new = files::source(&arguments.new, terminal)?;
    let (found, warnings) = stages(&old, &new).map_err(|(is_old, faults)| {
        let source = if is_old { &old } else { &new };
        terminal.diagnostics(&faults, &source.name, &source.text());
        terminal.fault(&format!("{} has faults: no comparison", source.name), &[]);
        Failed
    })?;
    let [first, .., last] = found.as_slice() else { return Err(Failed) };
    let (before, after) = (first.scenario.currency(), last.scenario.currency());
    if before != after {
        let fault = format!("the old file is in {}, the new one in {}", before.code(), after.code());
        terminal.fault(&fault, &["write both in one currency: else the exchange rate moves every figure"]);
        return Err(Failed);
    }
    let scenarios: Vec<_> = found.iter().map(|stage| stage.scenario.clone()).collect();
    let watched = arguments.budget.watch();
    let comparison = compare(&scenarios, &Settings::default(), &|progress| terminal.progress(progress));
    drop(watched);
    terminal.progress_ends();
    let comparison = comparison.map_err(|faults| {
        terminal.diagnostics(&faults, &new.name, &new.text());
        Failed
    })?;
    let context = case::context(Some(&arguments.new));
    let report = report::comparison(&comparison, (&first.scenario, &last.scenario), &found, &warnings, &context);
    arguments.output.write(&report, terminal)
}
