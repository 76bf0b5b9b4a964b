//! Obligations and the time to containment: by closed forms, the same from every method, with faults that help.

use rosi::internal::diagnostic::Code;
use rosi::internal::engine::{MethodChoice, OptionId};
use rosi::internal::scenario::{Source, parse};

use crate::averages::{codes, near, worked_out};

/// The year of today by both methods: average, chances and bad years agree, the average is this.
#[track_caller]
fn both_methods_agree(text: &str, expected: f64) {
    let [exact, simulated] = [MethodChoice::Exact, MethodChoice::Simulate].map(|method| worked_out(text, method));
    near(exact.loss_today.to_f64(), expected, 1e-9);
    let [exact, simulated] = [exact.year.unwrap(), simulated.year.unwrap()];
    near(exact.today.total.mean, expected, 1e-3);
    near(simulated.today.total.mean, expected, 0.02);
    near(simulated.today.total.standard_deviation, exact.today.total.standard_deviation, 0.05);
    for (exact, simulated) in exact.today.total.quantiles.iter().zip(&simulated.today.total.quantiles) {
        if let (Some(exact), Some(simulated)) = (exact, simulated) {
            assert!((exact - simulated).abs() <= 0.06 * exact.abs() + 1.0, "{exact} {simulated}");
        }
    }
}

const DUTY: &str = r#"
schema = 1
title = "Duties"
currency = "EUR"
organisation = { turnover = "400M" }
[[risk]]
id = "laptop"
name = "Laptop lost"
frequency = "2 per year"
[risk.loss]
response = "1k"
[[obligation]]
id = "gdpr"
name = "GDPR: security of processing"
regime = "GDPR 83(4)"
risks = ["laptop"]
reported = "60%"
notification = "12k"
acts = "5%"
audits = "40k"
fined = "2%"
fine = "100k"
[[control]]
id = "encryption"
name = "Encryption"
[[control.effect]]
risk = "laptop"
on = "secondary.chance"
reduction = "50%"
[control.cost]
initial = "5k"
[[plan]]
id = "core"
name = "Core"
controls = ["encryption"]
"#;

#[test]
fn a_duty_costs_what_its_chain_of_chances_says() {
    // 2 × (1,000 + 0.6 × 12,000 + 0.03 × 40,000 + 0.0006 × 100,000)
    let today = 2.0 * (1_000.0 + 7_200.0 + 1_200.0 + 60.0);
    both_methods_agree(DUTY, today);
    let analysis = worked_out(DUTY, MethodChoice::Expected);
    near(analysis.plans[OptionId(0)].loss.to_f64(), 2.0 * (1_000.0 + 0.5 * (7_200.0 + 1_200.0 + 60.0)), 1e-12);
}

#[test]
fn no_fine_comes_without_a_report() {
    // One event at most, all steps known: the loss has four values, and the fine only with all before it.
    let text = DUTY
        .replace("frequency = \"2 per year\"", "frequency = \"100%\"\ncount = \"at most one\"")
        .replace("acts = \"5%\"", "acts = \"50%\"")
        .replace("fined = \"2%\"", "fined = \"40%\"");
    both_methods_agree(&text, 1_000.0 + 0.6 * 12_000.0 + 0.3 * 40_000.0 + 0.12 * 100_000.0);
    for method in [MethodChoice::Exact, MethodChoice::Simulate] {
        let year = worked_out(&text, method).year.unwrap();
        // Variance of 1,000 (40 %), 13,000 (30 %), 53,000 (18 %), 153,000 (12 %).
        let values = [(0.4, 1.0), (0.3, 13.0), (0.18, 53.0), (0.12, 153.0)];
        let mean: f64 = values.iter().map(|(p, x)| p * x).sum();
        let deviation = values.iter().map(|(p, x)| p * (x - mean) * (x - mean)).sum::<f64>().sqrt() * 1e3;
        near(year.today.total.standard_deviation, deviation, 0.01);
    }
}

