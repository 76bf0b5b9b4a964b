//! rosi makes the money case for security spending: a text file about risks, controls and costs
//! goes in, and figures that a finance director can check come out.
//!
//! A [`Case`] is read, changed and assessed; it gives an [`Assessment`] and a [`BoardPaper`], or an [`Error`] with every
//! fault of the text in it, each with line, column and cure:
//!
//! ```
//! use rosi::{Case, Error, Options};
//!
//! let mut case = Case::from_text(
//!     "case.toml",
//!     r#"
//!     schema   = 1
//!     title    = "Two laptops a year"
//!     currency = "EUR"
//!
//!     [[risk]]
//!     id = "laptop"
//!     name = "A laptop is lost"
//!     frequency = "2 per year"
//!     loss.replacement = { min = "1k", likely = "2k", max = "6k" }
//!     "#,
//! )?;
//! let found = case.assess(&Options::default())?;
//! assert_eq!(found.today.year.expected_annual_loss.to_string(), "5000"); // 2 × (1k + 4 · 2k + 6k) / 6, exactly
//!
//! case.set("risk.laptop.frequency", "1 in 2 years")?;
//! let found = case.assess(&Options::default())?;
//! assert_eq!(found.today.year.expected_annual_loss.to_string(), "1250");
//!
//! let error = case.set("risk.laptop.frequency", "often").unwrap_err();
//! assert_eq!(case.assess(&Options::default())?, found, "a change that cannot be read changes nothing");
//! assert!(!error.faults().is_empty());
//! # Ok::<(), Error>(())
//! ```
//!
//! [`figures`] holds the types of what is written for other programs. All else is private, so that the compiler sees
//! what is no longer used. Behind the front a file goes through `scenario::parse`, `engine::analyse`, `report::build`
//! and `render::render`: `units` holds exact quantities, `stats` the mathematics, `model` what a scenario is, `scenario`
//! how a text becomes one, `engine` the figures, `report` what is said of them, `render` how that is written,
//! `diagnostic` what is wrong with a file, `cli` the shell.
//!
//! Nothing outside `cli` prints, reads a clock or touches a file: bytes come in, values go out,
//! and nothing that a user writes makes it panic. Money is decimal (`units::Figure` remembers
//! whether it stayed so); what is not known is in floats. The formulas stand under `docs/model` of
//! the repository, each with an example and its source; `examples/` has short programs.

// With fewer features some of what serves them is left over. Dead code is looked for with all of them.
#![cfg_attr(
    not(all(
        feature = "calibrate",
        feature = "cli",
        feature = "html",
        feature = "import",
        feature = "pdf",
        feature = "png",
        feature = "web",
        feature = "xlsx"
    )),
    allow(dead_code, unused_imports)
)]
// Tests read files and compare with the platform's own functions; what they hold to account may not.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

#[cfg(any(feature = "import", feature = "xlsx"))]
mod archive;
#[cfg(feature = "calibrate")]
mod calibrate;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod diagnostic;
mod drawing;
mod engine;
#[cfg(feature = "web")]
mod explore;
pub mod figures;
mod front;
#[cfg(feature = "import")]
mod import;
#[doc(hidden)]
#[allow(missing_docs, reason = "no API")]
pub mod internal;
mod model;
#[cfg(any(feature = "import", feature = "xlsx"))]
mod number_format;
mod render;
mod report;
#[cfg(feature = "calibrate")]
mod review;
mod scenario;
mod stats;
mod units;

pub use engine::MethodChoice;
pub use figures::Assessment;
pub use front::{BoardPaper, Case, Error, Options};
#[cfg(feature = "pdf")]
pub use render::Sheet;
pub use scenario::Source;
