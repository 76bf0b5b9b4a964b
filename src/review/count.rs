//! How likely is a count, where the rate is not known? Page: `docs/model/review.md`.
//!
//! In each of many worlds of equal chance the rates are given: a risk's own events are Poisson, come in clusters (negative
//! binomial) or once at most; those that other risks and shared causes bring are Poisson beside them. The chance of a
//! count is its mean over the worlds, and what came makes some of them more likely than others.

use crate::engine::period::InWorld;
use crate::model;
use crate::stats::Distribution;
use crate::stats::density::Density;
use crate::stats::fit::verdict;
use crate::stats::special::IncompleteBeta;
use crate::units::Arithmetic;

/// The chance that is left out at either end of a range.
const TAIL: f64 = 1e-12;

/// What the events of a risk in a time may be.
pub(super) struct Expected<'w> {
    /// Rates in worlds of equal chance.
    pub worlds: &'w [InWorld],
    /// How they come.
    pub count: model::Count,
    /// The years.
    pub years: f64,
    /// The share of events that is seen.
    pub seen: f64,
    /// How many times today's all rates are by then.
    pub grown: f64,
}

impl Expected<'_> {
    /// P(as many or more), P(as many or fewer), where rates are `times` as high.
    pub fn tails(&self, came: u64, times: f64) -> (f64, f64) {
        let worlds = self.worlds.iter().map(|world| self.chances(world, came, times));
        let (below, here) = worlds.fold((0.0, 0.0), |sum, (below, here)| (sum.0 + below, sum.1 + here));
        let share = 1.0 / self.worlds.len() as f64;
        ((1.0 - share * below).clamp(0.0, 1.0), (share * (below + here)).clamp(0.0, 1.0))
    }

    /// Average and standard deviation of today's frequency after what came, where the case states one.
    pub fn frequency_after(&self, came: u64) -> Option<(f64, f64)> {
        let weigh = |world: &InWorld| Some((world.frequency?, self.chances(world, came, 1.0).1));
        moments(&self.worlds.iter().filter_map(weigh).collect::<Vec<_>>())
    }

    /// The same where events are the risk's own and plain, each frequency leaving this part of it: by the range itself.
    pub fn plain_frequency_after(&self, range: &Distribution, came: u64, left: f64) -> Option<(f64, f64)> {
        let exposure = left * self.grown * self.years * self.seen;
        let k = came as f64;
        let likelihood = |log: f64| k * log - exposure * libm::exp(log);
        if range.is_atomic() {
            let atoms: Vec<(f64, f64)> = range.atoms().into_iter().filter(|(rate, _)| *rate > 0.0).collect();
            let logs = || atoms.iter().map(|(rate, _)| likelihood(libm::log(*rate)));
            let top = logs().fold(f64::NEG_INFINITY, f64::max);
            let weights = atoms.iter().zip(logs()).map(|((rate, mass), log)| (*rate, mass * libm::exp(log - top)));
            return moments(&weights.collect::<Vec<_>>());
        }
        let [low, high] = [TAIL, 1.0 - TAIL].map(|chance| libm::log(range.quantile(chance)));
        let height = |log: f64| libm::log(range.pdf(libm::exp(log))) + log + likelihood(log);
        let found = Density::of(low, high, &height)?;
        let mean = found.mean(&libm::exp);
        let square = found.mean(&|log| (libm::exp(log) - mean) * (libm::exp(log) - mean));
        (mean > 0.0 && square > 0.0).then(|| (mean, square.sqrt()))
    }

    /// Whether what came says all of the risk's own events, and each of them by itself.
    pub fn is_plain(&self) -> bool {
        self.count == model::Count::Poisson && self.worlds.iter().all(|world| world.brought == 0.0)
    }

    /// P(fewer) and P(just as many) in one world.
    fn chances(&self, world: &InWorld, came: u64, times: f64) -> (f64, f64) {
        let [own, brought] = [world.own, world.brought].map(|rate| times * self.grown * rate * self.years * self.seen);
        // Two Poisson counts are one.
        if self.count == model::Count::Poisson {
            return Law::Poisson(own + brought).chances(came);
        }
        // Each year counts by itself: whole years, and what is left of one.
        let whole = self.years.floor();
        let part = self.years - whole;
        let year = if self.years > 0.0 { own / self.years } else { 0.0 };
        let of = |years: u64, each: f64| match self.count {
            model::Count::Clustered(size) => {
                Law::Clustered { mean: each * years as f64, size: f64::from_decimal(size) * years as f64 }
            }
            model::Count::Poisson | model::Count::AtMostOne => Law::OnceAtMost { chance: each.min(1.0), trials: years },
        };
        let laws = [
            (whole >= 1.0).then(|| of(whole as u64, year)),
            (part > 0.0).then(|| of(1, part * year)),
            (brought > 0.0).then_some(Law::Poisson(brought)),
        ];
        let laws: Vec<Law> = laws.into_iter().flatten().collect();
        match laws.as_slice() {
            [] => Law::Poisson(0.0).chances(came),
            [only] => only.chances(came),
            [first, others @ ..] => together(first, others, came),
        }
    }
}

/// P(fewer) and P(just as many) of several counts together: so many of the last, and of the others just as many as are
/// left, or fewer.
fn together(first: &Law, others: &[Law], came: u64) -> (f64, f64) {
    let Some((last, others)) = others.split_last() else { return first.chances(came) };
    let (mut fewer, mut here) = (0.0, 0.0);
    for of_last in 0..=came {
        let chance = last.chances(of_last).1;
        if chance > 0.0 {
            let (below, just) = together(first, others, came - of_last);
            fewer += chance * below;
            here += chance * just;
        }
    }
    (fewer, here)
}

