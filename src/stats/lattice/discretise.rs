//! How does a severity become masses on a grid without losing its mean?
//!
//! With the limited mean L(x) = E\[min(X, x)\] and the mean survival of a cell,
//! aₖ = (L((k+1)h) − L(kh)) / h, the masses are p₀ = 1 − a₀ and pₖ = aₖ₋₁ − aₖ (Gerber 1982,
//! Loss Models 9.6.5). Each loss is split between its two neighbours so that its mean stays.
//! The errors of a compound fall as h². The masses are never renormalised: what lies beyond the
//! top is missing, as it must be.
//!
//! The survival function is smooth almost everywhere, so it is not evaluated at every cell:
//! octaves of the grid are interpolated at 16 Chebyshev nodes and halved until the last
//! coefficients vanish; the polynomial's own cell means are the aₖ, which at a tiny step keeps
//! the digits that differences of L would lose. Near zero and around kinks and atoms the limited
//! mean is asked cell by cell. A severity costs a few hundred evaluations on any grid.

use std::sync::OnceLock;

use crate::stats::special::{normal_cdf, normal_pdf};

use super::{Grid, Severity};

const NODES: usize = 16;
/// Panels no longer than this are evaluated cell by cell.
const SHORT: usize = 32;
/// Cells next to zero, where many severities have no derivatives.
const NEAR_ZERO: usize = 32;
/// The interpolation error that is tolerated, as a part of the largest value in the panel.
const INTERPOLATION: f64 = 2e-11;

/// The most cells that share a loss of very many.
const MOST_NEIGHBOURS: usize = 6;
/// Values of a severity that are looked at for it: so many for each unit of z, up to the farthest.
const SAMPLES_OF_ONE: f64 = 32.0;
const FARTHEST: f64 = 7.5;

/// The masses of a severity on a grid. Their sum falls short of 1 by what the grid cuts off.
pub fn discretise(severity: &dyn Severity, grid: &Grid) -> Vec<f64> {
    let mut cells = vec![0.0; grid.cells()];
    add_discretised(severity, 1.0, grid, &mut cells);
    cells
}

/// Adds `weight` times the masses of a severity to `cells` (as many as the grid has).
pub fn add_discretised(severity: &dyn Severity, weight: f64, grid: &Grid, cells: &mut [f64]) {
    let cells = match cells.get_mut(..grid.cells()) {
        Some(cells) => cells,
        None => return,
    };
    if let Some(amount) = severity.constant() {
        add_amount(amount, weight, grid, cells);
        return;
    }
    keep_moments(severity, weight, grid, cells);
    let survival = Survival { severity, step: grid.step() };
    let mut means = vec![0.0; cells.len()];
    survival.direct(0, &mut means[..NEAR_ZERO]);
    let mut start = NEAR_ZERO;
    while start < means.len() {
        let end = (2 * start).min(means.len());
        survival.panel(start, &mut means[start..end]);
        start = end;
    }
    let mut before = 1.0;
    for (cell, mean) in cells.iter_mut().zip(&means) {
        *cell += weight * (before - mean);
        before = *mean;
    }
}

/// Moves the masses of a severity so that each loss keeps its first moments, where the grid is for very many small
/// losses. The values of the severity are looked at evenly in z, where a chance is Φ(z): of a smooth severity the sum
/// over them is right to many digits, tails and all.
fn keep_moments(severity: &dyn Severity, weight: f64, grid: &Grid, cells: &mut [f64]) {
    if grid.keeps_moments() {
        sampled().iter().for_each(|(p, part)| spread(severity.quantile(*p), weight * part, grid, cells));
    }
}

/// Chances Φ(z) of evenly spaced z, with the part of all that each stands for.
fn sampled() -> &'static [(f64, f64)] {
    static SAMPLED: OnceLock<Vec<(f64, f64)>> = OnceLock::new();
    SAMPLED.get_or_init(|| {
        let z = |k: i32| f64::from(k) / SAMPLES_OF_ONE;
        let last = (FARTHEST * SAMPLES_OF_ONE) as i32;
        (-last..=last).map(|k| (normal_cdf(z(k)), normal_pdf(z(k)) / SAMPLES_OF_ONE)).collect()
    })
}

