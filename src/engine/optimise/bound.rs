//! How low can loss plus cost become, whatever is decided of the items that are open?
//!
//! With a = −ln(factor) every product is w · exp(−Σ a x), which is convex in x: between bought and
//! not bought the relaxed loss lies below every mixture, and returns diminish as they do in truth.
//! Budgets, requirements and exclusions are priced into the objective (Lagrangian relaxation,
//! Geoffrion 1974); of each choice at most one item is taken in all. At any point x of the relaxed
//! set the tangent plane lies below the convex function, so its minimum over that set, which is
//! read off item by item, is a bound: it need not wait until x is optimal. See
//! `docs/model/optimise.md`.

use super::problem::{Decisions, Problem};

/// A factor below this is taken for this: the product is kept finite, and the difference is taken
/// off the bound.
const LEAST: f64 = 1e-6;
/// Passes over all items between two changes of the prices.
const PASSES: usize = 3;

/// A bound, and where it was found.
#[derive(Debug, Clone)]
pub struct Bound {
    /// Nothing below this can be reached.
    pub value: f64,
    /// By item: how much of it the relaxed optimum buys.
    pub x: Vec<f64>,
    /// By constraint (limits, requirements, exclusions): its price.
    pub prices: Vec<f64>,
    /// By item: what the bound becomes at least if it is not bought, and if it is.
    pub forced: Vec<[f64; 2]>,
}

/// A convex term of the relaxed loss.
struct Term {
    weight: f64,
    /// By open item: −ln(factor).
    slopes: Vec<(usize, f64)>,
}

/// A linear constraint: Σ amount · x ≤ most, over the open items.
struct Row {
    amounts: Vec<(usize, f64)>,
    most: f64,
}

/// The problem that the decisions leave.
struct Relaxed {
    open: Vec<usize>,
    /// By item: the terms that it is in.
    terms: Vec<Term>,
    of_item: Vec<Vec<(usize, f64)>>,
    /// What is already fixed of the objective; below it goes the error of factors next to nothing.
    fixed: f64,
    rows: Vec<Row>,
    /// Open items of which one at most is taken.
    choices: Vec<Vec<usize>>,
    /// By item: its choice.
    choice_of: Vec<Option<usize>>,
}

impl Relaxed {
    fn new(problem: &Problem<'_>, decisions: &Decisions) -> Self {
        let items = problem.items();
        let open: Vec<usize> = decisions.open().collect();
        let is_open = |item: usize| decisions.0[item].is_none();
        let mut fixed: f64 = (0..items).filter(|item| decisions.bought(*item)).map(|item| problem.cost[item]).sum();
        let mut terms = Vec::new();
        for product in &problem.loss.0 {
            // What may never come to be is no loss as yet.
            if !product.only_with.iter().all(|item| decisions.bought(*item)) {
                continue;
            }
            let mut weight = product.weight;
            let mut slopes = Vec::new();
            let mut is_small = false;
            for &(item, factor) in &product.factors {
                if decisions.bought(item) {
                    weight *= factor;
                } else if is_open(item) && factor < 1.0 {
                    is_small |= factor < LEAST;
                    slopes.push((item, -libm::log(factor.max(LEAST))));
                }
            }
            if weight <= 0.0 {
                continue;
            }
            if is_small {
                fixed -= weight * LEAST;
            }
            if slopes.is_empty() {
                fixed += weight;
            } else {
                terms.push(Term { weight, slopes });
            }
        }
        let mut of_item = vec![Vec::new(); items];
        for (place, term) in terms.iter().enumerate() {
            for (item, slope) in &term.slopes {
                of_item[*item].push((place, *slope));
            }
        }
        fixed -= problem.most_paid(decisions);
        let mut rows: Vec<Row> = problem
            .limits
            .iter()
            .map(|limit| {
                let spent = limit.spent(&decisions.set());
                let amounts = open.iter().map(|item| (*item, limit.amounts[*item])).collect();
                Row { amounts, most: limit.most - spent }
            })
            .collect();
        let both = |a: usize, b: usize| is_open(a) && is_open(b);
        rows.extend(problem.requires.iter().map(|(item, needed)| Row {
            amounts: if both(*item, *needed) { vec![(*item, 1.0), (*needed, -1.0)] } else { Vec::new() },
            most: 0.0,
        }));
        rows.extend(problem.excludes.iter().map(|(a, b)| Row {
            amounts: if both(*a, *b) { vec![(*a, 1.0), (*b, 1.0)] } else { Vec::new() },
            most: 1.0,
        }));
        let mut choice_of = vec![None; items];
        let choices: Vec<Vec<usize>> = problem
            .choices
            .iter()
            .map(|choice| choice.iter().copied().filter(|item| is_open(*item)).collect())
            .collect();
        for (place, choice) in choices.iter().enumerate() {
            for item in choice {
                choice_of[*item] = Some(place);
            }
        }
        Self { open, terms, of_item, fixed, rows, choices, choice_of }
    }
}

