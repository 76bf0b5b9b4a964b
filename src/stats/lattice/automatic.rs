//! Which grid is wide enough and fine enough? The program finds it and says what it reached.
//!
//! A probe on 2¹⁰ cells finds the largest quantile that is asked for; the top is about
//! one and a half times that (three times for years rarer than 1 in 2,000, where the rounding of
//! the tilt would show). Then the cells are doubled until the quantiles on N and on N/2 cells agree: their
//! difference is the reported error, about three times the true one since errors fall as h².
//! Where all losses are whole multiples of one amount, that amount is the step and there is no
//! error at all.

use super::annual_loss::{AnnualLoss, Facts};
use super::atoms::FORGOTTEN;
use super::held::Shape;
use super::{Atoms, Grid, Spectrum};

/// What is asked of the distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// The quantiles that must be right, each between 0 and 1.
    pub levels: Vec<f64>,
    /// The largest relative error of each of them.
    pub tolerance: f64,
    /// The most cells of a grid.
    pub most_cells: usize,
    /// Amounts whose chance of being passed is asked for: a grid reaches as far, where it can.
    pub amounts: Vec<f64>,
}

impl Default for Aim {
    fn default() -> Self {
        Self { levels: vec![0.5, 0.9, 0.95, 0.99, 0.999], tolerance: 1e-4, most_cells: 1 << 20, amounts: Vec::new() }
    }
}

/// What the reader of the result has to know.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Note {
    /// A tail index of 1 or more: there is no mean, no tail mean and no expected loss.
    NoMean,
    /// A tail index of a half or more: there is no standard deviation.
    NoVariance,
    /// The quantile at this level lies beyond every grid that is allowed.
    NotHeld {
        /// The level.
        level: f64,
    },
    /// The quantile at this level is held, with a larger error than was asked for.
    Coarse {
        /// The level.
        level: f64,
        /// Its relative error.
        error: f64,
    },
    /// All losses are fixed amounts, but no grid holds every one of them exactly: quantiles are
    /// right to a step.
    AtomsOffGrid,
}

/// The error that was reached at one level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelError {
    /// The level asked for.
    pub level: f64,
    /// The quantile; None if no grid holds it.
    pub quantile: Option<f64>,
    /// The difference to half the cells, as a part of the quantile.
    pub error: f64,
}

/// A distribution on a grid that was found for it.
#[derive(Debug, Clone)]
pub struct Solved {
    /// The distribution.
    pub loss: AnnualLoss,
    /// The same on half the cells: the difference is the error. None where there is none.
    pub coarse: Option<AnnualLoss>,
    /// The error at every level.
    pub levels: Vec<LevelError>,
    /// What was not reached, and what does not exist.
    pub notes: Vec<Note>,
}

/// Cells of a probe, which only has to place the top.
const PROBE: usize = 1 << 10;
/// Cells of the grid that is tried first.
const FIRST: usize = 1 << 12;
/// An amount this far below the top of a grid is looked at on a grid of its own.
const LOW: f64 = 1.0 / 24.0;
/// How often a grid that turns out too short is widened, at most.
const MOST_WIDENED: usize = 8;
/// Steps of a grid from zero on within which a distribution may bend more than its cells show.
const FIRST_STEPS: f64 = 24.0;
/// Grids that are added for low amounts, at most.
const MOST_SCALES: usize = 3;
/// How far beyond the grid of the quantiles a grid for an amount that is asked for may reach.
const FARTHEST: f64 = 4096.0;

/// The most cells of such a grid.
const MOST_FAR: usize = 1 << 16;
/// A chance as small as this is the rounding of the transform.
const NOISE: f64 = 1e-11;

/// The transform of a loss on a grid.
type Transform<'a> = dyn Fn(&Grid) -> Spectrum + 'a;

