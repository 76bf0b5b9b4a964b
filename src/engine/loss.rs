//! What does a risk cost in an average year, with these controls at this strength?
//!
//! A risk's loss is a sum of components (a form of loss, an outage, a secondary loss), each a
//! product of factors: rate × (chance ×) amount. Every control has one act-or-not draw per event,
//! with chance w = strength × coverage × reliability, shared by all that it does to that event. So
//! over the factors of one component a control multiplies the mean by
//!
//! ```text
//! (1 − w) · Π old + w · Π new · Π (1 − reduction)
//! ```
//!
//! with old and new over the factors that it replaces, and different controls, being
//! independent but for the failures that they share (`failure`), multiply. Every unknown stands in
//! such a product once, in the first power, so its mean may be put in its place: the result is the
//! exact mean, although coverage acts on several factors together. See `docs/model/controls.md`.

use rust_decimal::Decimal;

use crate::model::{
    ByRisk, Change, ControlId, Effect, EstimateId, EventRate, Factor, Form, Part, Risk, RiskId, Scenario, Secondary,
    Table, Taken, ThreatEvents, Vulnerability,
};
use crate::units::Arithmetic;

use super::failure::{Member, failure_states};
use super::stop::Stop;
use super::system::{self, Cluster, ClusterId};
use super::values::Values;

/// A scenario laid out by risk: which controls act on which.
#[derive(Debug)]
pub struct LossModel<'s> {
    scenario: &'s Scenario,
    actions: ByRisk<Vec<Action<'s>>>,
    clusters: Table<ClusterId, Cluster>,
    cluster_of: ByRisk<ClusterId>,
    stop: Stop,
}

/// One control's effects on one risk.
#[derive(Debug)]
pub struct Action<'s> {
    /// The control.
    pub control: ControlId,
    /// Its effects on this risk.
    pub effects: Vec<&'s Effect>,
}

/// The mean figures of one risk.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskMeans<N> {
    /// Loss events a year, brought ones included.
    pub rate: N,
    /// Loss events a year that other risks and shared causes bring.
    pub brought: N,
    /// Chance that a threat event becomes a loss event; absent for a risk stated by frequency.
    pub vulnerability: Option<N>,
    /// Loss a year.
    pub annual_loss: N,
    /// Loss a year by component, in the order of [`Risk::parts`].
    pub components: Vec<N>,
}

/// Hours of a day.
const HOURS_A_DAY: Decimal = Decimal::from_parts(24, 0, 0, false, 0);

/// Stands for the loss of a next stage among the factors of a product: no control replaces it.
pub(super) const STAGE_LOSS: Factor = Factor::SecondaryLossForm(Form::Response);

/// A factor of a product: what a control may replace, and its number today.
pub(super) type Term<N> = (Option<Factor>, N);

impl<'s> LossModel<'s> {
    /// Lays out a scenario.
    pub fn new(scenario: &'s Scenario) -> Self {
        let mut actions: ByRisk<Vec<Action<'s>>> = scenario.risks().iter().map(|_| Vec::new()).collect();
        for (control, item) in scenario.controls().entries() {
            // What is in place is part of today's figures already.
            if item.in_place {
                continue;
            }
            for effect in &item.effects {
                let list = &mut actions[effect.risk];
                match list.last_mut() {
                    Some(action) if action.control == control => action.effects.push(effect),
                    _ => list.push(Action { control, effects: vec![effect] }),
                }
            }
        }
        let mut model = Self {
            scenario,
            actions,
            clusters: Table::default(),
            cluster_of: scenario.risks().every(ClusterId(0)),
            stop: Stop::default(),
        };
        model.clusters = system::clusters(&model);
        for (index, cluster) in model.clusters.entries() {
            cluster.risks.iter().for_each(|risk| model.cluster_of[*risk] = index);
        }
        model
    }

    /// The same, worked on no further once somebody asks to stop.
    pub fn until(self, stop: &Stop) -> Self {
        Self { stop: stop.clone(), ..self }
    }

    /// Whether nobody waits for the figures any more: what is worked out from here on is thrown away.
    pub fn is_stopped(&self) -> bool {
        self.stop.is_asked()
    }

    /// The risks, grouped by what binds them together.
    pub fn clusters(&self) -> &Table<ClusterId, Cluster> {
        &self.clusters
    }

