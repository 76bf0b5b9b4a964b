//! Which chances between 0 and 1 fit two stated points?
//!
//! Density ∝ x^(a−1) (1−x)^(b−1). For every a exactly one b puts the 5 % point at
//! `low`, and the larger both are the lower the 95 % point: so the two points
//! give one beta, found by a search inside a search that cannot miss it.
//! From mean m and standard deviation s: a + b = m(1−m)/s² − 1, a = m(a+b).
//! E\[min(X, x)\] = mean · I_x(a+1, b) + x · (1 − I_x(a, b)).

use super::error::{FitError, below, positive};
use super::family::Family;
use crate::stats::root;
use crate::stats::special::IncompleteBeta;

/// The beta distribution between two bounds (0 and 1 unless scaled).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    inner: IncompleteBeta,
    low: f64,
    high: f64,
}

/// `a` or `b` beyond these is a range that `f64` cannot tell from a point.
const LN_SHAPES: (f64, f64) = (-20.0, 32.0);

impl Beta {
    /// On \[0, 1\] from two shapes above 0.
    pub fn new(a: f64, b: f64) -> Result<Self, FitError> {
        Self::between(a, b, 0.0, 1.0)
    }

    /// On \[`low`, `high`\] from two shapes above 0.
    pub(super) fn between(a: f64, b: f64, low: f64, high: f64) -> Result<Self, FitError> {
        positive("a", a)?;
        positive("b", b)?;
        below(("low", low), ("high", high))?;
        Ok(Self { inner: IncompleteBeta::new(a, b), low, high })
    }

    /// On \[0, 1\] from mean and standard deviation.
    pub fn from_mean_sd(mean: f64, sd: f64) -> Result<Self, FitError> {
        positive("mean", mean)?;
        positive("sd", sd)?;
        if mean >= 1.0 {
            return Err(FitError::NotBelow { name: "mean", value: mean, bound: 1.0 });
        }
        let spread = mean * (1.0 - mean);
        if sd * sd >= spread {
            return Err(FitError::SpreadTooLarge { mean, sd, limit: spread.sqrt() });
        }
        let weight = (spread - sd * sd) / (sd * sd);
        Self::new(mean * weight, (1.0 - mean) * weight).map_err(|_| FitError::Unresolvable { low: mean, high: sd })
    }

    /// On \[0, 1\] from the 5 % and 95 % points, 0 < `low` < `high` < 1.
    pub fn from_interval(low: f64, high: f64) -> Result<Self, FitError> {
        Self::through((0.05, low), (0.95, high))
    }

    /// On \[0, 1\] from two quantiles, 0 < `low` < `high` < 1, at two chances in rising order.
    pub fn through((p, low): (f64, f64), (q, high): (f64, f64)) -> Result<Self, FitError> {
        positive("low", low)?;
        positive("high", high)?;
        for (name, value) in [("low", low), ("high", high)] {
            if value >= 1.0 {
                return Err(FitError::NotBelow { name, value, bound: 1.0 });
            }
        }
        below(("low", low), ("high", high))?;
        // Which b puts the 5 % point at `low`, given a? (ln I grows with b.)
        let partner = |a: f64| {
            let miss = |ln_b: f64| {
                let (lower, _) = IncompleteBeta::new(a, libm::exp(ln_b)).pair(low, 1.0 - low);
                (libm::log(lower) - libm::log(p)).max(-1e300)
            };
            root::crossing(miss, LN_SHAPES.0 - 4.0, LN_SHAPES.1 + 30.0).map(libm::exp)
        };
        // The 95 % point falls as a grows.
        let miss = |ln_a: f64| {
            let a = libm::exp(ln_a);
            partner(a).map_or(f64::NAN, |b| {
                let (_, upper) = IncompleteBeta::new(a, b).pair(high, 1.0 - high);
                (libm::log(1.0 - q) - libm::log(upper)).min(1e300)
            })
        };
        let a = root::crossing(miss, LN_SHAPES.0, LN_SHAPES.1).map(libm::exp);
        let Some((a, b)) = a.and_then(|a| Some((a, partner(a)?))) else {
            return Err(FitError::Unresolvable { low, high });
        };
        let found = Self::new(a, b)?;
        // A range so narrow that the search ran out of digits is refused, not approximated.
        let reproduced = (found.cdf(low) - p).abs().max((found.sf(high) - (1.0 - q)).abs());
        if reproduced < 1e-8 { Ok(found) } else { Err(FitError::Unresolvable { low, high }) }
    }

    /// The two shapes (a, b).
    #[must_use]
    pub fn shapes(&self) -> (f64, f64) {
        self.inner.shapes()
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self { inner: self.inner, low: self.low * factor, high: self.high * factor }
    }

    fn width(&self) -> f64 {
        self.high - self.low
    }

    /// x as a share of the way up, and of the way down.
    fn shares(&self, x: f64) -> (f64, f64) {
        ((x - self.low) / self.width(), (self.high - x) / self.width())
    }
}

impl Family for Beta {
    fn mean(&self) -> f64 {
        let (a, b) = self.shapes();
        self.low + self.width() * (a / (a + b))
    }
    fn variance(&self) -> f64 {
        let (a, b) = self.shapes();
        let n = a + b;
        self.width() * self.width() * (a / n) * (b / n) / (n + 1.0)
    }
    fn pdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        if x < self.low || x > self.high {
            return 0.0;
        }
        let (up, down) = self.shares(x);
        self.inner.density(up, down) / self.width()
    }
    fn cdf(&self, x: f64) -> f64 {
        let (up, down) = self.shares(x);
        self.inner.pair(up, down).0
    }
    fn sf(&self, x: f64) -> f64 {
        let (up, down) = self.shares(x);
        self.inner.pair(up, down).1
    }
    fn quantile(&self, p: f64) -> f64 {
        let (up, down) = self.inner.quantile(p);
        if up < 0.5 { self.low + self.width() * up } else { self.high - self.width() * down }
    }
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        if x <= self.low {
            return x;
        }
        if x >= self.high {
            return self.mean();
        }
        let (up, down) = self.shares(x);
        let (a, b) = self.shapes();
        let at = self.inner.ladder(up, down);
        let limited = a / (a + b) * at.once + up * at.upper;
        self.low + self.width() * limited
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        if x <= self.low {
            return x * x;
        }
        let (a, b) = self.shapes();
        let n = a + b;
        let (up, down) = self.shares(x.min(self.high));
        let at = self.inner.ladder(up, down);
        let first = a / n * at.once + up * at.upper;
        let second = a / n * ((a + 1.0) / (n + 1.0)) * at.twice + up * up * at.upper;
        let width = self.width();
        if x.is_nan() { x } else { self.low * self.low + width * (2.0 * self.low * first + width * second) }
    }
    fn below_top(&self, gap: f64) -> (f64, f64) {
        let down = (gap / self.width()).clamp(0.0, 1.0);
        (self.inner.density(1.0 - down, down) / self.width(), self.inner.pair(1.0 - down, down).1)
    }
}
