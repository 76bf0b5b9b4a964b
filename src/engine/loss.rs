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
//! independent, multiply. Every unknown stands in such a product once, in the first power, so
//! its mean may be put in its place: the result is the exact mean, although coverage acts on
//! several factors together. See `docs/model/controls.md`.

use crate::model::{Change, Effect, EventRate, Factor, Form, Risk, Scenario, ThreatEvents, Vulnerability};
use crate::units::Arithmetic;

use super::values::Values;

/// A scenario laid out by risk: which controls act on which.
#[derive(Debug)]
pub struct LossModel<'s> {
    scenario: &'s Scenario,
    actions: Vec<Vec<Action<'s>>>,
}

/// One control's effects on one risk.
#[derive(Debug)]
pub struct Action<'s> {
    /// Index of the control.
    pub control: usize,
    /// Its effects on this risk.
    pub effects: Vec<&'s Effect>,
}

/// The mean figures of one risk.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskMeans<N> {
    /// Loss events a year.
    pub rate: N,
    /// Chance that a threat event becomes a loss event; absent for a risk stated by frequency.
    pub vulnerability: Option<N>,
    /// Loss a year.
    pub annual_loss: N,
    /// Loss a year by component, in the order of [`components`].
    pub components: Vec<N>,
}

/// A part of a risk's loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A form of primary loss.
    Primary(Form),
    /// Asset value × exposure.
    Asset,
    /// Standstill.
    Outage,
    /// A form of loss of the secondary with this index.
    Secondary(usize, Form),
}

impl Part {
    /// The form of loss that it counts as.
    pub fn form(self) -> Form {
        match self {
            Self::Primary(form) | Self::Secondary(_, form) => form,
            Self::Asset => Form::Replacement,
            Self::Outage => Form::Productivity,
        }
    }

    /// Whether a control's effect on `factor` reduces it.
    fn is_reduced_by(self, factor: Factor) -> bool {
        match (self, factor) {
            (Self::Primary(_) | Self::Asset | Self::Outage, Factor::Loss) => true,
            (Self::Primary(form), Factor::LossForm(other)) => form == other,
            (Self::Asset, Factor::LossForm(form)) => form == Form::Replacement,
            // Standstill is part of productivity.
            (Self::Outage, Factor::LossForm(form)) => form == Form::Productivity,
            (Self::Outage, Factor::Outage) => true,
            (Self::Secondary(..), Factor::SecondaryChance | Factor::SecondaryLoss) => true,
            (Self::Secondary(_, form), Factor::SecondaryLossForm(other)) => form == other,
            _ => false,
        }
    }
}

/// Whether a factor says how often a risk strikes.
pub fn is_rate(factor: Factor) -> bool {
    matches!(
        factor,
        Factor::Frequency
            | Factor::Contacts
            | Factor::Action
            | Factor::Events
            | Factor::Vulnerability
            | Factor::Resistance
    )
}

/// The components of a risk's loss, in file order.
pub fn components(risk: &Risk) -> Vec<Part> {
    let primary = risk.primary.iter().map(|loss| Part::Primary(loss.form));
    let asset = risk.asset.map(|_| Part::Asset);
    let outage = risk.outage.map(|_| Part::Outage);
    let secondary = risk
        .secondary
        .iter()
        .enumerate()
        .flat_map(|(index, secondary)| secondary.losses.iter().map(move |loss| Part::Secondary(index, loss.form)));
    primary.chain(asset).chain(outage).chain(secondary).collect()
}

/// A factor of a product: what a control may replace, and its number today.
type Term<N> = (Option<Factor>, N);

