//! What does one grid know of a loss?
//!
//! Cumulative masses Cₖ are the averages of F over [kh, (k+1)h], because each loss was split
//! between its two neighbours; F((k+½)h) = Cₖ − (Cₖ₊₁ − 2Cₖ + Cₖ₋₁)/24 to the fourth order. Between
//! these points F is a cubic through four of them, kept between its neighbours. What has a chance of
//! its own (zero, and single amounts) is taken out before and stands in `AnnualLoss`.

use super::Grid;

/// How the distribution lies on its grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Losses may be any amount: the distribution function is interpolated.
    Smooth,
    /// Every loss is a whole multiple of the step: the distribution function is a staircase.
    Lattice,
}

/// Up to this part of the grid the rounding of the tilt is below 1e−9.
const SURE: f64 = 0.75;

/// The part of a distribution that one grid holds.
#[derive(Debug, Clone)]
pub struct Held {
    grid: Grid,
    shape: Shape,
    /// What lies at zero before the first cell.
    start: f64,
    /// Cumulative masses, never falling and between 0 and 1.
    cumulative: Vec<f64>,
}

impl Held {
    /// From the masses on a grid. Rounding noise is smoothed away: the distribution function never
    /// falls and stays between `start` and `most`.
    pub fn new(grid: &Grid, mut cells: Vec<f64>, start: f64, most: f64, shape: Shape) -> Self {
        cells.resize(grid.cells(), 0.0);
        let (mut sum, mut highest) = (0.0_f64, start);
        for cell in &mut cells {
            sum += *cell;
            highest = highest.max(sum.min(most));
            *cell = highest;
        }
        Self { grid: *grid, shape, start, cumulative: cells }
    }

    /// The grid.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// How the distribution lies on its grid.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The largest amount of which this grid answers without the rounding of the tilt.
    pub fn sure(&self) -> f64 {
        SURE * self.grid.top()
    }

    /// What the rounding of the transform may have done to the chance of staying below an amount: the
    /// tilt blows it up by e^(θk).
    pub fn rounding(&self, x: f64) -> f64 {
        4.0 * f64::EPSILON * libm::exp(super::spectrum::TILT * (x / self.grid.top()).clamp(0.0, 1.0))
    }

    /// What the grid holds: quantiles beyond it do not exist here.
    pub fn held(&self) -> f64 {
        match self.shape {
            Shape::Smooth => self.middle(self.cumulative.len().saturating_sub(2)),
            Shape::Lattice => self.cumulative.last().copied().unwrap_or(0.0),
        }
    }

    /// What lies at or below x. Beyond the grid: what the grid holds.
    pub fn cdf(&self, x: f64) -> f64 {
        if x.is_nan() || x < 0.0 {
            return 0.0;
        }
        let place = x / self.grid.step();
        let last = self.cumulative.len() - 1;
        match self.shape {
            Shape::Lattice => self.cumulative[((place * (1.0 + 1e-12)) as usize).min(last)],
            Shape::Smooth => self.smooth_cdf(place.min(last as f64 - 0.5)),
        }
    }

