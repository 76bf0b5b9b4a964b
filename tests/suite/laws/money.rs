//! Money has a unit and nothing else: figures follow its scale, ratios do not, and its name is no matter.

use proptest::prelude::*;
use rosi::internal::engine::{Settings, analyse};
use rosi::internal::render::{Format, render};
use rosi::internal::report::{self, Context};
use rosi::internal::scenario::{Source, parse};
use rust_decimal::Decimal;
use serde_json::Value;

use super::effects::assessment;

/// A case with an amount in every place that takes one; `{}` stands for the next amount.
const CASE: &str = r#"
schema = 1
title = "Law"
currency = "EUR"
[assumptions]
horizon = "4 years"
discount_rate = "7%"
growth = { losses = "2%", rates = "1%", costs = "3%" }
[[value_stream]]
id = "s"
name = "S"
revenue = "{} per hour"
margin = { min = "20%", likely = "35%", max = "60%" }
[[risk]]
id = "a"
name = "A"
value_stream = "s"
frequency = { low = "1 in 9 years", high = "2 per year" }
outage = { duration = "7 hours" }
[risk.loss]
response = { shape = "uniform", min = "1.00", max = "{}" }
replacement = { shape = "pareto", at_least = "{}", tail = 2.5 }
[[risk.secondary]]
chance = { low = "10%", high = "40%" }
loss.fines = { shape = "gamma", mean = "{}", sd = "{}" }
[[risk]]
id = "b"
name = "B"
frequency = "3 per year"
asset = { value = "{}", exposure = "30%" }
[[control]]
id = "x"
name = "X"
coverage = { min = "60%", likely = "80%", max = "95%" }
ramp = "5 months"
lifetime = "2 years"
salvage = "{}"
[control.cost]
initial = "{}"
yearly = { low = "{}", high = "9_000_000" }
retired = "{}"
people = { time = "3 hours per week", rate = "{} per hour" }
friction = { users = 90, time = "2 minutes per day", rate = "{} per hour" }
[[control.effect]]
risk = "a"
on = "frequency"
reduction = "40%"
[[control.effect]]
risk = "b"
on = "loss"
reduction = { min = "10%", likely = "30%", max = "70%" }
[[control]]
id = "y"
name = "Y"
cost.initial = "{}"
[[control.effect]]
risk = "a"
on = "loss.response"
becomes = "{}"
[[control.effect]]
risk = "b"
on = "frequency"
reduction = "20%"
[[plan]]
id = "one"
name = "One"
controls = ["x"]
[[plan]]
id = "two"
name = "Two"
controls = ["x", { id = "y", start = "month 8" }]
"#;

/// Amounts in the case.
const PLACES: usize = 14;

fn text(amounts: &[u32], scale: u64) -> String {
    let written = CASE.replace("9_000_000", &format!("{}.00", 9_000_000 * scale));
    let written = written.replace("\"1.00\"", &format!("\"{scale}.00\""));
    amounts.iter().fold(written, |text, amount| text.replacen("{}", &format!("{}.00", u64::from(*amount) * scale), 1))
}

/// Not a figure of the case: the hash of the file, and settings written as words.
const SET_APART: [&str; 2] = ["scenario_sha256", "defaults"];

/// Every place where one tree is not the other with its money multiplied.
fn differences(one: &Value, other: &Value, scale: Decimal, path: &str, found: &mut Vec<String>) {
    let amount = |value: &Value| value.as_str().and_then(|text| text.parse::<Decimal>().ok());
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => {
            assert_eq!(a.len(), b.len(), "{path}");
            for (key, value) in a.iter().filter(|(key, _)| !SET_APART.contains(&key.as_str())) {
                differences(value, &b[key], scale, &format!("{path}/{key}"), found);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{path}");
            a.iter()
                .zip(b)
                .enumerate()
                .for_each(|(index, (a, b))| differences(a, b, scale, &format!("{path}/{index}"), found));
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            if (a - b).abs() > 2e-9 * a.abs() {
                found.push(format!("{path}: {a} and {b}"));
            }
        }
        _ => match (amount(one), amount(other)) {
            // Ten digits of what went through floats, fifteen places of what did not.
            (Some(a), Some(b)) => {
                let room = Decimal::new(2, 9) * (a * scale).abs() + Decimal::new(1, 15) * scale;
                if (a * scale - b).abs() > room {
                    found.push(format!("{path}: {a} and {b}"));
                }
            }
            _ if one == other || is_same_message(one, other, scale) => {}
            _ => found.push(format!("{path}: {one} and {other}")),
        },
    }
}

/// Whether two messages say the same of amounts that are so many times each other, each rounded where it is said.
fn is_same_message(one: &Value, other: &Value, scale: Decimal) -> bool {
    let numbers = |value: &Value| -> Option<Vec<Decimal>> {
        let plain = value.as_str()?.replace(',', "");
        let runs =
            plain.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|run| run.trim_matches('.').parse().ok());
        Some(runs.collect())
    };
    let words = |value: &Value| {
        value.as_str().map(|text| text.replace(|c: char| c.is_ascii_digit() || c == ',' || c == '.', ""))
    };
    let near = |(a, b): (&Decimal, &Decimal)| a == b || Decimal::TWO * (a * scale - b).abs() <= scale + Decimal::ONE;
    match (numbers(one), numbers(other)) {
        (Some(a), Some(b)) => words(one) == words(other) && a.len() == b.len() && a.iter().zip(&b).all(near),
        _ => false,
    }
}

/// All that an assessment says, but for the name of its currency and the hash of its file.
fn without_a_name(text: &str) -> Value {
    let parsed = parse(&Source::new("law.toml", text)).unwrap_or_else(|faults| panic!("{text}\n{faults:#?}"));
    let analysis = analyse(&parsed.scenario, &Settings::default()).unwrap();
    let report = report::build(&parsed.scenario, &analysis, &parsed.warnings, &Context::default());
    let mut found: Value = serde_json::from_str(&render(&report, Format::Json)).unwrap();
    found["currency"].take();
    found["provenance"]["scenario_sha256"].take();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_money_times_k_is_every_amount_times_k_and_no_ratio_or_chance(
        amounts in prop::collection::vec(2..9_000_u32, PLACES),
        scale in prop::sample::select(vec![2_u64, 7, 10, 1_000, 12_345]),
    ) {
        let (one, other) = (assessment(&text(&amounts, 1)), assessment(&text(&amounts, scale)));
        let mut found = Vec::new();
        differences(&one, &other, Decimal::from(scale), "", &mut found);
        prop_assert!(found.is_empty(), "times {}: {:#?}", scale, found);
    }
}

#[test]
fn the_name_of_the_currency_changes_no_figure() {
    let amounts: Vec<u32> = (0..PLACES).map(|place| 113 + 711 * u32::try_from(place).unwrap() % 5_000).collect();
    let euros = without_a_name(&text(&amounts, 1));
    for code in ["USD", "JPY", "KWD", "CHF"] {
        let other = without_a_name(&text(&amounts, 1).replace("\"EUR\"", &format!("\"{code}\"")));
        assert_eq!(other, euros, "{code}");
    }
}
