//! What are the ends of a range when its average moves?
//!
//! An amount, a rate or a time keeps how wide it is as a factor: every end is multiplied by new average / old average,
//! and so is the average (a lognormal, a PERT, a gamma: all scale). A chance cannot pass one: its ends move by the same
//! step in log odds, `logit(end) + δ`, and δ is found so that the average is the one asked for.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::{Estimate, Shape};
use crate::stats::root::crossing;
use crate::units::reading::unmistakable;
use crate::units::{Arithmetic, Figure, Kind, Numbers};

/// Digits of an end that is worked out, at least; as many as the average that is asked for, and two more.
const DIGITS: u32 = 6;
/// How far a chance is moved at most, in log odds.
const FAR: f64 = 40.0;

/// The keys of an estimate with what they become, so that its average is the one asked for and its form stays.
///
/// Nothing where it has no such form: observed values, and chances of 0 or 1.
pub fn with_mean(estimate: &Estimate, mean: Decimal, numbers: Option<Numbers>) -> Option<Vec<(String, String)>> {
    let digits = (digits_of(mean) + 2).clamp(DIGITS, 14);
    if mean < Decimal::ZERO || estimate.kind == Kind::Chance && mean > Decimal::ONE {
        return None;
    }
    let text = |key: &str, kind: Kind, value: Decimal| (key.to_owned(), quantity_text(value, kind, numbers));
    if let Shape::Fixed(_) = estimate.shape {
        return Some(vec![text("value", estimate.kind, mean)]);
    }
    let before = match estimate.mean().decimal() {
        Some(before) if !before.is_zero() && !mean.is_zero() => before,
        _ => return None,
    };
    let factor = mean.checked_div(before)?;
    let scaled = |value: Decimal| Some(rounded(value.checked_mul(factor)?, digits));
    let kind = estimate.kind;
    match &estimate.shape {
        Shape::Seen { events, years } if kind != Kind::Chance => {
            // What was seen in a shorter time makes the rate higher.
            let years = rounded(years.checked_div(factor)?, digits);
            Some(vec![
                ("events".into(), events.normalize().to_string()),
                ("years".into(), years.normalize().to_string()),
            ])
        }
        Shape::Seen { .. } | Shape::Samples(_) | Shape::Fixed(_) => None,
        Shape::Logs { mu, sigma } => {
            let shift = Figure::approximate(libm::log(f64::from_decimal(factor))).decimal()?;
            let mu = mu.checked_add(shift)?.round_dp(10).normalize().to_string();
            Some(vec![("mu".into(), mu), ("sigma".into(), sigma.normalize().to_string())])
        }
        Shape::Product { quantity, each } => {
            let _ = quantity;
            match each.as_ref() {
                Shape::Fixed(value) => Some(vec![text("each", kind, scaled(*value)?)]),
                each => {
                    let rows = ends(each)?.into_iter();
                    rows.map(|(key, value)| Some(text(&format!("each.{key}"), kind, scaled(value)?))).collect()
                }
            }
        }
        shape if kind == Kind::Chance => {
            let rows = ends(shape)?;
            let odds: Vec<f64> = rows.iter().map(|(_, value)| logit(f64::from_decimal(*value))).collect();
            let at = |step: f64| -> Option<Vec<Decimal>> {
                odds.iter()
                    .map(|odds| Some(rounded(Figure::approximate(logistic(odds + step)).decimal()?, digits + 2)))
                    .collect()
            };
            let target = f64::from_decimal(mean);
            let gap = |step: f64| {
                at(step)
                    .and_then(|values| with_ends(shape, &values)?.distribution(kind).ok())
                    .map_or(f64::NAN, |distribution| distribution.mean() - target)
            };
            let step = nearest_step(&gap)?;
            let values = at(step)?;
            Some(rows.iter().zip(values).map(|((key, _), value)| text(key, kind, value)).collect())
        }
        shape => ends(shape)?.into_iter().map(|(key, value)| Some(text(key, kind, scaled(value)?))).collect(),
    }
}

/// The step at which the average is met: bisection, outward until both sides of it are seen.
fn nearest_step(gap: &dyn Fn(f64) -> f64) -> Option<f64> {
    let here = gap(0.0);
    if !here.is_finite() {
        return None;
    }
    let way = if here > 0.0 { -1.0 } else { 1.0 };
    let mut far = 0.25;
    while far <= FAR {
        let there = gap(way * far);
        if there.is_finite() && there * here <= 0.0 {
            let (low, high) = if way > 0.0 { (0.0, far) } else { (-far, 0.0) };
            return crossing(gap, low, high);
        }
        if !there.is_finite() {
            return None;
        }
        far *= 2.0;
    }
    None
}

