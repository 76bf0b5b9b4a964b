//! Do the ranges of a fitted loss hold what they say? A thousand random logs a row: `cargo bench --bench coverage`.
//!
//! Each log is drawn from a known family, with what a real one has: amounts below a threshold that were never written
//! down, amounts known only to be above a cap.

#![expect(clippy::print_stdout, clippy::disallowed_macros, reason = "a bench prints its table")]

use rosi::internal::stats::fit::{Family, Fit, Observation, Observed};
use rosi::internal::stats::rng::Stream;
use rosi::internal::stats::{Distribution, Gamma, Lognormal, Pareto};

const LOGS: u64 = 1000;
/// An average that may be off by more than this factor is a fault, not an answer.
const UNKNOWN: f64 = 10.0;

/// What a log of one kind told.
struct Told {
    /// ln(average told / true average), of the logs that told one.
    off: Vec<f64>,
    /// How often the range of the average held the true one.
    held: usize,
}

fn main() {
    let families = [
        ("lognormal, σ 0.8", Family::Lognormal, Lognormal::new(10.0, 0.8).map(Distribution::Lognormal)),
        ("lognormal, σ 1.5", Family::Lognormal, Lognormal::new(10.0, 1.5).map(Distribution::Lognormal)),
        ("gamma, shape 0.7", Family::Gamma, Gamma::new(0.7, 30_000.0).map(Distribution::Gamma)),
        ("Pareto, tail 2", Family::Pareto, Pareto::new(10_000.0, 2.0).map(Distribution::Pareto)),
    ];
    println!("| family | recorded | amounts | average, median log | held, says 90 % | answered |");
    println!("|---|---|---|---|---|---|");
    for (name, family, law) in families {
        let Ok(law) = law else { continue };
        let settings: &[(&str, f64, f64)] = if family == Family::Pareto {
            &[("from 10,000 on", 0.0, 1.0), ("from 10,000 on, tenth above a cap", 0.0, 0.9)]
        } else {
            &[("all", 0.0, 1.0), ("a fifth missing", 0.2, 1.0), ("tenth above a cap", 0.0, 0.9), ("both", 0.2, 0.9)]
        };
        for (how, missing, known) in settings {
            for amounts in [15, 30, 100] {
                let told = rehearse(family, &law, *missing, *known, amounts);
                let n = told.off.len();
                let mut off = told.off;
                off.sort_by(f64::total_cmp);
                let median = off.get(n / 2).copied().unwrap_or(f64::NAN);
                println!(
                    "| {name} | {how} | {amounts} | {:+.0} % | {:.0} % | {:.0} % |",
                    100.0 * libm::expm1(median),
                    100.0 * told.held as f64 / n.max(1) as f64,
                    100.0 * n as f64 / LOGS as f64
                );
            }
        }
    }
}

/// A thousand logs of so many amounts; those in the lowest part are missing, those beyond the highest are open.
fn rehearse(family: Family, law: &Distribution, missing: f64, known: f64, amounts: usize) -> Told {
    let mut told = Told { off: Vec::new(), held: 0 };
    let cap = if known < 1.0 { law.quantile(missing + (1.0 - missing) * known) } else { f64::INFINITY };
    let threshold = match family {
        Family::Pareto => 10_000.0,
        _ if missing > 0.0 => law.quantile(missing),
        _ => 0.0,
    };
    for log in 0..LOGS {
        let mut stream = Stream::new(1, "coverage", log);
        let seen = (0..amounts).map(|_| {
            let x = law.quantile(missing + (1.0 - missing) * stream.uniform());
            if x > cap { Observation::Above(cap) } else { Observation::Exact(x.max(threshold)) }
        });
        let data = Observed { observations: seen.collect(), threshold };
        let exact = data.observations.iter().filter(|one| matches!(one, Observation::Exact(_))).count();
        let Ok(fit) = Fit::new(family, &data) else { continue };
        let fair = fit.unbiased(exact, threshold > 0.0);
        let range = fair.log_range(exact, fair.error_of_log_mean);
        let off = libm::log(fair.mean() / law.mean());
        if !off.is_finite() || libm::exp(range) > UNKNOWN {
            continue;
        }
        told.off.push(off);
        told.held += usize::from(off.abs() <= range);
    }
    told
}
