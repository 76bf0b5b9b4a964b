//! What remains of an event when a policy pays its layer of it?
//!
//! Of the covered loss X a policy pays share · min(max(X − retention, 0), limit). The covered forms
//! of one event add up on a grid of their own, every cell moves to what remains of it (parted
//! between two cells, so that the mean is kept), and what is not covered is added then. Beyond the
//! end of the layer what remains is a straight line a·X + b, so the moments need no grid there:
//! E\[X^j; X > end\] = E\[X^j\] − Σ up to the end. See `docs/model/insurance.md`.

use crate::model::{ObligationId, PlanId, Risk, RiskId, Scenario};
use crate::stats::lattice::{Grid, Spectrum, add_amount, discretise, single_sums};
use crate::units::Arithmetic;

use super::law::{Law, Moments};
use super::mix::Drawn;
use super::{moments, range};

/// Combinations of the secondary losses of a risk, at most: each of them meets the policy.
const MOST_COMBINATIONS: f64 = 64.0;
/// Cells of a layer, at most.
const MOST_CELLS: usize = 1 << 18;

/// The layer of one event that a policy pays.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    retention: f64,
    /// Infinite where there is none.
    limit: f64,
    /// The insurer's share.
    share: f64,
    /// By amount of the risk.
    pub covers: Vec<bool>,
}

/// In how many ways the secondary losses of a risk may come: of the steps of an obligation so many come from the first on.
fn combinations(risk: &Risk) -> f64 {
    let single = risk.secondary.iter().filter(|secondary| secondary.duty.is_none()).count();
    let mut duties: Vec<ObligationId> = risk.secondary.iter().filter_map(|secondary| secondary.duty).collect();
    duties.dedup();
    let steps =
        |duty: &ObligationId| 1 + risk.secondary.iter().filter(|secondary| secondary.duty == Some(*duty)).count();
    duties.iter().map(|duty| steps(duty) as f64).product::<f64>() * libm::exp2(single as f64)
}

/// The layer that is paid of a risk's events under a plan, if any.
///
/// # Errors
/// Where more than one layer of each event is paid, or the sum of a year counts: it says why.
pub fn terms(scenario: &Scenario, risk: RiskId, plan: Option<PlanId>) -> Result<Option<Terms>, String> {
    let item = &scenario.risks()[risk];
    let parts = item.parts();
    let mut found = None;
    for policy in scenario.insurance() {
        let covers: Vec<bool> = parts.iter().map(|part| policy.covers.contains(&part.form())).collect();
        if !policy.is_in_force(plan) || !policy.covers_risk(risk) || !covers.contains(&true) {
            continue;
        }
        let name = &policy.name;
        if policy.has_annual_terms() {
            return Err(format!("the policy \"{name}\" has annual terms"));
        }
        if parts.iter().any(|part| policy.sublimits.iter().any(|(form, _)| *form == part.form())) {
            return Err(format!("the policy \"{name}\" has a sublimit"));
        }
        let hours = f64::from_decimal(policy.waiting.time.get());
        let outage = parts.iter().position(|part| matches!(part, crate::model::Part::Outage));
        if hours > 0.0 && outage.is_some_and(|outage| covers[outage]) {
            return Err(format!("the policy \"{name}\" has a waiting time"));
        }
        if found.is_some() {
            return Err(format!("two policies pay for \"{}\"", item.name));
        }
        if combinations(item) > MOST_COMBINATIONS {
            return Err(format!("\"{}\" has too many secondary losses that meet a policy", item.name));
        }
        let retention = f64::from_decimal(policy.retention.get());
        let limit = policy.limit.map_or(f64::INFINITY, |limit| f64::from_decimal(limit.get()));
        let share = 1.0 - f64::from_decimal(policy.coinsurance.get());
        found = Some(Terms { retention, limit, share, covers });
    }
    Ok(found)
}

impl Terms {
    /// What remains of a covered loss.
    pub fn net(&self, loss: f64) -> f64 {
        loss - self.share * (loss - self.retention).max(0.0).min(self.limit)
    }

    /// The losses that all leave the same, where the layer is paid in full.
    pub fn flat(&self) -> Option<(f64, f64)> {
        (self.share == 1.0 && self.limit > 0.0).then_some((self.retention, self.retention + self.limit))
    }

    /// The most that may remain of any loss.
    pub fn most(&self) -> f64 {
        if self.share == 1.0 && self.limit.is_infinite() { self.retention } else { f64::INFINITY }
    }

