//! What is the mean over what we do not know, of a figure that bends with it?
//!
//! What insurers pay is no straight line in the size of a loss. Unknowns that multiply to one factor
//! (the value of an asset and what part of it is lost) are one axis. One axis is averaged over Gauss
//! points of its range, two over all pairs of them. With more, each is moved on its own while the
//! others keep their means, and the effects are multiplied,
//!
//! ```text
//! E[f] ≈ f(means) · Π over axes E[f | all others at their means] / f(means)
//! ```
//!
//! which is exact for products, and for sums to the second order: unknowns are independent, so that
//! mixed terms of odd degree have the mean zero (the univariate reduction of Rahman & Xu 2004). The
//! gap between multiplying and adding the effects bounds what is left. Where a few points of an axis do
//! not agree with more of them (a kink, because nothing is left to luck), that is no bound: there a
//! folded lattice rule in all unknowns at once is asked, and two shifts of it tell the error.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::engine::values::Values;
use crate::engine::world::{Draw, Knowledge, Unknown};
use crate::stats::gauss::{self, Nodes};
use crate::stats::lattice_rule::LatticeRule;
use crate::stats::mixture;
use crate::units::Kind;

use super::kept::Kept;

/// Gauss points of an unknown: alone, and in pairs.
const POINTS: [usize; 2] = [16, 8];
/// What they and half as many may differ by, in parts of the whole, where there are no kinks.
const MISSED: f64 = 2e-4;
/// Parts of equal chance where there are: alone, and in pairs.
const PARTS: [usize; 2] = [256, 32];
/// Points of each of many axes, of the coarser of two rules, and what the two may differ by where there are no kinks.
const MANY: usize = 2;
const KINK: f64 = 1e-2;
/// What a mean over an axis may differ by from the figure at its mean where that is no bend.
const STRAIGHT: f64 = 2e-4;
/// Parts of an axis on its own where changes bend.
const PARTS_OF_CHANGE: usize = 128;
/// Points of the lattice rule, a prime.
const LATTICE: u64 = 127;
/// Gauss points of each factor of an axis; twice as many parts.
const FACTOR: usize = 64;
/// Quantiles from which parts are made.
const QUANTILES: usize = 2048;

/// What a mean is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// A figure that is told: with a bound of its error.
    Figure,
    /// What a change does to a figure that is known: both are worked out in the same few worlds, so that most of what
    /// these miss cancels.
    Change,
}

/// A figure with a bound of its error.
pub type Bounded = (f64, f64);

/// A world with its weight: unknowns and the values that they have there; all others have their means.
type World<'a> = (f64, Vec<(&'a Unknown, f64)>);

/// A value of an unknown in this case: where an input was raised, its whole range is.
fn raised(knowledge: &Knowledge<'_>, unknown: &Unknown, values: &Values<f64>, value: f64) -> f64 {
    let known = knowledge.means().get(unknown.estimate);
    let value = if known > 0.0 { values.get(unknown.estimate) / known * value } else { value };
    if knowledge.estimate(unknown.estimate).kind == Kind::Chance { value.min(1.0) } else { value }
}

/// Which points stand for an axis.
#[derive(Debug, Clone, Copy)]
enum Rule {
    /// So many Gauss points: for what is smooth.
    Gauss(usize),
    /// The means of so many parts of equal chance: for what is made of straight lines.
    Parts(usize),
}

/// The values of an axis with their weights: of its first unknown, where they are several the others at their means.
fn nodes(knowledge: &Knowledge<'_>, axis: &[Unknown], values: &Values<f64>, rule: Rule) -> Nodes {
    let [first, others @ ..] = axis else { return Vec::new() };
    let (count, each) = match rule {
        Rule::Gauss(count) => (count, FACTOR),
        Rule::Parts(count) => (count, 2 * FACTOR),
    };
    let fewer = |points: &Nodes, count: usize| match rule {
        Rule::Gauss(_) => gauss::compress(points, count),
        Rule::Parts(_) => parts(points.clone(), count),
    };
    if !others.is_empty() {
        // Each relative to its mean: only their product counts.
        let relative = |unknown: &Unknown| -> Nodes {
            let (range, mean) = (knowledge.distribution(unknown.estimate), knowledge.means().get(unknown.estimate));
            let points = match rule {
                Rule::Gauss(_) => mixture::nodes(range, each),
                Rule::Parts(_) => parts(quantiles(mean, |chance| range.quantile(chance)), each),
            };
            points.into_iter().map(|(x, weight)| (x / mean, weight)).collect()
        };
        let product = others.iter().fold(relative(first), |product, other| {
            let (product, other) = (fewer(&product, each), relative(other));
            product.iter().flat_map(|(x, v)| other.iter().map(move |(y, w)| (x * y, v * w))).collect()
        });
        let mean = values.get(first.estimate);
        return fewer(&product, count).into_iter().map(|(x, weight)| (mean * x, weight)).collect();
    }
    if let Rule::Parts(_) = rule {
        let value = |chance| raised(knowledge, first, values, knowledge.value(first, chance));
        return parts(quantiles(values.get(first.estimate), value), count);
    }
    let points = match first.draw {
        Draw::Range => mixture::nodes(knowledge.distribution(first.estimate), count),
        Draw::Doubt { scale, .. } => {
            let mean = scale * knowledge.means().get(first.estimate);
            mixture::nodes(&knowledge.relative(first).scaled(mean), count)
        }
    };
    points.into_iter().map(|(x, weight)| (raised(knowledge, first, values, x), weight)).collect()
}

