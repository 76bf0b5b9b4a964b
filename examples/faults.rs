//! Every fault of a file at once, drawn with its place and its cure: `cargo run --example faults`.
#![allow(clippy::print_stdout, reason = "an example shows its result")]

use rosi::diagnostic::draw;
use rosi::scenario::{Source, parse};

const CASE: &str = r#"schema = 1
title = "A file with three slips"
currency = "EUR"

[[risk]]
id = "fraud"
name = "Payment fraud"
frequncy = "3 per year"
[risk.loss]
replacement = { low = "90k", high = "10k" }
response = "USD 5k"
"#;

fn main() {
    let source = Source::new("case.toml", CASE);
    match parse(&source) {
        Ok(parsed) => println!("{} risks, no fault", parsed.scenario.risks().len()),
        Err(faults) => print!("{}", draw(&faults, &source.name, CASE, false)),
    }
}
