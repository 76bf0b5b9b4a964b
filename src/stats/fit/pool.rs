//! What do several people's ranges say together?
//!
//! - Linear pool: F(x) = Σ wᵢ Fᵢ(x). Keeps the disagreement: the pool is wide where people differ.
//! - Logarithmic pool: f ∝ Π fᵢ^wᵢ. Of lognormals it is the lognormal with 1/σ² = Σ wᵢ/σᵢ² and
//!   μ = σ² Σ wᵢ μᵢ/σᵢ²; of other ranges the product is summed up on even steps of the logarithm, or
//!   of the log-odds of a chance. Agrees where all agree: right where people saw different evidence,
//!   too narrow where they did not.
//! - Average of quantiles, in logs: Q(p) = exp Σ wᵢ ln Qᵢ(p). As wide as people are on average.
//!
//! Source: Clemen and Winkler, Risk Analysis 19 (1999); Lichtendahl, Grushka-Cockayne and Winkler,
//! Management Science 59 (2013), on averages of quantiles. Page: `docs/model/experts.md`.

use crate::stats::density::Density;
use crate::stats::distribution::Distribution;
use crate::stats::root;
use crate::stats::special::normal_quantile;

/// The p-quantile of the linear pool; weights need not sum to 1.
#[must_use]
pub fn linear_quantile(people: &[(Distribution, f64)], p: f64) -> f64 {
    let total: f64 = people.iter().map(|(_, weight)| weight).sum();
    let each = || people.iter().filter(|(_, weight)| *weight > 0.0).map(|(range, _)| range.quantile(p));
    let (low, high) = (each().fold(f64::INFINITY, f64::min), each().fold(f64::NEG_INFINITY, f64::max));
    if low >= high || low.is_nan() || high.is_nan() {
        return low;
    }
    let gap = |x: f64| people.iter().map(|(range, weight)| weight * range.cdf(x)).sum::<f64>() / total - p;
    if low > 0.0 {
        // Money spans orders of magnitude.
        root::crossing(|log| gap(libm::exp(log)), libm::log(low), libm::log(high)).map_or(low, libm::exp)
    } else {
        root::crossing(gap, low, high).unwrap_or(low)
    }
}

/// The average of the linear pool.
#[must_use]
pub fn linear_mean(people: &[(Distribution, f64)]) -> f64 {
    let total: f64 = people.iter().map(|(_, weight)| weight).sum();
    people.iter().map(|(range, weight)| weight * range.mean()).sum::<f64>() / total
}

/// The chance that is left out on each side of every range.
const TAIL: f64 = 1e-9;

/// The logarithmic pool: a lognormal of lognormals, else a product on steps.
#[derive(Debug, Clone, PartialEq)]
pub enum Logarithmic {
    /// (μ, σ).
    Lognormal(f64, f64),
    /// A density on a scale.
    Steps {
        /// Whether the scale is the log-odds of a chance, and not a logarithm.
        is_chance: bool,
        /// Along the scale.
        density: Density,
    },
}

impl Logarithmic {
    /// Of ranges with their weights; nothing where they have nothing in common.
    #[must_use]
    pub fn of(people: &[(Distribution, f64)], is_chance: bool) -> Option<Self> {
        let lognormals: Option<Vec<_>> = people
            .iter()
            .map(|(range, weight)| match range {
                Distribution::Lognormal(range) if !is_chance => Some((range.logs(), *weight)),
                _ => None,
            })
            .collect();
        if let Some(lognormals) = lognormals {
            let (mu, sigma) = logarithmic(&lognormals);
            return Some(Self::Lognormal(mu, sigma));
        }
        let total: f64 = people.iter().map(|(_, weight)| weight).sum();
        // The density along the scale, in logarithms.
        let height = |y: f64| -> f64 {
            let x = back(y, is_chance);
            let slope = if is_chance { x * (1.0 - x) } else { x };
            people.iter().map(|(range, weight)| weight / total * libm::log(range.pdf(x) * slope)).sum()
        };
        let ends =
            |p: f64| people.iter().map(move |(range, _)| place(range.quantile(p), is_chance)).filter(|y| y.is_finite());
        let (low, high) =
            (ends(TAIL).fold(f64::INFINITY, f64::min), ends(1.0 - TAIL).fold(f64::NEG_INFINITY, f64::max));
        Density::of(low, high, &height).map(|density| Self::Steps { is_chance, density })
    }

