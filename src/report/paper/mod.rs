//! The board paper: what stands on the page that decides, and what follows behind it.
//!
//! Words, tables and the names of the pictures, in reading order. Every paper (a page for a browser, Markdown, PDF)
//! is this value, written down. A part appears when its figures exist.

mod appendix;
mod beside;
mod better;
mod bought;
mod front;
mod otherwise;
mod parts;
mod room;
mod wrong;

use crate::diagnostic::Diagnostic;
use crate::engine::Analysis;
use crate::engine::optimise::{Optimisation, for_paper};
use crate::model::Scenario;

use super::adding;
use super::pictures::View;
use super::shown::Shown;
use super::texts::{Texts, line, number, texts};
use super::workbook::{Workbook, workbook};
use super::{Context, Report, Section, Text};
use crate::units::Language;

pub(crate) use front::day;
pub(super) use front::options;
pub(super) use wrong::wrong_if;

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
    /// What stands at the foot of every page.
    pub foot: String,
    /// The same as a workbook.
    pub workbook: Workbook,
    /// Headings and labels in the language of the paper.
    pub words: Words,
    /// Two pages and an annex: no list of contents, no tables behind the charts.
    pub is_short: bool,
    /// How many risks and assumptions the case has.
    risks: usize,
    assumptions: usize,
    /// The title of the table of what is bought, where the decision has no room for all of it.
    bought: Option<String>,
}

/// The parts of the short paper; those of the appendix make its annex.
const SHORT: [&str; 8] = ["beside", "risks", "controls", "money", "what-changes", "left-out", "method", "run"];
/// Rows of a table that the short paper shows, and how many assumptions.
const SHORT_ROWS: usize = 10;
const SHORT_ASSUMPTIONS: usize = 5;
/// The same where that saves a page.
const FEWER_ROWS: usize = 6;
/// Lines under its table of the money.
const SHORT_NOTES: usize = 2;

impl Paper {
    /// The same with a part of another subject behind the first page.
    #[must_use]
    pub fn with(mut self, part: Part) -> Self {
        self.parts.insert(0, part);
        self
    }

    /// The short paper: the page that decides, the risks, costs and benefits by year; in the annex what would change the
    /// answer, what is left out, the method and the run.
    #[must_use]
    pub fn short(mut self) -> Self {
        self.is_short = true;
        self.parts.retain(|part| SHORT.contains(&part.id));
        let (language, assumptions) = (self.report.voice.language, self.assumptions);
        for part in &mut self.parts {
            part.charts.clear();
            part.is_appendix = !matches!(part.id, "beside" | "risks" | "controls" | "money");
            match part.id {
                // What is bought, by name, where the decision has no room for all of it.
                "controls" => {
                    let bought = self.bought.as_ref();
                    part.sections.retain(|section| Some(&section.title) == bought);
                    part.title = bought.cloned().unwrap_or_default();
                }
                // The options stand on the first page.
                "money" => {
                    part.sections.truncate(1);
                    part.sections.iter_mut().for_each(|section| section.notes.truncate(SHORT_NOTES));
                }
                // The cases that the file states are for whoever reads all.
                "what-changes" => {
                    let words = texts(language);
                    part.sections.retain(|section| section.title != words.stated.title);
                    let by_weight = |section: &&mut Section| section.title == words.assumptions.title;
                    if let Some(section) = part.sections.iter_mut().find(by_weight) {
                        only_heaviest(words, section, assumptions);
                    }
                }
                // After insurers pay, where any does: what is left to decide about.
                "risks" if part.sections.len() > 1 => _ = part.sections.remove(0),
                _ => {}
            }
            let all = (part.id == "risks").then_some(self.risks);
            // The money by year ends in what it is about.
            if part.id == "money" {
                continue;
            }
            for table in part.sections.iter_mut().filter_map(|section| section.table.as_mut()) {
                shorten(language, table, SHORT_ROWS, all);
            }
        }
        self.parts.retain(|part| !part.sections.is_empty());
        self
    }

