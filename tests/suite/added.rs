//! Do the figures of a paper add up as they are printed, and does one figure read the same wherever it is said?

use std::collections::BTreeMap;
use std::path::Path;

use rosi::internal::render::cell;
use rosi::internal::report::{Cell, Paper, Section, Table};
use rosi::internal::units::Voice;

use crate::paper::{files, paper_of};

/// A number as it is printed; what is too small for the table counts as nothing.
fn printed(figure: &Cell) -> Option<f64> {
    let Cell::Money(..) = figure else { return None };
    let text = cell(figure, Voice::default()).replace(',', "").replace('−', "-");
    Some(if text.starts_with('<') { 0.0 } else { text.parse().unwrap() })
}

fn words(figure: &Cell) -> &str {
    match figure {
        Cell::Words(words) => words,
        _ => "",
    }
}

fn sections(paper: &Paper) -> impl Iterator<Item = &Section> {
    paper.parts.iter().flat_map(|part| &part.sections)
}

fn titled<'p>(paper: &'p Paper, title: &str) -> Option<&'p Table> {
    sections(paper).find(|section| section.title.starts_with(title))?.table.as_ref()
}

/// The rows of a table by their first words.
fn rows(table: &Table) -> BTreeMap<&str, Vec<Option<f64>>> {
    table.rows.iter().map(|row| (words(&row[0]), row[1..].iter().map(printed).collect())).collect()
}

fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

const PAID: [&str; 4] = ["One-off cost", "Running costs", "Spending that ends", "Premiums, less today's"];

#[test]
fn the_money_paid_is_the_sum_of_its_lines_and_the_budget_tells_the_same() {
    let (mut paid_columns, mut budgets) = (0, 0);
    for path in files() {
        let paper = paper_of(&path);
        let Some(table) = titled(&paper, "Costs and benefits by year") else { continue };
        let flows = rows(table);
        let cash = &flows["Cash spent (budget)"];
        let lines: Vec<&Vec<Option<f64>>> = PAID.iter().filter_map(|label| flows.get(label)).collect();
        for (column, paid) in cash.iter().enumerate().filter(|_| !lines.is_empty()) {
            let Some(paid) = paid else { continue };
            let added: f64 = lines.iter().filter_map(|line| line[column]).sum();
            assert!(is_same(added, *paid), "{}: {} {added} of {paid}", path.display(), table.columns[column + 1]);
            paid_columns += 1;
        }
        // Every column, that of today's money too: lines to all costs, and these to what remains.
        let at = |start: &str| table.rows.iter().position(|row| words(&row[0]).starts_with(start));
        let (costs, net) = (at("All costs").unwrap(), at("Net").unwrap());
        for column in 1..table.columns.len() {
            let figure = |row: usize| printed(&table.rows[row][column]).unwrap();
            let of_lines: f64 = (0..costs).map(figure).sum();
            assert!(costs == 0 || is_same(of_lines, figure(costs)), "{}: {}", path.display(), table.columns[column]);
            let gained: f64 = (costs + 1..net).map(figure).sum();
            assert!(is_same(gained - figure(costs), figure(net)), "{}: {}", path.display(), table.columns[column]);
        }
        let budget = rows(titled(&paper, "The budget by year").unwrap());
        let years = table.columns.len() - 2;
        assert_eq!(budget["Cash spent (budget)"], cash[..years], "{}", path.display());
        let people = budget.iter().find(|(label, _)| label.starts_with("Own staff"));
        if let Some((people, own)) = people.zip(flows.get("Own staff's time")) {
            assert_eq!(*people.1, own[..years], "{}", path.display());
            budgets += 1;
        }
    }
    assert!(paid_columns > 30 && budgets >= 2, "{paid_columns} columns, {budgets} budgets");
}

#[test]
fn differences_of_options_are_those_of_what_is_printed_of_them() {
    let (mut less, mut steps) = (0, 0);
    for path in files() {
        let paper = paper_of(&path);
        let money = paper.parts.iter().find(|part| part.id == "money").unwrap();
        let Some(options) = money.sections.iter().find(|section| section.title == "The options") else { continue };
        let table = options.table.as_ref().unwrap();
        let figure = |row: &[Cell], column: usize| printed(&row[column]).unwrap();
        for row in &table.rows {
            let apart = figure(&table.rows[0], 2) - figure(row, 2);
            assert!(is_same(apart, figure(row, 3)), "{}: {}", path.display(), words(&row[0]));
            less += 1;
        }
        let Some(found) = money.sections.iter().find(|section| section.title == "One step at a time") else { continue };
        let unit = |section: &Section| format!("{:?}", section.lead.as_ref().unwrap().0[0]);
        let option = |name: &Cell| table.rows.iter().find(|row| row[0] == *name).unwrap();
        for row in &found.table.as_ref().unwrap().rows {
            assert!(is_same(figure(row, 3) - figure(row, 2), figure(row, 4)), "{}: {row:?}", path.display());
            let decimals = |row: &[Cell]| cell(&row[2], Voice::default()).contains('.');
            if unit(found) == unit(options) && decimals(row) == decimals(option(&row[0])) {
                let (one, other) = (option(&row[0]), option(&row[1]));
                for (of_step, of_option) in [(2, 1), (4, 4)] {
                    let apart = figure(one, of_option) - figure(other, of_option);
                    assert!(is_same(apart, figure(row, of_step)), "{}: {row:?}", path.display());
                }
                steps += 1;
            }
        }
    }
    assert!(less > 15 && steps > 3, "{less} options, {steps} steps");
}

#[test]
fn who_bears_the_loss_adds_up_to_the_loss() {
    let mut told = 0;
    for path in files() {
        let paper = paper_of(&path);
        let Some(table) = titled(&paper, "Who bears the loss") else { continue };
        for row in &table.rows {
            let [gross, paid, retained, uninsured, remains] =
                [3, 4, 5, 6, 7].map(|at| printed(&row[at]).unwrap_or(0.0));
            assert!(is_same(gross - paid, remains), "{}: {row:?}", path.display());
            assert!(is_same(retained + uninsured, remains), "{}: {row:?}", path.display());
            told += 1;
        }
    }
    assert!(told >= 4, "{told}");
}

#[test]
fn a_risk_reads_the_same_wherever_it_stands_alone() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/three-vendors/scenario.toml");
    let paper = paper_of(&path);
    let shown: Vec<(f64, String)> = sections(&paper)
        .filter_map(|section| section.table.as_ref())
        .flat_map(|table| table.rows.iter().flatten())
        .filter_map(|figure| match figure {
            Cell::Money(amount, _) if amount.to_f64() > 1e5 => {
                Some((amount.to_f64(), cell(&figure.clone(), Voice::default())))
            }
            _ => None,
        })
        .collect();
    let mut pairs = 0;
    for (place, (amount, text)) in shown.iter().enumerate() {
        for (_, other) in shown[place + 1..].iter().filter(|(other, _)| (other - amount).abs() < 1e-6 * amount) {
            let digits = |text: &str| (text.contains('.'), text.len());
            if digits(text) == digits(other) {
                assert_eq!(text, other, "{amount}");
                pairs += 1;
            }
        }
    }
    assert!(pairs > 20, "{pairs}");
}
