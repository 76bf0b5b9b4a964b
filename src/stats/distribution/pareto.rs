//! What if large values thin out like a power? P(X > x) = (at_least/x)^tail.
//!
//! E\[min(X, x)\] = m (1 + (1 − (m/x)^(α−1))/(α−1)) for x ≥ m = at_least, which
//! becomes m (1 + ln(x/m)) at α = 1. The mean exists for α > 1 only; the
//! quantiles and the limited means exist for every α > 0.

use super::error::{FitError, positive};
use super::family::Family;

/// The Pareto distribution (type I).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pareto {
    at_least: f64,
    tail: f64,
}

/// (1 − r^k)/k for r = e^−log, and its limit `log` as k → 0.
fn power_area(k: f64, log: f64) -> f64 {
    if k == 0.0 { log } else { -libm::expm1(-k * log) / k }
}

impl Pareto {
    /// From the smallest value and the tail's power, both above 0.
    ///
    /// A `tail` of 1 or less is taken: its mean is infinite, which is the caller's to refuse.
    pub fn new(at_least: f64, tail: f64) -> Result<Self, FitError> {
        positive("at_least", at_least)?;
        positive("tail", tail)?;
        Ok(Self { at_least, tail })
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self { at_least: self.at_least * factor, tail: self.tail }
    }

    fn log_above(&self, x: f64) -> f64 {
        libm::log(x / self.at_least)
    }
}

impl Family for Pareto {
    fn mean(&self) -> f64 {
        if self.tail > 1.0 { self.at_least * self.tail / (self.tail - 1.0) } else { f64::INFINITY }
    }
    fn variance(&self) -> f64 {
        let (m, a) = (self.at_least, self.tail);
        if a > 2.0 { m * m * a / ((a - 1.0) * (a - 1.0) * (a - 2.0)) } else { f64::INFINITY }
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < self.at_least { 0.0 } else { self.sf(x) * self.tail / x }
    }
    fn cdf(&self, x: f64) -> f64 {
        if x <= self.at_least { 0.0 } else { -libm::expm1(-self.tail * self.log_above(x)) }
    }
    fn sf(&self, x: f64) -> f64 {
        if x <= self.at_least { 1.0 } else { libm::exp(-self.tail * self.log_above(x)) }
    }
    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) { f64::NAN } else { self.at_least * libm::exp(-libm::log1p(-p) / self.tail) }
    }
    fn support(&self) -> (f64, f64) {
        (self.at_least, f64::INFINITY)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        if x <= self.at_least { x } else { self.at_least * (1.0 + power_area(self.tail - 1.0, self.log_above(x))) }
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        if x <= self.at_least {
            x * x
        } else {
            self.at_least * self.at_least * (1.0 + 2.0 * power_area(self.tail - 2.0, self.log_above(x)))
        }
    }
    fn tail_index(&self) -> f64 {
        1.0 / self.tail
    }
}
