//! What does a year cost, and how bad can it be? Questions to the distribution of a year's loss.
//!
//! It has three parts: the chance of nothing, single amounts with a chance of their own ([`Atoms`]),
//! and the rest, which lies on grids ([`Held`]): fine ones for what is small beside the worst years,
//! wide ones for what lies beyond. So P(S > x) = Σ atoms above x + (rest − rest up to x), each part with all
//! its digits. The tail mean is q + (E\[S\] − ∫₀^q (1 − F)) / (1 − p), the stop-loss premium
//! E\[S\] − ∫₀^d (1 − F), both with the exact mean, so that what the grid cuts off never enters (Acerbi
//! & Tasche 2002 for the atom's share). Mean and variance come from the count, never from the grid.

use super::atoms::SAME;
use super::held::{Held, Shape};
use super::{Atoms, Grid};

/// What is known of a year's loss without a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    /// E\[S\]; infinite where it does not exist.
    pub mean: f64,
    /// Var\[S\]; infinite where it does not exist.
    pub variance: f64,
    /// P(S = 0).
    pub no_loss: f64,
    /// The heaviest tail index ξ of a loss that can happen.
    pub tail_index: f64,
    /// An amount of the order of the largest loss that matters; a first guess, 0 if unknown.
    pub reach: f64,
    /// An amount that next to no single loss passes; infinite if unknown.
    pub largest: f64,
    /// The amount of which every loss is a whole multiple, if all losses are constants.
    pub unit: Option<f64>,
}

impl Facts {
    /// At most so much variance does a grid add that splits each loss between two steps, as a quarter of a step² for each
    /// of the losses: many times less for those far below a step.
    fn added_by(&self, step: f64) -> f64 {
        // Losses a year, about: as many as leave so many years without one.
        let losses = -libm::log(self.no_loss);
        (losses * step * step).min(if self.mean.is_finite() { self.mean * step } else { f64::INFINITY })
    }

    /// The skewness that a grid adds at most where losses far below a step keep mean and variance only.
    fn skewed_by(&self, step: f64) -> f64 {
        self.mean * step * step / (self.variance * self.variance.sqrt())
    }

    /// Whether a grid for very many losses is too coarse for the shape of their sum.
    pub fn is_blunt(&self, grid: &Grid) -> bool {
        grid.keeps_moments() && self.skewed_by(grid.step()) > BLUNT
    }

    /// The grid as the sum of very many losses needs it: where splitting them would widen the year.
    pub fn suited(&self, grid: &Grid) -> Grid {
        let is_many = self.no_loss <= libm::exp(-MANY);
        let widens = self.variance.is_finite() && self.added_by(grid.step()) > COARSE * self.variance;
        grid.keeping_moments(grid.keeps_moments() || is_many && widens)
    }

    /// A year in which nothing is lost.
    pub fn nothing() -> Self {
        Self { mean: 0.0, variance: 0.0, no_loss: 1.0, tail_index: 0.0, reach: 0.0, largest: 0.0, unit: None }
    }
}

/// The distribution of a year's loss.
#[derive(Debug, Clone)]
pub struct AnnualLoss {
    facts: Facts,
    atoms: Atoms,
    /// What lies neither at zero nor on a single amount.
    rest: f64,
    /// Grids that hold the rest, tops rising.
    scales: Vec<Held>,
}

/// The chance that stands for nothing where the largest single loss is looked for.
pub const NEXT_TO_NOTHING: f64 = 1e-12;
/// Where no single loss is longer than a grid, next to no year is longer than so many.
const BEYOND: f64 = 4.0;
/// The part of the variance that may lie beyond a grid.
const UNSEEN: f64 = 1e-4;
/// Losses a year from which on a grid may keep their first moments.
const MANY: f64 = 200.0;
/// The skewness that a grid for them may add before it is made finer.
const BLUNT: f64 = 0.05;
/// Four times the part of the variance that the steps of a grid may add.
const COARSE: f64 = 4e-3;
/// Chances this near to each other are the same: the rounding of a transform.
const TOUCHING: f64 = 1e-13;
/// Standard deviations above the mean that a grid holds at least whose sums say something.
const DEVIATIONS: f64 = 4.0;
/// The part of a mean beyond the grid that is not worth telling apart.
const NEXT_TO_NO_PART: f64 = 1e-9;
/// Steps within which the chance of a single amount lies that is not told apart.
const BLURRED: f64 = 4.0;

