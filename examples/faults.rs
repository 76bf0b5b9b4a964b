//! What is wrong with a file, as data and as a picture: `cargo run --example faults`.
//!
//! An editor or a service wants the data (code, key path, place, cure); people want the picture.
#![allow(clippy::print_stdout, clippy::disallowed_macros, reason = "a program of its own, with its own streams")]

use rosi::Case;

const FILE: &str = r#"schema = 1
title = "Five mistakes"
currency = "EUR"

[[risk]]
id = "phishing"
name = "Stolen password"
frequency = 0.5
[risk.loss]
response = { low = "90k", high = "20k" }
fine = "USD 40k"

[[control]]
id = "mfa"
name = "Second factor"
[[control.effect]]
risk = "phising"
on = "frequency"
reduction = "850%"
[control.cost]
yearly = "12k"
"#;

fn main() {
    match Case::from_text("mistakes.toml", FILE) {
        Ok(case) => println!("\"{}\" has no fault", case.scenario().title()),
        Err(error) => {
            for fault in error.faults() {
                println!("{} line {}, {}: {}", fault.code, fault.line.unwrap_or(0), fault.r#where, fault.message);
            }
            println!("\n{}", error.picture());
        }
    }
}
