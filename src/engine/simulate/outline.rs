//! Who is bound to whom, and which options differ?
//!
//! Risks that chains, causes or the annual terms of a policy bind together are one group. Options that
//! do the same to a group are one variant of it; variant 0 is today. Everything is ordered by id,
//! so that the order of a file changes nothing.

use rust_decimal::Decimal;

use crate::engine::joined::Joined;
use crate::engine::loss::LossModel;
use crate::engine::system::ClusterId;
use crate::model::{CauseId, ControlId, Insurance, PlanId, PolicyId, RiskId};

/// Who is simulated together, without what that needs.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The risks, each after those that lead to it.
    pub risks: Vec<RiskId>,
    /// The shared causes.
    pub causes: Vec<CauseId>,
    /// The policies in force under some option, by id.
    pub policies: Vec<PolicyId>,
    /// By variant, an option that shows it.
    pub shown_by: Vec<Option<PlanId>>,
    /// By option: its variant.
    pub variant_of: Vec<usize>,
    /// Whether chains or causes bind it.
    pub is_bound: bool,
}

/// Options: today and plans.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Today is none.
    pub plans: &'a [Option<PlanId>],
    /// Whether plans that start the same controls at other times differ.
    pub timed: bool,
}

/// Every group, in the order of ids.
pub fn outlines(model: &LossModel<'_>, options: Options<'_>) -> Vec<Outline> {
    let scenario = model.scenario();
    let clusters = model.clusters();
    let mut joined = Joined::apart(clusters.ids());
    for policy in scenario.insurance() {
        let in_force = options.plans.iter().any(|plan| policy.is_in_force(*plan));
        if !policy.has_annual_terms() || !in_force {
            continue;
        }
        let risks = scenario.risks().ids().filter(|risk| policy.covers_risk(*risk));
        let covered: Vec<ClusterId> = risks.map(|risk| model.cluster_id(risk)).collect();
        covered.windows(2).for_each(|pair| joined.join(pair[0], pair[1]));
    }
    let name = |risk: &RiskId| scenario.risks()[*risk].id.as_str();
    let mut outlines: Vec<Outline> = joined
        .groups()
        .into_values()
        .map(|members| {
            let risks = members.iter().flat_map(|cluster| clusters[*cluster].risks.iter().copied()).collect();
            let mut causes: Vec<CauseId> =
                members.iter().flat_map(|cluster| clusters[*cluster].causes.iter().copied()).collect();
            causes.sort_by_key(|cause| scenario.shared_causes()[*cause].id.as_str());
            let is_bound = members.iter().any(|cluster| clusters[*cluster].risks.len() > 1);
            outline(model, options, risks, causes, is_bound)
        })
        .collect();
    outlines.sort_by_key(|outline| outline.risks.iter().map(name).min());
    outlines
}

fn outline(
    model: &LossModel<'_>,
    options: Options<'_>,
    risks: Vec<RiskId>,
    causes: Vec<CauseId>,
    is_bound: bool,
) -> Outline {
    let scenario = model.scenario();
    let acts = |control: ControlId| risks.iter().any(|risk| model.actions(*risk).iter().any(|a| a.control == control));
    let here = |policy: &Insurance| risks.iter().any(|risk| policy.covers_risk(*risk));
    type Does = (Vec<(ControlId, Decimal)>, Vec<PolicyId>);
    let mut variants: Vec<Does> = Vec::new();
    let (mut shown_by, mut variant_of, mut in_force) = (Vec::new(), Vec::new(), Vec::new());
    for plan in options.plans {
        let planned = plan.map_or(&[][..], |plan| &scenario.plans()[plan].controls);
        let mut controls: Vec<(ControlId, Decimal)> = planned
            .iter()
            .filter(|planned| acts(planned.control))
            .map(|planned| (planned.control, if options.timed { planned.start } else { Decimal::ZERO }))
            .collect();
        controls.sort_unstable();
        let policies: Vec<PolicyId> = (scenario.insurance().ids())
            .filter(|policy| {
                let policy = &scenario.insurance()[*policy];
                policy.is_in_force(*plan) && here(policy)
            })
            .collect();
        in_force.extend(policies.iter().copied());
        let does = (controls, policies);
        let place = variants.iter().position(|variant| *variant == does).unwrap_or_else(|| {
            variants.push(does);
            shown_by.push(*plan);
            variants.len() - 1
        });
        variant_of.push(place);
    }
    in_force.sort_by_key(|policy| scenario.insurance()[*policy].id.as_str());
    in_force.dedup();
    Outline { risks, causes, policies: in_force, shown_by, variant_of, is_bound }
}
