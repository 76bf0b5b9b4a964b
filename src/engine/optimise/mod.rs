//! What to buy: the best set of controls under budgets.
//!
//! Every set of controls is judged by the same loss and the same costs as a plan of the file, with
//! every control bought at once. The search works in floating point on the loss as a sum of
//! products (`terms`); what it finds is worked out again as a plan, in decimals. A budget is cash:
//! initial and yearly cost less what is retired, over the horizon, not discounted. See
//! `docs/model/optimise.md`.

mod bound;
mod local;
mod problem;
mod question;
mod search;
#[cfg(test)]
mod tests;
mod years;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use rust_decimal::Decimal;

use super::loss::LossModel;
use super::money::costs::{ControlCosts, costs_on_their_dates};
use super::money::flows::Discounting;
use super::recovery::{Cover, Horizon, Known, Memory, Recoveries, over_changes};
use super::terms::{Product, Products, full_year_loss, present_loss};
use super::values::Values;
use super::world::Knowledge;
use super::{Analysis, Settings, Stop, all_costs, analyse_remembering, discounted_growth, valuation};
use crate::engine::Watch;
use crate::model::names::of_best_set;
use crate::model::{Change, ControlId, Plan, PlanId, PlannedControl, PolicyId, Scenario};
use crate::units::Figure;

use local::trimmed;
use problem::{Decisions, Limit, Paid, Problem};
pub use question::{Best, Fault, Goal, LeftOut, Optimisation, Patience, Question, Reason};
use search::{Solution, solve};
pub use years::YEARS;
use years::{Judge, Search};

/// A scenario as a problem.
struct Desk<'s> {
    scenario: &'s Scenario,
    /// By item: its control.
    controls: Vec<ControlId>,
    costs: Vec<ControlCosts>,
    problem: Problem<'s>,
    question: &'s Question,
    /// Judges by simulated years, where the goal is about them.
    judge: Option<RefCell<Judge<'s>>>,
}

impl<'s> Desk<'s> {
    fn new(scenario: &'s Scenario, question: &'s Question, settings: &Settings, paid: Option<Paid<'s>>) -> Self {
        let model = LossModel::new(scenario);
        let means = Values::means(scenario);
        let controls = obtainable(scenario, &question.without);
        let item = |control: ControlId| controls.iter().position(|one| *one == control);
        let planned: Vec<PlannedControl> = controls.iter().map(|control| at_once(*control)).collect();
        let costs = all_costs(scenario, &planned, &means);
        let floats = means.to_f64();
        let loss = match question.goal {
            Goal::Value => present_loss(&model, &floats, &planned, &|_| discounted_growth(scenario, Decimal::ZERO)),
            _ => full_year_loss(&model, &floats, &planned),
        };
        let discounting = Discounting::of(scenario.assumptions());
        let cost = costs.iter().map(|costs| match question.goal {
            Goal::Value => costs.present_cost(&discounting).to_f64(),
            _ => 0.0,
        });
        let loss = by_item(loss, &item);
        let raising = paid.map_or_else(Vec::new, |_| raising(scenario, &controls, &loss));
        let mut problem = Problem { cost: cost.collect(), loss, paid, raising, ..Problem::default() };
        let by_year: Vec<Vec<Figure>> = costs.iter().map(ControlCosts::cash).collect();
        problem.limits.extend(limits(&question.by_year, &by_year));
        if !question.by_quarter.is_empty() {
            let on_dates = planned.iter().map(|planned| costs_on_their_dates(scenario, *planned, &means));
            let by_quarter: Vec<Vec<Figure>> = on_dates.map(|costs| costs.cash_by_quarter()).collect();
            problem.limits.extend(limits(&question.by_quarter, &by_quarter));
        }
        let named = |name: &Option<String>| -> Vec<usize> {
            let of = |control: &ControlId| scenario.controls()[*control].one_of == *name;
            controls.iter().enumerate().filter(|(_, control)| of(control)).map(|(item, _)| item).collect()
        };
        let choices: BTreeSet<&Option<String>> = controls
            .iter()
            .map(|control| &scenario.controls()[*control].one_of)
            .filter(|name| name.is_some())
            .collect();
        problem.choices = choices.into_iter().map(named).collect();
        for (place, &control) in controls.iter().enumerate() {
            let requires = &scenario.controls()[control].requires;
            problem.requires.extend(requires.iter().filter_map(|needed| Some((place, item(*needed)?))));
            let earlier = controls[..place].iter().enumerate();
            let clashing = earlier.filter(|(_, other)| exclude_each_other(scenario, control, **other));
            problem.excludes.extend(clashing.map(|(other, _)| (other, place)));
        }
        problem.must = question.must.iter().filter_map(|control| item(*control)).collect();
        let seed = settings.seed.unwrap_or(scenario.assumptions().seed);
        let judge = matches!(question.goal, Goal::BadYear | Goal::Appetite)
            .then(|| RefCell::new(Judge::new(scenario, seed, &problem, &controls)));
        Self { scenario, controls, costs, problem, question, judge }
    }

