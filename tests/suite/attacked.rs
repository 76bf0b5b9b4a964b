//! Figures that a calculator of somebody else contradicted, with the right values.

use rosi::internal::engine::incremental::Outcome;
use rosi::internal::engine::{Analysis, MethodChoice, OptionId, Settings, analyse};
use rosi::internal::model::RiskId;
use rosi::internal::scenario::{Source, parse};

use crate::averages::near;

pub fn assessed(text: &str, settings: &Settings) -> Analysis {
    let text = format!(
        "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n[assumptions]\nhorizon = \"1 year\"\ndiscount_rate = \"0%\"\n{text}"
    );
    let parsed = parse(&Source::new("t.toml", text)).unwrap_or_else(|faults| panic!("{faults:#?}"));
    analyse(&parsed.scenario, settings).unwrap()
}

pub fn expected() -> Settings {
    Settings { method: MethodChoice::Expected, ..Settings::default() }
}

#[test]
fn a_step_counts_the_time_that_an_option_saves() {
    let found = assessed(
        r#"
[[risk]]
id = "a"
name = "A"
frequency = "1 per year"
loss.response = "100k"
[[control]]
id = "x"
name = "X"
effect = [{ risk = "a", on = "frequency", reduction = "50%" }]
cost.yearly = "10k"
[[control]]
id = "y"
name = "Y"
effect = [{ risk = "a", on = "frequency", reduction = "60%" }]
cost.yearly = "30k"
saves = { people = { time = "10 hours per week", rate = "100 per hour" } }
[[plan]]
id = "x"
name = "X"
controls = ["x"]
[[plan]]
id = "y"
name = "Y"
controls = ["y"]
"#,
        &expected(),
    );
    // 52,000 of time saved a year.
    let worth = |plan: usize| found.plans[OptionId(plan)].investment.net_present_value.to_f64();
    assert_eq!((worth(0), worth(1), found.recommended), (40_000.0, 82_000.0, Some(OptionId(1))));
    let last = found.steps.iter().find(|step| step.plan == OptionId(1)).unwrap();
    assert_eq!((last.against, last.outcome), (Some(OptionId(0)), Outcome::Better));
    assert_eq!((last.avoided.to_f64(), last.gains.to_f64(), last.value.to_f64()), (10_000.0, 52_000.0, 42_000.0));
}

#[test]
fn what_two_overlapping_policies_leave_is_known_to_a_part_in_a_thousand() {
    // One pays 90 %, one all above 10,000, together no more than the loss: ∫ 0.1 X² / (2X − 10,000), or 0.1 X.
    let found = assessed(
        r#"
[[risk]]
id = "a"
name = "A"
frequency = "0.65 per year"
loss.reputation = { low = "10k", high = "300k" }
[[insurance]]
id = "whole"
covers = ["reputation"]
coinsurance = "10%"
[[insurance]]
id = "above"
covers = ["reputation"]
retention = "10k"
"#,
        &expected(),
    );
    near(found.loss_today.to_f64(), 3_227.4, 1e-3);
}

#[test]
fn insurers_never_pay_more_than_the_loss() {
    let found = assessed(
        r#"
[[risk]]
id = "a"
name = "A"
frequency = "1 per year"
loss.response = { low = "10k", high = "80k" }
[[insurance]]
id = "whole"
[[insurance]]
id = "part"
limit = "50k"
"#,
        &expected(),
    );
    assert_eq!(found.loss_today.to_f64(), 0.0);
}

/// One event of 100,000 a year, and what a policy pays of it.
fn of_fixed_losses(policy: &str) -> Analysis {
    assessed(
        &format!(
            "[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"1 per year\"\nloss.response = \"100k\"\n[[insurance]]\nid = \"f\"\n{policy}"
        ),
        &Settings::default(),
    )
}

#[test]
fn annual_terms_of_fixed_losses_are_right_and_a_rare_year_is_no_alarm() {
    // Σ over Poisson counts n of min(n · 100,000, 600,000).
    let chance = |n: u32| (1..=n).fold((-1.0_f64).exp(), |chance, k| chance / f64::from(k));
    let kept = |limit: f64| (0..60).map(|n| chance(n) * (f64::from(n) * 1e5 - limit).max(0.0)).sum::<f64>();
    for limit in [600e3, 1e6] {
        let found = of_fixed_losses(&format!("annual_limit = \"{limit}\"\n"));
        near(found.loss_today.to_f64(), kept(limit), 1e-6);
        let year = found.year.unwrap();
        assert!(year.checks.iter().all(|check| check.agrees()), "{limit}: {:?}", year.checks);
    }
    // Layers of 50,000, an annual retention, and a limit that needs a finer step.
    let text = "retention = \"5k\"\nlimit = \"50k\"\nannual_retention = \"50k\"\nannual_limit = \"320k\"\ncoinsurance = \"10%\"\n";
    let paid = |n: u32| 0.9 * (f64::from(n) * 5e4 - 5e4).clamp(0.0, 320e3);
    let mean: f64 = (0..60).map(|n| chance(n) * paid(n)).sum();
    near(of_fixed_losses(text).loss_today.to_f64(), 1e5 - mean, 1e-6);
}