    /// The smallest x at which this much lies at or below it. None if the grid does not reach so far.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let h = self.grid.step();
        if self.shape == Shape::Lattice {
            // The transform's rounding must not push a probability that is exactly p below it.
            let k = self.cumulative.partition_point(|c| *c < p - 1e-13);
            return (k < self.cumulative.len()).then_some(k as f64 * h);
        }
        // Fₖ₊½ lies between Cₖ₋₁ and Cₖ₊₁, so the crossing is at most a cell away from C's.
        let near = self.cumulative.partition_point(|c| *c < p);
        let mut k = near.saturating_sub(2);
        while k + 1 < self.cumulative.len() && self.middle(k) < p {
            k += 1;
        }
        if k + 1 >= self.cumulative.len() {
            return None;
        }
        let (mut low, mut high) = ((k as f64 - 0.5).max(0.0), k as f64 + 0.5);
        for _ in 0..48 {
            let centre = 0.5 * (low + high);
            if self.smooth_cdf(centre) < p {
                low = centre;
            } else {
                high = centre;
            }
        }
        Some(0.5 * (low + high) * h)
    }

    /// ∫₀^d (`most` − F). None beyond the grid.
    pub fn limited_mean(&self, d: f64, most: f64) -> Option<f64> {
        let h = self.grid.step();
        let place = d / h;
        if !(place >= 0.0 && place <= (self.cumulative.len() - 1) as f64) {
            return None;
        }
        let k = place as usize;
        let full: f64 = self.cumulative[..k].iter().map(|c| most - c).sum();
        let rest = place - k as f64;
        let part = match self.shape {
            Shape::Lattice => rest * (most - self.cumulative[k]),
            // The cell's own average is exact; only a cell that is cut needs the curve.
            Shape::Smooth => {
                let start = k as f64;
                let first = rest.min(0.5);
                self.survival_between(start, start + first, most) + self.survival_between(start + first, place, most)
            }
        };
        Some(h * (full + part))
    }

    /// ∫₀ᵗ n xⁿ⁻¹ (`most` − F) up to the top t of the grid, n 1 or 2: a moment of what it holds.
    pub fn moment(&self, n: usize, most: f64) -> f64 {
        let h = self.grid.step();
        let width = |k: usize| if n == 1 { h } else { (2 * k + 1) as f64 * h * h };
        self.cumulative.iter().enumerate().map(|(k, c)| width(k) * (most - c)).sum()
    }

    /// The density at x > 0, for pictures: chance per unit of money (per step on a lattice).
    #[cfg(test)]
    pub fn density(&self, x: f64) -> f64 {
        let place = x / self.grid.step();
        if !(place > 0.0 && place < (self.cumulative.len() - 2) as f64) {
            return 0.0;
        }
        let mass = |k: usize| match k {
            0 => self.cumulative[0] - self.start,
            _ => self.cumulative[k] - self.cumulative[k - 1],
        };
        if self.shape == Shape::Lattice {
            return mass(place.round() as usize) / self.grid.step();
        }
        let k = place as usize;
        let share = place - k as f64;
        // The first cell holds only the half of its mass that lies above zero.
        let first = if k == 0 { 2.0 * mass(0) } else { mass(k) };
        (first * (1.0 - share) + mass(k + 1) * share) / self.grid.step()
    }

    /// F((k+½)h), from the averages of F over three cells. Where the masses beside it jump, the
    /// correction is cut at half the smaller one, so that these values never fall.
    fn middle(&self, k: usize) -> f64 {
        let c = &self.cumulative;
        let last = c.len() - 1;
        let k = k.min(last);
        if k == 0 || k == last {
            return c[k];
        }
        let (here, next) = (c[k] - c[k - 1], c[k + 1] - c[k]);
        let most = 0.5 * here.min(next);
        c[k] - ((next - here) / 24.0).clamp(-most, most)
    }

    /// F at `place` steps above zero.
    fn smooth_cdf(&self, place: f64) -> f64 {
        let shifted = place - 0.5;
        if shifted < 0.0 {
            return self.start + 2.0 * place * (self.middle(0) - self.start).max(0.0);
        }
        let k = shifted as usize;
        let t = shifted - k as f64;
        let (low, high) = (self.middle(k), self.middle(k + 1));
        if k == 0 || k + 3 >= self.cumulative.len() {
            return low + t * (high - low);
        }
        let [first, second, third] = rising_cubic(self.middle(k - 1), low, high, self.middle(k + 2));
        (low + t * (first + t * (second + t * third))).clamp(low, high)
    }

    /// ∫ (`most` − F) between two places in units of the step, by Simpson's rule.
    fn survival_between(&self, a: f64, b: f64, most: f64) -> f64 {
        if b <= a {
            return 0.0;
        }
        let centre = self.smooth_cdf(0.5 * (a + b));
        let sum = self.smooth_cdf(a) + 4.0 * centre + self.smooth_cdf(b);
        (b - a) * (most - sum / 6.0)
    }
}

/// The powers 1 to 3 of t of a cubic that goes from the second of four equally spaced values to the
/// third and does not fall between them: the one through all four, or, where that one would fall (at
/// a kink), the one whose slopes at both ends are cut at three times the cell's own. The choice holds
/// for the whole cell, or the distribution function would jump inside it.
fn rising_cubic(before: f64, low: f64, high: f64, after: f64) -> [f64; 3] {
    let rise = high - low;
    let third = (after - before) / 6.0 - 0.5 * rise;
    let second = 0.5 * (before + high) - low;
    let first = rise - second - third;
    let slope = |t: f64| first + t * (2.0 * second + t * 3.0 * third);
    let turn = -second / (3.0 * third);
    let lowest = if turn > 0.0 && turn < 1.0 { slope(turn) } else { f64::INFINITY };
    if lowest.min(slope(0.0)).min(slope(1.0)) >= 0.0 {
        return [first, second, third];
    }
    let (start, end) = ((0.5 * (high - before)).min(3.0 * rise), (0.5 * (after - low)).min(3.0 * rise));
    [start, 3.0 * rise - 2.0 * start - end, start + end - 2.0 * rise]
}