impl AnnualLoss {
    /// From the masses on a grid and what is known exactly, without single amounts.
    pub fn from_cells(grid: &Grid, cells: Vec<f64>, facts: &Facts, shape: Shape) -> Self {
        Self::new(grid, cells, facts, Atoms::unknown(1.0 - facts.no_loss), shape)
    }

    /// From the masses on a grid, those of the single amounts taken out already.
    pub fn new(grid: &Grid, mut cells: Vec<f64>, facts: &Facts, atoms: Atoms, shape: Shape) -> Self {
        let nothing = 1.0 - atoms.something;
        if let Some(first) = cells.first_mut() {
            *first -= nothing;
        }
        let rest = (atoms.something - atoms.mass()).max(0.0);
        // A purely discrete loss leaves a rounding, not a rest.
        let rest = if rest <= 1e-14 * atoms.something { 0.0 } else { rest };
        Self { facts: *facts, rest, scales: vec![Held::new(grid, cells, 0.0, rest, shape)], atoms }
    }

    /// From the masses on a grid, and those that the same steps make of the single amounts.
    pub fn parted(grid: &Grid, mut cells: Vec<f64>, smeared: Option<Vec<f64>>, facts: &Facts, atoms: Atoms) -> Self {
        if let Some(smeared) = smeared {
            cells.iter_mut().zip(&smeared).for_each(|(cell, atoms)| *cell -= atoms);
            if let Some(first) = cells.first_mut() {
                *first += 1.0 - atoms.something;
            }
        }
        Self::new(grid, cells, facts, atoms, Shape::Smooth)
    }

