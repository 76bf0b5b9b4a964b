//! Model to figures: pure and seeded. It never prints, and never reads a clock or a file.

mod analysis;
pub mod attribution;
pub mod cashflow;
pub mod compare;
mod event;
pub mod exact;
mod failure;
pub mod group;
pub mod incremental;
mod joined;
pub mod loss;
mod method;
pub mod money;
pub mod optimise;
mod overlap;
pub mod period;
pub mod policy;
mod recovery;
mod repeated;
pub mod response;
mod schedule;
pub mod sensitivity;
pub mod simulate;
mod stop;
mod system;
mod terms;
mod valuation;
mod values;
mod weight;
mod world;
pub mod year;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ByRisk, ControlId, EndValue, EstimateId, Plan, PlanId, PlannedControl, PolicyId, RiskId, Scenario};

use crate::stats::root::crossing;
use crate::units::Figure;
use rayon::prelude::*;

pub use analysis::{Analysis, ByOption, OptionId, PlanAnalysis, Weights};
use attribution::contributions;
use cashflow::{begins, premiums, yearly_loss};
pub use loss::{LossModel, RiskMeans};
pub use method::MethodChoice;
use money::costs::{ControlCosts, control_costs, growth};
use money::equivalent_annual::equivalent_annual_cost;
use money::flows::{Discounting, Flow};
use money::investment::Flows;
pub use money::investment::Investment;
use money::waiting::CostOfWaiting;
pub use overlap::Overlap;
pub(crate) use recovery::Memory;
use recovery::{Cover, Covers, Horizon, Known, Paid, Recovered, Recoveries, Share, over_changes, shares};
pub use sensitivity::Sensitivity;
pub use simulate::{Paths, Progress, Watch};
pub use stop::{Stop, Unfinished};
pub(crate) use system::own_rate;
use valuation::{PlanAverages, borne, highest, too_large, too_large_today};
pub use valuation::{PlanValuation, Valuation, valuation};
pub use values::Values;
use world::Knowledge;
pub use year::{Check, Method, OptionYear, Year, YearLoss};

/// What to work out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// Only these plans; all where absent.
    pub plans: Option<Vec<PlanId>>,
    /// How the distribution of a year is found.
    pub method: MethodChoice,
    /// The seed in place of the scenario's.
    pub seed: Option<u64>,
    /// How many years are simulated, where they are; by precision where absent.
    pub years: Option<u64>,
    /// The relative standard error of today's bad year at which enough years are simulated;
    /// `PRECISION` where absent, and no more than `MOST_YEARS`.
    pub precision: Option<f64>,
    /// Whether to work out what would change the answer.
    pub sensitivity: bool,
}

/// Works out every figure of a scenario.
///
/// # Errors
/// When a figure outgrows what a decimal can hold, or the exact method was asked for and cannot
/// carry the scenario.
pub fn analyse(scenario: &Scenario, settings: &Settings) -> Result<Analysis, Vec<Diagnostic>> {
    analyse_watched(scenario, settings, &|_| ())
}

/// The same, telling how far a simulation is.
///
/// # Errors
/// Those of [`analyse`].
pub fn analyse_watched(
    scenario: &Scenario,
    settings: &Settings,
    watch: Watch<'_>,
) -> Result<Analysis, Vec<Diagnostic>> {
    analyse_until(scenario, settings, watch, &Stop::default()).map_err(Unfinished::faults)
}

/// The same, until somebody asks to stop.
///
/// # Errors
/// Those of [`analyse`], and that it was stopped.
pub fn analyse_until(
    scenario: &Scenario,
    settings: &Settings,
    watch: Watch<'_>,
    stop: &Stop,
) -> Result<Analysis, Unfinished> {
    analyse_remembering(scenario, settings, watch, stop, &Memory::default())
}

