//! What would change the answer, against nested simulation, laws, and the file edited.

use rosi::internal::engine::{Analysis, MethodChoice, OptionId, Settings, analyse};
use rosi::internal::model::Scenario;
use rosi::internal::scenario::{Source, parse};

fn informed(text: &str) -> (Scenario, Analysis) {
    let parsed = parse(&Source::new("t.toml", text)).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let settings = Settings { method: MethodChoice::Expected, sensitivity: true, ..Settings::default() };
    let analysis = analyse(&parsed.scenario, &settings).unwrap();
    (parsed.scenario, analysis)
}

/// A case of four unknowns: how often, the chance of a chain, coverage and reduction; two plans.
fn chained(frequency: &str, coverage: &str, reduction: &str, cost: &str) -> String {
    format!(
        r#"
schema = 1
title = "A chain"
currency = "EUR"
[assumptions]
horizon = "1 year"
discount_rate = "0%"
[[risk]]
id = "a"
name = "A"
frequency = {frequency}
loss.response = "20k"
leads_to = [{{ risk = "b", chance = {{ min = "1%", likely = "10%", max = "40%" }} }}]
[[risk]]
id = "b"
name = "B"
frequency = "0.1 per year"
loss.response = "500k"
[[control]]
id = "c"
name = "C"
coverage = {coverage}
effect = [{{ risk = "a", on = "frequency", reduction = {reduction} }}]
cost.yearly = {cost}
[[control]]
id = "d"
name = "D"
effect = [{{ risk = "b", on = "loss", reduction = "50%" }}]
cost.yearly = "60k"
[[plan]]
id = "one"
name = "One"
controls = ["c"]
[[plan]]
id = "two"
name = "Two"
controls = ["c", "d"]
"#
    )
}

const FREQUENCY: &str = r#"{ low = "0.3 per year", high = "4 per year" }"#;
const COVERAGE: &str = r#"{ min = "40%", likely = "70%", max = "95%" }"#;
const REDUCTION: &str = r#"{ min = "10%", likely = "60%", max = "90%" }"#;
const COST: &str = "\"52k\"";

/// What the two plans are worth in one world.
fn worth([rate, chance, coverage, reduction]: [f64; 4]) -> [f64; 2] {
    let loss = |kept: f64, each: f64| rate * kept * (20e3 + chance * each) + 0.1 * each;
    let kept = 1.0 - coverage * reduction;
    let today = loss(1.0, 500e3);
    [today - loss(kept, 500e3) - 52e3, today - loss(kept, 250e3) - 112e3]
}

/// A point of the unit cube that fills it evenly (Roberts 2018).
fn even(index: usize) -> [f64; 4] {
    const ROOT: f64 = 1.167_303_978_261_418_6;
    std::array::from_fn(|axis| (0.5 + index as f64 / ROOT.powi(axis as i32 + 1)).fract())
}

fn best(values: [f64; 2]) -> f64 {
    values[0].max(values[1]).max(0.0)
}

#[test]
fn the_value_of_knowing_one_thing_is_what_nested_simulation_finds() {
    const OTHER: &str = r#"{ min = "0.2 per year", likely = "1 per year", max = "6 per year" }"#;
    for frequency in [FREQUENCY, OTHER] {
        let (scenario, analysis) = informed(&chained(frequency, COVERAGE, REDUCTION, COST));
        let found = analysis.sensitivity.as_ref().unwrap();
        let paths =
            ["risk.a.frequency", "risk.a.leads_to.b.chance", "control.c.coverage", "control.c.effect.reduction"];
        let inputs = paths.map(|path| {
            let is =
                |input: &&rosi::internal::engine::sensitivity::Input| scenario.estimate(input.estimate).path == path;
            found.inputs.iter().find(is).unwrap_or_else(|| panic!("{path} is not among the inputs"))
        });
        let drawn = |uniforms: [f64; 4]| -> [f64; 4] {
            std::array::from_fn(|axis| scenario.estimate(inputs[axis].estimate).distribution.quantile(uniforms[axis]))
        };
        const INNER: usize = 16_000;
        const OUTER: usize = 200;
        let inner: Vec<[f64; 4]> = (0..INNER).map(|index| drawn(even(index))).collect();
        let mean = |worlds: &mut dyn Iterator<Item = [f64; 4]>| {
            let sum = worlds.fold([0.0; 2], |sum, world| {
                let worth = worth(world);
                [sum[0] + worth[0], sum[1] + worth[1]]
            });
            sum.map(|sum| sum / INNER as f64)
        };
        for (axis, input) in inputs.iter().enumerate() {
            let distribution = &scenario.estimate(input.estimate).distribution;
            let (mut with, mut means) = (0.0, [0.0; 2]);
            for step in 0..OUTER {
                let known = distribution.quantile((step as f64 + 0.5) / OUTER as f64);
                let values = mean(&mut inner.iter().map(|world| {
                    let mut world = *world;
                    world[axis] = known;
                    world
                }));
                with += best(values) / OUTER as f64;
                means = [0, 1].map(|plan| means[plan] + values[plan] / OUTER as f64);
            }
            // Without knowing it, the best by the same points.
            let nested = with - best(means);
            let said = input.information.unwrap();
            assert!(
                (nested - said).abs() < 0.02 * nested + 150.0,
                "{}: {nested} by simulation, {said} said",
                paths[axis]
            );
        }
        const WORLDS: usize = 60_000;
        let (mut with, mut means) = (0.0, [0.0; 2]);
        for index in 0..WORLDS {
            let values = worth(drawn(even(index)));
            with += best(values) / WORLDS as f64;
            means = [0, 1].map(|plan| means[plan] + values[plan] / WORLDS as f64);
        }
        let (nested, said) = (with - best(means), found.perfect);
        assert!(
            (nested - said.value).abs() < 4.0 * said.error + 0.02 * nested,
            "{nested} by simulation, {said:?} said"
        );
        // The chance that a plan is worth its cost, luck left out.
        for plan in 0..2 {
            let above =
                (0..WORLDS).filter(|index| worth(drawn(even(*index)))[plan] > 0.0).count() as f64 / WORLDS as f64;
            let (said, error) = found.worth_it[OptionId(plan)];
            assert!(error > 0.0 && error < 0.02, "{error}");
            assert!((above - said).abs() < (4.0 * error).min(0.03), "{above} is not {said} ± {error}");
        }
    }
}

