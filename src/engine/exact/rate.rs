//! How many events does a year have, when their rate is known only as ranges?
//!
//! What is not known of one rate enters as a straight line each: the rate is linear in each unknown
//! alone. Mostly it is a product of parts (a frequency, and for each control 1 − coverage ×
//! reliability × reduction, which is one less a product itself), and a product of independent
//! unknowns is one unknown: its points are found factor by factor (`stats::mixture`). Which parts
//! are factors is tried out on the function itself: f(a, b) f(a′, b′) = f(a, b′) f(a′, b). Where
//! nothing can be parted, all combinations of points are taken. The exception is a reliability that
//! controls share (`failure`): there it counts which of them fails more often, so its points are
//! parted where that changes.

use crate::engine::repeated::parted;
use crate::engine::values::Values;
use crate::engine::world::{Draw, Knowledge, Unknown};
use crate::model::{self, EstimateId};
use crate::stats::lattice::{Count, Rates};
use crate::stats::lattice_rule::LatticeRule;
use crate::stats::mixture::Mixture;
use crate::stats::quadrature::GaussLegendre;
use crate::units::Arithmetic;

/// So many points stand for unknowns that cannot be parted.
const COMBINATIONS: u64 = 4093;
/// So many of those are averaged over all combinations of their points, more over a lattice rule.
const MOST_CROSSED: usize = 4;
/// Points of each of them, at least.
const FEWEST: usize = 3;
/// How many points, in sizes of a clustered count, a rate needs.
const FINER: f64 = 8.0;
/// Where the function is tried: chances of each unknown.
const TRIED: [f64; 2] = [0.31, 0.83];
/// And of a reliability that is shared.
const TRIED_MORE: [f64; 7] = [0.02, 0.17, 0.31, 0.5, 0.69, 0.83, 0.98];
/// The same where values at these are one: next to the ends.
const ENDS: [f64; 2] = [1e-9, 1.0 - 1e-9];
/// Relative differences below this are rounding.
const ROUNDING: f64 = 1e-10;

/// The count of a year's events, averaged over what is not known of their rate.
pub fn count(
    knowledge: &Knowledge<'_>,
    kind: model::Count,
    unknowns: &[Unknown],
    values: &Values<f64>,
    known: f64,
    rate: &dyn Fn(&Values<f64>) -> f64,
) -> Count {
    let size = match kind {
        model::Count::Clustered(size) => Some(f64::from_decimal(size)),
        _ => None,
    };
    let certain = |rate: f64| match (kind, size) {
        (model::Count::AtMostOne, _) => Count::AtMostOne { chance: rate },
        (_, Some(size)) => Count::NegativeBinomial { mean: rate, size },
        _ => Count::Poisson { rate },
    };
    let function = Function { knowledge, values };
    let is_straight = !unknowns.iter().any(|unknown| function.is_shared(unknown));
    // One event or none: only the mean of its chance matters, and of straight lines that is the chance at the means.
    if unknowns.is_empty() || (kind == model::Count::AtMostOne && is_straight) {
        return certain(known);
    }
    // Clustered counts bend where the rate is near their size: that takes as many points as so much higher rates do.
    let finer = size.map_or(1.0, |size| (FINER / size).max(1.0));
    let mixture = function.mixture(unknowns, rate, finer);
    if kind == model::Count::AtMostOne {
        return certain(mixture.first);
    }
    match Rates::new(&mixture.condensed(size), mixture.first, mixture.second, size) {
        Some(rates) => Count::UncertainRate(rates),
        None => certain(known),
    }
}

/// A function that is a straight line in each unknown, but in reliabilities that are shared.
struct Function<'a> {
    knowledge: &'a Knowledge<'a>,
    /// Everything else.
    values: &'a Values<f64>,
}

type Of<'a> = &'a dyn Fn(&Values<f64>) -> f64;

