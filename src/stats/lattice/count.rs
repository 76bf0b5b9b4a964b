//! How do the losses of single events become the loss of a year?
//!
//! With P(z) = E\[z^N\], the generating function of the number of events, the year's transform is
//! P(f̂). Poisson exp(λ(z − 1)); negative binomial (1 + (1 − z)·mean/size)^(−size), variance
//! mean + mean²/size; at most one 1 − q + qz; an uncertain rate averages these over its nodes.
//! Mean and variance of the year are Wald's: E\[N\]E\[X\] and E\[N\]Var\[X\] + Var\[N\]E\[X\]².
//! (Loss Models, chapters 6 and 9.)

use rayon::prelude::*;
use realfft::num_complex::Complex;

use super::blocks::{self, LANES, Lanes, for_each_block};
use super::spectrum::{at_most_once, clamp_chance};
use super::{Severity, Spectrum};

/// The number of loss events in a year.
#[derive(Debug, Clone, PartialEq)]
pub enum Count {
    /// Events at a known rate, independent of each other.
    Poisson {
        /// Events a year.
        rate: f64,
    },
    /// Clustered events: the smaller the size, the more clustered.
    NegativeBinomial {
        /// Events a year.
        mean: f64,
        /// The size r in variance = mean + mean²/r.
        size: f64,
    },
    /// At most one event a year.
    AtMostOne {
        /// The chance of it.
        chance: f64,
    },
    /// A rate that is not known: one value for the whole year.
    UncertainRate {
        /// Which rates, with which weights.
        rates: RateNodes,
        /// Poisson if absent, else negative binomial with this size at every rate.
        size: Option<f64>,
    },
}

/// Rates with weights that add up to one: the quadrature of an uncertain rate.
#[derive(Debug, Clone, PartialEq)]
pub struct RateNodes {
    rates: Vec<f64>,
    weights: Vec<f64>,
    /// The distance of neighbours, where it is everywhere the same.
    step: Option<f64>,
}

/// Mean and variance of the number of events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountMoments {
    /// E\[N\].
    pub mean: f64,
    /// Var\[N\].
    pub variance: f64,
}

impl RateNodes {
    /// Nodes `(rate, weight)`. Weights are scaled to the sum 1. None if no weight is left, or a
    /// rate is negative or not finite.
    pub fn new(nodes: &[(f64, f64)]) -> Option<Self> {
        let mut nodes = nodes.to_vec();
        if nodes.iter().any(|(r, w)| !r.is_finite() || *r < 0.0 || !w.is_finite()) {
            return None;
        }
        nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = nodes.iter().map(|n| n.1).sum();
        if total <= 0.0 {
            return None;
        }
        let rates: Vec<f64> = nodes.iter().map(|n| n.0).collect();
        let weights = nodes.iter().map(|n| n.1 / total).collect();
        let step = match (rates.first(), rates.last()) {
            (Some(first), Some(last)) if rates.len() > 2 => {
                let step = (last - first) / (rates.len() - 1) as f64;
                let even = rates
                    .iter()
                    .enumerate()
                    .all(|(i, rate)| (rate - (first + i as f64 * step)).abs() <= 1e-12 * last.abs());
                (even && step > 0.0).then_some(step)
            }
            _ => None,
        };
        Some(Self { rates, weights, step })
    }

