//! What are the losses of one event, when controls may or may not act on it?
//!
//! An event that happens costs one of a few things, each with its chance: one for every set of
//! controls that may act on it. Controls that only prevent need no such list, for they change how
//! many events there are and nothing about them.

use crate::engine::event::{
    ActionState, AmountChange, ChanceChange, NEXT_TO_NOTHING, RiskState, action_state, risk_state,
};
use crate::engine::loss::LossModel;
use crate::engine::values::Values;
use crate::model::{ControlId, EstimateId, ObligationId, RiskId};
use crate::stats::distribution::Stage;
use crate::units::Arithmetic;

use super::law::{Law, Moments};
use super::layer::Terms;
use super::moments;

/// Controls that limit loss on one risk, at most: 2¹⁰ sets of them are enough work.
pub const MOST_LIMITING: usize = 10;

/// One amount that an event may cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn {
    /// The risk.
    pub risk: RiskId,
    /// The range; the scale itself where there is none.
    pub severity: Option<EstimateId>,
    /// What a draw is multiplied by.
    pub scale: f64,
    /// Its place among the amounts of the risk.
    pub part: usize,
    /// Money per hour, where it is a standstill.
    pub price: Option<f64>,
    /// Whether a policy covers it.
    pub covered: bool,
    /// A time of which it is known whether the next stage came.
    pub tilt: Option<Tilt>,
}

/// What became of the next stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tilt {
    /// Whether it came.
    pub stage: Stage,
    /// How often it comes within one unit of the range.
    pub rate: f64,
}

/// What stands for single amounts, and for what a policy leaves of several of one event.
pub struct Leaves<'a, L> {
    /// Of one amount.
    pub amount: &'a (dyn Fn(&Drawn) -> L + Sync),
    /// Of all covered amounts together.
    pub layer: &'a (dyn Fn(&[Drawn], &Terms) -> L + Sync),
}

impl<L> Clone for Leaves<'_, L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<L> Copy for Leaves<'_, L> {}

/// A secondary loss.
#[derive(Debug, Clone, PartialEq)]
pub struct Secondary {
    /// The chance that an event brings it.
    pub chance: f64,
    /// What it costs.
    pub amounts: Vec<Drawn>,
    /// What it costs where it does not come: the days of an event whose next stage did not come.
    pub otherwise: Vec<Drawn>,
    /// The obligation of which it is a step: it comes only where the step before came.
    pub duty: Option<ObligationId>,
}

impl Secondary {
    /// Its chance where the step before it came, or where there is none.
    fn given(&self, before: Option<&Self>) -> f64 {
        match before.filter(|before| self.follows(before)) {
            Some(before) if before.chance > 0.0 => (self.chance / before.chance).min(1.0),
            Some(_) => 0.0,
            None => self.chance,
        }
    }

    /// Whether it is a later step of the same obligation.
    fn follows(&self, before: &Self) -> bool {
        self.duty.is_some() && self.duty == before.duty
    }
}

/// What an event costs when a certain set of controls acts.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The chance of the set, times the part of own events that it lets through.
    pub own: f64,
    /// The same for events that are brought.
    pub brought: f64,
    /// The time to containment that a control promises.
    pub time: Option<EstimateId>,
    primary: Vec<Drawn>,
    secondary: Vec<Secondary>,
}

/// A risk's events in one world under one option.
#[derive(Debug, Clone, PartialEq)]
pub struct EventMix {
    /// Own events a year (their chance, where at most one happens), before any control.
    pub base: f64,
    /// The same after the controls.
    pub rate: f64,
    /// Which part of the brought events the controls let through: above one, where a control is ended that
    /// stopped some.
    pub lets_through: f64,
    own: f64,
    /// What they may cost, by the sets of controls that act.
    pub outcomes: Vec<Outcome>,
    /// The policy that pays a layer of every event.
    pub terms: Option<Terms>,
}

/// Which events are meant: own and brought ones meet the same controls, but a control may stop
/// one part of the former and another of the latter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Events {
    /// By the risk's own rate.
    Own,
    /// By other risks and shared causes.
    Brought,
}

/// Lays out a risk's events, every control of the option in full force. None where too many controls limit its loss.
pub fn event_mix(
    model: &LossModel<'_>,
    risk: RiskId,
    means: &Values<f64>,
    values: &Values<f64>,
    bought: &dyn Fn(ControlId) -> bool,
    terms: Option<&Terms>,
) -> Option<EventMix> {
    event_mix_at(model, risk, means, values, &|control| bought(control).then_some(1.0), terms)
}