#[test]
fn to_know_everything_is_worth_at_least_what_one_thing_is_and_nothing_is_worth_less_than_nothing() {
    for name in ["ransomware", "soc-automation", "card-payments", "small-office", "three-vendors"] {
        let file = format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"));
        let (scenario, analysis) = informed(&std::fs::read_to_string(file).unwrap());
        let found = analysis.sensitivity.unwrap();
        let best = analysis.plans.iter().map(|p| p.investment.net_present_value.to_f64()).fold(0.0, f64::max);
        assert!(!found.inputs.is_empty(), "{name}");
        for input in &found.inputs {
            let path = &scenario.estimate(input.estimate).path;
            let worth = input.information.unwrap_or(0.0);
            assert!(worth >= 0.0 && worth <= found.perfect.value + 1e-6 * best, "{name} {path}: {worth}");
        }
        assert!(found.worth_it.iter().all(|(chance, _)| (0.0..=1.0 + 1e-9).contains(chance)), "{name}");
    }
}

#[test]
fn at_its_break_even_an_input_written_into_the_file_makes_the_plan_worth_nothing() {
    let (scenario, analysis) = informed(&chained(FREQUENCY, COVERAGE, REDUCTION, COST));
    let found = analysis.sensitivity.unwrap();
    let mut tried = 0;
    for input in &found.inputs {
        let Some(at) = input.break_even[OptionId(0)] else { continue };
        let (mut frequency, mut coverage, mut reduction, mut cost) =
            (FREQUENCY.to_owned(), COVERAGE.to_owned(), REDUCTION.to_owned(), COST.to_owned());
        match scenario.estimate(input.estimate).path.as_str() {
            "risk.a.frequency" => frequency = format!("\"{at:.12} per year\""),
            "control.c.coverage" => coverage = format!("\"{:.12}%\"", at * 100.0),
            "control.c.effect.reduction" => reduction = format!("\"{:.12}%\"", at * 100.0),
            "control.c.cost.yearly" => cost = format!("\"{at:.8}\""),
            _ => continue,
        }
        let (_, edited) = informed(&chained(&frequency, &coverage, &reduction, &cost));
        let value = edited.plans[OptionId(0)].investment.net_present_value.to_f64();
        assert!(value.abs() < 0.01, "{}: {value} at {at}", scenario.estimate(input.estimate).path);
        tried += 1;
    }
    assert!(tried >= 3, "{tried}");
}

#[test]
fn a_known_loss_beside_another_is_followed_past_the_limit_of_a_policy() {
    // What an event costs lies between retention and limit as the file has it: nothing changes near by. From 60,000 and
    // 21,000 on the limit is passed, and what the control takes off is no longer the insurer's.
    let found = crate::attacked::assessed(
        r#"
[[risk]]
id = "r"
name = "R"
frequency = "1 per year"
loss = { response = "7000", replacement = "39000" }
[[control]]
id = "c"
name = "C"
effect = [{ risk = "r", on = "loss.response", reduction = "80%" }]
cost.initial = "10000"
[[plan]]
id = "p"
name = "P"
controls = ["c"]
[[insurance]]
id = "i"
name = "I"
retention = "20000"
limit = "60000"
"#,
        &rosi::internal::engine::Settings { sensitivity: true, ..crate::attacked::expected() },
    );
    let sensitivity = found.sensitivity.unwrap();
    let evens: Vec<f64> =
        sensitivity.inputs.iter().filter_map(|input| input.break_even[rosi::internal::engine::OptionId(0)]).collect();
    assert!(evens.iter().any(|at| (at - 51_000.0).abs() < 1.0), "{evens:?}");
    assert!(sensitivity.tipping.is_some());
}
