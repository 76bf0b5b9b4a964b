//! The money by year, in the form that finance people know.

use crate::engine::cashflow::ControlCosts;
use crate::engine::{Analysis, PlanAnalysis};
use crate::model::Scenario;
use crate::units::Figure;

use super::sections::subject;
use super::sentences::{cost_digits, loss_digits, name, value_digits};
use super::{Cell, Section, Table, Text};

/// A line of a table of flows: what it is, and its flow by year.
pub type Line = (&'static str, Vec<Figure>);

/// What controls cost, line by line, receipts below zero; lines of nothing are left out.
pub fn cost_lines(controls: &[ControlCosts]) -> Vec<Line> {
    let years = controls.first().map_or(0, |costs| costs.initial.len());
    let sum = |of: &dyn Fn(&ControlCosts, usize) -> Figure| -> Vec<Figure> {
        (0..years).map(|t| controls.iter().map(|costs| of(costs, t)).sum()).collect()
    };
    let less = |figure: Figure| Figure::ZERO - figure;
    let lines = [
        ("Bought", sum(&|costs, t| costs.initial[t])),
        ("Running costs", sum(&|costs, t| costs.yearly[t])),
        ("Own people", sum(&|costs, t| costs.people[t])),
        ("Lost time of users", sum(&|costs, t| costs.friction[t])),
        ("Spending that ends", sum(&|costs, t| less(costs.retired[t]))),
        ("Sold at the end", sum(&|costs, t| less(costs.salvage[t]))),
    ];
    lines.into_iter().filter(|(_, flows)| flows.iter().any(|flow| !flow.is_zero())).collect()
}

/// The tax that costs save, below zero.
pub fn tax_line(lines: &[Line], after_tax: &[Figure]) -> Option<Line> {
    let before = |t: usize| lines.iter().map(|(_, flows)| flows[t]).sum::<Figure>();
    let saved: Vec<Figure> = after_tax.iter().enumerate().map(|(t, cost)| *cost - before(t)).collect();
    saved.iter().any(|flow| !flow.is_zero()).then_some(("Tax saved by costs", saved))
}

/// The cash flows of the plan that the report is about.
pub fn money(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let plan = subject(analysis)?;
    let money = &plan.investment;
    let (loss, cost, value) = (loss_digits(scenario), cost_digits(scenario), value_digits(scenario));
    let mut columns = vec!["".to_owned(), "Now".to_owned()];
    columns.extend((1..money.cost.len()).map(|t| format!("Year {t}")));
    columns.push("Total".into());
    columns.push("Today's money".into());
    let row = |label: &str, flows: &[Figure], digits, present: Cell| {
        let mut row = vec![Cell::words(label)];
        row.extend(flows.iter().map(|flow| Cell::Money(*flow, digits)));
        row.push(Cell::Money(flows.iter().copied().sum(), digits));
        row.push(present);
        row
    };
    let mut lines = cost_lines(&plan.controls);
    if money.premiums.iter().any(|premium| !premium.is_zero()) {
        lines.push(("Premiums, less today's", money.premiums.clone()));
    }
    let taxed = !scenario.assumptions().tax_rate.get().is_zero();
    lines.extend(tax_line(&lines, &money.cost).filter(|_| taxed));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    if lines.len() > 1 {
        rows.extend(lines.iter().map(|(label, flows)| row(label, flows, cost, Cell::None)));
    }
    let net: Vec<Figure> = money.loss_avoided.iter().zip(&money.cost).map(|(a, c)| *a - *c).collect();
    let (costs, avoided) = if taxed {
        ("All costs, after tax", "Loss avoided, after tax (estimate)")
    } else {
        ("All costs", "Loss avoided (estimate)")
    };
    rows.push(row(costs, &money.cost, cost, Cell::Money(money.present_cost, cost)));
    rows.push(row(avoided, &money.loss_avoided, loss, Cell::Money(money.present_avoided, loss)));
    rows.push(row("Net", &net, value, Cell::Money(money.net_present_value, value)));
    let net_row = rows.len() - 1;
    rows.push(row("Money paid (budget)", &money.cash, cost, Cell::None));
    Some(Section {
        title: format!("The money by year: {}", name(scenario, plan)),
        lead: None,
        table: Some(Table { columns, rows, emphasised: Some(net_row) }),
        notes: notes(scenario, plan, taxed),
    })
}

fn notes(scenario: &Scenario, plan: &PlanAnalysis, taxed: bool) -> Vec<Text> {
    let money = &plan.investment;
    let (loss, cost, value) = (loss_digits(scenario), cost_digits(scenario), value_digits(scenario));
    let mut notes = vec![Text::plain(
        "Loss avoided is an estimate of what does not happen, not cash. The budget holds money paid: what is bought, running costs and premiums, less spending that ends.",
    )];
    if taxed {
        let rate = Figure::exact(scenario.assumptions().tax_rate.get()).to_f64();
        notes.push(
            Text::plain("At a tax rate of ")
                .figure(Cell::Share(rate))
                .and(": a loss avoided adds to the profit that is taxed, a cost takes off it, what is bought as it is written down. The budget is before tax."),
        );
    }
    let extras = [
        ("Internal rate of return: ", money.internal_rate_of_return.map(Cell::Share)),
        ("Return per unit spent: ", money.rosi.map(|ratio| Cell::Ratio(ratio.to_f64()))),
        (
            "The same by the textbook, with every control in full force from the first day and nothing discounted: ",
            money.textbook_rosi.map(|ratio| Cell::Ratio(ratio.to_f64())),
        ),
        ("Loss avoided per unit of cost: ", money.benefit_cost_ratio.map(|ratio| Cell::Ratio(ratio.to_f64()))),
        ("Cost as an even yearly amount: ", money.equivalent_annual_cost.map(|figure| Cell::Money(figure, cost))),
    ];
    for (label, cell) in extras {
        if let Some(cell) = cell {
            notes.push(Text::plain(label).figure(cell).and("."));
        }
    }
    let hours = plan.people_hours(scenario);
    if !hours.full_time.is_zero() {
        notes.push(
            Text::plain("Own people: ")
                .figure(Cell::Hours(hours.own.to_f64()))
                .and(" a year, ")
                .figure(Cell::Ratio(hours.full_time.to_f64()))
                .and(" full-time posts of 8 hours a day."),
        );
    }
    if let Some(waiting) = money.waiting {
        let first = money.loss_avoided.get(1).copied().unwrap_or(Figure::ZERO);
        let text = if waiting.is_positive() {
            Text::plain("To begin a year later would cost ").figure(Cell::Money(waiting, value)).and(" of value")
        } else {
            Text::plain("To begin a year later would add ")
                .figure(Cell::Money(Figure::ZERO - waiting, value))
                .and(" of value")
        };
        notes.push(
            text.and("; in that year we estimate ")
                .figure(Cell::Money(first, loss))
                .and(" more loss than with the option begun now."),
        );
    }
    notes
}
