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

use super::{Context, Report, Section, Text};

/// The board paper.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The figures and charts that it shows.
    pub report: Report,
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

/// Builds the paper of an analysis.
pub fn paper(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic], context: &Context) -> Paper {
    let report = super::build(scenario, analysis, warnings, context);
    let has_chart = |id: &str| report.charts.iter().any(|chart| chart.id == id);
    let mut parts = parts::parts(scenario, analysis, warnings);
    parts.extend(appendix::parts(scenario, analysis, &report.run));
    for part in &mut parts {
        part.charts.retain(|id| has_chart(id));
    }
    parts.retain(|part| !part.sections.is_empty() || !part.charts.is_empty());
    let picture = ["from-today-to-plan", "loss-by-risk"].into_iter().find(|id| has_chart(id));
    let front = front::front(scenario, analysis, picture);
    let examples = (scenario.example_count(), scenario.estimates().len());
    Paper { report, front, parts, examples }
}

/// A section with a table and nothing around it.
fn tabled(title: &str, table: super::Table) -> Section {
    Section { title: title.to_owned(), lead: None, table: Some(table), notes: Vec::new() }
}

/// Lines without a table.
fn listed(title: &str, notes: Vec<Text>) -> Section {
    Section { title: title.to_owned(), lead: None, table: None, notes }
}
