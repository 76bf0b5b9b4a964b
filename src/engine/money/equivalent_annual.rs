//! What does a plan cost a year, whatever the lives of its parts?
//!
//! The even yearly amount that has the present value of one life of a control, begun now and renewed for
//! ever:
//!
//! ```text
//! A = PV(one life) / (1 − v^L) · r        (with v = 1 / (1 + r); PV / L where r is 0)
//! ```
//!
//! for a life of L years, under mid-year timing over √(1 + r), because the even amount is then paid in
//! the middle of its years. Prices are those of today and do not grow; what is written down saves its
//! tax, and salvage comes at the end of the control's own life. What runs evenly is a yearly amount as it
//! is. The horizon does not enter, so that things of unequal lives can be compared. Source: Brealey, Myers,
//! Allen, *Principles of Corporate Finance*, chapter 6. See `docs/model/investment.md`.

use rust_decimal::Decimal;

use super::costs::{ControlCosts, CostLine, CostPart, one_life};
use super::flows::Discounting;
use crate::engine::values::Values;
use crate::model::{Control, ControlId, EstimateId, Plan, Running, Scenario, Timing};
use crate::units::Figure;

/// The even yearly cost of a plan, what its policies cost more than today's included; none where something
/// that it buys names no lifetime.
pub fn equivalent_annual_cost(
    scenario: &Scenario,
    plan: &Plan,
    premiums: Figure,
    values: &Values<Figure>,
) -> Option<Figure> {
    let kept = Figure::ONE - Figure::exact(scenario.assumptions().tax_rate.get());
    let controls = plan.controls.iter().map(|planned| of_control(scenario, planned.control, values));
    Some(premiums * kept + controls.sum::<Option<Figure>>()?)
}

/// Whether a control has an even yearly cost: it runs evenly and nothing is bought, or the file says how long it lasts.
///
/// A purchase or salvage of 0 is none.
pub fn has_even_cost(scenario: &Scenario, control: &Control) -> bool {
    let is_nothing = |id: Option<EstimateId>| id.is_none_or(|id| scenario.estimate(id).mean().is_zero());
    let runs_evenly = control.cost.yearly.as_ref().is_none_or(|running| is_level(scenario, running));
    // What a plan ends was bought long ago.
    let buys_nothing = control.ends.is_some() || is_nothing(control.cost.initial) && is_nothing(control.salvage);
    control.lifetime.is_some() || runs_evenly && buys_nothing
}

/// Whether every amount of a list is the same, so that what follows from it is the same every year.
fn is_level(scenario: &Scenario, running: &Running) -> bool {
    let mut amounts = running.estimates().iter().map(|id| scenario.estimate(*id).mean());
    let first = amounts.next();
    amounts.all(|amount| Some(amount) == first)
}

/// The even yearly cost of one control.
pub fn of_control(scenario: &Scenario, index: ControlId, values: &Values<Figure>) -> Option<Figure> {
    let control = &scenario.controls()[index];
    if !has_even_cost(scenario, control) {
        return None;
    }
    let rate = scenario.assumptions().discount_rate.get();
    let (years, life) = match control.lifetime {
        Some(life) => (usize::try_from(life.years().ceil()).ok()?, Some(life.years())),
        None => (1, None),
    };
    let discounting = Discounting::at(rate, scenario.assumptions().timing, years);
    let costs = one_life(scenario, index, values);
    let tax = costs.tax;
    let (even, uneven) = even_and_uneven(scenario, control, &costs);
    let a_year = |part: &CostPart| -> Option<Figure> {
        let Some(first) = part.after_tax(tax).next() else { return Some(Figure::ZERO) };
        first.amount.ratio(Figure::exact(first.to - first.from))
    };
    let even: Figure = even.into_iter().map(a_year).sum::<Option<Figure>>()?;
    let Some(life) = life else { return Some(even) };
    let worth: Figure = uneven.iter().flat_map(|part| part.after_tax(tax)).map(|flow| discounting.worth(&flow)).sum();
    Some(even + worth * level(rate, life, &discounting)?)
}

/// The parts of a cost that are the same amount every year, and the others; gains are neither.
///
/// Of a list of equal amounts the first stands for all: each goes on where the one before it ends.
pub fn even_and_uneven<'c>(
    scenario: &Scenario,
    control: &Control,
    costs: &'c ControlCosts,
) -> (Vec<&'c CostPart>, Vec<&'c CostPart>) {
    let runs_evenly = control.cost.yearly.as_ref().is_some_and(|running| is_level(scenario, running));
    let is_even = |part: &&CostPart| match part.cost_line {
        CostLine::Running => runs_evenly,
        CostLine::People | CostLine::Friction | CostLine::Retired => true,
        _ => false,
    };
    let parts = costs.parts.iter().filter(|part| !part.cost_line.is_gain());
    let (mut even, uneven): (Vec<&CostPart>, Vec<&CostPart>) = parts.partition(is_even);
    let mut is_told = false;
    even.retain(|part| part.cost_line != CostLine::Running || !std::mem::replace(&mut is_told, true));
    (even, uneven)
}

/// The even yearly amount of one that is spent anew after every life.
fn level(rate: Decimal, life: Decimal, discounting: &Discounting) -> Option<Figure> {
    if rate.is_zero() {
        return Figure::ONE.ratio(Figure::exact(life));
    }
    let level = Figure::exact(rate).ratio(Figure::ONE - discounting.factor(life))?;
    let early = match discounting.timing() {
        Timing::YearEnd => Figure::ONE,
        Timing::MidYear => discounting.factor(Decimal::new(5, 1)),
    };
    Some(level * early)
}
