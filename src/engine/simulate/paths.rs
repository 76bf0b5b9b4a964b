//! How often does a plan pay back?
//!
//! A path is one world kept over the horizon. Its year t has rates × (1 + g)^(t − 1) and losses ×
//! (1 + g)^(t − 1); controls start and ramp up at their time, so that an event meets them as strong
//! as they then are; costs are those of the world. Today and the plan meet the same events. The plan
//! has paid back where loss avoided less cost and premiums, at today's worth, is above zero.

use rayon::prelude::*;

use crate::engine::after_tax;
use crate::engine::cashflow::{begins, premiums};
use crate::engine::money::costs::{control_costs, growth};
use crate::engine::money::flows::{Discounting, Flow};
use crate::engine::values::Values;
use crate::engine::{ByOption, OptionId};
use crate::model::{ByRisk, PlanId};
use crate::units::Figure;

use super::MOST_VARIANTS;
use super::annual::years_of;
use super::block::{BLOCK, Machine, Outcome, Period, Space, Task};
use super::case::Case;
use super::group::Group;
use super::layout::Symbols;
use super::outline::{Options, Outline, outlines};
use super::policy::Transfer;
use super::symbol::{Arena, Columns, Symbol};

/// Names the draws of what is not known.
const WORLD: &str = "path world";
/// Names the events of a path.
const PATH: &str = "path";
/// What a sum of flows may be off by, relative to the largest.
const ROUNDING: f64 = 1e-12;
/// Groups that are simulated at once.
const TOGETHER: usize = 64;

/// The paths of every plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paths {
    /// How many.
    pub paths: usize,
    /// By plan, in the order asked: its net present value on each path.
    pub values: ByOption<Vec<f64>>,
}

impl Paths {
    /// The chance that a plan pays back, with its standard error.
    pub fn chance_of_paying_back(&self, plan: OptionId) -> Option<(f64, f64)> {
        let values = self.values.get(plan)?;
        let n = values.len() as f64;
        // What pays back exactly pays back, but for the rounding of a sum.
        let largest = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        let above = values.iter().filter(|value| **value >= -ROUNDING * largest).count() as f64;
        let chance = above / n;
        let error = if above == 0.0 || above == n { 1.0 / n } else { (chance * (1.0 - chance) / n).sqrt() };
        (n > 0.0).then_some((chance, error))
    }

    /// The net present values that a path stays below with these chances.
    pub fn quantiles<const N: usize>(&self, plan: OptionId, levels: [f64; N]) -> Option<[f64; N]> {
        let mut sorted = self.values.get(plan).filter(|values| !values.is_empty())?.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let rank = |level: f64| (level * sorted.len() as f64).ceil() as usize;
        Some(levels.map(|level| sorted[rank(level).clamp(1, sorted.len()) - 1]))
    }
}

/// Every plan on so many paths.
pub fn paths(case: &Case<'_, '_>, plans: &[PlanId], paths: usize) -> Paths {
    let lots = plans.chunks(MOST_VARIANTS - 1);
    Paths { paths, values: lots.flat_map(|lot| lot_values(case, lot, paths)).collect() }
}

fn lot_values(case: &Case<'_, '_>, plans: &[PlanId], paths: usize) -> Vec<Vec<f64>> {
    let options: Vec<Option<PlanId>> = std::iter::once(None).chain(plans.iter().copied().map(Some)).collect();
    let of = Options { plans: &options, timed: true };
    // Where no plan changes anything, nothing is avoided.
    let outlines: Vec<Outline> =
        outlines(case.model, of).into_iter().filter(|outline| outline.shown_by.len() > 1).collect();
    let arena = Arena::default();
    let symbols = Symbols::new(&arena, case.model, case.knowledge);
    let mut values = costs(case, &symbols, plans, paths);
    let periods = periods(case);
    let worth: Vec<_> = plans.iter().map(|plan| worth(case, *plan)).collect();
    let blocks = paths.div_ceil(BLOCK);
    for lot in outlines.chunks(TOGETHER) {
        let groups: Vec<Group> = lot.iter().map(|outline| symbols.group(outline, of)).collect();
        let machines: Vec<Machine<'_>> = groups
            .par_iter()
            .map(|group| {
                let tables = group.tables(case.knowledge, &case.samplers, case.seed, WORLD);
                Machine::new(group, tables, &case.samplers)
            })
            .collect();
        // By block, by plan, by path: the worth of the loss avoided.
        let found: Vec<Vec<Vec<f64>>> = (0..blocks)
            .into_par_iter()
            .map_init(Space::default, |space, block| {
                let here = years_of(block, paths);
                let mut avoided = vec![vec![0.0; here]; plans.len()];
                if case.model.is_stopped() {
                    return avoided;
                }
                for (machine, outline) in machines.iter().zip(lot) {
                    avoid(case, machine, outline, &periods, &worth, block, space, &mut avoided);
                }
                avoided
            })
            .collect();
        for (block, avoided) in found.iter().enumerate() {
            for (values, avoided) in values.iter_mut().zip(avoided) {
                values[block * BLOCK..].iter_mut().zip(avoided).for_each(|(value, avoided)| *value += avoided);
            }
        }
    }
    values
}

