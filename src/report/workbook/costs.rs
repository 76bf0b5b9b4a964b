//! The costs of an option as formulas on the inputs, so that another price flows through to its value.
//!
//! Every cost of a control is a product of inputs times a number that the start, the lifetime and the part of the year
//! give; that number stands in the formula, growth is taken from its own cell.

use super::{Inputs, written};
use std::collections::BTreeMap;

use crate::engine::money::costs::{CostLine, CostPart, growth, one_life};
use crate::engine::money::equivalent_annual::{even_and_uneven, has_even_cost};
use crate::engine::money::flows::Flow;
use crate::engine::{PlanAnalysis, Values};
use crate::model::{Depreciation, Scenario, Timing};
use crate::units::{Arithmetic, Figure};

/// A formula longer than this is one that spreadsheets refuse or nobody reads; the amount itself stands there then.
const LONGEST: usize = 2_000;

/// A cell of a line of costs: a formula where the inputs give one.
pub(super) type Priced = Option<String>;

/// The formulas of a line of costs by year.
pub(super) fn priced(scenario: &Scenario, plan: &PlanAnalysis, cost_line: CostLine, inputs: &Inputs) -> Vec<Priced> {
    let grown = Grown::of(scenario);
    let parts = || plan.controls.iter().flat_map(|costs| &costs.parts).filter(|part| part.cost_line == cost_line);
    let sign = if cost_line.is_receipt() { Figure::ZERO - Figure::ONE } else { Figure::ONE };
    (0..plan.investment.cost.len())
        .map(|t| {
            let terms: Option<Vec<Vec<String>>> =
                parts().map(|part| in_year(scenario, part, &part.flows, t, sign, &grown, inputs)).collect();
            or_locked(terms.map(|terms| format!("={}", added(terms.concat()))), parts(), inputs)
        })
        .collect()
}

/// What is written down of purchases in a year, as a formula of their prices; the amount where there is none.
pub(super) fn written_down(scenario: &Scenario, plan: &PlanAnalysis, inputs: &Inputs, t: usize) -> (Figure, String) {
    let grown = Grown::of(scenario);
    let parts = || plan.controls.iter().flat_map(|costs| &costs.parts);
    let all: Figure =
        parts().flat_map(|part| &part.written).filter(|flow| flow.year == t).map(|flow| flow.amount).sum();
    let terms: Option<Vec<Vec<String>>> =
        parts().map(|part| in_year(scenario, part, &part.written, t, Figure::ONE, &grown, inputs)).collect();
    let formula = or_locked(terms.map(|terms| added(terms.concat())), parts(), inputs);
    (all, formula.unwrap_or_else(|| written(all.to_f64())))
}

/// A formula that people read; else what it was made of is locked, for the amount itself will stand there.
fn or_locked<'p>(
    formula: Option<String>,
    parts: impl Iterator<Item = &'p CostPart>,
    inputs: &Inputs,
) -> Option<String> {
    let formula = formula.filter(|formula| formula.len() <= LONGEST);
    if formula.is_none() {
        inputs.lock(parts.flat_map(|part| part.estimates.iter().copied()));
        inputs.lock_rate("growth_of_costs");
        inputs.lock_rate("tax_rate");
    }
    formula
}

/// What stands in a cost that is nothing is locked: nothing times it would stay nothing, whatever it becomes.
pub(super) fn lock_nothing(scenario: &Scenario, plan: &PlanAnalysis, inputs: &Inputs) {
    for part in plan.controls.iter().flat_map(|costs| &costs.parts) {
        if part.estimates.iter().any(|id| scenario.estimate(*id).mean().is_zero()) {
            inputs.lock(part.estimates.iter().copied());
        }
    }
    // How far a balance that declines to a salvage is written down is no product of price and salvage.
    let assumptions = scenario.assumptions();
    if assumptions.written_to_salvage && matches!(assumptions.depreciation, Some(Depreciation::Declining(_))) {
        for control in plan.controls.iter().map(|costs| &scenario.controls()[costs.control]) {
            inputs.lock(
                control.salvage.into_iter().flat_map(|salvage| control.cost.initial.into_iter().chain([salvage])),
            );
        }
    }
}