#[test]
fn a_fine_counts_as_its_ceiling_at_most() {
    let text = DUTY
        .replace("fine = \"100k\"", "fine = { low = \"1M\", high = \"60M\" }")
        .replace("fined = \"2%\"", "fined = \"100%\"");
    let range = rosi::internal::stats::Distribution::lognormal(1e6, 60e6).unwrap();
    // 2 % of 400 million are less than 10 million.
    let today = 2.0 * (1_000.0 + 7_200.0 + 1_200.0 + 0.03 * range.limited_mean(10e6));
    both_methods_agree(&text, today);
    let above = text.replace("low = \"1M\", high = \"60M\"", "min = \"11M\", likely = \"20M\", max = \"60M\"");
    assert_eq!(codes(&above), [Code::OutOfRange]);
}

#[test]
fn faults_of_an_obligation_say_what_is_missing() {
    assert_eq!(codes(DUTY), []);
    assert_eq!(codes(&DUTY.replace("organisation = { turnover = \"400M\" }", "")), [Code::Missing]);
    assert_eq!(codes(&DUTY.replace("acts = \"5%\"\n", "")), [Code::Missing, Code::Missing]);
    assert_eq!(codes(&DUTY.replace("currency = \"EUR\"", "currency = \"GBP\"")), [Code::OtherCurrency]);
    assert_eq!(codes(&DUTY.replace("fined = \"2%\"", "fined = \"60%\"")), [Code::Figure]);
    assert_eq!(codes(&DUTY.replace("risks = [\"laptop\"]", "risks = [\"lapto\"]")), [Code::UnknownId]);
    let becomes = DUTY.replace("reduction = \"50%\"", "becomes = \"10%\"");
    assert_eq!(codes(&becomes), [Code::NoSuchFactor]);
    let bare = DUTY.replace("notification = \"12k\"\n", "").replace("audits = \"40k\"\n", "");
    assert_eq!(codes(&bare), [Code::NotCounted]);
    let pounds = DUTY.replace("currency = \"EUR\"", "currency = \"GBP\"\nexchange_rates = { EUR = \"0.85\" }");
    let parsed = parse(&Source::new("t.toml", pounds)).unwrap();
    let duty = parsed.scenario.obligations().first().unwrap();
    near(f64::try_from(duty.ceiling.unwrap()).unwrap(), 8.5e6, 1e-12);
}

const DWELL: &str = r#"
schema = 1
title = "Time"
currency = "EUR"
[[risk]]
id = "intrusion"
name = "Break-in"
frequency = "0.5 per year"
[risk.loss]
replacement = "50k"
[risk.dwell]
time = { shape = "gamma", mean = "14 days", sd = "14 days" }
per_day = "4k"
then = { after = "30 days", loss = "2M" }
[[control]]
id = "night"
name = "Night shift"
[[control.effect]]
risk = "intrusion"
on = "dwell"
becomes = { shape = "gamma", mean = "7 days", sd = "7 days" }
[control.cost]
yearly = "60k"
[[plan]]
id = "core"
name = "Core"
controls = ["night"]
"#;

/// The loss of an event whose time is exponential: θ = after / ln 2.
fn exponential(mean: f64) -> f64 {
    let theta = 30.0 / std::f64::consts::LN_2;
    50e3 + 4e3 * mean + 2e6 * mean / (mean + theta)
}

#[test]
fn the_time_to_containment_costs_what_the_closed_form_says() {
    both_methods_agree(DWELL, 0.5 * exponential(14.0));
    let analysis = worked_out(DWELL, MethodChoice::Expected);
    near(analysis.plans[OptionId(0)].loss.to_f64(), 0.5 * exponential(7.0), 1e-9);
    // Where the control works six times in ten.
    let partly = DWELL.replace("name = \"Night shift\"", "name = \"Night shift\"\ncoverage = \"60%\"");
    let analysis = worked_out(&partly, MethodChoice::Expected);
    near(analysis.plans[OptionId(0)].loss.to_f64(), 0.5 * (0.6 * exponential(7.0) + 0.4 * exponential(14.0)), 1e-9);
    let [exact, simulated] = [MethodChoice::Exact, MethodChoice::Simulate].map(|method| worked_out(&partly, method));
    let [exact, simulated] = [exact, simulated].map(|analysis| analysis.year.unwrap().plans[OptionId(0)].total.clone());
    near(exact.mean, 0.5 * (0.6 * exponential(7.0) + 0.4 * exponential(14.0)), 1e-3);
    near(simulated.mean, exact.mean, 0.02);
    near(simulated.standard_deviation, exact.standard_deviation, 0.03);
}