/// The single amounts of a loss, and what the same steps on a grid make of them.
pub struct Discrete<'a> {
    /// The amounts.
    pub atoms: Atoms,
    /// Their transform: taken out of that of the whole loss, it leaves the rest.
    pub transform: &'a Transform<'a>,
}

/// Finds a grid for the year's loss whose transform on a grid `spectrum` gives, where single amounts may be known.
pub fn solve_with(facts: &Facts, aim: &Aim, discrete: &Discrete<'_>, spectrum: &Transform<'_>) -> Solved {
    let mut levels: Vec<f64> = aim.levels.iter().copied().filter(|p| (0.0..1.0).contains(p)).collect();
    levels.sort_by(f64::total_cmp);
    let mut notes = Vec::new();
    if facts.tail_index >= 1.0 || facts.mean.is_infinite() {
        notes.push(Note::NoMean);
    } else if facts.tail_index >= 0.5 || facts.variance.is_infinite() {
        notes.push(Note::NoVariance);
    }
    let atoms = if discrete.atoms.lost > FORGOTTEN { discrete.atoms.without_points() } else { discrete.atoms.clone() };
    let has_atoms = !atoms.points().is_empty();
    let on = |grid: &Grid, shape| {
        let grid = &facts.suited(grid);
        let cells = spectrum(grid).into_cells();
        if has_atoms {
            let smeared = (discrete.transform)(grid).into_cells();
            return AnnualLoss::parted(grid, cells, Some(smeared), facts, atoms.clone());
        }
        AnnualLoss::new(grid, cells, facts, atoms.clone(), shape)
    };
    let finder = Finder { facts, aim, on: &on };
    if has_atoms && atoms.something - atoms.mass() <= 1e-13 * atoms.something {
        // Nothing but single amounts: no grid is needed.
        let loss = AnnualLoss::new(&finder.staircase(&atoms), Vec::new(), facts, atoms, Shape::Lattice);
        return judge(loss, None, &levels, aim, facts, notes);
    }
    let mut solved = finder.solve(&levels, notes);
    for _ in 0..MOST_SCALES {
        let open: Vec<f64> = solved.levels.iter().filter(|l| l.error > aim.tolerance).map(|l| l.level).collect();
        let top = solved.loss.grid().top();
        let low: Vec<f64> =
            open.iter().copied().filter(|p| solved.loss.quantile(*p).is_some_and(|x| x < LOW * top)).collect();
        if low.is_empty() || solved.coarse.is_none() {
            break;
        }
        let fine = finder.solve(&low, Vec::new());
        let coarse = fine.coarse.zip(solved.coarse).map(|(fine, coarse)| fine.with(coarse));
        let (loss, coarse) = finder.bridged(fine.loss, solved.loss, coarse);
        let notes = solved.notes.into_iter().filter(|note| !matches!(note, Note::Coarse { .. } | Note::NotHeld { .. }));
        solved = judge(loss, coarse, &levels, aim, facts, notes.collect());
        if low.len() == solved.levels.iter().filter(|l| l.error > aim.tolerance).count() {
            break;
        }
    }
    finder.reaching_amounts(solved)
}

struct Finder<'a> {
    facts: &'a Facts,
    aim: &'a Aim,
    on: &'a dyn Fn(&Grid, Shape) -> AnnualLoss,
}