/// Flows of a part in a year as terms, those of the same prices together.
fn in_year(
    scenario: &Scenario,
    part: &CostPart,
    flows: &[Flow],
    t: usize,
    sign: Figure,
    grown: &Grown,
    inputs: &Inputs,
) -> Option<Vec<String>> {
    let mut by_growth: BTreeMap<usize, Figure> = BTreeMap::new();
    for flow in flows.iter().filter(|flow| flow.year == t) {
        let sum = by_growth.entry(flow.grown).or_insert(Figure::ZERO);
        *sum = *sum + flow.amount * sign;
    }
    let terms = by_growth.into_iter().filter(|(_, amount)| !amount.is_zero());
    terms
        .map(|(years, amount)| {
            let product = product(scenario, part, amount, grown.factor(years), inputs)?;
            Some(format!("{product}{}", grown.words(years)))
        })
        .collect()
}

/// How prices grow.
struct Grown(Vec<Figure>);

impl Grown {
    fn of(scenario: &Scenario) -> Self {
        let mut factors = growth(scenario.assumptions().growth.costs.get(), scenario.assumptions().horizon + 1);
        factors.remove(0);
        Self(factors)
    }

    fn none() -> Self {
        Self(Vec::new())
    }

    fn factor(&self, years: usize) -> Figure {
        self.0.get(years).copied().unwrap_or(Figure::ONE)
    }

    fn words(&self, years: usize) -> String {
        match years {
            0 => String::new(),
            _ if self.0.is_empty() => String::new(),
            1 => "*(1+growth_of_costs)".to_owned(),
            _ => format!("*(1+growth_of_costs)^{years}"),
        }
    }
}

/// An amount of a part as a product of its inputs; none where an input of zero hides the number they are
/// multiplied by.
fn product(scenario: &Scenario, part: &CostPart, amount: Figure, grown: Figure, inputs: &Inputs) -> Option<String> {
    let price = part.estimates.iter().map(|id| scenario.estimate(*id).mean().to_f64()).product::<f64>();
    let times = amount.to_f64() / (price * grown.to_f64());
    let cells: Vec<String> = part.estimates.iter().map(|id| inputs.flows(*id)).collect();
    let product = cells.join("*");
    match times {
        times if !times.is_finite() => None,
        times if (times - 1.0).abs() < 1e-12 => Some(product),
        times if (times + 1.0).abs() < 1e-12 => Some(format!("-{product}")),
        times => Some(format!("{}*{product}", written(times))),
    }
}

/// Terms as one sum.
fn added(terms: Vec<String>) -> String {
    let sum = terms.join("+").replace("+-", "-");
    if sum.is_empty() { "0".to_owned() } else { sum }
}

/// Where flows fall, for a formula: what each is multiplied by, if it counts.
type Place<'p> = &'p dyn Fn(&Flow) -> Option<String>;

/// The costs of a part after tax, where and as `place` says, as terms of its inputs.
fn after_tax(
    scenario: &Scenario,
    part: &CostPart,
    grown: &Grown,
    place: Place<'_>,
    inputs: &Inputs,
) -> Option<Vec<String>> {
    let is_taxed = !scenario.assumptions().tax_rate.get().is_zero();
    let kept = if is_taxed && part.cost_line != CostLine::Bought { "*(1-tax_rate)" } else { "" };
    let sign = if part.cost_line.is_receipt() { Figure::ZERO - Figure::ONE } else { Figure::ONE };
    let moves = part.flows.iter().map(|flow| (flow, sign, kept));
    let written = part.written.iter().filter(|_| is_taxed).map(|flow| (flow, Figure::ZERO - Figure::ONE, "*tax_rate"));
    let mut terms = Vec::new();
    for (flow, sign, taxed) in moves.chain(written) {
        let Some(place) = place(flow) else { continue };
        let product = product(scenario, part, flow.amount * sign, grown.factor(flow.grown), inputs)?;
        terms.push(format!("{product}{}{taxed}{place}", grown.words(flow.grown)));
    }
    Some(terms)
}

