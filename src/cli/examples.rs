//! `rosi examples`: the bundled scenarios.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failed, Terminal, write};
use crate::scenario::Source;

/// The arguments of `rosi examples`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The example to write out; the list without it
    name: Option<String>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "out")]
    force: bool,
}

/// A bundled scenario.
pub(crate) struct Example {
    /// Its name.
    pub name: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! example {
    ($name:literal, $about:literal) => {
        Example {
            name: $name,
            about: $about,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/", $name, "/scenario.toml")),
        }
    };
}

/// Every bundled scenario; the first is the built-in example.
pub(crate) const EXAMPLES: [Example; 5] = [
    example!("ransomware", "a mid-size firm: ransomware, payment fraud, a lost laptop; three plans, insurance"),
    example!("soc-automation", "a security operations centre: automation first, then a night shift"),
    example!("card-payments", "a merchant with card duties: tokens, segments or insurance"),
    example!("small-office", "a small office in the textbook form, simple enough to check by hand"),
    example!("three-vendors", "a group compares three offers for the same thing"),
];

/// The example that `rosi assess` shows without a file.
pub(crate) fn built_in() -> Source {
    source(&EXAMPLES[0])
}

fn source(example: &Example) -> Source {
    Source::new(format!("{}.toml", example.name), example.text)
}

/// Runs `rosi examples`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let Some(name) = &arguments.name else {
        let width = EXAMPLES.iter().map(|example| example.name.len()).max().unwrap_or(0);
        let mut list = String::new();
        for example in &EXAMPLES {
            list.push_str(&format!("{:width$}  {}\n", example.name, example.about));
        }
        if let Some(path) = &arguments.out {
            terminal.fault(
                "no example is named",
                &[&format!("write for example `rosi examples ransomware --out {}`", path.display())],
            );
            return Err(Failed);
        }
        list.push_str("\nWrite one out: rosi examples ransomware --out case.toml\n");
        return terminal.result(&list);
    };
    let example = find(name, terminal)?;
    match arguments.out.as_deref().filter(|path| !write::is_standard_output(path)) {
        Some(path) => begun(path, example.text, arguments.force, terminal),
        None => terminal.result(example.text),
    }
}

/// Writes a file to begin with, over none that is there unless that is meant.
pub(crate) fn begun(path: &Path, text: &str, force: bool, terminal: &Terminal) -> Result<(), Failed> {
    let is_scenario = path.extension().is_none_or(|ending| ending.eq_ignore_ascii_case("toml"));
    if !is_scenario {
        let toml = path.with_extension("toml");
        terminal.fault(
            &format!("{}: the file is written in TOML, and its ending says otherwise", path.display()),
            &[&format!("write `--out {}`", toml.display())],
        );
        return Err(Failed);
    }
    write::is_free(path, force, terminal)?;
    write::whole(path, text.as_bytes(), terminal)?;
    terminal.note(&format!("written: {}", path.display()));
    Ok(())
}

/// The example of a name, or a fault with the known names.
pub(crate) fn find(name: &str, terminal: &Terminal) -> Result<&'static Example, Failed> {
    EXAMPLES.iter().find(|example| example.name == name).ok_or_else(|| {
        let known: Vec<&str> = EXAMPLES.iter().map(|example| example.name).collect();
        let meant = crate::scenario::nearest(name, known.iter().copied());
        let mut help: Vec<String> = meant.map(|meant| format!("did you mean `{meant}`?")).into_iter().collect();
        help.push(format!("examples: {}", known.join(", ")));
        let help: Vec<&str> = help.iter().map(String::as_str).collect();
        terminal.fault(&format!("there is no example \"{name}\""), &help);
        Failed
    })
}
