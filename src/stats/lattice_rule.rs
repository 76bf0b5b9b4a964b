//! Which points fill a cube of many dimensions most evenly?
//!
//! A rank-1 lattice: point i is {i·z/n + shift}, coordinate by coordinate, for a vector z of
//! whole numbers that is chosen one component after the other so that the worst error over
//! smooth functions is smallest (Sloan & Reztsov 2002; product weights, early coordinates first).
//! Folded at the middle (|2u − 1|), a smooth function that is not periodic is averaged with an
//! error of about n⁻² instead of the n⁻½ of random points (Hickernell 2002). Different shifts
//! give independent answers: their spread is the error.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::rng::{SplitMix64, open_unit};

/// Points of a lattice in a cube.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatticeRule {
    points: u64,
    generator: Vec<u64>,
}

impl LatticeRule {
    /// A rule of `points` (best a prime number) in so many dimensions.
    #[must_use]
    pub fn new(points: u64, dimensions: usize) -> Self {
        // One component follows the other, so that a longer rule begins with a shorter one.
        static KNOWN: Mutex<BTreeMap<u64, Vec<u64>>> = Mutex::new(BTreeMap::new());
        let n = points.max(2);
        let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(generator) = known().get(&n).and_then(|longest| longest.get(..dimensions)) {
            return Self { points: n, generator: generator.to_vec() };
        }
        let generator = Self::generator(n, dimensions);
        known().insert(n, generator.clone());
        Self { points: n, generator }
    }

    fn generator(n: u64, dimensions: usize) -> Vec<u64> {
        // The worst error is the mean over all points of the product of (1 + γ·kernel).
        let kernel: Vec<f64> = (0..n)
            .map(|i| {
                let x = i as f64 / n as f64;
                2.0 * std::f64::consts::PI * std::f64::consts::PI * (x * x - x + 1.0 / 6.0)
            })
            .collect();
        let mut product = vec![1.0_f64; n as usize];
        let mut generator = Vec::with_capacity(dimensions);
        for dimension in 0..dimensions {
            let gamma = 1.0 / (1.0 + dimension as f64);
            let error = |z: u64| -> f64 {
                (0..n).map(|i| product[i as usize] * (1.0 + gamma * kernel[(i * z % n) as usize])).sum()
            };
            // Symmetric: z and n − z give the same points mirrored.
            let best = (1..=n / 2).map(|z| (error(z), z)).min_by(|a, b| a.0.total_cmp(&b.0)).map_or(1, |(_, z)| z);
            for i in 0..n {
                product[i as usize] *= 1.0 + gamma * kernel[(i * best % n) as usize];
            }
            let largest = product.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
            product.iter_mut().for_each(|value| *value /= largest.max(1e-300));
            generator.push(best);
        }
        generator
    }

    /// How many points there are.
    #[must_use]
    pub fn points(&self) -> u64 {
        self.points
    }

    /// The coordinates of a point under a shift, each strictly between 0 and 1.
    #[must_use]
    pub fn point(&self, index: u64, shift: &[f64]) -> Vec<f64> {
        (0..self.generator.len()).map(|dimension| self.coordinate(index, dimension, shift)).collect()
    }

    /// One coordinate of a point under a shift.
    #[must_use]
    pub fn coordinate(&self, index: u64, dimension: usize, shift: &[f64]) -> f64 {
        let z = self.generator.get(dimension).copied().unwrap_or(1);
        let moved =
            (index * z % self.points) as f64 / self.points as f64 + shift.get(dimension).copied().unwrap_or(0.0);
        (2.0 * (moved - moved.floor()) - 1.0).abs().clamp(1e-12, 1.0 - 1e-12)
    }

    /// A random shift, the same for the same seed.
    #[must_use]
    pub fn shift(&self, seed: u64) -> Vec<f64> {
        let mut draws = SplitMix64::new(seed);
        self.generator.iter().map(|_| open_unit(draws.next_u64())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_function_of_twelve_unknowns_is_averaged_to_three_digits() {
        let rule = LatticeRule::new(251, 12);
        let f = |u: &[f64]| -> f64 { u.iter().enumerate().map(|(j, u)| 1.0 + (u - 0.5) / (1.0 + j as f64)).product() };
        for seed in 0..4 {
            let shift = rule.shift(seed);
            let mean = (0..251).map(|i| f(&rule.point(i, &shift))).sum::<f64>() / 251.0;
            assert!((mean - 1.0).abs() < 2e-3, "{seed}: {mean}");
        }
    }
}
