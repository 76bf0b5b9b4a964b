//! Which lognormal, gamma or Pareto do amounts come from, when not every amount is known?
//!
//! Maximum likelihood. An amount that is known counts with its density, one that is "more than c"
//! (a cap, an open case) with P(X > c), one in a band with P(a < X ≤ b). Where amounts below a
//! threshold were never recorded, each is divided by P(X > threshold): what was not recorded is not
//! what did not happen. Source: Klugman, Panjer and Willmot, Loss Models, 4th ed., ch. 13 and 14.
//! Page: `docs/model/loss-from-amounts.md`.

use super::maximise;
use crate::stats::distribution::{Distribution, FitError, Gamma, Lognormal, Pareto};
use crate::stats::special::{IncompleteBeta, IncompleteGamma, ln_gamma, normal_cdf, normal_sf};

/// What is known of one amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Observation {
    /// This amount.
    Exact(f64),
    /// More than this one.
    Above(f64),
    /// More than the first, at most the second.
    Between(f64, f64),
}

impl Observation {
    /// The least that it can be.
    #[must_use]
    pub fn least(self) -> f64 {
        match self {
            Self::Exact(x) | Self::Above(x) | Self::Between(x, _) => x,
        }
    }
}

/// Amounts of which those up to a threshold were never recorded (0: all were).
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// One for each event.
    pub observations: Vec<Observation>,
    /// The recording threshold.
    pub threshold: f64,
}

/// A family that amounts can come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Its logarithm is normal.
    Lognormal,
    /// A light tail.
    Gamma,
    /// A power tail from the threshold on, or from the lowest amount.
    Pareto,
}

impl Family {
    /// Its name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lognormal => "lognormal",
            Self::Gamma => "gamma",
            Self::Pareto => "pareto",
        }
    }
}

/// A family with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Which.
    pub family: Family,
    /// Lognormal: mean and standard deviation of ln X; gamma: shape and scale; Pareto: where it begins and its tail.
    pub parameters: [f64; 2],
    /// Of the data, each given that it was recorded.
    pub log_likelihood: f64,
    /// The standard error of the logarithm of the mean; infinite where there is no mean.
    pub error_of_log_mean: f64,
    /// How many parameters were found.
    pub found: u32,
}

/// Why no family could be fitted.
#[derive(Debug, Clone, PartialEq)]
pub enum NoFit {
    /// Fewer than two amounts that differ.
    TooFew,
    /// An amount at or below zero, or not a number.
    NotPositive(f64),
    /// An amount below the recording threshold.
    BelowThreshold(f64),
    /// The likelihood rises without end: the data look like a power tail that has no lognormal or gamma.
    Endless,
    /// What was found is no distribution.
    NoDistribution(FitError),
}

/// A lognormal of a larger spread has a mean more than a million times its median.
const WIDEST: f64 = 5.3;

/// ln P(Z > z), also where P leaves the range of f64.
fn ln_normal_sf(z: f64) -> f64 {
    const FAR: f64 = 35.0;
    const LN_ROOT_TWO_PI: f64 = 0.918_938_533_204_672_8;
    if z < FAR {
        libm::log(normal_sf(z))
    } else {
        -0.5 * z * z - LN_ROOT_TWO_PI - libm::log(z) + libm::log1p(-1.0 / (z * z))
    }
}

/// The likelihood of one family at a point of its two working parameters: lognormal (μ, ln σ), gamma
/// (ln mean, ln shape), Pareto (ln tail, nothing).
struct Model {
    family: Family,
    first: f64,
    second: f64,
    gamma: Option<IncompleteGamma>,
    ln_gamma: f64,
}

impl Model {
    fn at(family: Family, begins: f64, p: [f64; 2]) -> Self {
        let (first, second) = match family {
            Family::Lognormal => (p[0], libm::exp(p[1])),
            Family::Gamma => (libm::exp(p[1]), libm::exp(p[0] - p[1])),
            Family::Pareto => (begins, libm::exp(p[0])),
        };
        let gamma = (family == Family::Gamma).then(|| IncompleteGamma::new(first));
        let ln_gamma = if gamma.is_some() { ln_gamma(first) } else { 0.0 };
        Self { family, first, second, gamma, ln_gamma }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        const LN_ROOT_TWO_PI: f64 = 0.918_938_533_204_672_8;
        let log = libm::log(x);
        match self.family {
            Family::Lognormal => {
                let z = (log - self.first) / self.second;
                -0.5 * z * z - LN_ROOT_TWO_PI - libm::log(self.second) - log
            }
            Family::Gamma => {
                (self.first - 1.0) * log - x / self.second - self.first * libm::log(self.second) - self.ln_gamma
            }
            Family::Pareto => libm::log(self.second) - self.second * (log - libm::log(self.first)) - log,
        }
    }

