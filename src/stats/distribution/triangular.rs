//! What if likelihood rises in a straight line to the likely value and falls in
//! one from it?
//!
//! F(x) = (x − min)²/((max − min)(likely − min)) up to the likely value, and the
//! mirror image of it above.

use super::error::{FitError, below, finite, not_above, not_negative};
use super::family::Family;

/// The triangular distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triangular {
    min: f64,
    likely: f64,
    max: f64,
}

impl Triangular {
    /// With 0 ≤ `min` ≤ `likely` ≤ `max` and `min` < `max`.
    pub fn new(min: f64, likely: f64, max: f64) -> Result<Self, FitError> {
        not_negative("min", min)?;
        finite("likely", likely)?;
        finite("max", max)?;
        not_above(("min", min), ("likely", likely))?;
        not_above(("likely", likely), ("max", max))?;
        below(("min", min), ("max", max))?;
        Ok(Self { min, likely, max })
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self { min: self.min * factor, likely: self.likely * factor, max: self.max * factor }
    }

    /// (max − min)(likely − min), of the rising side.
    fn rising(&self) -> f64 {
        (self.max - self.min) * (self.likely - self.min)
    }

    /// (max − min)(max − likely), of the falling side.
    fn falling(&self) -> f64 {
        (self.max - self.min) * (self.max - self.likely)
    }
}

impl Family for Triangular {
    fn mean(&self) -> f64 {
        (self.min + self.likely + self.max) / 3.0
    }
    fn variance(&self) -> f64 {
        let (left, right) = (self.likely - self.min, self.max - self.likely);
        (left * left + left * right + right * right) / 18.0
    }
    fn pdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            x
        } else if x < self.min || x > self.max {
            0.0
        } else if x < self.likely {
            2.0 * (x - self.min) / self.rising()
        } else if x > self.likely {
            2.0 * (self.max - x) / self.falling()
        } else {
            2.0 / (self.max - self.min)
        }
    }
    fn cdf(&self, x: f64) -> f64 {
        if x <= self.min {
            0.0
        } else if x <= self.likely {
            (x - self.min) * (x - self.min) / self.rising()
        } else {
            1.0 - self.sf(x)
        }
    }
    fn sf(&self, x: f64) -> f64 {
        if x.is_nan() {
            x
        } else if x >= self.max {
            0.0
        } else if x > self.likely {
            (self.max - x) * (self.max - x) / self.falling()
        } else {
            1.0 - self.cdf(x)
        }
    }
    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            f64::NAN
        } else if p * (self.max - self.min) <= self.likely - self.min {
            self.min + (p * self.rising()).sqrt()
        } else {
            self.max - ((1.0 - p) * self.falling()).sqrt()
        }
    }
    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        if x <= self.min {
            x
        } else if x <= self.likely {
            // x − ∫F
            let into = x - self.min;
            x - into * into * into / (3.0 * self.rising())
        } else if x < self.max {
            // mean − ∫(1−F)
            let left = self.max - x;
            self.mean() - left * left * left / (3.0 * self.falling())
        } else if x.is_nan() {
            x
        } else {
            self.mean()
        }
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        if x <= self.min {
            x * x
        } else if x <= self.likely {
            // x² − 2∫tF
            let into = x - self.min;
            let cube = into * into * into;
            x * x - 2.0 * cube * (into / 4.0 + self.min / 3.0) / self.rising()
        } else {
            // E[X²] − 2∫t(1−F)
            let left = (self.max - x).max(0.0);
            let cube = left * left * left;
            let beyond = if left > 0.0 { 2.0 * cube * (self.max / 3.0 - left / 4.0) / self.falling() } else { 0.0 };
            let mean = self.mean();
            if x.is_nan() { x } else { self.variance() + mean * mean - beyond }
        }
    }
    fn kinks(&self) -> Vec<f64> {
        if self.likely > self.min && self.likely < self.max { vec![self.likely] } else { Vec::new() }
    }
}
