//! When do events strike, in a block of years?
//!
//! Independent events: exponential waits at one a unit of intensity are walked along the years,
//! each as long as its rate; so a year costs an addition, whatever its rate, and its events come in
//! order with their times. Clustered: the rate of each year is multiplied by a gamma number of mean
//! one and shape `size`. At most one: one number a year against its chance.

use crate::stats::rng::{Counter, Waiting, open_unit};

/// Numbers by year.
#[derive(Debug, Clone, Copy)]
pub enum Rates<'a> {
    /// The same in every year.
    Known(f64),
    /// One for each year.
    Column(&'a [f64]),
}

impl Rates<'_> {
    /// The number of a year.
    #[inline]
    pub fn get(&self, year: usize) -> f64 {
        match self {
            Self::Known(rate) => *rate,
            Self::Column(rates) => rates[year],
        }
    }
}

/// Names the wait before an event.
const WAIT: u64 = 0x6b79_8e2f_51d3_0c4d;

/// A rate that time can be divided by.
#[inline]
fn usable(rate: f64) -> f64 {
    if rate > 0.0 && rate < 1e12 { rate } else { 0.0 }
}

/// Waits that are drawn at once: so many that they overlap in the machine.
const TOGETHER: usize = 32;

/// Waits before one event after the other, drawn in stretches.
struct Waits {
    numbers: Counter,
    drawn: [f64; TOGETHER],
    next: usize,
    index: u64,
}

impl Waits {
    fn new(numbers: Counter) -> Self {
        Self { numbers, drawn: [0.0; TOGETHER], next: TOGETHER, index: 0 }
    }

    /// The next wait and the event it ends with.
    #[inline(always)]
    fn next(&mut self, waiting: &Waiting) -> (f64, Counter) {
        if self.next == TOGETHER {
            for (place, wait) in self.drawn.iter_mut().enumerate() {
                *wait = waiting.at(self.numbers.place(self.index + place as u64).draw(WAIT));
            }
            self.next = 0;
        }
        let wait = self.drawn[self.next];
        let event = self.numbers.place(self.index);
        self.next += 1;
        self.index += 1;
        (wait, event)
    }
}

/// Independent events over `years`: tells the year, the part of it that has passed, and the
/// event's numbers.
#[inline]
pub fn independent(rates: Rates<'_>, years: usize, numbers: Counter, mut strike: impl FnMut(usize, f64, Counter)) {
    let waiting = Waiting::table();
    let mut waits = Waits::new(numbers);
    match rates {
        Rates::Known(rate) => {
            let rate = usable(rate);
            if rate == 0.0 {
                return;
            }
            let (each, end) = (1.0 / rate, years as f64);
            let mut now = 0.0;
            loop {
                let (wait, event) = waits.next(waiting);
                now += wait * each;
                if now >= end {
                    return;
                }
                let year = now as usize;
                strike(year, now - year as f64, event);
            }
        }
        Rates::Column(rates) => {
            let rates = &rates[..years.min(rates.len())];
            let Some(first) = rates.first() else { return };
            let (mut year, mut rate) = (0, usable(*first));
            let mut left = rate;
            loop {
                let (mut wait, event) = waits.next(waiting);
                while wait >= left {
                    wait -= left;
                    year += 1;
                    let Some(next) = rates.get(year) else { return };
                    rate = usable(*next);
                    left = rate;
                }
                left -= wait;
                strike(year, 1.0 - left / rate, event);
            }
        }
    }
}

/// At most one event a year: those with `above` ≤ u < `below`.
#[inline]
pub fn at_most_one(
    above: Rates<'_>,
    below: Rates<'_>,
    years: usize,
    numbers: Counter,
    mut strike: impl FnMut(usize, f64, Counter),
) {
    for year in 0..years {
        let u = open_unit(numbers.bits(year as u64));
        let (above, below) = (above.get(year).min(1.0), below.get(year).min(1.0));
        if u >= above && u < below {
            strike(year, (u - above) / (below - above), numbers.place(year as u64));
        }
    }
}

/// So many events in every year, at any time of it, in the order of time.
pub fn exactly(events: usize, years: usize, numbers: Counter, mut strike: impl FnMut(usize, f64, Counter)) {
    let mut times: Vec<(f64, Counter)> = Vec::with_capacity(events);
    for year in 0..years {
        let of = |event: usize| numbers.place((year * events + event) as u64);
        times.clear();
        times.extend((0..events).map(|event| (open_unit(of(event).draw(WAIT)), of(event))));
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        times.iter().for_each(|(time, event)| strike(year, *time, *event));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(rates: Rates<'_>, years: usize) -> Vec<u32> {
        let mut counts = vec![0; years];
        let mut last = 0.0;
        independent(rates, years, Counter::from_key(4), |year, part, _| {
            assert!((0.0..=1.0).contains(&part) && year as f64 + part >= last);
            last = year as f64 + part;
            counts[year] += 1;
        });
        counts
    }

    #[test]
    fn counts_have_the_mean_and_the_variance_of_their_rate() {
        for rate in [1e-3, 0.3, 6.0, 900.0] {
            let years = if rate > 100.0 { 2_000 } else { 100_000 };
            let column = vec![rate; years];
            for rates in [Rates::Known(rate), Rates::Column(&column)] {
                let counts = counts(rates, years);
                let n = years as f64;
                let mean = counts.iter().map(|c| f64::from(*c)).sum::<f64>() / n;
                let variance = counts.iter().map(|c| (f64::from(*c) - mean).powi(2)).sum::<f64>() / n;
                assert!((mean - rate).abs() < 4.0 * (rate / n).sqrt(), "{rate}: {mean}");
                let error = ((rate + 2.0 * rate * rate) / n).sqrt();
                assert!((variance - rate).abs() < 4.0 * error, "{rate}: {variance}");
            }
        }
    }

    #[test]
    fn each_year_has_its_own_rate() {
        let column: Vec<f64> = (0..60_000).map(|year| [0.0, 0.5, f64::NAN, 4.0][year % 4]).collect();
        let counts = counts(Rates::Column(&column), column.len());
        let sum = |of: usize| counts.iter().skip(of).step_by(4).map(|c| f64::from(*c)).sum::<f64>() / 15_000.0;
        assert_eq!((sum(0), sum(2)), (0.0, 0.0));
        assert!((sum(1) - 0.5).abs() < 4.0 * (0.5_f64 / 15_000.0).sqrt());
        assert!((sum(3) - 4.0).abs() < 4.0 * (4.0_f64 / 15_000.0).sqrt());
    }

    #[test]
    fn at_most_one_event_comes_with_its_chance() {
        let mut counts = vec![0; 100_000];
        let (none, chance) = (Rates::Known(0.0), Rates::Known(0.25));
        at_most_one(none, chance, counts.len(), Counter::from_key(1), |year, _, _| counts[year] += 1);
        // More where the chance is greater, and none of those again.
        at_most_one(chance, Rates::Known(0.4), counts.len(), Counter::from_key(1), |year, _, _| counts[year] += 10);
        let part = |count: i32| counts.iter().filter(|c| **c == count).count() as f64 / counts.len() as f64;
        assert!((part(1) - 0.25).abs() < 0.006 && (part(10) - 0.15).abs() < 0.006 && part(11) == 0.0);
    }
}
