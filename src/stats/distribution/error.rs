//! Why do these figures describe no distribution?
//!
//! Every refusal carries the figures that were given and, where there is one,
//! the limit that they miss, so that whoever speaks to the user can say what to
//! write instead.

use std::fmt;

/// Figures that no distribution of the asked family has.
#[derive(Debug, Clone, PartialEq)]
pub enum FitError {
    /// A figure is NaN or infinite.
    NotFinite {
        /// Which figure.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// A figure is below zero.
    Negative {
        /// Which figure.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// A figure must be above zero.
    NotPositive {
        /// Which figure.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// A chance must lie below its upper end.
    NotBelow {
        /// Which figure.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What it must stay below.
        bound: f64,
    },
    /// Two figures are in the wrong order, or equal where they must differ.
    Disordered {
        /// The figure that must be smaller.
        lower_name: &'static str,
        /// What was given for it.
        lower: f64,
        /// The figure that must be larger.
        upper_name: &'static str,
        /// What was given for it.
        upper: f64,
    },
    /// The standard deviation is too large for the mean; it must stay below `limit`.
    SpreadTooLarge {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        sd: f64,
        /// The standard deviation that cannot be reached.
        limit: f64,
    },
    /// `high` is too many times `low`; the family reaches only below `widest` times.
    RangeTooWide {
        /// The 5 % point.
        low: f64,
        /// The 95 % point.
        high: f64,
        /// The largest ratio high/low, not reached itself.
        widest: f64,
    },
    /// The interval is so narrow or so close to an end that `f64` cannot resolve its shape.
    Unresolvable {
        /// The lower figure.
        low: f64,
        /// The upper figure.
        high: f64,
    },
    /// No metalog has these quantiles; each `nearest_…` would do with the other two kept.
    InfeasibleQuantiles {
        /// The 10 % point.
        p10: f64,
        /// The 50 % point.
        p50: f64,
        /// The 90 % point.
        p90: f64,
        /// The nearest 10 % point that would do.
        nearest_p10: f64,
        /// The nearest 50 % point that would do.
        nearest_p50: f64,
        /// The nearest 90 % point that would do.
        nearest_p90: f64,
    },
    /// There are no samples.
    NoSamples,
}

impl fmt::Display for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite { name, value } => write!(f, "{name} must be a finite number, not {value}"),
            Self::Negative { name, value } => write!(f, "{name} must not be negative, but is {value}"),
            Self::NotPositive { name, value } => write!(f, "{name} must be above 0, but is {value}"),
            Self::NotBelow { name, value, bound } => write!(f, "{name} must be below {bound}, but is {value}"),
            Self::Disordered { lower_name, lower, upper_name, upper } => {
                write!(f, "{lower_name} must be below {upper_name}, but is {lower} against {upper}")
            }
            Self::SpreadTooLarge { mean, sd, limit } => {
                write!(f, "with a mean of {mean} the standard deviation must be below {limit}, but is {sd}")
            }
            Self::RangeTooWide { low, high, widest } => {
                write!(f, "{high} is more than {widest} times {low}, which this shape cannot span")
            }
            Self::Unresolvable { low, high } => {
                write!(f, "the range from {low} to {high} is too narrow, or too close to an end, to be resolved")
            }
            Self::InfeasibleQuantiles { p10, p50, p90, nearest_p50, .. } => write!(
                f,
                "no curve of three terms runs through {p10}, {p50} and {p90}; the nearest p50 that works is {nearest_p50}"
            ),
            Self::NoSamples => write!(f, "there are no samples"),
        }
    }
}

impl std::error::Error for FitError {}

pub(super) fn finite(name: &'static str, value: f64) -> Result<(), FitError> {
    if value.is_finite() { Ok(()) } else { Err(FitError::NotFinite { name, value }) }
}

pub(super) fn not_negative(name: &'static str, value: f64) -> Result<(), FitError> {
    finite(name, value)?;
    if value < 0.0 { Err(FitError::Negative { name, value }) } else { Ok(()) }
}

pub(super) fn positive(name: &'static str, value: f64) -> Result<(), FitError> {
    finite(name, value)?;
    if value > 0.0 { Ok(()) } else { Err(FitError::NotPositive { name, value }) }
}

pub(super) fn below(
    (lower_name, lower): (&'static str, f64),
    (upper_name, upper): (&'static str, f64),
) -> Result<(), FitError> {
    if lower < upper { Ok(()) } else { Err(FitError::Disordered { lower_name, lower, upper_name, upper }) }
}

pub(super) fn not_above(
    (lower_name, lower): (&'static str, f64),
    (upper_name, upper): (&'static str, f64),
) -> Result<(), FitError> {
    if lower <= upper { Ok(()) } else { Err(FitError::Disordered { lower_name, lower, upper_name, upper }) }
}
