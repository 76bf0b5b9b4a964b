//! What must a severity be able to say, so that a lattice can hold it?
//!
//! Four numbers: the limited mean L(x) = E\[min(X, x)\], the survival function, mean and quantiles. All losses are zero or more.

use crate::stats::Distribution;

/// The distribution of one loss amount X ≥ 0, as far as the lattice needs it.
pub trait Severity: Sync {
    /// E\[min(X, x)\] for x ≥ 0: finite even where the mean is not.
    fn limited_mean(&self, x: f64) -> f64;
    /// P(X > x).
    fn sf(&self, x: f64) -> f64;
    /// E\[X\]; infinite where it does not exist.
    fn mean(&self) -> f64;
    /// The smallest x with P(X ≤ x) ≥ p, for p in (0, 1). Only used to guess how wide a grid must
    /// be, so a rough answer costs time and not accuracy.
    fn quantile(&self, p: f64) -> f64;

    /// Var\[X\]; infinite where it does not exist.
    #[cfg(test)]
    fn variance(&self) -> f64 {
        f64::NAN
    }

    /// The tail index ξ: P(X > x) falls like x^(−1/ξ). Zero for every lighter tail.
    #[cfg(test)]
    fn tail_index(&self) -> f64 {
        0.0
    }

    /// The only value that X takes, if it takes only one.
    fn constant(&self) -> Option<f64> {
        None
    }

    /// ∫ₐᵇ P(X > x) dx over a short interval. Asked for where L(b) − L(a) would cancel; the
    /// default is five-point Gauss-Legendre, exact to rounding where the survival function is
    /// smooth on the scale of the interval.
    fn survival_integral(&self, a: f64, b: f64) -> f64 {
        const NODES: [f64; 2] = [0.538_469_310_105_683_1, 0.906_179_845_938_664];
        const WEIGHTS: [f64; 3] = [0.568_888_888_888_888_9, 0.478_628_670_499_366_47, 0.236_926_885_056_189_1];
        let (centre, half) = (0.5 * (a + b), 0.5 * (b - a));
        let mut sum = WEIGHTS[0] * self.sf(centre);
        for (node, weight) in NODES.iter().zip(&WEIGHTS[1..]) {
            sum += weight * (self.sf(centre - half * node) + self.sf(centre + half * node));
        }
        half * sum
    }
}

/// Every range that a person can state.
impl Severity for Distribution {
    fn limited_mean(&self, x: f64) -> f64 {
        self.limited_mean(x)
    }
    fn sf(&self, x: f64) -> f64 {
        self.sf(x)
    }
    fn mean(&self) -> f64 {
        self.mean()
    }
    #[cfg(test)]
    fn variance(&self) -> f64 {
        self.variance()
    }
    fn quantile(&self, p: f64) -> f64 {
        self.quantile(p)
    }
    #[cfg(test)]
    fn tail_index(&self) -> f64 {
        self.tail_index()
    }
    fn constant(&self) -> Option<f64> {
        match self {
            Distribution::Fixed(known) => Some(known.value()),
            _ => None,
        }
    }
}