/// Costs of a year after tax that count where `place` says, as a formula.
pub(super) fn placed(
    scenario: &Scenario,
    plan: &PlanAnalysis,
    inputs: &Inputs,
    t: usize,
    place: Place<'_>,
) -> Option<String> {
    let grown = Grown::of(scenario);
    let here = |flow: &Flow| place(flow).filter(|_| flow.year == t);
    let parts = plan.controls.iter().flat_map(|costs| &costs.parts).filter(|part| !part.cost_line.is_gain());
    let terms = parts.clone().map(|part| after_tax(scenario, part, &grown, &here, inputs));
    let terms: Option<Vec<Vec<String>>> = terms.collect();
    or_locked(terms.map(|terms| format!("={}", added(terms.concat()))), parts, inputs)
}

/// Time saved in a year after tax, as a formula.
pub(super) fn gained(scenario: &Scenario, plan: &PlanAnalysis, inputs: &Inputs, t: usize) -> Option<String> {
    let grown = Grown::of(scenario);
    let kept = if scenario.assumptions().tax_rate.get().is_zero() { "" } else { "*(1-tax_rate)" };
    let parts = plan.controls.iter().flat_map(|costs| &costs.parts).filter(|part| part.cost_line.is_gain());
    let terms: Option<Vec<Vec<String>>> =
        parts.clone().map(|part| in_year(scenario, part, &part.flows, t, Figure::ONE, &grown, inputs)).collect();
    or_locked(terms.map(|terms| format!("=({}){kept}", added(terms.concat()))), parts, inputs)
}

/// The even yearly cost of a plan as a formula; none where it has none or the formula would be too long.
pub(super) fn even_cost(scenario: &Scenario, plan: &PlanAnalysis, inputs: &Inputs) -> Option<String> {
    let means = Values::means(scenario);
    let timing = scenario.assumptions().timing;
    let mut terms = Vec::new();
    for costs in &plan.controls {
        let control = &scenario.controls()[costs.control];
        let life = one_life(scenario, costs.control, &means);
        let years = control.lifetime.map_or(1.0, |life| f64::from_decimal(life.years()));
        let early = if timing == Timing::MidYear { "/(1+discount_rate)^0.5" } else { "" };
        let span = written(years);
        let level = format!("*IF(discount_rate=0,1/{span},discount_rate/(1-(1+discount_rate)^-{span})){early}");
        if !has_even_cost(scenario, control) {
            return None;
        }
        let worth = |flow: &Flow| {
            let time = f64::from_decimal(flow.time(timing));
            Some(if time == 0.0 { String::new() } else { format!("/(1+discount_rate)^{}", written(time)) })
        };
        let (even, later) = even_and_uneven(scenario, control, &life);
        let listed = control.cost.yearly.as_ref().map_or(1, |running| running.estimates().len());
        if listed > 1 && even.iter().any(|part| part.cost_line == CostLine::Running) {
            // A list of equal amounts: were one of them changed, the list would be even no more.
            return None;
        }
        for part in even {
            let whole = part.flows.first().map(|flow| {
                let length = Figure::exact(flow.to - flow.from);
                Flow { amount: flow.amount.ratio(length).unwrap_or(Figure::ZERO), ..*flow }
            });
            let part = CostPart { flows: whole.into_iter().collect(), ..part.clone() };
            terms.extend(after_tax(scenario, &part, &Grown::none(), &|_| Some(String::new()), inputs)?);
        }
        let mut uneven = Vec::new();
        for part in later {
            uneven.extend(after_tax(scenario, part, &Grown::none(), &worth, inputs)?);
        }
        if !uneven.is_empty() {
            terms.push(format!("({}){level}", added(uneven)));
        }
    }
    let premium = plan.investment.premiums.get(1).filter(|premium| !premium.is_zero());
    terms.extend(premium.map(|premium| format!("{}*(1-tax_rate)", written(premium.to_f64()))));
    Some(format!("={}", added(terms))).filter(|formula| formula.len() <= LONGEST)
}