/// The same; `memory` holds what is known already of the same events under the same policies.
fn analyse_remembering(
    scenario: &Scenario,
    settings: &Settings,
    watch: Watch<'_>,
    stop: &Stop,
    memory: &Memory,
) -> Result<Analysis, Unfinished> {
    let goes_on = || if stop.is_asked() { Err(Unfinished::Stopped) } else { Ok(()) };
    let model = LossModel::new(scenario).until(stop);
    let means = Values::means(scenario);
    let today: ByRisk<RiskMeans<Figure>> = model.all_means(&means, &|_| None);
    let mut overflows = too_large_today(scenario, &today);
    let wanted = |index: &PlanId| settings.plans.as_ref().is_none_or(|plans| plans.contains(index));
    let indices: Vec<PlanId> = scenario.plans().ids().filter(wanted).collect();
    let knowledge = Knowledge::new(scenario, &means);
    let recoveries = Recoveries::remembering(&model, &knowledge, memory);
    let insured = Insured::new(scenario, &recoveries, &knowledge);
    let recovered_today = at_most_all(&insured.today_by_risk(), &today);
    let plans = indices.par_iter().map(|index| plan_analysis(&model, *index, &means, &today, &insured));
    let mut plans: ByOption<PlanAnalysis> = plans.collect::<Vec<_>>().into();
    let values = || plans.iter().map(|plan| plan.investment.net_present_value);
    let large = |(plan, value): (&PlanAnalysis, Figure)| too_large(scenario, plan.plan, plan.loss, value);
    overflows.extend(plans.iter().zip(values()).filter_map(large));
    let highest = highest(values());
    goes_on()?;
    if !overflows.is_empty() {
        return Err(Unfinished::Faults(overflows));
    }
    let method::Found { mut year, paths } = method::found(&model, &means, &today, &indices, settings, watch)
        .map_err(|fault| if stop.is_asked() { Unfinished::Stopped } else { Unfinished::Faults(vec![fault]) })?;
    goes_on()?;
    if let Some(year) = &mut year {
        let net = |means: &[RiskMeans<Figure>], paid: &[Figure]| -> Vec<Figure> {
            means.iter().zip(paid).map(|(risk, paid)| risk.annual_loss - *paid).collect()
        };
        let of = |means: &ByRisk<RiskMeans<Figure>>| means.iter().map(|risk| risk.annual_loss).collect();
        let gross: Vec<Vec<Figure>> =
            std::iter::once(of(&today)).chain(plans.iter().map(|plan| of(&plan.risks))).collect();
        let today = std::iter::once(net(&today, &recovered_today));
        let expected: Vec<Vec<Figure>> =
            today.chain(plans.iter().map(|plan| net(&plan.risks, &plan.recovered))).collect();
        method::check_means(year, &expected, &gross);
        // What insurers pay on average is worked out, whatever the years say.
        let paid = |by_risk: &[Figure]| by_risk.iter().map(|paid| paid.to_f64()).collect();
        year.today.recovered = paid(&recovered_today);
        year.plans.iter_mut().zip(&plans).for_each(|(year, plan)| year.recovered = paid(&plan.recovered));
    }
    wait_a_year(scenario, &mut plans, &means, &today, &recoveries);
    for plan in &mut plans {
        let premiums = plan.investment.premiums.get(1).copied().unwrap_or(Figure::ZERO);
        let item = &scenario.plans()[plan.plan];
        plan.investment.equivalent_annual_cost = equivalent_annual_cost(scenario, item, premiums, &means);
    }
    let loss_today = borne(&today, &recovered_today);
    let years = Figure::exact(scenario.assumptions().horizon.into());
    for plan in &mut plans {
        let cost: Figure = plan.investment.cost.iter().copied().sum();
        let gains: Figure = plan.investment.gains.iter().copied().sum();
        let avoided = (loss_today - plan.loss) * years * after_tax(scenario) + gains;
        plan.investment.textbook_rosi = (avoided - cost).ratio(cost).filter(|_| cost.is_positive());
    }
    let recommended = highest.filter(|&index| plans[index].investment.net_present_value.is_positive());
    let groups: Vec<Option<&str>> = plans.iter().map(|plan| scenario.plans()[plan.plan].exclusive.as_deref()).collect();
    let steps = incremental::steps(&plans, &groups);
    let asked = scenario.decision().and_then(|decision| decision.plan);
    let subject = asked
        .and_then(|plan| plans.position(|analysis| analysis.plan == plan))
        // Where nothing is worth its cost, the option that comes nearest to it.
        .or(highest);
    let covers = Covers::new(&recoveries, &indices, knowledge.means());
    let weights = subject.map(|index| {
        let analysis = &plans[index];
        let insured = covers.as_ref().map(|covers| (covers, index));
        let changes = weight::weights(&model, &scenario.plans()[analysis.plan], analysis, &means, insured);
        Weights { plan: index, changes }
    });
    let seed = settings.seed.unwrap_or(scenario.assumptions().seed);
    let sensitivity = settings.sensitivity.then(|| {
        let values: Vec<f64> = plans.iter().map(|plan| plan.investment.net_present_value.to_f64()).collect();
        let request = sensitivity::Request { plans: &indices, values: &values, recommended, seed };
        sensitivity::sensitivity(&model, covers.as_ref(), &means, &request)
    });
    let sensitivity = sensitivity.flatten();
    goes_on()?;
    Ok(Analysis {
        today,
        recovered_today,
        loss_today,
        plans,
        recommended,
        steps,
        weights,
        sensitivity,
        year,
        paths,
        seed,
        asked: settings.clone(),
        memory: memory.clone(),
        stated: OnceLock::new(),
    })
}