    fn cash(&self, item: usize) -> Figure {
        self.costs[item].cash().into_iter().sum()
    }

    fn cash_of(&self, bought: &[bool]) -> Figure {
        (0..bought.len()).filter(|item| bought[*item]).map(|item| self.cash(item)).sum()
    }

    /// The best set under a budget; sets that are known to be good are where it begins.
    fn best(&self, budget: Option<Figure>, known: &[Vec<bool>], patience: Patience<'_>) -> Option<Solution> {
        let mut problem = self.problem.clone();
        if let Some(budget) = budget {
            let amounts = (0..self.controls.len()).map(|item| self.cash(item).to_f64()).collect();
            problem.limits.push(Limit { amounts, most: budget.to_f64() });
        }
        let begin = (patience.clock)();
        let stop = || (patience.clock)() - begin > patience.seconds;
        let price = |item: usize| self.cash(item).to_f64();
        // What the average loss says is where years begin.
        let mut found = solve(&problem, known, &stop)?;
        found.bought = trimmed(&problem, found.bought, &price);
        let Some(judge) = &self.judge else { return Some(found) };
        let cash: Vec<f64> = (0..self.controls.len()).map(price).collect();
        let mut search = Search {
            problem: &problem,
            goal: self.question.goal,
            cash: &cash,
            judge: &mut judge.borrow_mut(),
            plan: &|set| self.plan(set, String::new()),
        };
        let known: Vec<Vec<bool>> = known.iter().cloned().chain([found.bought]).collect();
        search.solve(&known, &stop)
    }

    /// The loss of a bad year on the years of the search.
    fn bad_year(&self, bought: &[bool]) -> Option<f64> {
        let judge = self.judge.as_ref()?;
        Some(judge.borrow_mut().verdict(bought, &|set| self.plan(set, String::new())).bad)
    }

    fn plan(&self, bought: &[bool], id: String) -> Plan {
        let items = (0..bought.len()).filter(|item| bought[*item]);
        let controls = items.map(|item| at_once(self.controls[item])).collect();
        let name = of_best_set(self.scenario.voice().language).to_owned();
        Plan { id, name, controls, drops: Vec::new(), exclusive: None }
    }
}

/// The limits of budgets by year or quarter, the last of which holds for all after it; cash by item and period.
fn limits(budgets: &[Figure], cash: &[Vec<Figure>]) -> Vec<Limit> {
    let Some(last) = budgets.last() else { return Vec::new() };
    let periods = cash.iter().map(Vec::len).max().unwrap_or(0).max(budgets.len());
    let limit = |period: usize| Limit {
        amounts: cash.iter().map(|cash| cash.get(period).map_or(0.0, |cash| cash.to_f64())).collect(),
        most: budgets.get(period).unwrap_or(last).to_f64(),
    };
    (0..periods).map(limit).collect()
}

/// Budgets of the spend against remaining loss in a paper, and how many controls are searched for it at most.
const BUDGETS_OF_PAPER: usize = 10;
const SEARCHED_FOR_PAPER: usize = 40;

/// What a paper knows of better sets: the search ends by itself or is left out, so that it says the same on any machine.
pub fn for_paper(scenario: &Scenario, analysis: &Analysis) -> Option<Optimisation> {
    if scenario.controls().len() > SEARCHED_FOR_PAPER {
        return None;
    }
    let question = Question { frontier: BUDGETS_OF_PAPER, ..Question::default() };
    let patience = Patience { clock: &|| 0.0, seconds: 1.0 };
    optimise_remembering(scenario, &question, &Settings::default(), patience, &|_| (), &analysis.memory).ok()
}

/// Finds the best set of controls, and the frontier of spend against what is left.
///
/// # Errors
/// Where no set is allowed, or a figure grows too large.
pub fn optimise(
    scenario: &Scenario,
    question: &Question,
    settings: &Settings,
    patience: Patience<'_>,
    watch: Watch<'_>,
) -> Result<Optimisation, Fault> {
    optimise_remembering(scenario, question, settings, patience, watch, &Memory::default())
}

