//! Over a thousand random logs: are the fits right on average, and do the intervals cover what they say?

use super::goodness::{again, chance, ranked};
use super::rate::{Rate, clustering, dispersion, exact_interval};
use super::severity::{Family, Fit, Observation, Observed};
use super::tail::{Mean, tail_index};
use super::verdict::{Count, rate_ratio};
use crate::stats::rng::Stream;
use crate::stats::special::normal_quantile;

const LOGS: u64 = 1000;

/// A standard exponential draw: −ln(u).
fn exponential(stream: &mut Stream) -> f64 {
    -libm::log(stream.uniform())
}

/// A Poisson draw: how many standard exponential times pass within the mean.
fn poisson(stream: &mut Stream, mean: f64) -> u64 {
    let mut time = exponential(stream);
    let mut count = 0;
    while time < mean {
        time += exponential(stream);
        count += 1;
    }
    count
}

/// Whether a share of the logs is within four errors of what it should be.
#[track_caller]
fn covers(hits: u64, told: f64) {
    let share = hits as f64 / LOGS as f64;
    let error = (told * (1.0 - told) / LOGS as f64).sqrt();
    assert!((share - told).abs() < 4.0 * error, "{share} for {told}");
}

#[test]
fn a_rate_drawn_from_its_prior_lies_in_the_posterior_range_nine_times_in_ten() {
    let mut hits = 0;
    for log in 0..LOGS {
        let mut stream = Stream::new(1, "rates", log);
        // Gamma(2, 4): the sum of two waits.
        let rate = (exponential(&mut stream) + exponential(&mut stream)) / 4.0;
        let events = poisson(&mut stream, rate * 5.0);
        let known = Rate { shape: 2.0, years: 4.0 }.after(events, 5.0);
        hits += u64::from(rate > known.quantile(0.05) && rate < known.quantile(0.95));
    }
    covers(hits, 0.9);
}

#[test]
fn jeffreys_range_of_a_rate_covers_about_nine_in_ten_and_garwoods_at_least() {
    for mean in [1.5, 4.0, 12.0] {
        let (mut jeffreys, mut exact, mut sum) = (0, 0, 0.0);
        for log in 0..LOGS {
            let events = poisson(&mut Stream::new(2, "counts", log), mean);
            let known = Rate::JEFFREYS.after(events, 1.0);
            sum += known.mean();
            jeffreys += u64::from(known.quantile(0.05) <= mean && mean <= known.quantile(0.95));
            let (low, high) = exact_interval(events, 1.0, 0.9);
            exact += u64::from(low <= mean && mean <= high);
        }
        let share = jeffreys as f64 / LOGS as f64;
        assert!((0.82..=0.97).contains(&share), "{share} at {mean}");
        assert!(exact as f64 >= 0.875 * LOGS as f64, "{exact} at {mean}");
        // Half an event more than was seen, on average.
        assert!((sum / LOGS as f64 - mean - 0.5).abs() < 4.0 * (mean / LOGS as f64).sqrt());
    }
}

fn lognormals(label: &str, log: u64, mu: f64, sigma: f64, count: usize) -> Vec<f64> {
    let mut stream = Stream::new(3, label, log);
    (0..count).map(|_| libm::exp(mu + sigma * normal_quantile(stream.uniform()))).collect()
}

