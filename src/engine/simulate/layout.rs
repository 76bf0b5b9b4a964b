//! Which numbers are looked up where, the same in every world?
//!
//! The formulas of a group are written down once as programs (`symbol`); what remains are places.

use rust_decimal::Decimal;

use crate::engine::event::{ActionState, action_state, risk_state};
use crate::engine::loss::LossModel;
use crate::engine::policy::PolicyTerms;
use crate::engine::values::Values;
use crate::engine::world::Knowledge;
use crate::model::{Change, EstimateId, Part, PolicyId, RiskId, Scenario};
use crate::stats::rng::purpose;
use crate::units::Arithmetic;

use super::group::{ActionPlan, AmountPlan, CausePlan, ChangePlan, Group, NextPlan, PolicyPlan, RiskPlan};
use super::outline::{Options, Outline};
use super::symbol::{Arena, Operand, Program, Symbol};

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
        let mut by_id: Vec<RiskId> = outline.risks.clone();
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
            causes.push(CausePlan { label: format!("cause {}", cause.id), rate, given: None });
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
        risk: RiskId,
        outline: &Outline,
        options: Options<'_>,
        by_id: &[RiskId],
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
        let parts = item.parts();
        let amounts = state
            .amounts
            .iter()
            .zip(&parts)
            .map(|(amount, part)| AmountPlan {
                range: amount.severity.map(&mut range),
                scale: writer.event(amount.scale),
                secondary: amount.secondary,
                hours: amount.hours.map(|hours| writer.event(hours)),
                form: amount.form,
                purpose: purpose(&named(*part)),
            })
            .collect();
        let chances = state
            .secondary
            .iter()
            .enumerate()
            .map(|(index, chance)| {
                // The steps of an obligation share one draw: how far it goes.
                let is_next = state.next.is_some_and(|next| next.secondary == index);
                let name = state.duties[index].map_or_else(
                    || if is_next { "dwell stage".to_owned() } else { format!("secondary {index}") },
                    |duty| format!("obligation {}", scenario.obligations()[duty].id),
                );
                (writer.event(*chance), purpose(&name))
            })
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
            let is_more = |change: Change| match change {
                Change::Becomes(_) => true,
                Change::Reduction(_) => control.ends.is_some(),
            };
            let may_add = action.effects.iter().any(|effect| effect.factor.is_rate() && is_more(effect.change));
            let fails_with = control.fails_with.as_ref().map(|failure| {
                let place = failures.iter().position(|(group, _)| *group == failure.group).unwrap_or_else(|| {
                    failures.push((failure.group.clone(), 0));
                    failures.len() - 1
                });
                failures[place].1 += 1;
                (place, f64::from_decimal(failure.share.get()))
            });
            let covers = (self.values.or_one(control.coverage), self.values.or_one(control.reliability));
            let adds = Adds { own: may_add, brought: may_add && control.ends.is_some() };
            let plan = self.action(&state, bought, covers, fails_with, adds, &control.id, &mut range, writer);
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
            // Events that cost nothing and bring nothing are not walked, however many there are.
            rate: if self.model.is_harmless(risk, self.knowledge.means()) {
                Operand::Known(0.0)
            } else {
                writer.rate(state.rate)
            },
            count: item.count,
            amounts,
            chances,
            next: state.next.map(|next| NextPlan {
                secondary: next.secondary,
                range: range(next.time),
                scale: writer.event(next.scale),
                rate: next.rate,
                purpose: purpose(&named(Part::Dwell)),
            }),
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
        adds: Adds,
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
            may_add: adds.own.then(|| writer.rate(state.keeps)),
            keeps_brought: if adds.brought { Operand::Known(1.0) } else { writer.event(state.keeps_brought) },
            brings: adds.brought.then(|| writer.event(state.keeps_brought)),
            amounts: state
                .amounts
                .iter()
                .map(|change| {
                    let becomes = change.becomes.map(|(id, scale)| (range(id), writer.event(scale)));
                    ChangePlan { factor: writer.event(change.factor), becomes, hours: writer.event(change.hours) }
                })
                .collect(),
            time: state.time.map(|(id, scale)| (range(id), writer.event(scale))),
            chances: state
                .secondary
                .iter()
                .map(|change| (writer.event(change.factor), change.becomes.map(|chance| writer.event(chance))))
                .collect(),
        }
    }
}

/// Which events a control may make more.
#[derive(Debug, Clone, Copy)]
struct Adds {
    own: bool,
    brought: bool,
}

fn named(part: Part) -> String {
    match part {
        Part::Primary(form) => format!("loss {}", form.key()),
        Part::Asset => "asset".into(),
        Part::Outage => "outage".into(),
        Part::Dwell => "dwell".into(),
        Part::Next => "dwell then".into(),
        Part::Secondary(index, form) => format!("secondary {index} {}", form.key()),
    }
}

fn policy_plan(scenario: &Scenario, outline: &Outline, index: PolicyId) -> PolicyPlan {
    let policy = &scenario.insurance()[index];
    let terms = PolicyTerms::of(policy);
    let covers = |risk: &RiskId| {
        policy.covers_risk(*risk) && scenario.risks()[*risk].parts().iter().any(|part| terms.covers(part.form()))
    };
    PolicyPlan {
        variants: outline
            .shown_by
            .iter()
            .enumerate()
            .filter(|(_, plan)| policy.is_in_force(**plan))
            .fold(0, |mask, (variant, _)| mask | 1 << variant),
        covers: outline.risks.iter().map(covers).collect(),
        terms,
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
