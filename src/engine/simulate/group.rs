//! What a group needs to be simulated: numbers by their place, ready but for its tables.

use crate::engine::policy::PolicyTerms;
use crate::engine::world::{Draw, Knowledge, Unknown};
use crate::model::{Count, EstimateId, Form, RiskId};
use crate::stats::rng::Counter;
use crate::stats::sampling::{Sampler, Samplers};
use crate::stats::{Distribution, Lognormal};
use crate::units::Kind;

use super::symbol::{Drawn, Operand, Program};

/// A group, ready to be simulated but for its tables.
#[derive(Debug)]
pub struct Group {
    /// Its risks, each after those that lead to it.
    pub risks: Vec<RiskPlan>,
    /// Its shared causes.
    pub causes: Vec<CausePlan>,
    /// Its policies.
    pub policies: Vec<PolicyPlan>,
    /// How many variants it has.
    pub variants: usize,
    /// What is worked out for every year.
    pub rates: Program,
    /// What is worked out for years with events.
    pub events: Program,
    /// What is not known of it.
    pub unknowns: Vec<Unknown>,
    /// The ranges of its amounts.
    pub ranges: Vec<EstimateId>,
}

/// One risk of a group.
#[derive(Debug)]
pub struct RiskPlan {
    /// Its index.
    pub risk: RiskId,
    /// Its place among the risks of the group by id.
    pub rank: usize,
    /// Names its random numbers.
    pub label: String,
    /// Own events a year, or the chance of one. Of the rates.
    pub rate: Operand,
    /// How they are counted.
    pub count: Count,
    /// What an event costs.
    pub amounts: Vec<AmountPlan>,
    /// Chances of secondary losses, and what names their draws.
    pub chances: Vec<(Operand, u64)>,
    /// The next stage, whose chance follows how long an event lasts.
    pub next: Option<NextPlan>,
    /// What controls do.
    pub actions: Vec<ActionPlan>,
    /// Groups of controls that fail together: what names who is in common, and which of them fail.
    pub failures: Vec<(u64, u64)>,
    /// Causes that strike it: places among those of the group.
    pub struck_by: Vec<usize>,
    /// Risks that lead to it (places in the group), with the chance, and what names its draw.
    pub led_to_by: Vec<(usize, Operand, u64)>,
    /// Whether another risk needs its events.
    pub leads: bool,
    /// Names the events that are brought to it.
    pub brought: u64,
}

/// An amount of an event.
#[derive(Debug)]
pub struct AmountPlan {
    /// Place of its range; what is drawn is one where there is none.
    pub range: Option<usize>,
    /// What a draw is multiplied by.
    pub scale: Operand,
    /// The secondary loss that it belongs to.
    pub secondary: Option<usize>,
    /// What a draw is multiplied by to give hours, where it is an outage.
    pub hours: Option<Operand>,
    /// The form of loss that it counts as.
    pub form: Form,
    /// Names its draw.
    pub purpose: u64,
}

/// A next stage of an event.
#[derive(Debug)]
pub struct NextPlan {
    /// Its place among the secondary losses.
    pub secondary: usize,
    /// Place of the range of the time.
    pub range: usize,
    /// What a draw of it is multiplied by.
    pub scale: Operand,
    /// How often an hour it comes.
    pub rate: f64,
    /// Names the draw of the time.
    pub purpose: u64,
}

/// What a control does to a risk.
#[derive(Debug)]
pub struct ActionPlan {
    /// By variant: when it starts and how long it ramps up, in years, where it is bought.
    pub bought: Vec<Option<(f64, f64)>>,
    /// The chance that it acts.
    pub acts: Operand,
    /// The part that it covers, and how often it works there.
    pub covers: (Operand, Operand),
    /// The place of the group that it fails with, and the share of its failures.
    pub fails_with: Option<(usize, f64)>,
    /// Whether each event draws if it acts. Otherwise only how many events it lets through counts.
    pub draws: bool,
    /// Names that draw, and those of coverage and of failure on its own.
    pub purposes: [u64; 3],
    /// Which part of own events it lets through.
    pub keeps: Operand,
    /// The same for each year, where it may be above one.
    pub may_add: Option<Operand>,
    /// Which part of brought events it lets through.
    pub keeps_brought: Operand,
    /// How many come instead of one that is brought, where it ends a control that stopped some.
    pub brings: Option<Operand>,
    /// By amount.
    pub amounts: Vec<ChangePlan>,
    /// The range of the new time within which the next stage may come, with its scale.
    pub time: Option<(usize, Operand)>,
    /// By secondary loss: a factor, and the chance that takes its place.
    pub chances: Vec<(Operand, Option<Operand>)>,
}

/// What a control does to an amount.
#[derive(Debug)]
pub struct ChangePlan {
    /// It is multiplied by this.
    pub factor: Operand,
    /// The range that takes its place, with its scale.
    pub becomes: Option<(usize, Operand)>,
    /// What hours are multiplied by.
    pub hours: Operand,
}

/// A shared cause.
#[derive(Debug)]
pub struct CausePlan {
    /// Names its random numbers.
    pub label: String,
    /// How often a year. Of the rates.
    pub rate: Operand,
    /// How often in each year, where that is given.
    pub given: Option<usize>,
}