impl Function<'_> {
    fn with(&self, changes: &[(Unknown, f64)]) -> Values<f64> {
        let mut values = self.values.clone();
        for (unknown, value) in changes {
            values.replace(unknown.estimate, *value);
        }
        values
    }

    /// Points for `of`, which is a rate when it is multiplied by about `scale`.
    fn mixture(&self, unknowns: &[Unknown], of: Of<'_>, scale: f64) -> Mixture {
        match unknowns {
            [] => Mixture::known(of(self.values)),
            [unknown] if self.is_shared(unknown) => self.combined(unknowns, of, scale),
            [unknown] => self.line(*unknown, of, scale),
            _ => self.product(unknowns, of, scale),
        }
    }

    fn is_shared(&self, unknown: &Unknown) -> bool {
        self.knowledge.shared_reliabilities().contains(&unknown.estimate)
    }

    /// Where a function is tried in an unknown: values at these chances, or where few single values make those the same,
    /// the ends of its range.
    fn tried(&self, unknown: &Unknown) -> [f64; 2] {
        let [low, high] = TRIED.map(|chance| self.knowledge.value(unknown, chance));
        if low < high { [low, high] } else { [ENDS[0], ENDS[1]].map(|chance| self.knowledge.value(unknown, chance)) }
    }

    fn line(&self, unknown: Unknown, of: Of<'_>, scale: f64) -> Mixture {
        let [low, high] = self.tried(&unknown);
        if low >= high {
            return Mixture::known(of(&self.with(&[(unknown, low)])));
        }
        let at = |x: f64| of(&self.with(&[(unknown, x)]));
        let (first, last) = (at(low), at(high));
        let size = first.abs() + last.abs();
        if (last - first).abs() <= ROUNDING * size {
            return Mixture::known(0.5 * (first + last));
        }
        let slope = (last - first) / (high - low);
        let nothing = at(0.0);
        // A line through nothing is a factor: no difference of large numbers.
        let start = if nothing.abs() <= ROUNDING * size { 0.0 } else { nothing };
        self.points(unknown, slope * scale).line(start, slope)
    }

    fn points(&self, unknown: Unknown, scale: f64) -> Mixture {
        match unknown.draw {
            Draw::Range => Mixture::of(self.knowledge.distribution(unknown.estimate), scale),
            // What may be off by a factor has no range of its own here: it is drawn from its quantiles.
            Draw::Doubt { .. } => {
                let middle = |i: u64| (i as f64 + 0.5) / 512.0;
                Mixture::of_points((0..512).map(|i| (self.knowledge.value(&unknown, middle(i)), 1.0 / 512.0)).collect())
            }
        }
    }

    fn product(&self, unknowns: &[Unknown], of: Of<'_>, scale: f64) -> Mixture {
        let parts = self.factors(unknowns, of);
        let whole = of(self.values);
        if parts.len() > 1 && whole != 0.0 {
            // Every factor relative to its value at the means of all others.
            let mut found: Option<Mixture> = None;
            for part in parts {
                let relative = |values: &Values<f64>| of(values) / whole;
                // Factors spread: the others may be several times what they are on average.
                let factor = self.mixture(&part, &relative, 4.0 * scale * whole);
                found = Some(match found {
                    Some(found) => found.times(&factor, scale * whole),
                    None => factor,
                });
            }
            return found.map_or(Mixture::known(whole), |found| found.line(0.0, whole));
        }
        // Something less a product: where one unknown is nothing, the others do not matter.
        let straight = if unknowns.iter().any(|unknown| self.is_shared(unknown)) { &[][..] } else { unknowns };
        for unknown in straight {
            let others: Vec<Unknown> = unknowns.iter().copied().filter(|other| other != unknown).collect();
            let without = |place: usize| {
                let mut changes = vec![(*unknown, 0.0)];
                changes.extend(others.iter().map(|other| (*other, self.tried(other)[place])));
                of(&self.with(&changes))
            };
            let (start, again) = (without(0), without(1));
            if (start - again).abs() > ROUNDING * (start.abs() + whole.abs()) {
                continue;
            }
            let rest = |values: &Values<f64>| of(values) - start;
            if start.abs() > ROUNDING * whole.abs() && self.factors(unknowns, &rest).len() > 1 {
                return self.product(unknowns, &rest, scale).line(start, 1.0);
            }
        }
        self.combined(unknowns, of, scale)
    }

    /// The unknowns in groups so that the function is a product of one factor for each.
    fn factors(&self, unknowns: &[Unknown], of: Of<'_>) -> Vec<Vec<Unknown>> {
        let n = unknowns.len();
        let mut group: Vec<usize> = (0..n).collect();
        for i in 0..n {
            for j in 0..i {
                if group[i] != group[j] && !self.is_product(unknowns, (i, j), of) {
                    let (from, to) = (group[i].max(group[j]), group[i].min(group[j]));
                    group.iter_mut().filter(|place| **place == from).for_each(|place| *place = to);
                }
            }
        }
        let of_group = |place: usize| (0..n).filter(|i| group[*i] == place).map(|i| unknowns[i]).collect();
        (0..n).filter(|place| group[*place] == *place).map(of_group).collect()
    }

    /// Whether two unknowns enter different factors, wherever the others are.
    fn is_product(&self, unknowns: &[Unknown], (i, j): (usize, usize), of: Of<'_>) -> bool {
        if self.is_shared(&unknowns[i]) && self.is_shared(&unknowns[j]) {
            return false;
        }
        let values: Vec<[f64; 2]> = unknowns.iter().map(|unknown| self.tried(unknown)).collect();
        let tried = |place: usize| {
            let unknown = &unknowns[place];
            if self.is_shared(unknown) {
                TRIED_MORE.iter().chain(&ENDS).map(|chance| self.knowledge.value(unknown, *chance)).collect()
            } else {
                values[place].to_vec()
            }
        };
        let (first, second) = (tried(i), tried(j));
        (0..2).all(|others| {
            let at = |a: f64, b: f64| {
                let value = |place: usize| match place {
                    place if place == i => a,
                    place if place == j => b,
                    place => values[place][others],
                };
                let changes: Vec<(Unknown, f64)> =
                    unknowns.iter().enumerate().map(|(place, unknown)| (*unknown, value(place))).collect();
                of(&self.with(&changes))
            };
            first[1..].iter().flat_map(|a| second[1..].iter().map(move |b| (*a, *b))).all(|(a, b)| {
                let (same, crossed) = (at(first[0], second[0]) * at(a, b), at(first[0], b) * at(a, second[0]));
                (same - crossed).abs() <= ROUNDING * (same.abs() + crossed.abs())
            })
        })
    }

    /// All combinations of a few points of each, or those of a lattice rule.
    fn combined(&self, unknowns: &[Unknown], of: Of<'_>, scale: f64) -> Mixture {
        let (shared, unknowns): (Vec<Unknown>, Vec<Unknown>) =
            unknowns.iter().copied().partition(|unknown| self.is_shared(unknown));
        let ids: Vec<EstimateId> = shared.iter().map(|unknown| unknown.estimate).collect();
        let rule = if unknowns.is_empty() { GaussLegendre::nodes_20() } else { GaussLegendre::nodes_8() };
        let parted = match ids.len() {
            0 => vec![(1.0, Vec::new())],
            1 | 2 => parted(self.knowledge.scenario(), self.values, &ids, rule),
            _ => Vec::new(),
        };
        let left = COMBINATIONS as f64 / parted.len().max(1) as f64;
        if !parted.is_empty() && unknowns.len() <= MOST_CROSSED {
            let most = (libm::pow(left, 1.0 / unknowns.len().max(1) as f64) as usize).max(FEWEST);
            let points: Vec<Vec<(f64, f64)>> = unknowns
                .iter()
                .map(|unknown| {
                    let many = self.points(*unknown, scale);
                    if many.points().len() <= most {
                        many.points().to_vec()
                    } else {
                        crate::stats::gauss::compress(many.points(), most)
                    }
                })
                .collect();
            let all: usize = points.iter().map(Vec::len).product();
            let combination = |mut place: usize| {
                let (weight, numbers) = &parted[place % parted.len()];
                let mut weight = *weight;
                place /= parted.len();
                let mut values = self.values.clone();
                numbers.iter().for_each(|(id, x)| {
                    values.replace(*id, *x);
                });
                for (unknown, points) in unknowns.iter().zip(&points) {
                    let (x, part) = points[place % points.len()];
                    place /= points.len();
                    weight *= part;
                    values.replace(unknown.estimate, x);
                }
                (of(&values), weight)
            };
            return Mixture::of_points((0..parted.len() * all).map(combination).collect());
        }
        let unknowns: Vec<Unknown> = shared.into_iter().chain(unknowns).collect();
        // Moved by half a step, for the first point would else be the largest value of every unknown
        // at once; and moved so that they have the mean, which is the function of the means.
        let rule = LatticeRule::new(COMBINATIONS, unknowns.len());
        let weight = 1.0 / rule.points() as f64;
        let half_a_step = vec![0.5 * weight; unknowns.len()];
        let point = |index: u64| {
            let uniforms = unknowns.iter().zip(rule.point(index, &half_a_step));
            let changes: Vec<(Unknown, f64)> =
                uniforms.map(|(unknown, uniform)| (*unknown, self.knowledge.value(unknown, uniform))).collect();
            (of(&self.with(&changes)), weight)
        };
        let found = Mixture::of_points((0..rule.points()).map(point).collect());
        let (mean, first) = (of(self.values), found.first);
        // Only straight lines have their mean at the means.
        let is_moved = ids.is_empty() && first != 0.0 && mean / first > 0.0;
        if is_moved { found.line(0.0, mean / first) } else { found }
    }
}
