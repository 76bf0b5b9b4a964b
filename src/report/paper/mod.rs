//! The board paper: what stands on the page that decides, and what follows behind it.
//!
//! Words, tables and the names of the pictures, in reading order. Every paper (a page for a browser, Markdown, PDF)
//! is this value, written down. A part appears when its figures exist.

mod appendix;
mod front;
mod parts;

use crate::diagnostic::Diagnostic;
use crate::engine::Analysis;
use crate::model::Scenario;

use super::chart::Chart;
use super::{Section, Text};

/// The board paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paper {
    /// The page that decides.
    pub front: Front,
    /// What follows, the appendix last.
    pub parts: Vec<Part>,
    /// How many assumptions are examples, and of how many.
    pub examples: (usize, usize),
}

/// The page that decides; the answer and the cautions are those of the report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Front {
    /// What is asked of the board: amount, option, by when.
    pub decision: Vec<Text>,
    /// The options side by side.
    pub options: Section,
    /// The chart that shows the way from today to the plan.
    pub picture: Option<String>,
    /// What would make the answer wrong.
    pub wrong_if: Section,
    /// Who signs, each with room for a name, a date and a signature.
    pub sign_off: Vec<&'static str>,
}

/// A part behind the first page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// Its anchor in a page.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// Its tables and lists. A section of the part's own name needs no heading of its own.
    pub sections: Vec<Section>,
    /// The charts that follow, by id.
    pub charts: Vec<String>,
    /// Part of the appendix.
    pub is_appendix: bool,
}

/// Builds the paper from the figures and the charts of the report.
pub(super) fn paper(
    scenario: &Scenario,
    analysis: &Analysis,
    warnings: &[Diagnostic],
    charts: &[Chart],
    run: &str,
) -> Paper {
    let mut parts = parts::parts(scenario, analysis, warnings);
    parts.extend(appendix::parts(scenario, analysis, run));
    for part in &mut parts {
        part.charts.retain(|id| charts.iter().any(|chart| chart.id == *id));
    }
    parts.retain(|part| !part.sections.is_empty() || !part.charts.is_empty());
    let picture = ["from-today-to-plan", "loss-by-risk"].into_iter().find(|id| charts.iter().any(|c| c.id == *id));
    let examples = (scenario.example_count(), scenario.estimates().len());
    Paper { front: front::front(scenario, analysis, picture), parts, examples }
}

/// A section with a table and nothing around it.
fn tabled(title: &str, table: super::Table) -> Section {
    Section { title: title.to_owned(), lead: None, table: Some(table), notes: Vec::new() }
}

/// Lines without a table.
fn listed(title: &str, notes: Vec<Text>) -> Section {
    Section { title: title.to_owned(), lead: None, table: None, notes }
}
