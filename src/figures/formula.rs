//! Formulas that several documents state.

/// The average year, after insurers pay.
pub(super) const MEAN: &str = "events a year × mean loss of an event, added up over the risks, less what insurers pay";
/// A level of a year.
pub(super) const LEVEL: &str = "the smallest x with P(loss ≤ x) ≥ level";
/// The mean of the worst years.
pub(super) const TAIL: &str = "E[loss | the worst 1 − level of all years]";
/// How far years lie from the average year.
pub(super) const SPREAD: &str = "√(mean of (loss of a year − mean)²)";
/// The chance of any loss.
pub(super) const ANY: &str = "1 − P(no event that costs something)";
/// The chance of passing a limit.
pub(super) const ABOVE: &str = "P(loss of a year > amount)";
/// The value of a plan.
pub(super) const VALUE: &str = "Σ (loss avoided + time saved − cost) / (1 + r)^time, each flow at its own time";