    /// The same with another's grids beside its own.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.scales.extend(other.scales);
        self.scales.sort_by(|a, b| a.grid().top().total_cmp(&b.grid().top()));
        self
    }

    /// The distance of two cells of the widest grid.
    #[cfg(test)]
    pub fn step(&self) -> f64 {
        self.grid().step()
    }

    /// The widest grid.
    pub fn grid(&self) -> &Grid {
        self.widest().grid()
    }

    /// How the distribution lies on its widest grid.
    pub fn shape(&self) -> Shape {
        self.widest().shape()
    }

    /// The distance of two cells of the finest grid.
    pub fn finest_step(&self) -> f64 {
        self.scales[0].grid().step()
    }

    /// The largest amount of which the grids answer without the rounding of the tilt.
    pub fn sure(&self) -> f64 {
        self.widest().sure()
    }

    fn widest(&self) -> &Held {
        &self.scales[self.scales.len() - 1]
    }

    /// The exact mean; infinite where it does not exist.
    pub fn mean(&self) -> f64 {
        self.facts.mean
    }

    /// The exact variance; infinite where it does not exist.
    pub fn variance(&self) -> f64 {
        self.facts.variance
    }

    /// P(S = 0), from the count.
    pub fn no_loss(&self) -> f64 {
        1.0 - self.atoms.something
    }

    /// P(S > 0), with all its digits.
    pub fn chance_of_loss(&self) -> f64 {
        self.atoms.something
    }

    /// All that was known without a grid.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The amounts with a chance of their own.
    pub fn atoms(&self) -> &Atoms {
        &self.atoms
    }

    /// The chance that the grids hold the year's loss: quantiles beyond it do not exist here.
    pub fn held(&self) -> f64 {
        1.0 - (self.rest - self.widest().held()).max(0.0)
    }

    /// The grid that answers questions about an amount.
    fn scale(&self, x: f64) -> &Held {
        self.scales.iter().find(|scale| x <= scale.sure()).unwrap_or_else(|| self.widest())
    }

    /// P(S ≤ x). Beyond the grid: what the grid holds.
    #[cfg(test)]
    pub fn cdf(&self, x: f64) -> f64 {
        if x.is_nan() || x < 0.0 {
            return 0.0;
        }
        (1.0 - self.exceedance(x)).clamp(0.0, 1.0)
    }

    /// P(S > x): a point of the loss exceedance curve. Beyond the grid: what the grid does not hold.
    pub fn exceedance(&self, x: f64) -> f64 {
        if x.is_nan() || x < 0.0 {
            return 1.0;
        }
        if x >= self.atoms.most * (1.0 - SAME) {
            return 0.0;
        }
        self.atoms.above(x) + (self.rest - self.scale(x).cdf(x)).max(0.0)
    }

    /// P(S ≥ x): with the chance of a single amount that is just x.
    pub fn reaches(&self, x: f64) -> f64 {
        self.exceedance(x * (1.0 - 10.0 * SAME))
    }

    /// What the grids know of the chance of passing an amount only to this: the rounding of the
    /// transform, and what lies beyond the widest grid.
    pub fn uncertain(&self, x: f64) -> f64 {
        if x >= self.atoms.most * (1.0 - SAME) || self.rest == 0.0 {
            return self.atoms.lost;
        }
        let scale = self.scale(x);
        let beyond = if x > scale.grid().top() { self.rest - scale.held() } else { 0.0 };
        // A single amount that stands between two steps has its chance on both of them.
        let around = if self.atoms.blurred && scale.shape() == Shape::Smooth {
            let reach = BLURRED * scale.grid().step();
            self.exceedance((x - reach).max(0.0)) - self.exceedance(x + reach)
        } else {
            0.0
        };
        beyond.max(0.0) + scale.rounding(x) + self.atoms.lost + around
    }

    /// The smallest x with P(S ≤ x) ≥ p: 0 where p is at most the chance of no loss, the amount itself
    /// exactly where it has a chance of its own. None if p is not between 0 and 1 or no grid reaches so far.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if !(0.0..1.0).contains(&p) {
            return None;
        }
        let nothing = self.no_loss();
        if p <= nothing * (1.0 + 1e-14) {
            return Some(0.0);
        }
        let points = self.atoms.points();
        let rest_at = |x: f64| if self.rest > 0.0 { self.scale(x).cdf(x) } else { 0.0 };
        // The first single amount at or below which so much lies.
        let (mut low, mut high) = (0, points.len());
        while low < high {
            let middle = (low + high) / 2;
            let x = points[middle].0;
            if nothing + self.atoms.up_to(middle + 1) + rest_at(x) >= p - TOUCHING {
                high = middle
            } else {
                low = middle + 1
            }
        }
        let below = nothing + self.atoms.up_to(low);
        let found = if self.rest > 0.0 { self.rest_quantile(p - below) } else { None };
        let from = low.checked_sub(1).map_or(0.0, |place| points[place].0);
        match (points.get(low), found) {
            (Some((atom, _)), Some(x)) => Some(x.clamp(from, *atom)),
            (Some((atom, _)), None) => Some(*atom),
            (None, Some(x)) => Some(x.max(from).min(self.atoms.most)),
            (None, None) if self.rest == 0.0 => points.last().map(|point| point.0),
            (None, None) => None,
        }
    }

    fn rest_quantile(&self, mass: f64) -> Option<f64> {
        let last = self.scales.len() - 1;
        let mut sure_below = 0.0_f64;
        self.scales.iter().enumerate().find_map(|(place, scale)| {
            let x = scale.quantile(mass)?.max(sure_below);
            // Where a finer grid answers, less than this lies at or below its end.
            sure_below = scale.sure();
            (place == last || x <= sure_below).then_some(x)
        })
    }

    /// The mean of the worst 1 − p of years, an atom at the quantile shared. None where the mean
    /// does not exist or the grid does not hold the quantile.
    pub fn tail_mean(&self, p: f64) -> Option<f64> {
        let quantile = self.quantile(p)?;
        Some(quantile + self.stop_loss(quantile)? / (1.0 - p))
    }

    /// E\[max(S − d, 0)\]. None where the mean does not exist or d is beyond the grid.
    pub fn stop_loss(&self, d: f64) -> Option<f64> {
        if !self.facts.mean.is_finite() {
            return None;
        }
        if d >= self.atoms.most {
            return Some(0.0);
        }
        Some((self.facts.mean - self.limited_mean(d)?).max(0.0))
    }

    /// E\[min(S, d)\], which exists always. Beyond the grid it is the mean, where next to nothing of that lies there; else
    /// none.
    pub fn limited_mean(&self, d: f64) -> Option<f64> {
        let at = |d: f64| {
            let rest = if self.rest > 0.0 { self.scale(d).limited_mean(d, self.rest)? } else { 0.0 };
            Some(self.atoms.limited_mean(d) + rest)
        };
        let mean = self.facts.mean;
        at(d).or_else(|| at(self.sure()).filter(|at| mean - at <= NEXT_TO_NO_PART * mean).map(|_| mean))
    }

    /// How far mean and standard deviation of what lies on a grid are from those that are known without it, as a part of
    /// the latter; the mean alone where no grid is fine enough for the spread. None where none is long enough to hold all
    /// that counts: its sums then say nothing.
    pub fn grid_gap(&self) -> Option<f64> {
        let Facts { mean, variance, largest, .. } = self.facts;
        if !(variance > 0.0 && variance.is_finite()) || self.rest == 0.0 {
            return None;
        }
        let is_fine =
            |held: &&Held| held.grid().keeps_moments() || self.facts.added_by(held.grid().step()) <= COARSE * variance;
        // Of what lies beyond a grid that is short beside the spread nothing is known.
        let is_long = |held: &&Held| {
            let (top, beyond) = (held.grid().top(), (self.rest - held.held()).max(0.0));
            largest.max(mean + DEVIATIONS * variance.sqrt()) <= top
                && beyond * (BEYOND * top) * (BEYOND * top) <= UNSEEN * variance
        };
        let gap = |held: &Held| {
            let (first, on_grid) = self.moments_on(held);
            let spread = if is_fine(&held) { (on_grid / variance).sqrt() - 1.0 } else { 0.0 };
            (first / mean - 1.0).abs().max(spread.abs())
        };
        let mut long = self.scales.iter().filter(is_long);
        long.clone().find(is_fine).or_else(|| long.next()).map(gap)
    }

    /// How far off an amount may be because the skewness of very many losses is not kept (Cornish & Fisher 1938).
    pub fn blunted(&self, x: f64) -> f64 {
        let (Facts { mean, variance, .. }, grid) = (self.facts, self.scale(x).grid());
        if !grid.keeps_moments() || self.rest == 0.0 {
            return 0.0;
        }
        let deviation = variance.sqrt();
        let z = (x - mean) / deviation;
        deviation * (self.facts.skewed_by(grid.step()) / 6.0 * (z * z + 1.0)).min(z.abs() + 1.0)
    }

    /// How many times as wide as it is known to be the distribution is on its grid, where each of very many losses that
    /// are split between two cells adds a little; one where that is nothing.
    pub fn widening(&self) -> f64 {
        let (Facts { variance, .. }, held) = (self.facts, self.widest());
        let added = self.facts.added_by(held.grid().step());
        if self.rest == 0.0 || !variance.is_finite() || added <= COARSE * variance {
            return 1.0;
        }
        (self.moments_on(held).1 / variance).sqrt().max(1.0)
    }

    /// Mean and variance, what lies on no single amount as a grid holds it.
    fn moments_on(&self, held: &Held) -> (f64, f64) {
        let points = || self.atoms.points().iter();
        let first = points().map(|(amount, chance)| amount * chance).sum::<f64>() + held.moment(1, self.rest);
        let squares: f64 = points().map(|(amount, chance)| amount * amount * chance).sum();
        (first, (squares + held.moment(2, self.rest) - first * first).max(0.0))
    }

    /// The density at x > 0, for pictures: chance per unit of money (per step on a lattice).
    #[cfg(test)]
    pub fn density(&self, x: f64) -> f64 {
        self.scale(x).density(x)
    }
}
