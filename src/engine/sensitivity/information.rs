//! What is it worth to know something before deciding?
//!
//! Without it we take the option of the highest mean value; with it, the best option for what we
//! then know. The gain is the value of perfect information,
//!
//! ```text
//! of one input x:  E[max over options of E[value | x]] − max over options of E[value]
//! of all inputs:   E[max over options of value]        − max over options of E[value]
//! ```
//!
//! (Raiffa & Schlaifer 1961; Howard 1966). Luck is not part of it: nobody can know beforehand what
//! a year brings. Doing nothing more is an option, of value 0. Both are worked out as the mean of
//! what the best option is ahead of today's choice, which is never below zero. Of one input the mean
//! values are mostly straight lines: then the mean of their upper envelope is a sum of partial
//! means, exactly; otherwise it is an integral over the normal scale. Of all inputs it is a mean over
//! worlds, points of a lattice rule, and its error the spread over several shifts.

use rayon::prelude::*;

use super::curve::Curve;
use super::valuer::Valuer;
use crate::engine::values::Values;
use crate::engine::world::{Draw, Knowledge, Unknown};
use crate::stats::Distribution;
use crate::stats::lattice_rule::LatticeRule;
use crate::stats::rng::SplitMix64;
use crate::stats::special::{normal_cdf, normal_pdf, normal_quantile};
use crate::units::Kind;

/// What perfect information is worth.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Information {
    /// In currency units of today.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// Points of the lattice rule, a prime; how many times they are shifted.
const POINTS: u64 = 61;
const SHIFTS: u64 = 8;

/// What is it worth to know one input?
pub fn of_one(knowledge: &Knowledge<'_>, unknown: &Unknown, curve: &Curve, at: &dyn Fn(f64) -> Vec<f64>) -> f64 {
    let estimate = knowledge.estimate(unknown.estimate);
    let mean = knowledge.means().get(unknown.estimate);
    let distribution = match unknown.draw {
        Draw::Range => Some(estimate.distribution.clone()),
        Draw::Doubt { sigma, .. } if estimate.kind != Kind::Chance => {
            Distribution::lognormal_from_mean_sd(mean, mean * libm::expm1(sigma * sigma).sqrt()).ok()
        }
        Draw::Doubt { .. } => None,
    };
    if let Curve::Line { base, slope, .. } = curve {
        let best = best(base);
        let choice = |of: &[f64]| best.map_or(0.0, |plan| of[plan]);
        // How far each option is ahead of today's choice: at the mean, and per unit.
        let lines: Vec<(f64, f64)> = std::iter::once((0.0, 0.0))
            .chain(base.iter().copied().zip(slope.iter().copied()))
            .map(|(base_of, slope_of)| (base_of - choice(base), slope_of - choice(slope)))
            .collect();
        if let Some(distribution) = &distribution {
            return envelope(&lines, mean, distribution);
        }
    }
    // Beyond lie seven years in a million.
    const HALF: i32 = 135;
    const REACH: f64 = 4.5;
    let step = REACH / f64::from(HALF);
    let (mut sum, mut weights) = (0.0, 0.0);
    let mut total: Vec<f64> = Vec::new();
    let mut points = Vec::new();
    for k in -HALF..=HALF {
        let z = f64::from(k) * step;
        let number = knowledge.value(unknown, normal_cdf(z));
        let values = curve.at(number, at);
        let weight = normal_pdf(z);
        total.resize(values.len(), 0.0);
        total.iter_mut().zip(&values).for_each(|(total, value)| *total += weight * value);
        weights += weight;
        points.push((number, weight, values));
    }
    if let Some(distribution) = distribution.filter(|distribution| distribution.atoms().is_empty()) {
        return chords(&points, &distribution);
    }
    // Today's choice by the same points, so that no gain comes from a gap between two sums.
    let means: Vec<f64> = total.into_iter().map(|total| total / weights).collect();
    let best = best(&means);
    for (_, weight, values) in points {
        sum += weight * ahead(&values, best);
    }
    sum / weights
}

