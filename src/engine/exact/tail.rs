//! Which risk makes a bad year bad?
//!
//! The part of risk i in the mean loss of the worst years is E\[Xᵢ | S in the worst 1 in 20\]. The
//! parts add up to the tail mean (Tasche 1999). For a risk on its own the part is read from one more transform, of its
//! losses weighted by themselves. For a risk that is bound to others the same transform is the slope of the year's in a
//! mark on the risk's losses: with each event's masses f(x) replaced by f(x) (1 + εx), that of E\[Xᵢ z^S\] is d/dε at
//! nothing.

use rayon::prelude::*;

use crate::engine::year::{TAILS, YearLoss};
use crate::model::{ByRisk, RiskId};
use crate::stats::lattice::{AnnualLoss, Grid, Shape, Spectrum};

use super::group::GroupYear;
use super::{Mark, Total, group_spectrum, net};

/// Groups whose years are kept at once.
const TOGETHER: usize = 200;
/// Cells of the grid that the parts are read from.
const CELLS: usize = 1 << 11;
/// Steps of one unit that a grid may have.
const MOST_STEPS: f64 = 8192.0;
/// The same, times the years that are put on it.
const MOST_WORK: f64 = 2e6;
/// The mark of a slope, at the top of the grid.
const MARK: f64 = 1e-3;
/// One of so many worlds is looked at: a part needs two or three digits.
const THINNED: usize = 5;

/// The part of each risk of the mean loss of the worst 1 in 20 years.
pub fn parts(total: &Total<'_, '_>, loss: &AnnualLoss, risks: &ByRisk<YearLoss>) -> ByRisk<f64> {
    let level = TAILS[0];
    let Some(tail_mean) = loss.tail_mean(level).filter(|mean| mean.is_finite()) else { return ByRisk::default() };
    let mut parts = risks.every(0.0);
    if tail_mean <= 0.0 {
        return parts;
    }
    let grid = grid_of(loss, loss.grid().top(), CELLS, total.groups.len());
    let thin: Vec<GroupYear<'_>> = total.groups.iter().map(|group| group.thinned(THINNED)).collect();
    let years_of = |groups: &[GroupYear<'_>]| -> Vec<Spectrum> {
        groups.par_iter().map(|group| group_spectrum(total.scenario, group, None, None, &grid, None)).collect()
    };
    let lots: Vec<&[GroupYear<'_>]> = thin.chunks(TOGETHER).collect();
    let products: Vec<Spectrum> = match lots.as_slice() {
        // The only lot is worked out once.
        [_] => vec![Spectrum::of_nothing(&grid)],
        lots => lots
            .iter()
            .map(|lot| {
                let mut product = Spectrum::of_nothing(&grid);
                years_of(lot).iter().for_each(|year| product.multiply(year));
                product
            })
            .collect(),
    };
    let mut found: Vec<(RiskId, f64)> = Vec::new();
    let mut known: Option<Worst> = None;
    for (lot, outside) in lots.iter().zip(without_each(&products, &Spectrum::of_nothing(&grid))) {
        let years = years_of(lot);
        let others = without_each(&years, &outside);
        // All years are the same in every lot.
        let worst = *known.get_or_insert_with(|| {
            let mut whole = others[0].clone();
            whole.multiply(&years[0]);
            Worst::of(&whole.into_cells(), level)
        });
        found.par_extend(lot.par_iter().zip(&years).zip(&others).flat_map_iter(|((group, year), others)| {
            match group.single() {
                Some((risk, _, _)) => {
                    vec![(risk, weighted(year, risks[risk].mean, others, &worst, &grid) / (1.0 - level))]
                }
                None => {
                    let of = |risk| {
                        let part = bound(total, group, risk, others, &worst, &grid) / (1.0 - level);
                        // Few worlds have a mean of their own.
                        let mean = net(total.scenario, &[group], Some(risk), None).first;
                        (risk, if mean > 0.0 { part * risks[risk].mean / mean } else { 0.0 })
                    };
                    group.risks().map(of).collect()
                }
            }
        }));
    }
    found.into_iter().for_each(|(risk, part)| parts[risk] = part.max(0.0));
    let sum: f64 = parts.iter().sum();
    if sum > 0.0 {
        parts.iter_mut().for_each(|part| *part *= tail_mean / sum);
    }
    parts
}

/// The grid that parts are read from: where every amount is a multiple of one, on steps of that, for a part turns on the
/// very amount at the edge of the worst years. So many `years` have to be put on it.
pub fn grid_of(loss: &AnnualLoss, top: f64, cells: usize, years: usize) -> Grid {
    let steps = loss.facts().unit.filter(|unit| *unit > 0.0).map(|unit| (unit, (top / unit).ceil() + 2.0));
    match (loss.shape(), steps) {
        (Shape::Lattice, _) => *loss.grid(),
        (Shape::Smooth, Some((unit, steps))) if steps <= MOST_STEPS && steps * years as f64 <= MOST_WORK => {
            Grid::new(unit, 2 * steps as usize)
        }
        (Shape::Smooth, _) => loss.facts().suited(&Grid::reaching(top, cells)),
    }
}

/// The product of all years but one, for each, with what stands outside of them.
pub fn without_each(years: &[Spectrum], outside: &Spectrum) -> Vec<Spectrum> {
    let mut after = vec![Spectrum::of_nothing(outside.grid())];
    for year in years.iter().rev() {
        let mut product = after[after.len() - 1].clone();
        product.multiply(year);
        after.push(product);
    }
    let mut before = outside.clone();
    let mut without = Vec::with_capacity(years.len());
    for (index, year) in years.iter().enumerate() {
        let mut product = before.clone();
        product.multiply(&after[years.len() - 1 - index]);
        without.push(product);
        before.multiply(year);
    }
    without
}

/// E\[X; S in the tail\] for an independent risk. It is the mean less what falls below the tail, and there the grid holds
/// everything: what it cuts off never enters.
fn weighted(year: &Spectrum, mean: f64, others: &Spectrum, worst: &Worst, grid: &Grid) -> f64 {
    let mut weighted = by_size(year, grid);
    weighted.multiply(others);
    mean - worst.below(&weighted.into_cells())
}

/// The transform of losses weighted by themselves.
pub fn by_size(year: &Spectrum, grid: &Grid) -> Spectrum {
    let mut cells = year.clone().into_cells();
    cells.iter_mut().enumerate().for_each(|(k, mass)| *mass *= k as f64 * grid.step());
    Spectrum::of(&cells, grid)
}

/// Which cells of a grid hold the worst years: all above one, and of that one as much as makes up their chance. Where more
/// years cost one amount than belong to the worst, each counts by the part that does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worst {
    edge: usize,
    at_edge: f64,
}

