//! `rosi export`: a case for those who must hand it on.

use std::path::PathBuf;

use clap::Args;

use super::{Failed, Terminal, files, write};
use crate::import::export::{Format, export};

/// The arguments of `rosi export`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The case
    case: PathBuf,
    /// The format: csv, nist-8286 or crml
    #[arg(long = "as", value_name = "KIND", value_parser = format)]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write over the file of `--out`, where it is there already
    #[arg(long)]
    force: bool,
}

fn format(text: &str) -> Result<Format, String> {
    Format::NAMES.iter().find(|(name, _)| *name == text).map(|(_, format)| *format).ok_or_else(|| {
        let names: Vec<&str> = Format::NAMES.iter().map(|(name, _)| *name).collect();
        format!("formats are {}", names.join(", "))
    })
}

/// Runs `rosi export`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    if let Some((path, ending)) = arguments.out.as_deref().and_then(|path| Some((path, arguments.format.other(path)?)))
    {
        terminal.fault(
            &format!("{}: what is written is no {ending}, and the ending of the file says so", path.display()),
            &[&format!("write `--out {}`", path.with_extension(arguments.format.endings()[0]).display())],
        );
        return Err(Failed);
    }
    if let Some(path) = arguments.out.as_deref() {
        write::is_free(path, arguments.force, terminal)?;
    }
    let source = files::source(&arguments.case, terminal)?;
    let parsed = files::parsed(&source, terminal, false)?;
    let (text, findings) = export(&parsed.scenario, arguments.format);
    findings.iter().for_each(|finding| terminal.note(&format!("note: {}", finding.message)));
    write::text(arguments.out.as_deref(), &text, terminal)
}