/// Quantiles at even chances; what lies beyond the last of them is put back by the mean.
fn quantiles(mean: f64, quantile: impl Fn(f64) -> f64) -> Nodes {
    let weight = 1.0 / QUANTILES as f64;
    let all: Vec<f64> = (0..QUANTILES).map(|place| quantile((place as f64 + 0.5) * weight)).collect();
    let found = all.iter().sum::<f64>() * weight;
    let mended = if found > 0.0 { mean / found } else { 1.0 };
    all.into_iter().map(|x| (x * mended, weight)).collect()
}

/// The means of so many parts of equal chance.
fn parts(mut points: Nodes, count: usize) -> Nodes {
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f64 = points.iter().map(|(_, weight)| weight).sum();
    let part = whole / count as f64;
    let (mut found, mut sum, mut room) = (Vec::with_capacity(count), 0.0, part);
    for (x, mut weight) in points {
        while weight >= room && found.len() + 1 < count {
            found.push(((sum + room * x) / part, 1.0 / count as f64));
            (weight, sum, room) = (weight - room, 0.0, part);
        }
        sum += weight * x;
        room -= weight;
    }
    let last = part - room;
    if last > 0.0 {
        found.push((sum / last, 1.0 / count as f64));
    }
    found
}

/// Figures whose means over unknowns are asked for, each with a bound of its error.
pub struct Figures<'a> {
    /// What is not known.
    pub knowledge: &'a Knowledge<'a>,
    /// Points that stood for an axis already.
    pub points: &'a Kept<Arc<Nodes>>,
    /// The unknowns by axis.
    pub axes: &'a [Vec<Unknown>],
    /// All else.
    pub values: &'a Values<f64>,
    /// The figures in one world.
    pub of: &'a (dyn Fn(&Values<f64>) -> Vec<Bounded> + Sync),
}