/// Moves the mass of an amount from its two neighbours to more of them. The weights of Lagrange's interpolation keep as
/// many moments, one less than there are, as they have cells; some of them are negative. As many lie on either side, or
/// else the sum of very many would swing up; next to zero, where there are none below, only three cells keep it from that.
fn spread(amount: f64, weight: f64, grid: &Grid, cells: &mut [f64]) {
    let place = amount / grid.step();
    if !(place >= 0.0 && place < (cells.len() - MOST_NEIGHBOURS) as f64) {
        return;
    }
    let low = place.floor();
    let share = place - low;
    if share <= 1e-9 || share >= 1.0 - 1e-9 {
        return;
    }
    let (first, neighbours) = match low as usize {
        0 => (0, 3),
        1 => (0, 4),
        low => (low - 2, MOST_NEIGHBOURS),
    };
    let at = place - first as f64;
    for node in 0..neighbours {
        let others = (0..neighbours).filter(|other| *other != node);
        let part: f64 = others.map(|other| (at - other as f64) / (node as f64 - other as f64)).product();
        cells[first + node] += weight * part;
    }
    cells[low as usize] -= weight * (1.0 - share);
    cells[low as usize + 1] -= weight * share;
}

/// One amount of many: as a single one, but that it keeps its moments where the grid does.
pub fn add_amount(amount: f64, weight: f64, grid: &Grid, cells: &mut [f64]) {
    add_atom(amount, weight, grid, cells);
    if grid.keeps_moments() {
        spread(amount, weight, grid, cells);
    }
}

/// A single amount: on a cell if it falls there, else shared by two so that the mean stays.
pub fn add_atom(amount: f64, weight: f64, grid: &Grid, cells: &mut [f64]) {
    let place = amount / grid.step();
    if !(place >= 0.0 && place < cells.len() as f64) {
        return;
    }
    // A cast costs less than to round, and there are very many of these.
    let below = place as usize;
    let above = place - below as f64;
    let touching = 1e-9 * place.max(1.0);
    let (low, share) = match above {
        share if share <= touching => (below, 0.0),
        share if 1.0 - share <= touching => (below + 1, 0.0),
        share => (below, share),
    };
    if let Some(cell) = cells.get_mut(low) {
        *cell += weight * (1.0 - share);
    }
    if let Some(cell) = cells.get_mut(low + 1) {
        *cell += weight * share;
    }
}

struct Survival<'a> {
    severity: &'a dyn Severity,
    step: f64,
}

impl Survival<'_> {
    /// The mean survival over [x, x + h]. Differences of L lose digits where L is many steps
    /// high; the survival integral has them all.
    fn mean(&self, x: f64) -> f64 {
        let low = self.severity.limited_mean(x);
        if low > 3e4 * self.step {
            return self.severity.survival_integral(x, x + self.step) / self.step;
        }
        (self.severity.limited_mean(x + self.step) - low) / self.step
    }

    fn direct(&self, start: usize, out: &mut [f64]) {
        let mut low = self.severity.limited_mean(start as f64 * self.step);
        for (k, value) in (start..).zip(out.iter_mut()) {
            let next = (k + 1) as f64 * self.step;
            if low > 3e4 * self.step {
                *value = self.mean(k as f64 * self.step);
            } else {
                let high = self.severity.limited_mean(next);
                *value = (high - low) / self.step;
                low = high;
            }
        }
    }

    fn panel(&self, start: usize, out: &mut [f64]) {
        if out.len() <= SHORT {
            return self.direct(start, out);
        }
        let basis = basis();
        let half = 0.5 * out.len() as f64;
        let mut values = [0.0; NODES];
        for (value, node) in values.iter_mut().zip(&basis.nodes) {
            *value = self.severity.sf((start as f64 + half * (1.0 + node)) * self.step);
        }
        let mut chebyshev = [0.0; NODES];
        for (coefficient, row) in chebyshev.iter_mut().zip(&basis.analysis) {
            *coefficient = row.iter().zip(&values).map(|(a, b)| a * b).sum();
        }
        let largest = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        let last = chebyshev[NODES - 3..].iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        if last > INTERPOLATION * largest.max(0.01) {
            let (left, right) = out.split_at_mut(out.len() / 2);
            self.panel(start, left);
            self.panel(start + left.len(), right);
            return;
        }
        let mut powers = [0.0; NODES];
        for (coefficient, row) in chebyshev.iter().zip(&basis.monomials) {
            for (power, t) in powers.iter_mut().zip(row) {
                *power += coefficient * t;
            }
        }
        evaluate(&cell_means(&powers, 0.5 / half), half, out);
    }
}

