//! What do insurers pay?
//!
//! Per event a policy pays (1 − coinsurance) · min(max(X − retention, 0), limit) of the covered loss
//! X; then at most its annual limit in a year, first come first served. Several policies on one loss
//! pay in the order of the file, each on what those before it left; what a policy pays is taken off
//! the covered amounts in proportion. Hours of an outage before the waiting time do not count:
//! of h hours the part max(h − waiting, 0)/h is covered. What a shared cause or a chain brings is a
//! loss of its own in each risk. See `docs/model/insurance.md`.

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
    /// Where its amounts begin, variant by variant.
    pub parts: usize,
    /// What an hour of its standstill costs; 0 where it has none.
    pub price: f64,
}

/// Who bears a loss that policies may pay for, summed over years.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Transfer {
    /// What insurers pay.
    pub paid: f64,
    /// What no policy covers, or lies above the limits of all that do. The rest is retained.
    pub uninsured: f64,
}

/// Takes what insurers pay off the losses of a block.
pub fn settle(group: &Group, task: &Task<'_>, claims: &mut [Claim], parts: &mut [f64], outcome: &mut Outcome<'_>) {
    claims.sort_unstable_by(|a, b| {
        let when = a.year.cmp(&b.year).then(a.time.total_cmp(&b.time));
        when.then(a.rank.cmp(&b.rank)).then(a.parts.cmp(&b.parts))
    });
    for variant in 0..group.variants {
        let in_force: Vec<&PolicyPlan> =
            group.policies.iter().filter(|policy| policy.variants >> variant & 1 == 1).collect();
        if in_force.is_empty() {
            continue;
        }
        let mut left: Vec<f64> = Vec::with_capacity(in_force.len());
        let mut year = u32::MAX;
        let mut event = Borne::default();
        for claim in claims.iter().filter(|claim| claim.variants >> variant & 1 == 1) {
            if claim.year != year {
                year = claim.year;
                left.clear();
                left.extend(in_force.iter().map(|policy| policy.annual_limit));
            }
            let risk = claim.risk as usize;
            let amounts = &group.risks[risk].amounts;
            let first = claim.parts + variant * amounts.len();
            let parts = &mut parts[first..first + amounts.len()];
            let outage = amounts.iter().position(|amount| amount.price.is_some());
            let hours = outage.filter(|_| claim.price > 0.0).map(|outage| (outage, parts[outage] / claim.price));
            let place = risk * group.variants + variant;
            event.begin(parts);
            for (policy, left) in in_force.iter().zip(&mut left) {
                event.claim(policy, &policy.covers[risk], hours, claim.price, left, parts);
            }
            outcome.add(place, task.years, year as usize, -event.paid);
            let transfer = &mut outcome.transfers[place];
            transfer.paid += event.paid;
            transfer.uninsured += event.uninsured();
        }
    }
    // What rounding leaves below nothing is nothing.
    outcome.net.iter_mut().for_each(|loss| *loss = loss.max(0.0));
}

/// Who bears one event.
#[derive(Debug, Default)]
pub(super) struct Borne {
    /// What insurers have paid.
    pub paid: f64,
    /// The whole loss.
    loss: f64,
    /// By amount: the whole, and what no policy covers of it.
    amounts: Vec<(f64, f64)>,
    /// By policies that cover some of the same amounts (bits): what lies above all of them.
    above: Vec<(u64, f64)>,
}

impl Borne {
    /// Begins with another event.
    pub(super) fn begin(&mut self, parts: &[f64]) {
        self.paid = 0.0;
        self.loss = parts.iter().sum();
        self.amounts.clear();
        self.amounts.extend(parts.iter().map(|part| (*part, *part)));
        self.above.clear();
    }

    /// What no policy covers, and what lies above the limits.
    pub(super) fn uninsured(&self) -> f64 {
        let uncovered: f64 = self.amounts.iter().map(|(_, uncovered)| uncovered).sum();
        let above: f64 = self.above.iter().map(|(_, above)| above).sum();
        (uncovered + above).clamp(0.0, (self.loss - self.paid).max(0.0))
    }

    /// Lets one policy pay; what it pays is taken off the amounts.
    pub(super) fn claim(
        &mut self,
        policy: &PolicyPlan,
        covers: &[bool],
        hours: Option<(usize, f64)>,
        price: f64,
        left: &mut f64,
        parts: &mut [f64],
    ) {
        let covered = |place: usize, part: f64| match hours {
            _ if !covers[place] => 0.0,
            // What an earlier policy has paid is not there any more.
            Some((outage, hours)) if outage == place => part.min(price * (hours - policy.waiting).max(0.0)),
            _ => part,
        };
        let loss: f64 = parts.iter().enumerate().map(|(place, part)| covered(place, *part)).sum();
        let layer = (loss - policy.retention).max(0.0).min(policy.limit);
        let due = policy.share * layer;
        let paid = due.min(*left);
        let mut mask = 0_u64;
        for (place, (whole, uncovered)) in self.amounts.iter_mut().enumerate() {
            *uncovered = uncovered.min(*whole - covered(place, *whole));
            mask |= u64::from(covers[place]) << place.min(63);
        }
        // Policies on the same amounts are a tower: only what lies above all of it is uninsured.
        let mut above = (loss - policy.retention).max(0.0) - layer + due - paid;
        self.above.retain(|(below, amount)| {
            let same = below & mask != 0;
            if same {
                above = above.min(*amount);
            }
            !same
        });
        self.above.push((mask, above));
        if !(paid > 0.0 && loss > 0.0) {
            return;
        }
        *left -= paid;
        self.paid += paid;
        for (place, part) in parts.iter_mut().enumerate() {
            *part -= covered(place, *part) * (paid / loss);
        }
    }
}
