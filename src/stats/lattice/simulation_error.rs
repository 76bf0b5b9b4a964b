//! How far off would a simulation of n years be? What an exact answer spares.
//!
//! Mean: sd/√n. Quantile: √(p(1 − p)/n) / f(q). Tail mean: √(Var\[(S − q)⁺\]/n) / (1 − p).
//! (Asymptotic standard errors; van der Vaart 1998, chapter 21.)

use super::AnnualLoss;

impl AnnualLoss {
    /// The standard error of the mean of `years` simulated years.
    pub fn mean_standard_error(&self, years: f64) -> f64 {
        (self.variance() / years).sqrt()
    }

    /// The standard error of a quantile; None where the quantile is not held or the density
    /// there is zero (an atom has no such error).
    pub fn quantile_standard_error(&self, p: f64, years: f64) -> Option<f64> {
        let density = self.density(self.quantile(p)?);
        (density > 0.0).then(|| (p * (1.0 - p) / years).sqrt() / density)
    }

    /// The standard error of a tail mean; None where the variance does not exist.
    pub fn tail_mean_standard_error(&self, p: f64, years: f64) -> Option<f64> {
        let variance = self.excess_variance(self.quantile(p)?)?;
        Some((variance / years).sqrt() / (1.0 - p))
    }

    /// Var\[max(S − d, 0)\]. None where the variance does not exist or d is beyond the grid.
    ///
    /// From (S − d)² = ((S − d)⁺)² + ((d − S)⁺)² and E\[((d − S)⁺)²\] = 2 ∫₀^d (d − t) F(t) dt.
    pub fn excess_variance(&self, d: f64) -> Option<f64> {
        let excess = self.stop_loss(d)?;
        if !self.variance().is_finite() {
            return None;
        }
        let h = self.step();
        let place = d / h;
        let k = place as usize;
        let mut below: f64 =
            self.cumulative().iter().take(k).enumerate().map(|(j, c)| c * (place - j as f64 - 0.5)).sum();
        let rest = place - k as f64;
        below += 0.5 * rest * rest * self.cumulative().get(k).copied().unwrap_or(1.0);
        let gap = self.mean() - d;
        let second = self.variance() + gap * gap - 2.0 * h * h * below;
        Some((second - excess * excess).max(0.0))
    }
}
