//! Severities with closed limited means, for tests only.

use crate::stats::lattice::Severity;
use crate::stats::special::IncompleteBeta;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

fn phi(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// Bisection: a quantile is only a guess of the grid's reach here.
fn bisect(severity: &dyn Severity, p: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while severity.sf(high) > 1.0 - p && high < 1e300 {
        high *= 2.0;
    }
    for _ in 0..80 {
        let centre = 0.5 * (low + high);
        if severity.sf(centre) > 1.0 - p { low = centre } else { high = centre }
    }
    high
}

pub struct Exponential(pub f64);
impl Severity for Exponential {
    fn limited_mean(&self, x: f64) -> f64 {
        -self.0 * libm::expm1(-x / self.0)
    }
    fn sf(&self, x: f64) -> f64 {
        libm::exp(-x / self.0)
    }
    fn mean(&self) -> f64 {
        self.0
    }
    fn variance(&self) -> f64 {
        self.0 * self.0
    }
    fn quantile(&self, p: f64) -> f64 {
        -self.0 * libm::log1p(-p)
    }
}

pub struct LogNormal {
    pub mu: f64,
    pub sigma: f64,
}
impl LogNormal {
    /// From the 5 % and 95 % points.
    pub fn between(low: f64, high: f64) -> Self {
        let (a, b) = (libm::log(low), libm::log(high));
        Self { mu: 0.5 * (a + b), sigma: (b - a) / (2.0 * 1.644_853_626_951_472_6) }
    }
}
impl Severity for LogNormal {
    fn limited_mean(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        let z = (libm::log(x) - self.mu) / self.sigma;
        self.mean() * phi(z - self.sigma) + x * phi(-z)
    }
    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { phi((self.mu - libm::log(x)) / self.sigma) }
    }
    fn mean(&self) -> f64 {
        libm::exp(self.mu + 0.5 * self.sigma * self.sigma)
    }
    fn variance(&self) -> f64 {
        libm::expm1(self.sigma * self.sigma) * self.mean() * self.mean()
    }
    fn quantile(&self, p: f64) -> f64 {
        bisect(self, p)
    }
}

/// Pareto of the second kind: P(X > x) = (1 + x/scale)^(−alpha).
pub struct Lomax {
    pub alpha: f64,
    pub scale: f64,
}
impl Severity for Lomax {
    fn limited_mean(&self, x: f64) -> f64 {
        let excess = self.alpha - 1.0;
        -self.scale * libm::expm1(-excess * libm::log1p(x / self.scale)) / excess
    }
    fn sf(&self, x: f64) -> f64 {
        libm::exp(-self.alpha * libm::log1p(x / self.scale))
    }
    fn mean(&self) -> f64 {
        if self.alpha > 1.0 { self.scale / (self.alpha - 1.0) } else { f64::INFINITY }
    }
    fn variance(&self) -> f64 {
        if self.alpha <= 2.0 {
            return f64::INFINITY;
        }
        self.mean() * self.mean() * self.alpha / (self.alpha - 2.0)
    }
    fn quantile(&self, p: f64) -> f64 {
        self.scale * libm::expm1(-libm::log1p(-p) / self.alpha)
    }
    fn tail_index(&self) -> f64 {
        1.0 / self.alpha
    }
}

/// PERT with λ = 4.
pub struct Pert {
    pub min: f64,
    pub mode: f64,
    pub max: f64,
}
impl Pert {
    fn shapes(&self) -> (f64, f64) {
        let width = self.max - self.min;
        (1.0 + 4.0 * (self.mode - self.min) / width, 1.0 + 4.0 * (self.max - self.mode) / width)
    }
}
impl Severity for Pert {
    fn limited_mean(&self, x: f64) -> f64 {
        if x <= self.min {
            return x;
        }
        if x >= self.max {
            return self.mean();
        }
        let (a, b) = self.shapes();
        let u = (x - self.min) / (self.max - self.min);
        let below = IncompleteBeta::new(a, b).pair(u, 1.0 - u).0;
        let part = a / (a + b) * IncompleteBeta::new(a + 1.0, b).pair(u, 1.0 - u).0;
        self.min + (self.max - self.min) * (part + u * (1.0 - below))
    }
    fn sf(&self, x: f64) -> f64 {
        let u = ((x - self.min) / (self.max - self.min)).clamp(0.0, 1.0);
        let (a, b) = self.shapes();
        IncompleteBeta::new(a, b).pair(u, 1.0 - u).1
    }
    fn mean(&self) -> f64 {
        (self.min + 4.0 * self.mode + self.max) / 6.0
    }
    fn variance(&self) -> f64 {
        (self.mean() - self.min) * (self.max - self.mean()) / 7.0
    }
    fn quantile(&self, p: f64) -> f64 {
        bisect(self, p)
    }
}

