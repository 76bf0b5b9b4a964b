//! What does a policy pay of an event that others pay for too, where together they could pay more
//! than the loss?
//!
//! Then the layers of all are cut in proportion, which depends on every amount of the event at once.
//! What is cut off is averaged over points of a lattice rule in the amounts; the layer itself keeps
//! its exact mean (`claim`), so that only the cut has an error, which the shifts of the rule tell.

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
    let of_shift = |shift| {
        let moved = rule.shift(shift);
        let rule = &rule;
        (0..rule.points()).map(move |index| range.quantile(rule.coordinate(index, place, &moved)))
    };
    (1..=SHIFTS).flat_map(of_shift).collect()
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
    fn at_points(&self, shift: u64, mut call: impl FnMut(f64, f64)) {
        let (mut event, mut components) = (Settlement::default(), Vec::new());
        for index in 0..POINTS {
            let place = ((shift - 1) * POINTS + index) as usize;
            components.clear();
            components.extend(self.amounts.iter().map(|Amount { form, values, factor, price }| {
                let amount = factor * values[place];
                let hours = price.map(|price| if price > 0.0 { amount / price } else { 0.0 });
                Component { form: *form, amount, hours }
            }));
            event.begin(self.policies.iter().copied(), &components);
            call(event.whole_layer(0), event.layer(0));
        }
    }

    /// The mean of what the others cut off.
    pub fn cut(&self, care: Care) -> Bounded {
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
