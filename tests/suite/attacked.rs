//! Figures that a calculator of somebody else contradicted, with the right values.

use rosi::internal::engine::incremental::Outcome;
use rosi::internal::engine::{Analysis, MethodChoice, OptionId, Settings, analyse};
use rosi::internal::scenario::{Source, parse};

use crate::averages::near;

fn assessed(text: &str, settings: &Settings) -> Analysis {
    let text = format!(
        "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n[assumptions]\nhorizon = \"1 year\"\ndiscount_rate = \"0%\"\n{text}"
    );
    let parsed = parse(&Source::new("t.toml", text)).unwrap_or_else(|faults| panic!("{faults:#?}"));
    analyse(&parsed.scenario, settings).unwrap()
}

fn expected() -> Settings {
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
