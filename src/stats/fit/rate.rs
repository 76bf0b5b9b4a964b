//! How often does it happen, when k events were counted in T years?
//!
//! Gamma-Poisson: a prior gamma(a, b) and k events in T years give gamma(a + k, b + T), with mean
//! (a + k)/(b + T). Without a prior, Jeffreys' gamma(½, 0). The count of the next year is negative
//! binomial with size a and mean a/b. A range that somebody stated is the gamma with these 5 % and
//! 95 % points. Source: Gelman et al., Bayesian Data Analysis, 3rd ed., 2.6; Garwood, Biometrika 28
//! (1936), for the interval without a prior; Fisher's index of dispersion.

use crate::stats::distribution::{FitError, Gamma};
use crate::stats::special::{IncompleteGamma, ln_gamma};

/// What is known of a yearly rate: gamma with this shape and, in years, this rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Events that stand behind it, the prior's included.
    pub shape: f64,
    /// Years that stand behind it.
    pub years: f64,
}

impl Rate {
    /// Jeffreys' prior: half an event in no time.
    pub const JEFFREYS: Self = Self { shape: 0.5, years: 0.0 };

    /// The gamma whose 5 % and 95 % points are these yearly rates.
    ///
    /// # Errors
    /// Where no gamma has them: bounds that are not above 0 or not in order.
    pub fn from_range(low: f64, high: f64) -> Result<Self, FitError> {
        let (shape, scale) = Gamma::from_interval(low, high)?.parameters();
        Ok(Self { shape, years: 1.0 / scale })
    }

    /// The same after so many events were seen in so many years.
    #[must_use]
    pub fn after(self, events: u64, years: f64) -> Self {
        Self { shape: self.shape + events as f64, years: self.years + years }
    }

    /// Events a year, on average.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.shape / self.years
    }

    /// How far it may be off.
    #[must_use]
    pub fn standard_deviation(&self) -> f64 {
        self.shape.sqrt() / self.years
    }

    /// The rate that is not exceeded with this chance.
    #[must_use]
    pub fn quantile(&self, chance: f64) -> f64 {
        IncompleteGamma::new(self.shape).quantile(chance) / self.years
    }

    /// The chance of exactly so many events in so many years to come: negative binomial.
    #[must_use]
    pub fn chance_of(&self, events: u64, years: f64) -> f64 {
        let (a, k) = (self.shape, events as f64);
        let reach = self.years + years;
        let log = ln_gamma(a + k) - ln_gamma(a) - ln_gamma(k + 1.0)
            + a * libm::log(self.years / reach)
            + k * libm::log(years / reach);
        libm::exp(log)
    }
}

/// Garwood's exact interval of a Poisson rate, which needs no prior.
///
/// With this chance the true rate lies in it, at least: half of the doubt lies below and half above.
/// Nothing seen gives a lower end of 0, and the doubt above stays that half.
#[must_use]
pub fn exact_interval(events: u64, years: f64, coverage: f64) -> (f64, f64) {
    let outside = 0.5 * (1.0 - coverage);
    let at = |shape: f64, p: f64| IncompleteGamma::new(shape).quantile(p) / years;
    let low = if events == 0 { 0.0 } else { at(events as f64, outside) };
    (low, at(events as f64 + 1.0, 1.0 - outside))
}

/// The rate of which a share p of years sees one event at least: −ln(1 − p).
#[must_use]
pub fn from_chance(chance: f64) -> f64 {
    -libm::log1p(-chance)
}

/// Do counts of equal periods vary more than by chance?
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// Variance over mean: 1 where nothing but chance is at work.
    pub index: f64,
    /// (n − 1) × index.
    pub statistic: f64,
    /// n − 1.
    pub freedom: u64,
    /// The chance of as much or more where nothing but chance is at work.
    pub chance: f64,
}

/// Fisher's index of dispersion; none with fewer than two periods or without an event.
#[must_use]
pub fn dispersion(counts: &[u64]) -> Option<Dispersion> {
    let n = counts.len();
    let total: u64 = counts.iter().sum();
    if n < 2 || total == 0 {
        return None;
    }
    let mean = total as f64 / n as f64;
    let squares: f64 = counts.iter().map(|k| (*k as f64 - mean) * (*k as f64 - mean)).sum();
    let statistic = squares / mean;
    let freedom = n as u64 - 1;
    Some(Dispersion {
        index: statistic / freedom as f64,
        statistic,
        freedom,
        chance: chi_squared_above(statistic, freedom as f64),
    })
}

/// The chance that a chi-squared of so many degrees of freedom is above x.
#[must_use]
pub fn chi_squared_above(x: f64, freedom: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { IncompleteGamma::new(0.5 * freedom).pair(0.5 * x).1 }
}

/// The negative binomial's size by maximum likelihood, its mean being the average count
/// (variance = mean + mean²/size); none where the counts vary no more than by chance.
#[must_use]
pub fn clustering(counts: &[u64]) -> Option<f64> {
    let n = counts.len() as f64;
    let found = dispersion(counts)?;
    // The likelihood rises without end where the variance (over n) is not above the mean.
    if found.statistic <= n {
        return None;
    }
    let mean = counts.iter().sum::<u64>() as f64 / n;
    let likelihood = |log_size: f64| {
        let size = libm::exp(log_size);
        let each: f64 = counts.iter().map(|k| ln_gamma(*k as f64 + size) - ln_gamma(size)).sum();
        each + n * (size * libm::log(size / (size + mean)) + mean * libm::log(mean / (size + mean)))
    };
    Some(libm::exp(super::maximise::line(likelihood, -7.0, 12.0)))
}
