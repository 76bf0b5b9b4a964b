//! On which amounts of money is a distribution held?
//!
//! On 0, h, 2h, …, (n − 1)h with n a power of two. Losses at nh and above are cut, never folded
//! back and never spread over the cells below: a loss beyond the top cannot change the chance of
//! staying below it.

/// A grid of amounts: step and number of cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    step: f64,
    cells: usize,
    keeps_moments: bool,
}

impl Grid {
    /// The fewest cells of a grid.
    pub const FEWEST: usize = 64;
    /// The most cells of a grid.
    pub const MOST: usize = 1 << 22;

    /// A grid with at least `cells` cells (made a power of two, between [`Grid::FEWEST`] and
    /// [`Grid::MOST`]). A step that is no positive finite number becomes 1.
    pub fn new(step: f64, cells: usize) -> Self {
        let step = if step.is_finite() && step > 0.0 { step } else { 1.0 };
        let cells = cells.clamp(Self::FEWEST, Self::MOST).next_power_of_two();
        Self { step, cells, keeps_moments: false }
    }

    /// A grid that reaches up to `top`.
    pub fn reaching(top: f64, cells: usize) -> Self {
        let grid = Self::new(1.0, cells);
        Self::new(top / grid.cells as f64, grid.cells)
    }

    /// The same amounts for a sum of very many losses, each far below it: masses keep the first moments of each loss, not
    /// only its mean. Splitting a loss between its neighbours adds a variance that would else add up to more than the step.
    #[must_use]
    pub fn keeping_moments(self, keeps_moments: bool) -> Self {
        Self { keeps_moments, ..self }
    }

    /// Whether masses keep the first moments of each loss.
    pub fn keeps_moments(&self) -> bool {
        self.keeps_moments
    }

    /// The distance of two neighbouring amounts.
    pub fn step(&self) -> f64 {
        self.step
    }

    /// The number of amounts.
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// The grid of one of very many losses, which is small beside a step: finer steps of its own, up to what it comes to
    /// at most, and so that what bends at some amounts does so over many of them.
    pub fn of_one(&self, end: f64, bends: [f64; 2]) -> Self {
        /// Steps up to the end, and up to the first bend, but no more than so many in all.
        const STEPS: f64 = 4096.0;
        const STEPS_OF_BEND: f64 = 64.0;
        const MOST_STEPS: f64 = 131_072.0;
        let bend = bends.into_iter().filter(|at| *at > 0.0).fold(end, f64::min);
        let step = self.step.min(end / STEPS).min(bend / STEPS_OF_BEND).max(end / MOST_STEPS);
        Self::new(step, 2 * ((end / step).ceil() as usize + 2)).keeping_moments(self.keeps_moments)
    }

    /// What tells it from others.
    pub fn key(&self) -> [u64; 3] {
        [self.step.to_bits(), self.cells as u64, u64::from(self.keeps_moments)]
    }

    /// The first amount that the grid no longer holds.
    pub fn top(&self) -> f64 {
        self.step * self.cells as f64
    }

    /// The same reach with half the cells: its difference to the whole grid is the error.
    pub fn halved(&self) -> Self {
        Self::new(self.step * 2.0, self.cells / 2).keeping_moments(self.keeps_moments)
    }
}
