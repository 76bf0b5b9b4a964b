//! What do we believe about one quantity, and on whose word?

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::Span;
use crate::stats::fit::Observed;
use crate::stats::{Distribution, FitError};
use crate::units::{Figure, Kind};

/// Whether a range stands for what we do not know, or for what differs from event to event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// One value that we do not know: the same in every year.
    Knowledge,
    /// Drawn afresh for every event.
    Luck,
}

/// The form in which an estimate is written; numbers in the canonical unit of its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One number.
    Fixed(Decimal),
    /// A 90 % interval: lognormal, or beta for a chance.
    Interval {
        /// 5 % point.
        low: Decimal,
        /// 95 % point.
        high: Decimal,
    },
    /// PERT with λ = 4; min and max are bounds.
    Pert {
        /// Lower bound.
        min: Decimal,
        /// Mode.
        likely: Decimal,
        /// Upper bound.
        max: Decimal,
    },
    /// PERT with another weight of the likely value.
    PertWith {
        /// Lower bound.
        min: Decimal,
        /// Mode.
        likely: Decimal,
        /// Upper bound.
        max: Decimal,
        /// λ; 4 is the plain PERT.
        confidence: Decimal,
    },
    /// Two quantiles: lognormal, or beta for a chance.
    TwoQuantiles {
        /// The lower one's chance in percent, and its value.
        low: (u8, Decimal),
        /// The upper one's.
        high: (u8, Decimal),
    },
    /// Lognormal by its median and the standard deviation of its logarithm.
    MedianSigma {
        /// Median.
        median: Decimal,
        /// Standard deviation of the logarithm.
        sigma: Decimal,
    },
    /// Lognormal by mean and standard deviation of its logarithm.
    Logs {
        /// Mean of the logarithm.
        mu: Decimal,
        /// Standard deviation of the logarithm.
        sigma: Decimal,
    },
    /// A rate, or a yearly chance, after what was seen: gamma or beta with the Jeffreys prior.
    Seen {
        /// Events, or years with one.
        events: Decimal,
        /// Years watched.
        years: Decimal,
    },
    /// A quantity times what each costs, drawn apart.
    Product {
        /// How many.
        quantity: Box<Shape>,
        /// What each costs.
        each: Box<Shape>,
    },
    /// Three quantiles: metalog in logs, or in logits for a chance.
    Quantiles {
        /// 10 % point.
        p10: Decimal,
        /// Median.
        p50: Decimal,
        /// 90 % point.
        p90: Decimal,
        /// Upper bound.
        at_most: Option<Decimal>,
    },
    /// Every value between the bounds alike.
    Uniform {
        /// Lower bound.
        min: Decimal,
        /// Upper bound.
        max: Decimal,
    },
    /// Straight lines from the bounds up to the mode.
    Triangular {
        /// Lower bound.
        min: Decimal,
        /// Mode.
        likely: Decimal,
        /// Upper bound.
        max: Decimal,
    },
    /// A named family by its 5 % and 95 % points.
    FamilyInterval {
        /// Which family.
        family: Family,
        /// 5 % point.
        low: Decimal,
        /// 95 % point.
        high: Decimal,
    },
    /// A named family by its mean and standard deviation.
    FamilyMoments {
        /// Which family.
        family: Family,
        /// Mean.
        mean: Decimal,
        /// Standard deviation.
        sd: Decimal,
    },
    /// P(X > x) = (`at_least` / x)^`tail`.
    Pareto {
        /// Lower bound.
        at_least: Decimal,
        /// Tail index, above 1.
        tail: Decimal,
    },
    /// Observed values, each as likely as the next.
    Samples(Vec<Decimal>),
    /// A range under a ceiling: what would be above it is the ceiling.
    Capped {
        /// As it is written.
        range: Box<Shape>,
        /// The most that it can be.
        ceiling: Decimal,
    },
}

/// The families that take two points or two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Normal, cut at 0.
    Normal,
    /// Lognormal.
    Lognormal,
    /// Gamma.
    Gamma,
    /// Beta on 0 to 1.
    Beta,
}

impl Shape {
    /// The mean in decimal arithmetic, where it is a rational function of what is written.
    pub fn exact_mean(&self, kind: Kind) -> Option<Decimal> {
        match self {
            Self::PertWith { min, likely, max, confidence } => likely
                .checked_mul(*confidence)?
                .checked_add(*min)?
                .checked_add(*max)?
                .checked_div(confidence.checked_add(Decimal::TWO)?),
            Self::Seen { events, years } => {
                let half = Decimal::new(5, 1);
                let whole = if kind == Kind::Chance { years.checked_add(Decimal::ONE)? } else { *years };
                events.checked_add(half)?.checked_div(whole)
            }
            Self::Product { quantity, each } => quantity.exact_mean(Kind::Number)?.checked_mul(each.exact_mean(kind)?),
            Self::Fixed(value) => Some(*value),
            Self::Pert { min, likely, max } => likely
                .checked_mul(Decimal::from(4))?
                .checked_add(*min)?
                .checked_add(*max)?
                .checked_div(Decimal::from(6)),
            Self::Triangular { min, likely, max } => {
                min.checked_add(*likely)?.checked_add(*max)?.checked_div(Decimal::from(3))
            }
            Self::Uniform { min, max } => min.checked_add(*max)?.checked_div(Decimal::TWO),
            Self::FamilyMoments { mean, .. } => Some(*mean),
            Self::Pareto { at_least, tail } => {
                at_least.checked_mul(*tail)?.checked_div(tail.checked_sub(Decimal::ONE)?)
            }
            Self::Samples(values) => values
                .iter()
                .try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?
                .checked_div(Decimal::from(values.len())),
            Self::Interval { .. }
            | Self::Quantiles { .. }
            | Self::FamilyInterval { .. }
            | Self::TwoQuantiles { .. }
            | Self::MedianSigma { .. }
            | Self::Logs { .. }
            | Self::Capped { .. } => None,
        }
    }

