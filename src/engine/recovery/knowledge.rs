//! What is the mean over what we do not know, of a figure that bends with it?
//!
//! What insurers pay is no straight line in the size of a loss. One unknown is averaged over Gauss
//! points of its range, two over all pairs of them. With more, each is moved on its own while the
//! others keep their means, and the effects are multiplied,
//!
//! ```text
//! E[f] ≈ f(means) · Π over unknowns E[f | all others at their means] / f(means)
//! ```
//!
//! which is exact for products, and for sums to the second order: unknowns are independent, so that
//! mixed terms of odd degree have the mean zero (the univariate reduction of Rahman & Xu 2004). The
//! gap between multiplying and adding the effects bounds what is left.

use rayon::prelude::*;

use crate::engine::values::Values;
use crate::engine::world::{Draw, Knowledge, Unknown};
use crate::stats::Distribution;
use crate::stats::gauss::Nodes;
use crate::stats::mixture;
use crate::units::Kind;

/// Gauss points of an unknown: alone, in pairs, and of each of many.
const POINTS: [usize; 3] = [16, 8, 4];

/// A figure with a bound of its error.
pub type Bounded = (f64, f64);

/// The values of an unknown with their weights.
fn nodes(knowledge: &Knowledge<'_>, unknown: &Unknown, values: &Values<f64>, count: usize) -> Nodes {
    let id = unknown.estimate;
    let known = knowledge.means().get(id);
    // Where an input was raised, its whole range is.
    let raised = if known > 0.0 { values.get(id) / known } else { 1.0 };
    let bounded = knowledge.estimate(id).kind == Kind::Chance;
    let points = match unknown.draw {
        Draw::Range => mixture::nodes(knowledge.distribution(id), count),
        Draw::Doubt { sigma, scale } => {
            let mean = known * scale;
            Distribution::lognormal_from_mean_sd(mean, mean * libm::expm1(sigma * sigma).sqrt())
                .map_or_else(|_| vec![(known, 1.0)], |range| mixture::nodes(&range, count))
        }
    };
    let at = |x: f64| if bounded { (raised * x).min(1.0) } else { raised * x };
    points.into_iter().map(|(x, weight)| (at(x), weight)).collect()
}

/// The means of several figures over the unknowns, each with a bound of its error.
pub fn average(
    knowledge: &Knowledge<'_>,
    unknowns: &[Unknown],
    values: &Values<f64>,
    figures: &(dyn Fn(&Values<f64>) -> Vec<Bounded> + Sync),
) -> Vec<Bounded> {
    let at = |moves: &[(&Unknown, f64)]| {
        let mut values = values.clone();
        moves.iter().for_each(|(unknown, x)| {
            values.replace(unknown.estimate, *x);
        });
        figures(&values)
    };
    // Worlds are worked out side by side and added up in order.
    let weighted = |worlds: Vec<(f64, Vec<(&Unknown, f64)>)>| -> Vec<Bounded> {
        let found: Vec<(f64, Vec<Bounded>)> =
            worlds.into_par_iter().map(|(weight, moves)| (weight, at(&moves))).collect();
        let mut sum: Vec<Bounded> = Vec::new();
        for (weight, found) in found {
            sum.resize(found.len(), (0.0, 0.0));
            sum.iter_mut().zip(found).for_each(|(sum, (value, error))| {
                sum.0 += weight * value;
                sum.1 += weight.abs() * error;
            });
        }
        sum
    };
    let alone = |unknown: &Unknown, count: usize| {
        let points = nodes(knowledge, unknown, values, count).into_iter();
        weighted(points.map(|(x, weight)| (weight, vec![(unknown, x)])).collect())
    };
    // The error of a rule is bounded by what half of its points miss.
    let with_error = |fine: Vec<Bounded>, coarse: Vec<Bounded>| {
        fine.into_iter()
            .zip(coarse)
            .map(|((value, error), (other, _))| (value, error + 0.1 * (value - other).abs()))
            .collect()
    };
    match unknowns {
        [] => at(&[]),
        [one] => with_error(alone(one, POINTS[0]), alone(one, POINTS[0] / 2)),
        [one, other] => {
            let pairs = |count: usize| {
                let (first, second) = (nodes(knowledge, one, values, count), nodes(knowledge, other, values, count));
                let all = first.iter().flat_map(|a| second.iter().map(move |b| (*a, *b)));
                weighted(all.map(|((x, v), (y, w))| (v * w, vec![(one, x), (other, y)])).collect())
            };
            with_error(pairs(POINTS[1]), pairs(POINTS[1] / 2))
        }
        many => {
            let base = at(&[]);
            let found: Vec<Vec<Bounded>> = many.iter().map(|unknown| alone(unknown, POINTS[2])).collect();
            base.iter()
                .enumerate()
                .map(|(figure, (base, error))| {
                    let added = base + found.iter().map(|one| one[figure].0 - base).sum::<f64>();
                    if *base <= 0.0 {
                        return (added.max(0.0), error + (added - base).abs());
                    }
                    let product = base * found.iter().map(|one| one[figure].0 / base).product::<f64>();
                    (product, error + (product - added).abs())
                })
                .collect()
        }
    }
}
