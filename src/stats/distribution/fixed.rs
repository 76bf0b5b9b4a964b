//! What if the value is known? One atom: P(X = value) = 1.

use super::error::{FitError, not_negative};
use super::family::Family;

/// A known value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fixed {
    value: f64,
}

impl Fixed {
    /// Nothing.
    pub const ZERO: Self = Self { value: 0.0 };
    /// One, for certain.
    pub const ONE: Self = Self { value: 1.0 };

    /// The value, which must be finite and not negative.
    pub fn new(value: f64) -> Result<Self, FitError> {
        not_negative("value", value)?;
        Ok(Self { value })
    }

    /// A value that was computed from checked ones (it may be NaN, which then shows in every answer).
    pub(super) fn unchecked(value: f64) -> Self {
        Self { value }
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value
    }

    fn step(&self, x: f64, at_or_above: f64, below: f64) -> f64 {
        if x.is_nan() || self.value.is_nan() {
            f64::NAN
        } else if x >= self.value {
            at_or_above
        } else {
            below
        }
    }
}

impl Family for Fixed {
    fn mean(&self) -> f64 {
        self.value
    }
    fn variance(&self) -> f64 {
        0.0 * self.value
    }
    fn pdf(&self, x: f64) -> f64 {
        self.step(x, 0.0, 0.0)
    }
    fn cdf(&self, x: f64) -> f64 {
        self.step(x, 1.0, 0.0)
    }
    fn sf(&self, x: f64) -> f64 {
        self.step(x, 0.0, 1.0)
    }
    fn quantile(&self, p: f64) -> f64 {
        if (0.0..=1.0).contains(&p) { self.value } else { f64::NAN }
    }
    fn support(&self) -> (f64, f64) {
        (self.value, self.value)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        self.step(x, self.value, x)
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        let limited = self.limited_mean(x);
        limited * limited
    }
    fn mass_at(&self, x: f64) -> f64 {
        if x == self.value { 1.0 } else { self.step(x, 0.0, 0.0) }
    }
}
