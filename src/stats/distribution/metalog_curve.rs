//! Which smooth quantile curve runs through the 10 %, 50 % and 90 % points?
//!
//! The metalog of three terms (Keelin 2016, "The Metalog Distributions",
//! Decision Analysis 13): M(y) = a₁ + a₂ L + a₃ (y − ½) L with L = ln(y/(1−y)). From
//! the three points a₁ = q₅₀, a₂ = (q₉₀ − q₁₀)/(2 ln 9) and
//! a₃ = (q₁₀ + q₉₀ − 2 q₅₀)/(0.8 ln 9). The curve rises everywhere as long as
//! |a₃/a₂| < 1.66711; otherwise it is no quantile function.
//!
//! All work is done over the log-odds s of y, where the curve is nearly straight.

use super::error::FitError;
use crate::stats::root;

/// The largest |a₃/a₂| for which the curve rises (Keelin 2016).
pub const STEEPEST_SKEW: f64 = 1.66711;

/// An unbounded metalog of three terms: a quantile curve over the log-odds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MetalogCurve {
    a: [f64; 3],
}

/// ln 9, the log-odds of 90 %.
fn ln_9() -> f64 {
    2.0 * libm::log(3.0)
}

impl MetalogCurve {
    /// Through three points with q10 < q50 < q90.
    pub fn through(q10: f64, q50: f64, q90: f64) -> Result<Self, FitError> {
        for (name, value) in [("p10", q10), ("p50", q50), ("p90", q90)] {
            super::error::finite(name, value)?;
        }
        super::error::below(("p10", q10), ("p50", q50))?;
        super::error::below(("p50", q50), ("p90", q90))?;
        let a2 = (q90 - q10) / (2.0 * ln_9());
        let a3 = ((q90 - q50) - (q50 - q10)) / (0.8 * ln_9());
        if a3.abs() >= STEEPEST_SKEW * a2 {
            let [nearest_p10, nearest_p50, nearest_p90] = nearest(q10, q50, q90);
            return Err(FitError::InfeasibleQuantiles {
                p10: q10,
                p50: q50,
                p90: q90,
                nearest_p10,
                nearest_p50,
                nearest_p90,
            });
        }
        Ok(Self { a: [q50, a2, a3] })
    }

    /// (a₁, a₂, a₃).
    #[must_use]
    pub fn coefficients(&self) -> [f64; 3] {
        self.a
    }

    /// Mean of the unbounded metalog, a₁ + a₃/2.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.a[0] + 0.5 * self.a[2]
    }

    /// The curve at log-odds s.
    #[must_use]
    pub fn at(&self, s: f64) -> f64 {
        let [a1, a2, a3] = self.a;
        a1 + s * (a2 + a3 * (share(s) - 0.5))
    }

    /// The curve's slope over the log-odds, always positive.
    #[must_use]
    pub fn slope(&self, s: f64) -> f64 {
        let [_, a2, a3] = self.a;
        let (y, both) = share_and_product(s);
        a2 + a3 * ((y - 0.5) + both * s)
    }

    /// The slope far up (a₂ + a₃/2): in logs of amounts this is the tail index.
    #[must_use]
    pub fn top_slope(&self) -> f64 {
        self.a[1] + 0.5 * self.a[2]
    }

    /// The quantile at p.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.at(log_odds(p))
    }

    /// The density of the unbounded metalog where the curve has log-odds s.
    #[must_use]
    pub fn density(&self, s: f64) -> f64 {
        let [_, a2, a3] = self.a;
        let (y, both) = share_and_product(s);
        both / (a2 + a3 * ((y - 0.5) + both * s))
    }

    /// The log-odds at which the curve has this height.
    #[must_use]
    pub fn log_odds_at(&self, height: f64) -> f64 {
        let [a1, a2, a3] = self.a;
        let rise = height - a1;
        if !rise.is_finite() {
            return rise;
        }
        // s = rise / (a₂ + a₃(y − ½)), and y − ½ lies between −½ and ½.
        let (one, other) = (rise / (a2 - 0.5 * a3), rise / (a2 + 0.5 * a3));
        let (low, high) = (one.min(other), one.max(other));
        // On the far side of zero y has settled, so that end of the bracket is all but the answer.
        let far = if rise > 0.0 { other } else { one };
        let start = if far.abs() > 8.0 { far } else { 0.5 * (low + high) };
        self.log_odds_between(height, low, high, start)
    }

    /// The same, where it is known between which log-odds it lies and about where.
    pub(super) fn log_odds_between(&self, height: f64, low: f64, high: f64, start: f64) -> f64 {
        let [a1, a2, a3] = self.a;
        let equation = |s: f64| {
            let (y, both) = share_and_product(s);
            (a1 + s * (a2 + a3 * (y - 0.5)) - height, a2 + a3 * ((y - 0.5) + both * s))
        };
        root::newton(equation, low, high, start)
    }
}

