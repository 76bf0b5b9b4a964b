//! What if a value scatters evenly around its mean but cannot be negative?
//!
//! A normal cut at 0: X = μ + σZ given X ≥ 0, with α = −μ/σ the cut on Z's scale,
//! h = φ(α)/(1 − Φ(α)): mean = σ(h − α), variance = σ²(1 − h(h − α)). The mean,
//! the standard deviation and the 5 % and 95 % points that are stated are those
//! of the cut distribution. Both sd/mean and the ratio of the two points depend
//! on α alone and rise with it: the first to 1, the second to ln 20 / ln(20/19),
//! the values of the exponential that the cut normal turns into.

use super::error::{FitError, below, positive};
use super::family::Family;
use crate::stats::quadrature::GaussLegendre;
use crate::stats::root;
use crate::stats::special::{
    Truncation, normal_cdf, normal_pdf, normal_quantile, normal_sf, survival_ratio, truncation,
};

/// The normal distribution cut at 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NormalCut {
    /// Where 0 lies on the standard normal's scale.
    cut: f64,
    sigma: f64,
    at_cut: Truncation,
}

/// Beyond this cut the distribution is an exponential to the last digit.
const FURTHEST_CUT: f64 = 1e7;

impl NormalCut {
    fn from_cut(cut: f64, sigma: f64) -> Self {
        Self { cut, sigma, at_cut: truncation(cut) }
    }

    /// From mean and standard deviation of the cut distribution; `sd` < `mean`.
    pub fn from_mean_sd(mean: f64, sd: f64) -> Result<Self, FitError> {
        positive("mean", mean)?;
        positive("sd", sd)?;
        let wanted = sd / mean;
        if wanted >= 1.0 {
            return Err(FitError::SpreadTooLarge { mean, sd, limit: mean });
        }
        if wanted < 1e-12 {
            return Err(FitError::Unresolvable { low: mean, high: sd });
        }
        let gap = |cut: f64| {
            let at = truncation(cut);
            at.variance.sqrt() / at.excess - wanted
        };
        // Uncut it would be −mean/sd; cutting moves it up, at most to the exponential's end.
        let Some(cut) = root::crossing(gap, -1.1 / wanted - 1.0, FURTHEST_CUT) else {
            return Err(FitError::SpreadTooLarge { mean, sd, limit: mean });
        };
        let at = truncation(cut);
        Ok(Self { cut, sigma: mean / at.excess, at_cut: at })
    }

    /// From the 5 % and 95 % points of the cut distribution, 0 < `low` < `high`.
    pub fn from_interval(low: f64, high: f64) -> Result<Self, FitError> {
        positive("low", low)?;
        positive("high", high)?;
        below(("low", low), ("high", high))?;
        let wanted = high / low;
        if wanted - 1.0 < 1e-12 {
            return Err(FitError::Unresolvable { low, high });
        }
        let gap = |cut: f64| {
            let unit = Self::from_cut(cut, 1.0);
            libm::log(unit.quantile(0.95) / unit.quantile(0.05) / wanted)
        };
        // Uncut, high/low = (z₉₅ + μ/σ)/(μ/σ − z₉₅).
        let lowest = -2.2 * (wanted + 1.0) / (wanted - 1.0) - 1.0;
        let Some(cut) = root::crossing(gap, lowest, FURTHEST_CUT) else {
            let widest = libm::log(0.05) / libm::log(0.95);
            return Err(FitError::RangeTooWide { low, high, widest });
        };
        let sigma = high / Self::from_cut(cut, 1.0).quantile(0.95);
        Ok(Self::from_cut(cut, sigma))
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self { sigma: self.sigma * factor, ..*self }
    }

    /// So close to 0 that a difference of two large figures would lose digits.
    fn is_near(&self, w: f64) -> bool {
        w < 0.5 && w < 0.5 * self.at_cut.excess
    }

