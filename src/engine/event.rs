//! What can one event of a risk cost, in one world, with these controls?
//!
//! The loss of an event is a sum of amounts, some of which come only with a chance (secondary
//! loss). A control acts on an event or does not; where it acts, the event may not happen at all,
//! amounts shrink, or are drawn from another range. This page lays out a risk with numbers in
//! place of estimates, so that the exact and the simulated year read the same thing.

use crate::model::{Change, ControlId, EstimateId, Factor, Form, Multiplies, ObligationId, Part, RiskId, Scenario};

use super::loss::{Action, Term, became, chance_of, part_terms, rate_terms};
use super::values::Values;
use crate::units::Arithmetic;

/// What stands beside a rate that a control replaces: so little that no rate is changed by it, and yet a rate of nothing
/// has a ratio to what takes its place. Without it the new events of such a world would be lost.
pub const NEXT_TO_NOTHING: f64 = 1e-60;

/// A risk in one world.
#[derive(Debug, Clone)]
pub struct RiskState<N> {
    /// Own loss events a year today; the chance of one where at most one happens.
    pub rate: N,
    /// What an event costs: one amount for each component, in the order of the means.
    pub amounts: Vec<Amount<N>>,
    /// The chance of each secondary loss.
    pub secondary: Vec<N>,
    /// The obligation of which each is a step.
    pub duties: Vec<Option<ObligationId>>,
    /// The next stage of an event, which stands behind the secondary losses.
    pub next: Option<NextState<N>>,
}

/// A next stage: whether it comes depends on how long the event lasts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NextState<N> {
    /// Its place among the secondary losses.
    pub secondary: usize,
    /// The time from break-in to containment.
    pub time: EstimateId,
    /// What a draw of the time is multiplied by.
    pub scale: N,
    /// The place of the amount that the same draw gives: what the days cost.
    pub days: Option<usize>,
    /// How often an hour it comes.
    pub rate: f64,
}

/// One amount of an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount<N> {
    /// The range that it is drawn from; the scale itself where there is none.
    pub severity: Option<EstimateId>,
    /// What a draw is multiplied by.
    pub scale: N,
    /// The secondary loss that it belongs to; it always happens where there is none.
    pub secondary: Option<usize>,
    /// The form of loss that it counts as.
    pub form: Form,
    /// What a draw is multiplied by to give hours, where the amount is an outage: its range is in hours.
    pub hours: Option<N>,
}

/// What one control does to an event that it acts on.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionState<N> {
    /// The control.
    pub control: ControlId,
    /// Which part of the risk's own events it lets through. Above one where it makes them more.
    pub keeps: N,
    /// The same for events that are brought.
    pub keeps_brought: N,
    /// What it does to each amount.
    pub amounts: Vec<AmountChange<N>>,
    /// What it does to the chance of each secondary loss; behind them, of the next stage.
    pub secondary: Vec<ChanceChange<N>>,
    /// The new time within which the next stage may come, with what a draw of it is multiplied by.
    pub time: Option<(EstimateId, N)>,
}

/// What a control does to one amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AmountChange<N> {
    /// It is multiplied by this.
    pub factor: N,
    /// And drawn from this range instead (with the world's scale of it).
    pub becomes: Option<(EstimateId, N)>,
    /// What hours are multiplied by: only what acts on the outage itself shortens it, and a range
    /// that takes the place of the old one brings the world's scale of its own.
    pub hours: N,
}

/// What a control does to the chance of a secondary loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChanceChange<N> {
    /// It is multiplied by this.
    pub factor: N,
    /// After it became this.
    pub becomes: Option<N>,
}

impl<N: Arithmetic> AmountChange<N> {
    const NONE: Self = Self { factor: N::ONE, becomes: None, hours: N::ONE };
}

impl<N: Arithmetic> ChanceChange<N> {
    const NONE: Self = Self { factor: N::ONE, becomes: None };
}

impl<N: Arithmetic + PartialEq> ActionState<N> {
    /// Whether it does no more than to let fewer (or more) events through.
    pub fn is_rate_only(&self) -> bool {
        self.amounts.iter().all(|change| *change == AmountChange::NONE)
            && self.secondary.iter().all(|change| *change == ChanceChange::NONE)
    }
}

/// A risk with the numbers of a world.
pub fn risk_state<N: Arithmetic>(
    scenario: &Scenario,
    risk: RiskId,
    means: &Values<N>,
    values: &Values<N>,
) -> RiskState<N> {
    let item = &scenario.risks()[risk];
    let parts = item.parts();
    let amounts = parts
        .iter()
        .copied()
        .map(|part| {
            let secondary = match part {
                Part::Secondary(index, _) => Some(index),
                Part::Next => Some(item.secondary.len()),
                _ => None,
            };
            let drawn = severity(scenario, risk, part);
            let terms = part_terms(scenario, item, part, values);
            // The chance of a secondary loss and the draw itself stand apart from the scale.
            let fixed = product(terms.iter().filter(|(factor, _)| {
                !matches!(factor, Some(Factor::SecondaryChance | Factor::NextStage))
                    && (drawn.is_none() || factor.is_none())
            }));
            let doubt = drawn.map_or(N::ONE, |id| values.get(id).over(means.get(id)));
            Amount {
                severity: drawn,
                scale: fixed * doubt,
                secondary,
                form: part.form(),
                hours: (part == Part::Outage).then_some(doubt),
            }
        })
        .collect();
    let mut secondary: Vec<N> = item.secondary.iter().map(|secondary| chance_of(secondary, values)).collect();
    let mut duties: Vec<Option<ObligationId>> = item.secondary.iter().map(|secondary| secondary.duty).collect();
    let next = item.dwell.and_then(|dwell| {
        let next = NextState {
            secondary: secondary.len(),
            time: dwell.time,
            scale: values.get(dwell.time).over(means.get(dwell.time)),
            days: parts.iter().position(|part| *part == Part::Dwell),
            rate: dwell.then?.rate(),
        };
        secondary.push(values.stage(dwell.time));
        duties.push(None);
        Some(next)
    });
    RiskState { rate: product(replaceable_rate(scenario, risk, values).iter()), amounts, secondary, duties, next }
}

