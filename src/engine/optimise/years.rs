//! The best set where bad years count: judged on simulated years, the same for every set.
//!
//! A group of risks (`simulate`) sees only the controls that act on it, so its years are simulated
//! once for each set of those; a set of all controls is then a sum of columns. Controls that only
//! reduce leave no year worse: so with every open control bought no quantile is higher than with
//! any choice among them, which is the bound. See `docs/model/optimise.md`.

use std::collections::{BinaryHeap, HashMap};

use super::Goal;
use super::problem::{Decisions, Problem};
use super::search::{Branch, Solution};
use crate::engine::exact::{self, Request};
use crate::engine::loss::LossModel;
use crate::engine::simulate::{self, Case};
use crate::engine::values::Values;
use crate::engine::world::Knowledge;
use crate::engine::year::{BAD, LEVELS, is_within};
use crate::model::{ControlId, Plan, PlanId, RiskId, Scenario};
use crate::units::Arithmetic;

/// Years on which sets are compared.
pub const YEARS: usize = 1 << 14;
/// What the amounts of a year may be off by, as they are kept here, relative to themselves.
const ROUNDING: f64 = 1e-6;
/// Standard errors within which a chance is worked out without dice.
const CLOSE: f64 = 4.0;
/// Sets that are simulated at once.
const AT_ONCE: usize = 32;
/// A group on which no more controls act is simulated under all their sets at once.
const FEW: usize = 5;

/// A group of risks.
struct Group {
    /// One of its risks.
    risk: RiskId,
    /// Items that act on it.
    items: Vec<usize>,
    /// By set of those: the loss of every year.
    known: HashMap<Vec<usize>, Vec<f32>>,
}

/// Judges sets by their years.
pub struct Judge<'s> {
    scenario: &'s Scenario,
    seed: u64,
    groups: Vec<Group>,
    /// Agreed limits: (loss, chance).
    limits: Vec<(f64, f64)>,
    /// Whether an item only reduces.
    reduces: Vec<bool>,
    /// By item: what it takes off the average loss alone.
    saves: Vec<f64>,
    verdicts: HashMap<Vec<bool>, Verdict>,
}

/// What the years of a set say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// The loss of a bad year (1 in 20).
    pub bad: f64,
    /// By how much the chances of more than the agreed losses pass what was agreed.
    pub over: f64,
}

impl<'s> Judge<'s> {
    /// For the items of a problem, whose loss is that of a full year; `controls` are theirs.
    pub fn new(scenario: &'s Scenario, seed: u64, problem: &Problem<'_>, controls: &[ControlId]) -> Self {
        let model = LossModel::new(scenario);
        let groups = simulate::bound_together(&model)
            .into_iter()
            .map(|risks| {
                let acts = |control: ControlId| {
                    risks.iter().any(|risk| model.actions(*risk).iter().any(|action| action.control == control))
                };
                let items = (0..controls.len()).filter(|item| acts(controls[*item])).collect();
                Group { risk: risks[0], items, known: HashMap::new() }
            })
            .collect();
        let nothing = vec![false; controls.len()];
        let alone = |item: usize| {
            let mut set = nothing.clone();
            set[item] = true;
            problem.loss.loss(&|_| false) - problem.loss.loss(&|item| set[item])
        };
        let harms = |item: usize| {
            problem.loss.0.iter().any(|product| {
                product.only_with.contains(&item)
                    || product.factors.iter().any(|(other, factor)| *other == item && *factor > 1.0)
            })
        };
        Self {
            scenario,
            seed,
            groups,
            limits: scenario
                .appetite()
                .iter()
                .map(|point| (f64::from_decimal(point.loss.get()), f64::from_decimal(point.chance.get())))
                .collect(),
            reduces: (0..controls.len()).map(|item| !harms(item)).collect(),
            saves: (0..controls.len()).map(alone).collect(),
            verdicts: HashMap::new(),
        }
    }

