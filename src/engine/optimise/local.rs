//! Good sets without a proof: a beginning for the search, and what it improves on.

use super::problem::{Decisions, Problem};

/// A set near a relaxed optimum: items in falling order of how much of them it buys, as long as
/// they fit and bring something.
pub fn rounded(problem: &Problem<'_>, decisions: &Decisions, x: &[f64]) -> Vec<bool> {
    let mut order: Vec<usize> = decisions.open().collect();
    order.sort_by(|a, b| x[*b].total_cmp(&x[*a]).then(a.cmp(b)));
    let mut now = decisions.clone();
    for item in order {
        if now.0[item].is_some() {
            continue;
        }
        let wanted = x[item] > 0.5;
        if let Some(next) = now.with(problem, item, wanted).or_else(|| now.with(problem, item, !wanted)) {
            now = next;
        }
    }
    now.set()
}

/// The set after every step that makes it better: one more item with all it requires, one fewer
/// with all that require it, or one for another.
pub fn improved(problem: &Problem<'_>, mut set: Vec<bool>) -> Vec<bool> {
    let items = problem.items();
    let rounding = problem.rounding();
    let mut objective = problem.objective(&set);
    // Each step is better than the one before, so this ends; the bound is for care.
    for _ in 0..10 * (items + 1) {
        let mut best: Option<(Vec<bool>, f64)> = None;
        let mut consider = |candidate: Vec<bool>| {
            if problem.allows(&candidate) {
                let value = problem.objective(&candidate);
                let limit = best.as_ref().map_or(objective - rounding, |(_, value)| *value);
                if value < limit {
                    best = Some((candidate, value));
                }
            }
        };
        let without = |set: &[bool], item: usize| {
            let mut next = set.to_vec();
            take_out(problem, &mut next, item);
            next
        };
        let with = |set: &[bool], item: usize| {
            let mut next = set.to_vec();
            for item in problem.closed(&[item]) {
                next[item] = true;
            }
            next
        };
        for item in 0..items {
            if set[item] {
                let less = without(&set, item);
                for other in (0..items).filter(|other| !set[*other]) {
                    consider(with(&less, other));
                }
                consider(less);
            } else {
                consider(with(&set, item));
            }
        }
        match best {
            Some((next, value)) => (set, objective) = (next, value),
            None => break,
        }
    }
    set
}

/// Takes an item out, and all that require it.
pub fn take_out(problem: &Problem<'_>, set: &mut [bool], item: usize) {
    set[item] = false;
    while let Some((one, _)) = problem.requires.iter().find(|(one, needed)| set[*one] && !set[*needed]) {
        set[*one] = false;
    }
}

/// The set without what changes nothing, the dearest first.
pub fn trimmed(problem: &Problem<'_>, mut set: Vec<bool>, price: &dyn Fn(usize) -> f64) -> Vec<bool> {
    let rounding = problem.rounding();
    let mut order: Vec<usize> = (0..problem.items()).filter(|item| set[*item] && price(*item) >= 0.0).collect();
    order.sort_by(|a, b| price(*b).total_cmp(&price(*a)).then(a.cmp(b)));
    for item in order {
        let mut less = set.clone();
        less[item] = false;
        if problem.allows(&less) && problem.objective(&less) <= problem.objective(&set) + rounding {
            set = less;
        }
    }
    set
}
