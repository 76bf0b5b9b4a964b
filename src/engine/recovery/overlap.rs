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
use crate::stats::lattice::{Grid, add_amount};
use crate::stats::lattice_rule::LatticeRule;

use super::knowledge::{Bounded, Care};
use super::terms::Terms;

/// Points of the rule, a prime, and its shifts.
const POINTS: u64 = 1_021;
const SHIFTS: u64 = 4;
/// So many events of single amounts are looked at one by one.
const MOST_SINGLE: usize = 4_096;

/// An event of which several policies pay.
pub struct Shared<'a> {
    /// The policy that is asked about, and the others.
    policies: Vec<&'a PolicyTerms>,
    amounts: Vec<Amount>,
    /// Where all amounts are single ones: every event with its chance.
    singles: Option<Vec<(f64, Vec<f64>)>>,
}

/// The values of an amount, before they are multiplied by its factor.
pub struct Column {
    /// At every point of every shift.
    values: Vec<f64>,
    /// Single ones with their chances; none of a range.
    atoms: Vec<(f64, f64)>,
}

/// One amount of the event.
struct Amount {
    form: Form,
    column: Arc<Column>,
    factor: f64,
    price: Option<f64>,
}

/// The values of a range at every point of every shift, where it is the amount of an event at this place.
pub fn column(range: &Distribution, place: usize) -> Column {
    let rule = LatticeRule::new(POINTS, place + 1);
    let atoms = if range.is_atomic() { range.atoms() } else { Vec::new() };
    let parts = parts(range);
    let mut values = vec![0.0; parts.len() * SHIFTS as usize];
    for (shift, values) in (1..=SHIFTS).zip(values.chunks_mut(parts.len())) {
        let moved = rule.shift(shift);
        let coordinates: Vec<f64> = (0..rule.points()).map(|index| rule.coordinate(index, place, &moved)).collect();
        if !atoms.is_empty() {
            // Between two single amounts there is none.
            values.iter_mut().zip(coordinates).for_each(|(value, chance)| *value = range.quantile(chance));
            continue;
        }
        let mut order: Vec<usize> = (0..coordinates.len()).collect();
        order.sort_by(|a, b| coordinates[*a].total_cmp(&coordinates[*b]));
        order.into_iter().zip(&parts).for_each(|(index, part)| values[index] = *part);
    }
    Column { values, atoms }
}

/// Every event of single amounts with its chance; none where an amount is a range, or there are too many.
fn singles(amounts: &[Amount]) -> Option<Vec<(f64, Vec<f64>)>> {
    amounts.iter().try_fold(vec![(1.0, Vec::new())], |events: Vec<(f64, Vec<f64>)>, amount| {
        let atoms = &amount.column.atoms;
        if atoms.is_empty() || events.len() * atoms.len() > MOST_SINGLE {
            return None;
        }
        let with = |(chance, values): &(f64, Vec<f64>), (value, mass): (f64, f64)| {
            (chance * mass, values.iter().copied().chain([value]).collect())
        };
        Some(events.iter().flat_map(|event| atoms.iter().map(move |atom| with(event, *atom))).collect())
    })
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
        columns: &dyn Fn(&Drawn, usize) -> Arc<Column>,
        forms: &dyn Fn(&Drawn) -> Form,
        amounts: &[Drawn],
        money: f64,
    ) -> Option<Self> {
        let risk = amounts.first()?.risk;
        // Whoever meets it, or meets one that meets it: they have one cap.
        let mut group = vec![terms];
        let mut waiting: Vec<&Terms> = others.filter(|other| other.covers_any(risk)).collect();
        while let Some(place) = waiting.iter().position(|one| group.iter().any(|other| one.meets(other, risk))) {
            group.push(waiting.swap_remove(place));
        }
        let mut pairs =
            group.iter().enumerate().flat_map(|(place, one)| group[..place].iter().map(move |other| (one, other)));
        if pairs.all(|(one, other)| one.is_apart_from(other, risk)) {
            return None;
        }
        let amounts: Vec<Amount> = amounts
            .iter()
            .enumerate()
            .map(|(place, drawn)| Amount {
                form: forms(drawn),
                column: columns(drawn, place),
                factor: drawn.scale * money,
                price: drawn.price.map(|price| price * money),
            })
            .collect();
        let singles = singles(&amounts);
        Some(Self { policies: group.into_iter().map(|terms| &terms.of).collect(), amounts, singles })
    }

    /// Calls with the layer of the first policy before and after the cut, at every point of a shift.
    fn at_points(&self, shift: u64, call: impl FnMut(f64, f64)) {
        let from = ((shift - 1) * POINTS) as usize;
        let value = |place: usize, index: usize| self.amounts[place].column.values[from + index];
        self.at(POINTS as usize, &value, call);
    }

    /// The same for so many events, by the values of their amounts.
    fn at(&self, events: usize, value: &dyn Fn(usize, usize) -> f64, mut call: impl FnMut(f64, f64)) {
        let (mut event, mut components) = (Settlement::default(), Vec::new());
        for index in 0..events {
            components.clear();
            components.extend(self.amounts.iter().enumerate().map(|(place, amount)| {
                let size = amount.factor * value(place, index);
                let hours = amount.price.map(|price| if price > 0.0 { size / price } else { 0.0 });
                Component { form: amount.form, amount: size, hours }
            }));
            event.begin(self.policies.iter().copied(), &components);
            call(event.whole_layer(0), event.layer(0));
        }
    }

    /// The mean of what the others cut off of one amount, and how far half as many parts are from it.
    fn cut_of_one(&self, amount: &Amount) -> Bounded {
        let mut parts = amount.column.values[..POINTS as usize].to_vec();
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
        if let Some(events) = &self.singles {
            let mut sum = 0.0;
            self.at_singles(events, |chance, before, after| sum += chance * (before - after));
            return (sum, 0.0);
        }
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

    /// Calls with the chance of every event of single amounts, and the layer of the first policy before and after the cut.
    fn at_singles(&self, events: &[(f64, Vec<f64>)], mut call: impl FnMut(f64, f64, f64)) {
        let mut chances = events.iter().map(|(chance, _)| *chance);
        self.at(events.len(), &|place, index| events[index].1[place], |before, after| {
            call(chances.next().unwrap_or(0.0), before, after);
        });
    }

    /// The chances of what is paid, on a grid.
    pub fn paid(&self, grid: &Grid) -> Vec<f64> {
        let mut cells = vec![0.0; grid.cells()];
        if let Some(events) = &self.singles {
            self.at_singles(events, |chance, _, after| add_amount(after, chance, grid, &mut cells));
            return cells;
        }
        let mass = 1.0 / (SHIFTS * POINTS) as f64;
        for shift in 1..=SHIFTS {
            self.at_points(shift, |_, after| add_amount(after, mass, grid, &mut cells));
        }
        cells
    }
}
