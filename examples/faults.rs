//! What is wrong with a file, as data and as a picture: `cargo run --example faults`.
//!
//! An editor or a service wants the data (code, key path, place, cure); people want the picture.
#![allow(clippy::print_stdout, clippy::disallowed_macros, reason = "a program of its own, with its own streams")]

use rosi::diagnostic::draw;
use rosi::scenario::{Source, parse};

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
    let source = Source::new("mistakes.toml", FILE);
    match parse(&source) {
        Ok(parsed) => println!("\"{}\" has no fault", parsed.scenario.title()),
        Err(diagnostics) => {
            for diagnostic in &diagnostics {
                let line = diagnostic.span.map_or(0, |span| FILE[..span.start].matches('\n').count() + 1);
                println!("{} line {line}, {}: {}", diagnostic.code.as_str(), diagnostic.path, diagnostic.message);
            }
            println!("\n{}", draw(&diagnostics, &source.name, &source.text(), false));
        }
    }
}