    /// The cluster of a risk.
    pub fn cluster_of(&self, risk: RiskId) -> &Cluster {
        &self.clusters[self.cluster_of[risk]]
    }

    /// Where the cluster of a risk stands.
    pub fn cluster_id(&self, risk: RiskId) -> ClusterId {
        self.cluster_of[risk]
    }

    /// The scenario.
    pub fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    /// The controls that act on a risk.
    pub fn actions(&self, risk: RiskId) -> &[Action<'s>] {
        &self.actions[risk]
    }

    /// Whether no event of a risk ever costs anything, nor leads to one that might: its average event costs
    /// nothing, and no control makes something of that.
    pub fn is_harmless(&self, risk: RiskId, means: &Values<f64>) -> bool {
        let item = &self.scenario.risks()[risk];
        let costs_nothing =
            |part: Part| part_terms(self.scenario, item, part, means).iter().map(|term| term.1).product::<f64>() == 0.0;
        let adds = |effect: &&Effect| matches!(effect.change, Change::Becomes(_)) && !effect.factor.is_rate();
        item.leads_to.is_empty()
            && item.parts().into_iter().all(costs_nothing)
            && !self.actions[risk].iter().any(|action| action.effects.iter().any(adds))
    }

    /// The mean figures of a risk's events: of its own, a year, or of one that is brought to it.
    ///
    /// `strength` tells, by control, which part of its effect is in force: 0 where it is not
    /// bought, 1 at full effect, between them while it ramps up. Only the effects that `counted`
    /// lets through are counted.
    pub(super) fn events<N: Arithmetic>(
        &self,
        risk: RiskId,
        origin: Origin,
        values: &Values<N>,
        strength: &dyn Fn(ControlId) -> Option<N>,
        counted: &dyn Fn(ControlId, Factor) -> bool,
    ) -> RiskMeans<N> {
        let item = &self.scenario.risks()[risk];
        let states = self.acting(risk, values, strength);
        let became = |factor: Factor, id: EstimateId| self.became(risk, origin, factor, id, values);
        let product = |terms: &[Term<N>], reduced: &dyn Fn(Factor) -> bool| {
            let counted = |control, factor| counted(control, factor) && reduced(factor);
            states.iter().fold(N::ZERO, |sum, (chance, acting)| {
                sum + *chance * controlled(terms, acting, &became, values, &counted)
            })
        };
        let mut rate_terms = rate_terms(item, values);
        if origin == Origin::Brought {
            // It has come already: what is left of the rate is which part of such events is stopped.
            rate_terms.iter_mut().for_each(|term| term.1 = N::ONE);
        }
        let rate = product(&rate_terms, &Factor::is_rate);
        let vulnerability = rate_terms
            .iter()
            .filter(|(factor, _)| *factor == Some(Factor::Vulnerability))
            .map(|term| product(&[*term], &|factor| factor.replaced() == Factor::Vulnerability))
            .next();
        let own = rate_terms.len();
        let mut terms = rate_terms;
        let components: Vec<N> = item
            .parts()
            .into_iter()
            .map(|part| {
                terms.truncate(own);
                add_part_terms(self.scenario, item, part, values, &mut terms);
                product(&terms, &|factor| factor.reduces(part))
            })
            .collect();
        let annual_loss = components.iter().fold(N::ZERO, |sum, component| sum + *component);
        RiskMeans { rate, brought: N::ZERO, vulnerability, annual_loss, components }
    }

    /// Own events of a risk a year: the first of [`Self::events`] alone.
    pub(super) fn own_rate<N: Arithmetic>(
        &self,
        risk: RiskId,
        values: &Values<N>,
        strength: &dyn Fn(ControlId) -> Option<N>,
    ) -> N {
        let terms = rate_terms(&self.scenario.risks()[risk], values);
        let became = |factor: Factor, id: EstimateId| self.became(risk, Origin::Own, factor, id, values);
        let counted = |_: ControlId, factor: Factor| factor.is_rate();
        self.acting(risk, values, strength).iter().fold(N::ZERO, |sum, (chance, acting)| {
            sum + *chance * controlled(&terms, acting, &became, values, &counted)
        })
    }