/// The same; `memory` holds what is known already of the same events under the same policies.
fn optimise_remembering(
    scenario: &Scenario,
    question: &Question,
    settings: &Settings,
    patience: Patience<'_>,
    watch: Watch<'_>,
    memory: &Memory,
) -> Result<Optimisation, Fault> {
    if question.goal == Goal::Appetite && scenario.appetite().is_empty() {
        return Err(Fault::NoLimit);
    }
    let model = LossModel::new(scenario);
    let means = Values::means(scenario);
    let knowledge = Knowledge::new(scenario, &means);
    let recoveries = Recoveries::remembering(&model, &knowledge, memory);
    let items: Vec<PlannedControl> = obtainable(scenario, &question.without).into_iter().map(at_once).collect();
    let insured = InsuredSets::new(&recoveries, &items, knowledge.means(), question.goal);
    let paid = |set: &[bool]| insured.paid(set);
    let desk = Desk::new(scenario, question, settings, (!insured.is_empty()).then_some(&paid));
    if desk.controls.is_empty() {
        return Err(Fault::NothingToBuy);
    }
    let impossible = || {
        if question.goal == Goal::Appetite && Decisions::none(&desk.problem).is_some() {
            return Fault::OutOfReach;
        }
        let must: Vec<usize> = desk.problem.closed(&desk.problem.must);
        let cash = must.iter().map(|item| desk.cash(*item)).sum();
        Fault::Impossible(must.iter().map(|item| desk.controls[*item]).collect(), cash)
    };
    if question.must.iter().any(|control| !desk.controls.contains(control)) {
        return Err(Fault::Impossible(question.must.clone(), Figure::ZERO));
    }
    let mut book = Book { scenario: scenario.clone(), desk: &desk, sets: Vec::new() };
    let whole = desk.best(question.budget, &[], patience).ok_or_else(impossible)?;
    let unlimited = match question.budget {
        Some(_) if question.goal != Goal::Appetite => {
            desk.best(None, std::slice::from_ref(&whole.bought), patience).ok_or_else(impossible)?
        }
        _ => whole.clone(),
    };
    let chosen = book.enter(question.budget, &whole);
    let mut known = vec![whole.bought.clone(), unlimited.bought.clone()];
    let mut frontier = Vec::new();
    let most = desk.cash_of(&unlimited.bought);
    // The least cash is one figure: more of it changes nothing.
    let count = if question.goal == Goal::Appetite { 0 } else { question.frontier };
    for budget in budgets(most, question.budget, count) {
        if let Some(found) = desk.best(Some(budget), &known, patience) {
            frontier.push(book.enter(Some(budget), &found));
            known.push(found.bought);
        }
    }
    let (mut less, mut more) = (None, None);
    if let Some(budget) = question.budget.filter(|_| question.goal != Goal::Appetite) {
        let step = step_of(budget.to_f64() / 40.0);
        let with = |budget: Figure| desk.best(Some(budget), &known, patience).map(|found| (budget, found));
        less = with(budget - step).map(|(budget, found)| book.enter(Some(budget), &found));
        let five = step + step + step + step + step;
        more = with(budget + five).map(|(budget, found)| book.enter(Some(budget), &found));
    }
    let points = valuation(&book.scenario, None, memory).map_err(Fault::Figures)?;
    let settings = Settings { plans: Some(vec![chosen.plan]), ..settings.clone() };
    let analysis = analyse_remembering(&book.scenario, &settings, watch, &Stop::default(), memory);
    let analysis = analysis.map_err(|unfinished| Fault::Figures(unfinished.faults()))?;
    let left_out = left_out(&desk, &whole.bought);
    Ok(Optimisation {
        question: question.clone(),
        scenario: book.scenario,
        chosen,
        analysis,
        points,
        frontier,
        less,
        more,
        left_out,
    })
}

/// What insurers pay with any set of controls: today's policies stay.
struct InsuredSets<'r> {
    recoveries: Recoveries<'r, 'r>,
    horizon: Horizon,
    policies: Vec<PolicyId>,
    items: &'r [PlannedControl],
    values: &'r Values<f64>,
    goal: Goal,
    /// What is paid with no item over what is paid in the worlds of changes.
    ratio: f64,
    known: Mutex<HashMap<Vec<bool>, f64>>,
}

