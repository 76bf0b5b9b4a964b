//! The families of ranges, one a file, and [`Distribution`], which is any of them.
//!
//! The constructors of [`Distribution`] take the figures as people state them,
//! accept a range without width as a known value ([`Fixed`]), and refuse what no
//! distribution can be with a [`FitError`]. The methods are those of [`Family`].

mod beta;
mod capped;
mod empirical;
mod error;
mod family;
mod fixed;
mod gamma;
mod lognormal;
mod metalog;
mod metalog_curve;
mod normal;
mod pareto;
mod pert;
mod product;
mod tilted;
mod triangular;
mod uniform;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod reference;

pub use beta::Beta;
pub use capped::Capped;
pub use empirical::Empirical;
pub use error::FitError;
pub use family::Family;
pub use fixed::Fixed;
pub use gamma::Gamma;
pub use lognormal::Lognormal;
pub use metalog::Metalog;
pub use normal::NormalCut;
pub use pareto::Pareto;
pub use pert::Pert;
pub use product::Product;
pub use tilted::{Stage, Tilted, laplace};
pub use triangular::Triangular;
pub use uniform::Uniform;

/// Any distribution of an amount, a rate, a duration or a chance.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// A known value.
    Fixed(Fixed),
    /// Equally likely between two bounds.
    Uniform(Uniform),
    /// Straight lines to and from a likely value.
    Triangular(Triangular),
    /// Smoothly to and from a likely value.
    Pert(Pert),
    /// A product of many factors.
    Lognormal(Lognormal),
    /// A normal that cannot be negative.
    NormalCut(NormalCut),
    /// A sum of many waits.
    Gamma(Gamma),
    /// A chance.
    Beta(Beta),
    /// A power tail.
    Pareto(Pareto),
    /// A curve through three quantiles.
    Metalog(Metalog),
    /// Observed values.
    Empirical(Empirical),
    /// A quantity times what each costs.
    Product(Product),
    /// What is left under a ceiling.
    Capped(Capped),
    /// How long it lasted, given what became of a next stage.
    Tilted(Tilted),
}

macro_rules! each {
    ($self:expr, $inner:ident => $answer:expr) => {
        match $self {
            Distribution::Fixed($inner) => $answer,
            Distribution::Uniform($inner) => $answer,
            Distribution::Triangular($inner) => $answer,
            Distribution::Pert($inner) => $answer,
            Distribution::Lognormal($inner) => $answer,
            Distribution::NormalCut($inner) => $answer,
            Distribution::Gamma($inner) => $answer,
            Distribution::Beta($inner) => $answer,
            Distribution::Pareto($inner) => $answer,
            Distribution::Metalog($inner) => $answer,
            Distribution::Empirical($inner) => $answer,
            Distribution::Product($inner) => $answer,
            Distribution::Capped($inner) => $answer,
            Distribution::Tilted($inner) => $answer,
        }
    };
}

impl Distribution {
    /// A known value, finite and not negative.
    pub fn fixed(value: f64) -> Result<Self, FitError> {
        Fixed::new(value).map(Self::Fixed)
    }

    /// A number that was worked out from checked ones, of either sign.
    pub(crate) fn worked_out(value: f64) -> Self {
        Self::Fixed(Fixed::unchecked(value))
    }

    /// Uniform between two bounds; equal bounds are a known value.
    pub fn uniform(min: f64, max: f64) -> Result<Self, FitError> {
        if min == max { Self::fixed(min) } else { Uniform::new(min, max).map(Self::Uniform) }
    }

    /// Triangular; three equal figures are a known value.
    pub fn triangular(min: f64, likely: f64, max: f64) -> Result<Self, FitError> {
        if min == likely && likely == max {
            Self::fixed(min)
        } else {
            Triangular::new(min, likely, max).map(Self::Triangular)
        }
    }

