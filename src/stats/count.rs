//! How many times does it happen in a year?
//!
//! Poisson: events come independently at a rate. Negative binomial: the rate
//! itself varies from year to year (gamma with shape `size`), variance
//! mean + mean²/size. Bernoulli: at most once. Each gives P(N = n), P(N ≤ n) and
//! the generating function E\[z^N\], which turns the transform of one loss into the
//! transform of a year's. Chances are written with deviances (Loader 2000).

use super::special::{IncompleteBeta, IncompleteGamma, deviance, stirling_error};
use core::f64::consts::TAU;

/// The distribution of a number of events.
pub trait Count {
    /// E\[N\].
    fn mean(&self) -> f64;
    /// Var\[N\].
    fn variance(&self) -> f64;
    /// P(N = n).
    fn pmf(&self, n: u64) -> f64;
    /// P(N ≤ n).
    fn cdf(&self, n: u64) -> f64;
    /// E\[z^N\] for real z, by 1 − z: near z = 1 the digits are in the difference.
    fn generating_at_one_minus(&self, gap: f64) -> f64;
    /// E\[z^N\] for real z.
    fn generating(&self, z: f64) -> f64 {
        self.generating_at_one_minus(1.0 - z)
    }
}

/// Independent events at a rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Poisson {
    mean: f64,
}

impl Poisson {
    /// With a finite mean ≥ 0; None otherwise.
    #[must_use]
    pub fn new(mean: f64) -> Option<Self> {
        (mean >= 0.0 && mean < f64::INFINITY).then_some(Self { mean })
    }
}

impl Count for Poisson {
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.mean
    }
    fn pmf(&self, n: u64) -> f64 {
        if n == 0 {
            return libm::exp(-self.mean);
        }
        if self.mean == 0.0 {
            return 0.0;
        }
        let n = n as f64;
        libm::exp(-stirling_error(n) - deviance(n, self.mean)) / (TAU * n).sqrt()
    }
    fn cdf(&self, n: u64) -> f64 {
        IncompleteGamma::new(n as f64 + 1.0).pair(self.mean).1
    }
    fn generating_at_one_minus(&self, gap: f64) -> f64 {
        libm::exp(-self.mean * gap)
    }
}

/// Events in clusters: the smaller the size, the more clustered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NegativeBinomial {
    size: f64,
    mean: f64,
}

impl NegativeBinomial {
    /// With a finite size > 0 and a finite mean ≥ 0; None otherwise.
    #[must_use]
    pub fn new(size: f64, mean: f64) -> Option<Self> {
        (size > 0.0 && size < f64::INFINITY && mean >= 0.0 && mean < f64::INFINITY).then_some(Self { size, mean })
    }
}

impl Count for NegativeBinomial {
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.mean + self.mean * self.mean / self.size
    }
    fn pmf(&self, n: u64) -> f64 {
        let (size, total) = (self.size, self.size + self.mean);
        if n == 0 {
            return self.generating_at_one_minus(1.0);
        }
        if self.mean == 0.0 {
            return 0.0;
        }
        // Γ(n+r)/(Γ(r) n!) pʳ qⁿ = q^n p^r / (n B(n, r)), p = r/(r + mean).
        let n = n as f64;
        IncompleteBeta::new(n, size).step(self.mean / total, size / total) / n
    }
    fn cdf(&self, n: u64) -> f64 {
        let total = self.size + self.mean;
        if self.mean == 0.0 {
            return 1.0;
        }
        IncompleteBeta::new(self.size, n as f64 + 1.0).pair(self.size / total, self.mean / total).0
    }
    fn generating_at_one_minus(&self, gap: f64) -> f64 {
        libm::exp(-self.size * libm::log1p(gap * self.mean / self.size))
    }
}

/// At most one event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bernoulli {
    chance: f64,
}

impl Bernoulli {
    /// With a chance in \[0, 1\]; None otherwise.
    #[must_use]
    pub fn new(chance: f64) -> Option<Self> {
        (0.0..=1.0).contains(&chance).then_some(Self { chance })
    }
}

