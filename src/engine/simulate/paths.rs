//! How often does a plan pay back?
//!
//! A path is one world kept over the horizon. Its year t has rates × (1 + g)^(t − 1) and losses ×
//! (1 + g)^(t − 1); controls start and ramp up at their time, so that an event meets them as strong
//! as they then are; costs are those of the world. Today and the plan meet the same events. The plan
//! has paid back where loss avoided less cost and premiums, at today's worth, is above zero.

use rayon::prelude::*;

use crate::engine::cashflow::{control_costs, growth};
use crate::engine::discount;
use crate::engine::invest::present_value;
use crate::engine::values::Values;
use crate::model::EstimateId;
use crate::units::{Arithmetic, Figure};

use super::block::{BLOCK, Machine, Outcome, Period, Space, Task};
use super::case::Case;
use super::layout::{Group, MOST_VARIANTS, Options, Outline, Symbols, drawn, outlines};
use super::symbol::{Arena, Columns, Program, Symbol};

/// Names the draws of what is not known.
const WORLD: &str = "path world";
/// Names the events of a path.
const PATH: &str = "path";
/// Groups that are simulated at once.
const TOGETHER: usize = 64;

/// The part of paths above zero, with its standard error.
pub fn chance_above_zero(values: &[f64]) -> Option<(f64, f64)> {
    let n = values.len() as f64;
    let above = values.iter().filter(|value| **value > 0.0).count() as f64;
    let chance = above / n;
    let error = if above == 0.0 || above == n { 1.0 / n } else { (chance * (1.0 - chance) / n).sqrt() };
    (n > 0.0).then_some((chance, error))
}

/// The net present value of each plan, by path; so many that their years are about `years`.
pub fn present_values(case: &Case<'_, '_>, plans: &[usize], years: usize) -> Vec<Vec<f64>> {
    let horizon = case.model.scenario().assumptions().horizon.max(1);
    let paths = (years / horizon).max(1);
    let mut values = Vec::with_capacity(plans.len());
    for lot in plans.chunks(MOST_VARIANTS - 1) {
        values.extend(lot_values(case, lot, paths));
    }
    values
}

fn lot_values(case: &Case<'_, '_>, plans: &[usize], paths: usize) -> Vec<Vec<f64>> {
    let options: Vec<Option<usize>> = std::iter::once(None).chain(plans.iter().copied().map(Some)).collect();
    let of = Options { plans: &options, timed: true };
    // Where no plan changes anything, nothing is avoided.
    let outlines: Vec<Outline> =
        outlines(case.model, of).into_iter().filter(|outline| outline.shown_by.len() > 1).collect();
    let arena = Arena::default();
    let symbols = Symbols::new(&arena, case.model, case.knowledge);
    let mut values = costs(case, &symbols, plans, paths);
    let periods = periods(case);
    for lot in outlines.chunks(TOGETHER) {
        let groups: Vec<Group> = lot.iter().map(|outline| symbols.group(outline, of)).collect();
        let machines: Vec<Machine<'_>> = groups
            .par_iter()
            .map(|group| {
                let tables = group.tables(case.knowledge, &case.samplers, case.seed, WORLD);
                Machine::new(group, tables, &case.samplers)
            })
            .collect();
        let blocks: Vec<Vec<Vec<f64>>> = (0..paths.div_ceil(BLOCK))
            .into_par_iter()
            .map_init(Space::default, |space, block| {
                let here = (paths - block * BLOCK).min(BLOCK);
                let mut avoided = vec![vec![0.0; here]; plans.len()];
                for (machine, outline) in machines.iter().zip(lot) {
                    avoid(case, machine, outline, &periods, block, space, &mut avoided);
                }
                avoided
            })
            .collect();
        for (block, avoided) in blocks.iter().enumerate() {
            for (values, avoided) in values.iter_mut().zip(avoided) {
                values[block * BLOCK..].iter_mut().zip(avoided).for_each(|(value, avoided)| *value += avoided);
            }
        }
    }
    values
}

/// The years of the horizon with the worth today of what is lost in them.
fn periods(case: &Case<'_, '_>) -> Vec<(Period, f64)> {
    let scenario = case.model.scenario();
    let assumptions = scenario.assumptions();
    let losses = growth(assumptions.growth.losses.get(), assumptions.horizon);
    let rates = growth(assumptions.growth.rates.get(), assumptions.horizon);
    let discount = discount(scenario);
    (1..=assumptions.horizon)
        .map(|t| {
            let period = Period { begins: Some((t - 1) as f64), rates: rates[t].to_f64(), losses: losses[t].to_f64() };
            (period, discount[t].to_f64())
        })
        .collect()
}

