//! How do the losses of single events become the loss of a year?
//!
//! With P(z) = E\[z^N\], the generating function of the number of events, the year's transform is
//! P(f̂). Poisson exp(λ(z − 1)); negative binomial (1 + (1 − z)·mean/size)^(−size), variance
//! mean + mean²/size; at most one 1 − q + qz; an uncertain rate averages these over its points.
//! Mean and variance of the year are Wald's: E\[N\]E\[X\] and E\[N\]Var\[X\] + Var\[N\]E\[X\]².
//! (Loss Models, chapters 6 and 9.)

use rayon::prelude::*;
use realfft::num_complex::Complex;

use super::Spectrum;
use super::blocks::{self, LANES, Lanes, for_each_block};
use super::spectrum::{at_most_once, clamp_chance};

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
    UncertainRate(Rates),
}

/// Rates with weights that add up to one: an uncertain rate, and what its counts are.
///
/// E\[z^N\] = Σ pₙzⁿ + Σ wⱼ e^(λⱼ(z − 1)): the chances pₙ of so many events at all low rates
/// together, a polynomial that costs no exponential however many those rates are, and one term for
/// each high rate. (Of a negative binomial likewise.)
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// Chances of 0, 1, … events at the low rates.
    low: Vec<f64>,
    /// The high rates with their weights.
    high: Vec<(f64, f64)>,
    /// All rates with their weights.
    all: Vec<(f64, f64)>,
    /// Poisson if absent, else negative binomial with this size at every rate.
    size: Option<f64>,
    moments: CountMoments,
}

/// Mean and variance of the number of events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountMoments {
    /// E\[N\].
    pub mean: f64,
    /// Var\[N\].
    pub variance: f64,
}

/// An exponential costs as much as so many terms of the polynomial.
const EXPONENTIAL: usize = 20;
/// The most terms of the polynomial.
const MOST_TERMS: usize = 256;
/// Chances beyond this are kept: all that are left out together are far below the rounding of a transform.
const LEAST_SEEN: f64 = 1e-20;

impl Rates {
    /// Rates with weights, the latter scaled to the sum 1. Mean and second moment of the rate are
    /// what is known of it without these points. None if no weight is left, or a rate is negative or
    /// not finite.
    pub fn new(points: &[(f64, f64)], first: f64, second: f64, size: Option<f64>) -> Option<Self> {
        let mut all = points.to_vec();
        if all.iter().any(|(rate, weight)| !rate.is_finite() || *rate < 0.0 || !weight.is_finite()) {
            return None;
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = all.iter().map(|point| point.1).sum();
        if total <= 0.0 {
            return None;
        }
        all.iter_mut().for_each(|point| point.1 /= total);
        let size = size.filter(|size| is_size(*size));
        // The cheapest place to part low from high rates.
        let mut best = (EXPONENTIAL * all.len(), 0, 0);
        for place in 1..=all.len() {
            let Some(terms) = terms_of(all[place - 1].0, size) else { break };
            let cost = terms + EXPONENTIAL * (all.len() - place);
            if cost < best.0 {
                best = (cost, place, terms);
            }
        }
        let (low, high) = all.split_at(best.1);
        let mut chances = vec![0.0; best.2];
        for (rate, weight) in low {
            let mut term = weight * generating(*rate, size, 1.0);
            for (n, chance) in chances.iter_mut().enumerate() {
                *chance += term;
                let n = n as f64;
                term *= match size {
                    Some(size) => rate * (size + n) / ((n + 1.0) * (rate + size)),
                    None => rate / (n + 1.0),
                };
            }
        }
        // What no sum of doubles sees costs as much as the rest.
        chances.truncate(terms_at(&chances, 1.0));
        let spread = (second - first * first).max(0.0);
        let extra = size.map_or(0.0, |size| second / size);
        let moments = CountMoments { mean: first, variance: first + spread + extra };
        Some(Self { low: chances, high: high.to_vec(), size, moments, all })
    }

    /// Rates with weights of which nothing else is known.
    pub fn of_points(points: &[(f64, f64)], size: Option<f64>) -> Option<Self> {
        let total: f64 = points.iter().map(|point| point.1).sum();
        let mean =
            |of: &dyn Fn(f64) -> f64| points.iter().map(|(rate, weight)| weight * of(*rate)).sum::<f64>() / total;
        Self::new(points, mean(&|rate| rate), mean(&|rate| rate * rate), size)
    }
}

/// How many counts matter at a rate; none if they are too many for a polynomial.
fn terms_of(rate: f64, size: Option<f64>) -> Option<usize> {
    let terms = match size {
        // The ratio of neighbouring chances falls to rate / (rate + size).
        Some(size) => {
            let ratio = rate / (rate + size);
            rate + 12.0 + 41.5 / -libm::log(ratio.clamp(1e-300, 1.0 - 1e-9))
        }
        None => rate + 9.0 * rate.sqrt() + 18.0,
    };
    (terms <= MOST_TERMS as f64).then_some(terms as usize)
}

/// E\[z^N\] at a rate, by the gap 1 − z.
fn generating(rate: f64, size: Option<f64>, gap: f64) -> f64 {
    match size {
        Some(size) => libm::exp(-size * libm::log1p(gap * non_negative(rate) / size)),
        None => libm::exp(-non_negative(rate) * gap),
    }
}

/// 1 − E\[z^N\] at a rate, by the gap 1 − z, with all its digits.
fn missing(rate: f64, size: Option<f64>, gap: f64) -> f64 {
    match size {
        Some(size) => -libm::expm1(-size * libm::log1p(gap * non_negative(rate) / size)),
        None => -libm::expm1(-non_negative(rate) * gap),
    }
}

impl Count {
    /// 1 − E\[z^N\] by the gap 1 − z. The chance that a year costs anything is this at the chance
    /// that one event does: small chances keep their digits.
    pub fn missing(&self, gap: f64) -> f64 {
        match self {
            Count::Poisson { rate } => missing(*rate, None, gap),
            Count::NegativeBinomial { mean, size } => missing(*mean, Some(*size).filter(|size| is_size(*size)), gap),
            Count::AtMostOne { chance } => clamp_chance(*chance) * gap,
            Count::UncertainRate(rates) => {
                rates.all.iter().map(|(rate, weight)| weight * missing(*rate, rates.size, gap)).sum()
            }
        }
    }

