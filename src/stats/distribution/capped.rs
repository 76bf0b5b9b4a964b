//! What is left of a distribution under a ceiling: min(X, c).
//!
//! A fine by law is bounded: what would have been above the ceiling is the ceiling, so all that chance sits on it.
//! E\[min(X, c)\] is the limited mean of X at c. See `docs/model/obligations.md`.

use super::{Distribution, Family};

/// min(X, ceiling).
#[derive(Debug, Clone, PartialEq)]
pub struct Capped {
    inner: Box<Distribution>,
    ceiling: f64,
}

impl Capped {
    /// X under a ceiling above its lowest value; X itself where it never reaches the ceiling.
    pub fn of(inner: &Distribution, ceiling: f64) -> Distribution {
        let (low, high) = inner.support();
        if high <= ceiling {
            inner.clone()
        } else if low >= ceiling {
            Distribution::worked_out(ceiling)
        } else {
            Distribution::Capped(Self { inner: Box::new(inner.clone()), ceiling })
        }
    }

    /// The distribution of `factor` times it.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self { inner: Box::new(self.inner.scaled(factor)), ceiling: self.ceiling * factor }
    }

    /// The values that have a chance of their own, with that chance.
    pub fn atoms(&self) -> Vec<(f64, f64)> {
        let below = self.inner.atoms().into_iter().filter(|(x, _)| *x < self.ceiling);
        below.chain([(self.ceiling, self.mass_at(self.ceiling))]).collect()
    }
}

impl Family for Capped {
    fn mean(&self) -> f64 {
        self.inner.limited_mean(self.ceiling)
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        (self.inner.second_limited_moment(self.ceiling) - mean * mean).max(0.0)
    }
    fn pdf(&self, x: f64) -> f64 {
        if x >= self.ceiling { 0.0 } else { self.inner.pdf(x) }
    }
    fn cdf(&self, x: f64) -> f64 {
        if x >= self.ceiling { 1.0 } else { self.inner.cdf(x) }
    }
    fn sf(&self, x: f64) -> f64 {
        if x >= self.ceiling { 0.0 } else { self.inner.sf(x) }
    }
    fn quantile(&self, p: f64) -> f64 {
        let x = self.inner.quantile(p);
        if x.is_nan() { x } else { x.min(self.ceiling) }
    }
    fn support(&self) -> (f64, f64) {
        (self.inner.support().0, self.ceiling)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        self.inner.limited_mean(if x > self.ceiling { self.ceiling } else { x })
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        self.inner.second_limited_moment(if x > self.ceiling { self.ceiling } else { x })
    }
    fn mass_at(&self, x: f64) -> f64 {
        if x == self.ceiling {
            self.inner.sf(x) + self.inner.mass_at(x)
        } else if x < self.ceiling {
            self.inner.mass_at(x)
        } else {
            0.0
        }
    }
    fn kinks(&self) -> Vec<f64> {
        self.inner.kinks().into_iter().filter(|x| *x < self.ceiling).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_lie_above_the_ceiling_lies_on_it() {
        let whole = Distribution::lognormal(20e3, 900e3).unwrap();
        let capped = Capped::of(&whole, 500e3);
        let above = whole.sf(500e3);
        assert!(above > 0.05 && above < 0.2);
        assert!((capped.mass_at(500e3) - above).abs() < 1e-15);
        assert_eq!((capped.cdf(500e3), capped.sf(499_999.0)), (1.0, whole.sf(499_999.0)));
        // By the sum of its quantiles.
        let n = 200_000;
        let each = |i: i32| capped.quantile((f64::from(i) + 0.5) / f64::from(n));
        let mean = (0..n).map(each).sum::<f64>() / f64::from(n);
        assert!((mean / capped.mean() - 1.0).abs() < 1e-4, "{mean} {}", capped.mean());
        let square = (0..n).map(|i| (each(i) - mean) * (each(i) - mean)).sum::<f64>() / f64::from(n);
        assert!((square / capped.variance() - 1.0).abs() < 1e-3);
        let half = capped.scaled(0.5);
        assert!((half.mean() / capped.mean() - 0.5).abs() < 1e-12);
        assert_eq!(half.support().1, 250e3);
        assert_eq!(Capped::of(&Distribution::pert(1.0, 2.0, 3.0).unwrap(), 3.0).support().1, 3.0);
        assert!(matches!(Capped::of(&whole, 500e3), Distribution::Capped(_)));
        assert_eq!(Capped::of(&Distribution::fixed(7.0).unwrap(), 5.0), Distribution::fixed(5.0).unwrap());
    }
}
