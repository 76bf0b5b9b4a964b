//! Which sets of items may be bought, and what is the loss and the cost of each?

use crate::engine::terms::Products;

/// A sum that may not be passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// What each item adds; below zero where it frees money.
    pub amounts: Vec<f64>,
    /// The most that may be spent.
    pub most: f64,
}

/// Items that may raise what insurers pay of which every set is tried for a bound, at most.
const MOST_RAISING: usize = 4;

/// What insurers pay with a set of items.
pub type Paid<'p> = &'p (dyn Fn(&[bool]) -> f64 + Sync);

/// A search for the set of items of the least loss plus cost.
#[derive(Clone, Default)]
pub struct Problem<'p> {
    /// What each item adds to what is minimised, besides the loss.
    pub cost: Vec<f64>,
    /// The loss of a set, before insurers pay.
    pub loss: Products<usize>,
    /// What insurers pay of it.
    pub paid: Option<Paid<'p>>,
    /// Items that may raise what insurers pay: they make a loss larger, or replace a value by one that may be the wider
    /// range.
    pub raising: Vec<usize>,
    /// Budgets.
    pub limits: Vec<Limit>,
    /// `(a, b)`: a only with b.
    pub requires: Vec<(usize, usize)>,
    /// Pairs that cannot stand together.
    pub excludes: Vec<(usize, usize)>,
    /// Of each of these sets one item at most.
    pub choices: Vec<Vec<usize>>,
    /// Items that must be bought.
    pub must: Vec<usize>,
}

impl Problem<'_> {
    /// How many items there are.
    pub fn items(&self) -> usize {
        self.cost.len()
    }

    /// Loss plus cost of a set.
    pub fn objective(&self, bought: &[bool]) -> f64 {
        let cost: f64 = self.cost.iter().zip(bought).filter(|(_, bought)| **bought).map(|(cost, _)| cost).sum();
        cost + self.loss.loss(&|item| bought[item]) - self.paid.map_or(0.0, |paid| paid(bought))
    }

    /// The most that insurers may pay after these decisions: what makes losses smaller by a part of them lowers it too,
    /// so that it is what they pay with nothing more than what is bought, and the most over all that may raise it.
    pub fn most_paid(&self, decisions: &Decisions) -> f64 {
        let Some(paid) = self.paid else { return 0.0 };
        let open: Vec<usize> =
            self.raising.iter().copied().filter(|item| decisions.0[*item].is_none()).take(MOST_RAISING).collect();
        let sets = (0..1_usize << open.len()).map(|chosen| {
            let mut set = decisions.set();
            open.iter().enumerate().for_each(|(place, item)| set[*item] = chosen >> place & 1 == 1);
            set
        });
        let stand = |set: &[bool]| !self.excludes.iter().any(|(a, b)| set[*a] && set[*b]);
        sets.filter(|set| stand(set)).map(|set| paid(&set)).fold(0.0, f64::max)
    }

    /// Whether what insurers pay at most is known for every branch.
    pub fn is_bounded(&self) -> bool {
        self.raising.len() <= MOST_RAISING
    }

    /// Differences of what is minimised that are rounding.
    pub fn rounding(&self) -> f64 {
        let size: f64 = self.loss.0.iter().map(|product| product.weight).sum::<f64>()
            + self.cost.iter().map(|cost| cost.abs()).sum::<f64>();
        1e-11 * size
    }

    /// Whether a set may be bought.
    pub fn allows(&self, bought: &[bool]) -> bool {
        self.must.iter().all(|item| bought[*item])
            && self.requires.iter().all(|(item, needed)| !bought[*item] || bought[*needed])
            && self.excludes.iter().all(|(a, b)| !(bought[*a] && bought[*b]))
            && self.choices.iter().all(|choice| choice.iter().filter(|item| bought[**item]).count() <= 1)
            && self.limits.iter().all(|limit| limit.allows(limit.spent(bought)))
    }

    /// The items of a set with all that they require.
    pub fn closed(&self, items: &[usize]) -> Vec<usize> {
        let mut all = items.to_vec();
        let mut next = 0;
        while let Some(&item) = all.get(next) {
            next += 1;
            for (_, needed) in self.requires.iter().filter(|(one, _)| *one == item) {
                if !all.contains(needed) {
                    all.push(*needed);
                }
            }
        }
        all
    }
}