/// The ends of a range by their keys, in the order in which they rise; nothing where it has none.
pub fn ends(shape: &Shape) -> Option<Vec<(&'static str, Decimal)>> {
    Some(match shape {
        Shape::Interval { low, high } | Shape::FamilyInterval { low, high, .. } => vec![("low", *low), ("high", *high)],
        Shape::Pert { min, likely, max }
        | Shape::PertWith { min, likely, max, .. }
        | Shape::Triangular { min, likely, max } => vec![("min", *min), ("likely", *likely), ("max", *max)],
        Shape::Uniform { min, max } => vec![("min", *min), ("max", *max)],
        Shape::Quantiles { p10, p50, p90, at_most } => {
            let mut rows = vec![("p10", *p10), ("p50", *p50), ("p90", *p90)];
            rows.extend(at_most.map(|most| ("at_most", most)));
            rows
        }
        Shape::TwoQuantiles { low: (p, low), high: (q, high) } => vec![(quantile(*p)?, *low), (quantile(*q)?, *high)],
        Shape::MedianSigma { median, .. } => vec![("median", *median)],
        Shape::FamilyMoments { mean, sd, .. } => vec![("mean", *mean), ("sd", *sd)],
        Shape::Pareto { at_least, .. } => vec![("at_least", *at_least)],
        _ => return None,
    })
}

fn quantile(percent: u8) -> Option<&'static str> {
    super::super::grammar::QUANTILES.iter().find(|(_, of)| *of == percent).map(|(key, _)| *key)
}

/// The same form with other ends.
fn with_ends(shape: &Shape, ends: &[Decimal]) -> Option<Shape> {
    Some(match (shape, ends) {
        (Shape::Interval { .. }, [low, high]) => Shape::Interval { low: *low, high: *high },
        (Shape::FamilyInterval { family, .. }, [low, high]) => {
            Shape::FamilyInterval { family: *family, low: *low, high: *high }
        }
        (Shape::Pert { .. }, [min, likely, max]) => Shape::Pert { min: *min, likely: *likely, max: *max },
        (Shape::PertWith { confidence, .. }, [min, likely, max]) => {
            Shape::PertWith { min: *min, likely: *likely, max: *max, confidence: *confidence }
        }
        (Shape::Triangular { .. }, [min, likely, max]) => Shape::Triangular { min: *min, likely: *likely, max: *max },
        (Shape::Uniform { .. }, [min, max]) => Shape::Uniform { min: *min, max: *max },
        (Shape::Quantiles { .. }, [p10, p50, p90, rest @ ..]) => {
            Shape::Quantiles { p10: *p10, p50: *p50, p90: *p90, at_most: rest.first().copied() }
        }
        (Shape::TwoQuantiles { low, high }, [a, b]) => Shape::TwoQuantiles { low: (low.0, *a), high: (high.0, *b) },
        _ => return None,
    })
}

fn logit(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}

fn logistic(odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-odds))
}

fn rounded(value: Decimal, digits: u32) -> Decimal {
    value.round_sf_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero).unwrap_or(value)
}

fn digits_of(value: Decimal) -> u32 {
    let mantissa = value.normalize().mantissa().unsigned_abs().to_string();
    mantissa.trim_end_matches('0').len().max(1) as u32
}

/// A quantity as a file writes it, so that it has one reading.
pub fn quantity_text(value: Decimal, kind: Kind, numbers: Option<Numbers>) -> String {
    let number = |value: Decimal| {
        let text = unmistakable(value);
        if numbers.is_some_and(|numbers| numbers.decimal() == ',') { text.replace('.', ",") } else { text }
    };
    match kind {
        Kind::Money | Kind::Number => number(value),
        Kind::YearlyMoney | Kind::Frequency => format!("{} per year", number(value)),
        Kind::Revenue | Kind::Wage => format!("{} per hour", number(value)),
        Kind::Chance | Kind::Rate => match value.checked_mul(Decimal::ONE_HUNDRED) {
            Some(percent) => format!("{}%", number(percent)),
            None => number(value),
        },
        Kind::Period => format!("{} hours", number(value)),
        Kind::WorkTime => format!("{} hours per year", number(value)),
    }
}
