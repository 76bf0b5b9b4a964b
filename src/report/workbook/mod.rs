//! The case as a workbook that a finance director can follow cell by cell.
//!
//! Inputs stand once, with their averages; losses, costs and values are formulas on them, each with the result that rosi
//! finds, so that a spreadsheet that works them out anew must come to the same. An input that no formula carries is
//! locked, and what only rosi can tell is shown while the inputs are those of the file. A last sheet works the average
//! loss of each risk and the value of each option out on its own and shows the difference.
//! How cells look is for `render` to say; which formula stands where is decided here.

mod check;
mod costs;
mod inputs;
mod losses;
mod plan;

use check::check;
use inputs::Inputs;
pub use inputs::{KEY, rates};
use losses::Losses;
use plan::PlanSheet;

use super::paper::Front;
use super::sentences::name;
use super::texts::{line, texts};
use super::{Cell, Text};
use crate::engine::Analysis;
use crate::model::Scenario;
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
    /// What may be changed.
    pub open: Vec<Open>,
    /// At the foot of every page.
    pub foot: String,
    /// Which run it is of, as data.
    pub provenance: String,
}

/// A cell that may be changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// Its sheet.
    pub sheet: String,
    /// Its row and column, from 0.
    pub place: (u32, u32),
    /// What it is called: the input and, of a range, its end.
    pub name: String,
    /// Its key in the file.
    pub key: String,
    /// What kind of quantity it is.
    pub kind: Kind,
    /// What the file says.
    pub value: f64,
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
    /// How many columns are printed, where not all.
    pub printed: Option<usize>,
    /// Charts below the rows, drawn by the spreadsheet from its own cells.
    pub graphs: Vec<Graph>,
}

/// A chart that follows the cells of its sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// Over it.
    pub title: String,
    /// Columns, bars, or a line.
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
    /// A bar a number, one group below the other: for names, which are long.
    Bars,
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
    /// A heading over a sheet, wider than its column.
    Title(String),
    /// A number.
    Number(f64, Look),
    /// A number that may be changed.
    Input(f64, Look),
    /// A number that must not be changed.
    Fixed(f64, Look),
    /// One of the words that stand in a list of cells.
    Choice(String, String),
    /// A formula that says in words whether something differs from the file, with what it says now.
    Alert(String, String),
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
pub fn workbook(scenario: &Scenario, analysis: &Analysis, front: &Front, foot: &str, provenance: String) -> Workbook {
    let inputs = Inputs::new(scenario, super::insurance::is_insured(scenario, analysis));
    let losses = Losses::new(scenario, analysis, &inputs);
    let (risks, totals) = risks(scenario, analysis, &inputs, &losses);
    let plans: Vec<PlanSheet> = analysis
        .plans
        .entries()
        .map(|(index, plan)| {
            let sheet = sheet_name(index.0, &name(scenario, plan));
            PlanSheet::new(scenario, analysis, index, &sheet, &inputs, &losses.plans[index], &totals)
        })
        .collect();
    let summary = summary(scenario, analysis, front, &plans, &inputs, foot);
    let mut sheets = vec![summary, risks, check(scenario, analysis, &inputs, &losses, &plans)];
    // What may be changed is known when every formula is written.
    let (sheet, mut names, open) = inputs.sheet(scenario);
    for (place, cell) in totals.net.into_iter().enumerate() {
        names.push((if place == 0 { "loss_today".to_owned() } else { format!("loss_{place}") }, cell));
    }
    names.push(("loss_before".to_owned(), losses.before));
    sheets.insert(1, sheet);
    sheets.insert(3, losses.sheet);
    // What a reader looks at first stands first; the yearly tables follow the summary.
    for (place, plan) in plans.into_iter().enumerate() {
        names.push((format!("NPV_{}", place + 1), format!("'{}'!{}", plan.sheet.name, plan.value)));
        names.push((format!("cost_{}", place + 1), format!("'{}'!{}", plan.sheet.name, plan.cost)));
        sheets.insert(1 + place, plan.sheet);
    }
    Workbook { title: scenario.title().to_owned(), sheets, names, open, foot: foot.to_owned(), provenance }
}

/// A figure of rosi's own that no formula gives: shown while the inputs are those of the file.
fn kept(scenario: &Scenario, number: f64, look: Look) -> Slot {
    let otherwise = quoted(texts(scenario).workbook.ask_rosi);
    Slot::Formula(format!("=IF(as_in_file=1,{},{otherwise})", written(number)), number, look)
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
    // Programs read no number that is nearer to nothing than a double holds in full.
    let number = if number.abs() < f64::MIN_POSITIVE { 0.0 } else { number };
    format!("{number:?}").replace('e', "E")
}

fn words(text: impl Into<String>) -> Slot {
    Slot::Words(text.into())
}

fn heads(columns: &[&str]) -> Vec<Slot> {
    columns.iter().map(|column| Slot::Head((*column).to_owned())).collect()
}