    /// From here on what remains is a straight line.
    fn end(&self) -> f64 {
        if self.limit.is_finite() { self.retention + self.limit } else { self.retention }
    }

    /// That line: its slope, and where it begins.
    fn beyond(&self) -> (f64, f64) {
        let slope = if self.limit.is_finite() { 1.0 } else { 1.0 - self.share };
        (slope, self.net(self.end()) - slope * self.end())
    }

    /// The smallest covered loss of which so much remains; infinite where it never does.
    fn reaching(&self, rest: f64) -> f64 {
        let (slope, start) = self.beyond();
        if slope > 0.0 { ((rest - start) / slope).max(self.end()) } else { f64::INFINITY }
    }

    /// The same terms for these amounts: a limit that they never reach is none, so that no grid has to.
    pub fn reached(&self, scenario: &Scenario, covered: &[Drawn]) -> Self {
        const NEVER: f64 = 1e-18;
        let each = self.end() / covered.len().max(1) as f64;
        let beyond = || covered.iter().map(|drawn| range(scenario, drawn).sf(each)).sum::<f64>();
        let limit = if self.limit.is_finite() && beyond() < NEVER { f64::INFINITY } else { self.limit };
        Self { limit, ..self.clone() }
    }

    /// The amounts that what remains is a multiple of, if the loss is one of `unit`.
    pub fn unit(&self, unit: f64, common: impl Fn(f64, f64) -> Option<f64>) -> Option<f64> {
        let mut amounts = [self.retention, self.limit].into_iter().filter(|amount| *amount > 0.0 && amount.is_finite());
        let unit = amounts.try_fold(unit, &common)?;
        // Of a layer of so many units the share is paid.
        if self.share == 1.0 || self.share == 0.0 { Some(unit) } else { common(unit, self.share * unit) }
    }
}

/// The chances of a sum of amounts on a grid.
fn masses(scenario: &Scenario, covered: &[Drawn], grid: &Grid) -> Vec<f64> {
    sum(covered, grid, &|drawn, grid| discretise(&range(scenario, drawn), grid))
}

/// The chances of one amount on a grid.
type Cells<'a> = &'a dyn Fn(&Drawn, &Grid) -> Vec<f64>;

/// The chances of a sum of amounts, each with these chances.
pub fn sum(covered: &[Drawn], grid: &Grid, cells: Cells<'_>) -> Vec<f64> {
    let mut sum = Spectrum::of_nothing(grid);
    for drawn in covered {
        sum.multiply(&Spectrum::of(&cells(drawn, grid), grid));
    }
    sum.into_cells()
}

/// The masses of what remains.
pub fn remaining(scenario: &Scenario, covered: &[Drawn], terms: &Terms, grid: &Grid) -> Vec<f64> {
    let terms = terms.reached(scenario, covered);
    let cells = |drawn: &Drawn, grid: &Grid| discretise(&range(scenario, drawn), grid);
    moved(covered, &terms, grid, &cells, 1.0, 0.0, farthest(scenario, covered))
}

/// What next to no event passes.
pub fn farthest(scenario: &Scenario, covered: &[Drawn]) -> f64 {
    const NEXT_TO_NEVER: f64 = 1e-11;
    covered.iter().map(|drawn| range(scenario, drawn).quantile(1.0 - NEXT_TO_NEVER)).sum()
}

/// The masses of what remains, where each amount has these chances, `whole` all together, none of them beyond what is
/// `farthest`, and so much more lies at the retention.
pub fn moved(
    covered: &[Drawn],
    terms: &Terms,
    grid: &Grid,
    cells: Cells<'_>,
    whole: f64,
    retained: f64,
    farthest: f64,
) -> Vec<f64> {
    let wanted = terms.reaching(grid.top());
    // Where nothing is left above the retention, all losses beyond it leave the same.
    let reach = if wanted.is_finite() { wanted } else { terms.end() + 2.0 * grid.step() };
    let (inner, last) = if grid.keeps_moments() {
        let reach = reach.min(farthest);
        let inner = grid.of_one(reach, [terms.retention, terms.limit]);
        (inner, (reach / inner.step()).ceil() as usize + 1)
    } else {
        let length = ((reach / grid.step()).ceil().min(MOST_CELLS as f64) as usize + 2).max(grid.cells());
        (Grid::new(grid.step(), length), usize::MAX)
    };
    let masses = sum(covered, &inner, cells);
    let mut net = vec![0.0; grid.cells()];
    add_amount(terms.net(terms.retention), retained, grid, &mut net);
    let mut left = whole;
    for (k, mass) in masses.iter().enumerate().take(last) {
        add_amount(terms.net(k as f64 * inner.step()), *mass, grid, &mut net);
        left -= mass;
    }
    if wanted.is_infinite() {
        add_amount(terms.net(terms.end()), left, grid, &mut net);
    }
    net
}

