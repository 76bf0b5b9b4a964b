//! `rosi explain`: where a figure comes from.

use std::path::PathBuf;

use clap::Args;

use super::case::{Case, How};
use super::changes::Changes;
use super::output::FormatName;
use super::{Failed, Terminal};
use crate::render::render;
use crate::report;
use crate::scenario::syntax::line_number;

/// The arguments of `rosi explain`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The scenario (TOML, YAML or JSON; `-` reads standard input)
    file: PathBuf,
    /// Figures as the JSON names them, such as plan.core.net_present_value or
    /// risk.phishing.today.expected_annual_loss, and assumptions by their path
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
    #[command(flatten)]
    changes: Changes,
}

/// Runs `rosi explain`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let case = Case::of(Some(&arguments.file), &How::default().changed_by(&arguments.changes), terminal)?;
    let text = case.source.text();
    let line = |place: usize| line_number(text.as_bytes(), place);
    match report::explanation(&case.scenario, &case.analysis, &case.warnings, &arguments.keys, &line) {
        Ok(report) => terminal.result(&render(&report, arguments.format.at(terminal, false))),
        Err((key, like)) => {
            let mut help = vec![
                "keys are those of `rosi assess --format json`, without what stands for the whole list".to_owned(),
            ];
            if !like.is_empty() {
                help.insert(0, format!("did you mean {}?", like.join(", ")));
            }
            let help: Vec<&str> = help.iter().map(String::as_str).collect();
            terminal.fault(&format!("there is no figure \"{key}\""), &help);
            Err(Failed)
        }
    }
}
