//! What if a value is the product of many small factors? ln X is normal.
//!
//! From its 5 % and 95 % points: μ = (ln low + ln high)/2, σ = (ln high − ln low)/(2 z),
//! z = 1.6449 (Hubbard & Seiersen's 90 % interval). From mean and standard deviation:
//! σ² = ln(1 + sd²/mean²), μ = ln mean − σ²/2. With z = (ln x − μ)/σ,
//! E\[min(X, x)\] = E\[X\] Φ(z − σ) + x Φ(−z).

use super::error::{FitError, below, positive};
use super::family::Family;
use crate::stats::special::{normal_cdf, normal_pdf, normal_quantile, normal_sf};

/// The lognormal distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lognormal {
    mu: f64,
    sigma: f64,
    mean: f64,
    second: f64,
}

impl Lognormal {
    /// From mean and standard deviation of ln X, `sigma` > 0.
    pub fn new(mu: f64, sigma: f64) -> Result<Self, FitError> {
        super::error::finite("mu", mu)?;
        positive("sigma", sigma)?;
        Self::from_logs(mu, sigma).ok_or(FitError::Unresolvable { low: mu, high: sigma })
    }

    /// None if a moment leaves the range of f64, where no figure could be trusted.
    fn from_logs(mu: f64, sigma: f64) -> Option<Self> {
        let mean = libm::exp(mu + 0.5 * sigma * sigma);
        Self { mu, sigma, mean, second: libm::exp(2.0 * (mu + sigma * sigma)) }.checked()
    }

    fn checked(self) -> Option<Self> {
        let usable = |x: f64| x > 0.0 && x < f64::INFINITY;
        (usable(self.sigma) && usable(self.mean) && usable(self.second)).then_some(self)
    }

    /// From an interval that holds the value with chance `coverage` (0.9 for the
    /// 5 % and 95 % points), as much below it as above.
    pub fn from_interval(low: f64, high: f64, coverage: f64) -> Result<Self, FitError> {
        positive("low", low)?;
        positive("high", high)?;
        below(("low", low), ("high", high))?;
        positive("coverage", coverage)?;
        if coverage >= 1.0 {
            return Err(FitError::NotBelow { name: "coverage", value: coverage, bound: 1.0 });
        }
        let tail = 0.5 * (1.0 - coverage);
        Self::through((tail, low), (1.0 - tail, high))
    }

    /// From two quantiles: σ = (ln high − ln low)/(z_q − z_p), μ = ln low − z_p σ.
    pub fn through((p, low): (f64, f64), (q, high): (f64, f64)) -> Result<Self, FitError> {
        positive("low", low)?;
        positive("high", high)?;
        below(("low", low), ("high", high))?;
        let (z_low, z_high) = (normal_quantile(p), normal_quantile(q));
        let (bottom, top) = (libm::log(low), libm::log(high));
        // log1p keeps the digits of a narrow interval.
        let spread = if high < 2.0 * low { libm::log1p((high - low) / low) } else { top - bottom };
        let sigma = spread / (z_high - z_low);
        // Symmetric points keep their middle exactly.
        let mu = if z_low == -z_high { 0.5 * (bottom + top) } else { bottom - z_low * sigma };
        Self::from_logs(mu, sigma).ok_or(FitError::Unresolvable { low, high })
    }

    /// From mean and standard deviation, both above 0.
    pub fn from_mean_sd(mean: f64, sd: f64) -> Result<Self, FitError> {
        positive("mean", mean)?;
        positive("sd", sd)?;
        let variation = sd / mean;
        let variance = libm::log1p(variation * variation);
        let mu = libm::log(mean) - 0.5 * variance;
        // The mean as it was given, not as it comes back from the logarithm.
        let found = Self { mu, sigma: variance.sqrt(), mean, second: mean * mean + sd * sd };
        found.checked().ok_or(FitError::Unresolvable { low: mean, high: sd })
    }

    /// (mean, standard deviation) of ln X.
    #[must_use]
    pub fn logs(&self) -> (f64, f64) {
        (self.mu, self.sigma)
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        let Self { mu, sigma, mean, second } = *self;
        Self { mu: mu + libm::log(factor), sigma, mean: mean * factor, second: second * factor * factor }
    }

    fn z(&self, x: f64) -> f64 {
        (libm::log(x) - self.mu) / self.sigma
    }
}

impl Family for Lognormal {
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.mean * self.mean * libm::expm1(self.sigma * self.sigma)
    }
    fn pdf(&self, x: f64) -> f64 {
        if x <= 0.0 || x == f64::INFINITY { 0.0 } else { normal_pdf(self.z(x)) / (x * self.sigma) }
    }
    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { normal_cdf(self.z(x)) }
    }
    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { normal_sf(self.z(x)) }
    }
    fn quantile(&self, p: f64) -> f64 {
        libm::exp(self.mu + self.sigma * normal_quantile(p))
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return x;
        }
        if x == f64::INFINITY {
            return self.mean;
        }
        let z = self.z(x);
        self.mean * normal_cdf(z - self.sigma) + x * normal_sf(z)
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return x * x;
        }
        if x == f64::INFINITY {
            return self.second;
        }
        let z = self.z(x);
        self.second * normal_cdf(z - 2.0 * self.sigma) + x * x * normal_sf(z)
    }
}