/// What every plan's value loses if it begins a year later: with the same end of the horizon, and where it
/// runs as long.
fn wait_a_year(
    scenario: &Scenario,
    plans: &mut [PlanAnalysis],
    means: &Values<Figure>,
    today: &ByRisk<RiskMeans<Figure>>,
    recoveries: &Recoveries<'_, '_>,
) {
    if plans.is_empty() {
        return;
    }
    let value = |case: &Scenario| -> Vec<Investment> {
        let model = LossModel::new(case);
        let knowledge = Knowledge::new(case, means);
        let recoveries = recoveries.for_dates(&model, &knowledge);
        let insured = Insured::new(case, &recoveries, &knowledge);
        let of = |plan: &PlanAnalysis| {
            let item = &case.plans()[plan.plan];
            let controls = all_costs(case, &item.controls, means);
            investment(&model, item, plan.plan, means, today, &controls, &insured)
        };
        plans.iter().map(of).collect()
    };
    let later = scenario.a_year_later(false);
    // What is left counts in cost alone.
    let left = |case: &Scenario, plan: PlanId| {
        let discounting = Discounting::of(case.assumptions());
        let [without, with] = [EndValue::Nothing, EndValue::StraightLine].map(|end| {
            let case = case.with_end_value(end);
            let costs = all_costs(&case, &case.plans()[plan].controls, means);
            let flows: Vec<Flow> = costs.iter().flat_map(ControlCosts::flows).collect();
            discounting.present_value(&flows)
        });
        without - with
    };
    let (same_end, as_long) = (value(&later), value(&scenario.a_year_later(true)));
    let is_left_counted = scenario.assumptions().end_value == EndValue::StraightLine;
    for ((plan, same_end), as_long) in plans.iter_mut().zip(same_end).zip(as_long) {
        let now = plan.investment.worth(left(scenario, plan.plan), is_left_counted);
        let later = same_end.worth(left(&later, plan.plan), is_left_counted);
        let shifted = plan.investment.net_present_value - as_long.net_present_value;
        plan.investment.cost_of_waiting = CostOfWaiting::between(now, later, is_left_counted);
        // Policies do not wait, so a year more with others than today's would count as worth of waiting.
        let is_insured_alike =
            scenario.insurance().iter().all(|policy| policy.is_in_force(None) == policy.is_in_force(Some(plan.plan)));
        plan.investment.waiting = Some(shifted).filter(|waiting| is_insured_alike && !waiting.is_overflow());
    }
}

