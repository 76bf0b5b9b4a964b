//! What does a range give at these 64 random bits?
//!
//! Bits name a probability: the first says from which end it is counted, the others how far,
//! v in (0, ½). The quantile there is a cubic in each sixteenth of an octave of v, through the
//! exact quantiles and slopes (Hermite): narrow cells where a tail is steep, the few hot ones in
//! the fastest memory. Below 2⁻¹⁴ from an end the exact inverse is asked. The error is about a
//! millionth of the draw, up to a ten-thousandth for ranges over five orders of magnitude: far below
//! what a million years leave open. Values with a chance of their own are picked by number.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::stats::special::{normal_pdf, normal_quantile};
use crate::stats::{Beta, Distribution};

/// Cells of an octave.
const CELLS: u64 = 16;
/// Octaves on each side.
const OCTAVES: u64 = 13;
/// Cells of a side.
const SIDE: usize = (CELLS * OCTAVES) as usize;
/// Bits of a float below its cell.
const BELOW: u32 = 48;
/// The lowest v of a cell, as bits: 2^−(octaves + 1).
const LOWEST: u64 = (1023 - (OCTAVES + 1)) << 52;

/// Draws from one range.
#[derive(Debug, Clone)]
pub enum Sampler {
    /// Always this.
    Known(f64),
    /// One of these, each as likely as the others.
    Atoms(Vec<f64>),
    /// By the exact inverse, where it is quick.
    Direct(Distribution),
    /// By cubics, stretched and then shifted.
    Table {
        /// The cubics.
        table: Arc<Table>,
        /// What a draw is multiplied by.
        width: f64,
        /// What is added then.
        low: f64,
    },
}

/// Cubics in the cells of both sides.
#[derive(Debug, Clone)]
pub struct Table {
    cells: Vec<[f64; 4]>,
    range: Distribution,
}

impl Sampler {
    /// For a range.
    #[must_use]
    pub fn new(range: &Distribution) -> Self {
        match range {
            Distribution::Fixed(known) => Self::Known(known.value()),
            Distribution::Empirical(samples) => Self::Atoms(samples.samples().to_vec()),
            // A ceiling has a kink and a chance of its own, which no cubic follows.
            Distribution::Triangular(_) | Distribution::Uniform(_) | Distribution::Capped(_) => {
                Self::Direct(range.clone())
            }
            _ => Self::Table { table: Arc::new(Table::new(range)), width: 1.0, low: 0.0 },
        }
    }

    /// The draw at these bits.
    #[inline]
    #[must_use]
    pub fn at(&self, bits: u64) -> f64 {
        match self {
            Self::Table { table, width, low } => low + width * table.at(bits),
            Self::Known(value) => *value,
            Self::Atoms(values) => {
                let place = (u128::from(bits) * values.len() as u128) >> 64;
                values[place as usize]
            }
            Self::Direct(range) => {
                let (upper, v) = sided(bits);
                exact(range, upper, v)
            }
        }
    }

    /// The draws at these bits, each with its place: the kind of range is asked once.
    #[inline]
    pub fn each(&self, draws: impl Iterator<Item = (usize, u64)>, mut take: impl FnMut(usize, f64)) {
        match self {
            Self::Table { table, width, low } => {
                let (table, width, low) = (table.as_ref(), *width, *low);
                draws.for_each(|(place, bits)| take(place, low + width * table.at(bits)));
            }
            Self::Known(value) => draws.for_each(|(place, _)| take(place, *value)),
            _ => draws.for_each(|(place, bits)| take(place, self.at(bits))),
        }
    }
}

/// Which end, and the distance from it: in [0, ½), a multiple of 2⁻⁵⁴.
#[inline]
fn sided(bits: u64) -> (bool, f64) {
    const UNIT: f64 = 1.0 / (1_u64 << 54) as f64;
    (bits >> 63 == 1, (bits >> 10 & ((1 << 53) - 1)) as i64 as f64 * UNIT)
}

/// The quantile at distance v from an end, the middle of a step instead of the end itself.
fn exact(range: &Distribution, upper: bool, v: f64) -> f64 {
    let v = v.max(0.5 / (1_u64 << 54) as f64);
    range.quantile(if upper { (1.0 - v).min(1.0 - 0.5 * f64::EPSILON) } else { v })
}

/// Where the cells of a side meet: in sixteenths of an octave, so that the bits count up through exact floats.
fn meeting(index: u64) -> f64 {
    f64::from_bits(LOWEST + (index << BELOW))
}

