//! What can one event of a risk cost, in one world, with these controls?
//!
//! The loss of an event is a sum of amounts, some of which come only with a chance (secondary
//! loss). A control acts on an event or does not; where it acts, the event may not happen at all,
//! amounts shrink, or are drawn from another range. This page lays out a risk with numbers in
//! place of estimates, so that the exact and the simulated year read the same thing.

use crate::model::{Change, EstimateId, Factor, Form, Scenario};

use super::loss::{Action, LossModel, Part, became, components, is_rate, part_terms, rate_terms};
use super::values::Values;

/// A risk in one world.
#[derive(Debug, Clone)]
pub struct RiskState {
    /// Own loss events a year today; the chance of one where at most one happens.
    pub rate: f64,
    /// What an event costs: one amount for each component, in the order of the means.
    pub amounts: Vec<Amount>,
    /// The chance of each secondary loss.
    pub secondary: Vec<f64>,
}

/// One amount of an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// The range that it is drawn from; the scale itself where there is none.
    pub severity: Option<EstimateId>,
    /// What a draw is multiplied by.
    pub scale: f64,
    /// The secondary loss that it belongs to; it always happens where there is none.
    pub secondary: Option<usize>,
    /// The form of loss that it counts as.
    pub form: Form,
    /// Money per hour of standstill, where the amount is one: its range is in hours.
    pub price: Option<f64>,
}

/// What one control does to an event that it acts on.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionState {
    /// Index of the control.
    pub control: usize,
    /// Which part of the risk's own events it lets through. Above one where it makes them more.
    pub keeps: f64,
    /// The same for events that are brought.
    pub keeps_brought: f64,
    /// What it does to each amount.
    pub amounts: Vec<AmountChange>,
    /// What it does to the chance of each secondary loss.
    pub secondary: Vec<ChanceChange>,
}

/// What a control does to one amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AmountChange {
    /// It is multiplied by this.
    pub factor: f64,
    /// And drawn from this range instead (with the world's scale of it).
    pub becomes: Option<(EstimateId, f64)>,
}

/// What a control does to the chance of a secondary loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChanceChange {
    /// It is multiplied by this.
    pub factor: f64,
    /// After it became this.
    pub becomes: Option<f64>,
}

impl AmountChange {
    const NONE: Self = Self { factor: 1.0, becomes: None };
}

impl ChanceChange {
    const NONE: Self = Self { factor: 1.0, becomes: None };
}

impl ActionState {
    /// Whether it does no more than to let fewer (or more) events through.
    pub fn is_rate_only(&self) -> bool {
        self.amounts.iter().all(|change| *change == AmountChange::NONE)
            && self.secondary.iter().all(|change| *change == ChanceChange::NONE)
    }
}

/// A risk with the numbers of a world.
pub fn risk_state(scenario: &Scenario, risk: usize, means: &Values<f64>, values: &Values<f64>) -> RiskState {
    let item = &scenario.risks()[risk];
    let amounts = components(item)
        .into_iter()
        .map(|part| {
            let secondary = if let Part::Secondary(index, _) = part { Some(index) } else { None };
            let drawn = severity(scenario, risk, part);
            let terms = part_terms(scenario, item, part, values);
            // The chance of a secondary loss and the draw itself stand apart from the scale.
            let fixed: f64 = terms
                .iter()
                .filter(|(factor, _)| *factor != Some(Factor::SecondaryChance) && (drawn.is_none() || factor.is_none()))
                .map(|(_, number)| number)
                .product();
            let doubt = drawn.map_or(1.0, |id| ratio(values.get(id), means.get(id)));
            Amount {
                severity: drawn,
                scale: fixed * doubt,
                secondary,
                form: part.form(),
                price: (part == Part::Outage).then_some(fixed),
            }
        })
        .collect();
    RiskState {
        rate: rate_terms(item, values).iter().map(|(_, number)| number).product(),
        amounts,
        secondary: item.secondary.iter().map(|secondary| values.get(secondary.chance)).collect(),
    }
}

/// What a control does to the events of a risk, in a world.
pub fn action_state(
    scenario: &Scenario,
    risk: usize,
    action: &Action<'_>,
    means: &Values<f64>,
    values: &Values<f64>,
) -> ActionState {
    let item = &scenario.risks()[risk];
    let parts = components(item);
    let mut state = ActionState {
        control: action.control,
        keeps: 1.0,
        keeps_brought: 1.0,
        amounts: vec![AmountChange::NONE; parts.len()],
        secondary: vec![ChanceChange::NONE; item.secondary.len()],
    };
    for effect in &action.effects {
        match effect.change {
            Change::Reduction(id) => {
                let left = 1.0 - values.get(id);
                if is_rate(effect.factor) {
                    state.keeps *= left;
                    state.keeps_brought *= left;
                } else if effect.factor == Factor::SecondaryChance {
                    state.secondary.iter_mut().for_each(|change| change.factor *= left);
                } else {
                    let reduced =
                        parts.iter().zip(&mut state.amounts).filter(|(part, _)| part.is_reduced_by(effect.factor));
                    reduced.for_each(|(_, change)| change.factor *= left);
                }
            }
            Change::Becomes(id) => {
                let replaced = if effect.factor == Factor::Resistance { Factor::Vulnerability } else { effect.factor };
                if is_rate(effect.factor) {
                    let old = rate_terms(item, values).into_iter().find(|(factor, _)| *factor == Some(replaced));
                    state.keeps *= old.map_or(1.0, |(_, old)| ratio(became(item, effect.factor, id, values), old));
                    state.keeps_brought *= values.kept(risk, id);
                } else if effect.factor == Factor::SecondaryChance {
                    state.secondary.iter_mut().for_each(|change| change.becomes = Some(values.get(id)));
                } else {
                    for (part, change) in parts.iter().zip(&mut state.amounts) {
                        let terms = part_terms(scenario, item, *part, values);
                        if terms.iter().any(|(factor, _)| *factor == Some(replaced)) {
                            let price: f64 = if *part == Part::Outage {
                                terms.iter().filter(|(factor, _)| factor.is_none()).map(|(_, number)| number).product()
                            } else {
                                1.0
                            };
                            change.becomes = Some((id, price * ratio(values.get(id), means.get(id))));
                        }
                    }
                }
            }
        }
    }
    state
}

/// The range that a part of an event's loss is drawn from.
fn severity(scenario: &Scenario, risk: usize, part: Part) -> Option<EstimateId> {
    let item = &scenario.risks()[risk];
    let of = |losses: &[crate::model::Loss], form: Form| losses.iter().find(|loss| loss.form == form).map(|l| l.amount);
    match part {
        Part::Primary(form) => of(&item.primary, form),
        Part::Asset => None,
        Part::Outage => item.outage.map(|outage| outage.duration),
        Part::Secondary(index, form) => of(&item.secondary[index].losses, form),
    }
}

fn ratio(new: f64, old: f64) -> f64 {
    if old == 0.0 { if new == 0.0 { 1.0 } else { 0.0 } } else { new / old }
}

/// The controls that act on a risk with their chances, by the states of shared failures.
pub fn acting_states<'m>(
    model: &'m LossModel<'_>,
    risk: usize,
    values: &Values<f64>,
    bought: &dyn Fn(usize) -> bool,
) -> Vec<(f64, Vec<(&'m Action<'m>, f64)>)> {
    model.acting(risk, values, &|control| bought(control).then_some(1.0))
}
