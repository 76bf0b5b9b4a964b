//! How much of the spread is luck, and how much would knowing more take away?
//!
//! Var(E[S | world]) / Var(S). The mean of a world is a formula ([`LossModel::given`]), worked out
//! for many worlds at once. Under a policy it is none; there two years of the same world tell: their
//! covariance is Var(E[S | world]).
//!
//! [`LossModel::given`]: crate::engine::loss::LossModel::given

use rayon::prelude::*;

use crate::stats::rng::mixed;
use crate::stats::sampling::Sample;
use crate::units::Arithmetic;

use super::annual::{Run, years_of};
use super::block::{BLOCK, Outcome, Space, Task};
use super::group::drawn;
use super::layout::Symbols;
use super::policy::Transfer;
use super::symbol::{Columns, Operand, Program, Symbol};

/// Blocks of worlds whose mean is worked out.
const FORMULA_BLOCKS: usize = 16;
/// Blocks of worlds that have a second year.
const PAIR_BLOCKS: usize = 64;

/// By option.
pub fn knowledge_shares(
    run: &Run<'_, '_, '_>,
    symbols: &Symbols<'_, '_>,
    losses: &[Vec<f64>],
    samples: &[Sample],
) -> Vec<Option<f64>> {
    let insured: Vec<bool> = (0..run.options.len())
        .map(|option| {
            let in_force = |(group, outline): (&super::group::Group, &super::outline::Outline)| {
                group.policies.iter().any(|policy| policy.variants >> outline.variant_of[option] & 1 == 1)
            };
            run.groups.iter().zip(run.outlines).any(in_force)
        })
        .collect();
    let of_worlds = variances_of_means(run, symbols);
    let covariances = if insured.contains(&true) { pair_covariances(run, losses) } else { Vec::new() };
    samples
        .iter()
        .enumerate()
        .map(|(option, sample)| {
            let deviation = sample.standard_deviation.value;
            let known = if insured[option] { covariances[option] } else { of_worlds[option] };
            (deviation > 0.0).then(|| (known / (deviation * deviation)).clamp(0.0, 1.0))
        })
        .collect()
}

/// The variance of the mean of a world, by option.
fn variances_of_means(run: &Run<'_, '_, '_>, symbols: &Symbols<'_, '_>) -> Vec<f64> {
    let model = run.case.model;
    let scenario = model.scenario();
    let means: Vec<Symbol<'_>> = run
        .options
        .iter()
        .map(|plan| {
            let bought = |control: usize| {
                let planned = plan.map_or(&[][..], |plan| &scenario.plans()[plan].controls);
                planned.iter().any(|planned| planned.control == control).then_some(Symbol::ONE)
            };
            let clusters = model.clusters().iter();
            let risks = clusters.flat_map(|cluster| model.given(cluster, &symbols.values, &bought, &|_, _, _| true));
            risks.fold(Symbol::ZERO, |sum, risk| sum + risk.annual_loss)
        })
        .collect();
    let (mut program, operands) = Program::new(means);
    let mut used: Vec<usize> = program.unknowns().collect();
    used.sort_unstable();
    program.rename(|unknown| used.binary_search(&unknown).unwrap_or(0));
    let knowledge = run.case.knowledge;
    let unknowns = used.iter().map(|unknown| &knowledge.unknowns()[*unknown]);
    let unknowns = drawn(knowledge, unknowns, &run.case.samplers, run.case.seed, "world");
    let blocks = run.years.div_ceil(BLOCK).min(FORMULA_BLOCKS);
    let all: Vec<u32> = (0..BLOCK as u32).collect();
    // (mean, sum of squares) of a block by option; merged in the order of the blocks.
    let moments: Vec<Vec<(f64, f64)>> = (0..blocks)
        .into_par_iter()
        .map_init(Columns::default, |columns, block| {
            program.run(&unknowns, block as u64, &all, columns);
            operands.iter().map(|operand| moments(columns, *operand)).collect()
        })
        .collect();
    (0..operands.len())
        .map(|option| {
            let n = blocks as f64;
            let mean = moments.iter().map(|block| block[option].0).sum::<f64>() / n;
            let within = moments.iter().map(|block| block[option].1).sum::<f64>();
            let between: f64 = moments.iter().map(|block| (block[option].0 - mean) * (block[option].0 - mean)).sum();
            (within + between * BLOCK as f64) / (n * BLOCK as f64)
        })
        .collect()
}

fn moments(columns: &Columns, operand: Operand) -> (f64, f64) {
    match columns.column(operand) {
        Err(known) => (known, 0.0),
        Ok(column) => {
            let mean = column.iter().sum::<f64>() / column.len() as f64;
            (mean, column.iter().map(|x| (x - mean) * (x - mean)).sum())
        }
    }
}

/// The covariance of two years of the same world, by option.
fn pair_covariances(run: &Run<'_, '_, '_>, losses: &[Vec<f64>]) -> Vec<f64> {
    let blocks = run.years.div_ceil(BLOCK).min(PAIR_BLOCKS);
    let years = run.years.min(blocks * BLOCK);
    let options = run.options.len();
    let mut second = vec![vec![0.0; years]; options];
    for (place, group) in run.groups.iter().enumerate() {
        let columns = group.risks.len() * group.variants;
        let again: Vec<Vec<f64>> = run.with_machine(place, |machine| {
            (0..blocks)
                .into_par_iter()
                .map_init(
                    || (Space::default(), vec![0.0; columns * BLOCK], vec![Transfer::default(); columns]),
                    |(space, net, transfers), block| {
                        let here = years_of(block, run.years);
                        if run.case.model.is_stopped() {
                            return vec![0.0; options * here];
                        }
                        let net = &mut net[..columns * here];
                        // The same worlds, other events.
                        let task = Task { luck: mixed(!(block as u64)), ..run.task(block) };
                        machine.run(&task, space, &mut Outcome { first: 0, net, transfers });
                        let mut sums = vec![0.0; options * here];
                        for (option, sums) in sums.chunks_mut(here).enumerate() {
                            let variant = run.outlines[place].variant_of[option];
                            for risk in 0..group.risks.len() {
                                let losses = &net[(risk * group.variants + variant) * here..][..here];
                                sums.iter_mut().zip(losses).for_each(|(sum, loss)| *sum += loss);
                            }
                        }
                        sums
                    },
                )
                .collect()
        });
        for (block, sums) in again.iter().enumerate() {
            let here = years_of(block, run.years);
            for (second, sums) in second.iter_mut().zip(sums.chunks(here)) {
                second[block * BLOCK..][..here].iter_mut().zip(sums).for_each(|(sum, loss)| *sum += loss);
            }
        }
    }
    let n = years as f64;
    losses
        .iter()
        .zip(&second)
        .map(|(first, second)| {
            let first = &first[..years];
            let (a, b) = (first.iter().sum::<f64>() / n, second.iter().sum::<f64>() / n);
            first.iter().zip(second).map(|(x, y)| (x - a) * (y - b)).sum::<f64>() / n
        })
        .collect()
}