    /// The distribution of the shape for a quantity of `kind`.
    ///
    /// # Errors
    /// When no distribution of the kind fits the numbers.
    pub fn distribution(&self, kind: Kind) -> Result<Distribution, FitError> {
        use crate::units::Arithmetic;
        let f = <f64 as Arithmetic>::from_decimal;
        let chance = kind == Kind::Chance;
        match self {
            Self::Fixed(value) => Distribution::fixed(f(*value)),
            Self::Interval { low, high } if chance => Distribution::beta(f(*low), f(*high)),
            Self::Interval { low, high } => Distribution::lognormal(f(*low), f(*high)),
            Self::Pert { min, likely, max } => Distribution::pert(f(*min), f(*likely), f(*max)),
            Self::PertWith { min, likely, max, confidence } => {
                Distribution::pert_with(f(*min), f(*likely), f(*max), f(*confidence))
            }
            Self::TwoQuantiles { low: (p, low), high: (q, high) } => {
                let at = |percent: u8, value: &Decimal| (f64::from(percent) / 100.0, f(*value));
                let through = if chance { Distribution::beta_through } else { Distribution::lognormal_through };
                through(at(*p, low), at(*q, high))
            }
            Self::MedianSigma { median, sigma } => Distribution::lognormal_from_median(f(*median), f(*sigma)),
            Self::Logs { mu, sigma } => Distribution::lognormal_from_logs(f(*mu), f(*sigma)),
            Self::Seen { events, years } if chance => Distribution::chance_after(f(*events), f(*years)),
            Self::Seen { events, years } => Distribution::rate_after(f(*events), f(*years)),
            Self::Product { quantity, each } => {
                Distribution::product(&quantity.distribution(Kind::Number)?, &each.distribution(kind)?)
            }
            Self::Quantiles { p10, p50, p90, at_most } => {
                if chance {
                    Distribution::metalog(f(*p10), f(*p50), f(*p90), Some(1.0))
                } else {
                    Distribution::metalog(f(*p10), f(*p50), f(*p90), at_most.map(f))
                }
            }
            Self::Uniform { min, max } => Distribution::uniform(f(*min), f(*max)),
            Self::Triangular { min, likely, max } => Distribution::triangular(f(*min), f(*likely), f(*max)),
            Self::FamilyInterval { family, low, high } => {
                let (low, high) = (f(*low), f(*high));
                match family {
                    Family::Normal => Distribution::normal(low, high),
                    Family::Lognormal => Distribution::lognormal(low, high),
                    Family::Gamma => Distribution::gamma(low, high),
                    Family::Beta => Distribution::beta(low, high),
                }
            }
            Self::FamilyMoments { family, mean, sd } => {
                let (mean, sd) = (f(*mean), f(*sd));
                match family {
                    Family::Normal => Distribution::normal_from_mean_sd(mean, sd),
                    Family::Lognormal => Distribution::lognormal_from_mean_sd(mean, sd),
                    Family::Gamma => Distribution::gamma_from_mean_sd(mean, sd),
                    Family::Beta => Distribution::beta_from_mean_sd(mean, sd),
                }
            }
            Self::Pareto { at_least, tail } => Distribution::pareto(f(*at_least), f(*tail)),
            Self::Samples(values) => Distribution::empirical(values.iter().copied().map(f).collect()),
            Self::Capped { range, ceiling } => Ok(range.distribution(kind)?.capped(f(*ceiling))),
        }
    }
}

/// Where an estimate comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Document, log, offer or person.
    pub source: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// As of when.
    pub date: Option<Date>,
    /// Why this value.
    pub why: Option<String>,
    /// A placeholder, not yet the reader's own figure.
    pub example: bool,
}

impl Record {
    /// The source, and before it the word for an example, where the value is one.
    pub fn whole_source(&self, example: &str) -> Option<String> {
        let example = self.example.then_some(example);
        let parts: Vec<&str> = example.into_iter().chain(self.source.as_deref()).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// One input quantity with its distribution and its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The key path, such as `risk.phishing.loss.response`.
    pub path: String,
    /// What it is, in words: `Phishing: response, per event`.
    pub name: String,
    /// The kind of quantity.
    pub kind: Kind,
    /// What its range stands for.
    pub role: Role,
    /// How it is written.
    pub shape: Shape,
    /// Its distribution, in the canonical unit.
    pub distribution: Distribution,
    /// By which part its mean may be off, nine times in ten (a per-event estimate only).
    pub doubt: Option<Decimal>,
    /// The observations that it was fitted to; no figure comes from them.
    pub fitted_to: Option<Observed>,
    /// Where it comes from.
    pub record: Record,
    /// Not stated in the file but worked out from what is.
    pub worked_out: bool,
    /// Where it stands in the file.
    pub span: Span,
}

impl Estimate {
    /// Whether it is what another currency is worth: amounts are converted by it before anything is worked out.
    pub fn is_exchange_rate(&self) -> bool {
        self.path.starts_with("exchange_rates.")
    }

    /// The mean: exact where the shape allows.
    pub fn mean(&self) -> Figure {
        match self.shape.exact_mean(self.kind) {
            Some(mean) => Figure::exact(mean),
            None => Figure::approximate(self.distribution.mean()),
        }
    }

    /// Whether it is one number without a range.
    pub fn is_fixed(&self) -> bool {
        matches!(self.shape, Shape::Fixed(_)) && self.doubt.is_none()
    }
}