impl Count for Bernoulli {
    fn mean(&self) -> f64 {
        self.chance
    }
    fn variance(&self) -> f64 {
        self.chance * (1.0 - self.chance)
    }
    fn pmf(&self, n: u64) -> f64 {
        match n {
            0 => 1.0 - self.chance,
            1 => self.chance,
            _ => 0.0,
        }
    }
    fn cdf(&self, n: u64) -> f64 {
        if n == 0 { 1.0 - self.chance } else { 1.0 }
    }
    fn generating_at_one_minus(&self, gap: f64) -> f64 {
        1.0 - self.chance * gap
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, relative: f64) {
        assert!((found / expected - 1.0).abs() <= relative, "{found} is not {expected}");
    }

    #[test]
    fn poisson_chances_match_their_reference() {
        for (mean, n, expected) in [
            (0.1, 0, 0.904_837_418_035_959_6),
            (2.0, 5, 0.983_436_391_519_385_6),
            (100.0, 130, 0.998_293_159_629_498_5),
            (10_000.0, 10_300, 0.998_613_282_242_913_6),
        ] {
            near(Poisson::new(mean).unwrap().cdf(n), expected, 1e-12);
        }
        near(Poisson::new(4.0).unwrap().pmf(0), 0.018_315_638_888_734_18, 1e-14);
        near(Poisson::new(4.0 * 0.65).unwrap().pmf(0), 0.074_273_578_214_333_88, 1e-14);
    }

    #[test]
    fn negative_binomial_chances_match_their_reference() {
        let count = NegativeBinomial::new(2.5, 3.0).unwrap();
        for (n, expected) in [
            (0, 0.139_297_492_244_471_5),
            (1, 0.189_951_125_787_915_68),
            (2, 0.181_316_983_706_646_78),
            (5, 0.078_895_365_224_421_1),
            (20, 5.577_526_827_343_484_6e-5),
        ] {
            near(count.pmf(n), expected, 1e-12);
        }
        near(count.variance(), 6.6, 1e-15);
    }

    fn laws(count: &dyn Count, last: u64) {
        let mut sum = 0.0;
        let mut generated = 0.0;
        let mut mean = 0.0;
        for n in 0..=last {
            sum += count.pmf(n);
            mean += n as f64 * count.pmf(n);
            generated += count.pmf(n) * 0.7f64.powi(n as i32);
            assert!((count.cdf(n) - sum).abs() < 1e-12, "{n}: {} {sum}", count.cdf(n));
        }
        assert!((mean - count.mean()).abs() < 1e-11 * (1.0 + mean));
        assert!((generated - count.generating(0.7)).abs() < 1e-13);
        assert!((count.generating(0.0) - count.pmf(0)).abs() < 1e-15);
        assert_eq!(count.generating(1.0), 1.0);
    }

    #[test]
    fn chances_add_up_to_the_cumulative_one_the_mean_and_the_generating_function() {
        for mean in [0.0, 1e-3, 0.7, 12.0, 300.0] {
            laws(&Poisson::new(mean).unwrap(), 700);
            laws(&NegativeBinomial::new(0.8, mean / 10.0).unwrap(), 2000);
            laws(&NegativeBinomial::new(50.0, mean).unwrap(), 2000);
        }
        for chance in [0.0, 0.25, 1.0] {
            laws(&Bernoulli::new(chance).unwrap(), 3);
        }
    }

    #[test]
    fn a_negative_binomial_of_great_size_is_a_poisson() {
        let (clustered, plain) = (NegativeBinomial::new(1e12, 7.0).unwrap(), Poisson::new(7.0).unwrap());
        for n in [0, 3, 7, 20] {
            near(clustered.pmf(n), plain.pmf(n), 1e-9);
        }
    }

    #[test]
    fn figures_that_are_no_count_are_refused() {
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Poisson::new(bad), None);
            assert_eq!(NegativeBinomial::new(1.0, bad), None);
            assert_eq!(Bernoulli::new(bad), None);
        }
        assert_eq!(NegativeBinomial::new(0.0, 1.0), None);
        assert_eq!(Bernoulli::new(1.1), None);
    }
}