    /// The short paper with fewer assumptions in its annex.
    #[must_use]
    pub fn with_fewer_rows(&self) -> Self {
        let mut paper = self.clone();
        let language = paper.report.voice.language;
        for part in paper.parts.iter_mut().filter(|part| part.is_appendix && part.id == "what-changes") {
            for table in part.sections.iter_mut().filter_map(|section| section.table.as_mut()) {
                // What else the value is counted with is a handful of rows.
                if table.rows.len() > SHORT_ROWS - 2 {
                    shorten(language, table, FEWER_ROWS, None);
                }
            }
        }
        paper
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
    /// What kind of paper it is, whose, from whom to whom, of which day, for whose eyes.
    pub head: String,
    /// What a reader must know before trusting a figure.
    pub caution: Vec<Text>,
    /// What is asked of the board: amount, option, by when.
    pub decision: Vec<Text>,
    /// The answer in four sentences, and whether there is a better set of controls.
    pub answer: Vec<Text>,
    /// The options side by side.
    pub options: Section,
    /// The rows of that table in the order in which they are kept where there is less room.
    order: room::Order,
    /// The better set in one line, where there is no room for all of it.
    better: Option<Text>,
    /// The chart that shows the way from today to the plan.
    pub picture: Option<String>,
    /// What would make the answer wrong.
    pub wrong_if: Section,
    /// Who signs: each role, and the name where the file has it.
    pub sign_off: Vec<[String; 2]>,
}

impl Front {
    /// Every estimate in a sentence with the digits that the table of the options shows of it.
    fn tell_as_in_table(&mut self) {
        let table = self.options.table.clone();
        let table = table.as_ref();
        let lists = [&mut self.decision, &mut self.wrong_if.notes, &mut self.options.notes];
        lists.into_iter().flatten().for_each(|text| text.beside(table));
        self.answer.iter_mut().chain(&mut self.better).for_each(|text| text.wholly_beside(table));
        // The budget that is asked for stands to the unit.
        self.decision.iter_mut().skip(1).for_each(|text| text.last_beside(table));
    }
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
    let mut parts = parts::parts(scenario, analysis, search, warnings);
    if let Some((before, part)) = context.before.as_ref().zip(parts.iter_mut().find(|part| part.id == "what-changes")) {
        part.sections.insert(0, super::changed::section(scenario, analysis, before, usize::MAX));
    }
    parts.extend(appendix::parts(scenario, analysis, &super::run(scenario, analysis)));
    for section in parts.iter_mut().flat_map(|part| &mut part.sections) {
        *section = std::mem::take(section).in_one_unit(scenario.unit());
    }
    // The same figure reads the same in every table, sentence and picture.
    let tables = parts.iter().flat_map(|part| &part.sections).filter_map(|section| section.table.as_ref());
    let shown = Shown::of(tables);
    let tables = parts.iter_mut().flat_map(|part| &mut part.sections).filter_map(|section| section.table.as_mut());
    tables.for_each(|table| shown.tell(table));
    let report = super::build_of(View::of_paper(scenario, analysis, search, shown.clone()), warnings, context);
    let has_chart = |id: &str| report.charts.iter().any(|chart| chart.id == id);
    let picture = ["today-and-plan", "from-today-to-plan", "loss-by-risk"].into_iter().find(|id| has_chart(id));
    for part in &mut parts {
        // What stands on the first page is not shown twice.
        let charts = report.charts.iter().filter(|chart| chart.part() == part.id && picture != Some(chart.id.as_str()));
        part.charts = charts.map(|chart| chart.id.clone()).collect();
    }
    parts.retain(|part| !part.sections.is_empty() || !part.charts.is_empty());
    let mut front = front::front(scenario, analysis, search, warnings, picture);
    front.tell_as_in_table();
    for section in parts.iter_mut().flat_map(|part| &mut part.sections) {
        let own = section.table.as_ref().filter(|table| table.is_in_one_unit());
        let table = own.or(front.options.table.as_ref());
        section.notes.iter_mut().for_each(|note| note.beside(table));
        section.notes.iter_mut().for_each(|note| shown.say(note));
    }
    front.answer.iter_mut().chain(&mut front.wrong_if.notes).for_each(|text| shown.say(text));
    let examples = (scenario.example_count(), scenario.stated_count());
    let foot = foot(scenario, &report.run, examples);
    let workbook = workbook(scenario, analysis, &front, &foot, report.provenance().unwrap_or_default());
    Paper {
        report,
        front,
        parts,
        foot,
        workbook,
        words: texts(scenario).paper,
        is_short: false,
        risks: scenario.risks().len(),
        assumptions: scenario.estimates().len(),
        bought: Some(bought::title(scenario, analysis)).filter(|_| !bought::is_all_told(scenario, analysis)),
    }
}

/// The paper with the better sets that a search finds.
pub fn board_paper(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic], context: &Context) -> Paper {
    paper(scenario, analysis, for_paper(scenario, analysis).as_ref(), warnings, context)
}