/// Mean and its standard error.
fn average(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

#[test]
fn lognormals_are_found_without_bias_also_behind_a_threshold_and_under_a_cap() {
    let (mu, sigma) = (10.0, 1.2);
    let (threshold, cap) = (libm::exp(9.0), libm::exp(11.5));
    let (mut whole, mut cut) = ((Vec::new(), Vec::new(), 0u64), (Vec::new(), Vec::new()));
    let mut means = 0u64;
    for log in 0..LOGS {
        let amounts = lognormals("whole", log, mu, sigma, 30);
        let data = Observed { observations: amounts.into_iter().map(Observation::Exact).collect(), threshold: 0.0 };
        let fit = Fit::new(Family::Lognormal, &data).unwrap();
        let fair = fit.unbiased(30, false);
        whole.0.push(fair.parameters[0]);
        whole.1.push(fair.parameters[1] * fair.parameters[1]);
        let off = (libm::log(fair.mean()) - (mu + 0.5 * sigma * sigma)).abs();
        means += u64::from(off <= fair.log_range(30, fair.error_of_log_mean));
        if log >= 300 {
            continue;
        }
        let kept = lognormals("cut", log, mu, sigma, 400).into_iter().filter(|x| *x > threshold);
        let seen = kept.map(|x| if x > cap { Observation::Above(cap) } else { Observation::Exact(x) });
        let data = Observed { observations: seen.collect(), threshold };
        let fit = Fit::new(Family::Lognormal, &data).unwrap();
        cut.0.push(fit.parameters[0]);
        cut.1.push(fit.parameters[1]);
    }
    for (values, truth, slack) in
        [(&whole.0, mu, 0.0), (&whole.1, sigma * sigma, 0.0), (&cut.0, mu, 0.03), (&cut.1, sigma, 0.02)]
    {
        let (mean, error) = average(values);
        assert!((mean - truth).abs() < 4.0 * error + slack, "{mean} ± {error} for {truth}");
    }
    covers(means, 0.9);
}

#[test]
fn forgetting_the_threshold_is_what_would_be_wrong() {
    // The same data without the threshold: the median is told half as large again.
    let threshold = libm::exp(9.5);
    let seen = lognormals("forgotten", 0, 10.0, 1.2, 2000).into_iter().filter(|x| *x > threshold);
    let observations: Vec<Observation> = seen.map(Observation::Exact).collect();
    let with = Fit::new(Family::Lognormal, &Observed { observations: observations.clone(), threshold }).unwrap();
    let without = Fit::new(Family::Lognormal, &Observed { observations, threshold: 0.0 }).unwrap();
    assert!((with.parameters[0] - 10.0).abs() < 0.2, "{:?}", with.parameters);
    assert!(without.parameters[0] > 10.4, "{:?}", without.parameters);
}

#[test]
fn a_pareto_tail_is_found_without_bias() {
    let mut tails = Vec::new();
    for log in 0..LOGS {
        let mut stream = Stream::new(4, "pareto", log);
        let amounts = (0..25).map(|_| Observation::Exact(1000.0 * libm::pow(stream.uniform(), -1.0 / 1.8)));
        let data = Observed { observations: amounts.collect(), threshold: 1000.0 };
        tails.push(Fit::new(Family::Pareto, &data).unwrap().unbiased(25, true).parameters[1]);
    }
    let (mean, error) = average(&tails);
    assert!((mean - 1.8).abs() < 4.0 * error, "{mean} ± {error}");
}

#[test]
fn gammas_are_found_and_their_means_are_the_averages_of_the_amounts() {
    let mut stream = Stream::new(5, "gamma", 0);
    let amounts: Vec<f64> = (0..800).map(|_| 100.0 * (exponential(&mut stream) + exponential(&mut stream))).collect();
    let mean = amounts.iter().sum::<f64>() / 800.0;
    let data = Observed { observations: amounts.into_iter().map(Observation::Exact).collect(), threshold: 0.0 };
    let fit = Fit::new(Family::Gamma, &data).unwrap();
    assert!((fit.mean() / mean - 1.0).abs() < 1e-6, "{fit:?}");
    assert!((fit.parameters[0] - 2.0).abs() < 0.3, "{fit:?}");
    assert_eq!(ranked(&data, &[Family::Lognormal, Family::Gamma]).first().map(|fit| fit.family), Some(Family::Gamma));
}

#[test]
fn the_chance_of_a_fit_is_evenly_spread_where_the_family_is_right_and_small_where_it_is_wrong() {
    let mut low = 0u64;
    let logs = 60;
    for log in 0..logs {
        let amounts = lognormals("right", log, 9.0, 1.0, 20);
        let data = Observed { observations: amounts.into_iter().map(Observation::Exact).collect(), threshold: 0.0 };
        let fit = Fit::new(Family::Lognormal, &data).unwrap();
        low += u64::from(chance(&fit, &data, &again(&fit, &data, 60, log).unwrap()) < 0.2);
    }
    let share = low as f64 / logs as f64;
    assert!((0.02..0.42).contains(&share), "{share}");
    // Two heaps far apart are no lognormal.
    let heaps =
        (0..40).map(|i| Observation::Exact(if i % 2 == 0 { 1000.0 + f64::from(i) } else { 90_000.0 + f64::from(i) }));
    let data = Observed { observations: heaps.collect(), threshold: 0.0 };
    let fit = Fit::new(Family::Lognormal, &data).unwrap();
    assert!(chance(&fit, &data, &again(&fit, &data, 100, 1).unwrap()) < 0.03);
}

#[test]
fn few_amounts_cannot_tell_a_finite_mean_from_an_infinite_one_and_many_light_ones_can() {
    let exponentials = |count: usize| {
        let mut stream = Stream::new(6, "light", 0);
        let amounts = (0..count).map(|_| Observation::Exact(1000.0 * exponential(&mut stream)));
        Observed { observations: amounts.collect(), threshold: 0.0 }
    };
    assert_eq!(tail_index(&exponentials(400), 0.9).unwrap().mean(), Mean::Finite);
    let few = tail_index(&exponentials(6), 0.9).unwrap();
    assert_eq!(few.mean(), Mean::CannotTell, "{few:?}");
    let mut stream = Stream::new(7, "heavy", 0);
    let heavy = (0..400).map(|_| Observation::Exact(1000.0 * libm::pow(stream.uniform(), -2.0)));
    let heavy = Observed { observations: heavy.collect(), threshold: 1000.0 };
    assert_eq!(tail_index(&heavy, 0.9).unwrap().mean(), Mean::Infinite);
    assert_eq!(tail_index(&exponentials(2), 0.9), None);
}

#[test]
fn the_profile_interval_of_a_tail_covers_nine_in_ten() {
    let logs = 200;
    let mut hits = 0;
    for log in 0..logs {
        let mut stream = Stream::new(8, "profile", log);
        // Generalised Pareto of index ½.
        let amounts = (0..60).map(|_| Observation::Exact(1000.0 + 2000.0 * (libm::pow(stream.uniform(), -0.5) - 1.0)));
        let mut observations: Vec<Observation> = amounts.collect();
        observations.truncate(19);
        let found = tail_index(&Observed { observations, threshold: 1000.0 }, 0.9).unwrap();
        hits += u64::from(found.low <= 0.5 && 0.5 <= found.high);
    }
    let share = hits as f64 / logs as f64;
    assert!((0.8..=0.97).contains(&share), "{share}");
}

#[test]
fn the_interval_of_a_rate_ratio_covers_nine_in_ten_at_least_and_a_fall_is_seen() {
    let (mut hits, mut surely) = (0, 0);
    for log in 0..LOGS {
        let mut stream = Stream::new(9, "ratio", log);
        let before = Count { events: poisson(&mut stream, 12.0), years: 3.0 };
        let after = Count { events: poisson(&mut stream, 4.0), years: 2.0 };
        let found = rate_ratio(before, after, 0.9);
        hits += u64::from(found.interval.0 <= 0.5 && 0.5 <= found.interval.1);
        surely += u64::from(found.fell > 0.5);
    }
    assert!(hits as f64 >= 0.88 * LOGS as f64, "{hits}");
    assert!(surely as f64 > 0.85 * LOGS as f64, "{surely}");
}

#[test]
fn clustering_is_told_from_chance() {
    let (mut alarms, mut sizes) = (0u64, Vec::new());
    for log in 0..LOGS {
        let mut stream = Stream::new(10, "clusters", log);
        let plain: Vec<u64> = (0..40).map(|_| poisson(&mut stream, 4.0)).collect();
        alarms += u64::from(dispersion(&plain).is_some_and(|found| found.chance < 0.05));
        if log < 200 {
            // Size 1: the rate of each year is exponential.
            let clustered: Vec<u64> = (0..60)
                .map(|_| {
                    let rate = exponential(&mut stream) * 4.0;
                    poisson(&mut stream, rate)
                })
                .collect();
            sizes.extend(clustering(&clustered));
        }
    }
    covers(alarms, 0.05);
    sizes.sort_by(f64::total_cmp);
    assert!((sizes[sizes.len() / 2] - 1.0).abs() < 0.15, "{}", sizes[sizes.len() / 2]);
}
