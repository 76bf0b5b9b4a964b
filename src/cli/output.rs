//! Where does a report go: to standard output or a file, its charts into a folder?

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{Failed, Terminal, write};
use crate::render::{Format, render};
use crate::report::Report;

/// How a report is written.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// How to write the result [default: as the ending of --out says, else text]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// Write to this file instead of standard output: .txt, .json, .csv or .md
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Draw the charts into this folder (SVG and PNG)
    #[cfg(feature = "charts")]
    #[arg(long, value_name = "DIR")]
    charts: Option<PathBuf>,
    /// Fail (exit code 1) if there is any warning; the result is written all the same
    #[arg(long)]
    strict: bool,
}

/// The name of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatName {
    /// Tables for a terminal
    Text,
    /// Every figure, for other programs
    Json,
    /// Every figure, one a row
    Csv,
    /// For a pull request or a wiki
    Markdown,
}

impl Output {
    /// Writes a report.
    pub(crate) fn write(&self, report: &Report, terminal: &Terminal) -> Result<(), Failed> {
        self.write_paged(report, false, terminal)
    }

    /// The same, on a terminal page by page where that is wanted.
    pub(crate) fn write_paged(&self, report: &Report, is_paged: bool, terminal: &Terminal) -> Result<(), Failed> {
        let format = self.format(terminal)?;
        let text = render(report, format.at(terminal, self.file().is_some()));
        #[cfg(feature = "charts")]
        if let Some(folder) = &self.charts {
            draw(report, folder, terminal)?;
        }
        match self.file() {
            None if is_paged && format == FormatName::Text => super::pager::paged(&text, terminal)?,
            file => write::text(file, &text, terminal)?,
        }
        if self.strict { strictly(report, terminal) } else { Ok(()) }
    }
}

/// Fails if a report has warnings.
pub(crate) fn strictly(report: &Report, terminal: &Terminal) -> Result<(), Failed> {
    let warnings = report.document.warnings().len();
    if warnings == 0 {
        return Ok(());
    }
    let many = if warnings == 1 { "warning" } else { "warnings" };
    let fault = format!("{warnings} {many}, and --strict allows none");
    terminal.fault(&fault, &["mend what the warnings name, or leave --strict out"]);
    Err(Failed)
}

impl Output {
    /// The file to write to; none for standard output.
    fn file(&self) -> Option<&Path> {
        self.out.as_deref().filter(|path| !write::is_standard_output(path))
    }

    /// Whether it is text that is read as it comes: neither another format nor a file.
    pub(crate) fn is_for_screen(&self, terminal: &Terminal) -> Result<bool, Failed> {
        Ok(self.file().is_none() && self.format(terminal)? == FormatName::Text)
    }

    /// The format that is asked for, or that of the ending of the file.
    pub(crate) fn format(&self, terminal: &Terminal) -> Result<FormatName, Failed> {
        let ending =
            self.out.as_ref().and_then(|out| out.extension()).map(|ending| ending.to_string_lossy().to_lowercase());
        let refuse = |message: &str, help: &str| {
            let out = self.out.as_ref().map(|out| out.display().to_string()).unwrap_or_default();
            terminal.fault(&format!("{out}: {message}"), &[help]);
            Err(Failed)
        };
        let of_ending = match ending.as_deref() {
            None | Some("txt" | "text") => Some(FormatName::Text),
            Some("json") => Some(FormatName::Json),
            Some("csv") => Some(FormatName::Csv),
            Some("md" | "markdown") => Some(FormatName::Markdown),
            Some("pdf" | "html" | "xlsx") => {
                return refuse(
                    "papers and workbooks are not written here",
                    "`rosi report CASE --out FILE` writes .pdf, .html, .xlsx and .md",
                );
            }
            Some(_) => None,
        };
        match (self.format, of_ending) {
            (Some(asked), _) => Ok(asked),
            (None, Some(found)) => Ok(found),
            // Over what was read nothing is written, whatever its ending: that is told where it is written.
            (None, None)
                if self.out.as_deref().and_then(write::Identity::of).is_some_and(|own| terminal.is_read(&own)) =>
            {
                Ok(FormatName::Text)
            }
            (None, None) => {
                refuse("the ending names no format", "end it in .txt, .json, .csv or .md, or name one with --format")
            }
        }
    }
}

impl FormatName {
    /// The format, for a terminal or a file.
    pub(crate) fn at(self, terminal: &Terminal, to_file: bool) -> Format {
        match self {
            Self::Text => Format::Text { width: terminal.width, colour: terminal.colour && !to_file },
            Self::Json => Format::Json,
            Self::Csv => Format::Csv,
            Self::Markdown => Format::Markdown,
        }
    }
}

#[cfg(feature = "charts")]
fn draw(report: &Report, folder: &Path, terminal: &Terminal) -> Result<(), Failed> {
    write::folder(folder, terminal)?;
    for picture in &report.charts {
        let size = picture.size();
        let drawn = picture.svg(size);
        let svg = drawn.map_err(|fault| not_drawn(&fault, terminal))?;
        let path = folder.join(format!("{}.svg", picture.id));
        write::whole(&path, svg.as_bytes(), terminal)?;
        terminal.note(&format!("drawn: {}", path.display()));
        #[cfg(feature = "png")]
        {
            let png = picture.png(size, 2.0).map_err(|fault| not_drawn(&fault, terminal))?;
            let path = folder.join(format!("{}.png", picture.id));
            write::whole(&path, &png, terminal)?;
            terminal.note(&format!("drawn: {}", path.display()));
        }
    }
    Ok(())
}

#[cfg(feature = "charts")]
fn not_drawn(fault: &crate::drawing::ChartError, terminal: &Terminal) -> Failed {
    terminal.fault(&format!("a chart cannot be drawn: {fault}"), &["the tables hold the same figures"]);
    Failed
}