/// The same from the values at points of a range: between two points values are straight lines, whose means over that
/// part of the range are known. So a kink, or a change of the best option, costs the part between two points alone.
/// The first and the last line go on for ever.
fn chords(points: &[(f64, f64, Vec<f64>)], distribution: &Distribution) -> f64 {
    let Some(((first, ..), (last, _, end))) = points.first().zip(points.last()) else { return 0.0 };
    let options = end.len();
    // P(X ≤ x) and E[X; X ≤ x].
    let below = |x: f64| (distribution.cdf(x), distribution.limited_mean(x) - x * distribution.sf(x));
    let part = |from: f64, to: f64| {
        let a = if from == *first { (0.0, 0.0) } else { below(from) };
        let b = if to == *last { (1.0, distribution.mean()) } else { below(to) };
        (b.0 - a.0, b.1 - a.1)
    };
    let pieces: Vec<(f64, f64, &[f64], &[f64])> = points
        .windows(2)
        .filter(|pair| pair[0].0 < pair[1].0)
        .map(|pair| (pair[0].0, pair[1].0, pair[0].2.as_slice(), pair[1].2.as_slice()))
        .collect();
    // The integral of a line through two values, over a piece of the range.
    let over = |(from, to): (f64, f64), (a, b): (f64, f64), (low, high): (f64, f64)| {
        let (chance, mean) = part(low, high);
        let slope = (b - a) / (to - from);
        a * chance + slope * (mean - from * chance)
    };
    let mut means = vec![0.0; options];
    for (from, to, a, b) in &pieces {
        for (option, mean) in means.iter_mut().enumerate() {
            *mean += over((*from, *to), (a[option], b[option]), (*from, *to));
        }
    }
    // Today's choice by the same pieces, so that no gain comes from a gap between two sums.
    let chosen = best(&means);
    let mut sum = 0.0;
    for &(from, to, a, b) in &pieces {
        let choice = chosen.map_or((0.0, 0.0), |plan| (a[plan], b[plan]));
        let gain = |option: Option<usize>| {
            let of = option.map_or((0.0, 0.0), |option| (a[option], b[option]));
            (of.0 - choice.0, of.1 - choice.1)
        };
        let top = |at: &dyn Fn((f64, f64)) -> f64| {
            let all = std::iter::once(None).chain((0..options).map(Some));
            all.map(gain).max_by(|x, y| at(*x).total_cmp(&at(*y))).unwrap_or((0.0, 0.0))
        };
        let (left, right) = (top(&|gain| gain.0), top(&|gain| gain.1));
        let (ahead, behind) = (left.0 - right.0, right.1 - left.1);
        if ahead > 0.0 && behind > 0.0 {
            let cut = from + (to - from) * ahead / (ahead + behind);
            sum += over((from, to), left, (from, cut)) + over((from, to), right, (cut, to));
        } else {
            sum += over((from, to), if ahead > 0.0 { left } else { right }, (from, to));
        }
    }
    sum.max(0.0)
}

/// The plan of the highest value, if any is above zero.
fn best(values: &[f64]) -> Option<usize> {
    (0..values.len()).filter(|plan| values[*plan] > 0.0).max_by(|a, b| values[*a].total_cmp(&values[*b]).then(b.cmp(a)))
}

/// By how much the best option is ahead of the chosen one.
fn ahead(values: &[f64], chosen: Option<usize>) -> f64 {
    let chosen = chosen.map_or(0.0, |plan| values[plan]);
    values.iter().fold(0.0_f64.max(-chosen), |most, value| most.max(value - chosen))
}

/// E[max over lines of d + s·(X − mean)]; one of the lines is zero.
fn envelope(lines: &[(f64, f64)], mean: f64, distribution: &Distribution) -> f64 {
    let (low, high) = distribution.support();
    let mut cuts: Vec<f64> = Vec::new();
    for (index, (d, s)) in lines.iter().enumerate() {
        for (e, t) in &lines[..index] {
            let cut = mean + (e - d) / (s - t);
            if cut > low && cut < high {
                cuts.push(cut);
            }
        }
    }
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    // P(X ≤ x) and E[X; X ≤ x] by the nearer tail.
    let below = |x: f64| (distribution.cdf(x), distribution.limited_mean(x) - x * distribution.sf(x));
    let mut from = (0.0, 0.0);
    let mut left = low;
    let mut sum = 0.0;
    for right in cuts.iter().copied().map(Some).chain([None]) {
        let to = right.map_or((1.0, mean), below);
        let inside = match right {
            Some(right) if left.is_finite() => 0.5 * (left + right),
            Some(right) => right - 1.0,
            None if high.is_finite() => 0.5 * (left + high),
            None => 2.0 * left.abs() + mean + 1.0,
        };
        let height = |(d, s): &(f64, f64)| d + s * (inside - mean);
        let top = lines.iter().max_by(|a, b| height(a).total_cmp(&height(b)));
        if let Some((d, s)) = top {
            sum += (d - s * mean) * (to.0 - from.0) + s * (to.1 - from.1);
        }
        (from, left) = (to, right.unwrap_or(high));
    }
    sum.max(0.0)
}

/// What the worlds that we hold possible tell together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Worlds {
    /// What it is worth to know in which of them we live.
    pub information: Information,
    /// By plan: in which part of them it is worth its cost, good and bad years averaged, and what that may be off by.
    pub worth_it: Vec<(f64, f64)>,
}

