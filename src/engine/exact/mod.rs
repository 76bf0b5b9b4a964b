//! The distribution of a year's loss without dice: transforms on a lattice.
//!
//! Every risk is a compound of its events, bound to others by chains and causes
//! (`group`); what is not known is averaged at the counts or over whole worlds (`unknowns`);
//! independent groups multiply. One risk has a grid of its own, all risks together another.
//! See `docs/model/annual-loss.md`.

pub(in crate::engine) mod atoms;
mod described;
pub(in crate::engine) mod group;
pub(in crate::engine) mod law;
pub(in crate::engine) mod layer;
pub(in crate::engine) mod mix;
pub(in crate::engine) mod rate;
pub(in crate::engine) mod sum;
pub(in crate::engine) mod tail;
pub(in crate::engine) mod unknowns;

use rayon::prelude::*;

use crate::engine::ByOption;
use crate::model::{self, ByRisk, CauseId, ControlId, PlanId, RiskId, Scenario};
use crate::stats::distribution::{Stage, Tilted};
use crate::stats::lattice::{
    AnnualLoss, Atoms, Count, EventLoss, Facts, Grid, NEXT_TO_NOTHING, Part, Portfolio, Risk, Severity, Solved,
    Spectrum, common_divisor, discretise, weigh,
};
use crate::stats::{Distribution, Fixed};
use crate::units::Figure;

use super::loss::LossModel;
use super::values::Values;
use super::world::{Knowledge, Unknown};
use super::year::{BAD, Method, Note, OptionYear, Year, YearLoss};
use described::describe;
pub use group::SHIFTS;
use group::{GroupYear, Setting, severities};
use law::{Law, Moments};
use layer::Terms;
pub use mix::variance_of_event;
use mix::{Drawn, Leaves, Tilt};
use sum::{Singles, Sum, described, solve};
use unknowns::layout;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The plans.
    pub plans: &'a [PlanId],
    /// Amounts whose chance of being exceeded is asked for, in currency units.
    pub amounts: &'a [f64],
    /// How many of them, from the first on, a grid has to reach; the others are looked at where one does.
    pub reached: usize,
    /// The seed of the points that stand for what is not known.
    pub seed: u64,
}

/// What one year may cost: operations on the cells of a grid.
const BUDGET: f64 = 5e8;
/// What it may cost on the fewest cells: beyond it there is no exact year.
const MOST_WORK: f64 = 4e10;
/// The fewest cells of the finest grid.
const FEWEST_CELLS: usize = 1 << 13;
/// Points of an exceedance curve.
const CURVE: usize = 200;

/// Why a scenario has no exact year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotExact(pub String);

/// What a reader has to know.
#[derive(Debug, Default)]
struct Notes {
    notes: Vec<Note>,
    averaging_error: Option<f64>,
}

/// One option, laid out.
struct OptionGroups<'m> {
    groups: Vec<GroupYear<'m>>,
}

/// Years of single risks, by option, that are still worked out in seconds, and sooner than simulated.
const MOST_QUICK: usize = 5_000;

/// Why an answer takes longer than simulated years, if it does: very many years of single risks, or
/// many worlds that have to be averaged.
pub fn slow_because(model: &LossModel<'_>, means: &Values<Figure>, request: &Request<'_>) -> Option<&'static str> {
    if model.scenario().risks().len() * (1 + request.plans.len()) > MOST_QUICK {
        return Some("there are many risks");
    }
    let knowledge = Knowledge::new(model.scenario(), means);
    let averaged = std::iter::once(None).chain(request.plans.iter().copied().map(Some)).any(|plan| {
        let bought = |control: ControlId| is_bought(model.scenario(), plan, control);
        layout(model, &knowledge, &bought).groups.iter().any(|group| !group.unknowns.is_empty())
    });
    averaged.then_some("what is not known enters in many places")
}

/// Why a scenario is beyond what a transform carries, if it is: found without working anything out.
pub fn impossible_because(model: &LossModel<'_>, plans: &[PlanId]) -> Option<String> {
    let options = || std::iter::once(None).chain(plans.iter().copied().map(Some));
    let scenario = model.scenario();
    options().find_map(|plan| scenario.risks().ids().find_map(|risk| layer::terms(scenario, risk, plan).err()))
}

fn is_bought(scenario: &Scenario, plan: Option<PlanId>, control: ControlId) -> bool {
    plan.is_some_and(|plan| scenario.plans()[plan].controls.iter().any(|planned| planned.control == control))
}