/// 1/(1 + e^−s).
pub(super) fn share(s: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-s))
}

/// y = 1/(1 + e^−s) and y(1 − y), each to its last digit on either side.
pub(super) fn share_and_product(s: f64) -> (f64, f64) {
    let less = libm::exp(-s.abs());
    let larger = 1.0 / (1.0 + less);
    (if s < 0.0 { less * larger } else { larger }, less * larger * larger)
}

/// ln(p/(1−p)); NaN outside \[0, 1\].
pub(super) fn log_odds(p: f64) -> f64 {
    libm::log(p) - libm::log1p(-p)
}

/// For each point the nearest value that would do with the other two kept.
///
/// |a₃/a₂| = 2.5 |q₁₀ + q₉₀ − 2q₅₀| / (q₉₀ − q₁₀) is held a little inside its limit.
fn nearest(q10: f64, q50: f64, q90: f64) -> [f64; 3] {
    let limit = STEEPEST_SKEW * (1.0 - 1e-6);
    let skew = if q90 - q50 > q50 - q10 { limit } else { -limit };
    let p50 = 0.5 * (q10 + q90) - skew * (q90 - q10) / 5.0;
    let p90 = (5.0 * q50 - q10 * (2.5 + skew)) / (2.5 - skew);
    let p10 = (5.0 * q50 - q90 * (2.5 - skew)) / (2.5 + skew);
    [p10, p50, p90]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, relative: f64) {
        assert!((found / expected - 1.0).abs() <= relative, "{found} is not {expected}");
    }

    #[test]
    fn the_unbounded_metalog_matches_its_reference() {
        let curve = MetalogCurve::through(10.0, 20.0, 40.0).unwrap();
        let [a1, a2, a3] = curve.coefficients();
        near(a1, 20.0, 1e-12);
        near(a2, 6.826_794_199_701_281, 1e-12);
        near(a3, 5.688_995_166_417_734, 1e-12);
        near(curve.quantile(0.05), 7.436_825_659_782_616, 1e-12);
        near(curve.quantile(0.25), 14.0625, 1e-12);
        near(curve.quantile(0.95), 47.638_983_548_478_244, 1e-12);
        near(curve.quantile(0.99), 64.179_328_701_928_71, 1e-12);
        near(curve.mean(), 22.844_497_583_208_867, 1e-12);
        near(curve.density(0.0), 0.036_620_409_622_270_325, 1e-12);
    }

    #[test]
    fn the_curve_finds_the_log_odds_of_its_own_heights() {
        for points in [(10.0, 20.0, 40.0), (0.0, 1.0, 5.98), (0.0, 5.0, 6.01), (-3.0, 0.0, 3.0)] {
            let curve = MetalogCurve::through(points.0, points.1, points.2).unwrap();
            for k in -70..=70 {
                let s = f64::from(k) * 0.5;
                let found = curve.log_odds_at(curve.at(s));
                assert!((found - s).abs() < 1e-11 * (1.0 + s.abs()), "{points:?} {s} {found}");
            }
        }
    }

    #[test]
    fn too_skewed_points_are_refused_with_the_nearest_that_do() {
        for (q10, q50, q90) in [(0.0, 1.0, 10.0), (0.0, 9.0, 10.0), (-1.0, 0.0, 90.0)] {
            let Err(FitError::InfeasibleQuantiles { nearest_p10, nearest_p50, nearest_p90, .. }) =
                MetalogCurve::through(q10, q50, q90)
            else {
                panic!("these points are infeasible");
            };
            assert!(MetalogCurve::through(nearest_p10, q50, q90).is_ok());
            assert!(MetalogCurve::through(q10, nearest_p50, q90).is_ok());
            assert!(MetalogCurve::through(q10, q50, nearest_p90).is_ok());
        }
    }
}