    /// The new number of a factor, for events of the risk's own or brought ones.
    pub(super) fn became<N: Arithmetic>(
        &self,
        risk: RiskId,
        origin: Origin,
        factor: Factor,
        id: EstimateId,
        values: &Values<N>,
    ) -> N {
        match origin {
            Origin::Brought if factor.is_rate() => values.kept(risk, id),
            _ => became(&self.scenario.risks()[risk], factor, id, values),
        }
    }

    /// Which controls act on an event of a risk, with what chance each: by the states of the
    /// failures that they share, with the chance of each state.
    pub(super) fn acting<N: Arithmetic>(
        &self,
        risk: RiskId,
        values: &Values<N>,
        strength: &dyn Fn(ControlId) -> Option<N>,
    ) -> Vec<(N, Vec<(&Action<'s>, N)>)> {
        let controls = self.scenario.controls();
        let standing: Vec<(&Action<'s>, N)> = self.actions[risk]
            .iter()
            .filter_map(|action| strength(action.control).map(|strength| (action, strength)))
            .collect();
        let members: Vec<Member<'_, N>> = standing
            .iter()
            .map(|(action, _)| {
                let control = &controls[action.control];
                let works = values.or_one(control.reliability);
                let estimate = control.reliability.filter(|id| values.is_average(*id));
                let range = estimate.map(|id| self.scenario.estimate(id)).filter(|estimate| !estimate.is_fixed());
                let range =
                    range.map(|estimate| (&estimate.distribution, works.float() - estimate.distribution.mean()));
                Member { failure: control.fails_with.as_ref(), works, range }
            })
            .collect();
        failure_states(&members)
            .into_iter()
            .map(|(chance, works)| {
                let acting = standing.iter().zip(works).map(|((action, strength), works)| {
                    (*action, *strength * values.or_one(controls[action.control].coverage) * works)
                });
                (chance, acting.collect())
            })
            .collect()
    }
}

/// Where an event comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The risk's own rate.
    Own,
    /// Another risk or a shared cause.
    Brought,
}

/// What a control does to a product of factors where it acts.
pub(super) struct Changed<N> {
    /// The product of what it replaces.
    pub old: N,
    /// The product of what stands in its place.
    pub new: N,
    /// Which part its reductions keep.
    pub kept: N,
    /// Which of the factors it replaces, a bit each: a product has a handful of them.
    pub replaced: u64,
}

/// What a control does to a product where it acts, factors left out that another has replaced; none where it
/// does not touch it.
pub(super) fn changed<N: Arithmetic>(
    action: &Action<'_>,
    terms: &[Term<N>],
    taken: u64,
    became: &dyn Fn(Factor, EstimateId) -> N,
    values: &Values<N>,
    counted: &dyn Fn(Factor) -> bool,
) -> Option<Changed<N>> {
    let mut changed = Changed { old: N::ONE, new: N::ONE, kept: N::ONE, replaced: 0 };
    let mut touched = false;
    for effect in action.effects.iter().filter(|effect| counted(effect.factor)) {
        match effect.change {
            Change::Reduction(id) => {
                changed.kept = changed.kept * (N::ONE - values.get(id));
                touched = true;
            }
            Change::Becomes(id) => {
                let free = |index: usize| (taken | changed.replaced) >> index & 1 == 0;
                let same = |(index, term): &(usize, &Term<N>)| term.0 == Some(effect.factor.replaced()) && free(*index);
                if let Some((index, (_, number))) = terms.iter().enumerate().find(same) {
                    touched = true;
                    changed.replaced |= 1 << index;
                    changed.old = changed.old * *number;
                    changed.new = changed.new * became(effect.factor, id);
                }
            }
        }
    }
    touched.then_some(changed)
}

/// The mean of a product of factors under the controls that act on it.
fn controlled<N: Arithmetic>(
    terms: &[Term<N>],
    acting: &[(&Action<'_>, N)],
    became: &dyn Fn(Factor, EstimateId) -> N,
    values: &Values<N>,
    counted: &dyn Fn(ControlId, Factor) -> bool,
) -> N {
    let mut taken = 0;
    let mut product = N::ONE;
    for (action, acts) in acting {
        let counted = |factor| counted(action.control, factor);
        if let Some(Changed { old, new, kept, replaced }) = changed(action, terms, taken, became, values, &counted) {
            taken |= replaced;
            product = product * ((N::ONE - *acts) * old + *acts * new * kept);
        }
    }
    terms
        .iter()
        .enumerate()
        .filter(|(index, _)| taken >> index & 1 == 0)
        .fold(product, |product, (_, (_, number))| product * *number)
}

/// The new number of a factor that a control replaces.
pub(super) fn became<N: Arithmetic>(risk: &Risk, factor: Factor, id: EstimateId, values: &Values<N>) -> N {
    match (factor.taken(), &risk.rate) {
        (
            Taken::AgainstCapability,
            EventRate::Threat { vulnerability: Vulnerability::Contest { capability, .. }, .. },
        ) => values.contest(*capability, id),
        (Taken::AsTimeOfNextStage, _) => values.stage(id),
        (Taken::AsItIs | Taken::AgainstCapability, _) => values.get(id),
    }
}

pub(super) fn rate_terms<N: Arithmetic>(risk: &Risk, values: &Values<N>) -> Vec<Term<N>> {
    match &risk.rate {
        EventRate::Frequency(id) => vec![(Some(Factor::Frequency), values.get(*id))],
        EventRate::Threat { events, vulnerability } => {
            let mut terms = match events {
                ThreatEvents::Events(id) => vec![(Some(Factor::Events), values.get(*id))],
                ThreatEvents::Contacts { contacts, action } => {
                    vec![(Some(Factor::Contacts), values.get(*contacts)), (Some(Factor::Action), values.get(*action))]
                }
            };
            let chance = match vulnerability {
                Vulnerability::Chance(id) => values.get(*id),
                Vulnerability::Contest { capability, resistance } => values.contest(*capability, *resistance),
            };
            terms.push((Some(Factor::Vulnerability), chance));
            terms
        }
    }
}

/// The chance that an event brings a secondary loss.
pub(super) fn chance_of<N: Arithmetic>(secondary: &Secondary, values: &Values<N>) -> N {
    secondary.chance.iter().fold(N::ONE, |chance, id| chance * values.get(*id))
}

/// The factors of a component apart from the rate.
pub(super) fn part_terms<N: Arithmetic>(
    scenario: &Scenario,
    risk: &Risk,
    part: Part,
    values: &Values<N>,
) -> Vec<Term<N>> {
    let mut terms = Vec::with_capacity(2);
    add_part_terms(scenario, risk, part, values, &mut terms);
    terms
}

/// The same, behind terms that are there already.
fn add_part_terms<N: Arithmetic>(
    scenario: &Scenario,
    risk: &Risk,
    part: Part,
    values: &Values<N>,
    terms: &mut Vec<Term<N>>,
) {
    let amount = |losses: &[crate::model::Loss], form: Form| {
        losses.iter().find(|loss| loss.form == form).map_or(N::ZERO, |loss| values.get(loss.amount))
    };
    match part {
        Part::Primary(form) => terms.push((Some(Factor::LossForm(form)), amount(&risk.primary, form))),
        Part::Asset => terms.extend(risk.asset.map(|(value, exposure)| {
            (Some(Factor::LossForm(Form::Replacement)), values.get(value) * values.get(exposure))
        })),
        Part::Outage => terms.extend(risk.outage.into_iter().flat_map(|outage| {
            let stream = risk.value_stream.map(|index| &scenario.value_streams()[index]);
            let price = values.or_zero(stream.and_then(|stream| stream.revenue))
                * values.or_one(stream.and_then(|stream| stream.margin))
                * values.or_one(outage.share);
            [(Some(Factor::Outage), values.get(outage.duration)), (None, price)]
        })),
        Part::Dwell => terms.extend(risk.dwell.into_iter().flat_map(|dwell| {
            let an_hour = values.or_zero(dwell.per_day).over(N::from_decimal(HOURS_A_DAY));
            [(Some(Factor::Dwell), values.get(dwell.time)), (None, an_hour)]
        })),
        Part::Next => terms.extend(risk.dwell.into_iter().flat_map(|dwell| {
            let loss = values.or_zero(dwell.then.map(|then| then.loss));
            [(Some(Factor::NextStage), values.stage(dwell.time)), (Some(STAGE_LOSS), loss)]
        })),
        Part::Secondary(index, form) => {
            let secondary = &risk.secondary[index];
            terms.extend([
                (Some(Factor::SecondaryChance), chance_of(secondary, values)),
                (Some(Factor::SecondaryLossForm(form)), amount(&secondary.losses, form)),
            ]);
        }
    }
}
