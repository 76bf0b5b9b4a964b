//! A report to bytes: one file a format. Rounding happens here and nowhere else.

mod csv;
mod format;
#[cfg(feature = "html")]
mod html;
mod json;
mod markdown;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg_attr(not(all(feature = "html", feature = "pdf")), allow(dead_code, reason = "what only papers need"))]
mod plain;
#[cfg(feature = "xlsx")]
mod sheet_print;
mod terminal;
#[cfg(feature = "xlsx")]
mod xlsx;

use crate::report::Report;

pub use format::cell;
#[cfg(feature = "html")]
pub use html::{FACES, html};
pub use json::{faults, json, value};
pub use markdown::paper as paper_markdown;
#[cfg(feature = "pdf")]
pub use pdf::{FontFile, Sheet, pdf};
pub(crate) use plain::clean;
#[cfg(feature = "web")]
pub(crate) use plain::written as clean_piece;
#[cfg(feature = "xlsx")]
pub use xlsx::xlsx;

/// A text format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal of this width.
    Text {
        /// Columns.
        width: u16,
        /// Whether styles are wanted.
        colour: bool,
    },
    /// The figures for other programs.
    Json,
    /// The figures, one a row.
    Csv,
    /// For a pull request or a wiki.
    Markdown,
}

/// The report in a format.
pub fn render(report: &Report, format: Format) -> String {
    match format {
        Format::Text { width, colour } => terminal::terminal(report, width, colour),
        Format::Json => json::json(&report.document),
        Format::Csv => csv::csv(report.document.node()),
        Format::Markdown => markdown::markdown(report),
    }
}