impl<'s> LossModel<'s> {
    /// Lays out a scenario.
    pub fn new(scenario: &'s Scenario) -> Self {
        let mut actions: Vec<Vec<Action<'s>>> = scenario.risks().iter().map(|_| Vec::new()).collect();
        for (control, item) in scenario.controls().iter().enumerate() {
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
        Self { scenario, actions }
    }

    /// The scenario.
    pub fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    /// The controls that act on a risk.
    pub fn actions(&self, risk: usize) -> &[Action<'s>] {
        &self.actions[risk]
    }

    /// The mean figures of a risk.
    ///
    /// `strength` tells, by control, which part of its effect is in force: 0 where it is not
    /// bought, 1 at full effect, between them while it ramps up.
    pub fn risk<N: Arithmetic>(
        &self,
        risk: usize,
        values: &Values<N>,
        strength: impl Fn(usize) -> Option<N>,
    ) -> RiskMeans<N> {
        self.risk_with(risk, values, strength, |_, _| true)
    }

    /// The same, counting only the effects that `counted` lets through.
    pub fn risk_with<N: Arithmetic>(
        &self,
        risk: usize,
        values: &Values<N>,
        strength: impl Fn(usize) -> Option<N>,
        counted: impl Fn(usize, Factor) -> bool,
    ) -> RiskMeans<N> {
        let item = &self.scenario.risks()[risk];
        let controls = self.scenario.controls();
        let acting: Vec<(&Action<'s>, N)> = self.actions[risk]
            .iter()
            .filter_map(|action| {
                let control = &controls[action.control];
                let acts = values.or_one(control.coverage) * values.or_one(control.reliability);
                strength(action.control).map(|strength| (action, strength * acts))
            })
            .collect();
        let product = |terms: &[Term<N>], reduced: &dyn Fn(Factor) -> bool| {
            controlled(terms, &acting, item, values, &|control, factor| counted(control, factor) && reduced(factor))
        };
        let rate_terms = rate_terms(item, values);
        let rate = product(&rate_terms, &is_rate);
        let vulnerability = rate_terms
            .iter()
            .filter(|(factor, _)| *factor == Some(Factor::Vulnerability))
            .map(|term| product(&[*term], &|factor| matches!(factor, Factor::Vulnerability | Factor::Resistance)))
            .next();
        let components: Vec<N> = components(item)
            .into_iter()
            .map(|part| {
                let mut terms = rate_terms.clone();
                terms.extend(part_terms(self.scenario, item, part, values));
                product(&terms, &|factor| is_rate(factor) || part.is_reduced_by(factor))
            })
            .collect();
        let annual_loss = components.iter().fold(N::ZERO, |sum, component| sum + *component);
        RiskMeans { rate, vulnerability, annual_loss, components }
    }
}

/// The mean of a product of factors under the controls that act on it.
fn controlled<N: Arithmetic>(
    terms: &[Term<N>],
    acting: &[(&Action<'_>, N)],
    risk: &Risk,
    values: &Values<N>,
    counted: &dyn Fn(usize, Factor) -> bool,
) -> N {
    let mut replaced = vec![false; terms.len()];
    let mut product = N::ONE;
    for (action, acts) in acting {
        let (mut old, mut new, mut kept) = (N::ONE, N::ONE, N::ONE);
        let mut touched = false;
        for effect in action.effects.iter().filter(|effect| counted(action.control, effect.factor)) {
            match effect.change {
                Change::Reduction(id) => {
                    kept = kept * (N::ONE - values.get(id));
                    touched = true;
                }
                Change::Becomes(id) => {
                    let target =
                        if effect.factor == Factor::Resistance { Factor::Vulnerability } else { effect.factor };
                    for (index, (factor, number)) in terms.iter().enumerate() {
                        if *factor == Some(target) && !replaced[index] {
                            replaced[index] = true;
                            touched = true;
                            old = old * *number;
                            new = new * became(risk, effect.factor, id, values);
                        }
                    }
                }
            }
        }
        if touched {
            product = product * ((N::ONE - *acts) * old + *acts * new * kept);
        }
    }
    terms
        .iter()
        .zip(replaced)
        .filter(|(_, replaced)| !replaced)
        .fold(product, |product, ((_, number), _)| product * *number)
}

/// The new number of a factor that a control replaces.
fn became<N: Arithmetic>(risk: &Risk, factor: Factor, id: crate::model::EstimateId, values: &Values<N>) -> N {
    match (factor, &risk.rate) {
        (Factor::Resistance, EventRate::Threat { vulnerability: Vulnerability::Contest { capability, .. }, .. }) => {
            values.contest(*capability, id)
        }
        _ => values.get(id),
    }
}

fn rate_terms<N: Arithmetic>(risk: &Risk, values: &Values<N>) -> Vec<Term<N>> {
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

/// The factors of a component apart from the rate.
fn part_terms<N: Arithmetic>(scenario: &Scenario, risk: &Risk, part: Part, values: &Values<N>) -> Vec<Term<N>> {
    let amount = |losses: &[crate::model::Loss], form: Form| {
        losses.iter().find(|loss| loss.form == form).map_or(N::ZERO, |loss| values.get(loss.amount))
    };
    match part {
        Part::Primary(form) => vec![(Some(Factor::LossForm(form)), amount(&risk.primary, form))],
        Part::Asset => risk.asset.map_or_else(Vec::new, |(value, exposure)| {
            vec![(Some(Factor::LossForm(Form::Replacement)), values.get(value) * values.get(exposure))]
        }),
        Part::Outage => risk.outage.map_or_else(Vec::new, |outage| {
            let stream = risk.value_stream.map(|index| &scenario.value_streams()[index]);
            let price = values.or_zero(stream.and_then(|stream| stream.revenue))
                * values.or_one(stream.and_then(|stream| stream.margin))
                * values.or_one(outage.share);
            vec![(Some(Factor::Outage), values.get(outage.duration)), (None, price)]
        }),
        Part::Secondary(index, form) => {
            let secondary = &risk.secondary[index];
            vec![
                (Some(Factor::SecondaryChance), values.get(secondary.chance)),
                (Some(Factor::SecondaryLossForm(form)), amount(&secondary.losses, form)),
            ]
        }
    }
}
