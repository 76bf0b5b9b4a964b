//! Which entity makes a bad year of the group bad?
//!
//! The part of entity i in the mean loss of the worst years is E\[Xᵢ | S among the worst\]. Given the strikes it is read
//! from the transform of its losses weighted by themselves, times that of all others; over the strikes it is averaged.
//! The parts add up to the tail mean. All others are had without a division: products of the parts before and after,
//! first of parts of the group, then of entities within a part.

use rayon::prelude::*;

use crate::engine::exact::tail::{Worst, by_size, grid_of, without_each};
use crate::engine::year::TAILS;
use crate::stats::lattice::{AnnualLoss, Spectrum};

use super::year::{GroupSum, Laid, Laws};

/// Entities of a part.
const PART: usize = 64;
/// Cells of the grid that the parts are read from.
const CELLS: usize = 1 << 11;

/// By entity, its part of the tail means. Empty where there are none.
pub fn parts(sum: &GroupSum<'_, '_>, loss: &AnnualLoss, means: &[f64]) -> Vec<[f64; 2]> {
    let tails = TAILS.map(|level| loss.tail_mean(level).filter(|mean| mean.is_finite()));
    let ([Some(bad), Some(very_bad)], Some(far)) = (tails, loss.quantile(TAILS[1])) else { return Vec::new() };
    if bad <= 0.0 {
        return vec![[0.0; 2]; means.len()];
    }
    // What lies beyond the worst years that are asked for never enters.
    let grid = sum.grid(&grid_of(loss, 1.5 * far, CELLS, sum.entities.len() * sum.strikes.weights.len()));
    let nothing = Spectrum::of_nothing(&grid);
    let spectra = |entity: &Laid<'_>| entity.spectra(sum.strikes, &grid, None);
    // By part of the group, by count.
    let products: Vec<Vec<Spectrum>> =
        sum.entities.chunks(PART).map(|part| sum.products(&nothing, part, &spectra)).collect();
    let counts = sum.strikes.weights.len();
    let mut whole = Spectrum::zero(&grid);
    for (count, weight) in sum.strikes.weights.iter().enumerate() {
        let mut product = nothing.clone();
        products.iter().for_each(|part| product.multiply(&part[count]));
        whole.add_scaled(*weight, &product);
    }
    let whole = whole.into_cells();
    let worst = TAILS.map(|level| Worst::of(&whole, level));
    let others: Vec<Vec<Spectrum>> = (0..counts)
        .into_par_iter()
        .map(|count| without_each(&products.iter().map(|product| product[count].clone()).collect::<Vec<_>>(), &nothing))
        .collect();
    let found: Vec<Vec<[f64; 2]>> = sum
        .entities
        .par_chunks(PART)
        .enumerate()
        .map(|(place, entities)| {
            let laws: Vec<Laws<Spectrum>> = entities.iter().map(spectra).collect();
            let mut weighted = vec![Spectrum::zero(&grid); entities.len()];
            for (count, weight) in sum.strikes.weights.iter().enumerate() {
                let years: Vec<Spectrum> = laws
                    .iter()
                    .map(|laws| {
                        let mut year = laws.free.clone();
                        laws.struck.iter().for_each(|struck| year.multiply(&struck[count]));
                        year
                    })
                    .collect();
                let others = without_each(&years, &others[count][place]);
                for ((year, mut rest), sum) in years.iter().zip(others).zip(&mut weighted) {
                    rest.multiply(&by_size(year, &grid));
                    sum.add_scaled(*weight, &rest);
                }
            }
            let means = &means[place * PART..];
            weighted
                .into_iter()
                .zip(means)
                .map(|(weighted, mean)| {
                    let cells = weighted.into_cells();
                    let part = |tail: usize| (mean - worst[tail].below(&cells)) / (1.0 - TAILS[tail]);
                    std::array::from_fn(|tail| part(tail).max(0.0))
                })
                .collect()
        })
        .collect();
    let mut parts: Vec<[f64; 2]> = found.into_iter().flatten().collect();
    for (tail, mean) in [bad, very_bad].into_iter().enumerate() {
        let sum: f64 = parts.iter().map(|part| part[tail]).sum();
        if sum > 0.0 {
            parts.iter_mut().for_each(|part| part[tail] *= mean / sum);
        }
    }
    parts
}