    /// The p-quantile.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Self::Lognormal(mu, sigma) => libm::exp(mu + sigma * normal_quantile(p)),
            Self::Steps { is_chance, density } => back(density.quantile(p), *is_chance),
        }
    }
}

/// Where an amount, or a chance, stands on the scale of people's ranges: logarithms, or log-odds.
#[must_use]
pub fn place(x: f64, is_chance: bool) -> f64 {
    if is_chance { libm::log(x / (1.0 - x)) } else { libm::log(x) }
}

/// From that scale to an amount or a chance.
#[must_use]
pub fn back(y: f64, is_chance: bool) -> f64 {
    if is_chance { 1.0 / (1.0 + libm::exp(-y)) } else { libm::exp(y) }
}

/// (μ, σ) of the logarithmic pool of lognormals, each ((μ, σ), weight).
#[must_use]
pub fn logarithmic(people: &[((f64, f64), f64)]) -> (f64, f64) {
    let total: f64 = people.iter().map(|(_, weight)| weight).sum();
    let precision: f64 = people.iter().map(|((_, sigma), weight)| weight / (sigma * sigma)).sum::<f64>() / total;
    let centre: f64 = people.iter().map(|((mu, sigma), weight)| weight * mu / (sigma * sigma)).sum::<f64>() / total;
    (centre / precision, 1.0 / precision.sqrt())
}

/// The p-quantile of the average of quantiles, in logs.
#[must_use]
pub fn average_quantile(people: &[(Distribution, f64)], p: f64) -> f64 {
    let total: f64 = people.iter().map(|(_, weight)| weight).sum();
    libm::exp(people.iter().map(|(range, weight)| weight * libm::log(range.quantile(p))).sum::<f64>() / total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Beta;

    #[test]
    fn equal_ranges_pool_to_themselves_and_a_product_on_steps_is_the_closed_form() {
        let metalog = Distribution::metalog(115_316.0, 200_000.0, 594_100.0, None).unwrap();
        let twice = Logarithmic::of(&[(metalog.clone(), 1.0), (metalog.clone(), 3.0)], false).unwrap();
        let beta = Distribution::beta(0.1, 0.6).unwrap();
        let chance = Logarithmic::of(&[(beta.clone(), 1.0), (beta.clone(), 1.0)], true).unwrap();
        for p in [0.01, 0.05, 0.1, 0.5, 0.9, 0.95, 0.99] {
            assert!((twice.quantile(p) / metalog.quantile(p) - 1.0).abs() < 1e-5, "{p}: {}", twice.quantile(p));
            assert!((chance.quantile(p) / beta.quantile(p) - 1.0).abs() < 1e-5, "{p}: {}", chance.quantile(p));
        }
        // Beta densities multiply to a beta density.
        let (one, other) = (Distribution::beta(0.1, 0.6).unwrap(), Distribution::beta(0.02, 0.2).unwrap());
        let (Distribution::Beta(a), Distribution::Beta(b)) = (&one, &other) else { panic!("betas") };
        let ((a1, b1), (a2, b2)) = (a.shapes(), b.shapes());
        let pooled = Distribution::Beta(Beta::new(0.5 * (a1 + a2), 0.5 * (b1 + b2)).unwrap());
        let found = Logarithmic::of(&[(one, 1.0), (other, 1.0)], true).unwrap();
        for p in [0.05, 0.5, 0.95] {
            assert!((found.quantile(p) / pooled.quantile(p) - 1.0).abs() < 1e-5, "{p}: {}", found.quantile(p));
        }
    }
}
