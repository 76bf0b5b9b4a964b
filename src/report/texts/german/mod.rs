//! Every text of a report in German: short active sentences, as finance people in Munich, Vienna and Zurich write them.
//!
//! Names from the file are put in so that their gender and case do not matter, and a number of years so that it may
//! stand in the nominative or the accusative.

mod answer;
mod calibrated;
mod charts;
mod checks;
mod entities;
mod experts;
pub(in crate::report) mod explained;
mod figures;
mod page;
mod paper;
mod plans;
mod review;
mod search;
mod sheet;
mod tables;
pub(in crate::report) mod terms;
mod workbook;
