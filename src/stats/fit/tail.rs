//! Can the data tell a finite mean from an infinite one?
//!
//! Above a high enough point every tail is close to a generalised Pareto,
//! P(X − u > y) = (1 + ξy/β)^(−1/ξ), whose mean is infinite from ξ = 1 on. The profile likelihood of
//! ξ, its highest over β, gives the values that the data do not rule out: those whose likelihood is
//! within χ²₁/2 of the top. Source: Coles, An Introduction to Statistical Modeling of Extreme Values
//! (2001), 4.3. Page: `docs/model/loss-from-amounts.md`.

use super::maximise;
use super::severity::{Observation, Observed, middle};
use crate::stats::root;
use crate::stats::special::normal_quantile;

/// What the data say of the tail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TailIndex {
    /// The most likely ξ.
    pub likely: f64,
    /// The lowest ξ that the data do not rule out.
    pub low: f64,
    /// The highest one.
    pub high: f64,
    /// From where on it was looked at.
    pub above: f64,
    /// How many amounts lie there.
    pub amounts: usize,
}

/// Whether the mean is finite, as far as the data can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mean {
    /// Every tail that the data allow has one.
    Finite,
    /// Some have one and some have none.
    CannotTell,
    /// None has one.
    Infinite,
}

impl TailIndex {
    /// Whether the mean is finite, as far as the data can tell.
    #[must_use]
    pub fn mean(&self) -> Mean {
        if self.high < 1.0 {
            Mean::Finite
        } else if self.low >= 1.0 {
            Mean::Infinite
        } else {
            Mean::CannotTell
        }
    }
}

/// The range of ξ that is looked at: from a bounded tail to one without a median worth the name.
const RANGE: (f64, f64) = (-0.9, 6.0);
/// With fewer amounts than this all are taken; with more, the upper half.
const MANY: usize = 20;
/// The most amounts that are looked at: the highest tell of a tail.
const MOST: usize = 1_000;

/// The interval of the tail index that holds with this chance, by profile likelihood; none with
/// fewer than three amounts.
#[must_use]
pub fn tail_index(data: &Observed, coverage: f64) -> Option<TailIndex> {
    let mut places: Vec<f64> = data.observations.iter().map(|o| o.least()).collect();
    places.sort_by(f64::total_cmp);
    let lowest = *places.first()?;
    let above = if places.len() >= MANY {
        places[(places.len() / 2).max(places.len().saturating_sub(MOST)) - 1].max(data.threshold)
    } else if data.threshold > 0.0 {
        data.threshold
    } else {
        // The lowest amount itself tells of no excess.
        lowest
    };
    let excess = |x: f64| x - above;
    let used: Vec<Observation> = data
        .observations
        .iter()
        .filter_map(|observation| match *observation {
            Observation::Exact(x) => (x > above).then(|| Observation::Exact(excess(x))),
            Observation::Above(c) => (c > above).then(|| Observation::Above(excess(c))),
            Observation::Between(a, b) => (a >= above).then(|| Observation::Between(excess(a), excess(b))),
        })
        .collect();
    let known = used.iter().filter(|o| !matches!(o, Observation::Above(_))).count();
    if known < 3 {
        return None;
    }
    // An amount that is known to lie within a band may lie just where the excess begins: its middle tells its size.
    let typical = used.iter().map(|o| libm::log(middle(*o))).sum::<f64>() / used.len() as f64;
    let profile = |index: f64| {
        let log_scale = maximise::line(|log| likelihood(&used, index, libm::exp(log)), typical - 12.0, typical + 12.0);
        likelihood(&used, index, libm::exp(log_scale))
    };
    let likely = maximise::line(profile, RANGE.0, RANGE.1);
    let top = profile(likely);
    let z = normal_quantile(0.5 * (1.0 + coverage));
    let gap = |index: f64| profile(index) - (top - 0.5 * z * z);
    let low = if gap(RANGE.0) >= 0.0 { RANGE.0 } else { root::crossing(gap, RANGE.0, likely).unwrap_or(RANGE.0) };
    let high = if gap(RANGE.1) >= 0.0 { f64::INFINITY } else { root::crossing(gap, likely, RANGE.1)? };
    Some(TailIndex { likely, low, high, above, amounts: used.len() })
}

/// ln P(Y > y) of the generalised Pareto; −∞ beyond its end.
fn ln_sf(index: f64, scale: f64, y: f64) -> f64 {
    if index.abs() < 1e-9 {
        return -y / scale;
    }
    let inside = 1.0 + index * y / scale;
    if inside <= 0.0 { f64::NEG_INFINITY } else { -libm::log(inside) / index }
}

fn likelihood(used: &[Observation], index: f64, scale: f64) -> f64 {
    let each = used.iter().map(|observation| match *observation {
        Observation::Exact(y) => (1.0 + index) * ln_sf(index, scale, y) - libm::log(scale),
        Observation::Above(c) => ln_sf(index, scale, c),
        Observation::Between(a, b) => {
            let beyond = if b == f64::INFINITY { 0.0 } else { libm::exp(ln_sf(index, scale, b)) };
            libm::log(libm::exp(ln_sf(index, scale, a)) - beyond)
        }
    });
    let sum: f64 = each.sum();
    if sum.is_nan() { f64::NEG_INFINITY } else { sum }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_that_begins_where_the_excess_does_leaves_the_tail_as_tame_as_an_amount_within_it() {
        let amounts = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 21, 24, 28, 33, 40];
        let of = |more: Observation| {
            let all = amounts.iter().map(|x| Observation::Exact(1e3 * f64::from(*x)));
            let data = Observed { observations: all.chain([more]).collect(), threshold: 0.0 };
            tail_index(&data, 0.9).unwrap()
        };
        for band in [(10_500.0, 11_500.0), (10_000.0, 12_000.0), (11_000.0, 11_001.0)] {
            let found = of(Observation::Between(band.0, band.1));
            assert_eq!(found.mean(), Mean::Finite, "{band:?}: {found:?}");
        }
        // Days without times: every one of them a band, many of them the same.
        let days = [4, 5, 5, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 10, 11, 12, 13, 14, 16, 18];
        let observations = days.iter().map(|day| {
            let hours = 24.0 * f64::from(*day);
            Observation::Between(hours - 24.0, hours + 24.0)
        });
        let found = tail_index(&Observed { observations: observations.collect(), threshold: 0.0 }, 0.9).unwrap();
        assert_eq!(found.mean(), Mean::Finite, "{found:?}");
    }
}
