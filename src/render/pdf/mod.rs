//! The board paper as PDF: real text, vector charts, bookmarks, page numbers, tags for those who listen.
//!
//! The paper is laid out here, page by page, and written by `krilla`. The pictures are the scenes that the other formats
//! draw too. The same paper gives the same bytes. Where every letter has a face, the file states that it follows
//! PDF/UA-1 (ISO 14289-1), and `krilla` checks what a program can check of it.

mod compose;
mod entries;
mod face;
mod first_page;
mod flow;
mod lines;
mod names;
mod table;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use krilla::tagging::{Tag, TagKind};

use crate::drawing::ChartError;
use crate::drawing::palette::Ink;
use crate::report::Paper;
use crate::units::Currency;
use face::Faces;
pub use face::FontFile;

/// Lines between rows and parts.
const RULE: Ink = Ink(0xC9, 0xC9, 0xC9);

/// The size of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sheet {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Sheet {
    /// The size that readers of a currency have in their printers.
    pub fn customary(currency: Currency) -> Self {
        match currency.code() {
            "USD" | "CAD" | "MXN" | "COP" | "CLP" | "PHP" => Self::Letter,
            _ => Self::A4,
        }
    }

    /// Short and long side in points.
    fn sides(self) -> (f64, f64) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// Why a paper was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PdfError {
    /// The embedded face cannot be read.
    Font,
    /// A chart cannot be drawn.
    Chart(ChartError),
    /// The library that writes the file refuses it.
    Writing(String),
}

impl std::fmt::Display for PdfError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Font => write!(f, "the embedded face cannot be read"),
            Self::Chart(fault) => write!(f, "{fault}"),
            Self::Writing(fault) => write!(f, "the file could not be written: {fault}"),
        }
    }
}

impl std::error::Error for PdfError {}

impl From<ChartError> for PdfError {
    fn from(fault: ChartError) -> Self {
        Self::Chart(fault)
    }
}

/// A written paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Letters that no face has: their names stand in brackets in their place.
    pub unset: BTreeSet<char>,
}

/// The board paper as PDF on such sheets.
///
/// `find` is asked, once, for fonts that have letters which the embedded face lacks; fonts named first are taken first.
///
/// # Errors
/// When a chart cannot be drawn or the writing library refuses the result.
pub fn pdf(paper: &Paper, sheet: Sheet, find: &dyn Fn(&BTreeSet<char>) -> Vec<FontFile>) -> Result<Pdf, PdfError> {
    let language = paper.report.voice.language;
    let faces = Faces::new(Vec::new())?.speaking(language);
    let laid = compose::paper(paper, sheet, &faces)?;
    let foreign = faces.foreign();
    if foreign.is_empty() {
        return Ok(Pdf { bytes: write::write(laid, &faces, paper)?, unset: BTreeSet::new() });
    }
    let faces = Faces::new(find(&foreign))?.speaking(language);
    let laid = compose::paper(paper, sheet, &faces)?;
    Ok(Pdf { bytes: write::write(laid, &faces, paper)?, unset: faces.unset() })
}

fn heading_tag(level: u16, title: String) -> TagKind {
    Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(title)).into()
}
