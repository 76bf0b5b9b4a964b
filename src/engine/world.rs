//! What might the world be, of which we know only ranges?
//!
//! One draw of everything that we do not know: a number for every estimate. A rate, a chance, a
//! reduction is the value of its range at a uniform number; a per-event estimate with `doubt` has
//! its mean multiplied by a lognormal factor of mean 1, within ÷(1 + doubt) and ×(1 + doubt) nine
//! times in ten (a chance is then at most 1, the factor raised so that it keeps its mean); all others
//! keep their means, for their ranges are luck. Given such a world, the formulas of the mean give its
//! conditional mean, and what is left is luck alone.

use std::collections::BTreeSet;

use crate::model::{Change, Count, Estimate, EstimateId, Factor, Multiplies, Role, Scenario, Taken};
use crate::stats::special::{normal_quantile, normal_sf};
use crate::stats::{Distribution, Fixed};
use crate::units::{Arithmetic, Figure, Kind};

use super::failure::shared_reliabilities;
use super::system::own_rate;
use super::values::Values;

/// The 95 % point of the standard normal.
const Z_95: f64 = 1.644_853_626_951_472_7;

/// Everything in a scenario that is not known.
#[derive(Debug, Clone)]
pub struct Knowledge<'s> {
    scenario: &'s Scenario,
    means: Values<f64>,
    unknowns: Vec<Unknown>,
    shared_reliabilities: Vec<EstimateId>,
}

/// One thing that is not known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unknown {
    /// Its estimate.
    pub estimate: EstimateId,
    /// How it differs from its mean.
    pub draw: Draw,
}

/// How an unknown is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Draw {
    /// From the range itself.
    Range,
    /// The mean times a lognormal factor.
    Doubt {
        /// The deviation of its logarithm.
        sigma: f64,
        /// What the factor is multiplied by so that a chance, which cannot pass 1, keeps its mean.
        scale: f64,
    },
}

impl<'s> Knowledge<'s> {
    /// Lists what is not known, for years: but a chance that in part of its range would pass 1 there
    /// stands at its average.
    pub fn new(scenario: &'s Scenario, means: &Values<Figure>) -> Self {
        let mut knowledge = Self::of_averages(scenario, means);
        let capped = capped(scenario);
        knowledge.unknowns.retain(|unknown| !capped.contains(&unknown.estimate));
        knowledge
    }

    /// Lists what is not known, for averages, which follow every chance in a straight line.
    pub fn of_averages(scenario: &'s Scenario, means: &Values<Figure>) -> Self {
        let means = means.to_f64();
        let unknowns = scenario
            .estimates()
            .entries()
            .filter_map(|(id, estimate)| {
                let draw = match (estimate.role, estimate.doubt) {
                    (Role::Knowledge, _) if !estimate.is_fixed() => Draw::Range,
                    (Role::Luck, Some(doubt)) => {
                        let sigma = libm::log1p(f64::from_decimal(doubt)) / Z_95;
                        let bounded = estimate.kind == Kind::Chance;
                        Draw::Doubt { sigma, scale: if bounded { capped_scale(means.get(id), sigma) } else { 1.0 } }
                    }
                    _ => return None,
                };
                Some(Unknown { estimate: id, draw })
            })
            .collect();
        Self { scenario, means, unknowns, shared_reliabilities: shared_reliabilities(scenario) }
    }

    /// What is not known, in file order.
    pub fn unknowns(&self) -> &[Unknown] {
        &self.unknowns
    }

    /// The world in which everything has its mean.
    pub fn means(&self) -> &Values<f64> {
        &self.means
    }

    /// Reliabilities of controls that share failures with another one: where they are not known, rates are no straight
    /// lines in them.
    pub fn shared_reliabilities(&self) -> &[EstimateId] {
        &self.shared_reliabilities
    }

    /// Of which scenario.
    pub fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    /// An estimate.
    pub fn estimate(&self, id: EstimateId) -> &Estimate {
        self.scenario.estimate(id)
    }

    /// The range of an estimate.
    pub fn distribution(&self, id: EstimateId) -> &Distribution {
        &self.scenario.estimate(id).distribution
    }

    /// What an unknown is over its mean, as a range; a doubted chance is not cut here.
    pub fn relative(&self, unknown: &Unknown) -> Distribution {
        match unknown.draw {
            Draw::Range => self.distribution(unknown.estimate).scaled(1.0 / self.means.get(unknown.estimate)),
            Draw::Doubt { sigma, .. } => Distribution::lognormal_from_mean_sd(1.0, libm::expm1(sigma * sigma).sqrt())
                .unwrap_or(Distribution::Fixed(Fixed::ONE)),
        }
    }

