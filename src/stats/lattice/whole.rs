//! From severities and counts to the year's loss on a grid of its own, without a scenario: the way that the known
//! answers of `tests` are reached.
//!
//! Parts of an event are independent: means add, variances are qᵢ Σ Var\[Xᵢⱼ\] + qᵢ(1 − qᵢ)(Σ E\[Xᵢⱼ\])².

use super::annual_loss::{Facts, NEXT_TO_NOTHING};
use super::automatic::{Aim, Discrete, Solved, common_divisor, solve_with};
use super::held::Shape;
use super::spectrum::clamp_chance;
use super::{AnnualLoss, Atoms, Count, EventLoss, Grid, Part, Portfolio, Risk, Severity, Spectrum};

impl<'a> Portfolio<'a> {
    /// One risk alone.
    pub(super) fn single(count: Count, event: EventLoss<'a>) -> Self {
        Self { risks: vec![Risk { count, event }] }
    }

    /// What is known of the year's loss without any grid.
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::nothing();
        for risk in &self.risks {
            facts.add(&risk.count, &[&risk.event]);
        }
        facts
    }

    /// The year's loss on a given grid.
    pub(super) fn annual(&self, grid: &Grid) -> AnnualLoss {
        AnnualLoss::from_cells(grid, self.spectrum(grid).into_cells(), &self.facts(), Shape::Smooth)
    }

    /// The year's loss on a grid that is chosen to reach the aim.
    pub(super) fn solve(&self, aim: &Aim) -> Solved {
        solve(&self.facts(), aim, |grid| self.spectrum(grid))
    }
}

impl Solved {
    /// The largest error of a level.
    pub(super) fn error(&self) -> f64 {
        self.levels.iter().map(|level| level.error).fold(0.0, f64::max)
    }
}

impl<'a> EventLoss<'a> {
    /// An event that always costs one amount drawn from `severity`.
    pub(super) fn single(severity: &'a dyn Severity) -> Self {
        Self::certain(vec![severity])
    }

    /// An event whose forms of loss always happen together.
    pub(super) fn certain(severities: Vec<&'a dyn Severity>) -> Self {
        Self::new(vec![Part { chance: 1.0, severities }])
    }

    /// The same event with one more part: a secondary loss with its chance.
    pub(super) fn and(mut self, chance: f64, severities: Vec<&'a dyn Severity>) -> Self {
        self.parts.push(Part { chance, severities });
        self
    }

    /// All severities of the event.
    pub(super) fn severities(&self) -> impl Iterator<Item = &'a dyn Severity> + '_ {
        self.parts.iter().flat_map(|part| part.severities.iter().copied())
    }

    /// E\[X\]; infinite where a part's mean does not exist.
    pub(super) fn mean(&self) -> f64 {
        self.parts.iter().map(|part| weigh(part.chance, part.mean())).sum()
    }

    /// Var\[X\]; infinite where it does not exist.
    pub(super) fn variance(&self) -> f64 {
        let of = |part: &Part| {
            let chance = clamp_chance(part.chance);
            let spread: f64 = part.severities.iter().map(|s| s.variance()).sum();
            let mean = part.mean();
            weigh(chance, spread) + weigh(chance * (1.0 - chance), mean * mean)
        };
        self.parts.iter().map(of).sum()
    }

    /// P(X = 0): the event happens and costs nothing.
    pub(super) fn no_loss(&self) -> f64 {
        let of = |part: &Part| {
            let nothing: f64 = part.severities.iter().map(|s| 1.0 - s.sf(0.0)).product();
            1.0 - clamp_chance(part.chance) * (1.0 - nothing)
        };
        self.parts.iter().map(of).product()
    }
}

impl Facts {
    /// Adds an independent source of loss: a count whose every event brings all of `events`.
    pub(super) fn add(&mut self, count: &Count, events: &[&EventLoss]) {
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
        let unit = common_unit(events.iter().flat_map(|e| e.severities()));
        self.unit = match (first, self.unit, unit) {
            (true, _, unit) => unit,
            (false, Some(a), Some(b)) => common_divisor(a, b),
            _ => None,
        };
    }
}

impl Part<'_> {
    fn mean(&self) -> f64 {
        self.severities.iter().map(|s| s.mean()).sum()
    }
}

/// A weight of zero wins over an infinite moment.
fn weigh(weight: f64, value: f64) -> f64 {
    if weight > 0.0 { weight * value } else { 0.0 }
}

/// Finds a grid for the year's loss whose transform on a grid `spectrum` gives.
fn solve(facts: &Facts, aim: &Aim, spectrum: impl Fn(&Grid) -> Spectrum) -> Solved {
    let discrete = Discrete { atoms: Atoms::unknown(1.0 - facts.no_loss), transform: &|grid| Spectrum::zero(grid) };
    solve_with(facts, aim, &discrete, &spectrum)
}

/// The amount of which all severities are whole multiples, if all are constants.
fn common_unit<'a>(severities: impl Iterator<Item = &'a dyn Severity>) -> Option<f64> {
    let mut unit: Option<f64> = None;
    for severity in severities {
        let amount = severity.constant()?;
        if amount <= 0.0 {
            continue;
        }
        unit = match unit {
            None => Some(amount),
            Some(unit) => Some(common_divisor(unit, amount)?),
        };
    }
    unit
}
