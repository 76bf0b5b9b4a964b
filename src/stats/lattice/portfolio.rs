//! What may all risks together cost in a year?
//!
//! Independent risks multiply. Poisson risks add in the exponent before anything is transformed:
//! exp(Σ λᵢ(f̂ᵢ − 1)) takes one transform for all of them.

use rayon::prelude::*;
use realfft::num_complex::Complex;

use super::count::exponential;
use super::{Count, EventLoss, Grid, Spectrum};

/// One risk: how often in a year, and what one event costs.
#[derive(Clone)]
pub struct Risk<'a> {
    /// The number of events in a year.
    pub count: Count,
    /// The loss of one event.
    pub event: EventLoss<'a>,
}

/// Independent risks.
#[derive(Clone, Default)]
pub struct Portfolio<'a> {
    /// The risks with their own events.
    pub risks: Vec<Risk<'a>>,
}

/// Risks whose sums are made by one thread: fixed, so that results are the same on any number.
const CHUNK: usize = 8;

/// What a group of risks contributes: masses and transforms in the exponent, and a product.
struct Contribution {
    rate: f64,
    cells: Option<Vec<f64>>,
    exponent: Option<Spectrum>,
    product: Option<Spectrum>,
}

impl<'a> Portfolio<'a> {
    /// The transform of the year's loss on a grid.
    pub fn spectrum(&self, grid: &Grid) -> Spectrum {
        let parts: Vec<Contribution> = if self.risks.len() <= CHUNK {
            vec![self.contribution(&self.risks, grid)]
        } else {
            self.risks.par_chunks(CHUNK).map(|risks| self.contribution(risks, grid)).collect()
        };
        let mut rate = 0.0;
        let mut cells: Option<Vec<f64>> = None;
        let mut exponent: Option<Spectrum> = None;
        let mut product: Option<Spectrum> = None;
        for part in parts {
            rate += part.rate;
            match (&mut cells, part.cells) {
                (Some(sum), Some(more)) => sum.iter_mut().zip(&more).for_each(|(a, b)| *a += b),
                (sum @ None, more) => *sum = more,
                _ => {}
            }
            combine(&mut exponent, part.exponent, |a, b| a.add_scaled(1.0, b));
            combine(&mut product, part.product, Spectrum::multiply);
        }
        combine(&mut exponent, cells.map(|c| Spectrum::of(&c, grid)), |a, b| a.add_scaled(1.0, b));
        if let Some(mut exponent) = exponent {
            for value in &mut exponent.values {
                *value -= Complex::new(rate, 0.0);
            }
            exponential(&mut exponent.values);
            combine(&mut product, Some(exponent), Spectrum::multiply);
        }
        product.unwrap_or_else(|| Spectrum::of_nothing(grid))
    }

    fn contribution(&self, risks: &[Risk], grid: &Grid) -> Contribution {
        let mut sum = Contribution { rate: 0.0, cells: None, exponent: None, product: None };
        for risk in risks {
            match risk.count {
                Count::Poisson { rate } if rate > 0.0 && rate.is_finite() => {
                    sum.rate += rate;
                    let cells = sum.cells.get_or_insert_with(|| vec![0.0; grid.cells()]);
                    if !risk.event.add_simple(rate, grid, cells) {
                        let event = risk.event.spectrum(grid);
                        sum.exponent.get_or_insert_with(|| Spectrum::zero(grid)).add_scaled(rate, &event);
                    }
                }
                _ => {
                    let mut year = risk.event.spectrum(grid);
                    risk.count.compound(&mut year);
                    combine(&mut sum.product, Some(year), Spectrum::multiply);
                }
            }
        }
        sum
    }
}

fn combine(into: &mut Option<Spectrum>, more: Option<Spectrum>, how: impl Fn(&mut Spectrum, &Spectrum)) {
    match (into.as_mut(), more) {
        (Some(into), Some(more)) => how(into, &more),
        (None, more @ Some(_)) => *into = more,
        _ => {}
    }
}
