//! The exact year against closed forms, against answers from elsewhere, and against its own laws.

mod chances;
mod jobs;

use super::{Request, year};
use crate::engine::OptionId;
use crate::engine::loss::LossModel;
use crate::engine::values::Values;
use crate::engine::year::Year;
use crate::model::{PlanId, RiskId};
use crate::scenario::{Source, parse};

/// The exact year of a scenario under all its plans.
fn exact_year(text: &str, amounts: &[f64]) -> Year {
    let source = Source::new("test.toml", text);
    let scenario = parse(&source).unwrap_or_else(|faults| panic!("{faults:#?}")).scenario;
    let model = LossModel::new(&scenario);
    let means = Values::means(&scenario);
    let plans: Vec<PlanId> = scenario.plans().ids().collect();
    year(&model, &means, &Request { plans: &plans, amounts, reached: amounts.len(), seed: 1 }).unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance * expected.abs(), "{found} is not {expected} to {tolerance:e}");
}

#[test]
fn a_layer_of_each_event_has_its_closed_form() {
    // X uniform on 0…100, 20 retained, 50 in the layer, a tenth coinsured: E[layer] = 27.5.
    let text = r#"
schema = 1
title = "t"
currency = "EUR"
[[risk]]
id = "r"
name = "R"
frequency = "2 per year"
loss.response = { shape = "uniform", min = "0", max = "100k" }
loss.fines = "3k"
[[insurance]]
id = "i"
premium = "1k"
retention = "20k"
limit = "50k"
coinsurance = "10%"
"#;
    let year = exact_year(text, &[0.0, 25e3]).today;
    close(year.recovered[RiskId(0)], 2.0 * 0.9 * 27.5e3, 1e-6);
    // Above 70 and what is not covered: 2 · (30²/200 + 3).
    close(year.uninsured[RiskId(0)], 2.0 * (4.5e3 + 3e3), 1e-6);
    close(year.total.mean, 2.0 * (50e3 + 3e3 - 0.9 * 27.5e3), 1e-6);
    // Of one event remain 3 + X below 20, then 3 + 20 + (X − 20)/10, then 28 + (X − 70).
    let second = {
        let n = 200_000;
        (0..n)
            .map(|i| 100e3 * (f64::from(i) + 0.5) / f64::from(n))
            .map(|x| (3e3 + x - 0.9 * (x - 20e3).clamp(0.0, 50e3)).powi(2))
            .sum::<f64>()
            / f64::from(n)
    };
    close(year.total.standard_deviation, (2.0 * second).sqrt(), 1e-5);
    close(year.total.chance_of_loss, 1.0 - (-2.0_f64).exp(), 1e-9);
}

#[test]
fn constant_losses_keep_their_atoms_under_a_policy() {
    let text = r#"
schema = 1
title = "t"
currency = "EUR"
[[risk]]
id = "r"
name = "R"
frequency = "1 per year"
loss.response = "90k"
[[insurance]]
id = "i"
premium = "1k"
retention = "20k"
limit = "50k"
"#;
    // 40 remain of each: 20 below and 20 above the layer.
    let total = exact_year(text, &[]).today.total;
    assert_eq!((total.quantiles[0], total.quantiles[1]), (Some(40e3), Some(80e3)));
}

/// A frequency that is a range, and controls whose every part is one: so many unknowns enter one rate.
fn uncertain_rate(controls: usize) -> String {
    let mut text = r#"
schema = 1
title = "t"
currency = "EUR"
[[risk]]
id = "r"
name = "R"
frequency = { low = "1 in 2 years", high = "3 per year" }
loss.response = "10k"
"#
    .to_owned();
    for control in 0..controls {
        text.push_str(&format!(
            "[[control]]\nid = \"c{control}\"\nname = \"C\"\ncost.yearly = \"1k per year\"\n\
             coverage = {{ min = \"70%\", likely = \"80%\", max = \"100%\" }}\n\
             reliability = {{ min = \"60%\", likely = \"90%\", max = \"95%\" }}\n\
             [[control.effect]]\nrisk = \"r\"\non = \"frequency\"\n\
             reduction = {{ min = \"20%\", likely = \"50%\", max = \"80%\" }}\n"
        ));
    }
    let ids: Vec<String> = (0..controls).map(|control| format!("\"c{control}\"")).collect();
    text + &format!("[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [{}]\n", ids.join(", "))
}

#[test]
fn many_unknowns_of_one_rate_keep_its_mean_and_its_variance() {
    // E[U] and E[U²] of a PERT on a…b with mode m: mean μ = (a + 4m + b)/6, variance (μ − a)(b − μ)/7.
    let pert = |a: f64, m: f64, b: f64| {
        let mean = (a + 4.0 * m + b) / 6.0;
        (mean, (mean - a) * (b - mean) / 7.0 + mean * mean)
    };
    let works: Vec<(f64, f64)> = vec![pert(0.7, 0.8, 1.0), pert(0.6, 0.9, 0.95), pert(0.2, 0.5, 0.8)];
    let first: f64 = works.iter().map(|moments| moments.0).product();
    let second: f64 = works.iter().map(|moments| moments.1).product();
    // A lognormal with these 5 % and 95 % points.
    let (mu, sigma) = (0.5 * (0.5_f64 * 3.0).ln(), (3.0_f64 / 0.5).ln() / (2.0 * 1.644_853_626_951_472_2));
    let (mean, square) = ((mu + 0.5 * sigma * sigma).exp(), (2.0 * mu + 2.0 * sigma * sigma).exp());
    for (controls, tolerance) in [(1, 1e-9), (2, 2e-3), (4, 5e-3)] {
        let n = i32::try_from(controls).unwrap();
        let rate = mean * (1.0 - first).powi(n);
        let rate_squared = square * (1.0 - 2.0 * first + second).powi(n);
        let year = exact_year(&uncertain_rate(controls), &[]).plans[OptionId(0)].total.clone();
        close(year.mean, 1e4 * rate, 1e-9);
        close(year.standard_deviation, 1e4 * (rate + rate_squared - rate * rate).sqrt(), tolerance);
    }
}