    /// `count` nodes at equal steps from `low` to `high` for a rate that is distributed like
    /// `rate` between these bounds. Smooth functions of the rate are averaged to the sixth order
    /// of the step; single weights may be slightly negative.
    pub fn evenly(rate: &dyn Severity, low: f64, high: f64, count: usize) -> Option<Self> {
        let count = count.max(5);
        let step = (high - low) / (count - 1) as f64;
        if !(low >= 0.0 && step > 0.0 && step.is_finite()) {
            return None;
        }
        let mut before = 1.0;
        let mut hats = Vec::with_capacity(count);
        for i in 0..count {
            let x = low + i as f64 * step;
            let mean = if i + 1 == count { 0.0 } else { (rate.limited_mean(x + step) - rate.limited_mean(x)) / step };
            hats.push(before - mean);
            before = mean;
        }
        // Hats blur the rate; second and fourth differences take that back (1/sinc² = 1 + D/12 +
        // D²/90 + … in D = −δ²). What falls outside the bounds is put on the five nodes that
        // extrapolate polynomials of the fourth degree from inside.
        let at = |i: isize| usize::try_from(i).ok().and_then(|i| hats.get(i)).copied().unwrap_or(0.0);
        let mut weights = vec![0.0; count];
        let last = count - 1;
        for i in -2..=(count as isize + 1) {
            let second = at(i - 1) - 2.0 * at(i) + at(i + 1);
            let fourth = at(i - 2) - 4.0 * (at(i - 1) + at(i + 1)) + 6.0 * at(i) + at(i + 2);
            let weight = at(i) - second / 12.0 + fourth / 90.0;
            let outside = if i < 0 { -i } else { (i - last as isize).max(0) };
            let onto: &[f64] = match outside {
                0 => &[1.0],
                1 => &[5.0, -10.0, 10.0, -5.0, 1.0],
                _ => &[15.0, -40.0, 45.0, -24.0, 5.0],
            };
            let start = i.clamp(0, last as isize) as usize;
            for (j, share) in onto.iter().enumerate() {
                let place = if i < 0 { start + j } else { start - j };
                weights[place] += weight * share;
            }
        }
        let nodes: Vec<(f64, f64)> = weights.iter().enumerate().map(|(i, w)| (low + i as f64 * step, *w)).collect();
        Self::new(&nodes)
    }

    /// Where the rates lie near each other, E\[e^(Λ(z − 1))\] = e^(r(z − 1)) Σ mⱼ zʲ with r in their
    /// middle and mⱼ = E\[e^(−δ) δʲ\]/j!, δ = Λ − r: one exponential and a polynomial instead of an
    /// exponential for each rate.
    fn near(&self) -> Option<(f64, Vec<f64>)> {
        let (first, last) = (*self.rates.first()?, *self.rates.last()?);
        let (middle, reach) = (0.5 * (first + last), 0.5 * (last - first));
        if reach > NEAR {
            return None;
        }
        let mut powers: Vec<f64> =
            self.rates.iter().zip(&self.weights).map(|(r, w)| w * libm::exp(middle - r)).collect();
        let mut terms = vec![powers.iter().sum()];
        let mut largest = libm::exp(reach);
        for j in 1.. {
            largest *= reach / f64::from(j);
            if largest < 1e-18 {
                break;
            }
            powers.iter_mut().zip(&self.rates).for_each(|(power, r)| *power *= (r - middle) / f64::from(j));
            terms.push(powers.iter().sum());
        }
        Some((middle, terms))
    }

    fn average(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.rates.iter().zip(&self.weights).map(|(rate, weight)| weight * of(*rate)).sum()
    }
}

impl Count {
    /// E\[z^N\] for z between 0 and 1. The chance of a year without loss is this at the chance
    /// that one event costs nothing.
    pub fn generating(&self, z: f64) -> f64 {
        let poisson = |rate: f64| libm::exp(non_negative(rate) * (z - 1.0));
        let negative_binomial = |mean: f64, size: f64| {
            if is_size(size) {
                libm::exp(-size * libm::log1p((1.0 - z) * non_negative(mean) / size))
            } else {
                poisson(mean)
            }
        };
        match self {
            Count::Poisson { rate } => poisson(*rate),
            Count::NegativeBinomial { mean, size } => negative_binomial(*mean, *size),
            Count::AtMostOne { chance } => 1.0 - clamp_chance(*chance) * (1.0 - z),
            Count::UncertainRate { rates, size: None } => rates.average(poisson),
            Count::UncertainRate { rates, size: Some(size) } => rates.average(|mean| negative_binomial(mean, *size)),
        }
    }

