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

    /// F((k+½)h), from the averages of F over three cells.
    fn middle(&self, k: usize) -> f64 {
        let c = &self.cumulative;
        let last = c.len() - 1;
        let k = k.min(last);
        if k == 0 || k == last {
            return c[k];
        }
        (c[k] - (c[k + 1] - 2.0 * c[k] + c[k - 1]) / 24.0).clamp(c[k - 1], c[k + 1])
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
        let (before, after) = (self.middle(k - 1), self.middle(k + 2));
        let cubic = low
            + t * (0.5 * (high - before)
                + t * (before - 2.5 * low + 2.0 * high - 0.5 * after
                    + t * (1.5 * (low - high) + 0.5 * (after - before))));
        let lagrange = cubic_through(before, low, high, after, t);
        // At a kink the four-point cubic may leave its cell; the tangent one is tamer, and both
        // are cut at the neighbours.
        if lagrange >= low && lagrange <= high { lagrange } else { cubic.clamp(low, high.max(low)) }
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

/// The cubic through four equally spaced values, at t between the second and the third.
fn cubic_through(before: f64, low: f64, high: f64, after: f64, t: f64) -> f64 {
    let (l, r) = (t + 1.0, t - 1.0);
    let far = t - 2.0;
    -before * t * r * far / 6.0 + low * l * r * far / 2.0 - high * l * t * far / 2.0 + after * l * t * r / 6.0
}