/// Which run this is, and while placeholders remain how many assumptions are examples.
fn foot(scenario: &Scenario, run: &str, (examples, all): (usize, usize)) -> String {
    if examples == 0 {
        return run.to_owned();
    }
    let words = &texts(scenario).front;
    let parts: [(&str, &dyn std::fmt::Display); 3] = [("run", &run), ("count", &examples), ("all", &all)];
    line(number(examples, words.foot_example, words.foot_examples), &parts)
}

/// Leaves the first rows of a long table, and the last where it is a sum; what is left out stands as one row, with the
/// amounts that keep the columns adding up. `all` is how many there are, where one row stands for several already.
fn shorten(language: Language, table: &mut super::Table, shown: usize, all: Option<usize>) {
    let sum = table.emphasised.filter(|row| *row + 1 == table.rows.len());
    if table.rows.len() <= shown + usize::from(sum.is_some()) + 1 {
        return;
    }
    let last = sum.and_then(|_| table.rows.pop());
    let left = table.rows.split_off(shown);
    let together = |column: usize| {
        let cells: Option<Vec<&super::Cell>> = left.iter().map(|row| row.get(column)).collect();
        let sum = cells.filter(|_| last.is_some()).and_then(|cells| adding::together(&cells));
        sum.unwrap_or_else(|| super::Cell::words(""))
    };
    let mut more: Vec<super::Cell> = (0..table.columns.len()).map(together).collect();
    if let Some(first) = more.first_mut() {
        let count = all.map_or(left.len(), |all| all - shown);
        *first = super::Cell::words(line(texts(language).front.more_rows, &[("count", &count)]));
    }
    table.rows.push(more);
    table.rows.extend(last);
    table.emphasised = sum.map(|_| table.rows.len() - 1).or(table.emphasised.filter(|row| *row < shown));
}

/// Leaves the heaviest of so many assumptions, and how many more the full paper has.
fn only_heaviest(words: &Texts, section: &mut Section, all: usize) {
    let Some(table) = section.table.as_mut().filter(|table| table.rows.len() > SHORT_ASSUMPTIONS + 1) else { return };
    table.rows.truncate(SHORT_ASSUMPTIONS);
    let left = all - SHORT_ASSUMPTIONS;
    section.notes = vec![Text::plain(line(words.assumptions.in_full, &[("count", &left)]))];
}

/// A section with a table and nothing around it.
fn tabled(title: &str, table: super::Table) -> Section {
    Section { title: title.to_owned(), lead: None, table: Some(table), notes: Vec::new() }
}

/// Lines without a table.
fn listed(title: &str, notes: Vec<Text>) -> Section {
    Section { title: title.to_owned(), lead: None, table: None, notes }
}