    /// The value of an unknown at a uniform number.
    pub fn value(&self, unknown: &Unknown, uniform: f64) -> f64 {
        let estimate = self.scenario.estimate(unknown.estimate);
        match unknown.draw {
            Draw::Range => estimate.distribution.quantile(uniform),
            Draw::Doubt { sigma, scale } => {
                let factor = libm::exp(sigma * normal_quantile(uniform) - 0.5 * sigma * sigma);
                let value = self.means.get(unknown.estimate) * scale * factor;
                if estimate.kind == Kind::Chance { value.min(1.0) } else { value }
            }
        }
    }
}

/// Chances that growth, the end of a control or a new value may take above 1 in a part of their range.
///
/// Of one event or none only the average of the chance matters, so that the average may stand for it: it
/// is at most 1, or the file is at fault.
fn capped(scenario: &Scenario) -> BTreeSet<EstimateId> {
    let top = |id: EstimateId| scenario.estimate(id).distribution.support().1;
    let mut capped = BTreeSet::new();
    let assumptions = scenario.assumptions();
    let step = 1.0 + f64::from_decimal(assumptions.growth.rates.get());
    let growth = libm::pow(step, assumptions.horizon.saturating_sub(1) as f64).max(1.0);
    let effects: Vec<_> = scenario.controls().iter().flat_map(|control| &control.effects).collect();
    for (index, risk) in scenario.risks().entries() {
        let acting = || effects.iter().filter(move |effect| effect.risk == index);
        // A control that is ended has a reduction below zero.
        let more = |on: &dyn Fn(Factor) -> bool| -> f64 {
            let factors = acting().filter(|effect| on(effect.factor)).filter_map(|effect| match effect.change {
                Change::Reduction(id) => Some(1.0 - scenario.estimate(id).mean().to_f64()),
                Change::Becomes(_) => None,
            });
            factors.filter(|factor| *factor > 1.0).product()
        };
        if more(&|factor| factor.multiplies() == Multiplies::SecondaryChances) > 1.0 {
            capped.extend(risk.secondary.iter().flat_map(|secondary| &secondary.chance));
        }
        if risk.count != Count::AtMostOne {
            continue;
        }
        let own = own_rate(risk);
        let today: f64 = own.iter().map(|(_, id)| top(*id)).product();
        let new: Vec<(Factor, EstimateId)> = acting()
            .filter(|effect| effect.factor.is_rate() && effect.factor.taken() == Taken::AsItIs)
            .filter_map(|effect| match effect.change {
                Change::Becomes(id) => Some((effect.factor, id)),
                Change::Reduction(_) => None,
            })
            .collect();
        let most = 1.0 + 1e-9;
        let grown = growth * more(&Factor::is_rate);
        if today * grown > most {
            capped.extend(own.iter().map(|(_, id)| *id));
        }
        for (factor, id) in new {
            // What it stands beside: a new frequency stands alone, and today's keeps its range.
            let others = || own.iter().filter(|(other, _)| *other != factor).map(|(_, id)| *id);
            if others().map(top).product::<f64>() * top(id) * grown > most {
                capped.extend(others().chain([id]));
            }
        }
    }
    capped
}

/// c with E\[min(1, c·p·D)\] = p for the lognormal D of mean 1: bisection on its limited mean.
fn capped_scale(chance: f64, sigma: f64) -> f64 {
    if !(chance > 0.0 && chance < 1.0) {
        return 1.0;
    }
    let mean = |scale: f64| {
        let m = scale * chance;
        let z = (-libm::log(m) + 0.5 * sigma * sigma) / sigma;
        // E[min(1, mD)] = m Φ(z − σ) + P(mD > 1), z the cap in standard units.
        m * normal_sf(sigma - z) + normal_sf(z)
    };
    let (mut low, mut high) = (1.0, 2.0);
    while mean(high) < chance && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if mean(middle) < chance { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::quadrature::tanh_sinh;

    #[test]
    fn a_doubted_chance_keeps_its_mean_below_one() {
        for (chance, sigma) in [(0.3, 0.16), (0.8, 0.3), (0.97, 0.8)] {
            let scale = capped_scale(chance, sigma);
            let value =
                |u: f64| (chance * scale * libm::exp(sigma * normal_quantile(u) - 0.5 * sigma * sigma)).min(1.0);
            let mean = tanh_sinh(|at| value(at.x), 1e-300, 1.0 - 1e-16, 1e-10).value;
            assert!((mean - chance).abs() < 1e-6, "{chance} {sigma}: {mean}");
        }
    }
}
