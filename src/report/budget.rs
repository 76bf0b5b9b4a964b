//! What does a budget holder enter, year by year: capital expenditure, operating expenditure, own people?
//!
//! capex(t) = what is bought in year t; opex(t) = running costs + premiums − spending that ends; their sum is the money
//! paid, `cash(t)`, that the board is asked for. Time of own staff is paid by other budgets and stands under it. All before
//! tax, at the prices of their year. See `docs/model/cash-flow.md`.

use crate::engine::money::costs::CostLine;
use crate::engine::{Analysis, PlanAnalysis};
use crate::figures::BudgetFigures;
use crate::model::Scenario;
use crate::units::Figure;

use super::adding;
use super::assessment::flows;
use super::money::{Flows, year_columns};
use super::sections::subject;
use super::sentences::{cost_digits, name};
use super::texts::{line, texts};
use super::{Cell, Section, Table, Text};

/// A budget by year; the first year is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Budget {
    /// What is bought.
    pub capex: Vec<Figure>,
    /// What runs, with premiums, less what ends.
    pub opex: Vec<Figure>,
    /// Time of own staff.
    pub people: Vec<Figure>,
}

impl Budget {
    /// The budget of a plan.
    pub fn of(plan: &PlanAnalysis) -> Self {
        let years = plan.investment.cash.len();
        let line = |cost_line: CostLine, t: usize| -> Figure {
            let parts = plan.controls.iter().flat_map(|costs| &costs.parts);
            parts.filter(|part| part.cost_line == cost_line).map(|part| part.in_year(t)).sum()
        };
        let by_year = |of: &dyn Fn(usize) -> Figure| (0..years).map(of).collect();
        Self {
            capex: by_year(&|t| line(CostLine::Bought, t)),
            opex: by_year(&|t| line(CostLine::Running, t) + line(CostLine::Retired, t) + plan.investment.premiums[t]),
            people: by_year(&|t| line(CostLine::People, t)),
        }
    }

    /// The same for other programs.
    pub fn figures(&self) -> BudgetFigures {
        BudgetFigures { capex: flows(&self.capex), opex: flows(&self.opex), own_people: flows(&self.people) }
    }
}

/// The budget of the plan that the report is about: what costs and benefits by year tell, in the lines of a budget.
pub(super) fn section(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let plan = subject(analysis)?;
    let (budget, words, digits) = (Budget::of(plan), &texts(scenario).budget, cost_digits(scenario));
    let flows = Flows::of(scenario, plan);
    let told = flows.section.table.as_ref()?;
    let cash = &plan.investment.cash;
    let mut columns = year_columns(scenario, cash.len());
    columns.push(texts(scenario).money.total.to_owned());
    let row = |label: &str, flows: &[Figure], of: &[usize]| {
        let total = flows.iter().copied().sum();
        let cells = flows.iter().copied().chain([total]).enumerate().map(|(year, flow)| {
            let cells: Vec<&Cell> = of.iter().filter_map(|row| told.rows.get(*row)?.get(year + 1)).collect();
            let is_it = |cell: &Cell| matches!(cell, Cell::Money(sum, _) if is_same(*sum, flow));
            adding::together(&cells).filter(is_it).unwrap_or(Cell::Money(flow, digits))
        });
        std::iter::once(Cell::words(label)).chain(cells).collect::<Vec<Cell>>()
    };
    let lines = |bought: bool| flows.paid.iter().filter(move |(it, _)| (*it == CostLine::Bought) == bought);
    let rows_of = |bought: bool| lines(bought).map(|(_, row)| *row).collect::<Vec<usize>>();
    let running: Vec<usize> = rows_of(false).into_iter().chain(flows.premiums).collect();
    let mut rows = vec![
        row(words.capex, &budget.capex, &rows_of(true)),
        row(words.opex, &budget.opex, &running),
        row(words.paid, cash, &[flows.cash()]),
    ];
    if budget.people.iter().any(|time| !time.is_zero()) {
        let all: Vec<Figure> = cash.iter().zip(&budget.people).map(|(paid, time)| *paid + *time).collect();
        let people: Vec<usize> = flows.people.into_iter().collect();
        rows.push(row(words.people, &budget.people, &people));
        rows.push(row(words.all, &all, &[people, vec![flows.cash()]].concat()));
    }
    Some(Section {
        title: line(words.title, &[("plan", &name(scenario, plan))]),
        lead: flows.section.lead,
        table: Some(Table { columns, rows, emphasised: Some(2) }),
        notes: vec![Text::plain(words.note)],
    })
}

/// Whether two sums are the same, but for arithmetic.
fn is_same(one: Figure, other: Figure) -> bool {
    (one - other).to_f64().abs() <= 1e-9 * other.to_f64().abs().max(1.0)
}
