//! How much of a gamma distribution lies below x, and where is its quantile?
//!
//! P(a, x) = γ(a, x)/Γ(a) and Q = 1 − P. Below x = a + 1 the power series
//! (DLMF 8.11.4), above it the continued fraction (DLMF 8.9.2), and for very
//! large shapes integration of the density, whose cost does not grow with the
//! shape. The common factor x^a e^−x / Γ(a+1) is written with the deviance
//! a ln(a/x) + x − a and Stirling's error term (Loader 2000, "Fast and accurate
//! computation of binomial probabilities").

use crate::stats::quadrature::GaussLegendre;
use crate::stats::root;
use core::f64::consts::TAU;

/// From this shape on, integrating the density is cheaper than summing a series.
const LARGE: f64 = 2e4;

/// ln Γ(a+1) − (a + ½) ln a + a − ½ ln 2π for a > 0: what Stirling's formula misses.
#[must_use]
pub fn stirling_error(a: f64) -> f64 {
    let (mut a, mut climbed) = (a, 0.0);
    // Small shapes climb to where the asymptotic series has all its digits.
    while a < 12.0 {
        climbed += (a + 0.5) * libm::log1p(1.0 / a) - 1.0;
        a += 1.0;
    }
    let s = 1.0 / (a * a);
    let series = 1.0 / 12.0
        - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s * (1.0 / 1188.0 - s * 691.0 / 360_360.0))));
    climbed + series / a
}

/// a ln(a/x) + x − a, never negative; exact also where a and x nearly agree.
#[must_use]
pub fn deviance(a: f64, x: f64) -> f64 {
    let gap = x - a;
    if a > 10.0 && gap.abs() < 0.1 * (x + a) {
        // With v = (a−x)/(a+x), ln(a/x) = 2 artanh v; the leading terms cancel by hand.
        let v = -gap / (x + a);
        let square = v * v;
        let mut term = 2.0 * a * v;
        let mut sum = -gap * v;
        for k in 1..60 {
            term *= square;
            let next = sum + term / f64::from(2 * k + 1);
            if next == sum {
                break;
            }
            sum = next;
        }
        return sum;
    }
    a * (libm::log(a) - libm::log(x)) + gap
}

/// The regularised incomplete gamma functions of one shape, constants prepared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IncompleteGamma {
    shape: f64,
    coefficient: f64,
}

impl IncompleteGamma {
    /// Prepares shape `a` > 0 (any other shape gives NaN everywhere).
    #[must_use]
    pub fn new(a: f64) -> Self {
        let usable = a > 0.0 && a < f64::INFINITY;
        let coefficient = if usable { libm::exp(-stirling_error(a)) / (TAU * a).sqrt() } else { f64::NAN };
        Self { shape: a, coefficient }
    }

    /// The shape.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// x^a e^−x / Γ(a+1): what P loses when the shape grows by one.
    #[must_use]
    pub fn step(&self, x: f64) -> f64 {
        if x <= 0.0 || x == f64::INFINITY {
            return 0.0 * self.coefficient;
        }
        self.coefficient * libm::exp(-deviance(self.shape, x))
    }

    /// Density of the gamma distribution with scale 1 at x > 0.
    #[must_use]
    pub fn density(&self, x: f64) -> f64 {
        self.step(x) * self.shape / x
    }

    /// (P, Q) at x; the smaller of the two is relatively accurate.
    #[must_use]
    pub fn pair(&self, x: f64) -> (f64, f64) {
        let (lower, upper, _) = self.pair_and_step(x);
        (lower, upper)
    }

    /// (P, Q, step) at x.
    #[must_use]
    pub fn pair_and_step(&self, x: f64) -> (f64, f64, f64) {
        let a = self.shape;
        if self.coefficient.is_nan() || x.is_nan() {
            return (f64::NAN, f64::NAN, f64::NAN);
        }
        if x <= 0.0 {
            return (0.0, 1.0, 0.0);
        }
        if x == f64::INFINITY {
            return (1.0, 0.0, 0.0);
        }
        let step = self.step(x);
        if a > LARGE {
            let part = self.tail_by_density(x);
            return if x < a { (part, 1.0 - part, step) } else { (1.0 - part, part, step) };
        }
        if x < a + 1.0 {
            let (mut term, mut sum, mut k) = (1.0, 1.0, a);
            while term > 1e-17 * sum {
                k += 1.0;
                term *= x / k;
                sum += term;
            }
            let lower = (step * sum).min(1.0);
            (lower, 1.0 - lower, step)
        } else {
            let upper = (step * a * fraction(a, x)).min(1.0);
            (1.0 - upper, upper, step)
        }
    }

    /// The part on the far side of x as seen from the mode, by 32 nodes over nine deviations.
    fn tail_by_density(&self, x: f64) -> f64 {
        let outward = if x < self.shape { -1.0 } else { 1.0 };
        let slope = ((self.shape / x - 1.0) * outward).min(0.0);
        let spread = x.max(self.shape);
        let reach = spread * (slope + (slope * slope + 90.0 / spread).sqrt());
        let end = (x + outward * reach).max(0.0);
        GaussLegendre::nodes_32().integrate(|t| self.density(t), x.min(end), x.max(end)).min(1.0)
    }

    /// ln of the quantile: the u with P(a, e^u) = p, for p in (0, 1).
    ///
    /// In u both ln P and ln Q are concave, so Newton's method cannot run away.
    #[must_use]
    pub fn ln_quantile(&self, p: f64) -> f64 {
        let a = self.shape;
        if self.coefficient.is_nan() || !(p > 0.0 && p < 1.0) {
            return f64::NAN;
        }
        // Where x is tiny, P = x^a / Γ(a+1) to the last digit.
        let small = (libm::log(p) - libm::lgamma(a + 1.0)) / a;
        if small < -45.0 {
            return small;
        }
        let q = 1.0 - p;
        let z = super::normal_quantile(p);
        let cube = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt());
        let start = if cube > 0.1 { libm::log(a) + 3.0 * libm::log(cube) } else { small };
        let highest = libm::log(a + 800.0 + 40.0 * a.sqrt());
        let equation = |u: f64| {
            let (lower, upper, step) = self.pair_and_step(libm::exp(u));
            let slope = step * a;
            if p <= 0.5 { (libm::log(lower / p), slope / lower) } else { (-libm::log(upper / q), slope / upper) }
        };
        root::newton(equation, small.min(start) - 1.0, highest, start.min(highest))
    }

    /// The x with P(a, x) = p; 0 and ∞ at the ends, NaN outside \[0, 1\].
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        if p == 0.0 {
            0.0
        } else if p == 1.0 {
            f64::INFINITY
        } else {
            libm::exp(self.ln_quantile(p))
        }
    }
}

/// Γ(a, x) e^x x^−a by Lentz's method.
fn fraction(a: f64, x: f64) -> f64 {
    let tiny = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / b;
    let mut value = d;
    for k in 1..20_000 {
        let k = f64::from(k);
        let numerator = -k * (k - a);
        b += 2.0;
        d = numerator * d + b;
        c = b + numerator / c;
        d = 1.0 / if d.abs() < tiny { tiny } else { d };
        if c.abs() < tiny {
            c = tiny;
        }
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < 2e-16 {
            break;
        }
    }
    value
}