/// The same at a moment at which each control has its own strength.
pub fn event_mix_at(
    model: &LossModel<'_>,
    risk: RiskId,
    means: &Values<f64>,
    values: &Values<f64>,
    strength: &dyn Fn(ControlId) -> Option<f64>,
    terms: Option<&Terms>,
) -> Option<EventMix> {
    Laid::out(model, risk, means, values, &|control| strength(control).is_some()).mix(model, values, strength, terms)
}

/// The variance of what one event of a risk costs today, before insurers and with everything that is not known at its
/// mean; infinite where there is none.
pub fn variance_of_event(model: &LossModel<'_>, risk: RiskId) -> f64 {
    let (scenario, means) = (model.scenario(), Values::means(model.scenario()).to_f64());
    let Some(mix) = event_mix(model, risk, &means, &means, &|_| false, None).filter(|mix| mix.own > 0.0) else {
        return 0.0;
    };
    let leaves = Leaves { amount: &|drawn: &Drawn| moments(scenario, drawn), layer: &|_, _| Moments::NONE };
    mix.loss(Events::Own, &Moments::NONE, leaves).variance()
}

/// A risk in one world with what controls may do to its events: all moments at which they are stronger or weaker share it.
pub struct Laid {
    risk: RiskId,
    state: RiskState<f64>,
    changes: Vec<ActionState<f64>>,
}

impl Laid {
    /// With the controls that stand at any moment.
    pub fn out(
        model: &LossModel<'_>,
        risk: RiskId,
        means: &Values<f64>,
        values: &Values<f64>,
        stands: &dyn Fn(ControlId) -> bool,
    ) -> Self {
        let scenario = model.scenario();
        let standing = model.actions(risk).iter().filter(|action| stands(action.control));
        let changes = standing.map(|action| action_state(scenario, risk, action, means, values)).collect();
        Self { risk, state: risk_state(scenario, risk, means, values), changes }
    }

    /// Its events at one moment. None where too many controls limit its loss.
    pub fn mix(
        &self,
        model: &LossModel<'_>,
        values: &Values<f64>,
        strength: &dyn Fn(ControlId) -> Option<f64>,
        terms: Option<&Terms>,
    ) -> Option<EventMix> {
        let Self { risk, state, changes } = self;
        let mut outcomes: Vec<Outcome> = Vec::new();
        for (chance, acting) in model.acting(*risk, values, strength) {
            let (mut own, mut brought) = (chance, chance);
            let mut limiting = Vec::new();
            for (action, acts) in acting {
                let Some(change) = changes.iter().find(|change| change.control == action.control) else { continue };
                if change.is_rate_only() {
                    own *= 1.0 - acts + acts * change.keeps;
                    brought *= 1.0 - acts + acts * change.keeps_brought;
                } else {
                    limiting.push((acts, change));
                }
            }
            if limiting.len() > MOST_LIMITING {
                return None;
            }
            for set in 0..1_u32 << limiting.len() {
                let (mut own, mut brought) = (own, brought);
                let mut acted = Vec::with_capacity(limiting.len());
                for (place, (acts, change)) in limiting.iter().enumerate() {
                    if set >> place & 1 == 1 {
                        own *= acts * change.keeps;
                        brought *= acts * change.keeps_brought;
                        acted.push(*change);
                    } else {
                        own *= 1.0 - acts;
                        brought *= 1.0 - acts;
                    }
                }
                if own <= 0.0 && brought <= 0.0 {
                    continue;
                }
                let amounts: Vec<&[AmountChange<f64>]> = acted.iter().map(|change| change.amounts.as_slice()).collect();
                let chances: Vec<&[ChanceChange<f64>]> =
                    acted.iter().map(|change| change.secondary.as_slice()).collect();
                let time = acted.iter().filter_map(|change: &&ActionState<f64>| change.time).next_back();
                let outcome = outcome(*risk, state, own, brought, &amounts, &chances, time, terms);
                let same = |other: &&mut Outcome| {
                    other.time == outcome.time
                        && other.primary == outcome.primary
                        && other.secondary == outcome.secondary
                };
                match outcomes.iter_mut().find(same) {
                    Some(known) => {
                        known.own += outcome.own;
                        known.brought += outcome.brought;
                    }
                    None => outcomes.push(outcome),
                }
            }
        }
        let own: f64 = outcomes.iter().map(|outcome| outcome.own).sum();
        let lets_through: f64 = outcomes.iter().map(|outcome| outcome.brought).sum();
        let terms = terms.cloned();
        let rate = state.rate * own;
        let rate = if rate > NEXT_TO_NOTHING { rate } else { 0.0 };
        Some(EventMix { base: state.rate, rate, lets_through, own, outcomes, terms })
    }
}