#[test]
fn insurers_pay_for_the_days_by_what_became_of_the_next_stage() {
    // One policy on its own, and two that overlap beyond the loss.
    let policy = |id: &str, retention: &str| {
        format!(
            "[[insurance]]\nid = \"{id}\"\npremium = \"10k\"\nretention = \"{retention}\"\nlimit = \"1.5M\"\ncovers = [\"response\", \"replacement\"]\n"
        )
    };
    let one = format!("{DWELL}{}", policy("one", "60k"));
    let [exact, simulated] = [MethodChoice::Exact, MethodChoice::Simulate].map(|method| worked_out(&one, method));
    let expected = exact.loss_today.to_f64();
    // By a sum over four million equal parts of the chance.
    near(expected, 101_481.484_83, 1e-7);
    near(exact.year.unwrap().today.total.mean, expected, 1e-5);
    near(simulated.year.unwrap().today.total.mean, expected, 0.02);
    let two = format!("{one}{}", policy("two", "100k"));
    let simulated = worked_out(&two, MethodChoice::Simulate);
    near(simulated.year.unwrap().today.total.mean, simulated.loss_today.to_f64(), 0.03);
}

#[test]
fn a_long_event_is_dear_twice() {
    // One event a year: E[(rD + L B)²] with E[D B] by the derivative of the transform.
    let text = DWELL
        .replace("frequency = \"0.5 per year\"", "frequency = \"100%\"\ncount = \"at most one\"")
        .replace("[risk.loss]\nreplacement = \"50k\"\n", "");
    let (mean, theta) = (14.0, 30.0 / std::f64::consts::LN_2);
    let kept = theta / (mean + theta);
    // E[D e^(−D/θ)] = m kept²; E[D²] = 2 m².
    let both = mean - mean * kept * kept;
    let second = 16e6 * 2.0 * mean * mean + 2.0 * 4e3 * 2e6 * both + 4e12 * (1.0 - kept);
    let first = 4e3 * mean + 2e6 * (1.0 - kept);
    let deviation = (second - first * first).sqrt();
    for method in [MethodChoice::Exact, MethodChoice::Simulate] {
        near(worked_out(&text, method).year.unwrap().today.total.standard_deviation, deviation, 0.01);
    }
}

#[test]
fn faults_of_the_time_say_what_to_write() {
    assert_eq!(codes(DWELL), []);
    assert_eq!(
        codes(&DWELL.replace("per_day = \"4k\"\nthen = { after = \"30 days\", loss = \"2M\" }\n", "")),
        [Code::Missing]
    );
    let reduced =
        DWELL.replace("becomes = { shape = \"gamma\", mean = \"7 days\", sd = \"7 days\" }", "reduction = \"50%\"");
    assert_eq!(codes(&reduced), [Code::Contradiction]);
    let doubted = DWELL.replace("sd = \"14 days\" }", "sd = \"14 days\", doubt = \"30%\" }");
    assert_eq!(codes(&doubted), [Code::Contradiction]);
    assert_eq!(codes(&DWELL.replace("after = \"30 days\"", "after = \"0 days\"")), [Code::OutOfRange]);
    let days = DWELL.replace("then = { after = \"30 days\", loss = \"2M\" }\n", "");
    near(worked_out(&days, MethodChoice::Expected).loss_today.to_f64(), 0.5 * (50e3 + 56e3), 1e-12);
    let stage = DWELL.replace("per_day = \"4k\"\n", "");
    both_methods_agree(&stage, 0.5 * (exponential(14.0) - 56e3));
}
