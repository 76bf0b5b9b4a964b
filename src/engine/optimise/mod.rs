//! What to buy: the best set of controls under budgets.

mod bound;
mod local;
mod problem;
mod search;
#[cfg(test)]
mod tests;
