//! The options of a bundled scenario side by side, and the one that wins by value:
//! `cargo run --example compare_plans`.
#![allow(clippy::print_stdout, reason = "an example shows its result")]

use rosi::engine::{MethodChoice, Settings, analyse};
use rosi::scenario::{Source, parse};

const CASE: &str = include_str!("../scenarios/three-vendors/scenario.toml");

fn main() {
    let parsed = parse(&Source::new("three-vendors.toml", CASE)).expect("bundled scenarios are valid");
    let scenario = parsed.scenario;
    // Averages alone: the distribution of a year is not needed to rank by value.
    let settings = Settings { method: MethodChoice::Expected, ..Settings::default() };
    let analysis = analyse(&scenario, &settings).expect("no figure is too large");
    println!("{:<12} {:>12} {:>12} {:>12} {:>6}", "option", "cost", "remains", "value", "ROSI");
    for plan in &analysis.plans {
        let money = &plan.investment;
        println!(
            "{:<12} {:>12.0} {:>12.0} {:>12.0} {:>6}",
            scenario.plans()[plan.plan].name,
            money.present_cost.to_f64(),
            plan.loss.to_f64(),
            money.net_present_value.to_f64(),
            money.rosi.map_or_else(|| "–".to_owned(), |ratio| format!("{:.2}", ratio.to_f64())),
        );
    }
    let best = analysis.recommended.map(|index| &scenario.plans()[analysis.plans[index].plan].name);
    println!("recommended: {}", best.map_or("none of them", String::as_str));
}
