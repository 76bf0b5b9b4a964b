//! How much less do insurers pay because of each control?
//!
//! A control that avoids loss also avoids what insurers would have paid of it. With R(S) what they
//! pay with a set S of controls, its part is the mean change of R over all orders in which the set
//! could be bought (Shapley 1953), which is the integral over one number q with every other control
//! bought with chance q (Owen 1972). Where only events count, a control that is bought with chance q
//! is one that acts q times as often, so that the integrand is one more average. Where the sum of a
//! year counts and there are few controls, all sets are worked out. What is left of the sum is
//! shared in proportion, so that the parts add up. See `docs/model/attribution.md`.

use crate::engine::values::Values;
use crate::model::{ControlId, PlannedControl, PolicyId};
use crate::stats::gauss::jacobi;

use super::{Cover, Horizon, Known, Recoveries, over_changes};

/// Controls of which every set is worked out, at most.
const MOST_SETS: usize = 5;
/// Points of the integral.
const POINTS: usize = 6;

/// What one control changes in what insurers pay, in today's money after tax.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// If nothing else is bought.
    pub alone: f64,
    /// If everything else is.
    pub last_in: f64,
    /// Its mean over all orders.
    pub shapley: f64,
}

/// The share of every control, in the plan's order. `averaged` is what is paid with no control and with all.
pub fn shares(
    recoveries: &Recoveries<'_, '_>,
    horizon: &Horizon,
    policies: &[PolicyId],
    controls: &[PlannedControl],
    values: &Values<f64>,
    averaged: (f64, f64),
) -> Vec<Share> {
    const NOTHING: Share = Share { alone: 0.0, last_in: 0.0, shapley: 0.0 };
    let acting = recoveries.acting(policies, controls);
    if acting.is_empty() {
        return vec![NOTHING; controls.len()];
    }
    let n = acting.len();
    let recoveries = &recoveries.for_changes();
    let paid = |bought: &dyn Fn(ControlId) -> f64| {
        let cover = Cover { bought, ..Cover::new(policies, &acting) };
        recoveries.over(horizon, &cover, values, Known::Nothing).worth
    };
    let place = |control: ControlId| acting.iter().position(|planned| planned.control == control);
    let (none, all) = (paid(&|_| 0.0), paid(&|_| 1.0));
    let (start, end) = (over_changes(averaged.0, none), over_changes(averaged.1, all));
    let annual = policies.iter().any(|policy| recoveries.terms[*policy].of.has_annual_terms());
    let mut shapley: Vec<f64> = if annual && n <= MOST_SETS {
        by_sets(n, &|set| {
            paid(&|control| place(control).map_or(0.0, |place| f64::from(u8::from(set >> place & 1 == 1))))
        })
    } else {
        let rule = jacobi(1.0, 1.0, POINTS);
        (0..n)
            .map(|member| {
                let with = |q: f64, own: f64| paid(&|control| if place(control) == Some(member) { own } else { q });
                rule.iter().map(|(q, weight)| weight * (with(*q, 1.0) - with(*q, 0.0))).sum()
            })
            .collect()
    };
    let left = averaged.1 - averaged.0 - shapley.iter().sum::<f64>();
    let size: f64 = shapley.iter().map(|part| part.abs()).sum();
    if size > 0.0 {
        shapley.iter_mut().for_each(|part| *part += left * part.abs() / size);
    }
    controls
        .iter()
        .map(|planned| {
            let Some(member) = place(planned.control) else { return NOTHING };
            let is_it = |control: ControlId| if place(control) == Some(member) { 1.0 } else { 0.0 };
            let alone = start * (paid(&is_it) - none);
            let last_in = end * (all - paid(&|control| 1.0 - is_it(control)));
            match n {
                1 => Share {
                    alone: averaged.1 - averaged.0,
                    last_in: averaged.1 - averaged.0,
                    shapley: averaged.1 - averaged.0,
                },
                _ => Share { alone, last_in, shapley: shapley[member] },
            }
        })
        .collect()
}

/// The Shapley values of a game of a few players, from the worth of every set.
fn by_sets(n: usize, worth: &dyn Fn(usize) -> f64) -> Vec<f64> {
    let worths: Vec<f64> = (0..1 << n).map(worth).collect();
    // A set of s others stands before a player in s!·(n − 1 − s)! of n! orders.
    let weight = |s: usize| 1.0 / (n as f64 * (0..s).map(|i| (n - 1 - i) as f64 / (i + 1) as f64).product::<f64>());
    (0..n)
        .map(|player| {
            let without = (0..1_usize << n).filter(|set| set >> player & 1 == 0);
            without.map(|set| weight(set.count_ones() as usize) * (worths[set | 1 << player] - worths[set])).sum()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_game_of_three_are_their_means_over_six_orders() {
        // Worth of a set: 0 alone, 60 for {0,1}, 90 for {0,2}, 0 for {1,2}, 120 for all.
        let worth = |set: usize| [0.0, 0.0, 0.0, 60.0, 0.0, 90.0, 0.0, 120.0][set];
        let found = by_sets(3, &worth);
        let expected = [65.0, 20.0, 35.0];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
        }
    }
}
