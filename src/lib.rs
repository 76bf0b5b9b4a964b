//! rosi makes the money case for security spending.

pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod model;
pub mod render;
pub mod report;
pub mod scenario;
pub mod stats;
pub mod units;
