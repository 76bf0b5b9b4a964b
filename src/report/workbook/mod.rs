//! The case as a workbook that a finance director can follow cell by cell.
//!
//! Inputs stand once, with their averages; every yearly table is formulas on them or on rosi's flows, each with
//! the result that rosi finds, so that a spreadsheet that works them out anew must come to the same. A last sheet
//! works the average loss of each risk and the value of each option out on its own and shows the difference.
//! How cells look is for `render` to say; which formula stands where is decided here.

mod check;
mod costs;
mod plan;

use std::collections::BTreeMap;

use check::check;
use plan::PlanSheet;

use super::sentences::name;
use super::texts::{line, texts};
use super::{Cell, Text};
use crate::engine::Analysis;
use crate::model::{EstimateId, Scenario};
use crate::units::{Figure, Kind};

/// A workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// The title of the case.
    pub title: String,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
    /// Names for cells: the name and the cell, such as `Inputs!$C$5`.
    pub names: Vec<(String, String)>,
    /// At the foot of every page.
    pub foot: String,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name: at most 31 letters, none that a reference must not have.
    pub name: String,
    /// The rows, each from the first column on.
    pub rows: Vec<Vec<Slot>>,
    /// Widths of the columns, in letters.
    pub widths: Vec<f64>,
    /// How many rows stay in sight.
    pub frozen: u32,
    /// Charts below the rows, drawn by the spreadsheet from its own cells.
    pub graphs: Vec<Graph>,
}

/// A chart that follows the cells of its sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// Over it.
    pub title: String,
    /// Columns, or a line.
    pub form: GraphForm,
    /// What stands along it.
    pub labels: Cells,
    /// What is drawn: the cell that names it, and its cells.
    pub series: Vec<(Cells, Cells)>,
}

/// How a graph is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphForm {
    /// A column a number.
    Columns,
    /// A line through the numbers.
    Line,
}

/// A row or a column of cells of the same sheet: first and last, each as row and column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells {
    /// Row and column of the first.
    pub first: (u32, u16),
    /// Row and column of the last.
    pub last: (u32, u16),
}

impl Cells {
    fn of_row(row: usize, from: usize, to: usize) -> Self {
        Self { first: (row as u32, from as u16), last: (row as u32, to as u16) }
    }

    fn one(row: usize, column: usize) -> Self {
        Self::of_row(row, column, column)
    }

    fn of_column(column: usize, from: usize, to: usize) -> Self {
        Self { first: (from as u32, column as u16), last: (to as u32, column as u16) }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Slot {
    /// Nothing.
    Empty,
    /// Words: never a formula, whatever they begin with.
    Words(String),
    /// A sentence of the report.
    Sentence(Text),
    /// A value as the tables of the report write it.
    Said(Cell),
    /// Words over a column or a part.
    Head(String),
    /// A number.
    Number(f64, Look),
    /// A formula with its result.
    Formula(String, f64, Look),
    /// A formula with a result in words.
    Verdict(String, String),
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Money to the cent, shown in whole units.
    Money,
    /// The same, standing out.
    Total,
    /// A share of one.
    Share,
    /// Any number.
    Plain,
    /// Years.
    Years,
}

/// Builds the workbook of an analysis.
pub fn workbook(scenario: &Scenario, analysis: &Analysis, foot: &str) -> Workbook {
    let inputs = Inputs::new(scenario);
    let mut book = Workbook {
        title: scenario.title().to_owned(),
        sheets: Vec::new(),
        names: inputs.names.clone(),
        foot: foot.to_owned(),
    };
    let plans: Vec<PlanSheet> = analysis
        .plans
        .iter()
        .enumerate()
        .map(|(index, plan)| PlanSheet::new(scenario, plan, &sheet_name(index, &name(scenario, plan)), &inputs))
        .collect();
    book.sheets.push(summary(scenario, analysis, &plans, foot));
    book.sheets.push(inputs.sheet.clone());
    book.sheets.push(risks(scenario, analysis));
    book.sheets.push(check(scenario, analysis, &inputs, &plans));
    // What a reader looks at first stands first; the yearly tables follow the summary.
    for (place, plan) in plans.into_iter().enumerate() {
        book.names.push((format!("NPV_{}", place + 1), format!("'{}'!{}", plan.sheet.name, plan.value)));
        book.sheets.insert(1 + place, plan.sheet);
    }
    book
}

/// A name that a sheet may have.
fn sheet_name(index: usize, name: &str) -> String {
    let kept: String = name.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {}", index + 1, kept.chars().take(26).collect::<String>().trim()).trim().to_owned()
}

/// `C`, `AB`: the letters of a column from 0.
fn column(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    if index < 26 { letter.to_string() } else { format!("{}{letter}", column(index / 26 - 1)) }
}

/// A sheet as a formula names it, whatever its name is made of.
fn reference(sheet: &str) -> String {
    let is_plain = sheet.chars().all(|c| c.is_ascii_alphabetic());
    if is_plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) }
}