    /// Mean and variance of the number of events.
    pub fn moments(&self) -> CountMoments {
        match self {
            Count::Poisson { rate } => {
                let mean = non_negative(*rate);
                CountMoments { mean, variance: mean }
            }
            Count::NegativeBinomial { mean, size } => {
                let mean = non_negative(*mean);
                let extra = if is_size(*size) { mean * mean / size } else { 0.0 };
                CountMoments { mean, variance: mean + extra }
            }
            Count::AtMostOne { chance } => {
                let mean = clamp_chance(*chance);
                CountMoments { mean, variance: mean * (1.0 - mean) }
            }
            Count::UncertainRate { rates, size } => {
                let mean = rates.average(|rate| rate);
                let spread = rates.average(|rate| (rate - mean) * (rate - mean));
                let extra = match size {
                    Some(size) if is_size(*size) => (spread + mean * mean) / size,
                    _ => 0.0,
                };
                CountMoments { mean, variance: mean + spread + extra }
            }
        }
    }

    /// Turns the transform of one event's loss into that of the year's loss.
    pub fn compound(&self, event: &mut Spectrum) {
        // Each value on its own: so stretches of them go to all processors.
        event.values.par_chunks_mut(STRETCH).for_each(|values| self.compound_values(values));
    }

    fn compound_values(&self, values: &mut [Complex<f64>]) {
        match self {
            Count::Poisson { rate } => poisson(values, non_negative(*rate)),
            Count::NegativeBinomial { mean, size } if is_size(*size) => {
                negative_binomial(values, non_negative(*mean), *size);
            }
            Count::NegativeBinomial { mean, .. } => poisson(values, non_negative(*mean)),
            Count::AtMostOne { chance } => at_most_once(values, *chance),
            Count::UncertainRate { rates, size: Some(size) } if is_size(*size) => {
                average(values, rates, |values, rate| negative_binomial(values, rate, *size));
            }
            Count::UncertainRate { rates, .. } => match rates.step {
                Some(step) => evenly_mixed(values, rates, step),
                None => match rates.near() {
                    Some((middle, terms)) => nearly_poisson(values, middle, &terms),
                    None => poisson_mixed(values, rates),
                },
            },
        }
    }
}

/// Values that are worked on in one go.
const STRETCH: usize = 1 << 12;

/// Rates this far from their middle take so few terms that no digits are lost.
const NEAR: f64 = 2.5;

fn non_negative(rate: f64) -> f64 {
    if rate > 0.0 && rate.is_finite() { rate } else { 0.0 }
}

/// Beyond the bound the negative binomial is a Poisson to rounding.
fn is_size(size: f64) -> bool {
    size > 0.0 && size < 1e15
}

fn poisson(values: &mut [Complex<f64>], rate: f64) {
    for_each_block(values, |re, im| {
        for lane in 0..LANES {
            re[lane] = rate * (re[lane] - 1.0);
            im[lane] *= rate;
        }
        blocks::exp(re, im);
    });
}

/// exp of the values themselves: a sum of Poisson exponents that is complete.
pub(super) fn exponential(values: &mut [Complex<f64>]) {
    for_each_block(values, blocks::exp);
}

fn negative_binomial(values: &mut [Complex<f64>], mean: f64, size: f64) {
    let beta = mean / size;
    for_each_block(values, |re, im| {
        for lane in 0..LANES {
            re[lane] = beta * (1.0 - re[lane]);
            im[lane] *= -beta;
        }
        blocks::ln_one_plus(re, im);
        for lane in 0..LANES {
            re[lane] *= -size;
            im[lane] *= -size;
        }
        blocks::exp(re, im);
    });
}