impl Figures<'_> {
    fn at(&self, moves: &[(&Unknown, f64)]) -> Vec<Bounded> {
        let mut values = self.values.clone();
        moves.iter().for_each(|(unknown, x)| {
            values.replace(unknown.estimate, *x);
        });
        (self.of)(&values)
    }

    /// Worlds are worked out side by side and added up in order.
    fn weighted(&self, worlds: Vec<World<'_>>) -> Vec<Bounded> {
        let found: Vec<(f64, Vec<Bounded>)> =
            worlds.into_par_iter().map(|(weight, moves)| (weight, self.at(&moves))).collect();
        let mut sum: Vec<Bounded> = Vec::new();
        for (weight, found) in found {
            sum.resize(found.len(), (0.0, 0.0));
            sum.iter_mut().zip(found).for_each(|(sum, (value, error))| {
                sum.0 += weight * value;
                sum.1 += weight.abs() * error;
            });
        }
        sum
    }

    /// The values of an axis with their weights.
    fn nodes(&self, axis: &[Unknown], rule: Rule) -> Arc<Nodes> {
        let (kind, count) = match rule {
            Rule::Gauss(count) => (0, count),
            Rule::Parts(count) => (1, count),
        };
        let mut key = vec![kind, count as u64];
        for unknown in axis {
            let (sigma, scale) = match unknown.draw {
                Draw::Range => (0.0, 0.0),
                Draw::Doubt { sigma, scale } => (sigma, scale),
            };
            key.extend([unknown.estimate.0 as u64, sigma.to_bits(), scale.to_bits()]);
            key.push(self.values.get(unknown.estimate).to_bits());
        }
        self.points.get(key, || Arc::new(nodes(self.knowledge, axis, self.values, rule)))
    }

    /// The means over one axis, all others at their means.
    fn alone(&self, axis: &[Unknown], rule: Rule) -> Vec<Bounded> {
        let points = self.nodes(axis, rule);
        self.weighted(points.iter().map(|(x, weight)| (*weight, vec![(&axis[0], *x)])).collect())
    }

    /// The means over two axes, by all pairs of points.
    fn pairs(&self, one: &[Unknown], other: &[Unknown], rule: Rule) -> Vec<Bounded> {
        let (first, second) = (self.nodes(one, rule), self.nodes(other, rule));
        let all = first.iter().flat_map(|a| second.iter().map(move |b| (*a, *b)));
        self.weighted(all.map(|((x, v), (y, w))| (v * w, vec![(&one[0], x), (&other[0], y)])).collect())
    }

    /// Means by a rule with their errors, and whether they bend. The error of Gauss points is bounded by what half of them miss. Where that is
    /// much the layer has a kink, because nothing is left to luck: then parts of equal chance miss little, and half of
    /// them tell how much.
    fn with_error(average: &dyn Fn(Rule) -> Vec<Bounded>, kind: usize) -> (Vec<Bounded>, bool) {
        let (fine, coarse) = (average(Rule::Gauss(POINTS[kind])), average(Rule::Gauss(POINTS[kind] / 2)));
        let size: f64 = fine.iter().map(|(value, _)| value.abs()).sum();
        let gap = missed(&fine, &coarse);
        // What a figure itself may be wrong by is no kink.
        let rough: f64 = fine.iter().chain(&coarse).map(|(_, error)| error).sum();
        if gap.iter().sum::<f64>() <= MISSED * size + rough {
            return (told(fine, gap, 0.1), false);
        }
        let (fine, coarse) = (average(Rule::Parts(PARTS[kind])), average(Rule::Parts(PARTS[kind] / 2)));
        let gap = missed(&fine, &coarse);
        (told(fine, gap, 1.0), true)
    }

    /// The means.
    pub fn means(&self) -> Vec<Bounded> {
        self.means_and_bends().0
    }

    /// The means, and whether the figures bend too much for a few points of each axis.
    pub fn means_and_bends(&self) -> (Vec<Bounded>, bool) {
        match self.axes {
            [] => (self.at(&[]), false),
            [one] => Self::with_error(&|rule| self.alone(one, rule), 0),
            [one, other] => Self::with_error(&|rule| self.pairs(one, other, rule), 1),
            _ => {
                let (base, found) = self.tried();
                if self.depend_on_each_other() || bends(&base, &found) {
                    let both = [1, 2].map(|shift| self.in_worlds(shift));
                    let both = both[0].iter().zip(&both[1]);
                    let told = both.map(|((one, error), (other, more))| {
                        (0.5 * (one + other), 0.5 * (error + more) + (one - other).abs())
                    });
                    return (told.collect(), true);
                }
                (self.by_figure(&base, found), false)
            }
        }
    }

    /// The means for [`Care::Change`]: by few points of each axis, or by more where the figures bend too much for them.
    pub fn means_of_change(&self, bends: bool) -> Vec<Bounded> {
        match self.axes {
            [] => self.at(&[]),
            [one] => self.alone(one, if bends { Rule::Parts(PARTS_OF_CHANGE) } else { Rule::Gauss(2 * MANY) }),
            [one, other] if !bends => self.pairs(one, other, Rule::Gauss(MANY + 1)),
            _ if bends => self.in_worlds(1),
            _ => self.weighted(self.balanced(false)),
        }
    }

    /// The means of what parts a figure that is known: as of a change, but of many axes in mirrored worlds, for here nothing
    /// cancels what few worlds miss.
    pub fn means_of_parts(&self, bends: bool) -> Vec<Bounded> {
        if self.axes.len() <= 2 { self.means_of_change(bends) } else { self.weighted(self.balanced(true)) }
    }

    /// Few worlds in which every axis stands as often one standard deviation above its mean as below, and any two of them
    /// as often on one side as on two: the columns of a Hadamard matrix (Paley 1933). Means of what is of the second
    /// degree are exact; of higher degrees, what the file's own case misses is the same to the first order. With each
    /// world its mirror image, odd degrees vanish altogether (Box & Wilson 1951).
    fn balanced(&self, mirrored: bool) -> Vec<World<'_>> {
        let mut axes: Vec<(&Unknown, [f64; 2])> = self.axes.iter().map(|axis| (&axis[0], self.sides(axis))).collect();
        // The order of a file must not tell which column an axis has.
        axes.sort_by(|(_, one), (_, other)| one[0].total_cmp(&other[0]).then(one[1].total_cmp(&other[1])));
        let order = (axes.len()..).find(|order| order % 4 == 3 && is_prime(*order)).unwrap_or(3);
        let squares: Vec<usize> = (1..order).map(|x| x * x % order).collect();
        let mirrors: &[bool] = if mirrored { &[false, true] } else { &[false] };
        let weight = 1.0 / (mirrors.len() * (order + 1)) as f64;
        let world = |row: usize, mirror: bool| {
            let moves = axes.iter().enumerate().map(|(column, (unknown, sides))| {
                let is_above = row == order || squares.contains(&((row + order - column) % order));
                (*unknown, sides[usize::from(is_above != mirror)])
            });
            (weight, moves.collect())
        };
        mirrors
            .iter()
            .flat_map(|mirror| (0..=order).map(move |row| (row, *mirror)))
            .map(|(row, mirror)| world(row, mirror))
            .collect()
    }

    /// A standard deviation below and above the mean of an axis, within what it can be.
    fn sides(&self, axis: &[Unknown]) -> [f64; 2] {
        let nodes = self.nodes(axis, Rule::Gauss(MANY));
        let mean: f64 = nodes.iter().map(|(x, weight)| x * weight).sum();
        let variance: f64 = nodes.iter().map(|(x, weight)| weight * (x - mean) * (x - mean)).sum();
        let is_chance = self.knowledge.estimate(axis[0].estimate).kind == Kind::Chance;
        let room = if is_chance { mean.min(1.0 - mean) } else { 0.9 * mean };
        let away = variance.sqrt().min(room.max(0.0));
        [mean - away, mean + away]
    }

    /// The unknowns with which the figures bend, so that their mean is not the figure at the means; and whether they
    /// bend too much for a few points of each axis.
    pub fn bending(&self) -> (Vec<Unknown>, bool) {
        let (base, found) = self.tried();
        let is_straight = |by_points: &[Vec<Bounded>; 2]| {
            by_points.iter().all(|means| means.iter().zip(&base).all(|(a, b)| (a.0 - b.0).abs() <= STRAIGHT * b.0))
        };
        let axes = self.axes.iter().zip(&found).filter(|(_, found)| !is_straight(found));
        let bends = self.depend_on_each_other() || bends(&base, &found);
        (axes.flat_map(|(axis, _)| axis).copied().collect(), bends)
    }

    /// Whether what one unknown does depends on where another stands, as where it counts which of two controls fails
    /// more often: then no axis is looked at alone.
    fn depend_on_each_other(&self) -> bool {
        let shared = self.knowledge.shared_reliabilities();
        self.axes.iter().flatten().filter(|unknown| shared.contains(&unknown.estimate)).count() > 1
    }

    /// The figures at the means, and their means over each axis by few and by more points.
    fn tried(&self) -> (Vec<Bounded>, Vec<[Vec<Bounded>; 2]>) {
        let by = |axis: &Vec<Unknown>| [MANY, 2 * MANY].map(|points| self.alone(axis, Rule::Gauss(points)));
        (self.at(&[]), self.axes.iter().map(by).collect())
    }

    /// The means of each figure over the axes that change it: one or two of them as if there were no others, more of them
    /// by their effects, multiplied.
    fn by_figure(&self, base: &[Bounded], found: Vec<[Vec<Bounded>; 2]>) -> Vec<Bounded> {
        let changing: Vec<Vec<usize>> = (0..base.len())
            .map(|figure| {
                let changes = |means: &Vec<Bounded>| means[figure].0 != base[figure].0;
                (0..self.axes.len()).filter(|axis| found[*axis].iter().any(changes)).collect()
            })
            .collect();
        let mut few: BTreeMap<&[usize], Vec<Bounded>> = BTreeMap::new();
        for axes in changing.iter().map(Vec::as_slice).filter(|axes| axes.len() <= 2) {
            few.entry(axes).or_insert_with(|| match axes {
                [one, other] => Self::with_error(&|rule| self.pairs(&self.axes[*one], &self.axes[*other], rule), 1).0,
                [one] => Self::with_error(&|rule| self.alone(&self.axes[*one], rule), 0).0,
                _ => base.to_vec(),
            });
        }
        let all = if changing.iter().any(|axes| axes.len() > 2) {
            multiplied(base, &self.refined(found))
        } else {
            Vec::new()
        };
        let of = |(figure, axes): (usize, &Vec<usize>)| few.get(axes.as_slice()).unwrap_or(&all)[figure];
        changing.iter().enumerate().map(of).collect()
    }

    /// The means over each axis, by more points where few and more do not agree, with what is then missed in their error.
    fn refined(&self, found: Vec<[Vec<Bounded>; 2]>) -> Vec<Vec<Bounded>> {
        let by_axis = self.axes.iter().zip(found).map(|(axis, [mut few, mut more])| {
            let mut points = 2 * MANY;
            // What bends so much with one axis may bend with two of them at once.
            let at_once = missed(&more, &few);
            loop {
                let gap = missed(&more, &few);
                let (size, rough) =
                    more.iter().fold((0.0, 0.0), |sum, (value, error)| (sum.0 + value.abs(), sum.1 + error));
                let is_near = gap.iter().sum::<f64>() <= MISSED * size + rough;
                if is_near && points == 2 * MANY {
                    return told(more, gap, 0.1);
                }
                if is_near || points >= POINTS[0] {
                    return told(told(more, gap, 1.0), at_once, 0.5);
                }
                points *= 2;
                (few, more) = (more, self.alone(axis, Rule::Gauss(points)));
            }
        });
        by_axis.collect()
    }

    /// The means over the worlds of a lattice rule.
    fn in_worlds(&self, shift: u64) -> Vec<Bounded> {
        self.weighted(lattice(self.knowledge, self.axes, self.values, shift))
    }
}