impl<'r> InsuredSets<'r> {
    fn new(
        recoveries: &'r Recoveries<'r, 'r>,
        items: &'r [PlannedControl],
        values: &'r Values<f64>,
        goal: Goal,
    ) -> Self {
        let policies = recoveries.in_force(None);
        let horizon = Horizon::new(recoveries.scenario());
        let known = Mutex::default();
        let changes = recoveries.for_changes();
        let mut sets = Self { recoveries: changes, horizon, policies, items, values, goal, ratio: 1.0, known };
        if !sets.is_empty() {
            sets.ratio = over_changes(sets.of(recoveries, &[]), sets.of(&sets.recoveries, &[]));
        }
        sets
    }

    fn is_empty(&self) -> bool {
        self.policies.is_empty()
    }

    fn of(&self, recoveries: &Recoveries<'_, '_>, controls: &[PlannedControl]) -> f64 {
        match self.goal {
            Goal::Value => {
                let cover = Cover::new(&self.policies, controls);
                recoveries.over(&self.horizon, &cover, self.values, Known::Nothing).worth
            }
            _ => recoveries.full_year(&self.policies, controls, self.values).total(),
        }
    }

    /// What they pay with a set of items.
    fn paid(&self, set: &[bool]) -> f64 {
        let bought: Vec<PlannedControl> =
            self.items.iter().zip(set).filter(|(_, bought)| **bought).map(|(item, _)| *item).collect();
        // Only what acts on insured risks tells sets apart.
        let acting = self.recoveries.acting(&self.policies, &bought);
        let key = self.items.iter().map(|item| acting.contains(item)).collect::<Vec<bool>>();
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return *known;
        }
        let paid = self.ratio * self.of(&self.recoveries, &acting);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, paid);
        paid
    }
}

/// The sets that were found, each a plan of the scenario.
struct Book<'d, 's> {
    scenario: Scenario,
    desk: &'d Desk<'s>,
    sets: Vec<(Vec<bool>, PlanId)>,
}

impl Book<'_, '_> {
    fn enter(&mut self, budget: Option<Figure>, found: &Solution) -> Best {
        let known = self.sets.iter().find(|(set, _)| *set == found.bought).map(|(_, plan)| *plan);
        let plan = known.unwrap_or_else(|| {
            // No id of a file has a space in it.
            let id = format!("best {}", self.scenario.plans.len());
            let plan = self.scenario.add_plan(self.desk.plan(&found.bought, id));
            self.sets.push((found.bought.clone(), plan));
            plan
        });
        let items = (0..found.bought.len()).filter(|item| found.bought[*item]);
        Best {
            budget,
            controls: items.map(|item| self.desk.controls[item]).collect(),
            cash: self.desk.cash_of(&found.bought),
            plan,
            proved: found.proved,
            gap: if found.proved { 0.0 } else { (found.objective - found.bound).max(0.0) },
            bad_year: self.desk.bad_year(&found.bought),
        }
    }
}

/// A control that starts now.
fn at_once(control: ControlId) -> PlannedControl {
    PlannedControl { control, start: Decimal::ZERO }
}

/// Controls that can be bought at all, in file order.
fn obtainable(scenario: &Scenario, without: &[ControlId]) -> Vec<ControlId> {
    let controls = scenario.controls();
    let in_place = |control: ControlId| controls[control].in_place;
    let in_the_way = |control: ControlId| {
        controls.ids().any(|other| in_place(other) && exclude_each_other(scenario, control, other))
    };
    let mut left: Vec<ControlId> = (controls.ids())
        .filter(|control| controls[*control].can_be_bought() && !without.contains(control) && !in_the_way(*control))
        .collect();
    loop {
        let stands = |control: &ControlId| in_place(*control) || left.contains(control);
        let kept: Vec<ControlId> =
            left.iter().copied().filter(|control| controls[*control].requires.iter().all(stands)).collect();
        if kept.len() == left.len() {
            return left;
        }
        left = kept;
    }
}

/// The items that may raise what insurers pay.
fn raising(scenario: &Scenario, controls: &[ControlId], loss: &Products<usize>) -> Vec<usize> {
    let replaces = |control: &ControlId| {
        scenario.controls()[*control].effects.iter().any(|effect| matches!(effect.change, Change::Becomes(_)))
    };
    let larger = |item: usize| {
        loss.0.iter().any(|product| {
            product.only_with.contains(&item)
                || product.factors.iter().any(|(other, factor)| *other == item && *factor > 1.0)
        })
    };
    (0..controls.len()).filter(|item| replaces(&controls[*item]) || larger(*item)).collect()
}