#[expect(clippy::too_many_arguments, reason = "an event and what controls change of it")]
fn outcome(
    risk: RiskId,
    state: &RiskState<f64>,
    own: f64,
    brought: f64,
    amounts: &[&[AmountChange<f64>]],
    chances: &[&[ChanceChange<f64>]],
    time: Option<(EstimateId, f64)>,
    terms: Option<&Terms>,
) -> Outcome {
    let drawn = |index: usize| {
        let amount = &state.amounts[index];
        let covered = terms.is_some_and(|terms| terms.covers[index]);
        let changes = || amounts.iter().map(|change| &change[index]);
        let mut drawn = Drawn {
            risk,
            severity: amount.severity,
            scale: amount.scale,
            part: index,
            price: None,
            covered,
            tilt: None,
        };
        let mut hours = amount.hours;
        if let Some((severity, scale)) = changes().find_map(|change| change.becomes) {
            drawn = Drawn { severity: Some(severity), scale, ..drawn };
            // A new range brings its own scale of hours.
            hours = hours.map(|_| 1.0);
        }
        drawn.scale *= changes().map(|change| change.factor).product::<f64>();
        // What shortens hours leaves the price of an hour as it is; what takes off money lowers it.
        let hours = hours.map(|hours| hours * changes().map(|change| change.hours).product::<f64>());
        drawn.price = hours.map(|hours| drawn.scale.over(hours));
        drawn
    };
    // The days stand with the next stage, which the same draw decides.
    let days = state.next.and_then(|next| next.days);
    let of = |group: Option<usize>| -> Vec<Drawn> {
        let own = (0..state.amounts.len()).filter(|&index| state.amounts[index].secondary == group);
        own.filter(|index| Some(*index) != days).map(drawn).collect()
    };
    let secondary = state.secondary.iter().enumerate().map(|(group, chance)| {
        let changes = || chances.iter().map(|change| &change[group]);
        let chance = changes().find_map(|change| change.becomes).unwrap_or(*chance);
        let chance = chance * changes().map(|change| change.factor).product::<f64>();
        let (mut amounts, mut otherwise) = (of(Some(group)), Vec::new());
        if let Some((next, days)) = state.next.filter(|next| next.secondary == group).zip(days) {
            let (_, scale) = time.unwrap_or((next.time, next.scale));
            let tilt = |stage: Stage| Some(Tilt { stage, rate: next.rate * scale });
            amounts.push(Drawn { tilt: tilt(Stage::Came), ..drawn(days) });
            otherwise.push(Drawn { tilt: tilt(Stage::Kept), ..drawn(days) });
        }
        Secondary { chance, amounts, otherwise, duty: state.duties[group] }
    });
    let secondary = secondary.collect();
    Outcome { own, brought, time: time.map(|(time, _)| time), primary: of(None), secondary }
}

impl Outcome {
    /// Every amount that it may cost.
    pub fn amounts(&self) -> impl Iterator<Item = &Drawn> {
        self.primary.iter().chain(self.secondary.iter().flat_map(|secondary| &secondary.amounts))
    }

    fn loss<L: Law>(&self, nothing: &L, leaves: Leaves<'_, L>) -> L {
        let mut loss = nothing.clone();
        self.primary.iter().for_each(|drawn| loss.and(&(leaves.amount)(drawn)));
        // From the last to the first: what follows a step is part of what that step brings.
        let mut rest: Option<L> = None;
        for (place, secondary) in self.secondary.iter().enumerate().rev() {
            let mut together = rest.take().unwrap_or_else(|| nothing.clone());
            secondary.amounts.iter().for_each(|drawn| together.and(&(leaves.amount)(drawn)));
            let before = place.checked_sub(1).and_then(|place| self.secondary.get(place));
            let chance = secondary.given(before);
            if secondary.otherwise.is_empty() {
                together.with_chance(chance);
            } else {
                let mut kept = nothing.clone();
                secondary.otherwise.iter().for_each(|drawn| kept.and(&(leaves.amount)(drawn)));
                let mut either = nothing.zero();
                either.add(chance, &together);
                either.add(1.0 - chance, &kept);
                together = either;
            }
            if before.is_some_and(|before| secondary.follows(before)) {
                rest = Some(together);
            } else {
                loss.and(&together);
            }
        }
        loss
    }

