//! The board paper: what stands on the page that decides, and what follows behind it.
//!
//! Words, tables and the names of the pictures, in reading order. Every paper (a page for a browser, Markdown, PDF)
//! is this value, written down. A part appears when its figures exist.

mod appendix;
mod front;
mod parts;

use crate::diagnostic::Diagnostic;
use crate::engine::Analysis;
use crate::engine::optimise::Optimisation;
use crate::model::Scenario;

use super::texts::{line, number, texts};
use super::workbook::{Workbook, workbook};
use super::{Context, Report, Section, Text};

pub use super::texts::Words;

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
    /// What stands at the foot of every page.
    pub foot: String,
    /// The same as a workbook.
    pub workbook: Workbook,
    /// Headings and labels in the language of the paper.
    pub words: Words,
}

impl Paper {
    /// The same with a part of another subject behind the first page.
    #[must_use]
    pub fn with(mut self, part: Part) -> Self {
        self.parts.insert(0, part);
        self
    }

    /// A chart of the report.
    pub fn chart(&self, id: &str) -> Option<&super::chart::Chart> {
        self.report.charts.iter().find(|chart| chart.id == id)
    }

    /// The charts that the paper shows, in the order of their first appearance.
    pub fn charts(&self) -> impl Iterator<Item = &super::chart::Chart> {
        let ids = self.front.picture.iter().chain(self.parts.iter().flat_map(|part| &part.charts));
        ids.filter_map(|id| self.chart(id))
    }
}

/// The page that decides.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Front {
    /// What a reader must know before trusting a figure.
    pub caution: Vec<Text>,
    /// What is asked of the board: amount, option, by when.
    pub decision: Vec<Text>,
    /// The answer in three sentences.
    pub answer: Vec<Text>,
    /// The options side by side.
    pub options: Section,
    /// The chart that shows the way from today to the plan.
    pub picture: Option<String>,
    /// What would make the answer wrong.
    pub wrong_if: Section,
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
///
/// `search` is what was found to buy, for the picture of spend against remaining loss.
pub fn paper(
    scenario: &Scenario,
    analysis: &Analysis,
    search: Option<&Optimisation>,
    warnings: &[Diagnostic],
    context: &Context,
) -> Paper {
    let mut report = super::build(scenario, analysis, warnings, context);
    report.charts.extend(search.and_then(super::optimisation::frontier));
    let fits = super::charts::fits(scenario);
    let drawn: Vec<String> = fits.iter().map(|chart| chart.id.clone()).collect();
    report.charts.extend(fits);
    let has_chart = |id: &str| report.charts.iter().any(|chart| chart.id == id);
    let mut parts = parts::parts(scenario, analysis, search, warnings);
    parts.extend(appendix::parts(scenario, analysis, &report.run, drawn));
    let picture = ["today-and-plan", "from-today-to-plan", "loss-by-risk"].into_iter().find(|id| has_chart(id));
    for part in &mut parts {
        // What stands on the first page is not shown twice.
        part.charts.retain(|id| has_chart(id) && picture != Some(id.as_str()));
    }
    parts.retain(|part| !part.sections.is_empty() || !part.charts.is_empty());
    let front = front::front(scenario, analysis, warnings, picture);
    let examples = (scenario.example_count(), scenario.stated_count());
    let foot = foot(&report.run, examples);
    let workbook = workbook(scenario, analysis, &foot);
    Paper { report, front, parts, examples, foot, workbook, words: texts().paper }
}

/// Which run this is, and while placeholders remain how many assumptions are examples.
fn foot(run: &str, (examples, all): (usize, usize)) -> String {
    if examples == 0 {
        return run.to_owned();
    }
    let words = &texts().front;
    let parts: [(&str, &dyn std::fmt::Display); 3] = [("run", &run), ("count", &examples), ("all", &all)];
    line(number(examples, words.foot_example, words.foot_examples), &parts)
}

/// A section with a table and nothing around it.
fn tabled(title: &str, table: super::Table) -> Section {
    Section { title: title.to_owned(), lead: None, table: Some(table), notes: Vec::new() }
}

/// Lines without a table.
fn listed(title: &str, notes: Vec<Text>) -> Section {
    Section { title: title.to_owned(), lead: None, table: None, notes }
}
