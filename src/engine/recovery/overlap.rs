//! What does a policy pay of an event that others pay for too, where together they could pay more
//! than the loss?
//!
//! Then the layers of all are cut in proportion, which depends on every amount of the event at once.
//! What is cut off is averaged over points of a lattice rule in the amounts: each amount stands for a part of equal
//! chance by the mean of that part, so that straight lines are averaged exactly, and the points of several amounts are
//! paired by the rule. The layer itself keeps its exact mean (`claim`), so that only the cut has an error, which the
//! shifts of the rule tell, or for one amount half as many parts.

use std::sync::Arc;

use crate::engine::exact::mix::Drawn;
use crate::engine::policy::{Component, PolicyTerms, Settlement};
use crate::model::Form;
use crate::stats::Distribution;
use crate::stats::lattice::Grid;
use crate::stats::lattice_rule::LatticeRule;

use super::knowledge::{Bounded, Care};
use super::terms::Terms;

/// Points of the rule, a prime, and its shifts.
const POINTS: u64 = 1_021;
const SHIFTS: u64 = 4;

/// An event of which several policies pay.
pub struct Shared<'a> {
    /// The policy that is asked about, and the others.
    policies: Vec<&'a PolicyTerms>,
    amounts: Vec<Amount>,
}

/// One amount of the event.
struct Amount {
    form: Form,
    /// Its values at every point of every shift, before they are multiplied by the factor.
    values: Arc<Vec<f64>>,
    factor: f64,
    price: Option<f64>,
}

/// The values of a range at every point of every shift, where it is the amount of an event at this place.
pub fn column(range: &Distribution, place: usize) -> Vec<f64> {
    let rule = LatticeRule::new(POINTS, place + 1);
    let parts = parts(range);
    let mut values = vec![0.0; parts.len() * SHIFTS as usize];
    for (shift, values) in (1..=SHIFTS).zip(values.chunks_mut(parts.len())) {
        let moved = rule.shift(shift);
        let coordinates: Vec<f64> = (0..rule.points()).map(|index| rule.coordinate(index, place, &moved)).collect();
        let mut order: Vec<usize> = (0..coordinates.len()).collect();
        order.sort_by(|a, b| coordinates[*a].total_cmp(&coordinates[*b]));
        order.into_iter().zip(&parts).for_each(|(index, part)| values[index] = *part);
    }
    values
}

/// The means of parts of equal chance, rising: E\[X; F ≤ p\] = E\[min(X, q)\] − q (1 − p) with q the quantile of p.
fn parts(range: &Distribution) -> Vec<f64> {
    let chance = |place: u64| place as f64 / POINTS as f64;
    if !range.mean().is_finite() {
        return (0..POINTS).map(|place| range.quantile(chance(place) + 0.5 / POINTS as f64)).collect();
    }
    let below = |place: u64| match place {
        0 => 0.0,
        POINTS => range.mean(),
        _ => {
            let q = range.quantile(chance(place));
            range.limited_mean(q) - q * (1.0 - chance(place))
        }
    };
    let sums: Vec<f64> = (0..=POINTS).map(below).collect();
    sums.windows(2).map(|pair| ((pair[1] - pair[0]) * POINTS as f64).max(0.0)).collect()
}

impl<'a> Shared<'a> {
    /// Of these amounts; none where the policy can never be cut because of the others.
    pub fn new(
        terms: &'a Terms,
        others: impl Iterator<Item = &'a Terms>,
        columns: &dyn Fn(&Drawn, usize) -> Arc<Vec<f64>>,
        forms: &dyn Fn(&Drawn) -> Form,
        amounts: &[Drawn],
        money: f64,
    ) -> Option<Self> {
        let risk = amounts.first()?.risk;
        // Whoever meets it, or meets one that meets it.
        let mut group = vec![terms];
        let mut waiting: Vec<&Terms> = others.filter(|other| other.covers_any(risk)).collect();
        while let Some(place) = waiting.iter().position(|one| group.iter().any(|other| !one.is_apart_from(other, risk)))
        {
            group.push(waiting.swap_remove(place));
        }
        if group.len() < 2 {
            return None;
        }
        // Layers above these belong to the loss that they cover, too.
        group.extend(waiting.into_iter().filter(|one| one.meets(terms, risk)));
        let amounts = amounts
            .iter()
            .enumerate()
            .map(|(place, drawn)| Amount {
                form: forms(drawn),
                values: columns(drawn, place),
                factor: drawn.scale * money,
                price: drawn.price.map(|price| price * money),
            })
            .collect();
        Some(Self { policies: group.into_iter().map(|terms| &terms.of).collect(), amounts })
    }

