//! How is a year found of which the transform can be had on any grid?
//!
//! The sum may be of one risk, of all risks of a case or of many cases. Where worlds are averaged, a few of them find
//! the grid and all of them fill it; the spread over their shifts is part of the error. See `docs/model/annual-loss.md`.

use crate::engine::year::{LEVELS, YearLoss, standard_error};
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

/// Pairs of single amounts that may be looked at in all worlds together.
const PAIRS: f64 = 2e8;

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
    /// How many worlds there are, by group and by count of strikes.
    fn worlds(&self) -> usize;
    /// What is known without a grid.
    fn facts(&self, half: Option<u64>) -> Facts;
    /// The most cells that keep the budget of work.
    fn most_cells(&self) -> usize;
    /// The amounts with a chance of their own; where they are not `told` apart, the chance of any loss and the largest
    /// amount alone.
    fn singles(&self, half: Option<u64>, told: bool) -> Singles<'_>;
    /// The transform of the year on a grid.
    fn spectrum(&self, grid: &Grid, half: Option<u64>) -> Spectrum;
}

/// The year on a grid that was found for it; `few` is the same sum with few of its worlds.
pub fn solve(sum: &dyn Sum, few: &dyn Sum, facts: &Facts, request: &Request<'_>) -> Solved {
    let amounts = request.amounts.iter().copied().take(request.reached).collect();
    let aim = Aim { levels: LEVELS.to_vec(), tolerance: TOLERANCE, amounts, most_cells: sum.most_cells() };
    if !sum.is_averaged() {
        return solved(&sum.singles(None, true), sum, facts, &aim);
    }
    // A few worlds find the grid, all of them fill it.
    let aim = Aim { tolerance: 3e-3, ..aim };
    let mut solved = found_by(few, sum.worlds(), facts, &aim);
    let grid = match solved.loss.shape() {
        Shape::Smooth => Grid::reaching(1.15 * solved.loss.grid().top(), solved.loss.grid().cells().max(WORLD_CELLS)),
        Shape::Lattice => *solved.loss.grid(),
    };
    let as_found = &solved.loss;
    let coarse = (as_found.shape() == Shape::Smooth).then(|| on(sum, &grid.halved(), facts, None, as_found));
    let loss = on(sum, &grid, facts, None, as_found);
    for level in &mut solved.levels {
        level.quantile = loss.quantile(level.level);
    }
    Solved { loss, coarse, ..solved }
}

/// What few worlds find for `worlds` of them: where every amount is a multiple of one, on the grid of that step, which
/// holds single amounts as they are; otherwise with these apart, if they are not too many to follow in every world.
fn found_by(few: &dyn Sum, worlds: usize, facts: &Facts, aim: &Aim) -> Solved {
    if facts.unit.is_some() {
        let solved = solved(&few.singles(None, false), few, facts, aim);
        if solved.loss.shape() == Shape::Lattice {
            return solved;
        }
    }
    let mut singles = few.singles(None, true);
    let points = singles.atoms.points().len() as f64;
    if points * points * worlds as f64 > PAIRS {
        singles.atoms = singles.atoms.without_points();
    }
    solved(&singles, few, facts, aim)
}

/// A grid for the aim.
fn solved(singles: &Singles<'_>, sum: &dyn Sum, facts: &Facts, aim: &Aim) -> Solved {
    let discrete = Discrete { atoms: singles.atoms.clone(), transform: &*singles.transform };
    solve_with(facts, aim, &discrete, &|grid| sum.spectrum(grid, None))
}

/// The year on a grid, its single amounts treated as in another that was found.
fn on(sum: &dyn Sum, grid: &Grid, facts: &Facts, half: Option<u64>, found: &AnnualLoss) -> AnnualLoss {
    let (told, grid) = (!found.atoms().points().is_empty(), &facts.suited(grid));
    let Singles { atoms, transform } = sum.singles(half, told);
    let cells = sum.spectrum(grid, half).into_cells();
    if atoms.points().is_empty() {
        let atoms = if found.atoms().blurred { atoms.without_points() } else { atoms };
        return AnnualLoss::new(grid, cells, facts, atoms, found.shape());
    }
    AnnualLoss::parted(grid, cells, Some(transform(grid).into_cells()), facts, atoms)
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
    let shifts: Vec<AnnualLoss> = (0..SHIFTS)
        .map(|shift| {
            let there = Facts { unit: facts.unit, ..sum.facts(Some(shift)) };
            on(sum, &grid, &there, Some(shift), &solved.loss)
        })
        .collect();
    let years: Vec<YearLoss> = shifts.iter().map(|loss| describe(loss, None, request, 0)).collect();
    if let Some(error) = &mut year.error {
        error.spread(&years);
        for (level, error) in LEVELS.into_iter().zip(&mut error.quantiles) {
            if let Some(error) = error {
                *error = error.max(jump(&solved.loss, level, &shifts));
            }
        }
    }
    year
}

/// How far the next quantiles are that a chance may be off by over the shifts: where single amounts have a chance of
/// their own, those of the shifts may all be one, and the right one another. Half of what two standard errors reach.
fn jump(loss: &AnnualLoss, level: f64, shifts: &[AnnualLoss]) -> f64 {
    let Some(found) = loss.quantile(level) else { return 0.0 };
    let off_by = |chance: fn(&AnnualLoss, f64) -> f64| {
        standard_error(&shifts.iter().map(|shift| chance(shift, found)).collect::<Vec<f64>>())
    };
    let unsure = 2.0 * off_by(AnnualLoss::exceedance).max(off_by(AnnualLoss::reaches));
    let near = |chance: f64| match loss.quantile(chance.clamp(0.0, 1.0 - 1e-12)) {
        Some(other) => 0.5 * (other - found).abs(),
        None => 0.0,
    };
    near(level + unsure).max(near(level - unsure))
}
