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
    let mut desk = Desk { group, parts, event: Settlement::default(), components: Vec::new() };
    let is_annual = group.policies.iter().any(|policy| policy.terms.has_annual_terms());
    let (mut sums, mut years) = (Vec::new(), Vec::new());
    for variant in 0..group.variants {
        for claims in claims.chunk_by(|a, b| a.year == b.year) {
            let happen = || claims.iter().filter(|claim| claim.variants >> variant & 1 == 1);
            sums.clear();
            sums.resize(group.policies.len(), 0.0);
            // Only the sum of the year tells what annual terms leave of each event.
            for claim in happen().filter(|_| is_annual) {
                for (place, index) in desk.begin(claim, variant).into_iter().enumerate() {
                    sums[index] += desk.event.layer(place);
                }
            }
            years.clear();
            years.extend(group.policies.iter().zip(&sums).map(|(policy, sum)| match policy.terms.has_annual_terms() {
                true => policy.terms.of_year(*sum),
                false => YearParts { within: 1.0, beyond: 0.0 },
            }));
            for claim in happen() {
                for (place, index) in desk.begin(claim, variant).into_iter().enumerate() {
                    desk.event.pay(place, &group.policies[index].terms, years[index]);
                }
                let column = claim.risk as usize * group.variants + variant;
                outcome.add(column, task.years, claim.year as usize, desk.event.rest());
                let transfer = &mut outcome.transfers[column];
                transfer.paid += desk.event.paid();
                transfer.uninsured += desk.event.uninsured();
            }
        }
    }
}

/// Where claims are looked at one by one.
struct Desk<'a> {
    group: &'a Group,
    parts: &'a [f64],
    event: Settlement,
    components: Vec<Component>,
}

impl Desk<'_> {
    /// Lays out a claim under a variant; the policies that may pay for it, by their index.
    fn begin(&mut self, claim: &Claim, variant: usize) -> Vec<usize> {
        let risk = claim.risk as usize;
        let amounts = &self.group.risks[risk].amounts;
        let first = claim.parts + variant * (amounts.len() + 1);
        let hours = self.parts[first + amounts.len()];
        self.components.clear();
        self.components.extend(amounts.iter().zip(&self.parts[first..]).map(|(plan, amount)| Component {
            form: plan.form,
            amount: *amount,
            hours: plan.hours.is_some().then_some(hours),
        }));
        let policies = &self.group.policies;
        let pays = |index: &usize| policies[*index].variants >> variant & 1 == 1 && policies[*index].covers[risk];
        let paying: Vec<usize> = (0..policies.len()).filter(pays).collect();
        self.event.begin(paying.iter().map(|index| &policies[*index].terms), &self.components);
        paying
    }
}
