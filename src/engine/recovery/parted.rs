//! What of a year's layers falls to each risk, where the terms of a policy speak of the sum of a year?
//!
//! What is paid is shared by the events of each year in proportion to their layers, so that a risk gets E\[Yᵢ·h(S)\] with
//! h(S) = paid(S)/S. See `docs/model/insurance.md`.

use crate::engine::values::Values;
use crate::engine::world::Unknown;
use crate::model::{ByRisk, RiskId};
use crate::stats::lattice::Grid;

use super::Recoveries;
use super::annual::{Pool, common_step};
use super::knowledge::Bounded;

/// How much more a layer weighs than none, from nothing up to the top of the grid, for what falls to each risk.
const MORE: f64 = 4e-3;
/// Years that the grid for it may leave out, the part of it that is free of rounding, and the cells that it takes.
const BEYOND: f64 = 1e-5;
const EXACT: f64 = 2.0 / 3.0;
const FEWEST_CELLS: usize = 1 << 10;
/// So many times √n, at least, where n events a year are very many.
const CELLS_OF_SPREAD: f64 = 64.0;
const MOST_CELLS: usize = 1 << 14;
/// So many grids at most hold all years, each with steps so many times as wide as the one before.
const MOST_GRIDS: usize = 5;
const WIDER: f64 = 32.0;

impl Recoveries<'_, '_> {
    /// What is paid of the layers of each risk: in proportion to its layers of each year, averaged over what is not known.
    /// What a few worlds say of the smaller of two parts, what is paid or what is left out, parts it.
    pub(super) fn parted(
        &self,
        pool: &Pool<'_>,
        layers: &ByRisk<Bounded>,
        left_out: f64,
        axes: &[Vec<Unknown>],
        bends: bool,
        values: &Values<f64>,
    ) -> ByRisk<f64> {
        let sum: f64 = layers.iter().map(|layer| layer.0).sum();
        let paid = (sum - left_out).clamp(0.0, self.terms[pool.policy].of.annual_limit);
        let even: ByRisk<f64> = layers.iter().map(|layer| paid * layer.0 / sum).collect();
        let risks: Vec<RiskId> = layers.entries().filter(|(_, layer)| layer.0 > 0.0).map(|(risk, _)| risk).collect();
        if risks.len() < 2 || paid <= 0.0 || left_out <= 0.0 {
            return even;
        }
        let is_mostly_paid = left_out < paid;
        let parts = |values: &Values<f64>| self.parts_in_world(pool, &risks, !is_mostly_paid, values);
        // Of many axes two points each: the sum is known by itself, and a lattice of worlds would take minutes.
        let found = self.figures(axes, values, &parts).means_of_parts(bends);
        let all: f64 = found.iter().map(|part| part.0).sum();
        if all <= 0.0 {
            return even;
        }
        let mut by_risk = layers.every(0.0);
        for (&risk, (part, _)) in risks.iter().zip(found) {
            let layer = layers[risk].0;
            let paid = if is_mostly_paid { layer - left_out * part / all } else { paid * part / all };
            by_risk[risk] = paid.clamp(0.0, layer);
        }
        // Of no risk more is paid than its layers: what would be too much falls to the others.
        let missing = paid - by_risk.iter().sum::<f64>();
        let room = sum - by_risk.iter().sum::<f64>();
        let part = if room > 0.0 { (missing / room).clamp(0.0, 1.0) } else { 0.0 };
        by_risk.iter_mut().zip(layers).for_each(|(paid, layer)| *paid += part * (layer.0 - *paid));
        by_risk
    }