/// A bound for what the decisions leave open. `from` is a bound of the decisions before, to begin
/// with; `best` what is known to be reachable; `rounds` how often the prices are changed.
pub fn bound(problem: &Problem<'_>, decisions: &Decisions, from: Option<&Bound>, best: f64, rounds: usize) -> Bound {
    let relaxed = Relaxed::new(problem, decisions);
    let items = problem.items();
    let mut x = from.map_or_else(|| vec![0.0; items], |from| from.x.clone());
    for (item, decision) in decisions.0.iter().enumerate() {
        match decision {
            Some(true) => x[item] = 1.0,
            Some(false) => x[item] = 0.0,
            None => {}
        }
    }
    let mut prices = from.map_or_else(|| vec![0.0; relaxed.rows.len()], |from| from.prices.clone());
    let mut found: Option<Bound> = None;
    let mut boldness = 1.0;
    let mut stale = 0;
    for round in 0..=rounds {
        let mut left: Vec<f64> = relaxed
            .terms
            .iter()
            .map(|term| {
                let exponent: f64 = term.slopes.iter().map(|(item, slope)| slope * x[*item]).sum();
                term.weight * libm::exp(-exponent)
            })
            .collect();
        let mut priced = problem.cost.clone();
        for (row, price) in relaxed.rows.iter().zip(&prices).filter(|(_, price)| **price > 0.0) {
            for (item, amount) in &row.amounts {
                priced[*item] += price * amount;
            }
        }
        for _ in 0..PASSES {
            descend(&relaxed, &priced, &mut x, &mut left);
        }
        let next = tangent(&relaxed, &priced, &prices, &x, &left, items);
        let better = found.as_ref().is_none_or(|found| next.value > found.value);
        let missed: Vec<f64> = relaxed
            .rows
            .iter()
            .map(|row| row.amounts.iter().map(|(item, amount)| amount * x[*item]).sum::<f64>() - row.most)
            .collect();
        let value = next.value;
        if better {
            stale = 0;
            found = Some(next);
        } else {
            stale += 1;
            if stale == 3 {
                boldness *= 0.5;
                stale = 0;
            }
        }
        if value >= best || round == rounds {
            break;
        }
        // Polyak's step towards what is known to be reachable.
        let length: f64 = missed
            .iter()
            .zip(&prices)
            .map(|(missed, price)| if *price > 0.0 || *missed > 0.0 { missed * missed } else { 0.0 })
            .sum();
        if length <= 0.0 {
            break;
        }
        let target = if best.is_finite() { best } else { value + value.abs().max(1.0) };
        let step = boldness * (target - value).max(0.0) / length;
        let before = prices.clone();
        for (price, missed) in prices.iter_mut().zip(&missed) {
            *price = (*price + step * missed).max(0.0);
        }
        if before == prices && x.iter().all(|x| *x == 0.0 || *x == 1.0) {
            break;
        }
    }
    found.unwrap_or(Bound { value: f64::NEG_INFINITY, x, prices, forced: Vec::new() })
}

/// Moves one item after the other to its best place, the others as they are.
fn descend(relaxed: &Relaxed, priced: &[f64], x: &mut [f64], left: &mut [f64]) {
    for &item in &relaxed.open {
        let terms = &relaxed.of_item[item];
        let room = match relaxed.choice_of[item] {
            Some(choice) => {
                let others = relaxed.choices[choice].iter().filter(|other| **other != item);
                (1.0 - others.map(|other| x[*other]).sum::<f64>()).max(0.0)
            }
            None => 1.0,
        };
        let (mut slope, mut bend) = (priced[item], 0.0);
        for (term, a) in terms {
            slope -= a * left[*term];
            bend += a * a * left[*term];
        }
        let aim = if bend > 0.0 {
            x[item] - slope / bend
        } else if slope > 0.0 {
            0.0
        } else {
            room
        };
        let aim = aim.clamp(0.0, room);
        let change = aim - x[item];
        if change != 0.0 {
            for (term, a) in terms {
                left[*term] *= libm::exp(-a * change);
            }
            x[item] = aim;
        }
    }
}

/// The minimum of the tangent plane at x.
fn tangent(relaxed: &Relaxed, priced: &[f64], prices: &[f64], x: &[f64], left: &[f64], items: usize) -> Bound {
    let mut value = relaxed.fixed + left.iter().sum::<f64>();
    for (row, price) in relaxed.rows.iter().zip(prices) {
        if !row.amounts.is_empty() {
            value -= price * row.most;
        }
    }
    let mut slopes = vec![0.0; items];
    for &item in &relaxed.open {
        let falls: f64 = relaxed.of_item[item].iter().map(|(term, a)| a * left[*term]).sum();
        slopes[item] = priced[item] - falls;
        // From x to nothing bought, along the plane.
        value += priced[item] * x[item] - slopes[item] * x[item];
    }
    let mut lowest = vec![0.0; relaxed.choices.len()];
    for (place, choice) in relaxed.choices.iter().enumerate() {
        lowest[place] = choice.iter().map(|item| slopes[*item]).fold(0.0, f64::min);
        value += lowest[place];
    }
    for &item in relaxed.open.iter().filter(|item| relaxed.choice_of[**item].is_none()) {
        value += slopes[item].min(0.0);
    }
    let mut forced = vec![[f64::NEG_INFINITY; 2]; items];
    for &item in &relaxed.open {
        forced[item] = match relaxed.choice_of[item] {
            None => [value - slopes[item].min(0.0), value + slopes[item].max(0.0)],
            Some(choice) => {
                let others = relaxed.choices[choice].iter().filter(|other| **other != item);
                let next = others.map(|other| slopes[*other]).fold(0.0, f64::min);
                [value - lowest[choice] + next, value - lowest[choice] + slopes[item]]
            }
        };
    }
    Bound { value, x: x.to_vec(), prices: prices.to_vec(), forced }
}
