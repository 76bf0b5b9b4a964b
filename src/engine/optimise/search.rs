//! The best set: branch and bound, the most promising branch first.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use super::bound::{Bound, bound};
use super::local::{improved, rounded};
use super::problem::{Decisions, Problem};

/// Changes of prices at the root, where it pays, and below it.
const AT_ROOT: usize = 120;
const BELOW: usize = 8;

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// By item: whether it is bought.
    pub bought: Vec<bool>,
    /// Its loss plus cost.
    pub objective: f64,
    /// No set has less than this.
    pub bound: f64,
    /// Whether that is the same, to rounding.
    pub proved: bool,
}

/// A branch that waits; the lowest bound comes first, of equal ones the older.
pub(super) struct Branch {
    pub decisions: Decisions,
    pub bound: f64,
    pub age: u64,
}

impl PartialEq for Branch {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Branch {}
impl PartialOrd for Branch {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Branch {
    fn cmp(&self, other: &Self) -> Ordering {
        other.bound.total_cmp(&self.bound).then(other.age.cmp(&self.age))
    }
}

/// Searches the set of the least loss plus cost; nothing where the rules allow none. `known` are
/// sets that may be a good beginning; `stop` is asked now and then whether to be content.
pub fn solve(problem: &Problem<'_>, known: &[Vec<bool>], stop: &dyn Fn() -> bool) -> Option<Solution> {
    let mut best: Option<(Vec<bool>, f64)> = None;
    let rounding = problem.rounding();
    let offer = |set: Vec<bool>, best: &mut Option<(Vec<bool>, f64)>| {
        if problem.allows(&set) {
            let set = improved(problem, set);
            let objective = problem.objective(&set);
            if best.as_ref().is_none_or(|(_, least)| objective < least - rounding) {
                *best = Some((set, objective));
            }
        }
    };
    let root = Decisions::none(problem)?;
    for set in known {
        offer(set.clone(), &mut best);
    }
    offer(root.set(), &mut best);
    let least = |best: &Option<(Vec<bool>, f64)>| best.as_ref().map_or(f64::INFINITY, |(_, least)| *least);
    let first = bound(problem, &root, None, least(&best), AT_ROOT);
    offer(rounded(problem, &root, &first.x), &mut best);
    let mut waiting = BinaryHeap::new();
    let mut age = 0;
    // What a bound says besides its value, by the age of its branch.
    let mut details: HashMap<u64, Bound> = HashMap::new();
    waiting.push(Branch { decisions: root, bound: first.value, age });
    details.insert(age, first);
    let mut reached = f64::INFINITY;
    while let Some(Branch { mut decisions, age: born, .. }) = waiting.pop() {
        let Some(own) = details.remove(&born) else { continue };
        let limit = least(&best) - rounding;
        if own.value >= limit {
            break;
        }
        if age % 16 == 0 && best.is_some() && stop() {
            reached = own.value;
            break;
        }
        // What the bound already rules out.
        let open: Vec<usize> = decisions.open().collect();
        for &item in &open {
            let [without, with] = own.forced[item];
            if with >= limit {
                decisions.0[item] = Some(false);
            } else if without >= limit {
                decisions.0[item] = Some(true);
            }
        }
        if !decisions.follow(problem) {
            continue;
        }
        let Some(item) = to_decide(problem, &decisions, &own) else {
            offer(decisions.set(), &mut best);
            continue;
        };
        let branches = [true, false].map(|bought| decisions.with(problem, item, bought));
        let best_known = least(&best);
        let bounded = |branch: Option<Decisions>| {
            branch.map(|decisions| {
                let bound = bound(problem, &decisions, Some(&own), best_known, BELOW);
                (decisions, bound)
            })
        };
        let [with, without] = branches;
        let (with, without) = rayon::join(|| bounded(with), || bounded(without));
        for (decisions, mut bound) in [with, without].into_iter().flatten() {
            bound.value = bound.value.max(own.value);
            if decisions.open().next().is_none() {
                offer(decisions.set(), &mut best);
                continue;
            }
            if bound.value < least(&best) - rounding {
                offer(rounded(problem, &decisions, &bound.x), &mut best);
                age += 1;
                waiting.push(Branch { decisions, bound: bound.value, age });
                details.insert(age, bound);
            }
        }
    }
    best.map(|(bought, objective)| Solution {
        bought,
        objective,
        bound: reached.min(objective),
        proved: reached >= objective - rounding && problem.is_bounded(),
    })
}

/// The open item about which the relaxed optimum is least sure, weighed by what hangs on it.
fn to_decide(problem: &Problem<'_>, decisions: &Decisions, bound: &Bound) -> Option<usize> {
    let weight = |item: usize| {
        let [without, with] = bound.forced[item];
        let x = bound.x[item];
        let depends = problem.loss.0.iter().filter(|product| product.only_with.contains(&item)).count() as f64;
        let unsure = x.min(1.0 - x);
        let touched: f64 = problem
            .loss
            .0
            .iter()
            .filter_map(|product| {
                let factor = product.factors.iter().find(|(other, _)| *other == item)?.1;
                let others = product.factors.iter().filter(|(other, _)| *other != item && decisions.bought(*other));
                Some(product.weight * (1.0 - factor).abs() * others.map(|(_, factor)| factor).product::<f64>())
            })
            .sum();
        (unsure + 1e-3) * (touched + problem.cost[item].abs()) * (1.0 + depends)
            + 1e-9 * (without.max(with) - bound.value).max(0.0)
    };
    decisions.open().max_by(|a, b| weight(*a).total_cmp(&weight(*b)).then(b.cmp(a)))
}
