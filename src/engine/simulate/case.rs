//! What every run of a scenario shares.

use crate::engine::loss::LossModel;
use crate::engine::world::Knowledge;
use crate::stats::sampling::Samplers;

/// A scenario, its unknowns and its tables.
#[derive(Debug)]
pub struct Case<'c, 's> {
    /// The risks and what acts on them.
    pub model: &'c LossModel<'s>,
    /// What is not known.
    pub knowledge: &'c Knowledge<'s>,
    /// Tables of draws, those that are alike shared.
    pub samplers: Samplers,
    /// The seed.
    pub seed: u64,
}

impl<'c, 's> Case<'c, 's> {
    /// For a seed.
    pub fn new(model: &'c LossModel<'s>, knowledge: &'c Knowledge<'s>, seed: u64) -> Self {
        Self { model, knowledge, samplers: Samplers::default(), seed }
    }
}
