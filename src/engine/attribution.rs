//! What does each control of a plan add?
//!
//! Controls that act on the same events share what they save: no control may claim it whole. Three
//! answers, each the value today of loss avoided less the control's own cost:
//!
//! - **alone**: the control and nothing else;
//! - **last in**: what the plan would lose without it;
//! - **Shapley value**: its mean over all orders in which the plan could be bought (Shapley 1953).
//!   These, and only these, add up to the value of the plan.
//!
//! The mean over all orders is an integral over one number (Owen 1972): with every other control
//! bought with chance q, ∫₀¹ ∂loss/∂xₐ(q, …, q) dq. The loss is a sum of products (`terms`), so the
//! integrand is a polynomial in q and Gauss points give it exactly, for any number of controls. See
//! `docs/model/attribution.md`.

use std::collections::BTreeMap;

use super::cashflow::{begins, yearly_loss};
use super::discounted_growth;
use super::loss::LossModel;
use super::money::costs::ControlCosts;
use super::money::flows::{Discounting, Flow};
use super::recovery::Share;
use super::system::Cluster;
use super::terms::{Product, Products, present_loss};
use super::values::Values;
use crate::model::{ControlId, Plan, RiskId};
use crate::stats::gauss::{Nodes, jacobi};
use crate::units::Figure;

/// What one control adds to a plan, in today's money, its own cost taken off and the time that it saves counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contribution {
    /// The control.
    pub control: ControlId,
    /// Present value of its own cost.
    pub cost: Figure,
    /// Its value if nothing else is bought.
    pub alone: Figure,
    /// What the plan would lose without it.
    pub last_in: Figure,
    /// Its fair share of the plan's value.
    pub shapley: Figure,
}

/// What each control of a plan adds, in the plan's order; `insured` is what each changes in what insurers pay.
///
/// `growth` is what one of today's yearly loss is by year.
pub fn contributions(
    model: &LossModel<'_>,
    plan: &Plan,
    costs: &[ControlCosts],
    means: &Values<Figure>,
    growth: &[Figure],
    insured: &[Share],
) -> Vec<Contribution> {
    let scenario = model.scenario();
    let discounting = Discounting::of(scenario.assumptions());
    let with = |keep: &dyn Fn(ControlId) -> bool| Plan {
        controls: plan.controls.iter().copied().filter(|planned| keep(planned.control)).collect(),
        drops: Vec::new(),
        ..plan.clone()
    };
    let (nothing, whole) = (with(&|_| false), with(&|_| true));
    // Loss avoided on the clusters that a control touches, between two sets of controls.
    let avoided = |control: ControlId, less: &Plan, more: &Plan| -> Figure {
        let touches = |risk: &RiskId| model.actions(*risk).iter().any(|action| action.control == control);
        let mut flows = Vec::new();
        for cluster in model.clusters().iter().filter(|cluster| cluster.risks.iter().any(touches)) {
            let (before, after) = (yearly_loss(model, less, cluster, means), yearly_loss(model, more, cluster, means));
            let begins = begins(model, plan, cluster);
            let saved = |t: usize| Flow::over(t, begins, (before[t] - after[t]) * growth[t]);
            flows.extend((1..growth.len()).map(saved));
        }
        discounting.present_value(&flows)
    };
    let factors = |cluster: &Cluster| discounted_growth(scenario, begins(model, plan, cluster));
    let products = present_loss(model, &means.to_f64(), &plan.controls, &factors);
    let shares = shapley(&products);
    let paid = |more: f64| if more == 0.0 { Figure::ZERO } else { Figure::approximate(more) };
    costs
        .iter()
        .zip(insured)
        .map(|(costs, insured)| {
            let control = costs.control;
            // Time that it saves is no cost below zero.
            let cost = discounting.present_value(&costs.flows());
            let spent = costs.present_cost(&discounting);
            let alone = avoided(control, &nothing, &with(&|other| other == control)) - spent;
            let last_in = avoided(control, &with(&|other| other != control), &whole) - spent;
            let shapley = match plan.controls.len() {
                // The only control is alone in every order.
                1 => alone,
                _ => Figure::approximate(-shares.get(&control).copied().unwrap_or(0.0)) - spent,
            };
            Contribution {
                control,
                cost,
                alone: alone + paid(insured.alone),
                last_in: last_in + paid(insured.last_in),
                shapley: shapley + paid(insured.shapley),
            }
        })
        .collect()
}

