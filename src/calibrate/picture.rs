//! The picture of data against fit: shares above each amount, as seen and as fitted.
//!
//! Observed shares are Kaplan and Meier's: what is known only to be above a value leaves the ranks
//! there without an event. A band stands in its middle. Both are given that the amount was recorded.

use super::amounts::{Fitted, Measure};
use crate::report::chart::{Chart, DataAgainstFit};
use crate::stats::fit::Observation;
use crate::units::Currency;

/// Points of the curve.
const POINTS: usize = 160;

/// The chart of a fit.
#[must_use]
pub fn chart(fitted: &Fitted) -> Chart {
    let threshold = fitted.data.threshold;
    let mut values: Vec<(f64, bool)> = fitted
        .data
        .observations
        .iter()
        .map(|observation| match *observation {
            Observation::Exact(x) => (x, false),
            Observation::Above(c) => (c, true),
            Observation::Between(a, b) if b.is_finite() => (0.5 * (a.max(threshold) + b), false),
            Observation::Between(a, _) => (a, true),
        })
        .filter(|(x, _)| *x > 0.0)
        .collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut share = 1.0;
    let (mut seen, mut open) = (Vec::new(), Vec::new());
    let n = values.len();
    for (rank, (x, is_open)) in values.iter().enumerate() {
        if *is_open {
            open.push((*x, share));
            continue;
        }
        let after = share * (1.0 - 1.0 / (n - rank) as f64);
        // In the middle of its step.
        seen.push((*x, 0.5 * (share + after)));
        share = after;
    }
    let written = &fitted.written;
    let begin = threshold.max(written.quantile(0.005));
    let end = written.quantile(0.995).max(values.last().map_or(0.0, |(x, _)| *x));
    let recorded = written.sf(threshold);
    let curve = (0..=POINTS).map(|i| {
        let x = begin * libm::pow(end / begin, i as f64 / POINTS as f64);
        (x, (written.sf(x) / recorded).clamp(0.0, 1.0))
    });
    let currency = Currency::from_code(&fitted.currency).map_or("", |currency| currency.code());
    let caption = match fitted.measure {
        Measure::Money if currency.is_empty() => "Amount of one event".to_owned(),
        Measure::Money => format!("Amount of one event, {currency}"),
        Measure::Hours => "Hours".to_owned(),
    };
    let proposal = &fitted.proposal;
    let data = DataAgainstFit::new(currency, &caption, seen, open, curve.collect());
    let title = format!(
        "{} against the fit: {}",
        if fitted.measure == Measure::Money { "Amounts" } else { "Durations" },
        proposal.source
    );
    data.into_chart(&title, &format!("{}. {}", proposal.rests_on, proposal.findings.first().map_or("", String::as_str)))
}