/// Of the case below, by twenty million drawn worlds: to about 25.
const EVPI: f64 = 24_440.0;

#[test]
fn perfect_information_lies_within_its_error() {
    for seed in 1..=6 {
        let found = assessed(
            r#"
[[risk]]
id = "a"
name = "A"
frequency = { low = "0.1 per year", high = "4 per year" }
loss.response = "100k"
[[control]]
id = "k"
name = "K"
effect = [{ risk = "a", on = "frequency", reduction = { shape = "uniform", min = "10%", max = "90%" } }]
cost.yearly = { min = "20k", likely = "40k", max = "120k" }
[[control]]
id = "m"
name = "M"
effect = [{ risk = "a", on = "loss", reduction = "30%" }]
cost.yearly = "20k"
[[plan]]
id = "p"
name = "P"
controls = ["k"]
[[plan]]
id = "q"
name = "Q"
controls = ["m"]
[[plan]]
id = "r"
name = "R"
controls = ["k", "m"]
"#,
            &Settings { seed: Some(seed), sensitivity: true, ..expected() },
        );
        let perfect = found.sensitivity.unwrap().perfect;
        assert!(
            (perfect.value - EVPI).abs() <= 3.5 * perfect.error + 60.0,
            "seed {seed}: {} ± {}",
            perfect.value,
            perfect.error
        );
    }
}

/// The mean over a number that is spread evenly.
fn over(low: f64, high: f64, of: &dyn Fn(f64) -> f64) -> f64 {
    const PARTS: u32 = 20_000;
    (0..PARTS).map(|k| of(low + (high - low) * (f64::from(k) + 0.5) / f64::from(PARTS))).sum::<f64>() / f64::from(PARTS)
}

/// The chance of so many events at a rate.
fn poisson(rate: f64, events: i32) -> f64 {
    (1..=events).fold((-rate).exp(), |chance, n| chance * rate / f64::from(n))
}

/// Two controls that stop everything and share part of their failures; of one it is not known how often it fails.
const FAIL_TOGETHER: &str = r#"
[[risk]]
id = "r"
name = "R"
frequency = "2 per year"
loss.response = "50k"
[[control]]
id = "a"
name = "A"
reliability = { shape = "uniform", min = "60%", max = "100%" }
effect = [{ risk = "r", on = "frequency", reduction = "100%" }]
cost.yearly = "1k"
fails_with = { group = "g", share = "30%" }
[[control]]
id = "b"
name = "B"
reliability = "70%"
effect = [{ risk = "r", on = "frequency", reduction = "100%" }]
cost.yearly = "1k"
fails_with = { group = "g", share = "30%" }
[[plan]]
id = "p"
name = "P"
controls = ["a", "b"]
"#;

#[test]
fn a_reliability_that_is_not_known_counts_by_who_fails_more_often() {
    let rate = |f: f64| 2.0 * (0.3 * f.min(0.3) + 0.7 * 0.3 * f);
    let year = assessed(FAIL_TOGETHER, &Settings::default()).year.unwrap();
    let total = &year.plans[OptionId(0)].total;
    near(total.chance_of_loss, 1.0 - over(0.0, 0.4, &|f| (-rate(f)).exp()), 1e-8);
    // Events come in numbers of 50,000 each: their square is known, too.
    let second = over(0.0, 0.4, &|f| rate(f) + rate(f) * rate(f));
    let first = over(0.0, 0.4, &rate);
    near(total.standard_deviation, 50e3 * (second - first * first).sqrt(), 1e-7);
    let policy = "[[insurance]]\nid = \"i\"\npremium = \"1k\"\nannual_retention = \"60k\"\n";
    let insured = assessed(&format!("{FAIL_TOGETHER}{policy}"), &expected());
    let paid = |f: f64| (2..40).map(|n| poisson(rate(f), n) * (50e3 * f64::from(n) - 60e3)).sum::<f64>();
    near(insured.plans[OptionId(0)].recovered.iter().map(|paid| paid.to_f64()).sum(), over(0.0, 0.4, &paid), 1e-6);
}

