//! Which questions does every distribution answer?

/// One distribution of an amount, a rate, a duration or a chance (never negative).
///
/// Each method answers NaN to NaN. Chances are relatively accurate in the tail
/// that they name: use `sf` for what is rarely exceeded, not `1 - cdf`.
pub trait Family {
    /// E\[X\]; infinite where the tail is that heavy.
    fn mean(&self) -> f64;
    /// Var\[X\]; infinite where the tail is that heavy.
    fn variance(&self) -> f64;
    /// The density at x; 0 for a distribution that consists of atoms.
    fn pdf(&self, x: f64) -> f64;
    /// P(X ≤ x).
    fn cdf(&self, x: f64) -> f64;
    /// P(X > x).
    fn sf(&self, x: f64) -> f64;
    /// The smallest x with P(X ≤ x) ≥ p; NaN for a p outside \[0, 1\].
    fn quantile(&self, p: f64) -> f64;
    /// The lowest and the highest value that can occur (the upper one may be infinite).
    fn support(&self) -> (f64, f64);
    /// E\[min(X, x)\]; always finite for finite x.
    fn limited_mean(&self, x: f64) -> f64;
    /// E\[min(X, x)²\], for x ≥ 0.
    fn second_limited_moment(&self, x: f64) -> f64;
    /// How heavy the tail is: moments of order 1/ξ and above do not exist; 0 where all exist.
    fn tail_index(&self) -> f64 {
        0.0
    }
    /// P(X = x).
    fn mass_at(&self, x: f64) -> f64 {
        let _ = x;
        0.0
    }
    /// Where, inside the support, the density is not smooth.
    fn kinks(&self) -> Vec<f64> {
        Vec::new()
    }
}