/// The standard normal where the cells of each side meet: quantile, and how fast it rises with its chance.
fn standard_normal() -> &'static [Vec<(f64, f64)>; 2] {
    static NODES: OnceLock<[Vec<(f64, f64)>; 2]> = OnceLock::new();
    NODES.get_or_init(|| {
        [false, true].map(|upper| {
            let node = |index: u64| {
                let v = meeting(index);
                let z = normal_quantile(if upper { 1.0 - v } else { v });
                (z, 1.0 / normal_pdf(z))
            };
            (0..=CELLS * OCTAVES).map(node).collect()
        })
    })
}

impl Table {
    fn new(range: &Distribution) -> Self {
        let mut cells = Vec::with_capacity(2 * SIDE);
        for upper in [false, true] {
            let node = |index: u64| {
                let v = meeting(index);
                // Cases have hundreds of lognormals: what they have in common is worked out once.
                if let Distribution::Lognormal(range) = range {
                    let ((mu, sigma), (z, slope)) =
                        (range.logs(), standard_normal()[usize::from(upper)][index as usize]);
                    let x = libm::exp(mu + sigma * z);
                    return (v, x, sigma * x * slope);
                }
                let x = exact(range, upper, v);
                (v, x, 1.0 / range.pdf(x))
            };
            let mut left = node(0);
            for index in 1..=CELLS * OCTAVES {
                let right = node(index);
                let width = right.0 - left.0;
                let (rise, sign) = (right.1 - left.1, if upper { -1.0 } else { 1.0 });
                let slope = |slope: f64| if slope.is_finite() { sign * slope * width } else { rise };
                let (start, end) = (slope(left.2), slope(right.2));
                cells.push([left.1, start, 3.0 * rise - 2.0 * start - end, start + end - 2.0 * rise]);
                left = right;
            }
        }
        Self { cells, range: range.clone() }
    }

    #[inline]
    fn at(&self, bits: u64) -> f64 {
        let (upper, v) = sided(bits);
        let word = v.to_bits();
        if word < LOWEST {
            return exact(&self.range, upper, v);
        }
        let cell = ((word - LOWEST) >> BELOW) as usize + if upper { SIDE } else { 0 };
        // The bits below the cell are the way through it.
        let t = f64::from_bits(word << (52 - BELOW) & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000) - 1.0;
        let [a, b, c, d] = self.cells[cell];
        a + t * (b + t * (c + t * d))
    }
}

/// Samplers that share what is alike: betas of one shape are one table.
#[derive(Debug, Default)]
pub struct Samplers {
    known: Mutex<HashMap<(u64, u64), Arc<Table>>>,
}

/// More shapes than this are not remembered.
const REMEMBERED: usize = 512;

