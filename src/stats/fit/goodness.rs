//! Could the amounts have come from the fitted family?
//!
//! Kolmogorov and Smirnov's largest distance, and Anderson and Darling's, which looks harder at the
//! tails. As the parameters come from the same amounts, no table holds; so the fitted family draws
//! as many amounts again, with the same threshold, caps and bands, each draw is fitted, and the
//! chance is the share of draws that lie as far off. Source: Stute, Gonzáles Manteiga and Presedo
//! Quindimil, Bootstrap based goodness-of-fit tests, Metrika 40 (1993).

use super::severity::{Family, Fit, NoFit, Observation, Observed};
use crate::stats::rng::Stream;

/// How far the amounts lie off the family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// Kolmogorov and Smirnov's.
    pub largest: f64,
    /// Anderson and Darling's A².
    pub weighted: f64,
}

/// Where each amount stands in the family, given that it was recorded: 0 to 1, in order. What is
/// known in part stands in the middle of what it can be.
fn places(fit: &Fit, data: &Observed) -> Vec<f64> {
    let (below, above) = fit.pair(data.threshold);
    let share = |x: f64| if x == f64::INFINITY { 1.0 } else { ((fit.pair(x).0 - below) / above).clamp(0.0, 1.0) };
    let place = |observation: &Observation| match *observation {
        Observation::Exact(x) => share(x),
        Observation::Above(c) => 0.5 * (share(c) + 1.0),
        Observation::Between(a, b) => 0.5 * (share(a.max(data.threshold)) + share(b)),
    };
    let mut places: Vec<f64> = data.observations.iter().map(place).collect();
    places.sort_by(f64::total_cmp);
    places
}

/// How far the amounts lie off the fit.
#[must_use]
pub fn distance(fit: &Fit, data: &Observed) -> Distance {
    let places = places(fit, data);
    let n = places.len() as f64;
    let mut largest = 0f64;
    let mut sum = 0.0;
    for (i, u) in places.iter().enumerate() {
        let (before, after) = (i as f64 / n, (i + 1) as f64 / n);
        largest = largest.max(after - u).max(u - before);
        let opposite = places[places.len() - 1 - i];
        let (u, other) = (u.clamp(1e-300, 1.0), (1.0 - opposite).clamp(1e-300, 1.0));
        sum += (2.0 * i as f64 + 1.0) * (libm::log(u) + libm::log(other));
    }
    Distance { largest, weighted: -n - sum / n }
}

/// As many amounts again from the fit, with the same threshold, caps and bands, each fitted: what other
/// logs of the same world would have said, with how far they lie off.
///
/// # Errors
/// Where the fit is no distribution.
pub fn again(fit: &Fit, data: &Observed, draws: usize, seed: u64) -> Result<Vec<(Fit, f64)>, NoFit> {
    let distribution = fit.distribution()?;
    let (below, above) = fit.pair(data.threshold);
    let mut bands: Vec<Observation> =
        data.observations.iter().copied().filter(|o| matches!(o, Observation::Between(..))).collect();
    let all_banded = bands.len() == data.observations.len();
    // A log has few bands, however many amounts lie in each.
    let mut seen = std::collections::HashSet::new();
    bands.retain(|band| matches!(*band, Observation::Between(a, b) if seen.insert((a.to_bits(), b.to_bits()))));
    let mut stream = Stream::new(seed, "goodness of fit", 0);
    let mut refits = Vec::with_capacity(draws);
    for _ in 0..draws {
        let observations = data.observations.iter().map(|like| {
            let x = distribution.quantile(below + above * stream.uniform());
            match *like {
                Observation::Above(c) if x > c => Observation::Above(c),
                _ if all_banded => band(&bands, x).unwrap_or(Observation::Exact(x)),
                _ => Observation::Exact(x),
            }
        });
        let drawn = Observed { observations: observations.collect(), threshold: data.threshold };
        if let Some(refit) = Fit::quick(fit.family, &drawn, fit.start()) {
            let off = distance(&refit, &drawn).weighted;
            refits.push((refit, off));
        }
    }
    Ok(refits)
}

/// The chance that amounts of this very family lie as far off as these: below 5 % the family is in doubt.
#[must_use]
pub fn chance(fit: &Fit, data: &Observed, refits: &[(Fit, f64)]) -> f64 {
    let seen = distance(fit, data).weighted;
    let beyond = refits.iter().filter(|(_, off)| *off >= seen).count();
    (beyond + 1) as f64 / (refits.len() + 1) as f64
}

fn band(bands: &[Observation], x: f64) -> Option<Observation> {
    bands.iter().copied().find(|band| matches!(*band, Observation::Between(a, b) if x > a && x <= b))
}

/// The families that can be fitted, the one of the highest likelihood for its parameters first.
#[must_use]
pub fn ranked(data: &Observed, families: &[Family]) -> Vec<Fit> {
    let mut fits: Vec<Fit> = families.iter().filter_map(|family| Fit::new(*family, data).ok()).collect();
    fits.sort_by(|a, b| a.criterion().total_cmp(&b.criterion()));
    fits
}