    /// What the years of a set say; `plan` makes a plan of it.
    pub fn verdict(&mut self, set: &[bool], plan: &dyn Fn(&[bool]) -> Plan) -> Verdict {
        if let Some(verdict) = self.verdicts.get(set) {
            return *verdict;
        }
        let mut years = vec![0.0_f64; YEARS];
        for group in &mut self.groups {
            let key: Vec<usize> = group.items.iter().copied().filter(|item| set[*item]).collect();
            if !group.known.contains_key(&key) {
                let wanted = if group.items.len() <= FEW { subsets(&group.items) } else { vec![key.clone()] };
                for keys in wanted.chunks(AT_ONCE) {
                    let plans = keys.iter().map(|key| {
                        let mut only = vec![false; set.len()];
                        key.iter().for_each(|item| only[*item] = true);
                        plan(&only)
                    });
                    let found = losses(self.scenario, self.seed, group.risk, plans.collect());
                    group.known.extend(keys.iter().cloned().zip(found));
                }
            }
            if let Some(column) = group.known.get(&key) {
                years.iter_mut().zip(column).for_each(|(sum, loss)| *sum += f64::from(*loss));
            }
        }
        let n = YEARS as f64;
        let chances = self.limits.iter().map(|(loss, _)| {
            let most = loss * (1.0 + ROUNDING);
            years.iter().filter(|year| **year > most).count() as f64 / n
        });
        let mut chances: Vec<f64> = chances.collect();
        // So few years do not tell a limit that is met from one that is just missed.
        let is_close = |(found, (_, agreed)): (&f64, &(f64, f64))| {
            (found - agreed).abs() < CLOSE * (agreed * (1.0 - agreed) / n).sqrt()
        };
        if chances.iter().zip(&self.limits).any(is_close) {
            chances = self.exact(plan(set)).unwrap_or(chances);
        }
        let over =
            |(found, (_, agreed)): (&f64, &(f64, f64))| if is_within(*found, *agreed) { 0.0 } else { found - agreed };
        let over = chances.iter().zip(&self.limits).map(over).sum();
        let rank = (LEVELS[BAD] * n).ceil() as usize - 1;
        let (_, bad, _) = years.select_nth_unstable_by(rank, f64::total_cmp);
        let verdict = Verdict { bad: *bad, over };
        self.verdicts.insert(set.to_vec(), verdict);
        verdict
    }

    /// The chances of passing the limits without dice, where those are quickly had.
    fn exact(&self, plan: Plan) -> Option<Vec<f64>> {
        let mut scenario = self.scenario.clone();
        let plans = [scenario.add_plan(plan)];
        let model = LossModel::new(&scenario);
        let means = Values::means(&scenario);
        let amounts: Vec<f64> = self.limits.iter().map(|(loss, _)| *loss).collect();
        let request = Request { plans: &plans, amounts: &amounts, reached: amounts.len(), seed: self.seed };
        let is_quick = exact::impossible_because(&model, &plans).is_none()
            && exact::slow_because(&model, &means, &request).is_none();
        let year = is_quick.then(|| exact::year(&model, &means, &request).ok()).flatten()?;
        year.plans.into_iter().next().map(|option| option.total.chance_above)
    }

    /// Everything that is not refused: where all of it only reduces, no choice among it is better.
    fn most(&self, decisions: &Decisions) -> Option<Vec<bool>> {
        decisions
            .open()
            .all(|item| self.reduces[item])
            .then(|| decisions.0.iter().map(|decision| *decision != Some(false)).collect())
    }
}

/// The years of the group of a risk, by plan.
fn losses(scenario: &Scenario, seed: u64, risk: RiskId, plans: Vec<Plan>) -> Vec<Vec<f32>> {
    let mut scenario = scenario.clone();
    let options: Vec<Option<PlanId>> = plans.into_iter().map(|plan| Some(scenario.add_plan(plan))).collect();
    let model = LossModel::new(&scenario);
    let means = Values::means(&scenario);
    let knowledge = Knowledge::new(&scenario, &means);
    let case = Case::new(&model, &knowledge, seed);
    simulate::group_losses(&case, &options, YEARS, risk)
        .into_iter()
        .map(|years| years.into_iter().map(|loss| loss as f32).collect())
        .collect()
}

fn subsets(items: &[usize]) -> Vec<Vec<usize>> {
    (0..1_usize << items.len())
        .map(|mask| {
            items.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1).map(|(_, item)| *item).collect()
        })
        .collect()
}

/// What one search is about.
pub struct Search<'a, 'j, 's> {
    /// The rules, with the budget.
    pub problem: &'a Problem<'a>,
    /// The least bad year, or the least cash within the agreed limits.
    pub goal: Goal,
    /// By item: cash.
    pub cash: &'a [f64],
    /// Who judges.
    pub judge: &'j mut Judge<'s>,
    /// Makes a plan of a set.
    pub plan: &'a dyn Fn(&[bool]) -> Plan,
}

