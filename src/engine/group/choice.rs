//! Which plan in which entity, for the money there is?
//!
//! Values add up over entities, so it is a choice of one option each (today among them) under one budget: a
//! multiple-choice knapsack. Of each entity only options on the upper hull of value over cash can be in the best
//! choice of the relaxed problem; its steps are taken in the order of value per cash (Sinha & Zoltners 1979). That gives
//! a bound, and branch and bound from there a choice that is proved the best, or told with its gap. What the group
//! itself pays for a plan is paid once: every set of plans is tried.

use crate::model::Group;
use crate::units::Figure;

use super::{Expected, central};

/// Sets of plans that are tried, at most.
const MOST_PLANS: usize = 10;
/// Steps of the search under each set.
const MOST_STEPS: usize = 200_000;

/// What each plan costs and is worth in each entity.
#[derive(Debug, Clone)]
pub struct Choices {
    /// By entity, by plan: cash and value, where the entity has a part in it.
    pub entities: Vec<Vec<Option<(Figure, Figure)>>>,
    /// By plan: what the group itself pays, as cash and in today's money.
    central: Vec<(Figure, Figure)>,
}

/// The best choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The budget.
    pub budget: Figure,
    /// By entity: the plan of the group that it carries out, if any.
    pub plans: Vec<Option<usize>>,
    /// Cash over the horizon.
    pub cash: Figure,
    /// What it is worth, after the entities' own policies and before the group's.
    pub value: Figure,
    /// No choice is worth more than this.
    pub bound: f64,
    /// Whether nothing is worth more.
    pub is_proved: bool,
}

/// An option of an entity: cash, value, plan.
type Item = (f64, f64, Option<usize>);

impl Choices {
    pub(super) fn of(group: &Group, expected: &[Expected]) -> Self {
        let central = (0..group.plans.len()).map(|plan| central(group, plan));
        let entity =
            |entity: &Expected| entity.plans.iter().map(|taken| taken.map(|taken| (taken.cash, taken.value))).collect();
        Self { entities: expected.iter().map(entity).collect(), central: central.collect() }
    }

    /// The best plan for each entity under a budget.
    pub fn best(&self, budget: Figure) -> Choice {
        let plans = self.central.len().min(MOST_PLANS);
        let mut best: Option<(f64, Vec<Option<usize>>)> = None;
        let (mut bound, mut is_proved) = (0.0_f64, true);
        for set in 0..1_u32 << plans {
            let has = |plan: usize| plan >= plans || set >> plan & 1 == 1;
            let open: Vec<usize> = (0..self.central.len()).filter(|plan| has(*plan)).collect();
            let (cash, worth) = open.iter().fold((0.0, 0.0), |(cash, worth), plan| {
                (cash + self.central[*plan].0.to_f64(), worth + self.central[*plan].1.to_f64())
            });
            // A plan that costs the group nothing itself is open at any rate.
            let is_free = |plan: usize| self.central[plan].0.is_zero() && self.central[plan].1.is_zero();
            let closed_for_nothing = (0..plans).any(|plan| !has(plan) && is_free(plan));
            let left = budget.to_f64() - cash;
            if left < 0.0 || closed_for_nothing {
                continue;
            }
            let found = Search::new(self.items(&open), left).solve();
            bound = bound.max(found.bound - worth);
            is_proved &= found.is_proved;
            let value = found.value - worth;
            if best.as_ref().is_none_or(|(known, _)| value > *known) {
                best = Some((value, found.plans));
            }
        }
        let plans = match best {
            Some((value, plans)) if value > 0.0 => plans,
            _ => vec![None; self.entities.len()],
        };
        self.choice(budget, plans, bound, is_proved)
    }

    /// A choice with its figures.
    fn choice(&self, budget: Figure, plans: Vec<Option<usize>>, bound: f64, is_proved: bool) -> Choice {
        let taken = || self.entities.iter().zip(&plans).filter_map(|(entity, plan)| entity[(*plan)?]);
        let used = |of: &dyn Fn(&(Figure, Figure)) -> Figure| -> Figure {
            let is_used = |plan: &usize| plans.contains(&Some(*plan));
            (0..self.central.len()).filter(is_used).map(|plan| of(&self.central[plan])).sum()
        };
        let cash = taken().map(|(cash, _)| cash).sum::<Figure>() + used(&|central| central.0);
        let value = taken().map(|(_, value)| value).sum::<Figure>() - used(&|central| central.1);
        let bound = bound.max(value.to_f64());
        Choice { budget, cash, value, bound, is_proved, plans }
    }

