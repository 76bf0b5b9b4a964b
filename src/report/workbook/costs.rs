//! The costs of an option as formulas on the inputs, so that another price flows through to its value.
//!
//! Every cost of a control is a product of inputs times a number that the start, the lifetime and the part of the year
//! give; that number stands in the formula, growth is taken from its own cell.

use super::{Inputs, column, written};
use crate::engine::PlanAnalysis;
use crate::engine::cashflow::{ControlCosts, CostLine, growth};
use crate::model::Scenario;
use crate::units::Figure;

/// A formula longer than this is one that spreadsheets refuse or nobody reads; the amount itself stands there then.
const LONGEST: usize = 2_000;

/// A cell of a line of costs: a formula where the inputs give one.
pub(super) type Priced = Option<String>;

/// The formulas of a line of costs by year; `years` is the row of the numbers of the years.
pub(super) fn priced(
    scenario: &Scenario,
    plan: &PlanAnalysis,
    cost_line: CostLine,
    inputs: &Inputs,
    years: usize,
) -> Vec<Priced> {
    let grown = growth(scenario.assumptions().growth.costs.get(), scenario.assumptions().horizon);
    let count = plan.investment.cost.len();
    (0..count)
        .map(|t| {
            let terms: Option<Vec<String>> =
                plan.controls.iter().flat_map(|costs| terms(scenario, costs, cost_line, inputs, t, grown[t])).collect();
            let sum = terms?.join("+").replace("+-", "-");
            let formula = match (sum.is_empty(), t) {
                (true, _) => "=0".to_owned(),
                // Prices of today and of the first year have not grown.
                (_, 0 | 1) => format!("={sum}"),
                _ => format!("=({sum})*(1+growth_of_costs)^({}${years}-1)", column(t + 1)),
            };
            (formula.len() <= LONGEST).then_some(formula)
        })
        .collect()
}

/// What is written down of purchases in a year, as a formula of their prices; the amount where there is none.
pub(super) fn written_down(scenario: &Scenario, plan: &PlanAnalysis, inputs: &Inputs, t: usize) -> (Figure, String) {
    let all: Figure = plan.controls.iter().map(|costs| costs.depreciation[t]).sum();
    let terms: Option<Vec<String>> = plan
        .controls
        .iter()
        .filter(|costs| !costs.depreciation[t].is_zero())
        .map(|costs| {
            let price = scenario.controls()[costs.control].cost.initial?;
            let times = costs.depreciation[t].to_f64() / scenario.estimate(price).mean().to_f64();
            times.is_finite().then(|| format!("{}*{}", written(times), inputs.cell(price)))
        })
        .collect();
    let formula = terms.map(|terms| terms.join("+")).filter(|sum| !sum.is_empty() && sum.len() <= LONGEST);
    (all, formula.unwrap_or_else(|| written(all.to_f64())))
}

/// What a control adds to a line in a year; none where an input of zero hides the number it is multiplied by.
fn terms(
    scenario: &Scenario,
    costs: &ControlCosts,
    cost_line: CostLine,
    inputs: &Inputs,
    t: usize,
    grown: Figure,
) -> Vec<Option<String>> {
    let control = &scenario.controls()[costs.control];
    let parts = costs.parts(control);
    let parts = parts.iter().filter(|part| part.cost_line == cost_line && !part.flow(t).is_zero());
    parts
        .map(|part| {
            let price = part.estimates.iter().map(|id| scenario.estimate(*id).mean().to_f64()).product::<f64>();
            let times = part.flow(t).to_f64() / (price * grown.to_f64());
            let cells: Vec<String> = part.estimates.iter().map(|id| inputs.cell(*id)).collect();
            let product = cells.join("*");
            match times {
                times if !times.is_finite() => None,
                times if (times - 1.0).abs() < 1e-12 => Some(product),
                times if (times + 1.0).abs() < 1e-12 => Some(format!("-{product}")),
                times => Some(format!("{}*{product}", written(times))),
            }
        })
        .collect()
}
