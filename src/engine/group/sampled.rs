//! The year of an entity that no transform carries, from simulated years for each count of strikes.
//!
//! Annual terms, sublimits, waiting times and several policies on one risk bind what is lost to what is paid. Such an
//! entity is simulated as its own case would be, in years in which the causes of the group strike as often as the count
//! says. Every year is weighted so that the mean is the one that is known exactly. Years dealt out to [`SHIFTS`] parts
//! tell what all of them may be off by. See `docs/model/group.md`.

use std::sync::Arc;

use crate::engine::exact::SHIFTS;
use crate::engine::exact::law::Moments;
use crate::engine::loss::LossModel;
use crate::engine::simulate::{Case, years_given};
use crate::engine::world::Knowledge;
use crate::model::{CauseId, PlanId};
use crate::stats::lattice::{Atoms, Facts, Grid, SAME_AMOUNT, Spectrum, add_amount, add_atom};
use crate::stats::rng::Counter;

use super::year::Strikes;

/// Events and risks in the years of all simulated entities together.
const WORK: f64 = 1.7e7;
/// The fewest and the most years of one entity, for the likeliest count.
const FEWEST: f64 = 104.0;
const MOST: f64 = 131_072.0;
/// An amount that so many years in a thousand come to, and no fewer than so many, is a single one.
const SINGLE: [usize; 2] = [1, 32];
/// Standard errors that the mean of simulated years may be off by before the years are left as they came: then the run
/// says that they do not agree with the average.
const MOST_ERRORS: f64 = 6.0;
/// Steps of the search for the weights.
const STEPS: usize = 40;

/// An entity whose years are simulated.
#[derive(Debug, Clone)]
pub struct Sampled {
    /// The causes that strike it, as the group counts them.
    pub of: Vec<usize>,
    /// By count of these causes.
    by_count: Arc<[Years]>,
    /// How heavy the tail of its heaviest loss is.
    tail_index: f64,
}

/// The years of one count of strikes.
#[derive(Debug)]
struct Years {
    /// By year: what is lost, and its weight.
    losses: Vec<(f64, f64)>,
    /// Amounts that many of them come to, rising.
    single: Vec<f64>,
}

/// What is needed to simulate an entity under an option.
#[derive(Clone, Copy)]
pub struct Setting<'a, 'm> {
    /// The risks and what acts on them.
    pub model: &'m LossModel<'m>,
    /// What is not known.
    pub knowledge: &'a Knowledge<'a>,
    /// Its plan, or today.
    pub plan: Option<PlanId>,
    /// The causes of the group that strike it, as the group and as the case counts them.
    pub causes: &'a [(usize, CauseId)],
    /// How often these strike.
    pub strikes: &'a Strikes,
    /// The seed of this entity.
    pub seed: u64,
}

/// How much a simulated year of an entity takes, whatever the strikes.
pub fn work(model: &LossModel<'_>, knowledge: &Knowledge<'_>) -> f64 {
    let means = model.all_means(knowledge.means(), &|_| None);
    let walked = model.scenario().risks().ids().filter(|risk| !model.is_harmless(*risk, knowledge.means()));
    walked.map(|risk| 1.0 + means[risk].rate).sum()
}

/// How many years each entity is simulated for, where a year of all of them takes so much.
pub fn years(work: f64) -> usize {
    let years = (WORK / work.max(1.0)).clamp(FEWEST, MOST);
    (years as usize).next_multiple_of(SHIFTS as usize)
}

/// A seed for each entity, so that two of them with the same risks have years of their own.
pub fn seed(seed: u64, entity: &str) -> u64 {
    Counter::new(seed, &format!("entity {entity}")).bits(0)
}