    /// PERT with λ = 4; three equal figures are a known value.
    pub fn pert(min: f64, likely: f64, max: f64) -> Result<Self, FitError> {
        if min == likely && likely == max { Self::fixed(min) } else { Pert::new(min, likely, max).map(Self::Pert) }
    }

    /// Lognormal from its 5 % and 95 % points; equal points are a known value.
    pub fn lognormal(low: f64, high: f64) -> Result<Self, FitError> {
        if low == high { Self::fixed(low) } else { Lognormal::from_interval(low, high, 0.9).map(Self::Lognormal) }
    }

    /// Lognormal from mean and standard deviation; without deviation a known value.
    pub fn lognormal_from_mean_sd(mean: f64, sd: f64) -> Result<Self, FitError> {
        if sd == 0.0 { Self::fixed(mean) } else { Lognormal::from_mean_sd(mean, sd).map(Self::Lognormal) }
    }

    /// Normal cut at 0 from its own 5 % and 95 % points; equal points are a known value.
    pub fn normal(low: f64, high: f64) -> Result<Self, FitError> {
        if low == high { Self::fixed(low) } else { NormalCut::from_interval(low, high).map(Self::NormalCut) }
    }

    /// Normal cut at 0 from its own mean and standard deviation; without deviation a known value.
    pub fn normal_from_mean_sd(mean: f64, sd: f64) -> Result<Self, FitError> {
        if sd == 0.0 { Self::fixed(mean) } else { NormalCut::from_mean_sd(mean, sd).map(Self::NormalCut) }
    }

    /// Gamma from its 5 % and 95 % points; equal points are a known value.
    pub fn gamma(low: f64, high: f64) -> Result<Self, FitError> {
        if low == high { Self::fixed(low) } else { Gamma::from_interval(low, high).map(Self::Gamma) }
    }

    /// Gamma from mean and standard deviation; without deviation a known value.
    pub fn gamma_from_mean_sd(mean: f64, sd: f64) -> Result<Self, FitError> {
        if sd == 0.0 { Self::fixed(mean) } else { Gamma::from_mean_sd(mean, sd).map(Self::Gamma) }
    }

    /// Beta on \[0, 1\] from its 5 % and 95 % points; equal points are a known chance.
    pub fn beta(low: f64, high: f64) -> Result<Self, FitError> {
        if low == high { Self::chance(low, "low") } else { Beta::from_interval(low, high).map(Self::Beta) }
    }

    /// Beta on \[0, 1\] from mean and standard deviation; without deviation a known chance.
    pub fn beta_from_mean_sd(mean: f64, sd: f64) -> Result<Self, FitError> {
        if sd == 0.0 { Self::chance(mean, "mean") } else { Beta::from_mean_sd(mean, sd).map(Self::Beta) }
    }

    /// Pareto: P(X > x) = (at_least/x)^tail. A `tail` of 1 or less has an infinite mean.
    pub fn pareto(at_least: f64, tail: f64) -> Result<Self, FitError> {
        Pareto::new(at_least, tail).map(Self::Pareto)
    }

    /// Metalog in logs through three points, or in log-odds below `at_most`
    /// (1 for a chance); three equal points are a known value.
    pub fn metalog(p10: f64, p50: f64, p90: f64, at_most: Option<f64>) -> Result<Self, FitError> {
        if p10 == p50 && p50 == p90 {
            return match at_most {
                Some(bound) if p10 > bound => Err(FitError::NotBelow { name: "p10", value: p10, bound }),
                _ => Self::fixed(p10),
            };
        }
        match at_most {
            Some(bound) => Metalog::bounded(p10, p50, p90, bound),
            None => Metalog::unbounded(p10, p50, p90),
        }
        .map(Self::Metalog)
    }

    /// The samples themselves, each as likely as the others; equal samples are a known value.
    pub fn empirical(samples: Vec<f64>) -> Result<Self, FitError> {
        let found = Empirical::new(samples)?;
        let (low, high) = found.support();
        if low == high { Self::fixed(low) } else { Ok(Self::Empirical(found)) }
    }

