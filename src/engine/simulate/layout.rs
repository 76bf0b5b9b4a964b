//! What is the same in every world: who is bound to whom, which numbers are looked up where, and
//! which options differ.
//!
//! Risks that chains, causes or a policy's annual limit bind together are one group. Options that
//! do the same to a group are one variant of it; variant 0 is today. Everything is ordered by id,
//! so that the order of a file changes nothing.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::engine::event::{ActionState, action_state, risk_state};
use crate::engine::loss::LossModel;
use crate::engine::values::Values;
use crate::engine::world::{Draw, Knowledge, Unknown};
use crate::model::{Change, Count, EstimateId, Insurance, Scenario};
use crate::stats::rng::{Counter, purpose};
use crate::stats::sampling::{Sampler, Samplers};
use crate::stats::{Distribution, Lognormal};
use crate::units::{Arithmetic, Kind};

use super::symbol::{Arena, Drawn, Operand, Program, Symbol};
use crate::engine::loss::{Part, components, is_rate};

/// Variants of a group that are simulated at once: one bit each.
pub const MOST_VARIANTS: usize = 64;

/// Who is simulated together, without what that needs.
#[derive(Debug, Clone)]
pub struct Outline {
    /// Indices of the risks, each after those that lead to it.
    pub risks: Vec<usize>,
    /// Indices of the shared causes.
    pub causes: Vec<usize>,
    /// Indices of the policies in force under some option, in file order.
    pub policies: Vec<usize>,
    /// By variant, an option that shows it.
    pub shown_by: Vec<Option<usize>>,
    /// By option: its variant.
    pub variant_of: Vec<usize>,
    /// Whether chains or causes bind it.
    pub is_bound: bool,
}

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
    unknowns: Vec<Unknown>,
    /// The ranges of its amounts.
    ranges: Vec<EstimateId>,
}

/// One risk of a group.
#[derive(Debug)]
pub struct RiskPlan {
    /// Its index.
    pub risk: usize,
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
    /// Money per hour, where its range is in hours.
    pub price: Option<Operand>,
    /// Names its draw.
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
    /// By amount: a factor, and the range that takes its place with its scale.
    pub amounts: Vec<(Operand, Option<(usize, Operand)>)>,
    /// By secondary loss: a factor, and the chance that takes its place.
    pub chances: Vec<(Operand, Option<Operand>)>,
}

/// A shared cause.
#[derive(Debug)]
pub struct CausePlan {
    /// Names its random numbers.
    pub label: String,
    /// How often a year. Of the rates.
    pub rate: Operand,
}

/// A policy.
#[derive(Debug)]
pub struct PolicyPlan {
    /// In force under these variants.
    pub variants: u64,
    /// What the insured bears of every event.
    pub retention: f64,
    /// What is paid at most per event; infinite where nothing is said.
    pub limit: f64,
    /// What is paid at most in a year.
    pub annual_limit: f64,
    /// The insurer's share of the layer.
    pub share: f64,
    /// Hours of an outage before it counts.
    pub waiting: f64,
    /// By risk of the group and amount: whether it is covered.
    pub covers: Vec<Vec<bool>>,
}

/// Tables of a group.
#[derive(Debug)]
pub struct Tables {
    /// By unknown.
    pub unknowns: Vec<Drawn>,
    /// By range of an amount.
    pub ranges: Vec<Sampler>,
}

/// Options: today and plans.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Today is none.
    pub plans: &'a [Option<usize>],
    /// Whether plans that start the same controls at other times differ.
    pub timed: bool,
}

