//! Where does what we do not know enter the year, and how is it averaged out?
//!
//! An unknown that enters one count only (a rate, or what a preventing control stops) is averaged
//! where the events of that risk are counted, by Gauss points of its range. Any other (doubt
//! about an amount, a reduction of loss, what several risks share) needs whole worlds: points of
//! a lattice rule, the year exact at each of them. Risks that share such an unknown are averaged
//! together.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::event::action_state;
use crate::engine::joined::Joined;
use crate::engine::loss::LossModel;
use crate::engine::system::ClusterId;
use crate::engine::values::Values;
use crate::engine::world::{Knowledge, Unknown};
use crate::model::{CauseId, Change, ControlId, EstimateId, EventRate, RiskId, ThreatEvents, Vulnerability};

/// Where an unknown enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// How many events a risk has of its own.
    Count(RiskId),
    /// How often a shared cause strikes.
    Cause(CauseId),
    /// What the events of a risk are.
    Event(RiskId),
}

/// Risks that have to be averaged together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its clusters.
    pub clusters: Vec<ClusterId>,
    /// What is averaged over worlds.
    pub unknowns: Vec<Unknown>,
}

/// An option's unknowns, sorted by where they enter.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Every cluster stands in one group.
    pub groups: Vec<Group>,
    /// What is averaged where events are counted.
    pub counts: BTreeMap<Place, Vec<Unknown>>,
}

/// Sorts the unknowns of an option.
pub fn layout(model: &LossModel<'_>, knowledge: &Knowledge<'_>, bought: &dyn Fn(ControlId) -> bool) -> Layout {
    let places = places(model, knowledge.means(), bought);
    let mut counts: BTreeMap<Place, Vec<Unknown>> = BTreeMap::new();
    let mut joined = Joined::apart(model.clusters().ids());
    let mut worlds: Vec<(Unknown, ClusterId)> = Vec::new();
    for unknown in knowledge.unknowns() {
        let Some(places) = places.get(&unknown.estimate) else { continue };
        let only = places.iter().next().filter(|place| places.len() == 1 && !matches!(place, Place::Event(_)));
        if let Some(place) = only {
            counts.entry(*place).or_default().push(*unknown);
            continue;
        }
        let clusters: Vec<ClusterId> = places
            .iter()
            .filter_map(|place| match place {
                Place::Count(risk) | Place::Event(risk) => Some(model.cluster_id(*risk)),
                Place::Cause(cause) => model.clusters().position(|cluster| cluster.causes.contains(cause)),
            })
            .collect();
        let Some(&first) = clusters.first() else { continue };
        clusters.into_iter().for_each(|cluster| joined.join(first, cluster));
        worlds.push((*unknown, first));
    }
    let groups = joined.groups().into_iter();
    let mut groups: BTreeMap<ClusterId, Group> =
        groups.map(|(first, clusters)| (first, Group { clusters, unknowns: Vec::new() })).collect();
    for (unknown, cluster) in worlds {
        if let Some(group) = groups.get_mut(&joined.first(cluster)) {
            group.unknowns.push(unknown);
        }
    }
    Layout { groups: groups.into_values().collect(), counts }
}

/// Every place that each estimate enters.
fn places(
    model: &LossModel<'_>,
    means: &Values<f64>,
    bought: &dyn Fn(ControlId) -> bool,
) -> BTreeMap<EstimateId, BTreeSet<Place>> {
    let scenario = model.scenario();
    let mut places: BTreeMap<EstimateId, BTreeSet<Place>> = BTreeMap::new();
    let mut enter = |id: EstimateId, place: Place| {
        places.entry(id).or_default().insert(place);
    };
    for (risk, item) in scenario.risks().entries() {
        let cluster = model.cluster_of(risk);
        let brought = cluster.risks.len() > 1 || !cluster.causes.is_empty();
        match &item.rate {
            EventRate::Frequency(id) => enter(*id, Place::Count(risk)),
            EventRate::Threat { events, vulnerability } => {
                match events {
                    ThreatEvents::Events(id) => enter(*id, Place::Count(risk)),
                    ThreatEvents::Contacts { contacts, action } => {
                        enter(*contacts, Place::Count(risk));
                        enter(*action, Place::Count(risk));
                    }
                }
                if let Vulnerability::Chance(id) = vulnerability {
                    enter(*id, Place::Count(risk));
                }
            }
        }
        item.primary.iter().for_each(|loss| enter(loss.amount, Place::Event(risk)));
        if let Some((value, exposure)) = item.asset {
            enter(value, Place::Event(risk));
            enter(exposure, Place::Event(risk));
        }
        if let Some(outage) = item.outage {
            let stream = item.value_stream.map(|stream| &scenario.value_streams()[stream]);
            let priced = [outage.share, stream.and_then(|s| s.revenue), stream.and_then(|s| s.margin)];
            enter(outage.duration, Place::Event(risk));
            priced.into_iter().flatten().for_each(|id| enter(id, Place::Event(risk)));
        }
        if let Some(dwell) = item.dwell {
            enter(dwell.time, Place::Event(risk));
            let money = dwell.per_day.into_iter().chain(dwell.then.map(|then| then.loss));
            money.for_each(|id| enter(id, Place::Event(risk)));
        }
        for secondary in &item.secondary {
            secondary.chance.iter().for_each(|id| enter(*id, Place::Event(risk)));
            secondary.losses.iter().for_each(|loss| enter(loss.amount, Place::Event(risk)));
        }
        for chain in &item.leads_to {
            enter(chain.chance, Place::Event(risk));
        }
        let actions: Vec<_> = model.actions(risk).iter().filter(|action| bought(action.control)).collect();
        let limits = |action| !action_state(scenario, risk, action, means, means).is_rate_only();
        let any_limits = actions.iter().any(|action| limits(action));
        for action in &actions {
            let control = &scenario.controls()[action.control];
            let alone = control.fails_with.is_none() || !any_limits;
            let place = if limits(action) || brought || !alone { Place::Event(risk) } else { Place::Count(risk) };
            [control.coverage, control.reliability].into_iter().flatten().for_each(|id| enter(id, place));
            for effect in &action.effects {
                let (Change::Reduction(id) | Change::Becomes(id)) = effect.change;
                enter(id, place);
            }
        }
    }
    for (index, cause) in scenario.shared_causes().entries() {
        enter(cause.frequency, Place::Cause(index));
    }
    places
}