    /// Calls with the layer of the first policy before and after the cut, at every point of a shift.
    fn at_points(&self, shift: u64, call: impl FnMut(f64, f64)) {
        let from = ((shift - 1) * POINTS) as usize;
        let value = |amount: &Amount, index: usize| amount.values[from + index];
        self.at(POINTS as usize, &value, call);
    }

    /// The same for so many events, by the values of their amounts.
    fn at(&self, events: usize, value: &dyn Fn(&Amount, usize) -> f64, mut call: impl FnMut(f64, f64)) {
        let (mut event, mut components) = (Settlement::default(), Vec::new());
        for index in 0..events {
            components.clear();
            components.extend(self.amounts.iter().map(|amount| {
                let size = amount.factor * value(amount, index);
                let hours = amount.price.map(|price| if price > 0.0 { size / price } else { 0.0 });
                Component { form: amount.form, amount: size, hours }
            }));
            event.begin(self.policies.iter().copied(), &components);
            call(event.whole_layer(0), event.layer(0));
        }
    }

    /// The mean of what the others cut off of one amount, and how far half as many parts are from it.
    fn cut_of_one(&self, amount: &Amount) -> Bounded {
        let mut parts = amount.values[..POINTS as usize].to_vec();
        parts.sort_by(f64::total_cmp);
        let mean = |parts: &[f64], weight: &dyn Fn(usize) -> f64| {
            let (mut sum, mut place) = (0.0, 0);
            self.at(parts.len(), &|_, index| parts[index], |before, after| {
                sum += weight(place) * (before - after);
                place += 1;
            });
            sum / POINTS as f64
        };
        let fine = mean(&parts, &|_| 1.0);
        let pairs: Vec<f64> = parts.chunks(2).map(|pair| pair.iter().sum::<f64>() / pair.len() as f64).collect();
        let coarse = mean(&pairs, &|place| if 2 * place + 1 < parts.len() { 2.0 } else { 1.0 });
        (fine, (fine - coarse).abs())
    }

    /// The mean of what the others cut off.
    pub fn cut(&self, care: Care) -> Bounded {
        if let [amount] = self.amounts.as_slice() {
            return self.cut_of_one(amount);
        }
        let shifts = if care == Care::Figure { SHIFTS } else { 1 };
        let means: Vec<f64> = (1..=shifts)
            .map(|shift| {
                let mut sum = 0.0;
                self.at_points(shift, |before, after| sum += before - after);
                sum / POINTS as f64
            })
            .collect();
        let mean = means.iter().sum::<f64>() / shifts as f64;
        if care == Care::Change {
            return (mean, 0.0);
        }
        let spread: f64 = means.iter().map(|one| (one - mean) * (one - mean)).sum();
        (mean, 2.0 * (spread / (SHIFTS * (SHIFTS - 1)) as f64).sqrt())
    }

    /// The chances of what is paid, on a grid.
    pub fn paid(&self, grid: &Grid, factor: f64) -> Vec<f64> {
        let mut cells = vec![0.0; grid.cells()];
        let mass = 1.0 / (SHIFTS * POINTS) as f64;
        for shift in 1..=SHIFTS {
            self.at_points(shift, |_, after| super::claim::put(&mut cells, grid, factor * after, mass));
        }
        cells
    }
}
