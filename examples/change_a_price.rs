//! What if the offer is higher? A case is read, one price changed, two figures printed:
//! `cargo run --example change_a_price -- scenarios/small-office/scenario.toml 95k`
#![allow(clippy::print_stdout, clippy::disallowed_macros, reason = "a program of its own, with its own streams")]
#![allow(clippy::disallowed_methods, reason = "and with its own arguments")]

use rosi::{Case, Options};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut case = Case::open(arguments.next().ok_or("name a case")?)?;
    let before = case.assess(&Options::default())?;
    let plan = before.plans.first().ok_or("the case has no plan")?;
    let control = plan.controls.first().ok_or("the plan has no control")?;
    case.set(&format!("control.{}.cost.yearly", control.id), &arguments.next().ok_or("and a price")?)?;
    let after = case.assess(&Options::default())?;
    for (when, found) in [("before", &before), ("after", &after)] {
        let money = &found.plans[0].investment;
        println!("{when}: cost {}, value {}", money.present_value_of_cost, money.net_present_value);
    }
    Ok(())
}