/// What is it worth to know everything that can be known, and how sure are we without it?
pub fn of_all(
    knowledge: &Knowledge<'_>,
    valuer: &Valuer<'_, '_, '_>,
    unknowns: &[Unknown],
    values: &[f64],
    seed: u64,
) -> Worlds {
    if unknowns.is_empty() {
        let worth_it = values.iter().map(|value| (if *value > 0.0 { 1.0 } else { 0.0 }, 0.0)).collect();
        return Worlds { information: Information::default(), worth_it };
    }
    let tables: Vec<Table> = unknowns.par_iter().map(|unknown| Table::new(knowledge, unknown)).collect();
    let rule = LatticeRule::new(POINTS, unknowns.len());
    let mut seeds = SplitMix64::new(seed);
    let shifts: Vec<Vec<f64>> = (0..SHIFTS).map(|_| rule.shift(seeds.next_u64())).collect();
    let chosen = best(values);
    // By plan, by shift: the part of its worlds in which the plan is worth its cost.
    let mut worth_it = vec![Vec::with_capacity(shifts.len()); values.len()];
    let means: Vec<f64> = shifts
        .iter()
        .map(|shift| {
            let worlds: Vec<Vec<f64>> = (0..rule.points())
                .into_par_iter()
                .map_init(
                    || knowledge.means().clone(),
                    |world: &mut Values<f64>, index| {
                        for ((unknown, table), uniform) in unknowns.iter().zip(&tables).zip(rule.point(index, shift)) {
                            world.replace(unknown.estimate, table.at(normal_quantile(uniform)));
                        }
                        valuer.values_in(world)
                    },
                )
                .collect();
            for (plan, parts) in worth_it.iter_mut().enumerate() {
                parts.push(worlds.iter().filter(|values| values[plan] > 0.0).count() as f64 / worlds.len() as f64);
            }
            worlds.iter().map(|values| ahead(values, chosen)).sum::<f64>() / worlds.len() as f64
        })
        .collect();
    let (value, error) = mean_of(&means);
    // A part that no world tells apart from none or all may still be off by one of them.
    let one = 1.0 / (rule.points() * SHIFTS) as f64;
    let worth_it = worth_it.iter().map(|parts| mean_of(parts)).map(|(part, error)| (part, error.max(one))).collect();
    Worlds { information: Information { value, error }, worth_it }
}

/// The mean of what the shifts tell, and its error. So few tell their own spread but roughly: the deviation of Student's
/// distribution is theirs.
fn mean_of(shifts: &[f64]) -> (f64, f64) {
    let n = shifts.len() as f64;
    let mean = shifts.iter().sum::<f64>() / n;
    let spread: f64 = shifts.iter().map(|shift| (shift - mean) * (shift - mean)).sum();
    (mean, (spread / (n * (n - 3.0))).sqrt())
}

/// An unknown's value by the normal quantile, cubic between equal steps.
enum Table {
    /// A smooth range.
    Steps(Vec<f64>),
    /// Values with a chance each: cumulative chance and value.
    Atoms(Vec<(f64, f64)>),
}

impl Table {
    const STEP: f64 = 0.25;
    const REACH: f64 = 6.0;

    fn new(knowledge: &Knowledge<'_>, unknown: &Unknown) -> Self {
        let atoms = knowledge.distribution(unknown.estimate).atoms();
        if unknown.draw == Draw::Range && !atoms.is_empty() {
            let mut below = 0.0;
            let mut sorted = atoms;
            sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
            return Self::Atoms(
                sorted
                    .into_iter()
                    .map(|(value, chance)| {
                        below += chance;
                        (below, value)
                    })
                    .collect(),
            );
        }
        let count = (2.0 * Self::REACH / Self::STEP) as usize + 1;
        let at = |index: usize| knowledge.value(unknown, normal_cdf(index as f64 * Self::STEP - Self::REACH));
        Self::Steps((0..count).map(at).collect())
    }

    fn at(&self, z: f64) -> f64 {
        let values = match self {
            Self::Steps(values) => values,
            Self::Atoms(atoms) => {
                let chance = normal_cdf(z);
                return atoms.iter().find(|(below, _)| *below >= chance).or(atoms.last()).map_or(0.0, |atom| atom.1);
            }
        };
        let last = values.len() - 1;
        let place = ((z + Self::REACH) / Self::STEP).clamp(0.0, last as f64);
        let index = (place as usize).min(last - 1);
        let part = place - index as f64;
        let value = |index: usize| values[index.min(last)];
        let (before, a, b, after) = (value(index.saturating_sub(1)), value(index), value(index + 1), value(index + 2));
        let cubic = a + 0.5
            * part
            * (b - before
                + part * (2.0 * before - 5.0 * a + 4.0 * b - after + part * (3.0 * (a - b) + after - before)));
        // A range never falls: nor may what stands for it.
        cubic.clamp(a.min(b), a.max(b))
    }
}
