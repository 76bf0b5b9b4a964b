//! Text to model: one file in, a valid [`crate::model::Scenario`] or every fault at once out.
pub mod syntax;
