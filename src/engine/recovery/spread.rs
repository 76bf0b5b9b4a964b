//! Which of the things that we do not know are as good as drawn with every event?
//!
//! Where only events count, what is paid on average is linear in what an event pays. A value of an asset, a price of an
//! hour or a doubt about a mean that enters one amount of an event, and nothing else of it, may then be averaged within
//! that amount: its range times what is not known of it is one range more (`stats::distribution::product`), whose layer
//! is a closed form. A kink of the layer, where nothing is left to luck, needs no points then.

use std::sync::Arc;

use crate::engine::exact::mix::Drawn;
use crate::engine::exact::range;
use crate::engine::values::Values;
use crate::engine::world::{Draw, Unknown};
use crate::model::{Change, EstimateId, Part, PolicyId, RiskId, Scenario};
use crate::stats::Distribution;
use crate::units::Kind;

use super::Recoveries;

impl Recoveries<'_, '_> {
    /// Parts unknowns in those that are drawn with the amounts of these risks, and all others.
    pub(super) fn drawn_with_amounts(
        &self,
        risks: &[RiskId],
        asked: &[PolicyId],
        policies: &[PolicyId],
        unknowns: Vec<Unknown>,
        values: &Values<f64>,
    ) -> (Vec<Unknown>, Vec<Unknown>) {
        // What others cut off is averaged over points of the amounts themselves.
        if self.is_cut(risks, asked, policies) {
            return (Vec::new(), unknowns);
        }
        let waits = asked.iter().any(|policy| self.terms[*policy].of.waiting > 0.0);
        unknowns.into_iter().partition(|unknown| {
            let estimate = self.scenario().estimate(unknown.estimate);
            let (now, mean) = (values.get(unknown.estimate), self.knowledge.means().get(unknown.estimate));
            // A chance that was raised may be cut at one, and a doubted one is.
            let is_free = estimate.kind != Kind::Chance || (now == mean && matches!(unknown.draw, Draw::Range));
            is_free && mean > 0.0 && risks.iter().all(|risk| self.enters_one_amount(*risk, unknown.estimate, waits))
        })
    }

    /// Whether others may cut what any of the policies that are asked about pays.
    pub(super) fn is_cut(&self, risks: &[RiskId], asked: &[PolicyId], policies: &[PolicyId]) -> bool {
        let apart = |risk: RiskId, policy: PolicyId, other: PolicyId| {
            policy == other || self.terms[policy].is_apart_from(&self.terms[other], risk)
        };
        risks.iter().any(|risk| asked.iter().any(|policy| policies.iter().any(|other| !apart(*risk, *policy, *other))))
    }

    /// Whether an estimate is a factor of one amount of a risk's events at most, and of nothing else of them.
    fn enters_one_amount(&self, risk: RiskId, id: EstimateId, waits: bool) -> bool {
        let item = &self.scenario().risks()[risk];
        let effects = || self.model.actions(risk).iter().flat_map(|action| &action.effects);
        if effects().any(|effect| matches!(effect.change, Change::Reduction(reduction) if reduction == id)) {
            return false;
        }
        let parts = item.parts();
        let touched: Vec<Part> = parts
            .into_iter()
            .filter(|part| {
                let new = effects().filter(|effect| effect.factor.reduces(*part)).any(|effect| match effect.change {
                    Change::Becomes(new) => new == id,
                    Change::Reduction(_) => false,
                });
                new || today(self.scenario(), risk, *part).contains(&id)
                    || price(self.scenario(), risk, *part).contains(&id)
            })
            .collect();
        match touched.as_slice() {
            [] => true,
            // A wait costs money that moves with the price; the days decide about the next stage.
            [Part::Outage] => !waits,
            [Part::Dwell | Part::Next] => item.dwell.is_none_or(|dwell| dwell.then.is_none()),
            [_] => true,
            _ => false,
        }
    }