/// The chance of passing 20,000 in a year, today.
fn above_20k(text: &str) -> f64 {
    let limit = "[[appetite]]\nname = \"L\"\nloss = \"20k\"\nchance = \"5%\"\n";
    assessed(&format!("{text}{limit}"), &Settings::default()).year.unwrap().today.total.chance_above[0]
}

#[test]
fn single_amounts_stay_where_they_are_under_a_rate_of_any_width() {
    let risk = |loss: &str| {
        format!(
            "[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = {{ low = \"0.1 per year\", high = \"10 per year\" }}\n\
             loss.response = {loss}\n"
        )
    };
    // A lognormal whose 5 % and 95 % points are these.
    let mean = |of: &dyn Fn(f64) -> f64| {
        let at = |z: f64| {
            (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt() * of((z * 10_f64.ln() / 1.644_853_626_951_472_7).exp())
        };
        16.0 * over(-8.0, 8.0, &at)
    };
    let two = mean(&|rate| 1.0 - poisson(rate, 0) - 0.5 * poisson(rate, 1) - 0.25 * poisson(rate, 2));
    near(above_20k(&risk(r#"{ samples = ["10k", "30k"] }"#)), two, 1e-8);
    let policy = "[[insurance]]\nid = \"i\"\npremium = \"1k\"\ncoinsurance = \"50%\"\n";
    let half = mean(&|rate| 1.0 - poisson(rate, 0) - poisson(rate, 1));
    near(above_20k(&format!("{}{policy}", risk("\"40k\""))), half, 1e-8);
}

#[test]
fn layers_of_observed_amounts_are_added_up_one_by_one() {
    let found = assessed(
        r#"
[[risk]]
id = "r"
name = "R"
frequency = "1 per year"
loss.response = { samples = ["10k", "90k"] }
loss.replacement = { samples = ["10k", "30k", "50k", "10k", "50k", "20k", "10k"] }
[[insurance]]
id = "i"
premium = "1k"
retention = "100k"
limit = "200k"
"#,
        &expected(),
    );
    // Beside 90: nothing, 20, 40, nothing, 40, 10, nothing.
    near(found.recovered_today.iter().map(|paid| paid.to_f64()).sum(), 0.5 * 110e3 / 7.0, 1e-12);
}

#[test]
fn a_limit_that_is_the_retention_is_met_by_it_in_simulated_years() {
    let text = r#"
[[risk]]
id = "r"
name = "R"
frequency = "60%"
count = "at most one"
loss.response = { low = "10k", high = "200k" }
loss.reputation = { low = "10k", high = "90k" }
[[risk.secondary]]
chance = "50%"
loss.fines = { low = "10k", high = "100k" }
[[insurance]]
id = "i"
premium = "1k"
covers = ["response", "reputation", "fines"]
retention = "50000.10"
annual_limit = "100M"
[[appetite]]
name = "L"
loss = "50000.10"
chance = "5%"
[[appetite]]
name = "M"
loss = "49999"
chance = "5%"
"#;
    let settings = Settings { method: MethodChoice::Simulate, years: Some(20_000), ..Settings::default() };
    let total = assessed(text, &settings).year.unwrap().today.total;
    assert_eq!(total.chance_above[0], 0.0);
    assert!(total.chance_above[1] > 0.3, "{}", total.chance_above[1]);
}

#[test]
fn what_a_control_adds_is_right_where_one_ramps_while_another_starts() {
    let found = assessed(
        r#"
[[risk]]
id = "r"
name = "R"
frequency = "3 per year"
loss.response = "50k"
[[control]]
id = "a"
name = "A"
ramp = "18 months"
effect = [{ risk = "r", on = "frequency", reduction = "50%" }]
cost = {}
[[control]]
id = "b"
name = "B"
effect = [{ risk = "r", on = "frequency", reduction = "100%" }]
cost = {}
[[insurance]]
id = "p"
annual_limit = "80k"
[[plan]]
id = "ab"
name = "AB"
controls = ["a", { id = "b", start = "month 7" }]
[[plan]]
id = "b"
name = "B"
controls = [{ id = "b", start = "month 7" }]
"#,
        &expected(),
    );
    // E[min(50k N, 80k)] with N Poisson of the rate over the year, for every set of controls.
    let values: Vec<f64> = found.plans.iter().map(|plan| plan.investment.net_present_value.to_f64()).collect();
    assert!((values[0] - 59_057.00).abs() < 0.01 && (values[1] - 55_572.53).abs() < 0.01, "{values:?}");
    let added = &found.plans[OptionId(0)].contributions;
    let all = [0, 1].map(|place: usize| [added[place].last_in, added[place].shapley].map(|figure| figure.to_f64()));
    for (found, right) in all.as_flattened().iter().zip([3_484.47, 12_112.5, 38_316.37, 46_944.5]) {
        assert!((found - right).abs() < 2.0, "{all:?}");
    }
}

#[test]
fn the_error_of_a_value_holds_where_nothing_is_left_to_luck_in_several_ranges() {
    let found = assessed(
        r#"
[[risk]]
id = "a"
name = "A"
frequency = "1 per year"
loss.response = "194408.79"
[[risk]]
id = "b"
name = "B"
frequency = "1 per year"
loss.response = { low = "10k", high = "50k" }
[[shared_cause]]
id = "c"
name = "C"
frequency = "1 per year"
strikes = ["a", "b"]
[[control]]
id = "x"
name = "X"
coverage = "90%"
effect = [{ risk = "a", on = "loss", reduction = { min = "30.008%", likely = "54.201%", max = "78.393%" } }]
cost = {}
[[control]]
id = "y"
name = "Y"
coverage = "90%"
effect = [{ risk = "a", on = "loss.response", reduction = { min = "19.068%", likely = "28.119%", max = "37.169%" } }]
cost = {}
[[control]]
id = "z"
name = "Z"
coverage = "90%"
effect = [{ risk = "b", on = "loss", reduction = { min = "10%", likely = "20%", max = "60%" } }]
cost = {}
[[insurance]]
id = "p"
retention = "89384"
limit = "482302"
coinsurance = "10%"
risks = ["a"]
[[insurance]]
id = "q"
retention = "5k"
limit = "20k"
risks = ["b"]
[[plan]]
id = "all"
name = "All"
controls = ["x", "y", "z"]
"#,
        &expected(),
    );
    let plan = &found.plans[OptionId(0)];
    let (left, error) = (plan.net_loss(RiskId(0)).to_f64(), plan.investment.value_error);
    // By quadrature over both reductions.
    assert!((left - 137_419.57).abs() <= error, "{left} ± {error}");
    assert!(error < 200.0, "{error}");
}

#[test]
fn an_input_that_a_plan_does_not_touch_has_no_break_even() {
    let found = assessed(
        r#"
[[risk]]
id = "a"
name = "A"
frequency = { low = "1 per year", high = "8 per year" }
loss.response = { low = "5k", high = "80k", doubt = "40%" }
loss.fines = "3.9k"
[[risk]]
id = "b"
name = "B"
frequency = { low = "1 per year", high = "4 per year" }
loss.response = { low = "8k", high = "100k", doubt = "30%" }
[[control]]
id = "x"
name = "X"
effect = [{ risk = "a", on = "loss.response", reduction = { min = "10%", likely = "50%", max = "90%" } }]
cost.yearly = "90k"
[[insurance]]
id = "p"
retention = "5k"
limit = "30k"
sublimits = { response = "15k" }
[[insurance]]
id = "q"
retention = "10k"
limit = "50k"
[[plan]]
id = "x"
name = "X"
controls = ["x"]
"#,
        &Settings { sensitivity: true, ..expected() },
    );
    let inputs = &found.sensitivity.as_ref().unwrap().inputs;
    // The two inputs of the other risk's events.
    let untouched: Vec<_> = inputs.iter().filter(|input| input.mean > 1.5 && input.mean < 3.0).collect();
    assert!(!untouched.is_empty());
    for input in untouched {
        let swing = input.swings[OptionId(0)].map_or(0.0, |(low, high)| (high - low).abs());
        assert_eq!((input.break_even[OptionId(0)], swing < 1e-6), (None, true), "{input:?}");
    }
}

#[test]
fn time_saved_is_no_cost_below_zero_of_a_control() {
    let found = assessed(
        r#"
[[risk]]
id = "a"
name = "A"
frequency = "1 per year"
loss.response = "50k"
[[control]]
id = "x"
name = "X"
effect = [{ risk = "a", on = "loss", reduction = "50%" }]
cost = { initial = "10k", yearly = "5k" }
saves = { people = { time = "10 hours per week", rate = "100 per hour" } }
[[plan]]
id = "x"
name = "X"
controls = ["x"]
"#,
        &expected(),
    );
    let plan = &found.plans[OptionId(0)];
    assert_eq!(plan.contributions[0].cost.to_f64(), 15_000.0);
    assert_eq!(plan.contributions[0].shapley.to_f64(), plan.investment.net_present_value.to_f64());
    assert_eq!(plan.investment.net_present_value.to_f64(), 25_000.0 + 52_000.0 - 15_000.0);
}
