//! What if every value between two bounds is as likely as every other?
//!
//! F(x) = (x − min)/(max − min).

use super::error::{FitError, below, finite, not_negative};
use super::family::Family;

/// Equally likely everywhere between two bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uniform {
    min: f64,
    max: f64,
}

impl Uniform {
    /// Between `min` ≥ 0 and a larger `max`.
    pub fn new(min: f64, max: f64) -> Result<Self, FitError> {
        not_negative("min", min)?;
        finite("max", max)?;
        below(("min", min), ("max", max))?;
        Ok(Self { min, max })
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self { min: self.min * factor, max: self.max * factor }
    }

    fn width(&self) -> f64 {
        self.max - self.min
    }
}

impl Family for Uniform {
    fn mean(&self) -> f64 {
        self.min + 0.5 * self.width()
    }
    fn variance(&self) -> f64 {
        self.width() * self.width() / 12.0
    }
    fn pdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            x
        } else if x < self.min || x > self.max {
            0.0
        } else {
            1.0 / self.width()
        }
    }
    fn cdf(&self, x: f64) -> f64 {
        ((x - self.min) / self.width()).clamp(0.0, 1.0)
    }
    fn sf(&self, x: f64) -> f64 {
        ((self.max - x) / self.width()).clamp(0.0, 1.0)
    }
    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            f64::NAN
        } else if p < 0.5 {
            self.min + p * self.width()
        } else {
            self.max - (1.0 - p) * self.width()
        }
    }
    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        let into = (x.min(self.max) - self.min).max(0.0);
        if x.is_nan() { x } else { x.min(self.max) - 0.5 * into * into / self.width() }
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        let top = x.min(self.max);
        let into = (top - self.min).max(0.0);
        top * top - into * into * (2.0 / 3.0 * into + self.min) / self.width()
    }
}
