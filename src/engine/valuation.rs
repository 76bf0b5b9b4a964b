//! What is every plan worth, and no more? Where a case is worked out anew for one row of a table, or one point of a
//! curve, nobody asks what each control adds or what waiting costs.

use crate::diagnostic::Diagnostic;
use crate::model::{ByRisk, PlanId, Scenario};
use crate::units::Figure;

use super::loss::{LossModel, RiskMeans};
use super::money::costs::ControlCosts;
use super::recovery::{Memory, Recoveries};
use super::values::Values;
use super::world::Knowledge;
use super::{ByOption, Insured, Investment, OptionId, all_costs, at_most_all, investment, overflow};

/// What every plan loses, costs and is worth.
#[derive(Debug, Clone)]
pub struct Valuation {
    /// The average loss of a year today, after insurers pay.
    pub loss_today: Figure,
    /// The plans that were asked for, in file order.
    pub plans: ByOption<PlanValuation>,
    /// The plan of the highest value, where it is above nothing.
    pub recommended: Option<OptionId>,
}

/// What a plan loses, costs and is worth.
#[derive(Debug, Clone, Copy)]
pub struct PlanValuation {
    /// The plan.
    pub plan: PlanId,
    /// The average loss of a year with every control in force, after insurers pay.
    pub loss: Figure,
    /// All money paid over the horizon, before tax.
    pub total_cash: Figure,
    /// The present value of cost.
    pub present_cost: Figure,
    /// The net present value.
    pub net_present_value: Figure,
}

/// Works out what plans are worth, all of them where none are named. `memory` holds what is known already of the same
/// events under the same policies.
///
/// # Errors
/// When a figure outgrows what a decimal can hold.
pub fn valuation(scenario: &Scenario, plans: Option<&[PlanId]>, memory: &Memory) -> Result<Valuation, Vec<Diagnostic>> {
    let model = LossModel::new(scenario);
    let means = Values::means(scenario);
    let today = model.all_means(&means, &|_| None);
    let mut overflows = too_large_today(scenario, &today);
    let knowledge = Knowledge::new(scenario, &means);
    let recoveries = Recoveries::remembering(&model, &knowledge, memory);
    let insured = Insured::new(scenario, &recoveries, &knowledge);
    let recovered_today = at_most_all(&insured.today_by_risk(), &today);
    let wanted = scenario.plans().ids().filter(|plan| plans.is_none_or(|plans| plans.contains(plan)));
    let plans: ByOption<PlanValuation> = wanted
        .map(|index| {
            let PlanAverages { loss, investment, .. } = PlanAverages::new(&model, index, &means, &today, &insured);
            PlanValuation {
                plan: index,
                loss,
                total_cash: investment.total_cash(),
                present_cost: investment.present_cost,
                net_present_value: investment.net_present_value,
            }
        })
        .collect();
    overflows.extend(plans.iter().filter_map(|plan| too_large(scenario, plan.plan, plan.loss, plan.net_present_value)));
    if !overflows.is_empty() {
        return Err(overflows);
    }
    let recommended = highest(plans.iter().map(|plan| plan.net_present_value))
        .filter(|index| plans[*index].net_present_value.is_positive());
    Ok(Valuation { loss_today: borne(&today, &recovered_today), plans, recommended })
}

/// A plan on average and its money: all that needs neither years nor other plans.
pub(super) struct PlanAverages {
    /// A full year with every control in force, before insurers pay.
    pub risks: ByRisk<RiskMeans<Figure>>,
    /// What insurers pay in such a year.
    pub recovered: ByRisk<Figure>,
    /// The average loss of such a year, after insurers pay.
    pub loss: Figure,
    /// Costs by control.
    pub controls: Vec<ControlCosts>,
    /// The money.
    pub investment: Investment,
}

impl PlanAverages {
    pub fn new(
        model: &LossModel<'_>,
        index: PlanId,
        means: &Values<Figure>,
        today: &ByRisk<RiskMeans<Figure>>,
        insured: &Insured<'_>,
    ) -> Self {
        let scenario = model.scenario();
        let plan = &scenario.plans()[index];
        let planned = |control| plan.controls.iter().any(|planned| planned.control == control);
        let risks = model.all_means(means, &|control| planned(control).then_some(Figure::ONE));
        let controls = all_costs(scenario, &plan.controls, means);
        let investment = investment(model, plan, index, means, today, &controls, insured);
        let recovered = at_most_all(&insured.plan_by_risk(index), &risks);
        Self { loss: borne(&risks, &recovered), risks, recovered, controls, investment }
    }
}

/// What is left of all losses where insurers have paid.
pub(super) fn borne(risks: &ByRisk<RiskMeans<Figure>>, recovered: &ByRisk<Figure>) -> Figure {
    risks.iter().zip(recovered).map(|(risk, paid)| risk.annual_loss - *paid).sum()
}

/// The plan of the highest value: of equal values the first in the file.
pub(super) fn highest(values: impl Iterator<Item = Figure>) -> Option<OptionId> {
    let values: ByOption<f64> = values.map(|value| value.to_f64()).collect();
    values.ids().max_by(|&a, &b| values[a].total_cmp(&values[b]).then(b.cmp(&a)))
}

/// Losses of today that outgrew what a decimal can hold.
pub(super) fn too_large_today(scenario: &Scenario, today: &ByRisk<RiskMeans<Figure>>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = today
        .iter()
        .zip(scenario.risks())
        .filter(|(means, _)| means.annual_loss.is_overflow())
        .map(|(_, risk)| overflow(&format!("risk.{}", risk.id)))
        .collect();
    if found.is_empty() && today.iter().map(|risk| risk.annual_loss).sum::<Figure>().is_overflow() {
        found.push(overflow("risk"));
    }
    found
}

/// A plan whose figures did.
pub(super) fn too_large(scenario: &Scenario, plan: PlanId, loss: Figure, value: Figure) -> Option<Diagnostic> {
    let is_too_large = loss.is_overflow() || value.is_overflow();
    is_too_large.then(|| overflow(&format!("plan.{}", scenario.plans()[plan].id)))
}