fn is_prime(number: usize) -> bool {
    number > 1 && (2..number).take_while(|x| x * x <= number).all(|x| !number.is_multiple_of(x))
}

/// What a rule misses, as another one tells it.
fn missed(fine: &[Bounded], coarse: &[Bounded]) -> Vec<f64> {
    fine.iter().zip(coarse).map(|((value, _), (other, _))| (value - other).abs()).collect()
}

/// Figures with a part of what is missed in their errors.
fn told(fine: Vec<Bounded>, missed: Vec<f64>, part: f64) -> Vec<Bounded> {
    fine.into_iter().zip(missed).map(|((value, error), missed)| (value, error + part * missed)).collect()
}

/// Whether more points of an axis say something else than few.
fn bends(base: &[Bounded], found: &[[Vec<Bounded>; 2]]) -> bool {
    let (size, rough) = base.iter().fold((0.0, 0.0), |sum, (value, error)| (sum.0 + value, sum.1 + error));
    found.iter().any(|[few, more]| {
        few.iter().zip(more).map(|(few, more)| (few.0 - more.0).abs()).sum::<f64>() > KINK * size + rough
    })
}

/// The effects of all axes, multiplied.
fn multiplied(base: &[Bounded], by_axis: &[Vec<Bounded>]) -> Vec<Bounded> {
    base.iter()
        .enumerate()
        .map(|(figure, (base, error))| {
            let means = || by_axis.iter().map(|means| means[figure].0);
            // What the points of an axis miss comes on top.
            let error = error + by_axis.iter().map(|means| (means[figure].1 - error).max(0.0)).sum::<f64>();
            let added = base + means().map(|mean| mean - base).sum::<f64>();
            if *base <= 0.0 {
                return (added.max(0.0), error + (added - base).abs());
            }
            let product = base * means().map(|mean| mean / base).product::<f64>();
            (product, error + (product - added).abs())
        })
        .collect()
}

/// The worlds of a lattice rule in all unknowns at once, under a shift.
fn lattice<'a>(
    knowledge: &Knowledge<'_>,
    axes: &'a [Vec<Unknown>],
    values: &Values<f64>,
    shift: u64,
) -> Vec<World<'a>> {
    let unknowns: Vec<&Unknown> = axes.iter().flatten().collect();
    let rule = LatticeRule::new(LATTICE, unknowns.len());
    let shift = rule.shift(shift);
    let world = |index: u64| {
        let uniforms = unknowns.iter().zip(rule.point(index, &shift));
        let moves = uniforms.map(|(of, uniform)| (*of, raised(knowledge, of, values, knowledge.value(of, uniform))));
        (1.0 / rule.points() as f64, moves.collect())
    };
    (0..rule.points()).map(world).collect()
}