/// The exact year today and under each plan.
///
/// # Errors
/// Where something in the scenario is beyond what a transform carries: it says what.
pub fn year(model: &LossModel<'_>, means: &Values<Figure>, request: &Request<'_>) -> Result<Year, NotExact> {
    let scenario = model.scenario();
    let knowledge = Knowledge::new(scenario, means);
    let mut notes = Notes::default();
    let today = option(model, &knowledge, None, request, None, &mut notes)?;
    let mut plans = ByOption::default();
    for &plan in request.plans {
        plans.push(option(model, &knowledge, Some(plan), request, Some(&today), &mut notes)?.1);
    }
    let Notes { mut notes, averaging_error } = notes;
    notes.extend(averaging_error.map(|error| Note::Averaged { points: SHIFTS * group::POINTS, error }));
    Ok(Year {
        method: Method::Exact,
        years: None,
        amounts: request.amounts.to_vec(),
        today: today.1,
        plans,
        averaging_error,
        notes,
        checks: Vec::new(),
    })
}

type Solution<'m> = (OptionGroups<'m>, OptionYear);

fn option<'m>(
    model: &'m LossModel<'m>,
    knowledge: &'m Knowledge<'m>,
    plan: Option<PlanId>,
    request: &Request<'_>,
    today: Option<&Solution<'m>>,
    notes: &mut Notes,
) -> Result<Solution<'m>, NotExact> {
    let scenario = model.scenario();
    let goes_on = || if model.is_stopped() { Err(NotExact(String::new())) } else { Ok(()) };
    goes_on()?;
    let groups = OptionGroups { groups: groups(model, knowledge, plan, request.seed)? };
    let work: f64 = groups.groups.iter().map(|group| group.work(None)).sum::<f64>() * FEWEST_CELLS as f64;
    if work > MOST_WORK {
        return Err(NotExact(format!(
            "it would take about {:.0} thousand million steps, of which rosi takes at most {:.0}",
            work / 1e9,
            MOST_WORK / 1e9
        )));
    }
    let by_risk: Option<Vec<(RiskId, YearLoss)>> = groups
        .groups
        .par_iter()
        .flat_map_iter(|group| {
            let known = today.and_then(|(before, _)| before.groups.iter().find(|other| other.is_like(group)));
            group.risks().map(move |risk| (risk, group, known.is_some())).collect::<Vec<_>>()
        })
        .map(|(risk, group, known)| match today.filter(|_| known) {
            Some((_, year)) => Some((risk, year.risks[risk].clone())),
            None => goes_on().ok().map(|()| (risk, alone(scenario, group, risk, request))),
        })
        .collect();
    let by_risk = by_risk.ok_or_else(|| NotExact(String::new()))?;
    let mut risks: ByRisk<Option<YearLoss>> = scenario.risks().iter().map(|_| None).collect();
    by_risk.into_iter().for_each(|(risk, loss)| risks[risk] = Some(loss));
    let risks: ByRisk<YearLoss> = risks.into_iter().flatten().collect();
    let unchanged = today.filter(|(before, _)| {
        before.groups.len() == groups.groups.len()
            && before.groups.iter().zip(&groups.groups).all(|(a, b)| a.is_like(b))
    });
    let year = match unchanged {
        Some((_, year)) => OptionYear { risks, ..year.clone() },
        None => together(scenario, &groups.groups, request, risks, notes),
    };
    Ok((groups, year))
}

/// The risks of an option in every world that has to be told apart, with the means that are known without worlds.
pub(in crate::engine) fn groups<'m>(
    model: &'m LossModel<'m>,
    knowledge: &Knowledge<'_>,
    plan: Option<PlanId>,
    seed: u64,
) -> Result<Vec<GroupYear<'m>>, NotExact> {
    let bought = |control: ControlId| is_bought(model.scenario(), plan, control);
    let layout = layout(model, knowledge, &bought);
    let setting = Setting { model, knowledge, plan, bought: &bought, seed };
    let groups: Option<Vec<GroupYear<'m>>> =
        layout.groups.par_iter().map(|group| GroupYear::new(setting, &layout, group)).collect();
    let groups = groups.ok_or_else(|| NotExact(crowded(model, &bought)))?;
    Ok(calibrated(model, knowledge, plan, groups))
}

