//! Where do losses add by multiplying? In the tilted Fourier transform of their masses.
//!
//! f̂ⱼ = Σₖ e^(−θk) pₖ e^(−2πijk/n) with θ = 20/n (Grübel & Hermesmeier 1999). A discrete
//! transform folds what lies beyond the top back onto the bottom; the tilt shrinks each fold by
//! e^(−20), so no grid has to be padded. Undoing the tilt blows rounding up again by e^(θk):
//! with quantiles asked for below two thirds of the top that is 1e−10 of probability.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

use super::Grid;

/// θ·n: the logarithm of how much a fold is shrunk.
pub(super) const TILT: f64 = 20.0;

/// Makes each mass heavier by the cell that it stands in, `1 + each·k` times: how a sum moves with that tells the part of
/// what was marked in it.
pub fn weigh(cells: &mut [f64], each: f64) {
    cells.iter_mut().enumerate().for_each(|(k, mass)| *mass *= 1.0 + each * k as f64);
}

/// The transform of a distribution on a grid.
#[derive(Debug, Clone)]
pub struct Spectrum {
    grid: Grid,
    pub(super) values: Vec<Complex<f64>>,
}

impl Spectrum {
    /// The transform of masses on a grid; missing masses count as zero, more than the grid holds
    /// are cut.
    pub fn of(cells: &[f64], grid: &Grid) -> Self {
        let n = grid.cells();
        let plan = Plan::with(n);
        let values = SCRATCH.with_borrow_mut(|scratch| {
            let mut values = plan.forward.make_output_vec();
            scratch.real.clear();
            scratch.real.extend_from_slice(&cells[..cells.len().min(n)]);
            scratch.real.resize(n, 0.0);
            plan.tilt.scale(&mut scratch.real);
            let length = plan.forward.get_scratch_len();
            scratch.complex.resize(length.max(scratch.complex.len()), Complex::default());
            // The lengths fit by construction; a failure would leave zeros, not garbage.
            let _ = plan.forward.process_with_scratch(&mut scratch.real, &mut values, &mut scratch.complex[..length]);
            values
        });
        Self { grid: *grid, values }
    }

    /// The transform of "no loss at all": what a product starts from.
    pub fn of_nothing(grid: &Grid) -> Self {
        Self { grid: *grid, values: vec![Complex::new(1.0, 0.0); grid.cells() / 2 + 1] }
    }

    /// Zero everywhere: what a weighted average starts from.
    pub fn zero(grid: &Grid) -> Self {
        Self { grid: *grid, values: vec![Complex::default(); grid.cells() / 2 + 1] }
    }

    /// The grid that the spectrum belongs to.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The sum of two independent losses. Both must be on the same grid.
    pub fn multiply(&mut self, other: &Spectrum) {
        debug_assert_eq!(self.grid, other.grid);
        for (value, factor) in self.values.iter_mut().zip(&other.values) {
            *value *= factor;
        }
    }

    /// The loss happens with this chance, and else nothing: 1 − q + q·f̂.
    pub fn with_chance(&mut self, chance: f64) {
        at_most_once(&mut self.values, chance);
    }

    /// Adds `weight` times another spectrum of the same grid: averages over what is not known.
    pub fn add_scaled(&mut self, weight: f64, other: &Spectrum) {
        debug_assert_eq!(self.grid, other.grid);
        for (value, term) in self.values.iter_mut().zip(&other.values) {
            *value += term * weight;
        }
    }

    /// Back to masses, the tilt undone.
    pub fn into_cells(mut self) -> Vec<f64> {
        let n = self.grid.cells();
        let plan = Plan::with(n);
        let mut cells = vec![0.0; n];
        // A real signal has no imaginary part at either end; products keep only its rounding.
        if let Some(first) = self.values.first_mut() {
            first.im = 0.0;
        }
        if let Some(last) = self.values.last_mut() {
            last.im = 0.0;
        }
        SCRATCH.with_borrow_mut(|scratch| {
            let length = plan.inverse.get_scratch_len();
            scratch.complex.resize(length.max(scratch.complex.len()), Complex::default());
            let _ = plan.inverse.process_with_scratch(&mut self.values, &mut cells, &mut scratch.complex[..length]);
        });
        plan.untilt.scale(&mut cells);
        cells
    }
}

/// 1 − q + q·f̂ at each value.
pub(super) fn at_most_once(values: &mut [Complex<f64>], chance: f64) {
    let chance = clamp_chance(chance);
    for value in values {
        *value = Complex::new(1.0 - chance + chance * value.re, chance * value.im);
    }
}

/// A chance that may be anything becomes one between 0 and 1.
pub(super) fn clamp_chance(chance: f64) -> f64 {
    if chance > 0.0 { chance.min(1.0) } else { 0.0 }
}

/// Factors factor · e^(rate·k) of cells k, as a product of one for the block and one for the place in it, so that
/// errors of a running product do not add up.
struct Geometric {
    blocks: Vec<f64>,
    inside: [f64; BLOCK],
}

/// Cells of a block.
const BLOCK: usize = 64;

impl Geometric {
    fn new(cells: usize, rate: f64, factor: f64) -> Self {
        let start = |block: usize| factor * libm::exp(rate * (block * BLOCK) as f64);
        let inside = std::array::from_fn(|place| libm::exp(rate * place as f64));
        Self { blocks: (0..cells.div_ceil(BLOCK)).map(start).collect(), inside }
    }

    fn scale(&self, cells: &mut [f64]) {
        for (start, block) in self.blocks.iter().zip(cells.chunks_mut(BLOCK)) {
            for (cell, scale) in block.iter_mut().zip(&self.inside) {
                *cell *= start * scale;
            }
        }
    }
}

#[derive(Default)]
struct Scratch {
    real: Vec<f64>,
    complex: Vec<Complex<f64>>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// The prepared transforms of one length; planning costs more than a transform.
struct Plan {
    forward: Arc<dyn RealToComplex<f64>>,
    inverse: Arc<dyn ComplexToReal<f64>>,
    tilt: Geometric,
    untilt: Geometric,
}

impl Plan {
    fn with(n: usize) -> Arc<Plan> {
        static PLANS: OnceLock<Mutex<HashMap<usize, Arc<Plan>>>> = OnceLock::new();
        let mut plans = PLANS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        plans
            .entry(n)
            .or_insert_with(|| {
                let mut planner = RealFftPlanner::new();
                Arc::new(Plan {
                    forward: planner.plan_fft_forward(n),
                    inverse: planner.plan_fft_inverse(n),
                    tilt: Geometric::new(n, -TILT / n as f64, 1.0),
                    untilt: Geometric::new(n, TILT / n as f64, 1.0 / n as f64),
                })
            })
            .clone()
    }
}
