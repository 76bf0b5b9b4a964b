//! Which plan is best, and at which discount rate does the answer turn?
//! `cargo run --example compare_plans`
//!
//! A change goes through the text of the case, which is read and checked again like any file.
#![allow(clippy::print_stdout, clippy::disallowed_macros, reason = "a program of its own, with its own streams")]

use rosi::{Case, Error, MethodChoice, Options};

const FILE: &str = r#"
schema = 1
title = "Buy the gateway or rent it?"
currency = "EUR"
assumptions = { horizon = "5 years", discount_rate = "2%" }

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

fn main() -> Result<(), Error> {
    let mut case = Case::from_text("gateway.toml", FILE)?;
    // Averages are enough to compare values: the distribution of a year is left out.
    let mut options = Options::default();
    options.method = MethodChoice::Expected;
    println!("{:>8} {:>14} {:>14}   best", "rate", "Buy", "Rent");
    for rate in ["2%", "5%", "8%", "12%", "20%"] {
        case.set("assumptions.discount_rate", rate)?;
        let found = case.assess(&options)?;
        print!("{rate:>8}");
        for plan in &found.plans {
            print!(" {:>14.0}", plan.investment.net_present_value.figure().to_f64());
        }
        let best = found.plans.iter().find(|plan| plan.id == found.recommendation.plan);
        println!("   {}", best.map_or("neither is worth its cost", |plan| &plan.name));
    }
    Ok(())
}