    /// (P(X ≤ x), P(X > x)).
    fn pair(&self, x: f64) -> (f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0);
        }
        match (self.family, &self.gamma) {
            (Family::Gamma, Some(gamma)) => gamma.pair(x / self.second),
            (Family::Pareto, _) => {
                let log = self.second * libm::log((x / self.first).max(1.0));
                (-libm::expm1(-log), libm::exp(-log))
            }
            _ => {
                let z = (libm::log(x) - self.first) / self.second;
                (normal_cdf(z), normal_sf(z))
            }
        }
    }

    fn ln_sf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        match self.family {
            Family::Lognormal => ln_normal_sf((libm::log(x) - self.first) / self.second),
            Family::Gamma => libm::log(self.pair(x).1),
            Family::Pareto => -self.second * libm::log((x / self.first).max(1.0)),
        }
    }

    fn ln_between(&self, a: f64, b: f64) -> f64 {
        if b == f64::INFINITY {
            return self.ln_sf(a);
        }
        let ((below_a, above_a), (below_b, above_b)) = (self.pair(a), self.pair(b));
        libm::log(if below_a > 0.5 { above_a - above_b } else { below_b - below_a })
    }

    fn log_likelihood(&self, data: &Observed) -> f64 {
        let t = data.threshold;
        let each = data.observations.iter().map(|observation| match *observation {
            Observation::Exact(x) => self.ln_pdf(x),
            Observation::Above(c) => self.ln_sf(c.max(t)),
            Observation::Between(a, b) => self.ln_between(a.max(t), b),
        });
        each.sum::<f64>() - data.observations.len() as f64 * self.ln_sf(t)
    }
}

impl Observed {
    /// Checks what no family can be fitted to.
    ///
    /// # Errors
    /// `NoFit` with the amount.
    pub fn check(&self) -> Result<(), NoFit> {
        for observation in &self.observations {
            let x = observation.least();
            let top = if let Observation::Between(_, b) = *observation { b } else { f64::INFINITY };
            if let Observation::Exact(x) = *observation
                && !(x > 0.0 && x.is_finite())
            {
                return Err(NoFit::NotPositive(x));
            }
            if !(x >= 0.0 && top > x) {
                return Err(NoFit::NotPositive(x));
            }
            let recorded = match *observation {
                Observation::Exact(x) => x >= self.threshold,
                Observation::Above(_) => true,
                Observation::Between(_, b) => b > self.threshold,
            };
            if !recorded {
                return Err(NoFit::BelowThreshold(x));
            }
        }
        let mut places: Vec<f64> = self.observations.iter().map(|o| middle(*o)).collect();
        places.sort_by(f64::total_cmp);
        places.dedup();
        if places.len() < 2 { Err(NoFit::TooFew) } else { Ok(()) }
    }

    /// The lowest amount known, where a Pareto without a threshold begins.
    fn begins(&self) -> f64 {
        if self.threshold > 0.0 {
            return self.threshold;
        }
        let exact = self.observations.iter().map(|o| o.least()).filter(|x| *x > 0.0);
        exact.fold(f64::INFINITY, f64::min)
    }
}

/// A stand-in for an amount, to begin with.
pub(super) fn middle(observation: Observation) -> f64 {
    match observation {
        Observation::Exact(x) => x,
        Observation::Above(c) => 1.5 * c.max(1e-300),
        Observation::Between(a, b) if b == f64::INFINITY => 1.5 * a,
        Observation::Between(a, b) if a <= 0.0 => 0.5 * b,
        Observation::Between(a, b) => (a * b).sqrt(),
    }
}

impl Fit {
    /// The family's parameters of the highest likelihood.
    ///
    /// # Errors
    /// `NoFit` says why there are none.
    pub fn new(family: Family, data: &Observed) -> Result<Self, NoFit> {
        data.check()?;
        Self::from_start(family, data, None)
    }

    /// The same from a start, without the last digits and the errors: for many fits of one kind.
    pub(super) fn quick(family: Family, data: &Observed, start: [f64; 2]) -> Option<Self> {
        Self::from_start(family, data, Some(start)).ok()
    }

