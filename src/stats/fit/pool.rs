//! What do several people's ranges say together?
//!
//! - Linear pool: F(x) = Σ wᵢ Fᵢ(x). Keeps the disagreement: the pool is wide where people differ.
//! - Logarithmic pool: f ∝ Π fᵢ^wᵢ. Of lognormals it is the lognormal with 1/σ² = Σ wᵢ/σᵢ² and
//!   μ = σ² Σ wᵢ μᵢ/σᵢ². Agrees where all agree: right where people saw different evidence, too
//!   narrow where they did not.
//! - Average of quantiles, in logs: Q(p) = exp Σ wᵢ ln Qᵢ(p). As wide as people are on average.
//!
//! Source: Clemen and Winkler, Risk Analysis 19 (1999); Lichtendahl, Grushka-Cockayne and Winkler,
//! Management Science 59 (2013), on averages of quantiles. Page: `docs/model/experts.md`.

use crate::stats::distribution::Distribution;
use crate::stats::root;

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
