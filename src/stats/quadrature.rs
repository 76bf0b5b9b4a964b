//! What is the area under a curve, and how wrong may the answer be?
//!
//! [`tanh_sinh`] (Takahasi & Mori 1974) substitutes x = tanh(π/2 · sinh t), so
//! that every kind of endpoint singularity that has an area at all dies out
//! doubly exponentially and equal steps in t converge at once. The curve is told
//! how far it is from either end: near a singularity at 1 the point itself rounds
//! to 1, its distance does not. [`GaussLegendre`] is for smooth stretches inside.

use core::f64::consts::PI;
use std::sync::LazyLock;

/// An area and how far it may be off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Integral {
    /// The area.
    pub value: f64,
    /// Estimate of the absolute error.
    pub error: f64,
}

/// Where a curve is asked for its height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    /// The point.
    pub x: f64,
    /// Its distance from the lower end, exact also where `x` rounds to that end.
    pub from_low: f64,
    /// Its distance from the upper end, likewise.
    pub to_high: f64,
}

/// Area under `f` from `low` to `high` (both finite), to about `tolerance` absolutely.
///
/// A value that is not finite counts as 0: it can only lie on a singular end.
pub fn tanh_sinh(mut f: impl FnMut(At) -> f64, low: f64, high: f64, tolerance: f64) -> Integral {
    let width = high - low;
    if !width.is_finite() {
        return Integral { value: f64::NAN, error: f64::INFINITY };
    }
    if width == 0.0 {
        return Integral { value: 0.0, error: 0.0 };
    }
    let mut height = |at: At| {
        let value = f(at);
        if value.is_finite() { value } else { 0.0 }
    };
    // Heights at ±t with their weights dx/dt.
    let mut pair = |t: f64| {
        let up = libm::exp(t);
        let (sinh, cosh) = (0.5 * (up - 1.0 / up), 0.5 * (up + 1.0 / up));
        // 1/(1 + e^{π sinh t}): the share of the width that is left towards the end.
        let left = 1.0 / (1.0 + libm::exp(PI * sinh));
        let near = width * left;
        let far = width * (1.0 - left);
        let weight = PI * cosh * left * (1.0 - left) * width;
        let upper = height(At { x: high - near, from_low: far, to_high: near });
        let lower = height(At { x: low + near, from_low: near, to_high: far });
        (weight * upper, weight * lower)
    };
    let middle = pair(0.0);
    let mut sum = 0.5 * (middle.0 + middle.1);
    let mut peak = sum.abs();
    let mut step = 1.0;
    let mut before = f64::NAN;
    let mut gap_before = f64::INFINITY;
    let mut result = Integral { value: f64::NAN, error: f64::INFINITY };
    for level in 0..9 {
        if level > 0 {
            step *= 0.5;
        }
        // After the first level only the points between the old ones are new.
        let stride = if level == 0 { 1.0 } else { 2.0 };
        let mut k = 1.0;
        let (mut upper_done, mut lower_done) = (false, false);
        while k * step < 6.1 && !(upper_done && lower_done) {
            let t = k * step;
            let (upper, lower) = pair(t);
            if !upper_done {
                sum += upper;
            }
            if !lower_done {
                sum += lower;
            }
            peak = peak.max(upper.abs()).max(lower.abs());
            // Here less than 1e-11 of the width is left: what is negligible here stays so.
            upper_done |= t > 2.8 && upper.abs() <= 1e-18 * peak;
            lower_done |= t > 2.8 && lower.abs() <= 1e-18 * peak;
            k += stride;
        }
        let value = sum * step;
        let gap = (value - before).abs();
        if level >= 2 {
            // Digits double with every level, so the next gap is about gap²/gap_before.
            let round_off = 4.0 * f64::EPSILON * value.abs();
            let error = gap * (4.0 * gap / gap_before).min(1.0) + round_off;
            result = Integral { value, error };
            if error <= tolerance + round_off {
                return result;
            }
        }
        gap_before = gap;
        before = value;
    }
    result
}

/// A Gauss–Legendre rule: `nodes` points, exact for polynomials of degree 2 × `nodes` − 1.
#[derive(Debug, Clone, PartialEq)]
pub struct GaussLegendre {
    /// (node, weight) on \[−1, 1\].
    points: Vec<(f64, f64)>,
}

impl GaussLegendre {
    /// The rule with this many nodes (at least one).
    #[must_use]
    pub fn new(nodes: u32) -> Self {
        let n = nodes.max(1);
        let size = f64::from(n);
        let points = (0..n)
            .map(|i| {
                // Newton's method from the classic cosine guess.
                let mut x = libm::cos(PI * (f64::from(i) + 0.75) / (size + 0.5));
                let mut slope = 1.0;
                for _ in 0..8 {
                    let (mut here, mut last) = (1.0, 0.0);
                    for k in 1..=n {
                        let k = f64::from(k);
                        (here, last) = (((2.0 * k - 1.0) * x * here - (k - 1.0) * last) / k, here);
                    }
                    slope = size * (x * here - last) / (x * x - 1.0);
                    x -= here / slope;
                }
                (x, 2.0 / ((1.0 - x * x) * slope * slope))
            })
            .collect();
        Self { points }
    }

