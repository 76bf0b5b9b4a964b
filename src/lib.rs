//! rosi makes the money case for security spending: a scenario in one text file goes in, what
//! risks cost, what controls cost and bring, and whether the money is well spent comes out.
//!
//! The `rosi` command is a thin shell over four calls, and these are the library:
//!
//! 1. [`scenario::parse`] reads TOML, YAML or JSON into a valid [`model::Scenario`], or tells every
//!    fault of the file at once;
//! 2. [`engine::analyse`] works out the figures;
//! 3. [`report::build`] makes the sentences, tables and chart data that every output shows;
//! 4. [`render::render`] writes them as text, JSON, CSV or Markdown.
//!
//! ```
//! use rosi::engine::{Settings, analyse};
//! use rosi::render::{Format, render};
//! use rosi::report::{Context, build};
//! use rosi::scenario::{Source, parse};
//!
//! let file = r#"
//!     schema = 1
//!     title = "Lost laptops"
//!     currency = "EUR"
//!     assumptions = { horizon = "3 years", discount_rate = "5%" }
//!
//!     [[risk]]
//!     id = "laptop"
//!     name = "Laptop lost with customer data"
//!     frequency = "1 in 2 years"
//!     asset = { value = "120k", exposure = "25%" }
//!
//!     [[control]]
//!     id = "encryption"
//!     name = "Disk encryption"
//!     effect = [{ risk = "laptop", on = "loss", reduction = "80%" }]
//!     cost = { yearly = "4k" }
//!
//!     [[plan]]
//!     id = "encrypt"
//!     name = "Encrypt"
//!     controls = ["encryption"]
//! "#;
//!
//! let parsed = parse(&Source::new("laptops.toml", file)).expect("a file without faults");
//! let analysis = analyse(&parsed.scenario, &Settings::default()).expect("figures of a sane size");
//!
//! // 120,000 × 25 % × 1/2 a year; 80 % of it is avoided.
//! assert_eq!(analysis.loss_today.decimal(), Some(15_000.into()));
//! assert_eq!(analysis.plans[0].loss.decimal(), Some(3_000.into()));
//! // Worth (12,000 − 4,000) a year, three years at 5 %.
//! let value = analysis.plans[0].investment.net_present_value;
//! assert!(value.is_exact() && (value.to_f64() - 21_785.984).abs() < 0.001);
//!
//! let report = build(&parsed.scenario, &analysis, &parsed.warnings, &Context::default());
//! let json = render(&report, Format::Json);
//! assert!(json.contains(r#""expected_annual_loss": "15000""#));
//! ```
//!
//! Nothing in the library panics on what a user writes, prints, reads a clock or touches a file:
//! text and bytes come in, values go out. Money is decimal arithmetic ([`units::Figure`]); the
//! mathematics of uncertainty is in floats ([`stats`]). The pages under `docs/model` of the
//! repository hold the formulas with examples and sources; `examples/` has three short programs.

// Tests read files and compare with the platform's own functions; what they hold to account may not.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod model;
pub mod render;
pub mod report;
pub mod scenario;
pub mod stats;
pub mod units;