/// What a control does to the events of a risk, in a world.
pub fn action_state<N: Arithmetic>(
    scenario: &Scenario,
    risk: RiskId,
    action: &Action<'_>,
    means: &Values<N>,
    values: &Values<N>,
) -> ActionState<N> {
    let item = &scenario.risks()[risk];
    let parts = item.parts();
    let mut state = ActionState {
        control: action.control,
        keeps: N::ONE,
        keeps_brought: N::ONE,
        amounts: vec![AmountChange::NONE; parts.len()],
        secondary: vec![ChanceChange::NONE; item.secondary.len() + usize::from(parts.contains(&Part::Next))],
        time: None,
    };
    for effect in &action.effects {
        match effect.change {
            Change::Reduction(id) => {
                let left = N::ONE - values.get(id);
                match effect.factor.multiplies() {
                    Multiplies::Events => {
                        state.keeps = state.keeps * left;
                        state.keeps_brought = state.keeps_brought * left;
                    }
                    Multiplies::SecondaryChances => {
                        let own = state.secondary.iter_mut().take(item.secondary.len());
                        own.for_each(|change| change.factor = change.factor * left);
                    }
                    multiplies => {
                        let parts = parts.iter().zip(&mut state.amounts);
                        parts.filter(|(part, _)| effect.factor.reduces(**part)).for_each(|(_, change)| {
                            change.factor = change.factor * left;
                            if multiplies == Multiplies::Hours {
                                change.hours = change.hours * left;
                            }
                        });
                    }
                }
            }
            Change::Becomes(id) => {
                let replaced = effect.factor.replaced();
                match effect.factor.multiplies() {
                    Multiplies::Events => {
                        let terms = replaceable_rate(scenario, risk, values);
                        let old = terms.iter().find(|(factor, _)| *factor == Some(replaced));
                        let new = became(item, effect.factor, id, values);
                        state.keeps = state.keeps * old.map_or(N::ONE, |(_, old)| new.over(*old));
                        state.keeps_brought = state.keeps_brought * values.kept(risk, id);
                    }
                    Multiplies::SecondaryChances => {
                        let own = state.secondary.iter_mut().take(item.secondary.len());
                        own.for_each(|change| change.becomes = Some(values.get(id)));
                    }
                    Multiplies::NextStage => {
                        if let Some(change) = state.secondary.get_mut(item.secondary.len()) {
                            change.becomes = Some(values.stage(id));
                            state.time = Some((id, values.get(id).over(means.get(id))));
                        }
                    }
                    Multiplies::Hours | Multiplies::Amounts => {
                        for (part, change) in parts.iter().zip(&mut state.amounts) {
                            let terms = part_terms(scenario, item, *part, values);
                            if effect.factor.reduces(*part) && terms.iter().any(|(factor, _)| *factor == Some(replaced))
                            {
                                let price = if matches!(part, Part::Outage | Part::Dwell) {
                                    product(terms.iter().filter(|(factor, _)| factor.is_none()))
                                } else {
                                    N::ONE
                                };
                                let doubt = values.get(id).over(means.get(id));
                                change.becomes = Some((id, price * doubt));
                                change.hours = change.hours * doubt;
                            }
                        }
                    }
                }
            }
        }
    }
    state
}

/// The factors of a risk's own rate today, none of them nothing where a control replaces it.
fn replaceable_rate<N: Arithmetic>(scenario: &Scenario, risk: RiskId, values: &Values<N>) -> Vec<Term<N>> {
    let effects = || scenario.controls().iter().flat_map(|control| &control.effects).filter(|e| e.risk == risk);
    let is_replaced = |factor: Factor| {
        effects().any(|effect| matches!(effect.change, Change::Becomes(_)) && effect.factor.replaced() == factor)
    };
    let mut terms = rate_terms(&scenario.risks()[risk], values);
    for (factor, number) in &mut terms {
        if factor.is_some_and(is_replaced) {
            *number = *number + N::from_float(NEXT_TO_NOTHING);
        }
    }
    terms
}

/// The range that a part of an event's loss is drawn from.
pub fn severity(scenario: &Scenario, risk: RiskId, part: Part) -> Option<EstimateId> {
    let item = &scenario.risks()[risk];
    let of = |losses: &[crate::model::Loss], form: Form| losses.iter().find(|loss| loss.form == form).map(|l| l.amount);
    match part {
        Part::Primary(form) => of(&item.primary, form),
        Part::Asset => None,
        Part::Outage => item.outage.map(|outage| outage.duration),
        Part::Dwell => item.dwell.map(|dwell| dwell.time),
        Part::Next => item.dwell.and_then(|dwell| dwell.then).map(|then| then.loss),
        Part::Secondary(index, form) => of(&item.secondary[index].losses, form),
    }
}

fn product<'t, N: Arithmetic + 't>(terms: impl Iterator<Item = &'t Term<N>>) -> N {
    terms.fold(N::ONE, |product, (_, number)| product * *number)
}
