//! The shortest way from a text to figures: `cargo run --example first_figures`.
#![allow(clippy::print_stdout, clippy::disallowed_macros, reason = "a program of its own, with its own streams")]

use rosi::engine::{Settings, analyse};
use rosi::scenario::{Source, parse};

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

fn main() {
    let parsed = parse(&Source::new("case.toml", CASE)).expect("the text is a valid scenario");
    let analysis = analyse(&parsed.scenario, &Settings::default()).expect("no figure is too large");
    let average = analysis.loss_today;
    println!("average year: EUR {:.2} (exact: {})", average.to_f64(), average.is_exact());
    if let Some(year) = &analysis.year {
        println!("chance of any loss: {:.1} %", 100.0 * year.today.total.chance_of_loss);
        println!("1 year in 20 costs at least: EUR {:.0}", year.today.total.quantiles[2].unwrap_or(f64::NAN));
    }
}
