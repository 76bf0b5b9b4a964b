//! How is a year found of which the transform can be had on any grid?
//!
//! The sum may be of one risk, of all risks of a case or of many cases. Where worlds are averaged, a few of them find
//! the grid and all of them fill it; the spread over their shifts is part of the error. See `docs/model/annual-loss.md`.

use crate::engine::year::{LEVELS, YearLoss};
use crate::stats::lattice::{Aim, AnnualLoss, Atoms, Discrete, Facts, Grid, Shape, Solved, Spectrum, solve_with};

use super::Request;
use super::described::describe;
use super::group::SHIFTS;

/// The relative difference between a grid and one of half its cells that quantiles aim at. Errors
/// fall as the square of the step, so the finer one is right to a third of it.
const TOLERANCE: f64 = 3e-4;
/// Cells of a grid on which many worlds are averaged.
const WORLD_CELLS: usize = 1 << 12;
/// Cells of the grids on which the shifts of the worlds are compared.
const SPREAD_CELLS: usize = 1 << 11;

/// The amounts with a chance of their own, and what the steps on a grid make of them.
pub struct Singles<'a> {
    /// The amounts.
    pub atoms: Atoms,
    /// Their transform.
    pub transform: Box<dyn Fn(&Grid) -> Spectrum + 'a>,
}

/// A sum of losses; in one shift of the worlds where that is asked.
pub trait Sum {
    /// Whether worlds are averaged.
    fn is_averaged(&self) -> bool;
    /// What is known without a grid.
    fn facts(&self, half: Option<u64>) -> Facts;
    /// The most cells that keep the budget of work.
    fn most_cells(&self) -> usize;
    /// The amounts with a chance of their own.
    fn singles(&self, half: Option<u64>) -> Singles<'_>;
    /// The transform of the year on a grid.
    fn spectrum(&self, grid: &Grid, half: Option<u64>) -> Spectrum;
}

/// The year on a grid that was found for it; `few` is the same sum with few of its worlds.
pub fn solve(sum: &dyn Sum, few: &dyn Sum, facts: &Facts, request: &Request<'_>) -> Solved {
    let amounts = request.amounts.iter().copied().take(request.reached).collect();
    let aim = Aim { levels: LEVELS.to_vec(), tolerance: TOLERANCE, amounts, most_cells: sum.most_cells() };
    if !sum.is_averaged() {
        return solved(sum, facts, &aim);
    }
    // A few worlds find the grid, all of them fill it.
    let mut solved = solved(few, facts, &Aim { tolerance: 3e-3, ..aim });
    let grid = match solved.loss.shape() {
        Shape::Smooth => Grid::reaching(1.15 * solved.loss.grid().top(), solved.loss.grid().cells().max(WORLD_CELLS)),
        Shape::Lattice => *solved.loss.grid(),
    };
    solved.coarse = (solved.loss.shape() == Shape::Smooth).then(|| on(sum, &grid.halved(), facts, None));
    solved.loss = on(sum, &grid, facts, None);
    for level in &mut solved.levels {
        level.quantile = solved.loss.quantile(level.level);
    }
    solved
}

/// A grid for the aim.
fn solved(sum: &dyn Sum, facts: &Facts, aim: &Aim) -> Solved {
    let singles = sum.singles(None);
    let discrete = Discrete { atoms: singles.atoms, transform: &*singles.transform };
    solve_with(facts, aim, &discrete, &|grid| sum.spectrum(grid, None))
}

/// The year on a grid.
fn on(sum: &dyn Sum, grid: &Grid, facts: &Facts, half: Option<u64>) -> AnnualLoss {
    let Singles { atoms, transform } = sum.singles(half);
    let cells = sum.spectrum(grid, half).into_cells();
    let smeared = (!atoms.points().is_empty()).then(|| transform(grid).into_cells());
    AnnualLoss::parted(grid, cells, smeared, facts, atoms)
}

/// The figures that are shown, with what they may be off by.
pub fn described(sum: &dyn Sum, solved: &Solved, facts: &Facts, request: &Request<'_>, points: usize) -> YearLoss {
    let mut year = describe(&solved.loss, solved.coarse.as_ref(), request, points);
    year.grid_gap = solved.loss.grid_gap();
    if !sum.is_averaged() {
        return year;
    }
    let grid = match solved.loss.shape() {
        Shape::Smooth => Grid::reaching(solved.loss.grid().top(), SPREAD_CELLS),
        Shape::Lattice => *solved.loss.grid(),
    };
    let shifts: Vec<YearLoss> = (0..SHIFTS)
        .map(|shift| {
            let there = Facts { unit: facts.unit, ..sum.facts(Some(shift)) };
            describe(&on(sum, &grid, &there, Some(shift)), None, request, 0)
        })
        .collect();
    if let Some(error) = &mut year.error {
        error.spread(&shifts);
    }
    year
}