    /// The unknowns by axis: those that enter nothing but one factor of the same amounts together, all others alone.
    pub(super) fn axes(&self, unknowns: Vec<Unknown>) -> Vec<Vec<Unknown>> {
        let risks = self.scenario().risks().entries();
        let parts: Vec<(RiskId, Part)> =
            risks.flat_map(|(risk, item)| item.parts().into_iter().map(move |part| (risk, part))).collect();
        let enters = |unknown: &Unknown| -> Vec<(RiskId, Part)> {
            let id = unknown.estimate;
            let is_factor = |(risk, part): &(RiskId, Part)| match part {
                Part::Asset => today(self.scenario(), *risk, *part).contains(&id),
                Part::Outage => price(self.scenario(), *risk, *part).contains(&id),
                _ => false,
            };
            parts.iter().copied().filter(is_factor).collect()
        };
        let mut axes: Vec<Vec<Unknown>> = Vec::new();
        let mut entered: Vec<Vec<(RiskId, Part)>> = Vec::new();
        for unknown in unknowns {
            let now = enters(&unknown);
            let mean = self.knowledge.means().get(unknown.estimate);
            let is_factor = !now.is_empty() && mean > 0.0 && matches!(unknown.draw, Draw::Range);
            match entered.iter().position(|known| is_factor && *known == now) {
                Some(place) => axes[place].push(unknown),
                None => {
                    axes.push(vec![unknown]);
                    entered.push(if is_factor { now } else { Vec::new() });
                }
            }
        }
        axes
    }

    /// The range of an amount with what is drawn with it.
    pub(super) fn range(&self, drawn: &Drawn, with: &[Unknown]) -> Distribution {
        if with.is_empty() || self.factors(drawn, with).next().is_none() {
            return range(self.scenario(), drawn);
        }
        let unscaled = Drawn { scale: 1.0, price: None, ..*drawn };
        let mut key: Vec<u64> = super::key_of(&unscaled).into();
        key.extend(self.ids(drawn, with));
        let spread = self.found.ranges.get(key, || {
            let own = range(self.scenario(), &unscaled);
            let mut factors = self.factors(drawn, with).map(|unknown| self.knowledge.relative(unknown));
            let spread = factors.try_fold(own, |range, factor| Distribution::product(&range, &factor));
            // Factors are positive with a mean, so that there is a product.
            Arc::new(spread.unwrap_or_else(|_| range(self.scenario(), &unscaled)))
        });
        spread.scaled(drawn.scale)
    }

    /// What of `with` is drawn with an amount.
    pub(super) fn factors<'u>(&self, drawn: &Drawn, with: &'u [Unknown]) -> impl Iterator<Item = &'u Unknown> {
        let part = self.scenario().risks()[drawn.risk].parts()[drawn.part];
        let mut ids = match drawn.severity {
            Some(id) => vec![id],
            None => today(self.scenario(), drawn.risk, part),
        };
        ids.extend(price(self.scenario(), drawn.risk, part));
        with.iter().filter(move |unknown| ids.contains(&unknown.estimate))
    }
}

/// The estimates that multiply to an amount today, but for its price.
fn today(scenario: &Scenario, risk: RiskId, part: Part) -> Vec<EstimateId> {
    let item = &scenario.risks()[risk];
    match part {
        Part::Asset => item.asset.into_iter().flat_map(|(value, exposure)| [value, exposure]).collect(),
        _ => crate::engine::event::severity(scenario, risk, part).into_iter().collect(),
    }
}

/// The estimates that multiply to the price of an hour or a day of an amount.
fn price(scenario: &Scenario, risk: RiskId, part: Part) -> Vec<EstimateId> {
    let item = &scenario.risks()[risk];
    match part {
        Part::Outage => {
            let stream = item.value_stream.map(|index| &scenario.value_streams()[index]);
            let share = item.outage.and_then(|outage| outage.share);
            [stream.and_then(|stream| stream.revenue), stream.and_then(|stream| stream.margin), share]
                .into_iter()
                .flatten()
                .collect()
        }
        Part::Dwell => item.dwell.and_then(|dwell| dwell.per_day).into_iter().collect(),
        _ => Vec::new(),
    }
}
