//! What does a year cost, and how bad can it be? Questions to the distribution on its grid.
//!
//! Cumulative masses Cₖ are the averages of F over [kh, (k+1)h], because each loss was split
//! between its two neighbours; F((k+½)h) = Cₖ − (Cₖ₊₁ − 2Cₖ + Cₖ₋₁)/24 to the fourth order. Between
//! these points F is a cubic through four of them, kept between its neighbours. The tail mean is
//! q + (E\[S\] − ∫₀^q (1 − F)) / (1 − p), the stop-loss premium E\[S\] − ∫₀^d (1 − F), both with the
//! exact mean, so that what the grid cuts off never enters (Acerbi & Tasche 2002 for the atom's
//! share). The chance of no loss, mean and variance come from the count, never from the grid.

use super::Grid;

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
    /// The amount of which every loss is a whole multiple, if all losses are constants.
    pub unit: Option<f64>,
}

impl Facts {
    /// The facts of a mixture over what is not known: weights with the facts at each node.
    pub fn average(nodes: &[(f64, Facts)]) -> Self {
        let mut facts = Self { no_loss: 0.0, ..Self::nothing() };
        let total: f64 = nodes.iter().map(|n| n.0).sum();
        let mut second = 0.0;
        let mut units = nodes.iter().map(|n| n.1.unit);
        facts.unit = units.next().flatten();
        for unit in units {
            facts.unit = match (facts.unit, unit) {
                (Some(a), Some(b)) => super::automatic::common_divisor(a, b),
                _ => None,
            };
        }
        let of = |f: &Facts| f.variance + f.mean * f.mean;
        for (weight, node) in nodes {
            let weight = weight / total;
            if weight > 0.0 {
                facts.mean += weight * node.mean;
                second += weight * of(node);
                facts.no_loss += weight * node.no_loss;
                facts.tail_index = facts.tail_index.max(node.tail_index);
                facts.reach = facts.reach.max(node.reach);
            }
        }
        facts.variance = if second.is_finite() { (second - facts.mean * facts.mean).max(0.0) } else { f64::INFINITY };
        facts
    }
}

/// How the distribution lies on its grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Losses may be any amount: the distribution function is interpolated.
    Smooth,
    /// Every loss is a whole multiple of the step: the distribution function is a staircase.
    Lattice,
}

/// The distribution of a year's loss.
#[derive(Debug, Clone)]
pub struct AnnualLoss {
    grid: Grid,
    shape: Shape,
    facts: Facts,
    /// Cumulative masses, never falling and between 0 and 1.
    cumulative: Vec<f64>,
}

impl AnnualLoss {
    /// From the masses on a grid and what is known exactly. Rounding noise is smoothed away: the
    /// distribution function never falls.
    pub fn from_cells(grid: &Grid, mut cells: Vec<f64>, facts: &Facts, shape: Shape) -> Self {
        cells.resize(grid.cells(), 0.0);
        let (mut sum, mut highest) = (0.0_f64, facts.no_loss.clamp(0.0, 1.0));
        for cell in &mut cells {
            sum += *cell;
            highest = highest.max(sum.min(1.0));
            *cell = highest;
        }
        Self { grid: *grid, shape, facts: *facts, cumulative: cells }
    }

    /// The distance of two cells.
    pub fn step(&self) -> f64 {
        self.grid.step()
    }

    /// The grid.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// How the distribution lies on its grid.
    pub fn shape(&self) -> Shape {
        self.shape
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
        self.facts.no_loss
    }

    /// All that was known without a grid.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The chance that the grid holds the year's loss: quantiles beyond it do not exist here.
    pub fn held(&self) -> f64 {
        match self.shape {
            Shape::Smooth => self.middle(self.cumulative.len().saturating_sub(2)),
            Shape::Lattice => self.cumulative.last().copied().unwrap_or(0.0),
        }
    }

    /// The cumulative masses at 0, h, 2h, … for charts and sums.
    pub fn cumulative(&self) -> &[f64] {
        &self.cumulative
    }

    /// P(S ≤ x). Beyond the grid: what the grid holds.
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

    /// P(S > x): a point of the loss exceedance curve.
    pub fn exceedance(&self, x: f64) -> f64 {
        1.0 - self.cdf(x)
    }

    /// The smallest x with P(S ≤ x) ≥ p: 0 where p is at most the chance of no loss, an atom
    /// exactly on a lattice. None if p is not between 0 and 1 or the grid does not reach so far.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if !(0.0..1.0).contains(&p) {
            return None;
        }
        if p <= self.facts.no_loss * (1.0 + 1e-14) {
            return Some(0.0);
        }
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
        Some((self.facts.mean - self.limited_mean(d)?).max(0.0))
    }

    /// E\[min(S, d)\], which exists always. None beyond the grid.
    pub fn limited_mean(&self, d: f64) -> Option<f64> {
        let h = self.grid.step();
        let place = d / h;
        if !(place >= 0.0 && place <= (self.cumulative.len() - 1) as f64) {
            return None;
        }
        let k = place as usize;
        let full: f64 = self.cumulative[..k].iter().map(|c| 1.0 - c).sum();
        let rest = place - k as f64;
        let part = match self.shape {
            Shape::Lattice => rest * (1.0 - self.cumulative[k]),
            // The cell's own average is exact; only a cell that is cut needs the curve.
            Shape::Smooth => {
                let start = k as f64;
                let first = rest.min(0.5);
                self.survival_between(start, start + first) + self.survival_between(start + first, place)
            }
        };
        Some(h * (full + part))
    }

    /// The density at x > 0, for pictures: chance per unit of money (per step on a lattice).
    pub fn density(&self, x: f64) -> f64 {
        let place = x / self.grid.step();
        if !(place > 0.0 && place < (self.cumulative.len() - 2) as f64) {
            return 0.0;
        }
        let mass = |k: usize| match k {
            0 => self.cumulative[0] - self.facts.no_loss,
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
            let no_loss = self.facts.no_loss;
            return no_loss + 2.0 * place * (self.middle(0) - no_loss).max(0.0);
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

    /// ∫ (1 − F) between two places in units of the step, by Simpson's rule.
    fn survival_between(&self, a: f64, b: f64) -> f64 {
        if b <= a {
            return 0.0;
        }
        let centre = self.smooth_cdf(0.5 * (a + b));
        let sum = self.smooth_cdf(a) + 4.0 * centre + self.smooth_cdf(b);
        (b - a) * (1.0 - sum / 6.0)
    }
}

/// The cubic through four equally spaced values, at t between the second and the third.
fn cubic_through(before: f64, low: f64, high: f64, after: f64, t: f64) -> f64 {
    let (l, r) = (t + 1.0, t - 1.0);
    let far = t - 2.0;
    -before * t * r * far / 6.0 + low * l * r * far / 2.0 - high * l * t * far / 2.0 + after * l * t * r / 6.0
}
