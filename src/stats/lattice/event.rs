//! What does one event cost? The sum of its forms of loss, and of what follows with a chance.
//!
//! Parts are independent of each other: f̂ = Π (1 − qᵢ + qᵢ Π f̂ᵢⱼ). Means add, variances are
//! qᵢ Σ Var\[Xᵢⱼ\] + qᵢ(1 − qᵢ)(Σ E\[Xᵢⱼ\])².

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
    parts: Vec<Part<'a>>,
}

impl<'a> EventLoss<'a> {
    /// An event of these parts. Without any, it costs nothing.
    pub fn new(parts: Vec<Part<'a>>) -> Self {
        Self { parts }
    }

    /// An event that always costs one amount drawn from `severity`.
    pub fn single(severity: &'a dyn Severity) -> Self {
        Self::certain(vec![severity])
    }

    /// An event whose forms of loss always happen together.
    pub fn certain(severities: Vec<&'a dyn Severity>) -> Self {
        Self::new(vec![Part { chance: 1.0, severities }])
    }

    /// The same event with one more part: a secondary loss with its chance.
    pub fn and(mut self, chance: f64, severities: Vec<&'a dyn Severity>) -> Self {
        self.parts.push(Part { chance, severities });
        self
    }

    /// All severities of the event.
    pub fn severities(&self) -> impl Iterator<Item = &'a dyn Severity> + '_ {
        self.parts.iter().flat_map(|part| part.severities.iter().copied())
    }

    /// E\[X\]; infinite where a part's mean does not exist.
    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|part| weigh(part.chance, part.mean())).sum()
    }

    /// Var\[X\]; infinite where it does not exist.
    pub fn variance(&self) -> f64 {
        let of = |part: &Part| {
            let chance = clamp_chance(part.chance);
            let spread: f64 = part.severities.iter().map(|s| s.variance()).sum();
            let mean = part.mean();
            weigh(chance, spread) + weigh(chance * (1.0 - chance), mean * mean)
        };
        self.parts.iter().map(of).sum()
    }

    /// P(X = 0): the event happens and costs nothing.
    pub fn no_loss(&self) -> f64 {
        let of = |part: &Part| {
            let nothing: f64 = part.severities.iter().map(|s| 1.0 - s.sf(0.0)).product();
            1.0 - clamp_chance(part.chance) * (1.0 - nothing)
        };
        self.parts.iter().map(of).product()
    }

    /// The heaviest tail index among the parts that can happen.
    pub fn tail_index(&self) -> f64 {
        let possible = self.parts.iter().filter(|part| part.chance > 0.0);
        possible.flat_map(|p| &p.severities).map(|s| s.tail_index()).fold(0.0, f64::max)
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

impl Part<'_> {
    fn mean(&self) -> f64 {
        self.severities.iter().map(|s| s.mean()).sum()
    }
}

/// A weight of zero wins over an infinite moment.
pub(super) fn weigh(weight: f64, value: f64) -> f64 {
    if weight > 0.0 { weight * value } else { 0.0 }
}

fn multiply(product: &mut Option<Spectrum>, factor: Spectrum) {
    match product {
        Some(product) => product.multiply(&factor),
        None => *product = Some(factor),
    }
}