/// The costs of several controls.
fn all_costs(scenario: &Scenario, planned: &[PlannedControl], means: &Values<Figure>) -> Vec<ControlCosts> {
    planned.iter().map(|planned| control_costs(scenario, *planned, means)).collect()
}

/// What insurers pay, today and with any plan.
pub(crate) struct Insured<'r> {
    scenario: &'r Scenario,
    recoveries: &'r Recoveries<'r, 'r>,
    values: &'r Values<f64>,
    horizon: Horizon,
    today: Vec<PolicyId>,
    over_today: Recovered,
}

impl<'r> Insured<'r> {
    fn new(scenario: &'r Scenario, recoveries: &'r Recoveries<'r, 'r>, knowledge: &'r Knowledge<'r>) -> Self {
        let horizon = Horizon::new(scenario);
        let today = recoveries.in_force(None);
        let values = knowledge.means();
        let over_today = recoveries.over(&horizon, &Cover::new(&today, &[]), values, Known::Nothing);
        Self { scenario, recoveries, values, horizon, today, over_today }
    }

    /// What they pay in an average year today; exactly nothing where no policy is in force.
    fn today_by_risk(&self) -> Paid {
        self.recoveries.full_year(&self.today, &[], self.values)
    }

    /// What they pay in a full year of a plan.
    fn plan_by_risk(&self, plan: PlanId) -> Paid {
        let policies = self.recoveries.in_force(Some(plan));
        self.recoveries.full_year(&policies, &self.scenario.plans()[plan].controls, self.values)
    }

    /// What each control of a plan changes in what they pay, and what they pay with its policies and no control.
    fn shares(&self, plan: &Plan, index: PlanId, investment: &Investment) -> (Vec<Share>, f64) {
        let policies = self.recoveries.in_force(Some(index));
        let none = if policies == self.today {
            self.over_today.worth
        } else {
            self.recoveries.over(&self.horizon, &Cover::new(&policies, &[]), self.values, Known::Nothing).worth
        };
        let averaged = (none, investment.present_recovered);
        (shares(self.recoveries, &self.horizon, &policies, &plan.controls, self.values, averaged), none)
    }

    /// The reduction 1 − s of today's losses on these risks, before insurers pay, at which a plan would just be worth
    /// its cost: the largest s at which it is, if any.
    fn break_even(&self, index: PlanId, risks: &[RiskId], money: &Investment) -> Option<Figure> {
        let policies = self.recoveries.in_force(Some(index));
        if policies.is_empty() && self.today.is_empty() {
            let ratio = (money.present_cost - money.present_gains).ratio(money.present_exposed)?;
            return Some(ratio).filter(|ratio| (0.0..=1.0).contains(&ratio.to_f64()));
        }
        let (exposed, cost) = (money.present_exposed.to_f64(), (money.present_cost - money.present_gains).to_f64());
        let changes = self.recoveries.for_changes();
        let paid = |recoveries: &Recoveries<'_, '_>, left: f64| {
            let cover = Cover { scaled: Some((risks, left)), ..Cover::new(&policies, &[]) };
            recoveries.over(&self.horizon, &cover, self.values, Known::Nothing).worth
        };
        let ratio = over_changes(paid(self.recoveries, 1.0), paid(&changes, 1.0));
        let value = |left: f64| (1.0 - left) * exposed + ratio * paid(&changes, left) - self.over_today.worth - cost;
        let (whole, none) = (value(1.0), value(0.0));
        if whole > 0.0 || none < 0.0 {
            return None;
        }
        let left = if whole == 0.0 { 1.0 } else { crossing(value, 0.0, 1.0)? };
        Some(Figure::approximate(1.0 - left))
    }

