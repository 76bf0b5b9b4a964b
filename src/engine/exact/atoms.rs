//! Which single amounts of a year have a chance of their own, and what do the steps on a grid make of them?
//!
//! Fixed losses and observed values are single amounts. So is what a policy leaves of all losses
//! within a layer that it pays in full: the retention. An amount that moves with something that is not
//! known is none: it stands somewhere else in every world. The same leaves as transforms, put
//! through the same steps, give what the grid makes of these amounts; taken out of the grid it leaves
//! the rest, which is continuous.

use crate::model::{RiskId, Scenario};
use crate::stats::Distribution;
use crate::stats::distribution::Stage;
use crate::stats::lattice::{AnnualLoss, Atoms, Facts, Grid, Shape, Spectrum, add_atom};

use super::group::GroupYear;
use super::layer::{self, Terms};
use super::mix::{Drawn, Leaves};
use super::range;

/// Observed values of which each is looked at on its own.
pub(super) const MOST_OBSERVED: usize = 1024;
/// Cells on which covered losses add up.
const CELLS: usize = 1 << 13;

/// What tells amounts apart.
pub type Key = (RiskId, Option<crate::model::EstimateId>, u64, Option<(bool, u64)>);

/// The key of an amount.
pub fn key(drawn: &Drawn) -> Key {
    let tilt = drawn.tilt.map(|tilt| (tilt.stage == Stage::Came, tilt.rate.to_bits()));
    (drawn.risk, drawn.severity, drawn.scale.to_bits(), tilt)
}

/// Single amounts of a group, and their transforms.
pub struct Discrete<'a, 'm> {
    scenario: &'a Scenario,
    group: &'a GroupYear<'m>,
    only: Option<RiskId>,
    /// The amounts that are the same in several worlds; none where there is one world only.
    fixed: Option<Vec<Key>>,
    /// Whether single amounts are told apart at all.
    told: bool,
}

impl<'a, 'm> Discrete<'a, 'm> {
    /// Of a group, or of one of its risks; where they are not `told` apart, with the chance of any loss and the largest
    /// alone.
    pub fn new(scenario: &'a Scenario, group: &'a GroupYear<'m>, only: Option<RiskId>, told: bool) -> Self {
        Self { scenario, group, only, fixed: (told && group.averaged).then(|| group.fixed()), told }
    }

    fn points(&self, drawn: &Drawn, range: &Distribution) -> Vec<(f64, f64)> {
        if !self.told || self.fixed.as_ref().is_some_and(|fixed| fixed.binary_search(&key(drawn)).is_err()) {
            return Vec::new();
        }
        let atoms = range.atoms();
        if atoms.len() > MOST_OBSERVED { Vec::new() } else { atoms }
    }

    /// The single amounts of one amount.
    fn amount(&self, drawn: &Drawn) -> Atoms {
        let range = range(self.scenario, drawn);
        Atoms::new(self.points(drawn, &range), 1.0 - range.mass_at(0.0), range.support().1)
    }

    /// Those of the sum of covered amounts.
    fn whole(&self, covered: &[Drawn]) -> Atoms {
        let mut whole = Atoms::NONE;
        covered.iter().for_each(|drawn| whole.and(&self.amount(drawn)));
        whole
    }

    /// The single amounts of what a policy leaves, and how much of the continuous part it moves
    /// onto the retention.
    fn layer(&self, covered: &[Drawn], terms: &Terms) -> (Atoms, f64) {
        let whole = self.whole(covered);
        let mut points: Vec<(f64, f64)> = whole.points().iter().map(|(x, mass)| (terms.net(*x), *mass)).collect();
        let most = if whole.most.is_finite() { terms.net(whole.most) } else { terms.most() };
        let Some((from, to)) = terms.flat() else { return (Atoms::new(points, whole.something, most), 0.0) };
        let above = self.chances_above(covered, &whole, [from, to]);
        let inside = above[0] - above[1] - (whole.above(from) - whole.above(to));
        let inside = if self.told && inside > 1e-13 { inside } else { 0.0 };
        points.push((from, inside));
        let something = if from > 0.0 { whole.something } else { above[1] };
        (Atoms::new(points, something, most), inside)
    }

