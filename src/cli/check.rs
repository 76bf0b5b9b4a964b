//! `rosi check`: every fault and piece of advice about a file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Failed, Terminal, files};
use crate::render;
use crate::scenario::{Parsed, parse};

/// The arguments of `rosi check`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The scenario (TOML, YAML or JSON; `-` reads standard input)
    file: PathBuf,
    /// How to write what was found; JSON has every fault and warning with its line, its column and its cure
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
}

/// Runs `rosi check`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let source = files::source(&arguments.file, terminal)?;
    if arguments.format == Form::Json {
        let found = parse(&source).map_or_else(|faults| faults, |Parsed { warnings, .. }| warnings);
        let found = render::faults(&found, &source);
        terminal.result(&render::json(&found))?;
        return if found.sound { Ok(()) } else { Err(Failed) };
    }
    let parsed = files::parsed(&source, terminal, true)?;
    let scenario = &parsed.scenario;
    let counts = [
        (scenario.risks().len(), "risk"),
        // The end of a control is none that the file states.
        (scenario.controls().iter().filter(|control| control.ends.is_none()).count(), "control"),
        (scenario.plans().len(), "plan"),
        (scenario.stated_count(), "assumption"),
    ];
    let listed: Vec<String> =
        counts.iter().map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" })).collect();
    let examples = match scenario.example_count() {
        0 => String::new(),
        count => format!(", {count} of them examples"),
    };
    terminal.result(&format!("{} is a valid scenario: {}{examples}\n", source.name, listed.join(", ")))
}