    /// E\[z^N\] for z between 0 and 1. The chance of a year without loss is this at the chance
    /// that one event costs nothing.
    pub fn generating(&self, z: f64) -> f64 {
        1.0 - self.missing(1.0 - z)
    }

    /// The chances that exactly 0, 1, 2, … events cost something, each with the chance `something`:
    /// as many as are above `least`, at most `most` + 1 of them.
    pub fn costly(&self, something: f64, most: usize, least: f64) -> Vec<f64> {
        let of = |rate: f64, size: Option<f64>, weight: f64, sums: &mut Vec<f64>| {
            // Thinned by z, both counts stay what they are; c₀, then the ratio of neighbours, each per
            // power of the masses themselves.
            let mut term = weight * generating(rate, size, something);
            for n in 0..=most {
                if n == sums.len() {
                    sums.push(0.0);
                }
                sums[n] += term;
                term *= match size {
                    Some(size) => rate * (size + n as f64) / ((n as f64 + 1.0) * (size + rate * something)),
                    None => rate / (n as f64 + 1.0),
                };
                let is_rising = (n as f64 + 1.0) < rate;
                if term < 0.01 * least * weight && !is_rising {
                    break;
                }
            }
        };
        let mut sums = Vec::new();
        match self {
            Count::Poisson { rate } => of(non_negative(*rate), None, 1.0, &mut sums),
            Count::NegativeBinomial { mean, size } => {
                of(non_negative(*mean), Some(*size).filter(|size| is_size(*size)), 1.0, &mut sums);
            }
            Count::AtMostOne { chance } => {
                let chance = clamp_chance(*chance);
                sums.extend([1.0 - chance * something, chance]);
            }
            Count::UncertainRate(rates) => {
                rates.all.iter().for_each(|(rate, weight)| of(*rate, rates.size, *weight, &mut sums));
            }
        }
        sums
    }

    /// What `compound` costs a value, in additions and multiplications, about.
    pub fn work(&self) -> f64 {
        match self {
            Count::Poisson { .. } => EXPONENTIAL as f64,
            Count::NegativeBinomial { .. } => 2.0 * EXPONENTIAL as f64,
            Count::AtMostOne { .. } => 1.0,
            Count::UncertainRate(rates) => (rates.low.len() + EXPONENTIAL * rates.high.len()) as f64,
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
            Count::UncertainRate(rates) => rates.moments,
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
            Count::UncertainRate(rates) => mixed(values, rates),
        }
    }
}

/// Values that are worked on in one go.
const STRETCH: usize = 1 << 12;

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

/// How many terms pₙzⁿ are seen where |z| is no larger than this.
fn terms_at(chances: &[f64], largest: f64) -> usize {
    let (mut seen, mut power) = (0, 1.0);
    for (n, chance) in chances.iter().enumerate() {
        if chance * power > LEAST_SEEN {
            seen = n + 1;
        }
        power *= largest;
        if power <= LEAST_SEEN {
            break;
        }
    }
    seen
}

/// Σ pₙzⁿ + Σ wⱼ e^(λⱼ(z − 1)). |z| ≤ 1, so Horner's scheme is stable.
fn mixed(values: &mut [Complex<f64>], rates: &Rates) {
    for_each_block(values, |re, im| {
        let (mut sum_re, mut sum_im): (Lanes, Lanes) = ([0.0; LANES], [0.0; LANES]);
        // Most of a spectrum is small: there a few terms are all that count.
        let largest = re.iter().zip(im.iter()).map(|(a, b)| a * a + b * b).fold(0.0, f64::max).sqrt();
        for chance in rates.low[..terms_at(&rates.low, largest)].iter().rev() {
            for lane in 0..LANES {
                let (a, b) = (sum_re[lane], sum_im[lane]);
                sum_re[lane] = a * re[lane] - b * im[lane] + chance;
                sum_im[lane] = a * im[lane] + b * re[lane];
            }
        }
        for (rate, weight) in &rates.high {
            let (mut node_re, mut node_im): (Lanes, Lanes) = ([0.0; LANES], [0.0; LANES]);
            match rates.size {
                Some(size) => {
                    for lane in 0..LANES {
                        node_re[lane] = rate / size * (1.0 - re[lane]);
                        node_im[lane] = -rate / size * im[lane];
                    }
                    blocks::ln_one_plus(&mut node_re, &mut node_im);
                    for lane in 0..LANES {
                        node_re[lane] *= -size;
                        node_im[lane] *= -size;
                    }
                }
                None => {
                    for lane in 0..LANES {
                        node_re[lane] = rate * (re[lane] - 1.0);
                        node_im[lane] = rate * im[lane];
                    }
                }
            }
            // Nothing is left of what is this small, and the rates rise.
            if node_re.iter().all(|size| *size < -60.0) {
                break;
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