    /// The chances that the covered amounts together pass these.
    fn chances_above(&self, covered: &[Drawn], whole: &Atoms, amounts: [f64; 2]) -> [f64; 2] {
        if let [drawn] = covered {
            let range = range(self.scenario, drawn);
            return amounts.map(|x| if x.is_finite() { range.sf(x) } else { 0.0 });
        }
        let far = amounts.into_iter().filter(|x| x.is_finite()).fold(0.0, f64::max);
        let moments = layer::whole(self.scenario, covered);
        let top = (1.5 * far).max(if moments.first.is_finite() { 4.0 * moments.first } else { 0.0 });
        let grid = Grid::reaching(top.max(f64::MIN_POSITIVE), CELLS);
        let cells = layer::sum(covered, &grid, &|drawn, grid| {
            crate::stats::lattice::discretise(&range(self.scenario, drawn), grid)
        });
        let mut rest = cells;
        let smeared = layer::sum(covered, &grid, &|drawn, grid| self.cells(drawn, grid));
        rest.iter_mut().zip(&smeared).skip(1).for_each(|(cell, atoms)| *cell -= atoms);
        let facts = Facts { no_loss: 1.0 - whole.something, ..Facts::nothing() };
        let loss = AnnualLoss::new(&grid, rest, &facts, whole.clone(), Shape::Smooth);
        amounts.map(|x| if x.is_finite() { loss.exceedance(x) } else { 0.0 })
    }

    /// The single amounts of one amount on a grid.
    fn cells(&self, drawn: &Drawn, grid: &Grid) -> Vec<f64> {
        let range = range(self.scenario, drawn);
        let mut cells = vec![0.0; grid.cells()];
        if let Some(zero) = cells.first_mut() {
            *zero = range.mass_at(0.0);
        }
        for (x, mass) in self.points(drawn, &range).into_iter().filter(|(x, _)| *x > 0.0) {
            add_atom(x, mass, grid, &mut cells);
        }
        cells
    }

    /// The single amounts of the year; of one half of the worlds if asked.
    pub fn year(&self, half: Option<u64>) -> Atoms {
        self.with_amounts(|nothing, leaves| self.group.year(self.only, half, nothing, leaves))
    }

    /// What is asked of the single amounts of events.
    pub fn with_amounts<R>(&self, ask: impl FnOnce(&Atoms, Leaves<'_, Atoms>) -> R) -> R {
        let amount = |drawn: &Drawn| self.amount(drawn);
        let layer = |covered: &[Drawn], terms: &Terms| self.layer(covered, terms).0;
        ask(&Atoms::NONE, Leaves { amount: &amount, layer: &layer })
    }

    /// What the steps on a grid make of them.
    pub fn transform(&self, grid: &Grid, half: Option<u64>) -> Spectrum {
        self.with_transforms(grid, |nothing, leaves| self.group.year(self.only, half, nothing, leaves))
    }

    /// What is asked of the transforms of the single amounts of events.
    pub fn with_transforms<R>(&self, grid: &Grid, ask: impl FnOnce(&Spectrum, Leaves<'_, Spectrum>) -> R) -> R {
        let amount = |drawn: &Drawn| Spectrum::of(&self.cells(drawn, grid), grid);
        let layer = |covered: &[Drawn], terms: &Terms| {
            let inside = self.layer(covered, terms).1;
            let whole = self.whole(covered);
            let discrete = 1.0 - whole.something + whole.mass();
            let terms = terms.reached(self.scenario, covered);
            let cells = |drawn: &Drawn, grid: &Grid| self.cells(drawn, grid);
            let farthest = layer::farthest(self.scenario, covered);
            Spectrum::of(&layer::moved(covered, &terms, grid, &cells, discrete, inside, farthest), grid)
        };
        ask(&Spectrum::of_nothing(grid), Leaves { amount: &amount, layer: &layer })
    }
}