    /// Lognormal from its median and the standard deviation of its logarithm; without deviation a known value.
    pub fn lognormal_from_median(median: f64, sigma: f64) -> Result<Self, FitError> {
        error::positive("median", median)?;
        if sigma == 0.0 { Self::fixed(median) } else { Self::lognormal_from_logs(libm::log(median), sigma) }
    }

    /// Lognormal from mean and standard deviation of its logarithm.
    pub fn lognormal_from_logs(mu: f64, sigma: f64) -> Result<Self, FitError> {
        Lognormal::new(mu, sigma).map(Self::Lognormal)
    }

    /// Lognormal through two quantiles: the value below which the chance is `p`, for two chances in rising order.
    pub fn lognormal_through((p, low): (f64, f64), (q, high): (f64, f64)) -> Result<Self, FitError> {
        if low == high { Self::fixed(low) } else { Lognormal::through((p, low), (q, high)).map(Self::Lognormal) }
    }

    /// Beta on \[0, 1\] through two quantiles, as [`Distribution::lognormal_through`].
    pub fn beta_through((p, low): (f64, f64), (q, high): (f64, f64)) -> Result<Self, FitError> {
        if low == high { Self::chance(low, "low") } else { Beta::through((p, low), (q, high)).map(Self::Beta) }
    }

    /// PERT with another weight of the likely value than 4; three equal figures are a known value.
    pub fn pert_with(min: f64, likely: f64, max: f64, confidence: f64) -> Result<Self, FitError> {
        if min == likely && likely == max {
            Self::fixed(min)
        } else {
            Pert::with_confidence(min, likely, max, confidence).map(Self::Pert)
        }
    }

    /// What is known of a yearly rate after so many events in so many years: gamma with the Jeffreys prior.
    pub fn rate_after(events: f64, years: f64) -> Result<Self, FitError> {
        error::not_negative("events", events)?;
        error::positive("years", years)?;
        Gamma::new(events + 0.5, 1.0 / years).map(Self::Gamma)
    }

    /// What is known of a yearly chance after so many years with an event: beta with the Jeffreys prior.
    pub fn chance_after(events: f64, years: f64) -> Result<Self, FitError> {
        error::not_negative("events", events)?;
        error::positive("years", years)?;
        error::not_above(("events", events), ("years", years))?;
        Beta::new(events + 0.5, years - events + 0.5).map(Self::Beta)
    }

    /// The product of two that are drawn apart.
    pub fn product(quantity: &Self, each: &Self) -> Result<Self, FitError> {
        Product::of(quantity, each)
    }

    fn chance(value: f64, name: &'static str) -> Result<Self, FitError> {
        if value > 1.0 { Err(FitError::NotBelow { name, value, bound: 1.0 }) } else { Self::fixed(value) }
    }