/// The chances below the end of the layer, and the moments beyond it.
struct Parted {
    /// (loss, chance).
    below: Vec<(f64, f64)>,
    chance: f64,
    first: f64,
    second: f64,
}

fn parted(scenario: &Scenario, covered: &[Drawn], terms: &Terms) -> Parted {
    let whole = whole(scenario, covered);
    let end = terms.end();
    if end <= 0.0 {
        return Parted { below: Vec::new(), chance: 1.0, first: whole.first, second: whole.second };
    }
    let ranges = covered.iter().map(|drawn| range(scenario, drawn));
    let single: Option<Vec<Vec<(f64, f64)>>> = ranges.map(|range| range.is_atomic().then(|| range.atoms())).collect();
    if let Some(mut below) = single.and_then(|amounts| single_sums(&amounts)) {
        below.retain(|(loss, _)| *loss <= end);
        let [chance, first, second] = sums(&below, |loss| loss);
        return Parted { chance: 1.0 - chance, first: whole.first - first, second: whole.second - second, below };
    }
    let finest = 2.0 * end / MOST_CELLS as f64;
    let fine = (end / 4096.0).min(if whole.first > 0.0 { whole.first / 256.0 } else { end }).max(finest);
    // The bend at the retention lies on the grid.
    let step = if terms.retention > 0.0 { terms.retention / (terms.retention / fine).ceil() } else { fine };
    let last = (end / step + 1e-9).floor() as usize;
    let grid = Grid::new(step, (last + 2).next_power_of_two());
    let masses = masses(scenario, covered, &grid);
    let below: Vec<(f64, f64)> =
        masses.iter().take(last + 1).enumerate().map(|(k, mass)| (k as f64 * step, *mass)).collect();
    let [chance, first, second] = sums(&below, |loss| loss);
    Parted { chance: 1.0 - chance, first: whole.first - first, second: whole.second - second, below }
}

/// The sums of chances, of amounts and of their squares.
fn sums(masses: &[(f64, f64)], amount: impl Fn(f64) -> f64) -> [f64; 3] {
    masses.iter().fold([0.0; 3], |[chance, first, second], (loss, mass)| {
        let amount = amount(*loss);
        [chance + mass, first + mass * amount, second + mass * amount * amount]
    })
}

/// The moments of the whole covered loss, as if nobody paid.
pub fn whole(scenario: &Scenario, covered: &[Drawn]) -> Moments {
    let mut whole = Moments::NONE;
    covered.iter().for_each(|drawn| whole.and(&moments(scenario, drawn)));
    whole
}

/// The moments of what remains.
pub fn rest(scenario: &Scenario, covered: &[Drawn], terms: &Terms) -> Moments {
    let terms = terms.reached(scenario, covered);
    let parted = parted(scenario, covered, &terms);
    let (slope, start) = terms.beyond();
    let [_, first, second] = sums(&parted.below, |loss| terms.net(loss));
    // A slope of nothing wins over moments that do not exist.
    let sloped = |factor: f64, moment: f64| if factor == 0.0 { 0.0 } else { factor * moment };
    let nothing = if terms.retention == 0.0 && terms.share == 1.0 {
        if terms.limit.is_finite() { 1.0 - parted.chance } else { 1.0 }
    } else {
        whole(scenario, covered).nothing
    };
    Moments {
        first: first + sloped(slope, parted.first) + start * parted.chance,
        second: second
            + sloped(slope * slope, parted.second)
            + sloped(2.0 * slope * start, parted.first)
            + start * start * parted.chance,
        nothing,
    }
}

/// What lies above the limit, on average. Only the first moment means something.
pub fn above(scenario: &Scenario, covered: &[Drawn], terms: &Terms) -> Moments {
    let terms = terms.reached(scenario, covered);
    if !terms.limit.is_finite() {
        return Moments::NONE;
    }
    let parted = parted(scenario, covered, &terms);
    let first = parted.first - terms.end() * parted.chance;
    Moments { first, second: first * first, nothing: 0.0 }
}