pub struct Uniform(pub f64, pub f64);
impl Severity for Uniform {
    fn limited_mean(&self, x: f64) -> f64 {
        let Uniform(a, b) = *self;
        let cut = x.clamp(a, b);
        if x <= a { x } else { a + (cut - a) - (cut - a) * (cut - a) / (2.0 * (b - a)) }
    }
    fn sf(&self, x: f64) -> f64 {
        1.0 - ((x - self.0) / (self.1 - self.0)).clamp(0.0, 1.0)
    }
    fn mean(&self) -> f64 {
        0.5 * (self.0 + self.1)
    }
    fn variance(&self) -> f64 {
        (self.1 - self.0) * (self.1 - self.0) / 12.0
    }
    fn quantile(&self, p: f64) -> f64 {
        self.0 + p * (self.1 - self.0)
    }
}

pub struct InverseGaussian {
    pub mean: f64,
    pub shape: f64,
}
impl InverseGaussian {
    /// Φ(a) and e^(2λ/μ)Φ(−b), whose sum is the distribution function.
    fn terms(&self, x: f64) -> (f64, f64) {
        if x <= 0.0 {
            return (0.0, 0.0);
        }
        let root = (self.shape / x).sqrt();
        let ratio = x / self.mean;
        (phi(root * (ratio - 1.0)), libm::exp(2.0 * self.shape / self.mean) * phi(-root * (ratio + 1.0)))
    }
}
impl Severity for InverseGaussian {
    fn limited_mean(&self, x: f64) -> f64 {
        let (a, b) = self.terms(x);
        x - (x - self.mean) * a - (x + self.mean) * b
    }
    fn sf(&self, x: f64) -> f64 {
        let (a, b) = self.terms(x);
        1.0 - a - b
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.mean * self.mean * self.mean / self.shape
    }
    fn quantile(&self, p: f64) -> f64 {
        bisect(self, p)
    }
}

/// The one-half stable distribution: the mean is infinite.
pub struct Levy;
impl Severity for Levy {
    fn limited_mean(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        let z = (0.5 / x).sqrt();
        x * libm::erf(z) + (2.0 * x / PI).sqrt() * libm::exp(-0.5 / x) - libm::erfc(z)
    }
    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { libm::erf((0.5 / x).sqrt()) }
    }
    fn mean(&self) -> f64 {
        f64::INFINITY
    }
    fn variance(&self) -> f64 {
        f64::INFINITY
    }
    fn quantile(&self, p: f64) -> f64 {
        bisect(self, p)
    }
    fn tail_index(&self) -> f64 {
        2.0
    }
}

/// What is left of an exponential loss above a deductible: an atom at zero.
pub struct Above {
    pub theta: f64,
    pub deductible: f64,
}
impl Severity for Above {
    fn limited_mean(&self, x: f64) -> f64 {
        let inner = Exponential(self.theta);
        inner.limited_mean(self.deductible + x) - inner.limited_mean(self.deductible)
    }
    fn sf(&self, x: f64) -> f64 {
        libm::exp(-(self.deductible + x) / self.theta)
    }
    fn mean(&self) -> f64 {
        self.theta * self.sf(0.0)
    }
    fn variance(&self) -> f64 {
        2.0 * self.theta * self.mean() - self.mean() * self.mean()
    }
    fn quantile(&self, p: f64) -> f64 {
        (-self.theta * libm::log1p(-p) - self.deductible).max(0.0)
    }
}

/// A loss that is always the same amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constant(pub f64);

impl Severity for Constant {
    fn limited_mean(&self, x: f64) -> f64 {
        x.min(self.0)
    }
    fn sf(&self, x: f64) -> f64 {
        if x < self.0 { 1.0 } else { 0.0 }
    }
    fn mean(&self) -> f64 {
        self.0
    }
    fn variance(&self) -> f64 {
        0.0
    }
    fn quantile(&self, _p: f64) -> f64 {
        self.0
    }
    fn constant(&self) -> Option<f64> {
        Some(self.0)
    }
}
