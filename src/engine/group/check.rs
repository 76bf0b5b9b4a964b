//! Do the file of a group and the cases of its entities fit together?

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ControlId, Group, GroupCause, PlanId, RiskId};
use crate::units::Figure;

use super::{Member, tower};

/// Every fault between the group and its cases.
pub fn faults(group: &Group, members: &[Member]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    if members.is_empty() {
        faults.push(
            Diagnostic::new(Code::Missing, "the group has no entity").help("name one with `[[entity]]`").path("entity"),
        );
    }
    let mut ids: Vec<&str> = members.iter().map(|member| member.id.as_str()).collect();
    ids.sort_unstable();
    if let Some(twice) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
        faults.push(
            Diagnostic::new(Code::DuplicateId, format!("the id \"{}\" stands for two entities", twice[0]))
                .help("give each entity its own id")
                .path("entity"),
        );
    }
    for member in members {
        let (own, due) = (member.scenario.currency(), group.currency);
        if own != due {
            let (own, due) = (own.code(), due.code());
            let message = format!("the case of \"{}\" is in {own}, the group in {due}", member.id);
            let help = format!("convert the case: `currency = \"{due}\"` with `exchange_rates = {{ {own} = \"…\" }}`");
            faults.push(Diagnostic::new(Code::OtherCurrency, message).help(help).path("currency"));
        }
    }
    for cause in &group.causes {
        faults.extend(cause_faults(cause, members));
    }
    faults.extend(layer_faults(group));
    for plan in &group.plans {
        let path = format!("plan.{}", plan.id);
        if plan.controls.is_empty() {
            let known = || members.iter().flat_map(|member| member.scenario.plans()).map(|plan| plan.id.as_str());
            if known().all(|id| id != plan.id) {
                let message = format!("no case has a plan \"{}\", and the group's names no controls", plan.id);
                let help = nearest(&plan.id, known(), "name the controls: `controls = [\"…\"]`, or the id of a plan");
                faults.push(Diagnostic::new(Code::UnknownId, message).help(help).path(format!("{path}.id")));
            }
        }
        for id in &plan.controls {
            let known =
                || members.iter().flat_map(|member| member.scenario.controls()).map(|control| control.id.as_str());
            if known().all(|known| known != id) {
                let help = nearest(id, known(), "name a control of a case");
                let message = format!("no case has a control \"{id}\"");
                faults.push(Diagnostic::new(Code::UnknownId, message).help(help).path(format!("{path}.controls")));
            }
        }
    }
    faults
}

fn cause_faults(cause: &GroupCause, members: &[Member]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let path = |key: &str| format!("shared_cause.{}.{key}", cause.id);
    if let Some(member) =
        members.iter().find(|member| member.scenario.shared_causes().iter().any(|own| own.id == cause.id))
    {
        let message =
            format!("\"{}\" is a shared cause of the group and of the case of \"{}\" too", cause.id, member.id);
        let help =
            "one thing has one id: take it out of the case if the group's means the same, else give it another id";
        faults.push(Diagnostic::new(Code::DuplicateId, message).help(help).path(path("id")));
    }
    for id in &cause.entities {
        if members.iter().all(|member| member.id != *id) {
            let help = nearest(id, members.iter().map(|member| member.id.as_str()), "name an entity of the group");
            let message = format!("there is no entity \"{id}\"");
            faults.push(Diagnostic::new(Code::UnknownId, message).help(help).path(path("entities")));
        }
    }
    for id in &cause.strikes {
        let reached = members.iter().filter(|member| is_reached(cause, member));
        let known = || reached.clone().flat_map(|member| member.scenario.risks()).map(|risk| risk.id.as_str());
        if known().all(|known| known != id) {
            let help = nearest(id, known(), "name a risk of the entities that it strikes");
            let message = format!("none of the entities that \"{}\" strikes has a risk \"{id}\"", cause.id);
            faults.push(Diagnostic::new(Code::UnknownId, message).help(help).path(path("strikes")));
        }
    }
    faults
}

