//! How much of the spread is luck, and how much would knowing more take away?
//!
//! Var(E[S | world]) / Var(S). The mean of a world is a formula ([`LossModel::given`]), worked out
//! for many worlds at once. Under a policy it is none; there two years of the same world tell: their
//! covariance is Var(E[S | world]).
//!
//! [`LossModel::given`]: crate::engine::loss::LossModel::given

use rayon::prelude::*;

use crate::engine::system::Cluster;
use crate::model::{ControlId, PlanId};
use crate::stats::rng::mixed;
use crate::stats::sampling::Sample;
use crate::units::Arithmetic;

use super::annual::{Run, WORLD, years_of};
use super::block::{BLOCK, Outcome, Space, Task};
use super::layout::Symbols;
use super::policy::Transfer;
use super::symbol::{Columns, Symbol};

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
    // Each cluster runs on its own: its columns are few, and are used while they are near.
    let clusters = run.case.model.clusters().iter();
    let programs: Vec<_> = clusters.map(|cluster| run.case.program(means(run, symbols, cluster), WORLD)).collect();
    let blocks = run.years.div_ceil(BLOCK).min(FORMULA_BLOCKS);
    let all: Vec<u32> = (0..BLOCK as u32).collect();
    // (mean, sum of squares) of a block by option; merged in the order of the blocks.
    let moments: Vec<Vec<(f64, f64)>> = (0..blocks)
        .into_par_iter()
        .map_init(Columns::default, |columns, block| {
            let mut sums = vec![vec![0.0; BLOCK]; run.options.len()];
            for (program, operands, unknowns) in &programs {
                program.run(unknowns, block as u64, &all, columns);
                for (sums, operand) in sums.iter_mut().zip(operands) {
                    // What is the same in every world spreads nothing.
                    let column = columns.column(*operand).unwrap_or_default();
                    sums.iter_mut().zip(column).for_each(|(sum, mean)| *sum += mean);
                }
            }
            sums.iter().map(|sums| moments(sums)).collect()
        })
        .collect();
    (0..run.options.len())
        .map(|option| {
            let n = blocks as f64;
            let mean = moments.iter().map(|block| block[option].0).sum::<f64>() / n;
            let within = moments.iter().map(|block| block[option].1).sum::<f64>();
            let between: f64 = moments.iter().map(|block| (block[option].0 - mean) * (block[option].0 - mean)).sum();
            (within + between * BLOCK as f64) / (n * BLOCK as f64)
        })
        .collect()
}

/// The mean loss of a cluster's risks together, by option.
fn means<'a>(run: &Run<'_, '_, '_>, symbols: &Symbols<'a, '_>, cluster: &Cluster) -> Vec<Symbol<'a>> {
    let model = run.case.model;
    let scenario = model.scenario();
    let of = |plan: &Option<PlanId>| {
        let bought = |control: ControlId| {
            let planned = plan.map_or(&[][..], |plan| &scenario.plans()[plan].controls);
            planned.iter().any(|planned| planned.control == control).then_some(Symbol::ONE)
        };
        let risks = model.given(cluster, &symbols.values, &bought, &|_, _, _| true);
        risks.into_iter().fold(Symbol::ZERO, |sum, risk| sum + risk.annual_loss)
    };
    run.options.iter().map(of).collect()
}

fn moments(numbers: &[f64]) -> (f64, f64) {
    let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
    (mean, numbers.iter().map(|x| (x - mean) * (x - mean)).sum())
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