/// Whether two controls cannot stand in one plan.
fn exclude_each_other(scenario: &Scenario, one: ControlId, other: ControlId) -> bool {
    let controls = scenario.controls();
    let replaced = |control: ControlId| {
        let effects = controls[control].effects.iter();
        effects
            .filter(|effect| matches!(effect.change, Change::Becomes(_)))
            .map(|effect| (effect.risk, effect.factor.replaced()))
    };
    controls[one].excludes.contains(&other)
        || controls[other].excludes.contains(&one)
        || replaced(one).any(|factor| replaced(other).any(|second| second == factor))
}

/// The sum of products with items in place of controls.
fn by_item(products: Products<ControlId>, item: &dyn Fn(ControlId) -> Option<usize>) -> Products<usize> {
    let of = |product: Product<ControlId>| {
        // What exists only with a control that is no item is never there.
        let only_with = product.only_with.into_iter().map(item).collect::<Option<Vec<usize>>>()?;
        let factors = product.factors.into_iter().filter_map(|(control, factor)| Some((item(control)?, factor)));
        Some(Product { weight: product.weight, factors: factors.collect(), only_with })
    };
    Products(products.0.into_iter().filter_map(of).collect())
}

/// A round amount near this one: 1, 2 or 5 times a power of ten.
fn step_of(about: f64) -> Figure {
    let power = libm::floor(libm::log10(about.max(1.0)));
    let unit = libm::pow(10.0, power);
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * unit >= 0.75 * about).unwrap_or(10.0);
    Figure::approximate((times * unit).round())
}

/// Budgets from nothing to where more money changes nothing, the one that was asked about among them.
fn budgets(most: Figure, asked: Option<Figure>, count: usize) -> Vec<Figure> {
    if count == 0 {
        return Vec::new();
    }
    let top = most.to_f64().max(0.0);
    let step = step_of(top / count as f64);
    let mut budgets = vec![Figure::ZERO];
    while budgets[budgets.len() - 1].to_f64() < top && budgets.len() <= 2 * count {
        budgets.push(budgets[budgets.len() - 1] + step);
    }
    if let Some(asked) = asked.filter(|asked| !budgets.iter().any(|budget| budget.to_f64() == asked.to_f64())) {
        budgets.push(asked);
    }
    budgets.sort_by(|a, b| a.to_f64().total_cmp(&b.to_f64()));
    budgets
}

/// Why the others were not chosen.
fn left_out(desk: &Desk<'_>, bought: &[bool]) -> Vec<LeftOut> {
    let (scenario, question, problem) = (desk.scenario, desk.question, &desk.problem);
    let others = (scenario.controls().ids()).filter(|control| scenario.controls()[*control].can_be_bought());
    others
        .filter_map(|control| {
            let Some(item) = desk.controls.iter().position(|one| *one == control) else {
                let reason = if question.without.contains(&control) { Reason::Forbidden } else { Reason::Unobtainable };
                return Some(LeftOut { control, with: vec![control], cash: Figure::ZERO, adds: Figure::ZERO, reason });
            };
            if bought[item] {
                return None;
            }
            let new: Vec<usize> = problem.closed(&[item]).into_iter().filter(|item| !bought[*item]).collect();
            let mut set = bought.to_vec();
            new.iter().for_each(|item| set[*item] = true);
            let clash = |item: usize| {
                let pairs = problem.excludes.iter().filter_map(move |(a, b)| match item {
                    _ if item == *a => Some(*b),
                    _ if item == *b => Some(*a),
                    _ => None,
                });
                let choices = problem.choices.iter().filter(move |choice| choice.contains(&item)).flatten().copied();
                pairs.chain(choices).find(|other| *other != item && bought[*other])
            };
            let adds = problem.objective(bought) - problem.objective(&set);
            let reason = match new.iter().find_map(|item| clash(*item)) {
                Some(other) => Reason::Excluded(desk.controls[other]),
                None if adds <= problem.rounding() => Reason::NotWorthIt,
                None => Reason::Budget,
            };
            Some(LeftOut {
                control,
                with: new.iter().map(|item| desk.controls[*item]).collect(),
                cash: new.iter().map(|item| desk.cash(*item)).sum(),
                adds: Figure::approximate(adds),
                reason,
            })
        })
        .collect()
}
