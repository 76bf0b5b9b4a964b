//! What does one event cost? The sum of its forms of loss, and of what follows with a chance.
//!
//! Parts are independent of each other: f̂ = Π (1 − qᵢ + qᵢ Π f̂ᵢⱼ).

use super::spectrum::clamp_chance;
use super::{Grid, Severity, Spectrum, add_discretised, discretise};

/// Losses that happen together, with one chance.
#[derive(Clone)]
pub struct Part<'a> {
    /// The chance that this part of the event happens at all.
    pub chance: f64,
    /// The amounts that are then lost, independent of each other.
    pub severities: Vec<&'a dyn Severity>,
}

/// The loss of one event.
#[derive(Clone, Default)]
pub struct EventLoss<'a> {
    pub(super) parts: Vec<Part<'a>>,
}

impl<'a> EventLoss<'a> {
    /// An event of these parts. Without any, it costs nothing.
    pub fn new(parts: Vec<Part<'a>>) -> Self {
        Self { parts }
    }

    /// The transform of the event's loss on a grid.
    pub fn spectrum(&self, grid: &Grid) -> Spectrum {
        if let Some(cells) = self.simple_cells(grid) {
            return Spectrum::of(&cells, grid);
        }
        let mut event: Option<Spectrum> = None;
        for part in &self.parts {
            let mut together: Option<Spectrum> = None;
            for severity in &part.severities {
                let one = Spectrum::of(&discretise(*severity, grid), grid);
                multiply(&mut together, one);
            }
            if let Some(mut together) = together {
                if part.chance != 1.0 {
                    together.with_chance(part.chance);
                }
                multiply(&mut event, together);
            }
        }
        event.unwrap_or_else(|| Spectrum::of_nothing(grid))
    }

    /// The masses themselves, where no transform is needed to get them: at most one amount.
    fn simple_cells(&self, grid: &Grid) -> Option<Vec<f64>> {
        let mut cells = vec![0.0; grid.cells()];
        self.add_simple(1.0, grid, &mut cells).then_some(cells)
    }

    /// Adds `weight` times the masses to `cells` and says so, or does nothing.
    pub(super) fn add_simple(&self, weight: f64, grid: &Grid, cells: &mut [f64]) -> bool {
        let (chance, severity) = match self.parts.as_slice() {
            [] => (0.0, None),
            [part] => match part.severities.as_slice() {
                [] => (0.0, None),
                [severity] => (clamp_chance(part.chance), Some(*severity)),
                _ => return false,
            },
            _ => return false,
        };
        if let Some(severity) = severity {
            add_discretised(severity, weight * chance, grid, cells);
        }
        if let Some(nothing) = cells.first_mut() {
            *nothing += weight * (1.0 - chance);
        }
        true
    }
}

fn multiply(product: &mut Option<Spectrum>, factor: Spectrum) {
    match product {
        Some(product) => product.multiply(&factor),
        None => *product = Some(factor),
    }
}