/// Average and standard deviation of rates with their weights.
fn moments(weighed: &[(f64, f64)]) -> Option<(f64, f64)> {
    let all: f64 = weighed.iter().map(|(_, weight)| weight).sum();
    let mean = weighed.iter().map(|(rate, weight)| weight * rate).sum::<f64>() / all;
    let square = weighed.iter().map(|(rate, weight)| weight * (rate - mean) * (rate - mean)).sum::<f64>() / all;
    (all > 0.0 && square > 0.0).then(|| (mean, square.sqrt()))
}

/// How events of a given rate are counted.
enum Law {
    /// With this mean.
    Poisson(f64),
    /// Negative binomial.
    Clustered { mean: f64, size: f64 },
    /// In so many years, each with this chance.
    OnceAtMost { chance: f64, trials: u64 },
}

impl Law {
    /// P(fewer) and P(just as many).
    fn chances(&self, came: u64) -> (f64, f64) {
        let k = came as f64;
        let log_of = |x: f64, k: f64| if k == 0.0 { 0.0 } else { k * libm::log(x) };
        let of_k = |log: f64| libm::exp(log - libm::lgamma(k + 1.0));
        match *self {
            Self::Poisson(mean) if mean <= 0.0 => (if came > 0 { 1.0 } else { 0.0 }, if came == 0 { 1.0 } else { 0.0 }),
            Self::Poisson(mean) => {
                let below = came.checked_sub(1).map_or(0.0, |fewer| verdict::poisson_at_most(fewer, mean));
                (below, of_k(log_of(mean, k) - mean))
            }
            Self::Clustered { mean, .. } if mean <= 0.0 => Self::Poisson(0.0).chances(came),
            Self::Clustered { mean, size } => {
                let odds = size / (size + mean);
                let below = if came == 0 { 0.0 } else { IncompleteBeta::new(size, k).pair(odds, 1.0 - odds).0 };
                let combinations = libm::lgamma(size + k) - libm::lgamma(size);
                (below, of_k(combinations + size * libm::log(odds) + log_of(1.0 - odds, k)))
            }
            Self::OnceAtMost { trials, .. } if came > trials => (1.0, 0.0),
            Self::OnceAtMost { chance, trials } => {
                let up_to = |hits: u64| verdict::hits_at_most(hits, trials, chance);
                let below = came.checked_sub(1).map_or(0.0, up_to);
                (below, up_to(came) - below)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_add_up_to_one_and_each_is_the_difference_of_two() {
        let laws = [
            Law::Poisson(3.2),
            Law::Poisson(4000.0),
            Law::Clustered { mean: 3.2, size: 0.05 },
            Law::Clustered { mean: 40.0, size: 7.0 },
            Law::OnceAtMost { chance: 0.3, trials: 4 },
            Law::OnceAtMost { chance: 1.0, trials: 1 },
        ];
        for law in laws {
            let mut sum = 0.0;
            for came in 0..60 {
                let (below, here) = law.chances(came);
                assert!((below - sum).abs() < 1e-10, "{came}: {below} is not {sum}");
                sum += here;
            }
        }
    }

    #[test]
    fn clustered_and_brought_events_are_counted_as_a_sum_of_both() {
        // 0.8 a year, size 0.05: P(N ≥ 4) of the negative binomial by its recursion.
        let part = 0.8 / 0.85;
        let mut chance = libm::pow(0.05 / 0.85, 0.05);
        let mut below = 0.0;
        for k in 0..4 {
            below += chance;
            chance *= part * (0.05 + f64::from(k)) / f64::from(k + 1);
        }
        let world = [InWorld { own: 0.8, brought: 0.0, frequency: Some(0.8) }];
        let expected = Expected {
            worlds: &world,
            count: model::Count::Clustered(rust_decimal::Decimal::new(5, 2)),
            years: 1.0,
            seen: 1.0,
            grown: 1.0,
        };
        assert!((expected.tails(4, 1.0).0 - (1.0 - below)).abs() < 1e-12);
        // With as good as no clustering both are Poisson, and so is their sum.
        let world = [InWorld { own: 0.8, brought: 1.4, frequency: Some(0.8) }];
        let one = |count| Expected { worlds: &world, count, years: 1.0, seen: 1.0, grown: 1.0 }.tails(4, 1.0);
        let (plain, clustered) =
            (one(model::Count::Poisson), one(model::Count::Clustered(rust_decimal::Decimal::from(1_000_000_000))));
        assert!((plain.0 - clustered.0).abs() < 1e-7 && (plain.1 - clustered.1).abs() < 1e-7);
    }

    #[test]
    fn each_year_and_what_is_left_of_one_count_by_themselves() {
        // By 8 million simulated periods: 0.0855, and by the convolution of two recursions.
        let part = 108.0 / 365.0;
        let world = [InWorld { own: 4.0, brought: 0.0, frequency: Some(4.0) }];
        let of = |count, years| Expected { worlds: &world, count, years, seen: 1.0, grown: 1.0 };
        let clustered = of(model::Count::Clustered(rust_decimal::Decimal::new(3, 1)), 1.0 + part);
        assert!((clustered.tails(16, 1.0).0 - 0.085_270).abs() < 1e-6, "{}", clustered.tails(16, 1.0).0);
        // At most one: a year of 0.6 and a half of 0.3.
        let world = [InWorld { own: 0.6, brought: 0.0, frequency: Some(0.6) }];
        let once = Expected { worlds: &world, count: model::Count::AtMostOne, years: 1.5, seen: 1.0, grown: 1.0 };
        assert!((once.tails(2, 1.0).0 - 0.6 * 0.3).abs() < 1e-12);
        assert!((once.tails(1, 1.0).0 - (1.0 - 0.4 * 0.7)).abs() < 1e-12);
    }
}