/// Words within a formula.
fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

/// A number within a formula, with every digit that it has.
fn written(number: f64) -> String {
    format!("{number:?}").replace('e', "E")
}

fn words(text: impl Into<String>) -> Slot {
    Slot::Words(text.into())
}

fn heads(columns: &[&str]) -> Vec<Slot> {
    columns.iter().map(|column| Slot::Head((*column).to_owned())).collect()
}

/// The sheet of inputs, and where each stands.
struct Inputs {
    sheet: Sheet,
    names: Vec<(String, String)>,
    /// By estimate: the cell of its average.
    cells: BTreeMap<EstimateId, String>,
}

/// The column of averages.
const AVERAGE: &str = "C";

impl Inputs {
    fn new(scenario: &Scenario) -> Self {
        let labels = &texts(scenario).workbook;
        let assumptions = scenario.assumptions();
        let share = |rate: crate::units::Rate| Figure::exact(rate.get()).to_f64();
        let mut rows = vec![heads(&[
            labels.assumption,
            labels.as_written,
            labels.average,
            labels.unit,
            labels.source,
            labels.owner,
            labels.date,
            labels.why,
        ])];
        let mut names = Vec::new();
        let average = |row: usize| format!("{}!${AVERAGE}${row}", reference(labels.inputs));
        let fixed = [
            (labels.discount_rate, "discount_rate", share(assumptions.discount_rate)),
            (labels.tax_rate, "tax_rate", share(assumptions.tax_rate)),
            (labels.growth_of_losses, "growth_of_losses", share(assumptions.growth.losses)),
            (labels.growth_of_rates, "growth_of_rates", share(assumptions.growth.rates)),
            (labels.growth_of_costs, "growth_of_costs", share(assumptions.growth.costs)),
        ];
        for (label, name, value) in fixed {
            rows.push(vec![words(label), Slot::Empty, Slot::Number(value, Look::Share)]);
            names.push((name.to_owned(), average(rows.len())));
        }
        rows.push(vec![
            words(labels.horizon),
            Slot::Empty,
            Slot::Number(assumptions.horizon as f64, Look::Plain),
            words(labels.years),
        ]);
        names.push(("horizon".to_owned(), average(rows.len())));
        let mut cells = BTreeMap::new();
        for (index, estimate) in scenario.estimates().iter().enumerate() {
            let record = &estimate.record;
            let said = |text: &Option<String>| text.as_ref().map_or(Slot::Empty, words);
            let source = said(&record.whole_source(texts(scenario).assumptions.example));
            let look = match estimate.kind {
                Kind::Chance | Kind::Rate => Look::Share,
                Kind::Money | Kind::YearlyMoney => Look::Money,
                _ => Look::Plain,
            };
            rows.push(vec![
                words(&estimate.name),
                Slot::Said(Cell::Estimate(estimate.shape.clone(), estimate.kind)),
                Slot::Number(estimate.mean().to_f64(), look),
                words(unit(scenario, estimate.kind)),
                source,
                said(&record.owner),
                record.date.map_or(Slot::Empty, |date| words(date.to_string())),
                said(&record.why),
            ]);
            cells.insert(EstimateId(index), average(rows.len()));
        }
        let sheet = Sheet {
            name: labels.inputs.to_owned(),
            rows,
            widths: vec![52.0, 34.0, 16.0, 12.0, 40.0, 14.0, 12.0, 60.0],
            frozen: 1,
            graphs: Vec::new(),
        };
        Self { sheet, names, cells }
    }

    fn cell(&self, id: EstimateId) -> String {
        self.cells.get(&id).cloned().unwrap_or_default()
    }
}