/// Layers may not pay more than there is.
fn layer_faults(group: &Group) -> Option<Diagnostic> {
    let layers = tower::layers(group);
    let over = layers.iter().position(|layer| {
        let paying = layers.iter().filter(|other| other.from <= layer.from && layer.from < other.to);
        paying.map(|other| other.share).sum::<f64>() > 1.0 + 1e-12
    })?;
    let layer = &group.tower[over];
    let from = Figure::exact(layer.retention.get()).to_f64();
    Some(
        Diagnostic::new(Code::Contradiction, format!("above {from} the layers together pay more than is lost"))
            .help("let a layer begin where the one below it ends, or state the group's share as `coinsurance`")
            .path(format!("insurance.{}.retention", layer.id)),
    )
}

/// What a plan of the group leaves out that its controls need, or holds that excludes each other.
pub fn plans(group: &Group, members: &[Member], plans: &[Vec<Option<PlanId>>]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (place, plan) in group.plans.iter().enumerate().filter(|(_, plan)| !plan.controls.is_empty()) {
        for (member, plans) in members.iter().zip(plans) {
            let Some(own) = plans[place] else { continue };
            let controls = member.scenario.controls();
            let bought: Vec<ControlId> = member.scenario.plans()[own].controls.iter().map(|one| one.control).collect();
            let has = |control: &ControlId| bought.contains(control) || controls[*control].in_place;
            let path = format!("plan.{}.controls", plan.id);
            for &control in &bought {
                if let Some(missing) = controls[control].requires.iter().find(|needed| !has(needed)) {
                    let (id, missing) = (&controls[control].id, &controls[*missing].id);
                    let message = format!("\"{id}\" requires \"{missing}\" in the case of \"{}\"", member.id);
                    let help = format!("name \"{missing}\" in `controls` too");
                    faults.push(Diagnostic::new(Code::PlanContradiction, message).help(help).path(&path));
                }
                let apart = |other: &&ControlId| {
                    let (one, other) = (&controls[control], &controls[**other]);
                    one.excludes.iter().any(|id| controls[*id].id == other.id)
                        || one.one_of.is_some() && one.one_of == other.one_of && one.id != other.id
                };
                if let Some(other) = bought.iter().filter(|other| **other > control).find(apart) {
                    let (id, other) = (&controls[control].id, &controls[*other].id);
                    let message =
                        format!("\"{id}\" and \"{other}\" cannot both be bought in the case of \"{}\"", member.id);
                    let help = "leave one of them out, or make two plans of them";
                    faults.push(Diagnostic::new(Code::PlanContradiction, message).help(help).path(&path));
                }
            }
        }
    }
    // The same in a thousand cases is one mistake.
    faults.truncate(20);
    faults
}

/// Whether a cause can strike an entity.
fn is_reached(cause: &GroupCause, member: &Member) -> bool {
    cause.entities.is_empty() || cause.entities.contains(&member.id)
}

/// The risks of an entity that a cause strikes.
pub fn struck(cause: &GroupCause, member: &Member) -> Vec<RiskId> {
    if !is_reached(cause, member) {
        return Vec::new();
    }
    let risks = member.scenario.risks();
    let mut found: Vec<RiskId> = cause.strikes.iter().filter_map(|id| risks.position(|risk| risk.id == *id)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Faults of a case, with the entity that they are of.
pub fn of_member(member: &Member, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let of = |fault: Diagnostic| Diagnostic {
        message: format!("entity \"{}\": {}", member.id, fault.message),
        span: None,
        ..fault
    };
    faults.into_iter().map(of).collect()
}

/// Causes of which no year can be told apart.
pub fn too_often(why: &str) -> Diagnostic {
    Diagnostic::new(Code::NotExact, why)
        .help(
            "make one cause of those that strike the same entities, make what happens every month a risk of each entity, or ask for averages alone with --method expected",
        )
        .path("shared_cause")
}

fn nearest<'a>(id: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    let found = known.iter().copied().filter(|other| strsim::damerau_levenshtein(id, other) <= 2);
    match found.min_by_key(|other| strsim::damerau_levenshtein(id, other)) {
        Some(other) => format!("did you mean \"{other}\"?"),
        None => otherwise.to_owned(),
    }
}
