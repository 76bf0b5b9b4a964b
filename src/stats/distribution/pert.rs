//! What do a smallest, a likely and a largest value say together?
//!
//! PERT: the beta on \[min, max\] with a = 1 + 4 (likely − min)/(max − min) and
//! b = 1 + 4 (max − likely)/(max − min), so that the mean is (min + 4 likely + max)/6
//! (Malcolm et al. 1959; λ = 4). Another weight λ of the likely value takes the place of 4, and the mean is
//! (min + λ likely + max)/(λ + 2) (Vose 2008). The ends are bounds, not points of a 90 % interval.

use super::beta::Beta;
use super::error::{FitError, below, finite, not_above, not_negative};
use super::family::Family;

/// Weight of the likely value.
const LAMBDA: f64 = 4.0;

/// The PERT distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pert {
    min: f64,
    likely: f64,
    max: f64,
    lambda: f64,
    beta: Beta,
}

impl Pert {
    /// With 0 ≤ `min` ≤ `likely` ≤ `max` and `min` < `max`.
    pub fn new(min: f64, likely: f64, max: f64) -> Result<Self, FitError> {
        Self::with_confidence(min, likely, max, LAMBDA)
    }

    /// The same with another weight of the likely value, above 0.
    pub fn with_confidence(min: f64, likely: f64, max: f64, lambda: f64) -> Result<Self, FitError> {
        super::error::positive("confidence", lambda)?;
        not_negative("min", min)?;
        finite("likely", likely)?;
        finite("max", max)?;
        not_above(("min", min), ("likely", likely))?;
        not_above(("likely", likely), ("max", max))?;
        below(("min", min), ("max", max))?;
        let width = max - min;
        let a = 1.0 + lambda * ((likely - min) / width);
        let b = 1.0 + lambda * ((max - likely) / width);
        Ok(Self { min, likely, max, lambda, beta: Beta::between(a, b, min, max)? })
    }

    /// (min, likely, max).
    #[must_use]
    pub fn parameters(&self) -> (f64, f64, f64) {
        (self.min, self.likely, self.max)
    }

    /// The two shapes (a, b) of the beta on \[min, max\].
    #[must_use]
    pub fn shapes(&self) -> (f64, f64) {
        self.beta.shapes()
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        let Self { min, likely, max, lambda, beta } = self;
        Self {
            min: min * factor,
            likely: likely * factor,
            max: max * factor,
            lambda: *lambda,
            beta: beta.scaled(factor),
        }
    }
}

impl Family for Pert {
    fn mean(&self) -> f64 {
        (self.min + self.lambda * self.likely + self.max) / (self.lambda + 2.0)
    }
    fn variance(&self) -> f64 {
        self.beta.variance()
    }
    fn pdf(&self, x: f64) -> f64 {
        self.beta.pdf(x)
    }
    fn cdf(&self, x: f64) -> f64 {
        self.beta.cdf(x)
    }
    fn sf(&self, x: f64) -> f64 {
        self.beta.sf(x)
    }
    fn quantile(&self, p: f64) -> f64 {
        self.beta.quantile(p)
    }
    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        if x >= self.max { self.mean() } else { self.beta.limited_mean(x) }
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        self.beta.second_limited_moment(x)
    }
}