/// The means of a polynomial over [t − r, t + r], as a polynomial of t: the mean of (t + s)ʲ is
/// Σ C(j, i) tʲ⁻ⁱ rⁱ / (i + 1) over even i.
fn cell_means(powers: &[f64; NODES], radius: f64) -> [f64; NODES] {
    let square = radius * radius;
    let mut means = [0.0; NODES];
    for (j, power) in powers.iter().enumerate() {
        let mut term = *power;
        let mut i = 0;
        while i <= j {
            means[j - i] += term / (i + 1) as f64;
            // From C(j, i) to C(j, i + 2).
            term *= square * ((j - i) * (j.saturating_sub(i + 1))) as f64;
            term /= ((i + 1) * (i + 2)) as f64;
            i += 2;
        }
    }
    means
}

/// The polynomial at the middles of equal cells from −1 to 1, sixteen points abreast so that
/// the compiler can use vectors and no addition waits for the one before it.
fn evaluate(powers: &[f64; NODES], half: f64, out: &mut [f64]) {
    const LANES: usize = 16;
    let inverse = 1.0 / half;
    for (block, chunk) in out.chunks_mut(LANES).enumerate() {
        let mut t = [0.0; LANES];
        for (lane, t) in t.iter_mut().enumerate() {
            *t = ((block * LANES + lane) as f64 + 0.5 - half) * inverse;
        }
        let mut sum = [powers[NODES - 1]; LANES];
        for power in powers[..NODES - 1].iter().rev() {
            for lane in 0..LANES {
                sum[lane] = sum[lane] * t[lane] + power;
            }
        }
        for (value, sum) in chunk.iter_mut().zip(&sum) {
            *value = *sum;
        }
    }
}

struct Basis {
    /// cos(πi/15): both ends are nodes, so that no jump can hide between two panels.
    nodes: [f64; NODES],
    /// Chebyshev coefficients from values at the nodes.
    analysis: [[f64; NODES]; NODES],
    /// Powers of t in each Chebyshev polynomial. The coefficients of an accepted panel fall fast
    /// enough that this change of basis costs no digits.
    monomials: [[f64; NODES]; NODES],
}

fn basis() -> &'static Basis {
    static BASIS: OnceLock<Basis> = OnceLock::new();
    BASIS.get_or_init(|| {
        let last = NODES - 1;
        let angle = |i: usize| std::f64::consts::PI * i as f64 / last as f64;
        let halved = |i: usize| if i == 0 || i == last { 0.5 } else { 1.0 };
        let mut basis =
            Basis { nodes: [0.0; NODES], analysis: [[0.0; NODES]; NODES], monomials: [[0.0; NODES]; NODES] };
        for i in 0..NODES {
            basis.nodes[i] = libm::cos(angle(i));
            for j in 0..NODES {
                let scale = 2.0 / last as f64 * halved(i) * halved(j);
                basis.analysis[j][i] = scale * libm::cos(angle(i * j));
            }
        }
        basis.monomials[0][0] = 1.0;
        basis.monomials[1][1] = 1.0;
        for j in 2..NODES {
            for i in 0..NODES {
                let raised = if i > 0 { basis.monomials[j - 1][i - 1] } else { 0.0 };
                basis.monomials[j][i] = 2.0 * raised - basis.monomials[j - 2][i];
            }
        }
        basis
    })
}