/// How often a shared cause strikes in a year, averaged over what is not known of its frequency.
pub(in crate::engine) fn strikes(scenario: &Scenario, knowledge: &Knowledge<'_>, cause: CauseId) -> Count {
    let frequency = scenario.shared_causes()[cause].frequency;
    let unknowns: Vec<Unknown> =
        knowledge.unknowns().iter().filter(|unknown| unknown.estimate == frequency).copied().collect();
    let means = knowledge.means();
    let rate = |values: &Values<f64>| values.get(frequency);
    rate::count(knowledge, model::Count::Poisson, &unknowns, means, means.get(frequency), &rate)
}

/// The same groups with the means that are known without worlds.
pub(in crate::engine) fn calibrated<'m>(
    model: &LossModel<'_>,
    knowledge: &Knowledge<'_>,
    plan: Option<PlanId>,
    groups: Vec<GroupYear<'m>>,
) -> Vec<GroupYear<'m>> {
    let scenario = model.scenario();
    let means = model.all_means(knowledge.means(), &|control| is_bought(scenario, plan, control).then_some(1.0));
    let amount = |drawn: &Drawn| moments(scenario, drawn);
    let whole = |covered: &[Drawn], _: &Terms| layer::whole(scenario, covered);
    let gross = Leaves { amount: &amount, layer: &whole };
    groups.into_iter().map(|group| group.calibrated(gross, &|risk: RiskId| means[risk].annual_loss)).collect()
}

/// Which risk has too many controls that limit its loss.
fn crowded(model: &LossModel<'_>, bought: &dyn Fn(ControlId) -> bool) -> String {
    let count = |risk: &RiskId| model.actions(*risk).iter().filter(|action| bought(action.control)).count();
    let worst = model.scenario().risks().ids().max_by_key(count).unwrap_or(RiskId(0));
    let name = &model.scenario().risks()[worst].name;
    format!(
        "{} controls act on \"{name}\", and of those that limit a loss it takes at most {}",
        count(&worst),
        mix::MOST_LIMITING
    )
}

/// The year of one risk alone, on a grid of its own.
fn alone(scenario: &Scenario, group: &GroupYear<'_>, risk: RiskId, request: &Request<'_>) -> YearLoss {
    let total = Total { scenario, groups: vec![group], only: Some(risk) };
    let facts = total.facts(None);
    described(&total, &total.found(&facts, request), &facts, request, 0)
}