    /// The shared rule with 4 nodes.
    #[must_use]
    pub fn nodes_4() -> &'static Self {
        static RULE: LazyLock<GaussLegendre> = LazyLock::new(|| GaussLegendre::new(4));
        &RULE
    }

    /// The shared rule with 8 nodes.
    #[must_use]
    pub fn nodes_8() -> &'static Self {
        static RULE: LazyLock<GaussLegendre> = LazyLock::new(|| GaussLegendre::new(8));
        &RULE
    }

    /// The shared rule with 12 nodes.
    #[must_use]
    pub fn nodes_12() -> &'static Self {
        static RULE: LazyLock<GaussLegendre> = LazyLock::new(|| GaussLegendre::new(12));
        &RULE
    }

    /// The shared rule with 20 nodes.
    #[must_use]
    pub fn nodes_20() -> &'static Self {
        static RULE: LazyLock<GaussLegendre> = LazyLock::new(|| GaussLegendre::new(20));
        &RULE
    }

    /// The shared rule with 32 nodes.
    #[must_use]
    pub fn nodes_32() -> &'static Self {
        static RULE: LazyLock<GaussLegendre> = LazyLock::new(|| GaussLegendre::new(32));
        &RULE
    }

    /// Area under `f` from `low` to `high`.
    pub fn integrate(&self, mut f: impl FnMut(f64) -> f64, low: f64, high: f64) -> f64 {
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
        self.points.iter().map(|&(x, w)| w * f(middle + half * x)).sum::<f64>() * half
    }

    /// The points of the rule laid over \[low, high\]: (place, weight).
    pub fn over(&self, low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
        self.points.iter().map(move |&(x, w)| (middle + half * x, w * half))
    }
}

/// Area under `f` from `low` up to ∞, by x = low + scale · u/(1−u).
///
/// `scale` is about how far the bulk of the area reaches.
pub fn tanh_sinh_to_infinity(mut f: impl FnMut(f64) -> f64, low: f64, scale: f64, tolerance: f64) -> Integral {
    tanh_sinh(
        |at| {
            let x = low + scale * at.from_low / at.to_high;
            f(x) * scale / (at.to_high * at.to_high)
        },
        0.0,
        1.0,
        tolerance,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::f64::consts::FRAC_PI_2;

    #[test]
    fn endpoint_singularities_cost_no_digits() {
        let root = tanh_sinh(|at| 1.0 / at.from_low.sqrt(), 0.0, 4.0, 1e-14);
        assert!((root.value - 4.0).abs() < 1e-13 && root.error < 1e-12, "{root:?}");
        let steep = tanh_sinh(|at| libm::exp(-0.9 * libm::log(at.to_high)), 0.0, 1.0, 1e-13);
        assert!((steep.value - 10.0).abs() < 1e-12, "{steep:?}");
        let log = tanh_sinh(|at| libm::log(at.from_low), 0.0, 1.0, 1e-14);
        assert!((log.value + 1.0).abs() < 1e-14, "{log:?}");
    }

    #[test]
    fn a_heavy_tail_is_integrated_to_infinity() {
        let area = tanh_sinh_to_infinity(|x| libm::exp(-2.5 * libm::log(x)), 1.0, 1.0, 1e-14);
        assert!((area.value - 1.0 / 1.5).abs() < 1e-13, "{area:?}");
        let bell = tanh_sinh_to_infinity(|x| libm::exp(-0.5 * x * x), 0.0, 2.0, 1e-14);
        assert!((bell.value - FRAC_PI_2.sqrt()).abs() < 1e-13, "{bell:?}");
    }

    #[test]
    fn gauss_legendre_is_exact_for_polynomials() {
        for rule in [GaussLegendre::nodes_8(), GaussLegendre::nodes_20(), GaussLegendre::nodes_32()] {
            let area = rule.integrate(|x| (0..16).fold(0.0, |sum, _| sum * x + 1.0), 0.0, 2.0);
            let exact: f64 = (1..=16).map(|k| 2f64.powi(k) / f64::from(k)).sum();
            assert!((area / exact - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn no_width_has_no_area_and_no_end_has_none_that_is_known() {
        assert_eq!(tanh_sinh(|_| 1.0, 2.0, 2.0, 1e-9).value, 0.0);
        assert!(tanh_sinh(|_| 1.0, 0.0, f64::INFINITY, 1e-9).value.is_nan());
    }
}
