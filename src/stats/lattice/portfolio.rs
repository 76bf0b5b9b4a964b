//! What may all risks together cost in a year?
//!
//! Independent risks multiply. Poisson risks add in the exponent before anything is transformed:
//! exp(Σ λᵢ(f̂ᵢ − 1)) takes one transform for all of them. A cause that strikes several risks at
//! once, on top of their own events, is one more factor P₀(Π f̂ᵢ), with P₀ its own count: for
//! Poisson counts exp(Σ λᵢ(f̂ᵢ − 1) + λ₀(Π f̂ᵢ − 1)), exactly.

use rayon::prelude::*;
use realfft::num_complex::Complex;

use super::annual_loss::{Facts, NEXT_TO_NOTHING};
use super::automatic::{Aim, Solved, solve};
use super::count::exponential;
use super::event::weigh;
use super::held::Shape;
use super::{AnnualLoss, Count, EventLoss, Grid, Spectrum};

/// One risk: how often in a year, and what one event costs.
#[derive(Clone)]
pub struct Risk<'a> {
    /// The number of events in a year.
    pub count: Count,
    /// The loss of one event.
    pub event: EventLoss<'a>,
}

/// A cause that brings one event to each of several risks at once.
#[derive(Debug, Clone)]
pub struct SharedCause {
    /// The number of times in a year.
    pub count: Count,
    /// The places of the risks that it strikes; places that do not exist are passed over.
    pub strikes: Vec<usize>,
}

/// Independent risks and the causes that they share.
#[derive(Clone, Default)]
pub struct Portfolio<'a> {
    /// The risks with their own events.
    pub risks: Vec<Risk<'a>>,
    /// What strikes several of them, on top of their own events.
    pub shared: Vec<SharedCause>,
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
    /// One risk alone.
    pub fn single(count: Count, event: EventLoss<'a>) -> Self {
        Self { risks: vec![Risk { count, event }], shared: Vec::new() }
    }

    /// What is known of the year's loss without any grid.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::nothing();
        for risk in &self.risks {
            facts.add(&risk.count, &[&risk.event]);
        }
        for cause in &self.shared {
            let events: Vec<&EventLoss> = self.struck(cause).map(|i| &self.risks[i].event).collect();
            facts.add(&cause.count, &events);
        }
        facts
    }

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
        for cause in &self.shared {
            let mut event = Spectrum::of_nothing(grid);
            for i in self.struck(cause) {
                event.multiply(&self.risks[i].event.spectrum(grid));
            }
            cause.count.compound(&mut event);
            combine(&mut product, Some(event), Spectrum::multiply);
        }
        product.unwrap_or_else(|| Spectrum::of_nothing(grid))
    }

    /// The year's loss on a given grid.
    pub fn annual(&self, grid: &Grid) -> AnnualLoss {
        AnnualLoss::from_cells(grid, self.spectrum(grid).into_cells(), &self.facts(), Shape::Smooth)
    }

    /// The year's loss on a grid that is chosen to reach the aim.
    pub fn solve(&self, aim: &Aim) -> Solved {
        solve(&self.facts(), aim, |grid| self.spectrum(grid))
    }

    fn struck<'b>(&'b self, cause: &'b SharedCause) -> impl Iterator<Item = usize> + 'b {
        cause.strikes.iter().copied().filter(|i| *i < self.risks.len())
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

impl Facts {
    /// A year in which nothing is lost.
    pub fn nothing() -> Self {
        Self { mean: 0.0, variance: 0.0, no_loss: 1.0, tail_index: 0.0, reach: 0.0, largest: 0.0, unit: None }
    }

    /// Adds an independent source of loss: a count whose every event brings all of `events`.
    pub fn add(&mut self, count: &Count, events: &[&EventLoss]) {
        let moments = count.moments();
        if moments.mean <= 0.0 {
            return;
        }
        let mean: f64 = events.iter().map(|e| e.mean()).sum();
        let variance: f64 = events.iter().map(|e| e.variance()).sum();
        let no_loss: f64 = events.iter().map(|e| e.no_loss()).product();
        let first = self.no_loss == 1.0 && self.mean == 0.0;
        self.mean += moments.mean * mean;
        self.variance += weigh(moments.mean, variance) + weigh(moments.variance, mean * mean);
        self.no_loss *= count.generating(no_loss);
        for severity in events.iter().flat_map(|e| e.severities()) {
            self.tail_index = self.tail_index.max(severity.tail_index());
            self.largest = self.largest.max(severity.quantile(1.0 - NEXT_TO_NOTHING));
            // One big jump: the 1-in-2000 year is about the largest of the year's losses.
            let far = severity.quantile((1.0 - 5e-4 / moments.mean).clamp(0.5, 1.0 - 1e-9));
            if far.is_finite() && far > 0.0 {
                self.reach = self.reach.max(far);
            }
        }
        let unit = super::automatic::common_unit(events.iter().flat_map(|e| e.severities()));
        self.unit = match (first, self.unit, unit) {
            (true, _, unit) => unit,
            (false, Some(a), Some(b)) => super::automatic::common_divisor(a, b),
            _ => None,
        };
    }
}

fn combine(into: &mut Option<Spectrum>, more: Option<Spectrum>, how: impl Fn(&mut Spectrum, &Spectrum)) {
    match (into.as_mut(), more) {
        (Some(into), Some(more)) => how(into, &more),
        (None, more @ Some(_)) => *into = more,
        _ => {}
    }
}