    fn items(&self, open: &[usize]) -> Vec<Vec<Item>> {
        let entity = |entity: &Vec<Option<(Figure, Figure)>>| {
            let of = |plan: &usize| entity[*plan].map(|(cash, value)| (cash.to_f64(), value.to_f64(), Some(*plan)));
            std::iter::once((0.0, 0.0, None)).chain(open.iter().filter_map(of)).collect()
        };
        self.entities.iter().map(entity).collect()
    }
}

/// A search under one budget.
struct Search {
    /// By entity: options that no other beats, by rising cash and rising value.
    items: Vec<Vec<Item>>,
    budget: f64,
}

struct Found {
    value: f64,
    bound: f64,
    plans: Vec<Option<usize>>,
    is_proved: bool,
}

/// A step from one option to the next on the hull.
#[derive(Clone, Copy)]
struct Step {
    entity: usize,
    to: usize,
    cash: f64,
    value: f64,
}

impl Search {
    fn new(mut items: Vec<Vec<Item>>, budget: f64) -> Self {
        for options in &mut items {
            options.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
            let mut highest = f64::NEG_INFINITY;
            options.retain(|option| {
                let is_better = option.1 > highest;
                highest = highest.max(option.1);
                is_better
            });
        }
        Self { items, budget }
    }

    /// The steps of the hull of each entity, the most value per cash first.
    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (entity, options) in self.items.iter().enumerate() {
            let mut at = 0;
            while at + 1 < options.len() {
                let ratio = |to: &usize| (options[*to].1 - options[at].1) / (options[*to].0 - options[at].0).max(1e-9);
                let next = (at + 1..options.len()).max_by(|a, b| ratio(a).total_cmp(&ratio(b)).then(a.cmp(b)));
                let Some(to) = next else { break };
                let (cash, value) = (options[to].0 - options[at].0, options[to].1 - options[at].1);
                steps.push(Step { entity, to, cash, value });
                at = to;
            }
        }
        let ratio = |step: &Step| step.value / step.cash.max(1e-9);
        steps.sort_by(|a, b| ratio(b).total_cmp(&ratio(a)).then(a.entity.cmp(&b.entity)).then(a.to.cmp(&b.to)));
        steps
    }

    fn solve(&self) -> Found {
        let steps = self.steps();
        // Where cash is below nothing at no cost of value, that is the start.
        let start: Vec<usize> = vec![0; self.items.len()];
        let cash: f64 = self.items.iter().map(|options| options[0].0).sum();
        let value: f64 = self.items.iter().map(|options| options[0].1).sum();
        // All steps that fit, one that does not passed over: a choice, and the bound of the relaxed problem.
        let (mut at, mut left, mut sum) = (start.clone(), self.budget - cash, value);
        let mut bound = None;
        let (mut free, mut best_bound) = (self.budget - cash, value);
        for step in &steps {
            if bound.is_none() {
                if step.cash <= free {
                    (free, best_bound) = (free - step.cash, best_bound + step.value);
                } else {
                    bound = Some(best_bound + step.value * (free / step.cash).max(0.0));
                }
            }
            let from = &self.items[step.entity][at[step.entity]];
            let to = &self.items[step.entity][step.to];
            let (cash, value) = (to.0 - from.0, to.1 - from.1);
            if cash <= left && value > 0.0 {
                (left, sum) = (left - cash, sum + value);
                at[step.entity] = step.to;
            }
        }
        let bound = bound.unwrap_or(best_bound);
        let mut state = State { search: self, best: sum, at, steps_left: MOST_STEPS };
        let is_open = bound > sum * (1.0 + 1e-12) + 1e-9;
        if is_open {
            let mut order: Vec<usize> = (0..self.items.len()).filter(|entity| self.items[*entity].len() > 1).collect();
            let size = |entity: &usize| self.items[*entity].iter().map(|option| option.1).fold(0.0, f64::max);
            order.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.cmp(b)));
            let rest = Rest::new(&order, &steps);
            state.branch(&order, 0, self.budget - cash, value, &mut start.clone(), &rest);
        }
        let is_proved = !is_open || state.steps_left > 0;
        Found {
            value: state.best,
            bound: if is_proved { state.best } else { bound },
            plans: state.at.iter().zip(&self.items).map(|(at, options)| options[*at].2).collect(),
            is_proved,
        }
    }
}

/// The steps of the entities that are not decided yet.
struct Rest {
    /// By place in the order: its steps and those of all after it, the most value per cash first.
    steps: Vec<Vec<Step>>,
}