    /// What the policies of a plan add without any control: what they pay more than today's, less their premiums.
    fn policies_alone(&self, index: PlanId, without: f64) -> Figure {
        let more = without - self.over_today.worth;
        let paid = if more == 0.0 { Figure::ZERO } else { Figure::approximate(more) };
        let premiums = Flow::by_years(&premiums(self.scenario, index));
        paid - Discounting::of(self.scenario.assumptions()).present_value(&premiums) * after_tax(self.scenario)
    }

    /// What they pay over the horizon of a plan.
    fn over(&self, plan: &Plan, index: PlanId) -> Recovered {
        let policies = self.recoveries.in_force(Some(index));
        if policies == self.today && plan.controls.is_empty() {
            return self.over_today.clone();
        }
        self.recoveries.over(&self.horizon, &Cover::new(&policies, &plan.controls), self.values, Known::Nothing)
    }

    /// What they pay more than today over the horizon of a plan: by year before tax, and the error of its present value.
    fn more(&self, with: &Recovered) -> (Vec<Figure>, f64) {
        let more = with.by_year.iter().zip(&self.over_today.by_year).map(|(with, today)| {
            let more = with.total() - today.total();
            if more == 0.0 { Figure::ZERO } else { Figure::approximate(more) }
        });
        (more.collect(), with.error + self.over_today.error)
    }
}

/// What insurers pay of each risk: all of its loss and never more where what is left is the rounding of sums, or where
/// several policies pay the whole of it and each is known to a small error only.
fn at_most_all(paid: &Paid, risks: &ByRisk<RiskMeans<Figure>>) -> ByRisk<Figure> {
    const SMALL: f64 = 1e-6;
    let of = |(&(paid, error), risk): (&(f64, f64), &RiskMeans<Figure>)| {
        let paid = if paid == 0.0 { Figure::ZERO } else { Figure::approximate(paid) };
        let (rest, loss) = ((risk.annual_loss - paid).to_f64(), risk.annual_loss.to_f64());
        if rest <= policy::ROUNDING * loss + error.min(SMALL * loss) { risk.annual_loss } else { paid }
    };
    paid.by_risk.iter().zip(risks).map(of).collect()
}

/// A figure that outgrew what a decimal can hold.
fn overflow(path: &str) -> Diagnostic {
    Diagnostic::new(Code::TooLarge, format!("`{path}` leads to a figure too large to compute with"))
        .help("check the multiples: k is a thousand, M a million, bn a thousand million")
        .path(path)
}

/// What one of today's yearly loss is worth today by year, as floats, where a plan begins to change it then.
fn discounted_growth(scenario: &Scenario, begins: Decimal) -> Vec<f64> {
    let discounting = Discounting::of(scenario.assumptions());
    let flows = loss_by_year(scenario).into_iter().enumerate().map(|(t, growth)| Flow::over(t, begins, growth));
    flows.map(|flow| discounting.worth(&flow).to_f64()).collect()
}

/// Discount factors by year; index 0 is now.
pub fn discount_by_year(scenario: &Scenario) -> Vec<Figure> {
    Discounting::of(scenario.assumptions()).by_year()
}

/// What is left of one after tax.
fn after_tax(scenario: &Scenario) -> Figure {
    Figure::ONE - Figure::exact(scenario.assumptions().tax_rate.get())
}

/// What one of today's yearly loss is by year: it grows in how often and in how much, and is after tax.
pub(crate) fn loss_by_year(scenario: &Scenario) -> Vec<Figure> {
    let assumptions = scenario.assumptions();
    let losses = growth(assumptions.growth.losses.get(), assumptions.horizon);
    let rates = growth(assumptions.growth.rates.get(), assumptions.horizon);
    let kept = after_tax(scenario);
    losses.iter().zip(&rates).map(|(losses, rates)| *losses * *rates * kept).collect()
}

