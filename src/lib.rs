//! rosi makes the money case for security spending: a text file about risks, controls and costs
//! goes in, and figures that a finance director can check come out.
//!
//! The journey of a file is four calls:
//!
//! ```
//! use rosi::engine::{self, Settings};
//! use rosi::render::{self, Format};
//! use rosi::report::{self, Context};
//! use rosi::scenario::{self, Source};
//!
//! let text = r#"
//! schema   = 1
//! title    = "Two laptops a year"
//! currency = "EUR"
//!
//! [[risk]]
//! id = "laptop"
//! name = "A laptop is lost"
//! frequency = "2 per year"
//! loss.replacement = { min = "1k", likely = "2k", max = "6k" }
//! "#;
//! let parsed = scenario::parse(&Source::new("case.toml", text)).expect("every fault at once");
//! let analysis = engine::analyse(&parsed.scenario, &Settings::default()).expect("figures in bounds");
//! let report = report::build(&parsed.scenario, &analysis, &parsed.warnings, &Context::default());
//! let json = render::render(&report, Format::Json);
//!
//! assert_eq!(analysis.loss_today.decimal(), Some(5_000.into())); // 2 × (1k + 4 · 2k + 6k) / 6, exactly
//! assert!(json.contains(r#""expected_annual_loss": "5000""#));
//! ```
//!
//! [`units`] holds exact quantities, [`stats`] the mathematics, [`model`] what a scenario is,
//! [`scenario`] how a text becomes one, [`engine`] the figures, [`report`] what is said of them,
//! [`render`] how that is written, [`diagnostic`] what is wrong with a file, [`cli`] the shell.
//!
//! Nothing outside [`cli`] prints, reads a clock or touches a file: bytes come in, values go out,
//! and nothing that a user writes makes it panic. Money is decimal ([`units::Figure`] remembers
//! whether it stayed so); what is not known is in floats. The formulas stand under `docs/model` of
//! the repository, each with an example and its source; `examples/` has three short programs.

// Tests read files and compare with the platform's own functions; what they hold to account may not.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

#[cfg(feature = "calibrate")]
pub mod calibrate;
pub mod cli;
pub mod diagnostic;
pub mod engine;
#[cfg(feature = "web")]
pub mod explore;
pub mod figures;
#[cfg(feature = "import")]
pub mod import;
pub mod model;
pub mod render;
pub mod report;
#[cfg(feature = "calibrate")]
pub mod review;
pub mod scenario;
pub mod stats;
pub mod units;