/// Adds what a group's risks cost less under each plan in a block of paths.
fn avoid(
    case: &Case<'_, '_>,
    machine: &Machine<'_>,
    outline: &Outline,
    periods: &[(Period, f64)],
    block: usize,
    space: &mut Space,
    avoided: &mut [Vec<f64>],
) {
    let group = machine.group;
    let paths = avoided.first().map_or(0, Vec::len);
    let columns = group.risks.len() * group.variants;
    let (mut net, mut paid) = (vec![0.0; columns * paths], vec![0.0; columns]);
    for (t, (period, worth)) in periods.iter().enumerate() {
        let task = Task {
            seed: case.seed,
            run: PATH,
            block: block as u64,
            luck: (t as u64) << 40 | block as u64,
            years: paths,
            wanted: None,
            period: *period,
        };
        machine.run(&task, space, &mut Outcome { first: 0, net: &mut net, paid: &mut paid });
        for (plan, avoided) in avoided.iter_mut().enumerate() {
            let variant = outline.variant_of[plan + 1];
            let today = outline.variant_of[0];
            for risk in (0..group.risks.len()).filter(|_| variant != today) {
                let column = |variant: usize| &net[(risk * group.variants + variant) * paths..][..paths];
                for ((sum, before), after) in avoided.iter_mut().zip(column(today)).zip(column(variant)) {
                    *sum += worth * (before - after);
                }
            }
        }
    }
}

/// What each plan costs in each world, premiums included, as a negative value.
fn costs(case: &Case<'_, '_>, symbols: &Symbols<'_, '_>, plans: &[usize], paths: usize) -> Vec<Vec<f64>> {
    let (mut program, operands) = Program::new(plans.iter().map(|plan| cost(case, symbols, *plan)));
    let mut used: Vec<usize> = program.unknowns().collect();
    used.sort_unstable();
    program.rename(|unknown| used.binary_search(&unknown).unwrap_or(0));
    let unknowns = used.iter().map(|unknown| &case.knowledge.unknowns()[*unknown]);
    let unknowns = drawn(case.knowledge, unknowns, &case.samplers, case.seed, WORLD);
    let mut values: Vec<Vec<f64>> = plans.iter().map(|_| Vec::with_capacity(paths)).collect();
    let mut columns = Columns::default();
    for block in 0..paths.div_ceil(BLOCK) {
        let worlds: Vec<u32> = (0..(paths - block * BLOCK).min(BLOCK) as u32).collect();
        program.run(&unknowns, block as u64, &worlds, &mut columns);
        for (values, operand) in values.iter_mut().zip(&operands) {
            values.extend((0..worlds.len()).map(|world| -columns.get(*operand, world)));
        }
    }
    values
}

/// The present value of a plan's cost.
fn cost<'a>(case: &Case<'_, '_>, symbols: &Symbols<'a, '_>, plan: usize) -> Symbol<'a> {
    let scenario = case.model.scenario();
    let assumptions = scenario.assumptions();
    let discount = discount(scenario);
    // Costs are sums of products: what each is multiplied by is what it costs at one.
    let ones: Values<Figure> = case.knowledge.means().mapped(|_, _| Figure::ONE, |_| Figure::ONE);
    let mut cost = Symbol::Known(premiums(case, plan));
    for planned in &scenario.plans()[plan].controls {
        let control = &scenario.controls()[planned.control];
        let each = control_costs(assumptions, control, *planned, &ones);
        let mut add = |flows: &[Figure], sign: f64, ids: &[Option<EstimateId>]| {
            let Some(numbers) = ids.iter().map(|id| id.map(|id| symbols.values.get(id))).collect::<Option<Vec<_>>>()
            else {
                return;
            };
            let worth = Symbol::Known(sign * present_value(flows, &discount).to_f64());
            cost = cost + numbers.into_iter().fold(worth, |product, number| product * number);
        };
        let parts = &control.cost;
        add(&each.initial, 1.0, &[parts.initial]);
        add(&each.yearly, 1.0, &[parts.yearly]);
        add(&each.people, 1.0, &[parts.people.map(|people| people.time), parts.people.map(|people| people.rate)]);
        let friction = parts.friction;
        add(&each.friction, 1.0, &[friction.map(|friction| friction.time), friction.map(|friction| friction.rate)]);
        add(&each.retired, -1.0, &[parts.retired]);
        add(&each.salvage, -1.0, &[control.salvage]);
    }
    cost
}

/// What the policies of a plan cost more than those of today.
fn premiums(case: &Case<'_, '_>, plan: usize) -> f64 {
    let scenario = case.model.scenario();
    let assumptions = scenario.assumptions();
    let growth = growth(assumptions.growth.costs.get(), assumptions.horizon);
    let yearly: f64 = growth.iter().zip(discount(scenario)).skip(1).map(|(g, d)| g.to_f64() * d.to_f64()).sum();
    let in_force = |option: Option<usize>| -> f64 {
        let policies = scenario.insurance().iter();
        let policies = policies.filter(|policy| policy.plans.as_ref().is_none_or(|plans| plans.contains(&option)));
        policies.map(|policy| f64::from_decimal(policy.premium.get())).sum()
    };
    yearly * (in_force(Some(plan)) - in_force(None))
}
