//! What do insurers pay in simulated years?
//!
//! Annual terms are shared by the events of a year in proportion to their layers. What each event is
//! paid is said in `engine::policy`. What a shared cause or a chain brings is an event of its own in
//! each risk. See `docs/model/insurance.md`.

use crate::engine::policy::{Component, Settlement, YearParts};

use super::block::{Outcome, Task};
use super::group::Group;

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
    let desk = Desk { group, parts };
    let paying = paying(group);
    let is_annual = group.policies.iter().any(|policy| policy.terms.has_annual_terms());
    let (mut sums, mut years) = (Vec::new(), Vec::new());
    // The events of a year, in room that is used again.
    let (mut events, mut components): (Vec<Settlement>, _) = (Vec::new(), Vec::new());
    for (variant, paying) in paying.iter().enumerate() {
        for claims in claims.chunk_by(|a, b| a.year == b.year) {
            let happen = || claims.iter().filter(|claim| claim.variants >> variant & 1 == 1);
            sums.clear();
            sums.resize(group.policies.len(), 0.0);
            for (place, claim) in happen().enumerate() {
                if place == events.len() {
                    events.push(Settlement::default());
                }
                let paying = &paying[claim.risk as usize];
                desk.begin(&mut events[place], claim, variant, paying, &mut components);
                // Only the sum of the year tells what annual terms leave of each event.
                if is_annual {
                    paying
                        .iter()
                        .enumerate()
                        .for_each(|(place_of, index)| sums[*index] += events[place].layer(place_of));
                }
            }
            years.clear();
            years.extend(group.policies.iter().zip(&sums).map(|(policy, sum)| match policy.terms.has_annual_terms() {
                true => policy.terms.of_year(*sum),
                false => YearParts { within: 1.0, beyond: 0.0 },
            }));
            for (claim, event) in happen().zip(&mut events) {
                for (place, index) in paying[claim.risk as usize].iter().enumerate() {
                    event.pay(place, &group.policies[*index].terms, years[*index]);
                }
                let column = claim.risk as usize * group.variants + variant;
                outcome.add(column, task.years, claim.year as usize, event.rest());
                let transfer = &mut outcome.transfers[column];
                transfer.paid += event.paid();
                transfer.uninsured += event.uninsured();
            }
        }
    }
}

/// Where claims are looked at one by one.
struct Desk<'a> {
    group: &'a Group,
    parts: &'a [f64],
}

impl Desk<'_> {
    /// Lays out a claim under a variant, before the policies that may pay for it.
    fn begin(
        &self,
        event: &mut Settlement,
        claim: &Claim,
        variant: usize,
        paying: &[usize],
        components: &mut Vec<Component>,
    ) {
        let amounts = &self.group.risks[claim.risk as usize].amounts;
        let first = claim.parts + variant * (amounts.len() + 1);
        let hours = self.parts[first + amounts.len()];
        components.clear();
        components.extend(amounts.iter().zip(&self.parts[first..]).map(|(plan, amount)| Component {
            form: plan.form,
            amount: *amount,
            hours: plan.hours.is_some().then_some(hours),
        }));
        event.begin(paying.iter().map(|index| &self.group.policies[*index].terms), components);
    }
}

/// By variant and place of the risk: the policies that may pay for its events, by their index.
fn paying(group: &Group) -> Vec<Vec<Vec<usize>>> {
    let pays = |variant: usize, risk: usize| {
        let in_force = |index: &usize| {
            let policy = &group.policies[*index];
            policy.variants >> variant & 1 == 1 && policy.covers[risk]
        };
        (0..group.policies.len()).filter(in_force).collect()
    };
    (0..group.variants).map(|variant| (0..group.risks.len()).map(|risk| pays(variant, risk)).collect()).collect()
}