    /// Every combination of secondary losses with its chance, and the amounts that it costs. Those
    /// in which nothing is `seen` of a secondary loss are not told apart.
    pub fn combinations(&self, seen: &dyn Fn(&Drawn) -> bool) -> Vec<(f64, Vec<Drawn>)> {
        let told = self.secondary.iter().filter(|secondary| secondary.amounts.iter().any(seen));
        // By combination: its chance, its amounts, and whether the last one told came.
        let mut found = vec![(1.0, self.primary.clone(), true)];
        let mut before: Option<&Secondary> = None;
        for secondary in told {
            let follows = before.is_some_and(|before| secondary.follows(before));
            let given = secondary.given(before);
            let mut next = Vec::with_capacity(2 * found.len());
            for (chance, amounts, came) in found {
                let comes = if follows && !came { 0.0 } else { given };
                if comes > 0.0 {
                    let more: Vec<Drawn> = amounts.iter().chain(&secondary.amounts).copied().collect();
                    next.push((chance * comes, more, true));
                }
                if comes < 1.0 {
                    let less: Vec<Drawn> = amounts.into_iter().chain(secondary.otherwise.iter().copied()).collect();
                    next.push((chance * (1.0 - comes), less, false));
                }
            }
            found = next;
            before = Some(secondary);
        }
        found.into_iter().map(|(chance, amounts, _)| (chance, amounts)).collect()
    }

    /// Which secondary losses come decides what the policy sees: each combination with its chance.
    fn insured<L: Law>(&self, terms: &Terms, nothing: &L, leaves: Leaves<'_, L>) -> L {
        let mut sum = nothing.zero();
        for (chance, amounts) in self.combinations(&|_| true) {
            let (covered, open): (Vec<Drawn>, Vec<Drawn>) = amounts.into_iter().partition(|drawn| drawn.covered);
            let mut loss = if covered.is_empty() { nothing.clone() } else { (leaves.layer)(&covered, terms) };
            open.iter().for_each(|drawn| loss.and(&(leaves.amount)(drawn)));
            sum.add(chance, &loss);
        }
        sum
    }
}

impl EventMix {
    /// The amounts of an event that always costs the same kinds of loss: primary ones, and secondary
    /// ones with their chances.
    pub fn plain(&self) -> Option<(&[Drawn], &[Secondary])> {
        match self.outcomes.as_slice() {
            [outcome]
                if self.terms.is_none()
                    && outcome.secondary.iter().all(|s| s.duty.is_none() && s.otherwise.is_empty()) =>
            {
                Some((&outcome.primary, &outcome.secondary))
            }
            _ => None,
        }
    }

    /// The loss of one event that happens.
    pub fn loss<L: Law>(&self, events: Events, nothing: &L, leaves: Leaves<'_, L>) -> L {
        let weight = |outcome: &Outcome| match events {
            Events::Own => outcome.own / self.own,
            Events::Brought => outcome.brought / self.lets_through,
        };
        let mut possible = self.outcomes.iter().filter(|outcome| weight(outcome) > 0.0).peekable();
        let Some(first) = possible.next() else { return nothing.clone() };
        let of = |outcome: &Outcome| match &self.terms {
            Some(terms) => outcome.insured(terms, nothing, leaves),
            None => outcome.loss(nothing, leaves),
        };
        if possible.peek().is_none() {
            return of(first);
        }
        let mut sum = nothing.zero();
        sum.add(weight(first), &of(first));
        possible.for_each(|outcome| sum.add(weight(outcome), &of(outcome)));
        sum
    }

    /// What the transform of an event's loss costs a cell, about: each amount is put on the grid and transformed,
    /// under a policy each combination of amounts that it sees twice more.
    pub fn work(&self) -> f64 {
        const TRANSFORM: f64 = 30.0;
        let of = |outcome: &Outcome| {
            let amounts = outcome.primary.len()
                + outcome
                    .secondary
                    .iter()
                    .map(|secondary| secondary.amounts.len() + secondary.otherwise.len())
                    .sum::<usize>();
            let layers = if self.terms.is_some() { libm::exp2(outcome.secondary.len() as f64 + 1.0) } else { 0.0 };
            TRANSFORM * (amounts as f64 + layers)
        };
        self.outcomes.iter().map(of).sum()
    }

    /// Every amount that an event may cost.
    pub fn drawn(&self) -> impl Iterator<Item = &Drawn> {
        self.outcomes.iter().flat_map(|outcome| {
            outcome.primary.iter().chain(
                outcome.secondary.iter().flat_map(|secondary| secondary.amounts.iter().chain(&secondary.otherwise)),
            )
        })
    }
}