impl Search<'_, '_, '_> {
    /// What is minimised; nothing where a limit is passed that must hold.
    fn objective(&mut self, set: &[bool]) -> Option<f64> {
        let verdict = self.judge.verdict(set, self.plan);
        match self.goal {
            Goal::Appetite => (verdict.over <= 0.0).then(|| self.spent(set)),
            _ => Some(verdict.bad),
        }
    }

    fn spent(&self, set: &[bool]) -> f64 {
        self.cash.iter().zip(set).filter(|(_, bought)| **bought).map(|(cash, _)| cash).sum()
    }

    /// No set that the decisions allow has less; nothing where none of them can hold the limits.
    fn bound(&mut self, decisions: &Decisions) -> Option<f64> {
        let most = self.judge.most(decisions);
        let verdict = most.map(|most| self.judge.verdict(&most, self.plan));
        match self.goal {
            Goal::Appetite => {
                if verdict.is_some_and(|verdict| verdict.over > 0.0) {
                    return None;
                }
                let freed: f64 = decisions.open().map(|item| self.cash[item].min(0.0)).sum();
                Some(self.spent(&decisions.set()) + freed)
            }
            _ => Some(verdict.map_or(0.0, |verdict| verdict.bad)),
        }
    }

    /// Searches; nothing where no set is allowed. `known` are sets to begin with.
    pub fn solve(&mut self, known: &[Vec<bool>], stop: &dyn Fn() -> bool) -> Option<Solution> {
        let root = Decisions::none(self.problem)?;
        let mut best: Option<(Vec<bool>, f64)> = None;
        for set in known.iter().chain([&root.set()]) {
            self.offer(set.clone(), &mut best, stop);
        }
        let mut waiting = BinaryHeap::new();
        let mut reached = f64::INFINITY;
        let mut age = 0;
        if let Some(bound) = self.bound(&root) {
            waiting.push(Branch { decisions: root, bound, age });
        }
        while let Some(Branch { decisions, bound, .. }) = waiting.pop() {
            if best.as_ref().is_some_and(|(_, least)| bound >= *least) {
                break;
            }
            if stop() && (best.is_some() || self.goal == Goal::Appetite) {
                reached = bound;
                break;
            }
            let open =
                decisions.open().max_by(|a, b| self.judge.saves[*a].total_cmp(&self.judge.saves[*b]).then(b.cmp(a)));
            let Some(item) = open else {
                self.offer(decisions.set(), &mut best, stop);
                continue;
            };
            for bought in [true, false] {
                let Some(next) = decisions.with(self.problem, item, bought) else { continue };
                let Some(bound) = self.bound(&next) else { continue };
                if best.as_ref().is_none_or(|(_, least)| bound < *least) {
                    age += 1;
                    waiting.push(Branch { decisions: next, bound, age });
                }
            }
        }
        best.map(|(bought, objective)| Solution {
            bought,
            objective,
            bound: reached.min(objective),
            proved: reached >= objective,
        })
    }

    /// Takes a set, and every step from it that is better, where it is the best so far.
    fn offer(&mut self, mut set: Vec<bool>, best: &mut Option<(Vec<bool>, f64)>, stop: &dyn Fn() -> bool) {
        if !self.problem.allows(&set) {
            return;
        }
        let Some(mut objective) = self.objective(&set) else { return };
        if best.as_ref().is_some_and(|(_, least)| objective >= *least) {
            return;
        }
        'steps: while !stop() {
            for next in neighbours(self.problem, &set) {
                // Of equal ones the cheaper.
                let cheaper = self.spent(&next) < self.spent(&set);
                if let Some(value) =
                    self.objective(&next).filter(|value| *value < objective || cheaper && *value <= objective)
                {
                    (set, objective) = (next, value);
                    continue 'steps;
                }
            }
            break;
        }
        *best = Some((set, objective));
    }
}

/// Sets one step away that are allowed: fewer first.
fn neighbours(problem: &Problem<'_>, set: &[bool]) -> Vec<Vec<bool>> {
    let items = problem.items();
    let (bought, others): (Vec<usize>, Vec<usize>) = (0..items).partition(|item| set[*item]);
    let change = |gone: Option<usize>, new: Option<usize>| {
        let mut next = set.to_vec();
        if let Some(gone) = gone {
            super::local::take_out(problem, &mut next, gone);
        }
        if let Some(new) = new {
            problem.closed(&[new]).into_iter().for_each(|item| next[item] = true);
        }
        next
    };
    let mut all: Vec<Vec<bool>> = bought.iter().map(|gone| change(Some(*gone), None)).collect();
    all.extend(others.iter().map(|new| change(None, Some(*new))));
    all.extend(bought.iter().flat_map(|gone| others.iter().map(|new| change(Some(*gone), Some(*new)))));
    all.retain(|set| problem.allows(set));
    all
}