impl Sampled {
    /// Simulates an entity; `mean` is its average loss, which is known without years.
    pub fn new(setting: Setting<'_, '_>, years: usize, mean: f64) -> Self {
        let case = Case::new(setting.model, setting.knowledge, setting.seed);
        let of: Vec<usize> = setting.causes.iter().map(|(of, _)| *of).collect();
        let (counts, places) = setting.strikes.of_causes(&of);
        let mut chances = vec![0.0; counts.len()];
        places.iter().zip(&setting.strikes.weights).for_each(|(place, weight)| chances[*place] += weight);
        let mut tail_index: f64 = 0.0;
        let mut all: Vec<Vec<f64>> = Vec::with_capacity(counts.len());
        let likeliest = chances.iter().copied().fold(0.0, f64::max);
        for (count, chance) in counts.iter().zip(&chances) {
            // What seldom comes counts less, but makes the bad years: by the third root.
            let share = libm::cbrt(chance / likeliest);
            let years = ((years as f64 * share) as usize).max(FEWEST as usize).next_multiple_of(SHIFTS as usize);
            let given: Vec<(CauseId, usize)> =
                setting.causes.iter().zip(count).map(|((_, cause), times)| (*cause, *times)).collect();
            let (losses, heaviest) = years_given(&case, setting.plan, &given, years);
            tail_index = tail_index.max(heaviest);
            all.push(losses);
        }
        let weights = weights(&all, &chances, mean);
        let years = |(losses, weights): (Vec<f64>, Vec<f64>)| Years {
            single: single(&losses),
            losses: losses.into_iter().zip(weights).collect(),
        };
        Self { of, by_count: all.into_iter().zip(weights).map(years).collect(), tail_index }
    }

    /// Its moments, by count.
    pub fn moments(&self, half: Option<u64>) -> Vec<Moments> {
        let of = |years: &Years| {
            let mut moments = Moments { first: 0.0, second: 0.0, nothing: 0.0 };
            years.each(half, |loss, weight| {
                moments.first += weight * loss;
                moments.second += weight * loss * loss;
                moments.nothing += if loss > 0.0 { 0.0 } else { weight };
            });
            if self.tail_index >= 0.5 {
                moments.second = f64::INFINITY;
            }
            moments
        };
        self.by_count.iter().map(of).collect()
    }

    /// Its transforms on a grid, by count.
    pub fn spectra(&self, grid: &Grid, half: Option<u64>) -> Vec<Spectrum> {
        let of = |years: &Years| {
            let mut cells = vec![0.0; grid.cells()];
            years.each(half, |loss, weight| add_amount(loss, weight, grid, &mut cells));
            Spectrum::of(&cells, grid)
        };
        self.by_count.iter().map(of).collect()
    }

    /// Its single amounts, by count; where they are not `told` apart, the chance of any loss alone.
    pub fn atoms(&self, half: Option<u64>, told: bool) -> Vec<Atoms> {
        let of = |years: &Years| {
            let (nothing, masses) = years.masses(half);
            let points = if told { years.single.iter().copied().zip(masses).collect() } else { Vec::new() };
            Atoms::new(points, 1.0 - nothing, f64::INFINITY)
        };
        self.by_count.iter().map(of).collect()
    }

    /// What a grid makes of these, by count.
    pub fn smeared(&self, grid: &Grid, half: Option<u64>) -> Vec<Spectrum> {
        let of = |years: &Years| {
            let (nothing, masses) = years.masses(half);
            let mut cells = vec![0.0; grid.cells()];
            add_atom(0.0, nothing, grid, &mut cells);
            years.single.iter().zip(masses).for_each(|(amount, mass)| add_atom(*amount, mass, grid, &mut cells));
            Spectrum::of(&cells, grid)
        };
        self.by_count.iter().map(of).collect()
    }

    /// What is known without a grid, but for moments.
    pub fn facts(&self) -> Facts {
        let all = self.by_count.iter().flat_map(|years| &years.losses);
        let largest = all.map(|(loss, _)| *loss).fold(0.0, f64::max);
        let beyond = if largest > 0.0 { f64::INFINITY } else { 0.0 };
        Facts { tail_index: self.tail_index, reach: largest, largest: beyond, ..Facts::nothing() }
    }

    /// How many counts are told apart.
    pub fn counts(&self) -> usize {
        self.by_count.len()
    }
}

impl Years {
    /// The years, or one part of them, with weights that add up to one.
    fn each(&self, half: Option<u64>, mut each: impl FnMut(f64, f64)) {
        let (start, step) = half.map_or((0, 1), |half| (half as usize, SHIFTS as usize));
        let some = || self.losses.iter().skip(start).step_by(step);
        let sum: f64 = some().map(|(_, weight)| weight).sum();
        some().for_each(|(loss, weight)| each(*loss, weight / sum));
    }

    /// The chance of no loss, and of each single amount.
    fn masses(&self, half: Option<u64>) -> (f64, Vec<f64>) {
        let (mut nothing, mut masses) = (0.0, vec![0.0; self.single.len()]);
        self.each(half, |loss, weight| {
            if loss <= 0.0 {
                nothing += weight;
            } else if let Some(place) = self.place(loss) {
                masses[place] += weight;
            }
        });
        (nothing, masses)
    }