fn unit(scenario: &Scenario, kind: Kind) -> &'static str {
    let labels = &texts(scenario).workbook;
    match kind {
        Kind::Money => labels.money,
        Kind::YearlyMoney | Kind::Frequency => labels.a_year,
        Kind::Revenue | Kind::Wage => labels.an_hour,
        Kind::Chance | Kind::Rate => labels.share,
        Kind::Period => labels.hours,
        Kind::WorkTime => labels.hours_a_year,
        Kind::Number => "",
    }
}

fn summary(scenario: &Scenario, analysis: &Analysis, plans: &[PlanSheet], foot: &str) -> Sheet {
    let labels = &texts(scenario).workbook;
    let mut rows = vec![vec![Slot::Head(scenario.title().to_owned())]];
    for sentence in super::sentences::caution(scenario, analysis, &[]) {
        rows.push(vec![Slot::Sentence(sentence)]);
    }
    for sentence in super::answer(scenario, analysis) {
        rows.push(vec![Slot::Sentence(sentence)]);
    }
    rows.push(Vec::new());
    rows.push(heads(&[
        labels.option,
        labels.cost_today,
        labels.average_loss,
        labels.bad_year,
        labels.value,
        labels.rate_of_return,
        labels.payback,
    ]));
    let bad = |place: usize| {
        let loss = analysis.year.as_ref().and_then(|year| year.option(place).total.quantiles[crate::engine::year::BAD]);
        loss.filter(|loss| loss.is_finite()).map_or(Slot::Empty, |loss| Slot::Number(loss, Look::Money))
    };
    let first = rows.len();
    rows.push(vec![
        words(texts(scenario).shared.nothing_more),
        Slot::Number(0.0, Look::Money),
        Slot::Number(analysis.loss_today.to_f64(), Look::Money),
        bad(0),
        Slot::Number(0.0, Look::Money),
    ]);
    for (index, (plan, sheet)) in analysis.plans.iter().zip(plans).enumerate() {
        let money = &plan.investment;
        let there = |cell: &str| format!("='{}'!{cell}", sheet.sheet.name);
        rows.push(vec![
            words(name(scenario, plan)),
            Slot::Formula(there(&sheet.cost), money.present_cost.to_f64(), Look::Money),
            Slot::Number(plan.loss.to_f64(), Look::Money),
            bad(index + 1),
            Slot::Formula(there(&sheet.value), money.net_present_value.to_f64(), Look::Total),
            match (&sheet.rate, money.internal_rate_of_return()) {
                (Some(cell), Some(rate)) => Slot::Formula(there(cell), rate, Look::Share),
                _ => words(labels.no_rate),
            },
            match money.payback_years {
                Some(years) => Slot::Formula(there(&sheet.payback), years.to_f64(), Look::Years),
                None => Slot::Verdict(there(&sheet.payback), labels.not_paid.to_owned()),
            },
        ]);
    }
    let last = rows.len() - 1;
    let column_of = |column: usize| Cells::of_column(column, first, last);
    let shown = if analysis.year.is_some() { 2..=3 } else { 2..=2 };
    let graph = Graph {
        title: line(labels.left_by_option, &[("currency", &scenario.currency().code())]),
        form: GraphForm::Columns,
        labels: column_of(0),
        series: shown.map(|column| (Cells::one(first - 1, column), column_of(column))).collect(),
    };
    rows.push(Vec::new());
    rows.push(vec![words(foot)]);
    let widths = vec![44.0, 20.0, 20.0, 20.0, 20.0, 22.0, 16.0];
    Sheet { name: labels.summary.to_owned(), rows, widths, frozen: 0, graphs: vec![graph] }
}

