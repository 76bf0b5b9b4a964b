//! `rosi compare`: what changed between two versions of a case.

use std::path::PathBuf;

use clap::Args;

use super::budget::Budget;
use super::changes::Changes;
use super::output::Output;
use super::{Failed, Terminal, case, files};
use crate::engine::Settings;
use crate::engine::compare::compare;
use crate::model;
use crate::report;
use crate::scenario::Source;
use crate::scenario::difference::stages;

/// The arguments of `rosi compare`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The old file
    old: PathBuf,
    /// The new file; with --set the old one as it is changed, where no other is named
    #[arg(required_unless_present = "set")]
    new: Option<PathBuf>,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    budget: Budget,
    #[command(flatten)]
    output: Output,
}

/// Runs `rosi compare`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let old = files::source(&arguments.old, terminal)?;
    let path = arguments.new.as_deref().unwrap_or(&arguments.old);
    let written = match &arguments.new {
        Some(path) => files::source(path, terminal)?,
        None => old.clone(),
    };
    let (new, by) = match arguments.changes.of(&written, terminal)? {
        Some((changed, by)) => (Source { name: Changes::name_of(&written), ..changed }, Some(by)),
        None => (written.clone(), None),
    };
    let (mut found, warnings) = stages(&old, &new).map_err(|(is_old, faults)| {
        let source = if is_old { &old } else { &new };
        terminal.diagnostics(&faults, &source.name, &source.text());
        terminal.fault(&format!("{} has faults: no comparison", source.name), &[]);
        Failed
    })?;
    if let Some((last, by)) = found.last_mut().zip(by) {
        last.scenario = last.scenario.clone().as_changed(model::Changes { by, of_file: written.sha256() });
    }
    let [first, .., last] = found.as_slice() else { return Err(Failed) };
    let (before, after) = (first.scenario.currency(), last.scenario.currency());
    if before != after {
        let fault = format!("the old file is in {}, the new one in {}", before.code(), after.code());
        terminal.fault(&fault, &["write both in one currency: else the exchange rate moves every figure"]);
        return Err(Failed);
    }
    let scenarios: Vec<_> = found.iter().map(|stage| stage.scenario.clone()).collect();
    let watched = arguments.budget.watch(&[]);
    let comparison = compare(&scenarios, &Settings::default(), &|progress| terminal.progress(progress));
    drop(watched);
    terminal.progress_ends();
    let comparison = comparison.map_err(|faults| {
        terminal.diagnostics(&faults, &new.name, &new.text());
        Failed
    })?;
    let context = case::context(Some(path));
    let report = report::comparison(&comparison, (&first.scenario, &last.scenario), &found, &warnings, &context);
    arguments.output.write(&report, terminal)
}
