//! The shortest way from a text to figures: `cargo run --example first_figures`.
#![allow(clippy::print_stdout, clippy::disallowed_macros, reason = "a program of its own, with its own streams")]

use rosi::{Case, Error, Options};

const CASE: &str = r#"
schema   = 1
title    = "Two laptops a year"
currency = "EUR"

[[risk]]
id = "laptop"
name = "A laptop is lost"
frequency = "2 per year"
loss.replacement = { min = "1k", likely = "2k", max = "6k" }
"#;

fn main() -> Result<(), Error> {
    let found = Case::from_text("case.toml", CASE)?.assess(&Options::default())?;
    let year = &found.today.year;
    println!("average year: {} {} (exact: {})", found.currency, year.expected_annual_loss, year.exact);
    if let (Some(chance), Some(Some(bad))) = (year.chance_of_loss, year.quantiles.get("0.95")) {
        println!("chance of any loss: {:.1} %", 100.0 * chance.get());
        println!("1 year in 20 costs at least: {} {:.0}", found.currency, bad.figure().to_f64());
    }
    Ok(())
}
