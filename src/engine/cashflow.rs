//! What is lost in which year?
//!
//! Index 0 is now; index t stands for year t. The loss of a year is the integral over the year of the
//! mean loss under the controls in force; where effects ramp up it is a polynomial in time (of one degree
//! for every control, and for every link of a chain that it acts on), so Romberg's rule gives it
//! exactly. See `docs/model/cash-flow.md`.

use rust_decimal::Decimal;

use super::loss::LossModel;
use super::money::costs::growth;
use super::system::Cluster;
use super::values::Values;
use crate::model::{Change, Control, ControlId, Plan, PlanId, PlannedControl, Scenario};
use crate::units::{Arithmetic, Figure};

/// What the policies of a plan cost more than those of today, by year, before tax; index 0 is now.
pub fn premiums(scenario: &Scenario, plan: PlanId) -> Vec<Figure> {
    let assumptions = scenario.assumptions();
    let in_force = |option: Option<PlanId>| -> Figure {
        let policies = scenario.insurance().iter().filter(|policy| policy.is_in_force(option));
        policies.map(|policy| Figure::exact(policy.premium.get())).sum()
    };
    let more = in_force(Some(plan)) - in_force(None);
    let growth = growth(assumptions.growth.costs.get(), assumptions.horizon);
    growth.into_iter().enumerate().map(|(t, growth)| if t == 0 { Figure::ZERO } else { more * growth }).collect()
}

/// How strong a control is at a time in years: 0 before its start, 1 after its ramp.
fn strength_at(control: &Control, start: Decimal, time: Decimal) -> Decimal {
    let ramp = control.ramp.years();
    if time < start {
        Decimal::ZERO
    } else if ramp.is_zero() || time >= start + ramp {
        Decimal::ONE
    } else {
        (time - start).checked_div(ramp).unwrap_or(Decimal::ONE)
    }
}

/// When a plan begins to change the loss of a cluster of risks, in years from now.
///
/// A control that takes off nothing changes nothing.
pub fn begins(model: &LossModel<'_>, plan: &Plan, cluster: &Cluster) -> Decimal {
    let scenario = model.scenario();
    let takes_off = |change: Change| match change {
        Change::Reduction(id) => !scenario.estimate(id).mean().is_zero(),
        Change::Becomes(_) => true,
    };
    let acts = |planned: &&PlannedControl| {
        let mut actions = cluster.risks.iter().flat_map(|risk| model.actions(*risk));
        actions.any(|action| {
            action.control == planned.control && action.effects.iter().any(|effect| takes_off(effect.change))
        })
    };
    plan.controls.iter().filter(acts).map(|planned| planned.start).min().unwrap_or(Decimal::ZERO)
}

/// The mean loss of a cluster of risks in each year under a plan, at today's rates and prices.
///
/// Index 0 holds nothing.
pub fn yearly_loss<N: Arithmetic>(model: &LossModel<'_>, plan: &Plan, cluster: &Cluster, values: &Values<N>) -> Vec<N> {
    let scenario = model.scenario();
    let acting: Vec<(PlannedControl, &Control)> = plan
        .controls
        .iter()
        .filter(|planned| {
            cluster.risks.iter().any(|&risk| model.actions(risk).iter().any(|a| a.control == planned.control))
        })
        .map(|planned| (*planned, &scenario.controls()[planned.control]))
        .collect();
    // The limit from the right or from the left: a control without ramp jumps at its start.
    let at = |time: Decimal, right: bool| {
        let strength = |control: ControlId| {
            let (planned, item) = acting.iter().find(|(planned, _)| planned.control == control)?;
            let before = time < planned.start || (time == planned.start && !right);
            let strength = if before { Decimal::ZERO } else { strength_at(item, planned.start, time) };
            Some(N::from_decimal(strength))
        };
        let means = model.means(cluster, values, &strength, &|_, _, _| true);
        means.iter().fold(N::ZERO, |sum, risk| sum + risk.annual_loss)
    };
    let steady_from =
        acting.iter().map(|(planned, item)| planned.start + item.ramp.years()).max().unwrap_or(Decimal::ZERO);
    let mut steady = None;
    let mut losses = vec![N::ZERO];
    for t in 1..=scenario.assumptions().horizon {
        let (from, to) = (Decimal::from(t - 1), Decimal::from(t));
        losses.push(if steady_from <= from {
            *steady.get_or_insert_with(|| at(from, true))
        } else {
            year(&acting, cluster.depth, from, to, &at)
        });
    }
    losses
}

/// The integral of the loss over a year in which controls start or ramp up.
fn year<N: Arithmetic>(
    acting: &[(PlannedControl, &Control)],
    depth: usize,
    from: Decimal,
    to: Decimal,
    at: &dyn Fn(Decimal, bool) -> N,
) -> N {
    let mut cuts = vec![from, to];
    for (planned, item) in acting {
        cuts.extend(
            [planned.start, planned.start + item.ramp.years()].into_iter().filter(|cut| *cut > from && *cut < to),
        );
    }
    cuts.sort_unstable();
    cuts.dedup();
    let pieces = cuts.windows(2).map(|piece| {
        let (a, b) = (piece[0], piece[1]);
        let ramping =
            acting.iter().filter(|(planned, item)| planned.start < b && a < planned.start + item.ramp.years()).count();
        N::from_decimal(b - a) * romberg(a, b, ramping * depth, at)
    });
    pieces.fold(N::ZERO, |sum, piece| sum + piece)
}

/// The mean of a polynomial over `a..b`, exact for one of this degree.
///
/// Romberg's rule with m halvings is exact up to degree 2m + 1.
fn romberg<N: Arithmetic>(a: Decimal, b: Decimal, degree: usize, at: &dyn Fn(Decimal, bool) -> N) -> N {
    let halvings = degree.saturating_sub(1).div_ceil(2);
    let half = N::from_decimal(Decimal::new(5, 1));
    let mut row = vec![half * (at(a, true) + at(b, false))];
    if degree == 0 {
        return at(a, true);
    }
    for level in 1..=halvings {
        let count = 1_u64 << (level - 1);
        let step = (b - a) / Decimal::from(count);
        let middle = (0..count)
            .map(|index| at(a + step * (Decimal::from(index) + Decimal::new(5, 1)), true))
            .fold(N::ZERO, |sum, value| sum + value);
        let mut next = vec![half * (row[0] + N::from_decimal(Decimal::ONE / Decimal::from(count)) * middle)];
        let mut four = 1_u64;
        for order in 1..=level {
            four *= 4;
            let weight = N::from_decimal(Decimal::ONE / Decimal::from(four - 1));
            let better = next[order - 1] + weight * (next[order - 1] - row[order - 1]);
            next.push(better);
        }
        row = next;
    }
    row.pop().unwrap_or(N::ZERO)
}
