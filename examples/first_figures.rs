//! The shortest way from a file to figures: `cargo run --example first_figures [FILE]`.
//!
//! Without a file it takes the small office, whose figures fit on a napkin
//! (`scenarios/small-office/README.md`).
#![allow(clippy::print_stdout, clippy::disallowed_macros, reason = "a program of its own, with its own streams")]
#![allow(clippy::disallowed_methods, reason = "the library takes bytes: reading the file is up to the caller")]

use std::error::Error;

use rosi::engine::{Settings, analyse};
use rosi::scenario::{Source, parse};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "scenarios/small-office/scenario.toml".into());
    let source = Source::new(path.clone(), std::fs::read(&path)?);
    // A file has one fault or many: they come together, each with its place and its cure.
    let parsed = parse(&source).map_err(|faults| format!("{path}: {}", faults[0].message))?;
    let analysis = analyse(&parsed.scenario, &Settings::default()).map_err(|faults| faults[0].message.clone())?;

    let currency = parsed.scenario.currency();
    println!("{}", parsed.scenario.title());
    println!("today: {currency} {:.0} in an average year", analysis.loss_today.to_f64());
    for (risk, means) in parsed.scenario.risks().iter().zip(&analysis.today) {
        println!("  {:<40} {:>12.0}  ({:.3} times a year)", risk.name, means.annual_loss.to_f64(), means.rate.to_f64());
    }
    for plan in &analysis.plans {
        let money = &plan.investment;
        println!(
            "{:<42} {:>12.0}  costs {:.0}, worth {:+.0} in today's money",
            parsed.scenario.plans()[plan.plan].name,
            plan.loss.to_f64(),
            money.present_cost.to_f64(),
            money.net_present_value.to_f64(),
        );
    }
    Ok(())
}
