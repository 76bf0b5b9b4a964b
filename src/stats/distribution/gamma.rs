//! What if a value is the sum of many small exponential waits?
//!
//! Density ∝ x^(shape−1) e^(−x/scale). From mean and standard deviation:
//! shape = (mean/sd)², scale = sd²/mean. From the 5 % and 95 % points: their
//! ratio depends on the shape alone and falls as the shape grows.
//! E\[min(X, x)\] = mean · P(shape+1, x/scale) + x · Q(shape, x/scale).

use super::error::{FitError, below, positive};
use super::family::Family;
use crate::stats::root;
use crate::stats::special::IncompleteGamma;

/// The gamma distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gamma {
    inner: IncompleteGamma,
    scale: f64,
}

impl Gamma {
    /// From shape and scale, both above 0.
    pub fn new(shape: f64, scale: f64) -> Result<Self, FitError> {
        positive("shape", shape)?;
        positive("scale", scale)?;
        Ok(Self { inner: IncompleteGamma::new(shape), scale })
    }

    /// From mean and standard deviation, both above 0.
    pub fn from_mean_sd(mean: f64, sd: f64) -> Result<Self, FitError> {
        positive("mean", mean)?;
        positive("sd", sd)?;
        let ratio = mean / sd;
        Self::new(ratio * ratio, sd / ratio).map_err(|_| FitError::Unresolvable { low: mean, high: sd })
    }

    /// From the 5 % and 95 % points, 0 < `low` < `high`.
    pub fn from_interval(low: f64, high: f64) -> Result<Self, FitError> {
        positive("low", low)?;
        positive("high", high)?;
        below(("low", low), ("high", high))?;
        let unresolvable = FitError::Unresolvable { low, high };
        let wanted = if high < 2.0 * low { libm::log1p((high - low) / low) } else { libm::log(high) - libm::log(low) };
        let gap = |ln_shape: f64| {
            let inner = IncompleteGamma::new(libm::exp(ln_shape));
            inner.ln_quantile(0.95) - inner.ln_quantile(0.05) - wanted
        };
        // Shapes from 0.002 (a ratio of 1e640) to 1e13 (a millionth).
        let Some(ln_shape) = root::crossing(gap, -6.2, 30.0) else { return Err(unresolvable) };
        let inner = IncompleteGamma::new(libm::exp(ln_shape));
        let scale = libm::exp(libm::log(high) - inner.ln_quantile(0.95));
        if scale > 0.0 && scale.is_finite() { Ok(Self { inner, scale }) } else { Err(unresolvable) }
    }

    /// (shape, scale).
    #[must_use]
    pub fn parameters(&self) -> (f64, f64) {
        (self.inner.shape(), self.scale)
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self { inner: self.inner, scale: self.scale * factor }
    }
}

impl Family for Gamma {
    fn mean(&self) -> f64 {
        self.inner.shape() * self.scale
    }
    fn variance(&self) -> f64 {
        self.inner.shape() * self.scale * self.scale
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < 0.0 || x == f64::INFINITY {
            0.0
        } else if x == 0.0 {
            match self.inner.shape() {
                shape if shape < 1.0 => f64::INFINITY,
                shape if shape > 1.0 => 0.0,
                _ => 1.0 / self.scale,
            }
        } else {
            self.inner.density(x / self.scale) / self.scale
        }
    }
    fn cdf(&self, x: f64) -> f64 {
        self.inner.pair(x / self.scale).0
    }
    fn sf(&self, x: f64) -> f64 {
        self.inner.pair(x / self.scale).1
    }
    fn quantile(&self, p: f64) -> f64 {
        self.inner.quantile(p) * self.scale
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return x;
        }
        if x == f64::INFINITY {
            return self.mean();
        }
        let (lower, upper, step) = self.inner.pair_and_step(x / self.scale);
        self.mean() * (lower - step) + x * upper
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return x * x;
        }
        let shape = self.inner.shape();
        let second = shape * (shape + 1.0) * self.scale * self.scale;
        if x == f64::INFINITY {
            return second;
        }
        let u = x / self.scale;
        let (lower, upper, step) = self.inner.pair_and_step(u);
        second * (lower - step - step * u / (shape + 1.0)) + x * x * upper
    }
}
