//! Which plan is best, and at which discount rate does the answer turn?
//! `cargo run --example compare_plans`
//!
//! A scenario is valid by construction, so it is not changed in memory: the question is asked of
//! another text, which is read and checked like any file.
#![allow(clippy::print_stdout, clippy::disallowed_macros, reason = "a program of its own, with its own streams")]

use rosi::engine::{Analysis, MethodChoice, Settings, analyse};
use rosi::model::Scenario;
use rosi::scenario::{Source, parse};

const FILE: &str = r#"
schema = 1
title = "Buy the gateway or rent it?"
currency = "EUR"
assumptions = { horizon = "5 years", discount_rate = "RATE" }

[[risk]]
id = "intrusion"
name = "Break-in through remote access"
frequency = { low = "1 in 10 years", high = "1 in 2 years" }
[risk.loss]
response = { min = "20k", likely = "90k", max = "400k" }

[[control]]
id = "bought"
name = "Gateway, bought"
one_of = "gateway"
effect = [{ risk = "intrusion", on = "frequency", reduction = "70%" }]
cost = { initial = "50k", yearly = "3k" }

[[control]]
id = "rented"
name = "Gateway, rented"
one_of = "gateway"
effect = [{ risk = "intrusion", on = "frequency", reduction = "65%" }]
cost = { yearly = "14k" }

[[plan]]
id = "buy"
name = "Buy"
controls = ["bought"]

[[plan]]
id = "rent"
name = "Rent"
controls = ["rented"]
"#;

/// The scenario at a discount rate, with its figures.
fn at(rate: &str) -> (Scenario, Analysis) {
    let source = Source::new("gateway.toml", FILE.replace("RATE", rate));
    let scenario = parse(&source).expect("the file above has no fault").scenario;
    // Averages are enough to compare values: the distribution of a year is left out.
    let settings = Settings { method: MethodChoice::Expected, ..Settings::default() };
    let analysis = analyse(&scenario, &settings).expect("its figures are of a sane size");
    (scenario, analysis)
}

fn main() {
    println!("{:>8} {:>14} {:>14}   best", "rate", "Buy", "Rent");
    for rate in ["2%", "5%", "8%", "12%", "20%"] {
        let (scenario, analysis) = at(rate);
        let values: Vec<f64> = analysis.plans.iter().map(|plan| plan.investment.net_present_value.to_f64()).collect();
        let best = analysis.recommended.map_or("neither is worth its cost", |index| &scenario.plans()[index].name);
        println!("{rate:>8} {:>14.0} {:>14.0}   {best}", values[0], values[1]);
    }
}