    /// Density at w = x/σ, on that scale.
    fn unit_pdf(&self, w: f64) -> f64 {
        if self.cut < 0.0 {
            // The hazard itself may underflow here; the density does not.
            return normal_pdf(self.cut + w) / normal_sf(self.cut);
        }
        self.at_cut.hazard * libm::exp(-w * (self.cut + 0.5 * w))
    }

    /// P(0 < X ≤ σw).
    fn unit_cdf(&self, w: f64) -> f64 {
        if w <= 0.0 {
            0.0
        } else if self.is_near(w) {
            GaussLegendre::nodes_12().integrate(|u| self.unit_pdf(u), 0.0, w)
        } else if self.cut < 0.0 && self.cut + w < 0.0 {
            (normal_cdf(self.cut + w) - normal_cdf(self.cut)) / normal_sf(self.cut)
        } else {
            1.0 - survival_ratio(self.cut, w)
        }
    }
}

impl Family for NormalCut {
    fn mean(&self) -> f64 {
        self.sigma * self.at_cut.excess
    }
    fn variance(&self) -> f64 {
        self.sigma * self.sigma * self.at_cut.variance
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < 0.0 || x == f64::INFINITY { 0.0 } else { self.unit_pdf(x / self.sigma) / self.sigma }
    }
    fn cdf(&self, x: f64) -> f64 {
        self.unit_cdf(x / self.sigma)
    }
    fn sf(&self, x: f64) -> f64 {
        survival_ratio(self.cut, x / self.sigma)
    }
    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        if p == 0.0 {
            return 0.0;
        }
        if p == 1.0 {
            return f64::INFINITY;
        }
        let q = 1.0 - p;
        // Near the answer already where the cut is not far out; Newton mends the rest.
        let guess = if self.cut > 2.0 {
            -libm::log1p(-p) / self.at_cut.hazard
        } else if p < 0.5 {
            normal_quantile(normal_cdf(self.cut) + p * normal_sf(self.cut)) - self.cut
        } else {
            -normal_quantile(q * normal_sf(self.cut)) - self.cut
        };
        let highest = 40.0 - self.cut.min(0.0);
        let w = if p < 0.5 {
            let equation = |w: f64| {
                let cdf = self.unit_cdf(w);
                (libm::log(cdf / p), self.unit_pdf(w) / cdf)
            };
            root::newton(equation, 0.0, highest, guess)
        } else {
            let equation = |w: f64| {
                let sf = survival_ratio(self.cut, w);
                (-libm::log(sf / q), self.unit_pdf(w) / sf)
            };
            root::newton(equation, 0.0, highest, guess)
        };
        w * self.sigma
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        let w = x / self.sigma;
        if w <= 0.0 {
            return x;
        }
        if w == f64::INFINITY {
            return self.mean();
        }
        let area = if self.is_near(w) {
            GaussLegendre::nodes_12().integrate(|u| survival_ratio(self.cut, u), 0.0, w)
        } else {
            self.at_cut.excess - truncation(self.cut + w).excess * survival_ratio(self.cut, w)
        };
        self.sigma * area
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        let w = x / self.sigma;
        if w <= 0.0 {
            return x * x;
        }
        let mean = self.mean();
        if w == f64::INFINITY {
            return self.variance() + mean * mean;
        }
        let area = if self.is_near(w) {
            GaussLegendre::nodes_12().integrate(|u| u * survival_ratio(self.cut, u), 0.0, w)
        } else {
            // ∫ u S(u) beyond z, over S(z): ½(1 + z d) − α d with d the mean excess at z.
            let z = self.cut + w;
            let d = truncation(z).excess;
            let beyond = (0.5 * (1.0 + z * d) - self.cut * d) * survival_ratio(self.cut, w);
            let d = self.at_cut.excess;
            0.5 * (self.at_cut.variance + d * d) - beyond
        };
        2.0 * self.sigma * self.sigma * area
    }
}