impl Samplers {
    /// For a range.
    pub fn sampler(&self, range: &Distribution) -> Sampler {
        let (a, b) = match range {
            Distribution::Pert(pert) => pert.shapes(),
            Distribution::Beta(beta) => beta.shapes(),
            _ => return Sampler::new(range),
        };
        let Ok(unit) = Beta::new(a, b) else { return Sampler::new(range) };
        let (low, high) = range.support();
        let key = (a.to_bits(), b.to_bits());
        let known = self.known.lock().ok().and_then(|known| known.get(&key).cloned());
        let table = known.unwrap_or_else(|| {
            let table = Arc::new(Table::new(&Distribution::Beta(unit)));
            if let Ok(mut known) = self.known.lock()
                && known.len() < REMEMBERED
            {
                known.insert(key, table.clone());
            }
            table
        });
        Sampler::Table { table, width: high - low, low }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges() -> Vec<Distribution> {
        vec![
            Distribution::pert(50e3, 200e3, 1.2e6).unwrap(),
            Distribution::pert(0.0, 0.0, 9.0).unwrap(),
            Distribution::pert(0.0, 0.001, 1.0).unwrap(),
            Distribution::lognormal(10e3, 500e3).unwrap(),
            Distribution::lognormal(1.0, 1e6).unwrap(),
            Distribution::metalog(10e3, 30e3, 100e3, None).unwrap(),
            Distribution::metalog(0.1, 0.3, 0.6, Some(1.0)).unwrap(),
            Distribution::beta(0.1, 0.9).unwrap(),
            Distribution::beta(1e-4, 1e-2).unwrap(),
            Distribution::gamma(0.01, 0.8).unwrap(),
            Distribution::gamma_from_mean_sd(1.0, 3.0).unwrap(),
            Distribution::normal(10.0, 20.0).unwrap(),
            Distribution::normal_from_mean_sd(10.0, 9.0).unwrap(),
            Distribution::pareto(1e4, 1.2).unwrap(),
            Distribution::uniform(3.0, 9.0).unwrap(),
            Distribution::triangular(1.0, 2.0, 9.0).unwrap(),
        ]
    }

    /// Bits whose distance from an end is v.
    fn bits(upper: bool, v: f64) -> u64 {
        u64::from(upper) << 63 | ((v * (1_u64 << 54) as f64) as u64) << 10
    }

    #[test]
    fn a_draw_is_the_quantile_at_its_bits() {
        for range in ranges() {
            let sampler = Sampler::new(&range);
            for upper in [false, true] {
                for i in 0..3_000 {
                    let v = 0.5 * libm::exp(-f64::from(i) * 0.0123 - 1e-4);
                    let (_, v) = sided(bits(upper, v));
                    let expected = exact(&range, upper, v);
                    let found = sampler.at(bits(upper, v));
                    // Against the draw, or far down in a range against what is ordinary.
                    let scale = expected.max(1e-3 * range.mean().min(range.quantile(0.95)));
                    // Ranges over so many orders of magnitude are hardest on a cubic.
                    let widest = range.quantile(0.95) > 1e5 * range.quantile(0.05);
                    let tolerance = if widest { 1e-4 } else { 6e-6 };
                    assert!((found - expected).abs() < tolerance * scale, "{range:?} {upper} {v}: {found} {expected}");
                }
            }
        }
    }

    #[test]
    fn the_mean_of_the_table_is_the_mean_of_the_range() {
        for range in ranges() {
            let Sampler::Table { table, .. } = Sampler::new(&range) else { continue };
            let mut inside = 0.0;
            for (index, [a, b, c, d]) in table.cells.iter().enumerate() {
                let low = f64::from_bits(LOWEST + (((index % SIDE) as u64) << BELOW));
                let high = f64::from_bits(LOWEST + (((index % SIDE) as u64 + 1) << BELOW));
                inside += (high - low) * (a + b / 2.0 + c / 3.0 + d / 4.0);
            }
            // What is beyond the cells is drawn exactly.
            let end = f64::from_bits(LOWEST);
            let (low, high) = (range.quantile(end), range.quantile(1.0 - end));
            let below = range.limited_mean(low) - low * range.sf(low);
            let above = range.mean() - range.limited_mean(high) + high * range.sf(high);
            let mean = inside + below + above;
            assert!((mean / range.mean() - 1.0).abs() < 1e-6, "{range:?}: {mean} {}", range.mean());
        }
    }

    #[test]
    fn atoms_are_drawn_each_as_often_as_the_others() {
        let sampler = Sampler::new(&Distribution::empirical(vec![1.0, 5.0, 5.0, 7.0]).unwrap());
        assert_eq!(
            [0, u64::MAX / 4 + 2, u64::MAX / 2 + 1, u64::MAX].map(|bits| sampler.at(bits)),
            [1.0, 5.0, 5.0, 7.0]
        );
        assert_eq!(Sampler::new(&Distribution::fixed(4.0).unwrap()).at(77), 4.0);
    }

    #[test]
    fn the_extreme_bits_give_finite_draws() {
        for range in ranges() {
            let sampler = Sampler::new(&range);
            for bits in [0, 1, u64::MAX, u64::MAX / 2, u64::MAX / 2 + 1, u64::MAX - 1] {
                let x = sampler.at(bits);
                assert!(x.is_finite() && x >= range.support().0 && x <= range.support().1, "{range:?} {bits:x}: {x}");
            }
        }
    }

    #[test]
    fn betas_of_one_shape_share_a_table() {
        let samplers = Samplers::default();
        let ranges = [1.0, 7.0, 10.0].map(|k| Distribution::pert(5e3 * k, 20e3 * k, 120e3 * k).unwrap());
        for range in &ranges {
            let shared = samplers.sampler(range);
            let own = Sampler::new(range);
            for i in 0..500_u64 {
                let bits = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
                assert!((shared.at(bits) / own.at(bits) - 1.0).abs() < 1e-9);
            }
        }
    }
}
