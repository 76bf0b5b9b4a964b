//! Every figure of `tests/reference/calibration.json`, worked out elsewhere, comes out here.

use serde_json::Value;

use super::cooke;
use super::goodness::distance;
use super::pool;
use super::rate::{Rate, clustering, dispersion, exact_interval, from_chance};
use super::severity::{Family, Fit, Observation, Observed, lognormal_through};
use super::verdict::{self, Count};
use crate::stats::distribution::{Distribution, Lognormal};

fn book() -> Value {
    serde_json::from_str(include_str!("../../../tests/reference/calibration.json")).unwrap()
}

#[track_caller]
fn close(found: f64, told: &Value, tolerance: f64) {
    let told = told.as_f64().unwrap();
    assert!((found - told).abs() <= tolerance * told.abs().max(1e-12), "{found} against {told}");
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn whole(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

#[test]
fn counts_give_the_rates_that_were_worked_out_elsewhere() {
    let book = book();
    for case in book["gamma_poisson"].as_array().unwrap() {
        let prior = numbers(&case["prior"]);
        let rate =
            Rate { shape: prior[0], years: prior[1] }.after(whole(&case["events"]), number(&case["exposure_years"]));
        close(rate.mean(), &case["mean"], 1e-12);
        for (chance, key) in [(0.05, "q05"), (0.5, "q50"), (0.95, "q95")] {
            close(rate.quantile(chance), &case[key], 1e-10);
        }
        let next = &case["predictive_next_year"];
        close(rate.chance_of(0, 1.0), &next["p0"], 1e-11);
        close(rate.chance_of(1, 1.0), &next["p1"], 1e-11);
        close(1.0 - rate.chance_of(0, 1.0), &next["p_ge1"], 1e-10);
        close(rate.mean(), &next["mean"], 1e-12);
        let sd = rate.standard_deviation();
        close(rate.mean() + sd * sd, &next["var"], 1e-11);
    }
    for case in book["gamma_from_90_interval"].as_array().unwrap() {
        let rate = Rate::from_range(number(&case["low"]), number(&case["high"])).unwrap();
        close(rate.shape, &case["shape"], 1e-8);
        close(rate.years, &case["rate"], 1e-8);
        close(rate.mean(), &case["mean"], 1e-8);
        close(rate.quantile(0.05), &case["check"][0], 1e-8);
        close(rate.quantile(0.95), &case["check"][1], 1e-8);
    }
    for case in book["garwood_interval_90"].as_array().unwrap() {
        let (low, high) = exact_interval(whole(&case["k"]), number(&case["T"]), 0.9);
        assert!((low - number(&case["lo"])).abs() < 1e-9, "{low}");
        close(high, &case["hi"], 1e-9);
    }
    let case = &book["zero_events_upper95"];
    let years = number(&case["exposure_years"]);
    close(exact_interval(0, years, 0.9).1, &case["exact"], 1e-9);
    assert!((exact_interval(0, years, 0.9).1 - number(&case["rule_of_three"])).abs() < 1e-3);
    for case in book["p_to_rate"].as_array().unwrap() {
        close(from_chance(number(&case["p"])), &case["rate"], 1e-12);
    }
    let case = &book["dispersion"];
    let counts: Vec<u64> = case["counts"].as_array().unwrap().iter().map(whole).collect();
    let found = dispersion(&counts).unwrap();
    close(found.index, &case["index"], 1e-12);
    close(found.statistic, &case["chi2"], 1e-12);
    close(found.chance, &case["p"], 1e-10);
    assert_eq!(found.freedom, whole(&case["df"]));
    assert!(clustering(&counts).is_some_and(|size| size > 0.5 && size < 20.0));
    assert_eq!(clustering(&[2, 2, 1, 2, 2, 1]), None);
}

fn amounts(value: &Value) -> Vec<Observation> {
    numbers(value).into_iter().map(Observation::Exact).collect()
}

#[track_caller]
fn lognormal_is(data: &Observed, case: &Value, tolerance: f64) -> Fit {
    let fit = Fit::new(Family::Lognormal, data).unwrap();
    close(fit.parameters[0], &case["mu"], tolerance);
    close(fit.parameters[1], case.get("sigma").unwrap_or(&case["sigma_mle"]), tolerance);
    if let Some(told) = case.get("loglik") {
        close(fit.log_likelihood, told, 1e-9);
    }
    fit
}

/// Thresholds, open amounts and bands of every family: parameters, likelihood, average and how sure it is.
#[test]
fn fits_of_small_logs_are_those_of_another_program() {
    let book: Value = serde_json::from_str(include_str!("../../../tests/reference/fits.json")).unwrap();
    for case in book["cases"].as_array().unwrap() {
        let observations = case["observations"].as_array().unwrap().iter().map(|seen| {
            if let Some(x) = seen["exact"].as_f64() {
                Observation::Exact(x)
            } else if let Some(x) = seen["above"].as_f64() {
                Observation::Above(x)
            } else {
                Observation::Between(number(&seen["between"][0]), number(&seen["between"][1]))
            }
        });
        let data = Observed { observations: observations.collect(), threshold: number(&case["threshold"]) };
        let families = [Family::Lognormal, Family::Gamma, Family::Pareto];
        let family = families.into_iter().find(|family| case["family"] == family.name()).unwrap();
        let fit = Fit::new(family, &data).unwrap();
        close(fit.parameters[0], &case["parameters"][0], 1e-5);
        close(fit.parameters[1], &case["parameters"][1], 1e-5);
        close(fit.log_likelihood, &case["log_likelihood"], 1e-9);
        close(fit.mean(), &case["mean"], 1e-5);
        close(fit.error_of_log_mean, &case["error_of_log_mean"], 1e-5);
    }
}

#[test]
fn amounts_give_the_lognormals_that_were_worked_out_elsewhere() {
    let book = book();
    let all = amounts(&book["lognormal_complete"]["data"]);
    let complete = Observed { observations: all.clone(), threshold: 0.0 };
    let fit = lognormal_is(&complete, &book["lognormal_complete"], 1e-9);
    close(fit.unbiased(12, false).parameters[1], &book["lognormal_complete"]["sigma_unbiased"], 1e-9);
    let gof = &book["gof"];
    let far = distance(&fit, &complete);
    close(far.largest, &gof["KS"], 1e-8);
    close(far.weighted, &gof["AD"], 1e-7);
    close(fit.criterion(), &gof["aic_lognormal"], 1e-9);
    // Closed form: σ²/n + σ⁴/2n is the variance of μ + σ²/2.
    let variance = fit.parameters[1] * fit.parameters[1];
    assert!((fit.error_of_log_mean - ((variance + 0.5 * variance * variance) / 12.0).sqrt()).abs() < 1e-5);

    let truncated = Observed { observations: all.clone(), threshold: 10_000.0 };
    let fit = lognormal_is(&truncated, &book["lognormal_left_truncated"], 1e-6);
    close(fit.mean(), &book["lognormal_left_truncated"]["mean"], 1e-5);

    let case = &book["lognormal_right_censored"];
    let mut censored = amounts(&case["observed"]);
    censored.extend([Observation::Above(200_000.0); 3]);
    lognormal_is(&Observed { observations: censored.clone(), threshold: 0.0 }, case, 1e-6);
    let both = Observed { observations: censored, threshold: 10_000.0 };
    lognormal_is(&both, &book["lognormal_truncated_and_censored"], 1e-6);

    let case = &book["lognormal_banded"];
    let mut banded = Vec::new();
    for band in case["bands"].as_array().unwrap() {
        let top = band[1].as_f64().unwrap_or(f64::INFINITY);
        banded.extend(vec![Observation::Between(number(&band[0]), top); whole(&band[2]) as usize]);
    }
    lognormal_is(&Observed { observations: banded, threshold: 0.0 }, case, 1e-6);

    let pareto = Fit::new(Family::Pareto, &truncated).unwrap();
    let case = &book["pareto_hill"];
    close(pareto.parameters[1], &case["alpha"], 1e-8);
    close(pareto.unbiased(12, true).parameters[1], &case["alpha_unbiased"], 1e-8);
    close(pareto.parameters[1] / 12f64.sqrt(), &case["se"], 1e-8);
    close(pareto.log_likelihood, &case["loglik"], 1e-10);
    close(pareto.criterion(), &gof["aic_pareto"], 1e-9);
    assert_eq!(pareto.mean(), f64::INFINITY);

    for case in book["two_exceedance_points"].as_array().unwrap() {
        let point = |i: usize| (number(&case["points"][i][0]), number(&case["points"][i][1]));
        let (mu, sigma) = lognormal_through(point(0), point(1));
        close(mu, &case["mu"], 1e-9);
        close(sigma, &case["sigma"], 1e-9);
        let range = Lognormal::new(mu, sigma).map(Distribution::Lognormal).unwrap();
        close(range.mean(), &case["mean"], 1e-8);
        close(range.quantile(0.9), &case["p90"], 1e-8);
        close(range.quantile(0.5), &case["median"], 1e-8);
    }
    // A median beside a 90 % range shows how far the three are from a lognormal.
    let case = &book["quantrr"];
    let range = Lognormal::from_interval(number(&case["p05"]), number(&case["p95"]), 0.9).unwrap();
    let (mu, sigma) = range.logs();
    close(mu, &case["mu"], 1e-9);
    close(sigma, &case["sigma"], 1e-9);
    assert!((number(&case["p50"]) / libm::exp(mu) - 1.0 - number(&case["mdiff"])).abs() < 1e-9);
}

#[test]
fn judgements_pool_as_was_worked_out_elsewhere() {
    let book = book();
    let pools = &book["pools"];
    let logs: Vec<(f64, f64)> = pools["experts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|person| (number(&person["median"]).ln(), number(&person["sigma"])))
        .collect();
    let ranges = |weights: [f64; 2]| -> Vec<(Distribution, f64)> {
        logs.iter()
            .zip(weights)
            .map(|((m, s), w)| (Distribution::Lognormal(Lognormal::new(*m, *s).unwrap()), w))
            .collect()
    };
    for (key, weights) in [("linear_equal", [1.0, 1.0]), ("linear_weights_25_75", [0.25, 0.75])] {
        for (p, told) in pools[key].as_object().unwrap() {
            close(pool::linear_quantile(&ranges(weights), p.parse().unwrap()), told, 1e-8);
        }
    }
    close(pool::linear_mean(&ranges([1.0, 1.0])), &pools["linear_mean"], 1e-10);
    let (mu, sigma) = pool::logarithmic(&[(logs[0], 0.5), (logs[1], 0.5)]);
    close(mu, &pools["log_equal"]["mu"], 1e-12);
    close(sigma, &pools["log_equal"]["sigma"], 1e-12);
    let average = &pools["quantile_average_of_logs"];
    close(pool::average_quantile(&ranges([1.0, 1.0]), 0.5).ln(), &average["mu"], 1e-12);
    let wide = pool::average_quantile(&ranges([1.0, 1.0]), 0.841_344_746_068_542_9).ln();
    close(wide - number(&average["mu"]), &average["sigma"], 1e-9);

    for case in book["cooke_calibration"].as_array().unwrap() {
        let counts: Vec<u64> = case["counts"].as_array().unwrap().iter().map(whole).collect();
        let counts = [counts[0], counts[1], counts[2], counts[3]];
        assert!((cooke::divergence(&counts) - number(&case["I"])).abs() < 1e-12);
        close(cooke::calibration(&counts), &case["calibration"], 1e-8);
        let answers = counts.iter().sum::<u64>() as f64;
        assert!((2.0 * answers * cooke::divergence(&counts) - number(&case["statistic"])).abs() < 1e-11);
    }
    for case in book["cooke_information"].as_array().unwrap() {
        let q = numbers(&case["quantiles"]);
        let range = numbers(&case["range"]);
        let found = cooke::information(&[q[0], q[1], q[2]], (range[0], range[1]), case["log"].as_bool().unwrap());
        close(found, &case["value"], 1e-10);
    }
    for case in book["quiz_binomial"].as_array().unwrap() {
        let (hits, n) = (whole(&case["hits"]), whole(&case["n"]));
        close(verdict::hits_at_most(hits, n, 0.9), &case["p_le"], 1e-9);
        close(verdict::expected_coverage(hits, n), &case["posterior_mean_coverage"], 1e-12);
    }
}

#[test]
fn what_came_is_judged_as_was_worked_out_elsewhere() {
    let book = book();
    for case in book["before_after"].as_array().unwrap() {
        let count = |key: &str| Count { events: whole(&case[key][0]), years: number(&case[key][1]) };
        let found = verdict::rate_ratio(count("before"), count("after"), 0.9);
        assert!((found.ratio - number(&case["rate_ratio"])).abs() < 1e-12);
        assert!((found.interval.0 - number(&case["ci90"][0])).abs() < 1e-9, "{found:?}");
        close(found.interval.1, &case["ci90"][1], 1e-9);
        close(found.fell, &case["p_rate_fell_jeffreys"], 1e-9);
        assert!((1.0 - found.ratio - number(&case["reduction"])).abs() < 1e-12);
    }
    for case in book["kupiec"].as_array().unwrap() {
        let found = verdict::kupiec(whole(&case["exceedances"]), whole(&case["years"]), number(&case["p"]));
        assert!((found.statistic - number(&case["LR"])).abs() < 1e-9);
        close(found.chance, &case["p_value"], 1e-9);
    }
    let tails = &book["poisson_tail"];
    close(1.0 - verdict::poisson_at_most(4, 2.0), &tails[0]["p_ge"], 1e-10);
    close(verdict::poisson_at_most(0, 0.4), &tails[1]["p_le"], 1e-12);
}
