//! What every run of a scenario shares.

use crate::engine::loss::LossModel;
use crate::engine::world::Knowledge;
use crate::stats::sampling::Samplers;

use super::group::drawn;
use super::symbol::{Drawn, Operand, Program, Symbol};

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

    /// The program that works out some symbols in worlds of this name, where each of them will stand, and what it draws.
    pub fn program<'a>(
        &self,
        symbols: impl IntoIterator<Item = Symbol<'a>>,
        world: &str,
    ) -> (Program, Vec<Operand>, Vec<Drawn>) {
        let (mut program, operands) = Program::new(symbols);
        let mut used: Vec<usize> = program.unknowns().collect();
        used.sort_unstable();
        program.rename(|unknown| used.binary_search(&unknown).unwrap_or(0));
        let unknowns = used.iter().map(|unknown| &self.knowledge.unknowns()[*unknown]);
        (program, operands, drawn(self.knowledge, unknowns, &self.samplers, self.seed, world))
    }
}