impl Limit {
    /// What a set spends.
    pub fn spent(&self, bought: &[bool]) -> f64 {
        self.amounts.iter().zip(bought).filter(|(_, bought)| **bought).map(|(amount, _)| amount).sum()
    }

    /// Whether so much may be spent: to rounding, for the amounts are sums of decimals.
    pub fn allows(&self, spent: f64) -> bool {
        let size = self.most.abs() + self.amounts.iter().map(|amount| amount.abs()).sum::<f64>();
        spent <= self.most + 1e-12 * size
    }
}

/// What is decided of the items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decisions(pub Vec<Option<bool>>);

impl Decisions {
    /// Nothing is decided but what must be; none where that already breaks a rule.
    pub fn none(problem: &Problem<'_>) -> Option<Self> {
        let mut decisions = Self(vec![None; problem.items()]);
        for item in &problem.must {
            decisions.0[*item] = Some(true);
        }
        decisions.follow(problem).then_some(decisions)
    }

    /// With one more decision and all that follows; none where that breaks a rule.
    pub fn with(&self, problem: &Problem<'_>, item: usize, bought: bool) -> Option<Self> {
        let mut decisions = self.clone();
        decisions.0[item] = Some(bought);
        decisions.follow(problem).then_some(decisions)
    }

    /// Items that are not decided.
    pub fn open(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().filter(|(_, decision)| decision.is_none()).map(|(item, _)| item)
    }

    /// Whether an item is bought.
    pub fn bought(&self, item: usize) -> bool {
        self.0[item] == Some(true)
    }

    /// The set, everything open left out.
    pub fn set(&self) -> Vec<bool> {
        self.0.iter().map(|decision| *decision == Some(true)).collect()
    }

    /// Draws every conclusion; false where rules contradict.
    pub fn follow(&mut self, problem: &Problem<'_>) -> bool {
        loop {
            let mut changed = false;
            let mut say = |decisions: &mut Vec<Option<bool>>, item: usize, bought: bool| match decisions[item] {
                None => {
                    decisions[item] = Some(bought);
                    changed = true;
                    true
                }
                Some(said) => said == bought,
            };
            for &(item, needed) in &problem.requires {
                if self.0[item] == Some(true) && !say(&mut self.0, needed, true) {
                    return false;
                }
                if self.0[needed] == Some(false) && !say(&mut self.0, item, false) {
                    return false;
                }
            }
            for &(a, b) in &problem.excludes {
                for (one, other) in [(a, b), (b, a)] {
                    if self.0[one] == Some(true) && !say(&mut self.0, other, false) {
                        return false;
                    }
                }
            }
            for choice in &problem.choices {
                if let Some(taken) = choice.iter().find(|item| self.0[**item] == Some(true)) {
                    for item in choice.iter().filter(|item| *item != taken) {
                        if !say(&mut self.0, *item, false) {
                            return false;
                        }
                    }
                }
            }
            for limit in &problem.limits {
                // The least that is spent whatever else is decided.
                let least: f64 = limit
                    .amounts
                    .iter()
                    .zip(&self.0)
                    .map(|(amount, decision)| match decision {
                        Some(true) => *amount,
                        Some(false) => 0.0,
                        None => amount.min(0.0),
                    })
                    .sum();
                if !limit.allows(least) {
                    return false;
                }
                for item in 0..self.0.len() {
                    let amount = limit.amounts[item];
                    if self.0[item].is_none() && !limit.allows(least + amount.abs()) {
                        // Too dear to buy, or too needed to leave out.
                        say(&mut self.0, item, amount < 0.0);
                    }
                }
            }
            if !changed {
                return true;
            }
        }
    }
}
