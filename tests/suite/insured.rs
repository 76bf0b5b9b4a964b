//! Under a policy advice stands on the same averages as the plans: against closed forms, and against the file edited.

use rosi::internal::engine::optimise::{Patience, Question, optimise};
use rosi::internal::engine::{Analysis, MethodChoice, OptionId, Settings, analyse};
use rosi::internal::model::{ControlId, Scenario};
use rosi::internal::scenario::{Source, parse};

use crate::averages::near;

fn informed(text: &str) -> (Scenario, Analysis) {
    let text = format!("schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n{text}");
    let parsed = parse(&Source::new("t.toml", text)).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let settings = Settings { method: MethodChoice::Expected, sensitivity: true, ..Settings::default() };
    let analysis = analyse(&parsed.scenario, &settings).unwrap();
    (parsed.scenario, analysis)
}

/// One year of which every part counts whole.
const ONE_YEAR: &str = "[assumptions]\nhorizon = \"1 year\"\ndiscount_rate = \"0%\"\n";

fn value(analysis: &Analysis, plan: usize) -> f64 {
    analysis.plans[OptionId(plan)].investment.net_present_value.to_f64()
}

/// One event of 100,000 a year, a retention of 25,000, a control for 1,000 that takes a part of the loss.
fn of_one_control(reduction: &str) -> String {
    format!(
        r#"{ONE_YEAR}
[[risk]]
id = "r"
name = "R"
frequency = "1 per year"
loss.response = "100k"
[[control]]
id = "a"
name = "A"
effect = [{{ risk = "r", on = "loss", reduction = {reduction} }}]
cost.initial = "1k"
[[insurance]]
id = "i"
retention = "25k"
[[plan]]
id = "p"
name = "P"
controls = ["a"]
"#
    )
}