impl Finder<'_> {
    /// A grid for what consists of single amounts only, for those who ask for one.
    fn staircase(&self, atoms: &Atoms) -> Grid {
        let highest = atoms.points().last().map_or(1.0, |point| point.0);
        match self.facts.unit.filter(|unit| *unit > 0.0 && highest / unit < 1e6) {
            Some(unit) => Grid::new(unit, 2 * ((highest / unit).ceil() as usize + 2)),
            None => Grid::reaching(1.5 * highest, FIRST),
        }
    }

    /// A grid for these levels.
    fn solve(&self, levels: &[f64], mut notes: Vec<Note>) -> Solved {
        let Self { facts, aim, on } = *self;
        let highest = levels.last().copied().unwrap_or(0.999);
        let most = aim.most_cells.clamp(Grid::FEWEST * 2, Grid::MOST);
        let mut top = find_top(facts, highest, |grid| on(grid, Shape::Smooth));
        if let Some(unit) = facts.unit.filter(|u| *u > 0.0) {
            let farthest = aim.amounts.iter().copied().filter(|x| *x < 4.0 * top).fold(top, f64::max);
            let cells = (farthest / unit).ceil() + 2.0;
            if cells <= most as f64 {
                // Twice the cells keep the top of the staircase far from the tilt's rounding.
                let loss = on(&Grid::new(unit, 2 * cells as usize), Shape::Lattice);
                return judge(loss, None, levels, aim, facts, notes);
            }
            notes.push(Note::AtomsOffGrid);
        }
        let mut cells = FIRST.min(most.next_power_of_two());
        let mut coarse = on(&Grid::reaching(top, cells / 2), Shape::Smooth);
        let mut widened = 0;
        loop {
            let fine = on(&Grid::reaching(top, cells), Shape::Smooth);
            // A probe whose cells are wide beside the quantile places the top too low.
            if let Some(beyond) = fine.quantile(highest).filter(|x| *x > fine.sure() && widened < MOST_WIDENED) {
                top = margin(highest) * beyond;
                coarse = on(&Grid::reaching(top, cells / 2), Shape::Smooth);
                widened += 1;
                continue;
            }
            let solved = judge(fine, Some(coarse), levels, aim, facts, notes.clone());
            let is_low = |l: &LevelError| l.quantile.is_some_and(|x| x < LOW * top);
            let left = solved.levels.iter().filter(|l| l.error > aim.tolerance && !is_low(l)).count();
            let is_blunt = facts.is_blunt(solved.loss.grid());
            if left == 0 && !is_blunt || 2 * cells > most {
                return solved;
            }
            coarse = solved.loss;
            cells *= 2;
        }
    }

    /// A fine grid before a wide one. Where the fine one ends within the first steps of the wide one, which knows little
    /// there, a third one lies between them.
    fn bridged(
        &self,
        fine: AnnualLoss,
        wide: AnnualLoss,
        coarse: Option<AnnualLoss>,
    ) -> (AnnualLoss, Option<AnnualLoss>) {
        let gap = fine.sure() < FIRST_STEPS * wide.finest_step();
        let top = (fine.grid().top() * wide.grid().top()).sqrt();
        let both = fine.with(wide);
        if !gap {
            return (both, coarse);
        }
        let on = |cells| (self.on)(&Grid::reaching(top, cells), Shape::Smooth);
        (both.with(on(FIRST)), coarse.map(|coarse| coarse.with(on(FIRST / 2))))
    }

    /// The same with a grid that reaches the amounts that are asked for, where those lie beyond.
    fn reaching_amounts(&self, solved: Solved) -> Solved {
        let Some(coarse) = solved.coarse else { return solved };
        let (top, most) = (solved.loss.grid().top(), solved.loss.atoms().most);
        let asked: Vec<f64> =
            self.aim.amounts.iter().copied().filter(|x| *x < most && *x < FARTHEST * top && 1.4 * x > top).collect();
        let wanted = 1.4 * asked.iter().copied().fold(0.0, f64::max);
        if wanted <= top {
            return Solved { coarse: Some(coarse), ..solved };
        }
        // Far out a step may be as long as it is beside the amount: the gap to half the cells tells.
        let mut cells = FIRST;
        let mut far = (self.on)(&Grid::reaching(wanted, cells / 2), Shape::Smooth);
        loop {
            let fine = (self.on)(&Grid::reaching(wanted, cells), Shape::Smooth);
            let is_open = |x: &f64| {
                let (fine, far) = (fine.exceedance(*x), far.exceedance(*x));
                (fine - far).abs() > 10.0 * self.aim.tolerance * fine + NOISE
            };
            if 2 * cells > MOST_FAR || !asked.iter().any(is_open) {
                return Solved { coarse: Some(coarse.with(far)), loss: solved.loss.with(fine), ..solved };
            }
            far = fine;
            cells *= 2;
        }
    }
}