/// The Shapley value of every control that a sum of products names: the mean change of the sum when
/// it joins, over all orders.
fn shapley<I: Copy + Ord>(products: &Products<I>) -> BTreeMap<I, f64> {
    let mut shares: BTreeMap<I, f64> = BTreeMap::new();
    let mut rules: BTreeMap<usize, Nodes> = BTreeMap::new();
    for product in &products.0 {
        let degree = product.factors.len() + product.only_with.len();
        let rule = rules.entry(degree / 2 + 1).or_insert_with_key(|points| jacobi(1.0, 1.0, *points));
        for (control, change) in joins(product, rule) {
            *shares.entry(control).or_insert(0.0) += change;
        }
    }
    shares
}

/// The mean change of one product when each of its controls joins.
fn joins<I: Copy + Ord>(product: &Product<I>, rule: &Nodes) -> Vec<(I, f64)> {
    let needed = product.only_with.len() as i32;
    let left = |factor: f64, q: f64| 1.0 - q * (1.0 - factor);
    let there = |q: f64, count: i32| (0..count).fold(1.0, |power, _| power * q);
    let others = |skip: Option<I>, q: f64| -> f64 {
        product.factors.iter().filter(|(control, _)| Some(*control) != skip).map(|(_, f)| left(*f, q)).product()
    };
    let mean = |integrand: &dyn Fn(f64) -> f64| -> f64 { rule.iter().map(|(q, w)| w * integrand(*q)).sum() };
    let changes = product.factors.iter().map(|(control, factor)| {
        let change = mean(&|q| there(q, needed) * others(Some(*control), q));
        (*control, -product.weight * (1.0 - factor) * change)
    });
    let made = product.only_with.iter().map(|control| {
        let change = mean(&|q| there(q, needed - 1) * others(None, q));
        (*control, product.weight * change)
    });
    changes.chain(made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean over every order, one by one.
    fn by_orders(products: &Products<usize>, controls: usize) -> Vec<f64> {
        fn orders(left: &mut Vec<usize>, order: &mut Vec<usize>, call: &mut dyn FnMut(&[usize])) {
            if left.is_empty() {
                return call(order);
            }
            for place in 0..left.len() {
                let next = left.remove(place);
                order.push(next);
                orders(left, order, call);
                order.pop();
                left.insert(place, next);
            }
        }
        let mut sums = vec![0.0; controls];
        let mut count = 0.0;
        orders(&mut (0..controls).collect(), &mut Vec::new(), &mut |order| {
            count += 1.0;
            for (place, &control) in order.iter().enumerate() {
                let before = products.loss(&|other| order[..place].contains(&other));
                sums[control] += products.loss(&|other| order[..=place].contains(&other)) - before;
            }
        });
        sums.into_iter().map(|sum| sum / count).collect()
    }

    #[test]
    fn the_integral_is_the_mean_over_all_orders() {
        let product = |weight, factors: &[(usize, f64)], only_with: &[usize]| Product {
            weight,
            factors: factors.to_vec(),
            only_with: only_with.to_vec(),
        };
        let products = Products(vec![
            product(100.0, &[(0, 0.2), (1, 0.5), (2, 0.9), (4, 0.0)], &[]),
            product(40.0, &[(1, 0.7), (3, 1.3), (5, 0.4)], &[]),
            product(7.0, &[(0, 0.6), (2, 0.1)], &[3, 5]),
            product(11.0, &[], &[]),
        ]);
        let shares = shapley(&products);
        let orders = by_orders(&products, 6);
        for (control, expected) in orders.iter().enumerate() {
            let found = shares.get(&control).copied().unwrap_or(0.0);
            assert!((found - expected).abs() < 1e-12, "{control}: {found} is not {expected}");
        }
        let sum: f64 = shares.values().sum();
        assert!((sum - (products.loss(&|_| true) - products.loss(&|_| false))).abs() < 1e-12);
    }
}