impl Rest {
    fn new(order: &[usize], steps: &[Step]) -> Self {
        // Many entities make the bound tight by themselves; a search has no time for more than these.
        let places = order.len().min(64);
        let after = |place: usize| {
            let left = &order[place..];
            let left: std::collections::BTreeSet<usize> = left.iter().copied().collect();
            steps.iter().filter(|step| left.contains(&step.entity)).copied().collect()
        };
        Self { steps: (0..=places).map(after).collect() }
    }

    /// The most that they can add.
    fn bound(&self, place: usize, mut left: f64) -> f64 {
        let mut value = 0.0;
        for step in self.steps.get(place).into_iter().flatten() {
            if step.cash > left {
                return value + step.value * (left / step.cash).max(0.0);
            }
            left -= step.cash;
            value += step.value;
        }
        value
    }
}

struct State<'s> {
    search: &'s Search,
    best: f64,
    at: Vec<usize>,
    steps_left: usize,
}

impl State<'_> {
    fn branch(&mut self, order: &[usize], place: usize, left: f64, value: f64, at: &mut Vec<usize>, rest: &Rest) {
        if value > self.best * (1.0 + 1e-15) {
            self.best = value;
            self.at.clone_from(at);
        }
        let Some(&entity) = order.get(place) else { return };
        if place + 1 >= rest.steps.len() {
            self.steps_left = 0;
        }
        let options = &self.search.items[entity];
        for to in (0..options.len()).rev() {
            let (cash, more) = (options[to].0 - options[0].0, options[to].1 - options[0].1);
            if self.steps_left == 0 {
                return;
            }
            self.steps_left -= 1;
            if cash > left || value + more + rest.bound(place + 1, left - cash) <= self.best * (1.0 + 1e-12) {
                continue;
            }
            at[entity] = to;
            self.branch(order, place + 1, left - cash, value + more, at, rest);
            at[entity] = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(entities: &[&[(i64, i64)]], central: &[(i64, i64)]) -> Choices {
        let figure = |n: i64| Figure::exact(n.into());
        Choices {
            entities: entities
                .iter()
                .map(|options| options.iter().map(|(cash, value)| Some((figure(*cash), figure(*value)))).collect())
                .collect(),
            central: central.iter().map(|(cash, value)| (figure(*cash), figure(*value))).collect(),
        }
    }

    /// Every choice there is.
    fn by_hand(choices: &Choices, budget: f64) -> f64 {
        let plans = choices.central.len();
        let n = choices.entities.len();
        let mut best = 0.0_f64;
        for mut code in 0..(plans + 1).pow(n as u32) {
            let picked: Vec<Option<usize>> = (0..n)
                .map(|_| {
                    let pick = code % (plans + 1);
                    code /= plans + 1;
                    pick.checked_sub(1)
                })
                .collect();
            let choice = choices.choice(Figure::ZERO, picked, 0.0, true);
            if choice.cash.to_f64() <= budget {
                best = best.max(choice.value.to_f64());
            }
        }
        best
    }

    #[test]
    fn the_best_choice_is_that_of_trying_all() {
        let mut state = 7_u64;
        let mut next = |most: i64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as i64 % most
        };
        for round in 0..60 {
            let entities: Vec<Vec<(i64, i64)>> =
                (0..5).map(|_| (0..3).map(|_| (1 + next(90), next(200) - 40)).collect()).collect();
            let entities: Vec<&[(i64, i64)]> = entities.iter().map(Vec::as_slice).collect();
            let central = [(0, 0), (next(60), next(60)), (next(20), next(20))];
            let choices = choices(&entities, &central);
            for budget in [0, 40, 110, 260, 1000] {
                let best = choices.best(Figure::exact(budget.into()));
                assert!(best.cash.to_f64() <= budget as f64 && best.is_proved, "round {round}, {budget}");
                assert_eq!(best.value.to_f64(), by_hand(&choices, budget as f64), "round {round}, budget {budget}");
            }
        }
    }

    #[test]
    fn no_choice_of_many_entities_is_worth_more_than_its_bound() {
        let rows: Vec<Vec<(i64, i64)>> = (0..400_i64)
            .map(|n| vec![(10 + n * 7 % 43, 5 + n * 13 % 61), (30 + n * 11 % 37, 20 + n * 17 % 71)])
            .collect();
        let rows: Vec<&[(i64, i64)]> = rows.iter().map(Vec::as_slice).collect();
        let best = choices(&rows, &[(0, 0), (0, 0)]).best(Figure::exact(4000.into()));
        let value = best.value.to_f64();
        assert!(best.cash.to_f64() <= 4000.0 && value <= best.bound && best.bound <= 1.005 * value, "{best:?}");
    }
}
