//! Of options that exclude each other, is each step up in cost worth what it costs more?
//!
//! Options are taken by rising cost. One that costs as much as another or more and brings no more
//! (loss avoided and time saved) is dominated and out. Each of the rest challenges the best so far: it takes its place
//! if what it brings more is worth more than what it costs more (any textbook of engineering economy:
//! incremental analysis). Who stands last has the highest value, and the table shows why: a high
//! return on a small sum does not pay for the next step. See `docs/model/investment.md`.

use crate::units::Figure;

use super::analysis::{ByOption, OptionId, PlanAnalysis};

/// One challenge, in today's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The challenger.
    pub plan: OptionId,
    /// Whom it challenges, or who dominates it; nothing is today.
    pub against: Option<OptionId>,
    /// What it costs more.
    pub cost: Figure,
    /// What loss it avoids more.
    pub avoided: Figure,
    /// What time it saves more.
    pub gains: Figure,
    /// What it is worth more.
    pub value: Figure,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a challenge ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The step is worth what it costs more.
    Better,
    /// It is not.
    NotWorthIt,
    /// It costs as much or more and brings no more.
    Dominated,
}

/// The challenges among plans of which one can be taken; `groups` names the group of each.
pub fn steps(plans: &ByOption<PlanAnalysis>, groups: &[Option<&str>]) -> Vec<Step> {
    let mut names: Vec<Option<&str>> = Vec::new();
    for group in groups {
        if !names.contains(group) {
            names.push(*group);
        }
    }
    names
        .into_iter()
        .flat_map(|name| {
            let members = plans.ids().zip(groups).filter(|(_, group)| **group == name).map(|(plan, _)| plan).collect();
            tournament(plans, members)
        })
        .collect()
}

fn tournament(plans: &ByOption<PlanAnalysis>, mut members: Vec<OptionId>) -> Vec<Step> {
    let cost = |plan: Option<OptionId>| plan.map_or(Figure::ZERO, |plan| plans[plan].investment.present_cost);
    let avoided = |plan: Option<OptionId>| plan.map_or(Figure::ZERO, |plan| plans[plan].investment.present_avoided);
    let gains = |plan: Option<OptionId>| plan.map_or(Figure::ZERO, |plan| plans[plan].investment.present_gains);
    let brings = |plan: Option<OptionId>| avoided(plan) + gains(plan);
    let at_most = |a: Figure, b: Figure| !(a - b).is_positive();
    members.sort_by(|&a, &b| cost(Some(a)).to_f64().total_cmp(&cost(Some(b)).to_f64()).then(a.cmp(&b)));
    let dominates = |one: Option<OptionId>, other: OptionId| {
        let other = Some(other);
        one != other
            && at_most(cost(one), cost(other))
            && at_most(brings(other), brings(one))
            // Of two equal ones the first in the file stays.
            && (cost(one) != cost(other) || brings(one) != brings(other) || one < other)
    };
    let options: Vec<Option<OptionId>> = std::iter::once(None).chain(members.iter().copied().map(Some)).collect();
    let mut defender = None;
    members
        .iter()
        .map(|&plan| {
            let beaten = options.iter().copied().filter(|option| dominates(*option, plan));
            // Of several that dominate it, the one that brings most.
            let by = beaten.max_by(|a, b| brings(*a).to_f64().total_cmp(&brings(*b).to_f64()));
            let against = by.unwrap_or(defender);
            let more = |figure: &dyn Fn(Option<OptionId>) -> Figure| figure(Some(plan)) - figure(against);
            let (cost, avoided, gains) = (more(&cost), more(&avoided), more(&gains));
            let value = avoided + gains - cost;
            let outcome = match by {
                Some(_) => Outcome::Dominated,
                None if value.is_positive() => {
                    defender = Some(plan);
                    Outcome::Better
                }
                None => Outcome::NotWorthIt,
            };
            Step { plan, against, cost, avoided, gains, value, outcome }
        })
        .collect()
}