    /// The distribution of `factor` · X.
    ///
    /// A factor of 0 gives the known value 0; one that is negative or not finite
    /// gives a known value of NaN, which shows in every figure taken from it.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        if factor == 0.0 {
            return Self::Fixed(Fixed::unchecked(0.0));
        }
        if !(factor > 0.0 && factor < f64::INFINITY) {
            return Self::Fixed(Fixed::unchecked(f64::NAN));
        }
        match self {
            Self::Fixed(inner) => Self::Fixed(Fixed::unchecked(inner.value() * factor)),
            Self::Uniform(inner) => Self::Uniform(inner.scaled(factor)),
            Self::Triangular(inner) => Self::Triangular(inner.scaled(factor)),
            Self::Pert(inner) => Self::Pert(inner.scaled(factor)),
            Self::Lognormal(inner) => Self::Lognormal(inner.scaled(factor)),
            Self::NormalCut(inner) => Self::NormalCut(inner.scaled(factor)),
            Self::Gamma(inner) => Self::Gamma(inner.scaled(factor)),
            Self::Beta(inner) => Self::Beta(inner.scaled(factor)),
            Self::Pareto(inner) => Self::Pareto(inner.scaled(factor)),
            Self::Metalog(inner) => Self::Metalog(inner.scaled(factor)),
            Self::Empirical(inner) => Self::Empirical(inner.scaled(factor)),
            Self::Product(inner) => Self::Product(inner.scaled(factor)),
            Self::Capped(inner) => Self::Capped(inner.scaled(factor)),
            Self::Tilted(inner) => Self::Tilted(inner.scaled(factor)),
        }
    }

    /// Whether all chance sits on single values (`Fixed`, `Empirical`).
    #[must_use]
    pub fn is_atomic(&self) -> bool {
        match self {
            Self::Tilted(inner) => inner.is_atomic(),
            _ => matches!(self, Self::Fixed(_) | Self::Empirical(_)),
        }
    }

    /// The values that have a chance of their own, with that chance; empty for a continuous distribution.
    #[must_use]
    pub fn atoms(&self) -> Vec<(f64, f64)> {
        match self {
            Self::Fixed(inner) => vec![(inner.value(), 1.0)],
            Self::Empirical(inner) => {
                let each = 1.0 / inner.samples().len() as f64;
                inner.samples().iter().map(|x| (*x, each)).collect()
            }
            Self::Capped(inner) => inner.atoms(),
            Self::Tilted(inner) => inner.atoms(),
            _ => Vec::new(),
        }
    }

    /// min(X, ceiling).
    #[must_use]
    pub fn capped(&self, ceiling: f64) -> Self {
        Capped::of(self, ceiling)
    }
}

/// The questions of `Family`, asked without knowing which one it is.
impl Distribution {
    /// E\[X\]; infinite where the tail is that heavy.
    #[must_use]
    pub fn mean(&self) -> f64 {
        each!(self, inner => inner.mean())
    }
    /// Var\[X\]; infinite where the tail is that heavy.
    #[must_use]
    pub fn variance(&self) -> f64 {
        each!(self, inner => inner.variance())
    }
    /// The density at x; 0 for a distribution that consists of atoms.
    #[must_use]
    pub fn pdf(&self, x: f64) -> f64 {
        each!(self, inner => inner.pdf(x))
    }
    /// P(X ≤ x).
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        each!(self, inner => inner.cdf(x))
    }
    /// P(X > x), relatively accurate in the upper tail.
    #[must_use]
    pub fn sf(&self, x: f64) -> f64 {
        each!(self, inner => inner.sf(x))
    }
    /// The smallest x with P(X ≤ x) ≥ p; NaN for a p outside \[0, 1\].
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        each!(self, inner => inner.quantile(p))
    }
    /// The lowest and the highest value that can occur (the upper one may be infinite).
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        each!(self, inner => inner.support())
    }
    /// E\[min(X, x)\]; finite for every finite x, the mean at ∞.
    #[must_use]
    pub fn limited_mean(&self, x: f64) -> f64 {
        each!(self, inner => inner.limited_mean(x))
    }
    /// E\[min(X, x)²\], for x ≥ 0.
    #[must_use]
    pub fn second_limited_moment(&self, x: f64) -> f64 {
        each!(self, inner => inner.second_limited_moment(x))
    }
    /// How heavy the tail is: moments of order 1/ξ and above do not exist; 0 where all exist.
    #[must_use]
    pub fn tail_index(&self) -> f64 {
        each!(self, inner => inner.tail_index())
    }
    /// P(X = x).
    #[must_use]
    pub fn mass_at(&self, x: f64) -> f64 {
        each!(self, inner => inner.mass_at(x))
    }
    /// Where, inside the support, the density is not smooth.
    #[must_use]
    pub fn kinks(&self) -> Vec<f64> {
        each!(self, inner => inner.kinks())
    }
    /// (pdf, sf) at this far below the upper end of a bounded support.
    #[must_use]
    pub fn below_top(&self, gap: f64) -> (f64, f64) {
        each!(self, inner => inner.below_top(gap))
    }
}
