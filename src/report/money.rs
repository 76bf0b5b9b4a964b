//! The money by year, in the form that finance people know.

use crate::engine::cashflow::ControlCosts;
use crate::engine::cashflow::CostLine;
use crate::engine::{Analysis, PlanAnalysis};
use crate::model::Scenario;
use crate::units::Figure;

use super::sections::subject;
use super::sentences::{cost_digits, loss_digits, name, value_digits};
use super::texts::{line, say, texts};
use super::{Cell, Section, Table, Text};

/// A line of a table of flows: what it is, and its flow by year.
pub type Line = (&'static str, Vec<Figure>);

/// What a line of costs is called.
pub fn label(cost_line: CostLine) -> &'static str {
    let words = &texts().money;
    match cost_line {
        CostLine::Bought => words.bought,
        CostLine::Running => words.running,
        CostLine::People => words.people,
        CostLine::Friction => words.friction,
        CostLine::Retired => words.retired,
        CostLine::Sold => words.sold,
    }
}

/// What controls cost, line by line, receipts below zero; lines of nothing are left out.
pub fn cost_flows(controls: &[ControlCosts]) -> Vec<(CostLine, Vec<Figure>)> {
    let years = controls.first().map_or(0, |costs| costs.initial.len());
    let of = |costs: &ControlCosts, cost_line: CostLine, t: usize| match cost_line {
        CostLine::Bought => costs.initial[t],
        CostLine::Running => costs.yearly[t],
        CostLine::People => costs.people[t],
        CostLine::Friction => costs.friction[t],
        CostLine::Retired => Figure::ZERO - costs.retired[t],
        CostLine::Sold => Figure::ZERO - costs.salvage[t],
    };
    let sum = |cost_line| (0..years).map(|t| controls.iter().map(|costs| of(costs, cost_line, t)).sum()).collect();
    let flows = CostLine::ALL.map(|cost_line| (cost_line, sum(cost_line)));
    flows.into_iter().filter(|(_, flows): &(_, Vec<Figure>)| flows.iter().any(|flow| !flow.is_zero())).collect()
}

/// The same with their names.
pub fn cost_lines(controls: &[ControlCosts]) -> Vec<Line> {
    cost_flows(controls).into_iter().map(|(cost_line, flows)| (label(cost_line), flows)).collect()
}

/// The tax that costs save, below zero.
pub fn tax_line(lines: &[Line], after_tax: &[Figure]) -> Option<Line> {
    let before = |t: usize| lines.iter().map(|(_, flows)| flows[t]).sum::<Figure>();
    let saved: Vec<Figure> = after_tax.iter().enumerate().map(|(t, cost)| *cost - before(t)).collect();
    saved.iter().any(|flow| !flow.is_zero()).then_some((texts().money.tax_saved, saved))
}

/// The cash flows of the plan that the report is about.
pub fn money(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let plan = subject(analysis)?;
    let money = &plan.investment;
    let (loss, cost, value) = (loss_digits(scenario), cost_digits(scenario), value_digits(scenario));
    let words = &texts().money;
    let mut columns = vec![String::new(), words.now.to_owned()];
    columns.extend((1..money.cost.len()).map(|t| line(words.year, &[("year", &t)])));
    columns.push(words.total.to_owned());
    columns.push(words.todays_money.to_owned());
    let row = |label: &str, flows: &[Figure], digits, present: Cell| {
        let mut row = vec![Cell::words(label)];
        row.extend(flows.iter().map(|flow| Cell::Money(*flow, digits)));
        row.push(Cell::Money(flows.iter().copied().sum(), digits));
        row.push(present);
        row
    };
    let mut lines = cost_lines(&plan.controls);
    if money.premiums.iter().any(|premium| !premium.is_zero()) {
        lines.push((words.premiums, money.premiums.clone()));
    }
    let taxed = !scenario.assumptions().tax_rate.get().is_zero();
    lines.extend(tax_line(&lines, &money.cost).filter(|_| taxed));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    if lines.len() > 1 {
        rows.extend(lines.iter().map(|(label, flows)| row(label, flows, cost, Cell::None)));
    }
    let net: Vec<Figure> = money.loss_avoided.iter().zip(&money.cost).map(|(a, c)| *a - *c).collect();
    let (costs, avoided) = if taxed { (words.costs_taxed, words.avoided_taxed) } else { (words.costs, words.avoided) };
    rows.push(row(costs, &money.cost, cost, Cell::Money(money.present_cost, cost)));
    rows.push(row(avoided, &money.loss_avoided, loss, Cell::Money(money.present_avoided, loss)));
    rows.push(row(words.net, &net, value, Cell::Money(money.net_present_value, value)));
    let net_row = rows.len() - 1;
    rows.push(row(words.cash, &money.cash, cost, Cell::None));
    Some(Section {
        title: line(words.title, &[("plan", &name(scenario, plan))]),
        lead: None,
        table: Some(Table { columns, rows, emphasised: Some(net_row) }),
        notes: notes(scenario, plan, taxed),
    })
}

fn notes(scenario: &Scenario, plan: &PlanAnalysis, taxed: bool) -> Vec<Text> {
    let money = &plan.investment;
    let (loss, cost, value) = (loss_digits(scenario), cost_digits(scenario), value_digits(scenario));
    let words = &texts().money;
    let mut notes = vec![Text::plain(words.not_cash)];
    if taxed {
        let rate = Figure::exact(scenario.assumptions().tax_rate.get()).to_f64();
        notes.push(say(words.taxed, &[("rate", Cell::Share(rate).into())]));
    }
    let ratio = |ratio: Figure| Cell::Ratio(ratio.to_f64());
    let extras = [
        (words.internal_rate, money.internal_rate_of_return.map(Cell::Share)),
        (words.rosi, money.rosi.map(ratio)),
        (words.textbook, money.textbook_rosi.map(ratio)),
        (words.benefit_cost, money.benefit_cost_ratio.map(ratio)),
        (words.even_cost, money.equivalent_annual_cost.map(|figure| Cell::Money(figure, cost))),
    ];
    for (template, cell) in extras {
        notes.extend(cell.map(|cell| say(template, &[("figure", cell.into())])));
    }
    let hours = plan.people_hours(scenario);
    if !hours.full_time.is_zero() {
        let parts = [
            ("hours", Cell::Hours(hours.own.to_f64()).into()),
            ("posts", Cell::Ratio(hours.full_time.to_f64()).into()),
        ];
        notes.push(say(words.posts, &parts));
    }
    if let Some(waiting) = money.waiting {
        let first = money.loss_avoided.get(1).copied().unwrap_or(Figure::ZERO);
        let (template, change) = if waiting.is_positive() {
            (words.later_costs, waiting)
        } else {
            (words.later_adds, Figure::ZERO - waiting)
        };
        let parts = [("value", Cell::Money(change, value).into()), ("loss", Cell::Money(first, loss).into())];
        notes.push(say(template, &parts));
    }
    notes
}
