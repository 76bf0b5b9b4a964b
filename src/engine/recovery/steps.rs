//! On which amounts is the sum of a year's layers taken, and what is paid of it there?

use crate::engine::policy::PolicyTerms;
use crate::stats::lattice::{Grid, common_divisor};

/// The most steps where two grids do not agree, as where layers of single events are small beside a step.
pub(super) const MOST_STEPS: f64 = 8192.0;

/// Whether the terms speak of the most that is paid in a year.
pub(super) fn has_limit(terms: &PolicyTerms) -> bool {
    terms.annual_limit.is_finite()
}

/// In how many steps the annual terms are taken, so many at least; fixed layers lie on them.
pub(super) fn steps_of(terms: &PolicyTerms, fixed: &[f64], wanted: f64) -> f64 {
    let most = if fixed.is_empty() { 4.0 * wanted } else { MOST_STEPS };
    let steps = common_step(terms, fixed).map(|unit| end_of(terms) / unit);
    steps.filter(|steps| *steps <= most).map_or(wanted, |steps| {
        let even = if steps.round() % 2.0 == 0.0 { steps.round() } else { 2.0 * steps.round() };
        let times = (wanted / even).ceil().max(1.0);
        // Fixed layers lie on the coarser of the two grids, too.
        even * if fixed.is_empty() { times } else { 2.0 * (0.5 * times).ceil() }
    })
}

/// The grid of so many steps up to the end of the annual terms. Up to half of its cells it is free of the rounding of its
/// transform.
pub(super) fn grid_of(terms: &PolicyTerms, steps: f64) -> Grid {
    Grid::new(end_of(terms) / steps, 2 * steps as usize)
}

/// What is paid of the layers of a year with these chances on such a grid, which add up to `sum` on average.
pub(super) fn paid_on(terms: &PolicyTerms, grid: &Grid, sum: f64, cells: &[f64]) -> f64 {
    let end = end_of(terms);
    let within = |sum: f64| (sum - terms.annual_retention).max(0.0).min(terms.annual_limit);
    let paid = |sum: f64| if has_limit(terms) { within(sum) } else { sum.min(end) };
    let top = paid(end);
    let steps = grid.cells() / 2;
    let below: f64 =
        cells.iter().take(steps).enumerate().map(|(k, mass)| mass * (top - paid(k as f64 * grid.step()))).sum();
    if has_limit(terms) { top - below } else { sum - (top - below) }
}

/// Where the annual terms end; without an annual limit where they begin to pay.
fn end_of(terms: &PolicyTerms) -> f64 {
    terms.annual_retention + if terms.annual_limit.is_finite() { terms.annual_limit } else { 0.0 }
}

/// A step on which the end of the annual terms lies, with the amounts at which what is paid bends and these layers.
pub(super) fn common_step(terms: &PolicyTerms, layers: &[f64]) -> Option<f64> {
    let bends = [terms.annual_retention, terms.annual_limit, terms.limit].into_iter();
    let mut bends = bends.chain(layers.iter().copied()).filter(|amount| *amount > 0.0 && amount.is_finite());
    bends.try_fold(end_of(terms), common_divisor)
}