/// What page one says, with the options as formulas.
fn summary(
    scenario: &Scenario,
    analysis: &Analysis,
    front: &Front,
    plans: &[PlanSheet],
    inputs: &Inputs,
    foot: &str,
) -> Sheet {
    let labels = &texts(scenario).workbook;
    let mut rows = vec![inputs.alert(scenario), vec![Slot::Title(scenario.title().to_owned())]];
    let sentences = |texts: &[Text]| texts.iter().cloned().map(|text| vec![Slot::Sentence(text)]).collect::<Vec<_>>();
    rows.extend(sentences(&super::sentences::caution(scenario, analysis, &[])));
    rows.push(vec![Slot::Title(labels.decision_of_file.to_owned())]);
    rows.extend(sentences(&front.decision));
    rows.push(vec![Slot::Title(labels.answer_of_file.to_owned())]);
    let mut answer = super::answer(scenario, analysis);
    answer.iter_mut().for_each(|text| text.wholly_beside(front.options.table.as_ref()));
    rows.extend(sentences(&answer));
    rows.extend(sentences(&super::insurance::too_cheap(scenario, analysis).into_iter().collect::<Vec<_>>()));
    // The agreed limits and the better set.
    rows.extend(sentences(&front.options.notes));
    rows.push(Vec::new());
    // Whether the limits are kept is told in words, which no formula gives.
    let table = front.options.table.as_ref();
    let verdicts = |option: usize| {
        let row = table.and_then(|table| table.rows.get(option)).into_iter().flatten().skip(1);
        row.filter_map(|cell| match cell {
            Cell::Words(said) => Some(Slot::Verdict(
                format!("=IF(as_in_file=1,{},{})", quoted(said), quoted(labels.ask_rosi)),
                said.clone(),
            )),
            _ => None,
        })
    };
    let limits = verdicts(0).count();
    let over = table.map(|table| &table.columns[table.columns.len() - limits..]).unwrap_or_default();
    rows.push(heads(&[
        labels.option,
        labels.cost_today,
        labels.average_loss,
        labels.bad_year,
        labels.value,
        labels.rate_of_return,
        labels.payback,
    ]));
    if let Some(heads) = rows.last_mut() {
        heads.extend(over.iter().cloned().map(Slot::Head));
    }
    let bad = |place: usize| {
        let loss = analysis.year.as_ref().and_then(|year| year.option(place).total.quantiles[crate::engine::year::BAD]);
        let loss = loss.filter(|loss| loss.is_finite());
        loss.map_or(Slot::Empty, |loss| kept(scenario, super::year::known(analysis, loss), Look::Money))
    };
    // The totals of the sheet of risks, which stand last in it.
    let total = |place: usize, loss: Figure| {
        let name = if place == 0 { "loss_today".to_owned() } else { format!("loss_{place}") };
        Slot::Formula(format!("={name}"), loss.to_f64(), Look::Money)
    };
    let first = rows.len();
    rows.push(vec![
        words(texts(scenario).shared.nothing_more),
        Slot::Number(0.0, Look::Money),
        total(0, analysis.loss_today),
        bad(0),
        Slot::Number(0.0, Look::Money),
        Slot::Empty,
        Slot::Empty,
    ]);
    rows.last_mut().into_iter().for_each(|row| row.extend(verdicts(0)));
    for (index, (plan, sheet)) in analysis.plans.iter().zip(plans).enumerate() {
        let money = &plan.investment;
        let there = |cell: &str| format!("='{}'!{cell}", sheet.sheet.name);
        rows.push(vec![
            words(name(scenario, plan)),
            Slot::Formula(there(&sheet.cost), money.present_cost.to_f64(), Look::Money),
            total(index + 1, plan.loss),
            bad(index + 1),
            Slot::Formula(there(&sheet.value), money.net_present_value.to_f64(), Look::Total),
            match (&sheet.rate, money.internal_rate_of_return()) {
                (Some(cell), Some(rate)) => Slot::Formula(there(cell), rate, Look::Share),
                _ => Slot::Verdict(
                    format!("=IF(as_in_file=1,{},{})", quoted(labels.no_rate), quoted(labels.ask_rosi)),
                    labels.no_rate.to_owned(),
                ),
            },
            match money.payback_years {
                Some(years) => Slot::Formula(there(&sheet.payback), years.to_f64(), Look::Years),
                None => Slot::Verdict(there(&sheet.payback), labels.not_paid.to_owned()),
            },
        ]);
        rows.last_mut().into_iter().for_each(|row| row.extend(verdicts(index + 1)));
    }
    let last = rows.len() - 1;
    let column_of = |column: usize| Cells::of_column(column, first, last);
    let shown = if analysis.year.is_some() { 2..=3 } else { 2..=2 };
    let graph = Graph {
        title: line(labels.left_by_option, &[("currency", &scenario.currency().code())]),
        form: GraphForm::Bars,
        labels: column_of(0),
        series: shown.map(|column| (Cells::one(first - 1, column), column_of(column))).collect(),
    };
    rows.push(Vec::new());
    rows.push(vec![words(foot)]);
    let mut widths = vec![34.0, 13.0, 13.0, 13.0, 13.0, 13.0, 15.0];
    widths.extend(std::iter::repeat_n(16.0, limits));
    Sheet { name: labels.summary.to_owned(), rows, widths, frozen: 0, graphs: vec![graph], printed: None }
}