    /// What is paid of the layers of each of these risks in one world, or what is left out of them: E\[Yᵢ·h(S)\]
    /// with h(S) = paid(S)/S, or one less that. Yᵢ is the sum of the risk's layers X of a year, and E\[Yᵢ·h(S)\] the slope
    /// at ε = 0 of E\[Π (1 + ε·X)·h(S)\]: layers stay where they are on the grid, and only weigh more. With an annual limit
    /// h is small in the largest years, without one what is left out: that one is worked out, the other is the rest.
    fn parts_in_world(&self, pool: &Pool<'_>, risks: &[RiskId], of_paid: bool, values: &Values<f64>) -> Vec<Bounded> {
        let terms = &self.terms[pool.policy].of;
        let (from, most) = (terms.annual_retention, terms.annual_limit);
        let mixes = self.all_mixes(pool, values);
        let mut layers = self.scenario().risks().every(0.0);
        for (cluster, mixes) in pool.clusters.iter().zip(&mixes) {
            let cluster = &self.model.clusters()[*cluster];
            let found = self.layers_given(cluster, &[pool.policy], pool.policies, pool.year, values, mixes, &[]);
            cluster.risks.iter().zip(found).for_each(|(risk, layer)| layers[*risk] = layer.0);
        }
        let sum: f64 = layers.iter().sum();
        // Eight times the mean holds nearly every year where there is no annual limit.
        let top = if most.is_finite() { 4.0 * (from + most) } else { from + 8.0 * sum };
        let year = |grid: &Grid, weighs: Option<(RiskId, f64)>| {
            let mut cells = self.year_of_layers(pool, values, &mixes, grid, weighs).into_cells();
            cells.truncate((EXACT * grid.cells() as f64) as usize);
            cells
        };
        // Years beyond the grid would count for nobody.
        let unit = common_step(terms, &self.fixed_layers(pool, &mixes));
        let many = self.many(pool, values, &mixes);
        let fewest = many.map_or(FEWEST_CELLS, |events| {
            ((CELLS_OF_SPREAD * events.sqrt()) as usize).clamp(FEWEST_CELLS, MOST_CELLS)
        });
        let grid = match unit.filter(|unit| 2.0 * top <= *unit * MOST_CELLS as f64) {
            Some(unit) => {
                let times = (fewest as f64 * unit / top).ceil();
                Grid::new(unit / times, (top * times / unit).ceil() as usize)
            }
            None => Grid::reaching(top, fewest),
        };
        let mut grid = grid.keeping_moments(many.is_some());
        let holds = |grid: &Grid| year(grid, None).iter().sum::<f64>() >= 1.0 - BEYOND;
        let mut is_whole = holds(&grid);
        while grid.cells() < MOST_CELLS && !is_whole {
            grid = Grid::new(grid.step(), 2 * grid.cells()).keeping_moments(many.is_some());
            is_whole = holds(&grid);
        }
        // Where single losses are many times the annual terms, wider grids hold the years above it.
        let mut grids = vec![grid];
        while !is_whole && grids.len() < MOST_GRIDS {
            let wider = Grid::new(WIDER * grids[grids.len() - 1].step(), MOST_CELLS).keeping_moments(many.is_some());
            is_whole = holds(&wider);
            grids.push(wider);
        }
        let part = |s: f64| if most.is_finite() { (s - from).clamp(0.0, most) / s } else { from.min(s) / s };
        let ends: Vec<f64> = grids.iter().map(|grid| (EXACT * grid.cells() as f64).floor() * grid.step()).collect();
        let on = |place: usize, risk: RiskId| -> f64 {
            let grid = &grids[place];
            let above = place.checked_sub(1).map_or(0.0, |before| ends[before]);
            let mean = |weighs: f64| -> f64 {
                let cells = year(grid, Some((risk, weighs)));
                let years = cells.iter().enumerate().map(|(k, mass)| (k as f64 * grid.step(), mass));
                years.filter(|(s, _)| *s > above).map(|(s, mass)| mass * part(s)).sum()
            };
            (mean(MORE) - mean(-MORE)) / (2.0 * MORE) * grid.top()
        };
        let slope = |risk: &RiskId| -> f64 { (0..grids.len()).map(|place| on(place, *risk)).sum() };
        let part = |risk: &RiskId| if of_paid == most.is_finite() { slope(risk) } else { layers[*risk] - slope(risk) };
        risks.iter().map(|risk| (part(risk).max(0.0), 0.0)).collect()
    }
}