/// All risks together.
fn together(
    scenario: &Scenario,
    groups: &[GroupYear<'_>],
    request: &Request<'_>,
    risks: ByRisk<YearLoss>,
    notes: &mut Notes,
) -> OptionYear {
    let total = Total { scenario, groups: groups.iter().collect(), only: None };
    let facts = total.facts(None);
    let solved = total.found(&facts, request);
    for note in &solved.notes {
        notes.notes.push(Note::Grid(*note));
    }
    let year = described(&total, &solved, &facts, request, CURVE);
    if total.is_averaged() {
        let error = year.error.as_ref().and_then(|error| error.quantiles[BAD]).zip(year.quantiles[BAD]);
        let error = error.map_or(0.0, |(error, bad)| if bad > 0.0 { error / bad } else { 0.0 });
        notes.averaging_error = Some(notes.averaging_error.map_or(error, |other| other.max(error)));
    }
    let mut borne = risks.every((0.0, 0.0));
    for group in groups {
        group.risks().for_each(|risk| borne[risk] = self::borne(scenario, group, risk, &risks[risk]));
    }
    let tail_parts = tail::parts(&total, &solved.loss, &risks);
    let bound = groups.iter().any(|group| group.is_bound());
    let if_independent = bound.then(|| independent(&risks, &solved, groups, scenario, request)).flatten();
    OptionYear {
        total: year,
        recovered: borne.iter().map(|borne| borne.0).collect(),
        uninsured: borne.iter().map(|borne| borne.1).collect(),
        risks,
        tail_parts,
        if_independent,
        knowledge_share: None,
    }
}

/// The moments of what insurers leave, of one risk or of all; of one shift of the worlds if asked.
pub(in crate::engine) fn net(
    scenario: &Scenario,
    groups: &[&GroupYear<'_>],
    only: Option<RiskId>,
    half: Option<u64>,
) -> Moments {
    let amount = |drawn: &Drawn| moments(scenario, drawn);
    let rest = |covered: &[Drawn], terms: &Terms| layer::rest(scenario, covered, terms);
    let mut all = Moments::NONE;
    for group in groups {
        all.and(&group.year(only, half, &Moments::NONE, Leaves { amount: &amount, layer: &rest }));
    }
    all
}

/// What insurers pay of a risk in an average year, and what no policy covers or lies above its limit.
fn borne(scenario: &Scenario, group: &GroupYear<'_>, risk: RiskId, net: &YearLoss) -> (f64, f64) {
    if group.terms(risk).is_none() {
        return (0.0, net.mean);
    }
    let amount = |drawn: &Drawn| moments(scenario, drawn);
    let whole = |covered: &[Drawn], _: &Terms| layer::whole(scenario, covered);
    let above = |covered: &[Drawn], terms: &Terms| layer::above(scenario, covered, terms);
    let mean = |layer: &(dyn Fn(&[Drawn], &Terms) -> Moments + Sync)| {
        group.year(Some(risk), None, &Moments::NONE, Leaves { amount: &amount, layer }).first
    };
    ((mean(&whole) - net.mean).max(0.0), mean(&above))
}

/// The same risks, each striking on its own: the product of what each brings alone.
fn independent(
    risks: &ByRisk<YearLoss>,
    solved: &Solved,
    groups: &[GroupYear<'_>],
    scenario: &Scenario,
    request: &Request<'_>,
) -> Option<YearLoss> {
    let variance: f64 = risks.iter().map(|risk| risk.standard_deviation * risk.standard_deviation).sum();
    let no_loss = risks.iter().map(|risk| 1.0 - risk.chance_of_loss).product();
    let facts = Facts { variance, no_loss, ..*solved.loss.facts() };
    let grid = *solved.loss.grid();
    let mut product = Spectrum::of_nothing(&grid);
    for group in groups {
        for risk in group.risks() {
            let total = Total { scenario, groups: vec![group], only: Some(risk) };
            product.multiply(&total.spectrum(&grid, None));
        }
    }
    let loss = AnnualLoss::from_cells(&grid, product.into_cells(), &facts, solved.loss.shape());
    Some(describe(&loss, None, request, 0))
}

/// A sum of groups whose year is looked for.
pub(in crate::engine) struct Total<'a, 'm> {
    /// The case.
    pub scenario: &'a Scenario,
    /// The groups.
    pub groups: Vec<&'a GroupYear<'m>>,
    /// One of their risks, or all.
    pub only: Option<RiskId>,
}

impl Total<'_, '_> {
    /// The same with few of its worlds, where it has many.
    fn found(&self, facts: &Facts, request: &Request<'_>) -> Solved {
        let thin: Vec<GroupYear<'_>> = self.groups.iter().map(|group| group.thinned(15)).collect();
        let few = Total { scenario: self.scenario, groups: thin.iter().collect(), only: self.only };
        solve(self, &few, facts, request)
    }
}

impl Sum for Total<'_, '_> {
    fn is_averaged(&self) -> bool {
        self.groups.iter().any(|group| group.averaged)
    }

    fn facts(&self, half: Option<u64>) -> Facts {
        let terms = self.groups.iter().flat_map(|group| group.risks().filter_map(|risk| group.terms(risk)));
        let drawn = self.groups.iter().flat_map(|group| group.drawn(self.only));
        facts(self.scenario, net(self.scenario, &self.groups, self.only, half), drawn, terms)
    }

    /// The most cells that keep the budget of work: one for all risks together, and one that the risks share each
    /// on its own. What a grid of so many cells leaves open is told as an error.
    fn most_cells(&self) -> usize {
        let budget = if self.only.is_some() { BUDGET / self.scenario.risks().len().max(1) as f64 } else { BUDGET };
        let work: f64 = self.groups.iter().map(|group| group.work(self.only)).sum();
        let cells = (budget / work.max(1.0)).clamp(FEWEST_CELLS as f64, (1_u32 << 20) as f64) as usize;
        // A power of two, rounded down.
        1 << cells.ilog2()
    }

    fn worlds(&self) -> usize {
        self.groups.iter().map(|group| group.count_worlds()).sum()
    }

    fn singles(&self, half: Option<u64>, told: bool) -> Singles<'_> {
        let groups: Vec<_> =
            self.groups.iter().map(|group| atoms::Discrete::new(self.scenario, group, self.only, told)).collect();
        let atoms = single_amounts(&groups, half);
        Singles { atoms, transform: Box::new(move |grid| smeared(&groups, grid, half)) }
    }

    fn spectrum(&self, grid: &Grid, half: Option<u64>) -> Spectrum {
        // Risks of one world with one kind of event go the short way: their exponents add before
        // anything is transformed.
        let mut arena: Vec<Vec<(f64, Vec<Distribution>)>> = Vec::new();
        let mut counts: Vec<&Count> = Vec::new();
        let mut rest: Vec<&GroupYear<'_>> = Vec::new();
        for group in &self.groups {
            match group.single().and_then(|(_, mix, count)| mix.plain().map(|plain| (plain, count))) {
                Some(((primary, secondary), count)) => {
                    let ranges = |drawn: &[Drawn]| drawn.iter().map(|d| range(self.scenario, d)).collect();
                    let mut parts = vec![(1.0, ranges(primary))];
                    parts.extend(secondary.iter().map(|secondary| (secondary.chance, ranges(&secondary.amounts))));
                    arena.push(parts);
                    counts.push(count);
                }
                None => rest.push(group),
            }
        }
        let risks = arena
            .iter()
            .zip(&counts)
            .map(|(parts, count)| {
                let parts = parts.iter().filter(|(_, ranges)| !ranges.is_empty()).map(|(chance, ranges)| Part {
                    chance: *chance,
                    severities: ranges.iter().map(|range| range as &dyn Severity).collect(),
                });
                Risk { count: (*count).clone(), event: EventLoss::new(parts.collect()) }
            })
            .collect();
        let mut year = Portfolio { risks }.spectrum(grid);
        for group in rest {
            year.multiply(&group_spectrum(self.scenario, group, self.only, half, grid, None));
        }
        year
    }
}

/// What tells the losses of one risk from all others in a transform: their masses times 1 + by · amount / top of the grid.
/// How much that moves a year says how much of it is due to the risk.
#[derive(Debug, Clone, Copy)]
struct Mark {
    risk: RiskId,
    by: f64,
}

/// The transform of one group; the losses of a risk may be marked.
fn group_spectrum(
    scenario: &Scenario,
    group: &GroupYear<'_>,
    only: Option<RiskId>,
    half: Option<u64>,
    grid: &Grid,
    mark: Option<Mark>,
) -> Spectrum {
    let year = |nothing: &Spectrum, leaves: Leaves<'_, Spectrum>| group.year(only, half, nothing, leaves);
    marked_transforms(scenario, group, only, grid, mark, year)
}

/// What is asked of a group's transforms on a grid.
pub(in crate::engine) fn with_transforms<R>(
    scenario: &Scenario,
    group: &GroupYear<'_>,
    grid: &Grid,
    ask: impl FnOnce(&Spectrum, Leaves<'_, Spectrum>) -> R,
) -> R {
    marked_transforms(scenario, group, None, grid, None, ask)
}

fn marked_transforms<R>(
    scenario: &Scenario,
    group: &GroupYear<'_>,
    only: Option<RiskId>,
    grid: &Grid,
    mark: Option<Mark>,
    ask: impl FnOnce(&Spectrum, Leaves<'_, Spectrum>) -> R,
) -> R {
    let marked = |risk: Option<RiskId>, mut cells: Vec<f64>| {
        if let Some(mark) = mark.filter(|mark| Some(mark.risk) == risk) {
            let each = mark.by / cells.len() as f64;
            weigh(&mut cells, each);
        }
        Spectrum::of(&cells, grid)
    };
    let transform = |drawn: &Drawn| marked(Some(drawn.risk), discretise(&range(scenario, drawn), grid));
    // What is the same in several worlds or outcomes is transformed once.
    let mut keys: Vec<atoms::Key> = group.drawn(only).map(|(_, drawn)| atoms::key(drawn)).collect();
    keys.sort_unstable();
    let mut common: Vec<_> = keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    common.dedup();
    common.truncate(128);
    let known: Vec<Spectrum> = common
        .par_iter()
        .map(|&(risk, severity, bits, tilt)| {
            let scale = f64::from_bits(bits);
            let tilt = tilt.map(|(came, bits)| Tilt {
                stage: if came { Stage::Came } else { Stage::Kept },
                rate: f64::from_bits(bits),
            });
            transform(&Drawn { risk, severity, scale, part: 0, price: None, covered: false, tilt })
        })
        .collect();
    let amount = |drawn: &Drawn| match common.binary_search(&atoms::key(drawn)) {
        Ok(place) => known[place].clone(),
        Err(_) => transform(drawn),
    };
    let rest = |covered: &[Drawn], terms: &Terms| {
        marked(covered.first().map(|drawn| drawn.risk), layer::remaining(scenario, covered, terms, grid))
    };
    ask(&Spectrum::of_nothing(grid), Leaves { amount: &amount, layer: &rest })
}

/// The range of an amount.
pub(in crate::engine) fn range(scenario: &Scenario, drawn: &Drawn) -> Distribution {
    match drawn.severity {
        Some(id) => {
            let range = &scenario.estimate(id).distribution;
            match drawn.tilt {
                Some(tilt) => Tilted::of(range, tilt.rate, tilt.stage).scaled(drawn.scale),
                None => range.scaled(drawn.scale),
            }
        }
        None => Distribution::fixed(drawn.scale).unwrap_or(Distribution::Fixed(Fixed::ZERO)),
    }
}

pub(in crate::engine) fn moments(scenario: &Scenario, drawn: &Drawn) -> Moments {
    let range = range(scenario, drawn);
    let first = range.mean();
    Moments { first, second: range.variance() + first * first, nothing: range.mass_at(0.0) }
}

/// What is known without a grid.
pub(in crate::engine) fn facts<'a>(
    scenario: &Scenario,
    moments: Moments,
    drawn: impl Iterator<Item = (f64, &'a Drawn)>,
    mut terms: impl Iterator<Item = &'a Terms>,
) -> Facts {
    let drawn: Vec<(f64, &Drawn)> = drawn.filter(|(rate, drawn)| *rate > 0.0 && drawn.scale > 0.0).collect();
    let mut facts = Facts {
        mean: moments.first,
        variance: moments.variance(),
        no_loss: moments.nothing,
        tail_index: 0.0,
        reach: 0.0,
        largest: 0.0,
        unit: None,
    };
    for id in severities(drawn.iter().map(|(_, drawn)| *drawn)) {
        let of = || drawn.iter().filter(|(_, drawn)| drawn.severity == Some(id));
        let rate = of().map(|(rate, _)| *rate).fold(0.0, f64::max);
        let scale = of().map(|(_, drawn)| drawn.scale).fold(0.0, f64::max);
        let range = &scenario.estimate(id).distribution;
        facts.tail_index = facts.tail_index.max(range.tail_index());
        let far = scale * range.quantile((1.0 - 5e-4 / rate).clamp(0.5, 1.0 - 1e-9));
        if far.is_finite() {
            facts.reach = facts.reach.max(far);
        }
        facts.largest = facts.largest.max(scale * range.quantile(1.0 - NEXT_TO_NOTHING));
    }
    // Every amount, where all of them are single ones.
    let single = |drawn: &Drawn| -> Option<Vec<f64>> {
        let range = drawn.severity.map(|id| &scenario.estimate(id).distribution);
        let atoms = range.map_or(vec![(1.0, 1.0)], |range| if range.is_atomic() { range.atoms() } else { Vec::new() });
        let some = !atoms.is_empty() && atoms.len() <= atoms::MOST_OBSERVED;
        some.then(|| atoms.into_iter().map(|(amount, _)| amount * drawn.scale).collect())
    };
    let constants: Option<Vec<Vec<f64>>> = drawn.iter().map(|(_, drawn)| single(drawn)).collect();
    let constants: Option<Vec<f64>> = constants.map(|amounts| amounts.concat());
    for amount in constants.as_deref().unwrap_or_default() {
        facts.reach = facts.reach.max(*amount);
        facts.largest = facts.largest.max(*amount);
    }
    facts.unit = constants.and_then(|amounts| {
        let mut positive = amounts.into_iter().filter(|amount| *amount > 0.0);
        let first = positive.next()?;
        let unit = positive.try_fold(first, common_divisor)?;
        // Under a policy what remains has steps of its own.
        terms.try_fold(unit, |unit, terms| terms.unit(unit, common_divisor))
    });
    facts
}

/// The single amounts of independent groups together.
fn single_amounts(groups: &[atoms::Discrete<'_, '_>], half: Option<u64>) -> Atoms {
    let mut all = Atoms::NONE;
    groups.iter().for_each(|group| all.and(&group.year(half)));
    all
}

/// What the steps on a grid make of them.
fn smeared(groups: &[atoms::Discrete<'_, '_>], grid: &Grid, half: Option<u64>) -> Spectrum {
    let mut all = Spectrum::of_nothing(grid);
    groups.iter().for_each(|group| all.multiply(&group.transform(grid, half)));
    all
}

#[cfg(test)]
mod tests;