/// A policy.
#[derive(Debug)]
pub struct PolicyPlan {
    /// In force under these variants.
    pub variants: u64,
    /// What is written in it.
    pub terms: PolicyTerms,
    /// By risk of the group: whether it may pay for an event of it.
    pub covers: Vec<bool>,
}

/// Tables of a group.
#[derive(Debug)]
pub struct Tables {
    /// By unknown.
    pub unknowns: Vec<Drawn>,
    /// By range of an amount.
    pub ranges: Vec<Sampler>,
}

impl RiskPlan {
    pub(super) fn event_operands(&mut self, each: &mut dyn FnMut(&mut Operand)) {
        for amount in &mut self.amounts {
            each(&mut amount.scale);
            amount.hours.iter_mut().for_each(&mut *each);
        }
        self.chances.iter_mut().for_each(|(chance, _)| each(chance));
        self.next.iter_mut().for_each(|next| each(&mut next.scale));
        self.led_to_by.iter_mut().for_each(|(_, chance, _)| each(chance));
        for action in &mut self.actions {
            [
                &mut action.acts,
                &mut action.covers.0,
                &mut action.covers.1,
                &mut action.keeps,
                &mut action.keeps_brought,
            ]
            .into_iter()
            .for_each(&mut *each);
            action.brings.iter_mut().for_each(&mut *each);
            action.time.iter_mut().for_each(|(_, scale)| each(scale));
            for change in &mut action.amounts {
                each(&mut change.factor);
                each(&mut change.hours);
                change.becomes.iter_mut().for_each(|(_, scale)| each(scale));
            }
            for (factor, becomes) in &mut action.chances {
                each(factor);
                becomes.iter_mut().for_each(&mut *each);
            }
        }
    }

    /// Whether an event of this risk asks for nothing but its amounts, at the same scale always.
    pub fn is_plain(&self) -> bool {
        let known = |operand: &Operand| matches!(operand, Operand::Known(_));
        self.actions.is_empty()
            && self.next.is_none()
            && self.struck_by.is_empty()
            && self.led_to_by.is_empty()
            && !self.leads
            && self.amounts.iter().all(|amount| known(&amount.scale))
            && self.chances.iter().all(|(chance, _)| known(chance))
    }
}

impl Group {
    /// The tables that its draws come from; `world` names the kind of run.
    pub fn tables(&self, knowledge: &Knowledge<'_>, samplers: &Samplers, seed: u64, world: &str) -> Tables {
        Tables {
            unknowns: drawn(knowledge, self.unknowns.iter(), samplers, seed, world),
            ranges: self.ranges.iter().map(|id| samplers.sampler(knowledge.distribution(*id))).collect(),
        }
    }

    /// The ranges and the unknowns that the loss of a risk may depend on.
    pub fn ids(&self, risk: &RiskPlan) -> impl Iterator<Item = EstimateId> + '_ {
        let amounts = risk.amounts.iter().filter_map(|amount| amount.range);
        let becomes =
            risk.actions.iter().flat_map(|action| &action.amounts).filter_map(|change| change.becomes.map(|new| new.0));
        let times = risk.next.iter().map(|next| next.range);
        let times = times.chain(risk.actions.iter().filter_map(|action| action.time.map(|(range, _)| range)));
        let ranges: Vec<usize> = amounts.chain(becomes).chain(times).collect();
        let unknowns = self.unknowns.iter().map(|unknown| unknown.estimate);
        ranges.into_iter().map(|range| self.ranges[range]).chain(unknowns)
    }

    /// Whether it is one plain risk under all options.
    pub fn is_plain(&self) -> bool {
        self.variants == 1 && self.policies.is_empty() && self.risks.len() == 1 && self.risks[0].is_plain()
    }
}

/// Unknowns, ready to be drawn.
pub fn drawn<'u>(
    knowledge: &Knowledge<'_>,
    unknowns: impl Iterator<Item = &'u Unknown>,
    samplers: &Samplers,
    seed: u64,
    world: &str,
) -> Vec<Drawn> {
    unknowns
        .map(|unknown| {
            let estimate = knowledge.estimate(unknown.estimate);
            let mean = knowledge.means().get(unknown.estimate);
            let sampler = match unknown.draw {
                Draw::Range => samplers.sampler(&estimate.distribution),
                Draw::Doubt { sigma, scale } => {
                    let middle = libm::log(mean * scale) - 0.5 * sigma * sigma;
                    match Lognormal::new(middle, sigma) {
                        Ok(range) => samplers.sampler(&Distribution::Lognormal(range)),
                        // Nothing to doubt: no spread, or a mean of zero.
                        Err(_) => Sampler::Known(mean),
                    }
                }
            };
            let is_doubted = unknown.draw != Draw::Range;
            Drawn {
                counter: Counter::new(seed, &format!("{world} {}", estimate.path)),
                sampler,
                cap: if is_doubted && estimate.kind == Kind::Chance { 1.0 } else { f64::INFINITY },
            }
        })
        .collect()
}
