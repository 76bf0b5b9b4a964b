//! Data to estimates: what do a log of incidents, several people's ranges and counts before and
//! after say, and how is it written into a case?
//!
//! [`table`] reads a file into rows, [`log`] rows or incident records into events, and one file a
//! question turns them into a [`Proposal`]: an estimate with its source, its date and a sentence of
//! what it rests on. [`mod@write`] puts it into a case and keeps the comments. What cannot be answered
//! is a fault that says why and what to write.
//!
//! Guide: `docs/calibrate.md`; methods: `docs/model/frequency-from-counts.md`,
//! `docs/model/loss-from-amounts.md`, `docs/model/experts.md`, `docs/model/review.md`.

pub mod amounts;
pub mod answers;
pub mod cell;
pub mod duration;
pub mod effect;
pub mod experts;
pub mod exposure;
pub mod facts;
pub mod frequency;
mod headed;
pub mod log;
pub mod loss;
pub mod moment;
pub mod picture;
pub mod proposal;
pub mod record;
pub mod remark;
pub mod table;
pub mod workbook;
pub mod write;
pub mod written;

pub use exposure::Exposure;
pub use log::Log;
pub use proposal::Proposal;

use crate::diagnostic::{Code, Diagnostic};

/// A fault in a file that is no scenario: the code, what is wrong with its place, and what to write.
pub(crate) fn fault(code: Code, message: impl Into<String>, help: &[&str]) -> Diagnostic {
    help.iter().fold(Diagnostic::new(code, message), |fault, line| fault.help(*line))
}