/// How often each risk strikes and what it costs: before insurers pay, and below what they leave, where
/// any pays. The check takes events and the loss of one from the first rows.
fn risks(scenario: &Scenario, analysis: &Analysis) -> Sheet {
    let labels = &texts(scenario).workbook;
    let is_insured = super::insurance::is_insured(scenario, analysis);
    let with = |plan| line(labels.with_plan, &[("plan", &name(scenario, plan))]);
    let plans = &analysis.plans;
    let head = |first: [Slot; 4]| -> Vec<Slot> {
        first.into_iter().chain(plans.iter().map(|plan| Slot::Head(with(plan)))).collect()
    };
    let money = |loss: Figure| Slot::Number(loss.to_f64(), Look::Money);
    // The sums of the columns of losses, over the rows of a table (numbered as in the sheet).
    let totals = |first: usize, last: usize, losses: Vec<Figure>| {
        let mut total = vec![words(labels.all_risks), Slot::Empty, Slot::Empty];
        for (place, loss) in losses.into_iter().enumerate() {
            let c = column(place + 3);
            total.push(Slot::Formula(format!("=SUM({c}{first}:{c}{last})"), loss.to_f64(), Look::Total));
        }
        total
    };
    let net = || std::iter::once(analysis.loss_today).chain(plans.iter().map(|plan| plan.loss)).collect();
    let gross = || {
        let sum = |risks: &[crate::engine::RiskMeans<Figure>]| risks.iter().map(|risk| risk.annual_loss).sum();
        std::iter::once(sum(&analysis.today)).chain(plans.iter().map(|plan| sum(&plan.risks))).collect()
    };
    let today = if is_insured { labels.average_loss_before } else { labels.average_loss_today };
    let first = [labels.risk, labels.events_a_year, labels.loss_of_event, today];
    let mut rows = vec![head(first.map(|label| Slot::Head(label.to_owned())))];
    for (index, risk) in scenario.risks().iter().enumerate() {
        let means = &analysis.today[index];
        let single = means.annual_loss.ratio(means.rate);
        let mut row = vec![
            words(&risk.name),
            Slot::Number(means.rate.to_f64(), Look::Plain),
            single.map_or(Slot::Empty, money),
            money(if is_insured { means.annual_loss } else { analysis.net_loss(index) }),
        ];
        row.extend(plans.iter().map(|plan| match is_insured {
            true => money(plan.risks[index].annual_loss),
            false => money(plan.net_loss(index)),
        }));
        rows.push(row);
    }
    let last = rows.len();
    rows.push(totals(2, last, if is_insured { gross() } else { net() }));
    // The picture shows what remains.
    let mut shown = (0, 1, last - 1);
    if is_insured {
        rows.push(Vec::new());
        let above = rows.len();
        let after = Slot::Head(labels.average_loss_after.to_owned());
        rows.push(head([Slot::Head(labels.risk.to_owned()), Slot::Empty, Slot::Empty, after]));
        for (index, risk) in scenario.risks().iter().enumerate() {
            let mut row = vec![words(&risk.name), Slot::Empty, Slot::Empty, money(analysis.net_loss(index))];
            row.extend(plans.iter().map(|plan| money(plan.net_loss(index))));
            rows.push(row);
        }
        shown = (above, above + 1, rows.len() - 1);
        rows.push(totals(above + 2, rows.len(), net()));
    }
    let mut widths = vec![44.0, 16.0, 20.0, 24.0];
    widths.extend(std::iter::repeat_n(20.0, plans.len()));
    // More columns than these are no picture any more.
    const MOST: usize = 25;
    let (heading, from, to) = shown;
    let series = (0..=plans.len()).map(|place| {
        let column = place + 3;
        (Cells::one(heading, column), Cells::of_column(column, from, to))
    });
    let graph = Graph {
        title: line(labels.loss_by_risk, &[("currency", &scenario.currency().code())]),
        form: GraphForm::Columns,
        labels: Cells::of_column(0, from, to),
        series: series.collect(),
    };
    let graphs = if (last - 1) * (plans.len() + 1) <= 2 * MOST { vec![graph] } else { Vec::new() };
    Sheet { name: labels.risks.to_owned(), rows, widths, frozen: 1, graphs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words_of_any_language_keep_a_formula_whole() {
        assert_eq!((reference("Inputs"), reference("L'année 1")), ("Inputs".to_owned(), "'L''année 1'".to_owned()));
        assert_eq!((quoted("yes"), quoted("so \"so\"")), ("\"yes\"".to_owned(), "\"so \"\"so\"\"\"".to_owned()));
    }

    #[test]
    fn every_sheet_has_a_name_that_a_workbook_takes() {
        for labels in crate::units::Language::ALL.map(|language| &texts(language).workbook) {
            for name in [labels.summary, labels.inputs, labels.risks, labels.check] {
                let is_taken = !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']);
                assert!(name.chars().count() <= 31 && is_taken, "{name}");
            }
        }
    }
}