/// Every group, in the order of ids.
pub fn outlines(model: &LossModel<'_>, options: Options<'_>) -> Vec<Outline> {
    let scenario = model.scenario();
    let clusters = model.clusters();
    let mut root: Vec<usize> = (0..clusters.len()).collect();
    let place_of: BTreeMap<usize, usize> = clusters
        .iter()
        .enumerate()
        .flat_map(|(place, cluster)| cluster.risks.iter().map(move |risk| (*risk, place)))
        .collect();
    for policy in scenario.insurance() {
        let in_force = options.plans.iter().any(|plan| policy.is_in_force(*plan));
        if policy.annual_limit.is_none() || !in_force {
            continue;
        }
        let covered: Vec<usize> =
            (0..scenario.risks().len()).filter(|risk| policy.covers_risk(*risk)).map(|risk| place_of[&risk]).collect();
        for pair in covered.windows(2) {
            let (a, b) = (find(&root, pair[0]), find(&root, pair[1]));
            root[a.max(b)] = a.min(b);
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for cluster in 0..clusters.len() {
        members.entry(find(&root, cluster)).or_default().push(cluster);
    }
    let name = |risk: &usize| scenario.risks()[*risk].id.as_str();
    let mut outlines: Vec<Outline> = members
        .into_values()
        .map(|members| {
            let risks = members.iter().flat_map(|cluster| clusters[*cluster].risks.iter().copied()).collect();
            let mut causes: Vec<usize> =
                members.iter().flat_map(|cluster| clusters[*cluster].causes.iter().copied()).collect();
            causes.sort_by_key(|cause| scenario.shared_causes()[*cause].id.as_str());
            let is_bound = members.iter().any(|cluster| clusters[*cluster].risks.len() > 1);
            outline(model, options, risks, causes, is_bound)
        })
        .collect();
    outlines.sort_by_key(|outline| outline.risks.iter().map(name).min());
    outlines
}

fn find(root: &[usize], mut place: usize) -> usize {
    while root[place] != place {
        place = root[place];
    }
    place
}

fn outline(
    model: &LossModel<'_>,
    options: Options<'_>,
    risks: Vec<usize>,
    causes: Vec<usize>,
    is_bound: bool,
) -> Outline {
    let scenario = model.scenario();
    let acts = |control: usize| risks.iter().any(|risk| model.actions(*risk).iter().any(|a| a.control == control));
    let here = |policy: &Insurance| risks.iter().any(|risk| policy.covers_risk(*risk));
    type Does = (Vec<(usize, Decimal)>, Vec<usize>);
    let mut variants: Vec<Does> = Vec::new();
    let (mut shown_by, mut variant_of, mut in_force) = (Vec::new(), Vec::new(), Vec::new());
    for plan in options.plans {
        let planned = plan.map_or(&[][..], |plan| &scenario.plans()[plan].controls);
        let mut controls: Vec<(usize, Decimal)> = planned
            .iter()
            .filter(|planned| acts(planned.control))
            .map(|planned| (planned.control, if options.timed { planned.start } else { Decimal::ZERO }))
            .collect();
        controls.sort_unstable();
        let policies: Vec<usize> = (0..scenario.insurance().len())
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
    in_force.sort_unstable();
    in_force.dedup();
    Outline { risks, causes, policies: in_force, shown_by, variant_of, is_bound }
}

/// Symbols for everything in a scenario.
pub struct Symbols<'a, 's> {
    model: &'a LossModel<'s>,
    knowledge: &'a Knowledge<'s>,
    means: Values<Symbol<'a>>,
    /// A symbol for each unknown, the mean of all else.
    pub values: Values<Symbol<'a>>,
}

impl<'a, 's> Symbols<'a, 's> {
    /// Of a scenario.
    pub fn new(arena: &'a Arena, model: &'a LossModel<'s>, knowledge: &'a Knowledge<'s>) -> Self {
        let means = knowledge.means();
        let known = |_: EstimateId, mean: f64| Symbol::Known(mean);
        let mut values = means.mapped(known, Symbol::Known);
        for (place, unknown) in knowledge.unknowns().iter().enumerate() {
            values.replace(unknown.estimate, arena.draw(place, means.get(unknown.estimate)));
        }
        Self { model, knowledge, means: means.mapped(known, Symbol::Known), values }
    }

    /// Lays out a group.
    pub fn group(&self, outline: &Outline, options: Options<'_>) -> Group {
        let scenario = self.model.scenario();
        let mut ranges: Vec<EstimateId> = Vec::new();
        let mut writer = Writer::default();
        let mut by_id: Vec<usize> = outline.risks.clone();
        by_id.sort_by_key(|risk| scenario.risks()[*risk].id.as_str());
        let mut risks: Vec<RiskPlan> = outline
            .risks
            .iter()
            .map(|risk| self.risk(*risk, outline, options, &by_id, &mut ranges, &mut writer))
            .collect();
        let mut causes = Vec::with_capacity(outline.causes.len());
        for (place, cause) in outline.causes.iter().enumerate() {
            let cause = &scenario.shared_causes()[*cause];
            let rate = writer.rate(self.values.get(cause.frequency));
            causes.push(CausePlan { label: format!("cause {}", cause.id), rate });
            let struck = |risk: &&mut RiskPlan| cause.strikes.contains(&risk.risk);
            risks.iter_mut().filter(struck).for_each(|risk| risk.struck_by.push(place));
        }
        for (place, risk) in outline.risks.iter().enumerate() {
            for chain in &scenario.risks()[*risk].leads_to {
                risks[place].leads = true;
                let chance = writer.event(self.values.get(chain.chance));
                let draw = purpose(&format!("leads to {}", scenario.risks()[chain.risk].id));
                let to = risks.iter_mut().find(|risk| risk.risk == chain.risk);
                to.into_iter().for_each(|to| to.led_to_by.push((place, chance, draw)));
            }
        }
        for risk in &mut risks {
            risk.led_to_by.sort_by_key(|(from, ..)| scenario.risks()[outline.risks[*from]].id.as_str());
        }
        let policies = outline.policies.iter().map(|policy| policy_plan(scenario, outline, *policy)).collect();
        let (rates, events, unknowns) = writer.programs(&mut risks, &mut causes);
        let unknowns = unknowns.into_iter().map(|unknown| self.knowledge.unknowns()[unknown]).collect();
        Group { risks, causes, policies, variants: outline.shown_by.len(), rates, events, unknowns, ranges }
    }

    fn risk(
        &self,
        risk: usize,
        outline: &Outline,
        options: Options<'_>,
        by_id: &[usize],
        ranges: &mut Vec<EstimateId>,
        writer: &mut Writer<'a>,
    ) -> RiskPlan {
        let scenario = self.model.scenario();
        let item = &scenario.risks()[risk];
        let mut range = |id: EstimateId| {
            ranges.iter().position(|other| *other == id).unwrap_or_else(|| {
                ranges.push(id);
                ranges.len() - 1
            })
        };
        let state = risk_state(scenario, risk, &self.means, &self.values);
        let parts = components(item);
        let amounts = state
            .amounts
            .iter()
            .zip(&parts)
            .map(|(amount, part)| AmountPlan {
                range: amount.severity.map(&mut range),
                scale: writer.event(amount.scale),
                secondary: amount.secondary,
                price: amount.price.map(|price| writer.event(price)),
                purpose: purpose(&named(*part)),
            })
            .collect();
        let chances = state
            .secondary
            .iter()
            .enumerate()
            .map(|(index, chance)| (writer.event(*chance), purpose(&format!("secondary {index}"))))
            .collect();
        let mut actions: Vec<(&str, ActionPlan)> = Vec::new();
        let mut failures: Vec<(String, usize)> = Vec::new();
        for action in self.model.actions(risk) {
            let control = &scenario.controls()[action.control];
            let bought: Vec<Option<(f64, f64)>> = outline
                .shown_by
                .iter()
                .map(|plan| {
                    let planned = scenario.plans()[(*plan)?].controls.iter().find(|p| p.control == action.control)?;
                    let start = if options.timed { planned.start } else { Decimal::ZERO };
                    Some((f64::from_decimal(start), f64::from_decimal(control.ramp.years())))
                })
                .collect();
            if bought.iter().all(Option::is_none) {
                continue;
            }
            let state = action_state(scenario, risk, action, &self.means, &self.values);
            let may_add = action
                .effects
                .iter()
                .any(|effect| is_rate(effect.factor) && matches!(effect.change, Change::Becomes(_)));
            let fails_with = control.fails_with.as_ref().map(|failure| {
                let place = failures.iter().position(|(group, _)| *group == failure.group).unwrap_or_else(|| {
                    failures.push((failure.group.clone(), 0));
                    failures.len() - 1
                });
                failures[place].1 += 1;
                (place, f64::from_decimal(failure.share.get()))
            });
            let covers = (self.values.or_one(control.coverage), self.values.or_one(control.reliability));
            let plan = self.action(&state, bought, covers, fails_with, may_add, &control.id, &mut range, writer);
            actions.push((control.id.as_str(), plan));
        }
        actions.sort_by_key(|(id, _)| *id);
        let mut actions: Vec<ActionPlan> = actions.into_iter().map(|(_, action)| action).collect();
        for action in &mut actions {
            // Who stands alone here has nobody to fail with.
            action.fails_with = action.fails_with.filter(|(place, _)| failures[*place].1 > 1);
            action.draws |= action.fails_with.is_some();
        }
        RiskPlan {
            risk,
            rank: by_id.iter().position(|other| *other == risk).unwrap_or(0),
            label: format!("risk {}", item.id),
            rate: writer.rate(state.rate),
            count: item.count,
            amounts,
            chances,
            actions,
            failures: failures
                .iter()
                .map(|(group, _)| {
                    (purpose(&format!("who fails with {group}")), purpose(&format!("which fail with {group}")))
                })
                .collect(),
            struck_by: Vec::new(),
            led_to_by: Vec::new(),
            leads: false,
            brought: purpose(&format!("brought to {}", item.id)),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "they are the columns of one row")]
    fn action(
        &self,
        state: &ActionState<Symbol<'a>>,
        bought: Vec<Option<(f64, f64)>>,
        covers: (Symbol<'a>, Symbol<'a>),
        fails_with: Option<(usize, f64)>,
        may_add: bool,
        id: &str,
        range: &mut dyn FnMut(EstimateId) -> usize,
        writer: &mut Writer<'a>,
    ) -> ActionPlan {
        ActionPlan {
            bought,
            acts: writer.event(covers.0 * covers.1),
            covers: (writer.event(covers.0), writer.event(covers.1)),
            fails_with,
            draws: !state.is_rate_only(),
            purposes: ["acts", "covers", "works"].map(|what| purpose(&format!("{id} {what}"))),
            keeps: writer.event(state.keeps),
            may_add: may_add.then(|| writer.rate(state.keeps)),
            keeps_brought: writer.event(state.keeps_brought),
            amounts: state
                .amounts
                .iter()
                .map(|change| {
                    let becomes = change.becomes.map(|(id, scale)| (range(id), writer.event(scale)));
                    (writer.event(change.factor), becomes)
                })
                .collect(),
            chances: state
                .secondary
                .iter()
                .map(|change| (writer.event(change.factor), change.becomes.map(|chance| writer.event(chance))))
                .collect(),
        }
    }
}

fn named(part: Part) -> String {
    match part {
        Part::Primary(form) => format!("loss {}", form.key()),
        Part::Asset => "asset".into(),
        Part::Outage => "outage".into(),
        Part::Secondary(index, form) => format!("secondary {index} {}", form.key()),
    }
}

fn policy_plan(scenario: &Scenario, outline: &Outline, index: usize) -> PolicyPlan {
    let policy = &scenario.insurance()[index];
    let money =
        |money: Option<crate::units::Money>| money.map_or(f64::INFINITY, |money| f64::from_decimal(money.get()));
    let covers = outline
        .risks
        .iter()
        .map(|risk| {
            let parts = components(&scenario.risks()[*risk]);
            parts.iter().map(|part| policy.covers_risk(*risk) && policy.covers.contains(&part.form())).collect()
        })
        .collect();
    PolicyPlan {
        variants: outline
            .shown_by
            .iter()
            .enumerate()
            .filter(|(_, plan)| policy.is_in_force(**plan))
            .fold(0, |mask, (variant, _)| mask | 1 << variant),
        retention: f64::from_decimal(policy.retention.get()),
        limit: money(policy.limit),
        annual_limit: money(policy.annual_limit),
        share: 1.0 - f64::from_decimal(policy.coinsurance.get()),
        waiting: f64::from_decimal(policy.waiting.get()),
        covers,
    }
}

/// Collects the symbols of a group and makes its two programs of them.
#[derive(Default)]
struct Writer<'a> {
    rates: Vec<Symbol<'a>>,
    events: Vec<Symbol<'a>>,
}

impl<'a> Writer<'a> {
    /// A number for every year. What is returned stands for its place among the rates.
    fn rate(&mut self, symbol: Symbol<'a>) -> Operand {
        Self::note(&mut self.rates, symbol)
    }

    /// A number for years with events.
    fn event(&mut self, symbol: Symbol<'a>) -> Operand {
        Self::note(&mut self.events, symbol)
    }

    fn note(list: &mut Vec<Symbol<'a>>, symbol: Symbol<'a>) -> Operand {
        match symbol {
            Symbol::Known(value) => Operand::Known(value),
            Symbol::Node(..) => {
                list.push(symbol);
                Operand::Column(list.len() as u32 - 1)
            }
        }
    }

    /// The programs, the operands of the group moved to where they stand in them, and the unknowns.
    fn programs(self, risks: &mut [RiskPlan], causes: &mut [CausePlan]) -> (Program, Program, Vec<usize>) {
        let (mut rates, rate_places) = Program::new(self.rates);
        let (mut events, event_places) = Program::new(self.events);
        let moved = |operand: &mut Operand, places: &[Operand]| {
            if let Operand::Column(index) = *operand {
                *operand = places[index as usize];
            }
        };
        causes.iter_mut().for_each(|cause| moved(&mut cause.rate, &rate_places));
        for risk in risks {
            moved(&mut risk.rate, &rate_places);
            risk.actions.iter_mut().filter_map(|a| a.may_add.as_mut()).for_each(|o| moved(o, &rate_places));
            risk.event_operands(&mut |operand| moved(operand, &event_places));
        }
        let mut unknowns: Vec<usize> = rates.unknowns().chain(events.unknowns()).collect();
        unknowns.sort_unstable();
        unknowns.dedup();
        let place = |unknown: usize| unknowns.binary_search(&unknown).unwrap_or(0);
        rates.rename(place);
        events.rename(place);
        (rates, events, unknowns)
    }
}

impl RiskPlan {
    fn event_operands(&mut self, each: &mut dyn FnMut(&mut Operand)) {
        for amount in &mut self.amounts {
            each(&mut amount.scale);
            amount.price.iter_mut().for_each(&mut *each);
        }
        self.chances.iter_mut().for_each(|(chance, _)| each(chance));
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
            for (factor, becomes) in &mut action.amounts {
                each(factor);
                becomes.iter_mut().for_each(|(_, scale)| each(scale));
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
            risk.actions.iter().flat_map(|action| &action.amounts).filter_map(|(_, new)| new.map(|new| new.0));
        let ranges: Vec<usize> = amounts.chain(becomes).collect();
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
