//! `rosi report`: the board paper of a file.

use std::path::{Path, PathBuf};

use clap::Args;

use super::case::{Case, How};
use super::{Failed, Terminal, files};
use crate::render;
use crate::report::Paper;

/// The arguments of `rosi report`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The scenario (TOML, YAML or JSON; `-` reads standard input); the built-in example without it
    file: Option<PathBuf>,
    /// Write the paper to this file; its ending says how: .html, .xlsx or .md (several times for several)
    #[arg(long, value_name = "FILE", required = true)]
    out: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
}

/// What a paper is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A page for a browser.
    #[cfg(feature = "html")]
    Html,
    /// A workbook with live formulas.
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// For a pull request or a wiki.
    Markdown,
}

/// The endings of each form; the first is the one that a fault names.
const ENDINGS: &[(Form, &[&str])] = &[
    #[cfg(feature = "html")]
    (Form::Html, &["html", "htm"]),
    #[cfg(feature = "xlsx")]
    (Form::Xlsx, &["xlsx"]),
    (Form::Markdown, &["md", "markdown"]),
];

impl Form {
    /// The form that the ending of a file asks for.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        ENDINGS.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map(|(form, _)| *form)
    }

    /// The endings that this rosi can write.
    pub(crate) fn known() -> String {
        let names: Vec<String> =
            ENDINGS.iter().filter_map(|(_, endings)| endings.first()).map(|ending| format!(".{ending}")).collect();
        names.join(", ")
    }

    /// The paper in this form.
    pub(crate) fn bytes(self, paper: &Paper) -> Result<Vec<u8>, String> {
        match self {
            #[cfg(feature = "html")]
            Self::Html => render::html(paper).map(String::into_bytes).map_err(|fault| fault.to_string()),
            #[cfg(feature = "xlsx")]
            Self::Xlsx => render::xlsx(&paper.workbook, paper.report.currency.code()),
            Self::Markdown => Ok(render::paper_markdown(paper).into_bytes()),
        }
    }
}

/// Runs `rosi report`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let mut wanted: Vec<(&Path, Form)> = Vec::new();
    for path in &arguments.out {
        let Some(form) = Form::of(path) else {
            let fault = format!("{}: this ending says nothing about how to write the paper", path.display());
            terminal.fault(&fault, &[&format!("name a file that ends in one of {}", Form::known())]);
            return Err(Failed);
        };
        if wanted.iter().any(|(other, _)| other == path) {
            terminal.fault(&format!("{} is named twice", path.display()), &["name each file once"]);
            return Err(Failed);
        }
        wanted.push((path, form));
    }
    let paper = Case::for_paper(arguments.file.as_deref(), &arguments.how, terminal)?.paper();
    // All are made before the first is written: a fault leaves nothing half done.
    let mut made = Vec::new();
    for (path, form) in wanted {
        match form.bytes(&paper) {
            Ok(bytes) => made.push((path, bytes)),
            Err(fault) => {
                terminal.fault(&format!("{} cannot be made: {fault}", path.display()), &[]);
                return Err(Failed);
            }
        }
    }
    for (path, bytes) in made {
        files::write(path, &bytes, terminal)?;
        terminal.note(&format!("written: {}", path.display()));
    }
    Ok(())
}