impl Worst {
    /// Of all years, by their cells.
    pub fn of(whole: &[f64], level: f64) -> Self {
        let wanted = 1.0 - level;
        // What lies beyond the grid is among them.
        let mut above = (1.0 - whole.iter().sum::<f64>()).max(0.0);
        for (edge, mass) in whole.iter().enumerate().rev() {
            if *mass > 0.0 && above + mass >= wanted {
                return Self { edge, at_edge: ((wanted - above) / mass).clamp(0.0, 1.0) };
            }
            above += mass.max(0.0);
        }
        Self { edge: 0, at_edge: 1.0 }
    }

    /// How much of other cells lies below the worst years.
    pub fn below(&self, cells: &[f64]) -> f64 {
        let at_edge = cells.get(self.edge).map_or(0.0, |mass| (1.0 - self.at_edge) * mass);
        cells.iter().take(self.edge).sum::<f64>() + at_edge
    }
}

/// The same for a risk that is bound to others of its group.
fn bound(
    total: &Total<'_, '_>,
    group: &GroupYear<'_>,
    risk: RiskId,
    others: &Spectrum,
    worst: &Worst,
    grid: &Grid,
) -> f64 {
    let marked = |by: f64| group_spectrum(total.scenario, group, None, None, grid, Some(Mark { risk, by }));
    let mut weighted = marked(MARK);
    weighted.add_scaled(-1.0, &marked(-MARK));
    weighted.multiply(others);
    let mean = net(total.scenario, &[group], Some(risk), None).first;
    mean - worst.below(&weighted.into_cells()) * grid.top() / (2.0 * MARK)
}
