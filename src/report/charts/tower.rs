//! What insurers pay of one event, beside what events cost.

use crate::engine::Analysis;
use crate::model::{Insurance, PlanId, Scenario};
use crate::units::{Figure, Money, Unit};

use super::super::chart::{Chart, InsuranceTower, InsuredEvent, Layer};
use super::super::insurance::policies;
use super::super::sections::subject_index;
use super::super::texts::texts;

/// The policies in force with the plan that the paper is about, else those of today.
pub(super) fn chart(scenario: &Scenario, analysis: &Analysis, unit: Unit) -> Option<Chart> {
    let subject = subject_index(analysis);
    let of = |option: Option<PlanId>| policies(scenario, option).collect::<Vec<&Insurance>>();
    let with_plan = of(subject.map(|index| analysis.plans[index].plan));
    let shown = if with_plan.is_empty() { of(None) } else { with_plan };
    if shown.is_empty() {
        return None;
    }
    let float = |money: Money| Figure::exact(money.get()).to_f64();
    let share = |policy: &Insurance| Figure::exact(policy.coinsurance.get()).to_f64();
    let layer = |policy: &&Insurance| Layer {
        name: policy.name.clone(),
        retention: float(policy.retention),
        limit: policy.limit.map(float),
        // What is paid at most in a year: the insured's share comes off it, too.
        annual_limit: policy.annual_limit.map(|limit| float(limit) * (1.0 - share(policy))),
        coinsurance: share(policy),
        premium: float(policy.premium),
    };
    let events = scenario.risks().entries().zip(&analysis.today).filter_map(|((index, risk), means)| {
        let rate = means.rate.to_f64();
        let is_insured = shown.iter().any(|policy| policy.covers_risk(index)) && rate > 0.0;
        is_insured.then(|| InsuredEvent { name: risk.name.clone(), loss: means.annual_loss.to_f64() / rate })
    });
    let data = InsuranceTower::new(unit, shown.iter().map(layer).collect(), events.collect());
    Some(data.into_chart("insurance-tower", texts(scenario).titles.tower))
}