#[test]
fn a_reduction_of_any_size_under_a_retention_is_worth_what_the_page_says() {
    let (scenario, analysis) = informed(&of_one_control(r#"{ shape = "uniform", min = "0%", max = "100%" }"#));
    near(value(&analysis, 0), 2_125.0, 1e-4);
    let part = &analysis.plans[OptionId(0)].contributions[0];
    [part.alone, part.last_in, part.shapley].into_iter().for_each(|of| near(of.to_f64(), 2_125.0, 1e-4));
    let found = analysis.sensitivity.unwrap();
    let of = |path: &str| found.inputs.iter().find(|input| scenario.estimate(input.estimate).path == path).unwrap();
    let reduction = of("control.a.effect.reduction");
    let (low, high) = reduction.swings[OptionId(0)].unwrap();
    near(low, -1_000.0, 2e-3);
    near(high, 14_000.0, 1e-3);
    near(reduction.break_even[OptionId(0)].unwrap(), 0.76, 1e-3);
    near(reduction.information.unwrap(), 755.0, 5e-3);
    // Of one unknown all that can be known is this.
    near(found.perfect.value, 755.0, 5e-3);
    let patience = Patience { clock: &|| 0.0, seconds: 1.0 };
    let best = optimise(&scenario, &Question::default(), &Settings::default(), patience, &|_| ()).unwrap().chosen;
    assert!(best.controls == [ControlId(0)] && best.proved, "{best:?}");
    // Weights move the whole range: a loss of 110,000 leaves 100,000 · E[max(r − 17/22, 0)] · 1.1 avoided.
    let weights = analysis.weights.unwrap().changes;
    let loss = of("risk.r.loss.response").estimate;
    let avoided = 110_000.0 * 0.5 * (5.0_f64 / 22.0).powi(2);
    near(weights[loss], avoided - 3_125.0, 1e-2);
}

#[test]
fn a_part_of_a_plan_is_worth_what_the_plan_of_it_is_under_a_policy() {
    let ranges = r#"{ shape = "uniform", min = "0%", max = "100%" }"#;
    let control = |id: &str, effects: &str, coverage: &str, cost: &str| {
        format!(
            "[[control]]\nid = \"{id}\"\nname = \"{id}\"\n{coverage}effect = [{effects}]\ncost.initial = \"{cost}\"\n"
        )
    };
    let on = |risk: &str, factor: &str| format!("{{ risk = \"{risk}\", on = \"{factor}\", reduction = {ranges} }}");
    let plan =
        |id: &str, controls: &str| format!("[[plan]]\nid = \"{id}\"\nname = \"{id}\"\ncontrols = [{controls}]\n");
    let text = |annual: &str| {
        [
            "[assumptions]\nhorizon = \"2 years\"\ndiscount_rate = \"5%\"\n",
            "[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = { low = \"0.5 per year\", high = \"3 per year\" }\n\
             loss.response = { low = \"40k\", high = \"300k\" }\n",
            "[[risk]]\nid = \"s\"\nname = \"S\"\nfrequency = \"1 per year\"\nloss.response = \"150k\"\n",
            &control("a", &format!("{}, {}", on("r", "loss"), on("s", "frequency")), "", "10k"),
            &control(
                "b",
                &on("r", "frequency"),
                "coverage = { min = \"40%\", likely = \"70%\", max = \"90%\" }\n",
                "8k",
            ),
            &control("c", &on("s", "loss"), "", "5k"),
            &format!("[[insurance]]\nid = \"i\"\nretention = \"50k\"\nlimit = \"100k\"\n{annual}"),
            &plan("all", "\"a\", \"b\", \"c\""),
            &plan("a1", "\"a\""),
            &plan("b1", "\"b\""),
            &plan("c1", "\"c\""),
            &plan("bc", "\"b\", \"c\""),
            &plan("ac", "\"a\", \"c\""),
            &plan("ab", "\"a\", \"b\""),
        ]
        .concat()
    };
    for (annual, within) in [("", 1e-6), ("annual_limit = \"150k\"\n", 0.01)] {
        let (_, analysis) = informed(&text(annual));
        let all = value(&analysis, 0);
        for (control, part) in analysis.plans[OptionId(0)].contributions.iter().enumerate() {
            let (alone, rest) = (value(&analysis, 1 + control), value(&analysis, 4 + control));
            let is = |found: f64, expected: f64| {
                assert!((found - expected).abs() <= within * all, "{annual}{control}: {found} is not {expected}");
            };
            is(part.alone.to_f64(), alone);
            is(part.last_in.to_f64(), all - rest);
        }
    }
}

#[test]
fn a_full_layer_at_the_mean_of_an_unknown_is_not_full_everywhere() {
    // Layers of 100,000 under the same limit a year: full where at most half of a loss of 200,000 is taken off.
    let text = r#"
[[risk]]
id = "r"
name = "R"
frequency = { shape = "uniform", min = "0.2 per year", max = "2 per year" }
loss.response = "200k"
[[risk]]
id = "s"
name = "S"
frequency = "2 per year"
loss.response = "200k"
[[control]]
id = "a"
name = "A"
effect = [
    { risk = "r", on = "frequency", reduction = { shape = "uniform", min = "0%", max = "100%" } },
    { risk = "s", on = "loss", reduction = { shape = "uniform", min = "40%", max = "60%" } },
]
cost = {}
[[insurance]]
id = "i"
retention = "0"
limit = "100k"
annual_limit = "100k"
[[plan]]
id = "p"
name = "P"
controls = ["a"]
"#;
    let (_, analysis) = informed(&format!("{ONE_YEAR}{text}"));
    let over = |f: &dyn Fn(f64) -> f64, from: f64, to: f64| {
        let steps = 2_000;
        (0..steps).map(|k| f(from + (to - from) * (f64::from(k) + 0.5) / f64::from(steps))).sum::<f64>()
            / f64::from(steps)
    };
    // No event of r with or without the control, and one event of s of 95,000 on average with it.
    let (none, none_with) = (over(&|f| (-f).exp(), 0.2, 2.0), over(&|f| (1.0 - (-f).exp()) / f, 0.2, 2.0));
    let none_of_s = (-2.0_f64).exp();
    let paid = 100e3 * (1.0 - none * none_of_s);
    let paid_with = 100e3 * (1.0 - none_with * none_of_s * (1.0 + 2.0 * 0.05));
    let (lost, lost_with) = (200e3 * (1.1 + 2.0), 200e3 * (0.55 + 1.0));
    near(value(&analysis, 0), lost - lost_with - (paid - paid_with), 1e-4);
}

#[test]
fn a_promise_that_reaches_half_of_the_events_is_half_a_promise() {
    let text = |coverage: &str, effect: &str| {
        format!(
            r#"
schema = 1
title = "T"
currency = "EUR"
[[risk]]
id = "r"
name = "R"
frequency = "2 per year"
loss.response = "50k"
[risk.dwell]
time = "14 days"
per_day = "4k"
[[control]]
id = "c"
name = "C"
coverage = "{coverage}"
effect = [{{ risk = "r", on = "dwell", becomes = "2 days" }}{effect}]
cost = {{}}
[[plan]]
id = "p"
name = "P"
controls = ["c"]
"#
        )
    };
    let of = |coverage: &str, effect: &str| {
        let case = crate::policies::of_text(&text(coverage, effect));
        let times = &case["response_times"][0];
        assert_eq!(times["today"]["contained_9_in_10_hours"], 336.0);
        let plan = times["plans"]["p"].clone();
        let number =
            |key: &str| plan[key].as_str().map_or_else(|| plan[key].as_f64().unwrap(), |of| of.parse().unwrap());
        ["contained_9_in_10_hours", "loss_per_event", "hour_more_per_event"].map(number)
    };
    let near = |found: [f64; 3], expected: [f64; 3]| {
        found.iter().zip(expected).for_each(|(found, expected)| crate::averages::near(*found, expected, 1e-6));
    };
    near(of("100%", ""), [48.0, 8_000.0, 4_000.0 / 24.0]);
    // Half of the events last 14 days, so nine of ten are not over before.
    near(of("50%", ""), [336.0, 0.5 * (8_000.0 + 56_000.0), 4_000.0 / 24.0]);
    let half = r#", { risk = "r", on = "loss", reduction = "50%" }"#;
    near(of("100%", half), [48.0, 4_000.0, 2_000.0 / 24.0]);
    near(of("50%", half), [336.0, 0.5 * (4_000.0 + 56_000.0), 3_000.0 / 24.0]);
}