/// Σ wⱼ e^((r₀ + j·step)·w) = e^(r₀w) Σ wⱼ (e^(step·w))ʲ: two exponentials and one polynomial
/// instead of an exponential a node. |e^(step·w)| ≤ 1, so Horner's scheme is stable.
fn evenly_mixed(values: &mut [Complex<f64>], rates: &RateNodes, step: f64) {
    let first = rates.rates.first().copied().unwrap_or(0.0);
    for_each_block(values, |re, im| {
        let (mut step_re, mut step_im): (Lanes, Lanes) = ([0.0; LANES], [0.0; LANES]);
        for lane in 0..LANES {
            let (u, v) = (re[lane] - 1.0, im[lane]);
            step_re[lane] = step * u;
            step_im[lane] = step * v;
            re[lane] = first * u;
            im[lane] = first * v;
        }
        blocks::exp(&mut step_re, &mut step_im);
        blocks::exp(re, im);
        let (mut sum_re, mut sum_im): (Lanes, Lanes) = ([0.0; LANES], [0.0; LANES]);
        for weight in rates.weights.iter().rev() {
            for lane in 0..LANES {
                let (a, b) = (sum_re[lane], sum_im[lane]);
                sum_re[lane] = a * step_re[lane] - b * step_im[lane] + weight;
                sum_im[lane] = a * step_im[lane] + b * step_re[lane];
            }
        }
        for lane in 0..LANES {
            let (a, b) = (re[lane], im[lane]);
            re[lane] = a * sum_re[lane] - b * sum_im[lane];
            im[lane] = a * sum_im[lane] + b * sum_re[lane];
        }
    });
}

/// e^(r(z − 1)) times a polynomial of z.
fn nearly_poisson(values: &mut [Complex<f64>], middle: f64, terms: &[f64]) {
    for_each_block(values, |re, im| {
        let (mut sum_re, mut sum_im): (Lanes, Lanes) = ([0.0; LANES], [0.0; LANES]);
        for term in terms.iter().rev() {
            for lane in 0..LANES {
                let (a, b) = (sum_re[lane], sum_im[lane]);
                sum_re[lane] = a * re[lane] - b * im[lane] + term;
                sum_im[lane] = a * im[lane] + b * re[lane];
            }
        }
        for lane in 0..LANES {
            re[lane] = middle * (re[lane] - 1.0);
            im[lane] *= middle;
        }
        blocks::exp(re, im);
        for lane in 0..LANES {
            let (a, b) = (re[lane], im[lane]);
            re[lane] = a * sum_re[lane] - b * sum_im[lane];
            im[lane] = a * sum_im[lane] + b * sum_re[lane];
        }
    });
}

/// Σ wⱼ e^(rⱼ(z − 1)).
fn poisson_mixed(values: &mut [Complex<f64>], rates: &RateNodes) {
    for_each_block(values, |re, im| {
        let (mut sum_re, mut sum_im): (Lanes, Lanes) = ([0.0; LANES], [0.0; LANES]);
        for (rate, weight) in rates.rates.iter().zip(&rates.weights) {
            let (mut node_re, mut node_im): (Lanes, Lanes) = ([0.0; LANES], [0.0; LANES]);
            for lane in 0..LANES {
                node_re[lane] = rate * (re[lane] - 1.0);
                node_im[lane] = rate * im[lane];
            }
            blocks::exp(&mut node_re, &mut node_im);
            for lane in 0..LANES {
                sum_re[lane] += weight * node_re[lane];
                sum_im[lane] += weight * node_im[lane];
            }
        }
        (*re, *im) = (sum_re, sum_im);
    });
}

fn average(values: &mut [Complex<f64>], rates: &RateNodes, compound: impl Fn(&mut [Complex<f64>], f64)) {
    let mut sum = vec![Complex::default(); values.len()];
    let mut node = vec![Complex::default(); values.len()];
    for (rate, weight) in rates.rates.iter().zip(&rates.weights) {
        node.copy_from_slice(values);
        compound(&mut node, *rate);
        for (total, value) in sum.iter_mut().zip(&node) {
            *total += value * weight;
        }
    }
    values.copy_from_slice(&sum);
}
