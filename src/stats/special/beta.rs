//! How much of a beta distribution lies below x, and where is its quantile?
//!
//! I_x(a, b) by the even part of its continued fraction (DLMF 8.17.22,
//! contracted as in DiDonato & Morris 1992, ACM TOMS 18), on the side where it
//! converges; for two very large shapes by integrating the density. The factor
//! x^a (1−x)^b / B(a, b) is written with deviances (Loader 2000).

use super::gamma::{deviance, stirling_error};
use crate::stats::quadrature::GaussLegendre;
use crate::stats::root;
use core::f64::consts::TAU;

/// With both shapes above this, integrating the density is cheaper.
const LARGE: f64 = 5e3;

/// The regularised incomplete beta functions of one pair of shapes, constants prepared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IncompleteBeta {
    a: f64,
    b: f64,
    coefficient: f64,
}

impl IncompleteBeta {
    /// Prepares shapes `a`, `b` > 0 (any other shapes give NaN everywhere).
    #[must_use]
    pub fn new(a: f64, b: f64) -> Self {
        let n = a + b;
        let usable = a > 0.0 && b > 0.0 && n < f64::INFINITY;
        let coefficient = if usable {
            let misses = stirling_error(n) - stirling_error(a) - stirling_error(b);
            (a / n * b / TAU).sqrt() * libm::exp(misses)
        } else {
            f64::NAN
        };
        Self { a, b, coefficient }
    }

    /// The two shapes.
    #[must_use]
    pub fn shapes(&self) -> (f64, f64) {
        (self.a, self.b)
    }

    /// x^a y^b / B(a, b) with y = 1 − x given apart, so that neither end loses digits.
    #[must_use]
    pub fn step(&self, x: f64, y: f64) -> f64 {
        if x <= 0.0 || y <= 0.0 {
            return 0.0 * self.coefficient;
        }
        let n = self.a + self.b;
        self.coefficient * libm::exp(-deviance(self.a, n * x) - deviance(self.b, n * y))
    }

    /// Density at x, with y = 1 − x.
    #[must_use]
    pub fn density(&self, x: f64, y: f64) -> f64 {
        let (low, high) = (x <= 0.0, y <= 0.0);
        if low || high {
            let (here, other) = if low { (self.a, self.b) } else { (self.b, self.a) };
            return if here < 1.0 {
                f64::INFINITY
            } else if here == 1.0 {
                other
            } else {
                0.0
            };
        }
        self.step(x, y) / (x * y)
    }

    /// (I_x(a, b), 1 − I_x(a, b)); the smaller of the two is relatively accurate.
    #[must_use]
    pub fn pair(&self, x: f64, y: f64) -> (f64, f64) {
        let (lower, upper, _) = self.pair_and_step(x, y);
        (lower, upper)
    }

    /// (I, 1 − I, step) at x, with y = 1 − x.
    #[must_use]
    pub fn pair_and_step(&self, x: f64, y: f64) -> (f64, f64, f64) {
        if self.coefficient.is_nan() || x.is_nan() || y.is_nan() {
            return (f64::NAN, f64::NAN, f64::NAN);
        }
        if x <= 0.0 {
            return (0.0, 1.0, 0.0);
        }
        if y <= 0.0 {
            return (1.0, 0.0, 0.0);
        }
        let (a, b) = (self.a, self.b);
        let step = self.step(x, y);
        if a > LARGE && b > LARGE {
            let below = b * x < a * y;
            let part = self.tail_by_density(x, y, below);
            return if below { (part, 1.0 - part, step) } else { (1.0 - part, part, step) };
        }
        if x * (a + b + 2.0) <= a + 1.0 {
            let lower = (step / fraction(a, b, x, y)).min(1.0);
            (lower, 1.0 - lower, step)
        } else {
            let upper = (step / fraction(b, a, y, x)).min(1.0);
            (1.0 - upper, upper, step)
        }
    }

    /// The part on the far side of x as seen from the mode, integrated over the log-odds,
    /// where a beta with two large shapes is nearly normal.
    fn tail_by_density(&self, x: f64, y: f64, below: bool) -> f64 {
        let n = self.a + self.b;
        let outward = if below { -1.0 } else { 1.0 };
        let slope = ((self.a * y - self.b * x) * outward).min(0.0);
        let curvature = n * x * y * 0.8;
        let reach = (slope + (slope * slope + 90.0 * curvature).sqrt()) / curvature;
        let density = |w: f64| {
            // x e^t / (y + x e^t), t the step in log-odds from x.
            let (up, down) = (x * libm::exp(outward * w), y);
            self.step(up / (up + down), down / (up + down))
        };
        GaussLegendre::nodes_32().integrate(density, 0.0, reach).min(1.0)
    }

    /// (x, 1 − x) with I_x(a, b) = p, for p in (0, 1).
    ///
    /// Over the log-odds both ln I and ln(1 − I) are concave, so Newton's method cannot run away.
    #[must_use]
    pub fn quantile(&self, p: f64) -> (f64, f64) {
        if self.coefficient.is_nan() || !(0.0..=1.0).contains(&p) {
            return (f64::NAN, f64::NAN);
        }
        if p == 0.0 {
            return (0.0, 1.0);
        }
        if p == 1.0 {
            return (1.0, 0.0);
        }
        let q = 1.0 - p;
        let (a, b) = (self.a, self.b);
        let sides = |t: f64| (1.0 / (1.0 + libm::exp(-t)), 1.0 / (1.0 + libm::exp(t)));
        let equation = |t: f64| {
            let (x, y) = sides(t);
            let (lower, upper, step) = self.pair_and_step(x, y);
            if p <= 0.5 { (libm::log(lower / p), step / lower) } else { (-libm::log(upper / q), step / upper) }
        };
        let deviation = (1.0 / a + 1.0 / b).sqrt();
        let start = libm::log(a / b) + super::normal_quantile(p) * deviation.min(4.0);
        let t = root::newton(equation, -708.0, 708.0, start.clamp(-700.0, 700.0));
        // An answer at the end of the range is one that f64 cannot hold.
        if t <= -707.9 {
            return (0.0, 1.0);
        }
        if t >= 707.9 {
            return (1.0, 0.0);
        }
        sides(t)
    }
}

/// step / I_x(a, b) by Lentz's method, for x below the mean.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let tiny = 1e-300;
    let excess = a * y - b * x + 1.0;
    let widen = 2.0 - x;
    let mut value = a * excess / (a + 1.0);
    if value.abs() < tiny {
        value = tiny;
    }
    let mut c = value;
    let mut d = 0.0;
    for k in 1..20_000 {
        let k = f64::from(k);
        let last = a + 2.0 * k - 1.0;
        let cross = k * (b - k) * x / last;
        let numerator = (a + k - 1.0) * (a + b + k - 1.0) * x * cross / last;
        let term = k + cross + (a + k) * (excess + k * widen) / (last + 2.0);
        d = term + numerator * d;
        c = term + numerator / c;
        if d.abs() < tiny {
            d = tiny;
        }
        if c.abs() < tiny {
            c = tiny;
        }
        d = 1.0 / d;
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < 2e-16 {
            break;
        }
    }
    value
}