/// The cells of what all risks cost a year: today, and with each option.
pub(super) struct Totals {
    /// Before insurers pay.
    pub gross: Vec<String>,
    /// After it.
    pub net: Vec<String>,
}

/// How often each risk strikes and what it costs, from the sheet of losses: before insurers pay, and below what they
/// leave, where any pays: of each loss the share that they leave of it in the file.
fn risks(scenario: &Scenario, analysis: &Analysis, inputs: &Inputs, losses: &Losses) -> (Sheet, Totals) {
    let labels = &texts(scenario).workbook;
    let is_insured = super::insurance::is_insured(scenario, analysis);
    let with = |plan| line(labels.with_plan, &[("plan", &name(scenario, plan))]);
    let plans = &analysis.plans;
    let head = |first: [Slot; 4]| -> Vec<Slot> {
        first.into_iter().chain(plans.iter().map(|plan| Slot::Head(with(plan)))).collect()
    };
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
    let mut rows = vec![inputs.alert(scenario), head(first.map(|label| Slot::Head(label.to_owned())))];
    let from = rows.len() + 1;
    for (index, risk) in scenario.risks().entries() {
        let means = &analysis.today[index];
        let [rate, loss] = &losses.today[index];
        let row = rows.len() + 1;
        let single = means.annual_loss.ratio(means.rate).map_or(0.0, Figure::to_f64);
        let there = |cell: &str, loss: Figure| Slot::Formula(format!("={cell}"), loss.to_f64(), Look::Money);
        let mut slots = vec![
            words(&risk.name),
            Slot::Formula(format!("={rate}"), means.rate.to_f64(), Look::Plain),
            Slot::Formula(format!("=IF(B{row}=0,0,D{row}/B{row})"), single, Look::Money),
            there(loss, means.annual_loss),
        ];
        let with = plans.iter().zip(&losses.plans);
        slots.extend(with.map(|(plan, losses)| there(&losses.risks[index], plan.risks[index].annual_loss)));
        rows.push(slots);
    }
    let last = rows.len();
    rows.push(totals(from, last, if is_insured { gross() } else { net() }));
    // The picture shows what remains.
    let mut shown = (1, from - 1, last - 1);
    if is_insured {
        rows.push(Vec::new());
        let above = rows.len();
        let after = Slot::Head(labels.average_loss_after.to_owned());
        rows.push(head([Slot::Head(labels.risk.to_owned()), Slot::Empty, Slot::Empty, after]));
        for (index, risk) in scenario.risks().entries() {
            let row = from + index.0;
            let left = |place: usize, gross: Figure, net: Figure| {
                let share = net.ratio(gross).map_or(0.0, Figure::to_f64);
                let formula = format!("={}{row}*{}", column(place + 3), written(share));
                Slot::Formula(formula, net.to_f64(), Look::Money)
            };
            let today = left(0, analysis.today[index].annual_loss, analysis.net_loss(index));
            let mut slots = vec![words(&risk.name), Slot::Empty, Slot::Empty, today];
            let with = plans.iter().enumerate();
            slots
                .extend(with.map(|(place, plan)| left(place + 1, plan.risks[index].annual_loss, plan.net_loss(index))));
            rows.push(slots);
        }
        shown = (above, above + 1, rows.len() - 1);
        rows.push(totals(above + 2, rows.len(), net()));
    }
    let of_row = |row: usize| {
        let cell = |place| format!("{}!${}${row}", reference(labels.risks), column(place + 3));
        (0..=plans.len()).map(cell).collect()
    };
    let totals = Totals { gross: of_row(last + 1), net: of_row(rows.len()) };
    let mut widths = vec![40.0, 14.0, 15.0, 15.0];
    widths.extend(std::iter::repeat_n(15.0, plans.len()));
    // More columns than these are no picture any more.
    const MOST: usize = 25;
    let (heading, from, to) = shown;
    let series = (0..=plans.len()).map(|place| {
        let column = place + 3;
        (Cells::one(heading, column), Cells::of_column(column, from, to))
    });
    let graph = Graph {
        title: line(labels.loss_by_risk, &[("currency", &scenario.currency().code())]),
        form: GraphForm::Bars,
        labels: Cells::of_column(0, from, to),
        series: series.collect(),
    };
    let graphs = if scenario.risks().len() * (plans.len() + 1) <= 2 * MOST { vec![graph] } else { Vec::new() };
    (Sheet { name: labels.risks.to_owned(), rows, widths, frozen: 2, graphs, printed: None }, totals)
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
            for name in [labels.summary, labels.inputs, labels.losses, labels.risks, labels.check] {
                let is_taken = !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']);
                assert!(name.chars().count() <= 31 && is_taken, "{name}");
            }
        }
    }
}
