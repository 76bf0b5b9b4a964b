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

use super::costs::{CostLine, CostPart, one_life};
use super::flows::Discounting;
use crate::engine::values::Values;
use crate::model::{Control, ControlId, Plan, Running, Scenario, Timing};
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

/// Whether a control has an even yearly cost: it runs evenly, or the file says how long it lasts.
pub fn has_even_cost(control: &Control) -> bool {
    let is_list = control.cost.yearly.as_ref().is_some_and(|running| !matches!(running, Running::Even(_)));
    let ends = control.ends.is_some();
    control.lifetime.is_some() || ends || !is_list && control.cost.initial.is_none() && control.salvage.is_none()
}

/// The even yearly cost of one control.
pub fn of_control(scenario: &Scenario, index: ControlId, values: &Values<Figure>) -> Option<Figure> {
    let control = &scenario.controls()[index];
    if !has_even_cost(control) {
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
    let (even, uneven): (Vec<&CostPart>, Vec<&CostPart>) =
        costs.parts.iter().filter(|part| !part.cost_line.is_gain()).partition(|part| is_even(control, part));
    let a_year = |part: &CostPart| -> Option<Figure> {
        let Some(first) = part.after_tax(tax).next() else { return Some(Figure::ZERO) };
        first.amount.ratio(Figure::exact(first.to - first.from))
    };
    let even: Figure = even.into_iter().map(a_year).sum::<Option<Figure>>()?;
    let Some(life) = life else { return Some(even) };
    let worth: Figure = uneven.iter().flat_map(|part| part.after_tax(tax)).map(|flow| discounting.worth(&flow)).sum();
    Some(even + worth * level(rate, life, &discounting)?)
}

/// Whether a part is the same amount every year.
pub fn is_even(control: &Control, part: &CostPart) -> bool {
    match part.cost_line {
        CostLine::Running => matches!(control.cost.yearly, Some(Running::Even(_))),
        CostLine::People | CostLine::Friction | CostLine::Retired => true,
        _ => false,
    }
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
