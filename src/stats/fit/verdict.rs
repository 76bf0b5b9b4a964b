//! Did a rate fall, was a count to be expected, did a limit hold?
//!
//! - Rate ratio: given all k₁ + k₂ events, those after are binomial with the chance
//!   p = λ₂T₂/(λ₁T₁ + λ₂T₂); Clopper and Pearson's exact interval of p gives that of λ₂/λ₁ =
//!   p/(1 − p) · T₁/T₂. Source: Przyborowski and Wilenski, Biometrika 31 (1940).
//! - The chance that it fell: with Jeffreys' prior on both rates, P(B < T₂/(T₁ + T₂)) with
//!   B beta(k₂ + ½, k₁ + ½).
//! - A Poisson count: P(N ≤ k).
//! - Kupiec: does a limit that is to be passed with the chance p hold? −2 ln of the ratio of
//!   likelihoods is χ²₁. Source: Kupiec, Journal of Derivatives 3 (1995).
//! - Hits: P(at most h of n ranges hold) where each holds with 90 %.
//!
//! Page: `docs/model/review.md`.

use crate::stats::quadrature::GaussLegendre;
use crate::stats::special::{IncompleteBeta, IncompleteGamma, normal_sf};

/// Events in years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// How many.
    pub events: u64,
    /// In how many years.
    pub years: f64,
}

/// What became of a rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// The rate after over the rate before, as counted; infinite or not a number without an event before.
    pub ratio: f64,
    /// Its exact 90 % interval.
    pub interval: (f64, f64),
    /// The chance that the rate fell at all.
    pub fell: f64,
    /// Average and standard deviation of the reduction, where a rise counts as none.
    pub reduction: (f64, f64),
}

/// The p-quantile of a beta, 0 and 1 where a shape is 0.
fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    if a <= 0.0 {
        0.0
    } else if b <= 0.0 {
        1.0
    } else {
        IncompleteBeta::new(a, b).quantile(p).0
    }
}

/// What became of a rate, from events before and after; the interval holds with this chance.
#[must_use]
pub fn rate_ratio(before: Count, after: Count, coverage: f64) -> RateRatio {
    let (k1, k2) = (before.events as f64, after.events as f64);
    let times = before.years / after.years;
    let outside = 0.5 * (1.0 - coverage);
    let of_share = |p: f64| if p >= 1.0 { f64::INFINITY } else { p / (1.0 - p) * times };
    let low = of_share(beta_quantile(k2, k1 + 1.0, outside));
    let high = of_share(beta_quantile(k2 + 1.0, k1, 1.0 - outside));
    let edge = after.years / (before.years + after.years);
    let share = IncompleteBeta::new(k2 + 0.5, k1 + 0.5);
    let fell = share.pair(edge, 1.0 - edge).0;
    RateRatio { ratio: k2 / k1 * times, interval: (low, high), fell, reduction: reduction(&share, times, edge) }
}

/// Average and standard deviation of max(0, 1 − λ₂/λ₁); with t = s², the density near 0 is smooth.
fn reduction(share: &IncompleteBeta, times: f64, edge: f64) -> (f64, f64) {
    let rule = GaussLegendre::nodes_32();
    let (mut first, mut second) = (0.0, 0.0);
    const PANELS: usize = 16;
    let top = edge.sqrt();
    for panel in 0..PANELS {
        let (a, b) = (top * panel as f64 / PANELS as f64, top * (panel + 1) as f64 / PANELS as f64);
        for (s, weight) in rule.over(a, b) {
            let p = s * s;
            let gain = 1.0 - p / (1.0 - p) * times;
            let mass = weight * 2.0 * s * share.density(p, 1.0 - p);
            first += mass * gain;
            second += mass * gain * gain;
        }
    }
    (first, (second - first * first).max(0.0).sqrt())
}

/// P(N ≤ k) of a Poisson count.
#[must_use]
pub fn poisson_at_most(events: u64, expected: f64) -> f64 {
    if expected <= 0.0 { 1.0 } else { IncompleteGamma::new(events as f64 + 1.0).pair(expected).1 }
}

/// What Kupiec's test says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kupiec {
    /// −2 ln of the ratio of likelihoods.
    pub statistic: f64,
    /// The chance of a record as far off where the limit holds as agreed.
    pub chance: f64,
}

/// Below so many years a record of a limit is luck.
pub const LEAST_YEARS: u64 = 10;

/// Whether a limit that is to be passed with a chance was passed about as often.
#[must_use]
pub fn kupiec(passed: u64, years: u64, chance: f64) -> Kupiec {
    let (x, n) = (passed as f64, years as f64);
    let term = |k: f64, p: f64| if k == 0.0 { 0.0 } else { k * libm::log(p) };
    let agreed = term(n - x, 1.0 - chance) + term(x, chance);
    let seen = term(n - x, 1.0 - x / n) + term(x, x / n);
    let statistic = (2.0 * (seen - agreed)).max(0.0);
    Kupiec { statistic, chance: 2.0 * normal_sf(statistic.sqrt()) }
}

/// P(at most `hits` of `n`) where each has this chance.
#[must_use]
pub fn hits_at_most(hits: u64, n: u64, chance: f64) -> f64 {
    if hits >= n { 1.0 } else { IncompleteBeta::new((n - hits) as f64, hits as f64 + 1.0).pair(1.0 - chance, chance).0 }
}

/// Which part of somebody's ranges will hold, after so many of so many did: (h + 1) / (n + 2), the mean of the beta
/// that a uniform prior becomes.
#[must_use]
pub fn expected_coverage(hits: u64, n: u64) -> f64 {
    (hits as f64 + 1.0) / (n as f64 + 2.0)
}