fn plan_analysis(
    model: &LossModel<'_>,
    index: PlanId,
    means: &Values<Figure>,
    today: &ByRisk<RiskMeans<Figure>>,
    insured: &Insured<'_>,
) -> PlanAnalysis {
    let scenario = model.scenario();
    let plan = &scenario.plans()[index];
    let PlanAverages { risks, recovered, loss, controls, investment } =
        PlanAverages::new(model, index, means, today, insured);
    let planned = |control: ControlId| plan.controls.iter().any(|planned| planned.control == control);
    let acted_on: Vec<RiskId> = today.ids().filter(|risk| model.is_acted_on(*risk, &planned)).collect();
    let break_even_reduction = insured.break_even(index, &acted_on, &investment);
    let investment = Investment { break_even_reduction, ..investment };
    let (shares, without) = insured.shares(plan, index, &investment);
    PlanAnalysis {
        plan: index,
        loss,
        recovered,
        risks,
        cost_by_estimate: cost_by_estimate(scenario, &controls),
        contributions: contributions(model, plan, &controls, means, &loss_by_year(scenario), &shares),
        policies: insured.policies_alone(index, without),
        controls,
        overlaps: overlap::overlaps(model, plan, means),
        investment,
    }
}

fn investment(
    model: &LossModel<'_>,
    plan: &Plan,
    index: PlanId,
    means: &Values<Figure>,
    today: &ByRisk<RiskMeans<Figure>>,
    controls: &[ControlCosts],
    insured: &Insured<'_>,
) -> Investment {
    let scenario = model.scenario();
    let horizon = scenario.assumptions().horizon;
    let growth = loss_by_year(scenario);
    let cash = |year: usize| controls.iter().map(|costs| costs.cash()[year]).sum();
    let planned = |control: ControlId| plan.controls.iter().any(|planned| planned.control == control);
    // Losses on risks that no control of the plan acts on, though others lead to them, do not count as exposed.
    let acts_on = |risk: &&RiskId| model.is_acted_on(**risk, &planned);
    let (mut avoided, mut exposed) = (Vec::new(), Vec::new());
    for cluster in model.clusters() {
        let acted_on: Figure = cluster.risks.iter().filter(acts_on).map(|risk| today[*risk].annual_loss).sum();
        if !cluster.risks.iter().any(|risk| acts_on(&risk)) {
            continue;
        }
        let before: Figure = cluster.risks.iter().map(|risk| today[*risk].annual_loss).sum();
        let after = yearly_loss(model, plan, cluster, means);
        let begins = begins(model, plan, cluster);
        for t in 1..=horizon {
            avoided.push(Flow::over(t, begins, (before - after[t]) * growth[t]));
            exposed.push(Flow::over(t, Decimal::ZERO, acted_on * growth[t]));
        }
    }
    // What the policies of the plan cost and pay more than those of today.
    let premiums = premiums(scenario, index);
    let over = insured.over(plan, index);
    let (recovered, error) = insured.more(&over);
    let kept = after_tax(scenario);
    let taxed = |flows: &[Figure]| Flow::by_years(flows).into_iter().map(move |flow| flow.times(kept));
    let flows = Flows {
        cost: controls.iter().flat_map(ControlCosts::flows).chain(taxed(&premiums)).collect(),
        gains: controls.iter().flat_map(ControlCosts::gains).collect(),
        avoided: avoided.into_iter().chain(taxed(&recovered)).collect(),
        cash: (0..=horizon).map(|year| premiums[year] + cash(year)).collect(),
        premiums,
        exposed,
    };
    Investment { value_error: error, present_recovered: over.worth, ..Investment::of(scenario, flows) }
}

/// Which part of the present value of cost each cost estimate carries.
fn cost_by_estimate(scenario: &Scenario, controls: &[ControlCosts]) -> BTreeMap<EstimateId, f64> {
    let discounting = Discounting::of(scenario.assumptions());
    let mut carried = BTreeMap::new();
    for (estimates, worth) in controls.iter().flat_map(|costs| costs.terms(&discounting)) {
        for id in estimates {
            *carried.entry(*id).or_insert(0.0) += worth.to_f64();
        }
    }
    carried
}