/// How far beyond the largest quantile a grid reaches.
fn margin(highest: f64) -> f64 {
    if highest > 0.9995 { 3.0 } else { 1.5 }
}

/// The top of the grid, from probes that widen or narrow until they hold the largest quantile in
/// their upper part.
fn find_top(facts: &Facts, highest: f64, on: impl Fn(&Grid) -> AnnualLoss) -> f64 {
    let margin = margin(highest);
    let spread = facts.variance.sqrt();
    let usual = if facts.mean.is_finite() { facts.mean } else { 0.0 };
    let mut top = usual + if spread.is_finite() { 5.0 * spread } else { 0.0 };
    top = top.max(usual + margin * facts.reach);
    if let Some(unit) = facts.unit {
        top = top.max(Grid::FEWEST as f64 * unit);
    }
    if !(top > 0.0 && top < 1e300) {
        top = if facts.reach > 0.0 && facts.reach < 1e300 { facts.reach } else { 1.0 };
    }
    let mut probe = on(&Grid::reaching(top, PROBE));
    for _ in 0..200 {
        let wanted = match probe.quantile(highest) {
            // A tail that the far cells only just hold is not trusted: the tilt's noise is there.
            Some(quantile) if quantile <= 0.9 * top => quantile * margin,
            _ => top * 4.0,
        };
        if wanted <= 0.0 || wanted > 1e300 {
            break;
        }
        let fits = wanted <= 1.2 * top && wanted >= 0.6 * top;
        if fits {
            break;
        }
        let near = wanted < 4.0 * top && wanted >= 0.02 * top;
        top = wanted;
        if near {
            // The probe was fine enough to place the top; the grids that follow start there.
            break;
        }
        probe = on(&Grid::reaching(top, PROBE));
    }
    top
}

fn judge(
    loss: AnnualLoss,
    coarse: Option<AnnualLoss>,
    levels: &[f64],
    aim: &Aim,
    facts: &Facts,
    mut notes: Vec<Note>,
) -> Solved {
    // A quantile that is next to nothing beside a usual year needs no relative accuracy.
    let scale = if facts.mean.is_finite() { 0.01 * facts.mean } else { 0.0 };
    let mut reached = Vec::with_capacity(levels.len());
    for level in levels {
        let quantile = loss.quantile(*level);
        let error = match (quantile, &coarse) {
            (None, _) => f64::INFINITY,
            (Some(_), None) => 0.0,
            (Some(fine), Some(coarse)) => match coarse.quantile(*level) {
                Some(other) if fine != other => (fine - other).abs() / fine.max(scale),
                Some(_) => 0.0,
                None => f64::INFINITY,
            },
        };
        if quantile.is_none() {
            notes.push(Note::NotHeld { level: *level });
        } else if error > aim.tolerance {
            notes.push(Note::Coarse { level: *level, error });
        }
        reached.push(LevelError { level: *level, quantile, error });
    }
    Solved { loss, coarse, levels: reached, notes }
}

/// Euclid's algorithm with rounding: None if the two have no common measure above a millionth of
/// the smaller.
pub fn common_divisor(a: f64, b: f64) -> Option<f64> {
    let (mut large, mut small) = (a.max(b), a.min(b));
    if !(small > 0.0 && large.is_finite()) {
        return None;
    }
    let least = small * 1e-6;
    let rounding = large * 1e-12;
    for _ in 0..64 {
        let rest = large - small * (large / small).round();
        if rest.abs() <= rounding {
            return Some(small);
        }
        large = small;
        small = rest.abs();
        if small < least {
            return None;
        }
    }
    None
}
