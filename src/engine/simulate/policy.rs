//! What do insurers pay in simulated years?
//!
//! The events of a year meet the policies in the order of time, so that annual terms are used by
//! whichever event comes first. What each event is paid is said in `engine::policy`. What a shared
//! cause or a chain brings is an event of its own in each risk. See `docs/model/insurance.md`.

use crate::engine::policy::{Component, PolicyYear, Settlement};

use super::block::{Outcome, Task};
use super::group::{Group, PolicyPlan};

/// An event that policies may pay for.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Its year in the block.
    pub year: u32,
    /// The part of the year that has passed.
    pub time: f64,
    /// The place of its risk.
    pub risk: u32,
    /// The place of its risk by id.
    pub rank: u32,
    /// The variants under which it happens.
    pub variants: u64,
    /// Where its amounts begin, variant by variant: each ends with the hours of the outage.
    pub parts: usize,
}

/// Who bears a loss that policies may pay for, summed over years.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Transfer {
    /// What insurers pay.
    pub paid: f64,
    /// What no policy covers, or lies above the limits of all that do. The rest is retained.
    pub uninsured: f64,
}

/// Adds what insurers leave of the claims of a block to its losses.
pub fn settle(group: &Group, task: &Task<'_>, claims: &mut [Claim], parts: &[f64], outcome: &mut Outcome<'_>) {
    claims.sort_unstable_by(|a, b| {
        let when = a.year.cmp(&b.year).then(a.time.total_cmp(&b.time));
        when.then(a.rank.cmp(&b.rank)).then(a.parts.cmp(&b.parts))
    });
    let (mut event, mut components) = (Settlement::default(), Vec::new());
    let mut years: Vec<PolicyYear> = Vec::with_capacity(group.policies.len());
    for variant in 0..group.variants {
        let mut year = u32::MAX;
        for claim in claims.iter().filter(|claim| claim.variants >> variant & 1 == 1) {
            if claim.year != year {
                year = claim.year;
                years.clear();
                years.extend(group.policies.iter().map(|policy| policy.terms.year()));
            }
            let risk = claim.risk as usize;
            let amounts = &group.risks[risk].amounts;
            let first = claim.parts + variant * (amounts.len() + 1);
            let hours = parts[first + amounts.len()];
            components.clear();
            components.extend(amounts.iter().zip(&parts[first..]).map(|(plan, amount)| Component {
                form: plan.form,
                amount: *amount,
                hours: plan.hours.is_some().then_some(hours),
            }));
            let pays = |policy: &PolicyPlan| policy.variants >> variant & 1 == 1 && policy.covers[risk];
            let policies = || group.policies.iter().zip(0..).filter(|(policy, _)| pays(policy));
            event.begin(policies().map(|(policy, _)| &policy.terms), &components);
            for (place, (policy, index)) in policies().enumerate() {
                event.pay(place, &policy.terms, &mut years[index]);
            }
            let column = risk * group.variants + variant;
            outcome.add(column, task.years, year as usize, event.rest());
            let transfer = &mut outcome.transfers[column];
            transfer.paid += event.paid();
            transfer.uninsured += event.uninsured();
        }
    }
}
