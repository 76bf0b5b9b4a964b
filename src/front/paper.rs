//! The board paper of a case, in each of its forms.

#[cfg(feature = "pdf")]
use std::collections::BTreeSet;

use crate::figures::{Assessment, Document};
use crate::render;
use crate::report::Paper;

/// The paper that a board decides by: what is asked, what it costs, what it brings, how sure that is.
#[derive(Debug, Clone)]
pub struct BoardPaper(pub(crate) Paper);

impl BoardPaper {
    /// The short paper: two pages and an annex.
    #[must_use]
    pub fn short(self) -> Self {
        Self(self.0.short())
    }

    /// The figures of the paper.
    pub fn assessment(&self) -> Option<&Assessment> {
        match &self.0.report.document {
            Document::Assessment(assessment) => Some(assessment),
            _ => None,
        }
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        render::paper_markdown(&self.0)
    }

    /// As a page of its own: one file of HTML with its pictures in it.
    ///
    /// # Errors
    /// Where a picture cannot be drawn.
    #[cfg(feature = "html")]
    pub fn html(&self) -> Result<String, crate::Error> {
        render::html(&self.0).map_err(|fault| unwritten(&fault))
    }

    /// As PDF, in letters that the program brings; what they lack is marked.
    ///
    /// # Errors
    /// Where a picture cannot be drawn or a page not be laid.
    #[cfg(feature = "pdf")]
    pub fn pdf(&self, sheet: render::Sheet) -> Result<Vec<u8>, crate::Error> {
        self.pdf_with(sheet, &|_| Vec::new())
    }

    /// As PDF, with fonts that a function finds for letters that the program's own lack.
    ///
    /// # Errors
    /// Where a picture cannot be drawn or a page not be laid.
    #[cfg(feature = "pdf")]
    #[doc(hidden)]
    pub fn pdf_with(
        &self,
        sheet: render::Sheet,
        fonts: &dyn Fn(&BTreeSet<char>) -> Vec<render::FontFile>,
    ) -> Result<Vec<u8>, crate::Error> {
        render::pdf(&self.0, sheet, fonts).map(|made| made.bytes).map_err(|fault| unwritten(&fault))
    }

    /// As a workbook that can be changed and works itself out anew.
    ///
    /// # Errors
    /// Where a sheet cannot be written.
    #[cfg(feature = "xlsx")]
    pub fn xlsx(&self) -> Result<Vec<u8>, crate::Error> {
        render::xlsx(&self.0.workbook, self.0.report.unit()).map_err(|fault| unwritten(&fault))
    }
}

#[cfg(any(feature = "html", feature = "pdf", feature = "xlsx"))]
fn unwritten(fault: &impl std::fmt::Display) -> crate::Error {
    crate::Error::asked(format!("the paper cannot be written: {fault}"), "tell the maintainers, with the case")
}