/// The years of the horizon.
fn periods(case: &Case<'_, '_>) -> Vec<Period> {
    let assumptions = case.model.scenario().assumptions();
    let losses = growth(assumptions.growth.losses.get(), assumptions.horizon);
    let rates = growth(assumptions.growth.rates.get(), assumptions.horizon);
    (1..=assumptions.horizon)
        .map(|t| Period { begins: Some((t - 1) as f64), rates: rates[t].to_f64(), losses: losses[t].to_f64() })
        .collect()
}

/// By year: what a loss that a plan avoids is worth today, after tax.
fn worth(case: &Case<'_, '_>, plan: PlanId) -> ByRisk<Vec<f64>> {
    let scenario = case.model.scenario();
    let discounting = Discounting::of(scenario.assumptions());
    let kept = after_tax(scenario);
    let mut worth = scenario.risks().every(Vec::new());
    for cluster in case.model.clusters() {
        let begins = begins(case.model, &scenario.plans()[plan], cluster);
        let flows = (1..=scenario.assumptions().horizon).map(|t| Flow::over(t, begins, kept));
        let factors: Vec<f64> = flows.map(|flow| discounting.worth(&flow).to_f64()).collect();
        cluster.risks.iter().for_each(|risk| worth[*risk].clone_from(&factors));
    }
    worth
}

/// Adds what a group's risks cost less under each plan in a block of paths.
#[expect(clippy::too_many_arguments, reason = "what is the same for all blocks, and what is this block's")]
fn avoid(
    case: &Case<'_, '_>,
    machine: &Machine<'_>,
    outline: &Outline,
    periods: &[Period],
    worth: &[ByRisk<Vec<f64>>],
    block: usize,
    space: &mut Space,
    avoided: &mut [Vec<f64>],
) {
    let group = machine.group;
    let paths = avoided.first().map_or(0, Vec::len);
    let columns = group.risks.len() * group.variants;
    let (mut net, mut transfers) = (vec![0.0; columns * paths], vec![Transfer::default(); columns]);
    for (t, period) in periods.iter().enumerate() {
        let task = Task {
            seed: case.seed,
            run: PATH,
            block: block as u64,
            luck: (t as u64) << 40 | block as u64,
            first: 0,
            years: paths,
            wanted: None,
            period: *period,
        };
        machine.run(&task, space, &mut Outcome { first: 0, net: &mut net, transfers: &mut transfers });
        for (plan, avoided) in avoided.iter_mut().enumerate() {
            let variant = outline.variant_of[plan + 1];
            let today = outline.variant_of[0];
            for risk in (0..group.risks.len()).filter(|_| variant != today) {
                let worth = worth[plan][outline.risks[risk]][t];
                let column = |variant: usize| &net[(risk * group.variants + variant) * paths..][..paths];
                for ((sum, before), after) in avoided.iter_mut().zip(column(today)).zip(column(variant)) {
                    *sum += worth * (before - after);
                }
            }
        }
    }
}

/// What each plan costs in each world, premiums included, as a negative value.
fn costs(case: &Case<'_, '_>, symbols: &Symbols<'_, '_>, plans: &[PlanId], paths: usize) -> Vec<Vec<f64>> {
    let (program, operands, unknowns) = case.program(plans.iter().map(|plan| cost(case, symbols, *plan)), WORLD);
    let mut values: Vec<Vec<f64>> = plans.iter().map(|_| Vec::with_capacity(paths)).collect();
    let mut columns = Columns::default();
    for block in 0..paths.div_ceil(BLOCK) {
        let worlds: Vec<u32> = (0..years_of(block, paths) as u32).collect();
        program.run(&unknowns, block as u64, &worlds, &mut columns);
        for (values, operand) in values.iter_mut().zip(&operands) {
            values.extend((0..worlds.len()).map(|world| -columns.get(*operand, world)));
        }
    }
    values
}

/// The present value of a plan's cost.
fn cost<'a>(case: &Case<'_, '_>, symbols: &Symbols<'a, '_>, plan: PlanId) -> Symbol<'a> {
    let scenario = case.model.scenario();
    let discounting = Discounting::of(scenario.assumptions());
    // Costs are sums of products: what each is multiplied by is what it costs at one.
    let ones: Values<Figure> = case.knowledge.means().mapped(|_, _| Figure::ONE, |_| Figure::ONE);
    let premiums = discounting.present_value(&Flow::by_years(&premiums(scenario, plan)));
    let mut cost = Symbol::Known((premiums * after_tax(scenario)).to_f64());
    for planned in &scenario.plans()[plan].controls {
        for (estimates, worth) in control_costs(scenario, *planned, &ones).terms(&discounting) {
            let numbers = estimates.iter().map(|id| symbols.values.get(*id));
            cost = cost + numbers.fold(Symbol::Known(worth.to_f64()), |product, number| product * number);
        }
    }
    cost
}