    fn from_start(family: Family, data: &Observed, start: Option<[f64; 2]>) -> Result<Self, NoFit> {
        let begins = data.begins();
        let mut likelihood = |p: [f64; 2]| Model::at(family, begins, p).log_likelihood(data);
        let n = data.observations.len() as f64;
        if family == Family::Pareto {
            let known = data.observations.iter().filter(|o| !matches!(o, Observation::Above(_))).count() as f64;
            let banded = data.observations.iter().any(|o| matches!(o, Observation::Between(..)));
            let top = if banded {
                maximise::line(|log| likelihood([log, 0.0]), -6.0, 6.0)
            } else {
                // Hill's estimate: the amounts known, over all logarithms above the beginning.
                let logs = data.observations.iter().map(|o| libm::log((o.least() / begins).max(1.0))).sum::<f64>();
                libm::log(known / logs)
            };
            let tail = libm::exp(top);
            let error = if tail > 1.0 { 1.0 / ((tail - 1.0) * known.max(1.0).sqrt()) } else { f64::INFINITY };
            return Ok(Self {
                family,
                parameters: [begins, tail],
                log_likelihood: likelihood([top, 0.0]),
                error_of_log_mean: error,
                found: 1,
            });
        }
        let logs: Vec<f64> = data.observations.iter().map(|o| libm::log(middle(*o))).collect();
        let mean = logs.iter().sum::<f64>() / n;
        let spread = (logs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt().max(1e-6);
        let begin = start.unwrap_or(match family {
            Family::Lognormal => [mean, libm::log(spread)],
            _ => [mean + 0.5 * spread * spread, -2.0 * libm::log(spread.max(0.05))],
        });
        let scale = [spread.clamp(0.01, 3.0), 0.3];
        let top = maximise::plane(&mut likelihood, begin, scale);
        if family == Family::Lognormal && top[1] > libm::log(WIDEST) || !likelihood(top).is_finite() {
            return Err(NoFit::Endless);
        }
        let (top, error) = if start.is_some() {
            (top, f64::NAN)
        } else {
            let (top, covariance) = maximise::polished(&mut likelihood, top, scale).ok_or(NoFit::Endless)?;
            // ln mean = μ + σ²/2 has the slopes (1, σ²) in (μ, ln σ); the gamma's is its first parameter.
            let slope = if family == Family::Lognormal { libm::exp(2.0 * top[1]) } else { 0.0 };
            let variance = covariance[0][0] + 2.0 * slope * covariance[0][1] + slope * slope * covariance[1][1];
            (top, variance.max(0.0).sqrt())
        };
        let model = Model::at(family, begins, top);
        Ok(Self {
            family,
            parameters: [model.first, model.second],
            log_likelihood: model.log_likelihood(data),
            error_of_log_mean: error,
            found: 2,
        })
    }

    /// Akaike's criterion: the lower, the better the family for its parameters.
    #[must_use]
    pub fn criterion(&self) -> f64 {
        2.0 * f64::from(self.found) - 2.0 * self.log_likelihood
    }

    /// The working parameters that [`Fit::quick`] starts from.
    pub(super) fn start(&self) -> [f64; 2] {
        let [a, b] = self.parameters;
        match self.family {
            Family::Lognormal => [a, libm::log(b)],
            Family::Gamma => [libm::log(a * b), libm::log(a)],
            Family::Pareto => [libm::log(b), 0.0],
        }
    }

    /// The same with the spread that n amounts have on average where their likelihood has too little:
    /// σ² × n/(n − 1) for a lognormal (exact where every amount is known), and the error of its mean with it.
    /// A Pareto's tail from its lowest amount or from a threshold is too light by n/(n − 1).
    #[must_use]
    pub fn unbiased(&self, known: usize, has_threshold: bool) -> Self {
        let n = known as f64;
        if known < 3 {
            return self.clone();
        }
        let [a, b] = self.parameters;
        let parameters = match self.family {
            Family::Lognormal => [a, b * (n / (n - 1.0)).sqrt()],
            Family::Gamma => [a, b],
            Family::Pareto => [a, b * (n - if has_threshold { 1.0 } else { 2.0 }) / n],
        };
        let wider = if self.family == Family::Lognormal { n / (n - 1.0) } else { 1.0 };
        Self { parameters, error_of_log_mean: self.error_of_log_mean * wider, ..self.clone() }
    }

    /// How far the logarithm of the mean may be off either way, nine times in ten: Student's t with n amounts less the
    /// parameters, × the standard error.
    #[must_use]
    pub fn log_range(&self, known: usize, error: f64) -> f64 {
        let freedom = (known as f64 - f64::from(self.found)).max(1.0);
        let (x, rest) = IncompleteBeta::new(0.5, 0.5 * freedom).quantile(0.9);
        (freedom * x / rest).sqrt() * error
    }

    /// The distribution.
    ///
    /// # Errors
    /// Where a moment leaves the range of f64.
    pub fn distribution(&self) -> Result<Distribution, NoFit> {
        let [a, b] = self.parameters;
        match self.family {
            Family::Lognormal => Lognormal::new(a, b).map(Distribution::Lognormal),
            Family::Gamma => Gamma::new(a, b).map(Distribution::Gamma),
            Family::Pareto => Pareto::new(a, b).map(Distribution::Pareto),
        }
        .map_err(NoFit::NoDistribution)
    }

    /// The average, infinite for a Pareto of a tail of 1 or less.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let [a, b] = self.parameters;
        match self.family {
            Family::Lognormal => libm::exp(a + 0.5 * b * b),
            Family::Gamma => a * b,
            Family::Pareto if b > 1.0 => a * b / (b - 1.0),
            Family::Pareto => f64::INFINITY,
        }
    }

    /// (P(X ≤ x), P(X > x)).
    pub(super) fn pair(&self, x: f64) -> (f64, f64) {
        Model::at(self.family, self.parameters[0], self.start()).pair(x)
    }
}

/// The lognormal through two points (x, P(X > x)): σ = (ln x₂ − ln x₁)/(z₂ − z₁), μ = ln x₁ − σ z₁.
#[must_use]
pub fn lognormal_through(first: (f64, f64), second: (f64, f64)) -> (f64, f64) {
    let z = |above: f64| -crate::stats::special::normal_quantile(above);
    let sigma = (libm::log(second.0) - libm::log(first.0)) / (z(second.1) - z(first.1));
    (libm::log(first.0) - sigma * z(first.1), sigma)
}