    /// Which single amount a loss is.
    fn place(&self, loss: f64) -> Option<usize> {
        let near = self.single.partition_point(|amount| *amount < loss * (1.0 - SAME_AMOUNT));
        self.single.get(near).filter(|amount| **amount <= loss * (1.0 + SAME_AMOUNT)).map(|_| near)
    }
}

/// Amounts above zero that many years come to.
fn single(losses: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = losses.iter().copied().filter(|loss| *loss > 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    let enough = (SINGLE[0] * losses.len() / 1000).max(SINGLE[1]);
    let alike = sorted.chunk_by(|a, b| *b <= a * (1.0 + SAME_AMOUNT));
    alike.filter(|run| run.len() >= enough).map(|run| run[0]).collect()
}

/// Weights of the years, by count, that add up to one for each and under which the mean over all counts is the one that is
/// known: w ∝ e^(λx), the least change that does it (exponential tilting: Deville & Särndal 1992, raking).
fn weights(all: &[Vec<f64>], chances: &[f64], mean: f64) -> Vec<Vec<f64>> {
    let equal = || all.iter().map(|losses| vec![1.0 / losses.len() as f64; losses.len()]).collect::<Vec<_>>();
    // By count: the mean and the variance under a tilt, and the weights.
    let tilted = |losses: &Vec<f64>, tilt: f64| {
        let top = losses.iter().map(|loss| tilt * loss).fold(f64::NEG_INFINITY, f64::max);
        let mut weights: Vec<f64> = losses.iter().map(|loss| libm::exp(tilt * loss - top)).collect();
        let sum: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|weight| *weight /= sum);
        let first: f64 = losses.iter().zip(&weights).map(|(loss, weight)| weight * loss).sum();
        let square = |(loss, weight): (&f64, &f64)| weight * (loss - first) * (loss - first);
        let variance: f64 = losses.iter().zip(&weights).map(square).sum();
        (first, variance, weights)
    };
    let both = |tilt: f64| {
        let found: Vec<_> = all.iter().map(|losses| tilted(losses, tilt)).collect();
        let over =
            |of: &dyn Fn(usize) -> f64| chances.iter().enumerate().map(|(n, chance)| chance * of(n)).sum::<f64>();
        (over(&|n| found[n].0), over(&|n| found[n].1), found)
    };
    let (first, variance, _) = both(0.0);
    let square = |(losses, chance): (&Vec<f64>, &f64)| chance * chance * tilted(losses, 0.0).1 / losses.len() as f64;
    let error = all.iter().zip(chances).map(square).sum::<f64>().sqrt();
    if !mean.is_finite() || variance <= 0.0 || (mean - first).abs() > MOST_ERRORS * error {
        return equal();
    }
    let mut tilt = 0.0;
    for _ in 0..STEPS {
        let (first, variance, found) = both(tilt);
        if (first - mean).abs() <= 1e-12 * mean.abs() {
            return found.into_iter().map(|(_, _, weights)| weights).collect();
        }
        tilt += (mean - first) / variance;
        if variance <= 0.0 || !tilt.is_finite() {
            return equal();
        }
    }
    equal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_give_the_mean_that_is_known_and_change_little() {
        let all =
            vec![(0..1000).map(|n| f64::from(n % 10)).collect(), (0..1000).map(|n| f64::from(n % 7) * 3.0).collect()];
        let chances = [0.75, 0.25];
        let mean = 0.75 * 4.5 + 0.25 * 9.0 + 0.1;
        let weights = weights(&all, &chances, mean);
        let of =
            |n: usize| all[n].iter().zip(&weights[n]).map(|(loss, weight): (&f64, &f64)| loss * weight).sum::<f64>();
        assert!((0.75 * of(0) + 0.25 * of(1) - mean).abs() < 1e-9);
        for weights in &weights {
            assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(weights.iter().all(|weight| (weight * 1000.0 - 1.0).abs() < 0.1));
        }
    }

    #[test]
    fn years_that_cannot_be_of_that_mean_stay_as_they_are() {
        let all = vec![(0..1000).map(|n| f64::from(n % 10)).collect()];
        assert_eq!(weights(&all, &[1.0], 6.0), [vec![0.001; 1000]]);
    }

    #[test]
    fn amounts_that_many_years_come_to_are_single() {
        let losses: Vec<f64> = (0..1000).map(|n| if n % 2 == 0 { 50.0 } else { f64::from(n) }).collect();
        assert_eq!(single(&losses), [50.0]);
    }
}
