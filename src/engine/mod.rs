//! Model to figures: pure and seeded. It never prints, and never reads a clock or a file.

pub mod attribution;
pub mod cashflow;
pub mod compare;
mod event;
pub mod exact;
mod failure;
pub mod incremental;
pub mod invest;
pub mod loss;
mod method;
pub mod optimise;
mod overlap;
pub mod policy;
mod repeated;
mod schedule;
pub mod sensitivity;
pub mod simulate;
mod system;
mod terms;
mod values;
mod weight;
mod world;
pub mod year;

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EstimateId, Plan, PlannedControl, Scenario};

use crate::units::Figure;

use attribution::{Contribution, contributions};
use cashflow::{ControlCosts, control_costs, growth, premiums, yearly_loss};
use incremental::Step;
use invest::{discount_factors, equivalent_annual, internal_rate_of_return, payback, present_value, sign_changes};
pub use loss::{LossModel, Part, RiskMeans};
pub use method::{MOST_YEARS, MethodChoice, PRECISION};
pub use overlap::Overlap;
pub use sensitivity::Sensitivity;
pub use simulate::{Paths, Progress, Watch};
pub use system::Cluster;
pub use values::Values;
pub use year::{Check, Method, OptionYear, Year, YearLoss};

/// What to work out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// Only the plans with these indices; all where absent.
    pub plans: Option<Vec<usize>>,
    /// How the distribution of a year is found.
    pub method: MethodChoice,
    /// The seed in place of the scenario's.
    pub seed: Option<u64>,
    /// How many years are simulated, where they are; by precision where absent.
    pub years: Option<u64>,
    /// The relative standard error of today's bad year at which enough years are simulated;
    /// [`PRECISION`] where absent, and no more than [`MOST_YEARS`].
    pub precision: Option<f64>,
    /// Whether to work out what would change the answer.
    pub sensitivity: bool,
}

/// Every figure of a scenario.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// By risk, in file order: today, before insurers pay.
    pub today: Vec<RiskMeans<Figure>>,
    /// By risk: what insurers pay in an average year today.
    pub recovered_today: Vec<Figure>,
    /// The average loss of a year today, after insurers pay.
    pub loss_today: Figure,
    /// By plan.
    pub plans: Vec<PlanAnalysis>,
    /// Index into [`Analysis::plans`] of the plan of the highest value, where it is above nothing.
    pub recommended: Option<usize>,
    /// Each option against the best of those that cost less.
    pub steps: Vec<Step>,
    /// The change of value today by assumption, for the plan that the paper is about.
    pub weights: Option<Weights>,
    /// What would change the answer, where that was asked for.
    pub sensitivity: Option<Sensitivity>,
    /// What one year may bring; absent where only expected figures were asked for.
    pub year: Option<Year>,
    /// The paths of the plans over the horizon, where they were simulated.
    pub paths: Option<Paths>,
    /// Insurance is left out of the figures: only expected ones were asked for.
    pub uninsured: bool,
    /// The seed that was used.
    pub seed: u64,
    /// What was asked for.
    pub asked: Settings,
}

impl Analysis {
    /// How the figures were found, as other programs read it.
    pub fn method(&self) -> &'static str {
        self.year.as_ref().map_or("expected", |year| year.method.key())
    }

    /// What a risk costs in an average year today, after insurers pay.
    pub fn net_loss(&self, risk: usize) -> Figure {
        self.today[risk].annual_loss - self.recovered_today[risk]
    }
}

/// How much each assumption moves the value of one plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Index into [`Analysis::plans`].
    pub plan: usize,
    /// The change by estimate when it is a tenth higher, in currency units.
    pub changes: Vec<f64>,
}

/// The figures of one plan.
#[derive(Debug, Clone)]
pub struct PlanAnalysis {
    /// Index of the plan in the scenario.
    pub plan: usize,
    /// By risk: a full year with every control in force, before insurers pay.
    pub risks: Vec<RiskMeans<Figure>>,
    /// By risk: what insurers pay in such a year.
    pub recovered: Vec<Figure>,
    /// The average loss of such a year, after insurers pay.
    pub loss: Figure,
    /// Costs by control.
    pub controls: Vec<ControlCosts>,
    /// Present value of cost by the estimate that it comes from; a time and its rate both carry it.
    pub cost_by_estimate: BTreeMap<EstimateId, f64>,
    /// What each control adds, in the plan's order; before insurers pay.
    pub contributions: Vec<Contribution>,
    /// Where controls act on the same factor.
    pub overlaps: Vec<Overlap>,
    /// The money.
    pub investment: Investment,
}

impl PlanAnalysis {
    /// What a risk costs in an average year, after insurers pay.
    pub fn net_loss(&self, risk: usize) -> Figure {
        self.risks[risk].annual_loss - self.recovered[risk]
    }
}

/// Hours of people that a plan takes in a full year; below zero where it gives some back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeopleHours {
    /// Own people.
    pub own: Figure,
    /// Users.
    pub users: Figure,
    /// Own people as full-time posts of 8 hours a working day.
    pub full_time: Figure,
}

impl PlanAnalysis {
    /// Hours of people in a full year with every control in force.
    pub fn people_hours(&self, scenario: &Scenario) -> PeopleHours {
        let own: Figure = self.controls.iter().map(|costs| costs.people_hours).sum();
        let post = Figure::exact(scenario.assumptions().full_time_hours());
        PeopleHours {
            own,
            users: self.controls.iter().map(|costs| costs.friction_hours).sum(),
            full_time: own.ratio(post).unwrap_or(Figure::ZERO),
        }
    }
}

/// What a plan costs and brings.
#[derive(Debug, Clone)]
pub struct Investment {
    /// All costs by year after tax, premiums included; index 0 is now.
    pub cost: Vec<Figure>,
    /// Premiums by year before tax, those of today's policies taken off.
    pub premiums: Vec<Figure>,
    /// Money paid by year, before tax.
    pub cash: Vec<Figure>,
    /// Loss avoided by year after tax, that which insurers bear included.
    pub loss_avoided: Vec<Figure>,
    /// Today's loss on the risks that the plan acts on, before insurers pay, by year.
    pub exposed: Vec<Figure>,
    /// Present value of all costs.
    pub present_cost: Figure,
    /// Present value of the loss avoided.
    pub present_avoided: Figure,
    /// Present value of today's loss on the risks that the plan acts on.
    pub present_exposed: Figure,
    /// Loss avoided less cost, today's worth.
    pub net_present_value: Figure,
    /// (Loss avoided − cost) / cost, present values.
    pub rosi: Option<Figure>,
    /// The same by the textbook: every year as one with every control in force, nothing discounted.
    pub textbook_rosi: Option<Figure>,
    /// The rate at which the plan is worth nothing.
    pub internal_rate_of_return: Option<f64>,
    /// Years until it has paid for itself.
    pub payback_years: Option<Figure>,
    /// The same with discounted flows.
    pub discounted_payback_years: Option<Figure>,
    /// Loss avoided / cost, present values.
    pub benefit_cost_ratio: Option<Figure>,
    /// The cost as an even yearly amount.
    pub equivalent_annual_cost: Option<Figure>,
    /// Loss avoided less cost in an average year of the horizon, not discounted.
    pub net_yearly_benefit: Figure,
    /// How often the yearly flows change their sign: more than once, and a rate of return misleads.
    pub sign_changes: usize,
    /// What the value loses if everything begins a year later; nothing where insurers pay.
    pub waiting: Option<Figure>,
    /// The reduction of loss on the risks it acts on at which it would just be worth its cost.
    pub break_even_reduction: Option<Figure>,
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
    let model = LossModel::new(scenario);
    let means = Values::means(scenario);
    let today: Vec<RiskMeans<Figure>> = model.all_means(&means, &|_| None);
    let gross_today: Figure = today.iter().map(|risk| risk.annual_loss).sum();
    let mut overflows: Vec<Diagnostic> = today
        .iter()
        .zip(scenario.risks())
        .filter(|(means, _)| means.annual_loss.is_overflow())
        .map(|(_, risk)| overflow(&format!("risk.{}", risk.id)))
        .collect();
    if overflows.is_empty() && gross_today.is_overflow() {
        overflows.push(overflow("risk"));
    }
    let wanted = |index: &usize| settings.plans.as_ref().is_none_or(|plans| plans.contains(index));
    let indices: Vec<usize> = (0..scenario.plans().len()).filter(wanted).collect();
    let mut plans: Vec<PlanAnalysis> =
        indices.iter().map(|index| plan_analysis(&model, *index, &means, &today)).collect();
    overflows.extend(
        plans
            .iter()
            .filter(|plan| plan.loss.is_overflow() || plan.investment.net_present_value.is_overflow())
            .map(|plan| overflow(&format!("plan.{}", scenario.plans()[plan.plan].id))),
    );
    if !overflows.is_empty() {
        return Err(overflows);
    }
    let method::Found { mut year, paths } =
        method::found(&model, &means, &today, &indices, settings, watch).map_err(|fault| vec![fault])?;
    let mut recovered_today = vec![Figure::ZERO; today.len()];
    if let Some(year) = &mut year {
        let gross = |means: &[RiskMeans<Figure>]| means.iter().map(|risk| risk.annual_loss).collect::<Vec<_>>();
        let expected: Vec<Vec<Figure>> =
            std::iter::once(gross(&today)).chain(plans.iter().map(|plan| gross(&plan.risks))).collect();
        method::check_means(year, &expected);
        recovered_today = recovered(&year.today);
        for (plan, year) in plans.iter_mut().zip(&year.plans) {
            plan.recovered = recovered(year);
            plan.loss = (0..plan.risks.len()).map(|risk| plan.net_loss(risk)).sum();
        }
    }
    let is_insured = method::is_insured(&model, &indices);
    if let Some(paths) = paths.as_ref().filter(|_| is_insured) {
        for (place, plan) in plans.iter_mut().enumerate() {
            let more = paths.recovered[place].by_year.iter().copied();
            insure(&mut plan.investment, scenario, plan.plan, more);
        }
    }
    if !is_insured {
        wait_a_year(scenario, &mut plans, &means, &today);
    }
    let loss_today: Figure = today.iter().zip(&recovered_today).map(|(risk, paid)| risk.annual_loss - *paid).sum();
    let years = Figure::exact(scenario.assumptions().horizon.into());
    for plan in &mut plans {
        let cost: Figure = plan.investment.cost.iter().copied().sum();
        let avoided = (loss_today - plan.loss) * years * after_tax(scenario);
        plan.investment.textbook_rosi = (avoided - cost).ratio(cost).filter(|_| cost.is_positive());
    }
    let highest = (0..plans.len()).max_by(|&a, &b| {
        let value = |index: usize| plans[index].investment.net_present_value.to_f64();
        // Of equal values the first in the file.
        value(a).total_cmp(&value(b)).then(b.cmp(&a))
    });
    let recommended = highest.filter(|&index| plans[index].investment.net_present_value.is_positive());
    let groups: Vec<Option<&str>> = plans.iter().map(|plan| scenario.plans()[plan.plan].exclusive.as_deref()).collect();
    let steps = incremental::steps(&plans, &groups);
    let asked = scenario.decision().and_then(|decision| decision.plan);
    let subject = asked
        .and_then(|plan| plans.iter().position(|analysis| analysis.plan == plan))
        // Where nothing is worth its cost, the option that comes nearest to it.
        .or(highest);
    let weights = subject.map(|index| {
        let analysis = &plans[index];
        let factors = discounted_growth(scenario);
        let changes = weight::weights(&model, &scenario.plans()[analysis.plan], analysis, &means, &factors);
        Weights { plan: index, changes }
    });
    let seed = settings.seed.unwrap_or(scenario.assumptions().seed);
    let sensitivity = settings.sensitivity.then(|| {
        let values: Vec<f64> = plans.iter().map(|plan| plan.investment.net_present_value.to_f64()).collect();
        let request = sensitivity::Request {
            plans: &indices,
            values: &values,
            recommended,
            factors: &discounted_growth(scenario),
            discount: &discount_by_year(scenario),
            seed,
        };
        sensitivity::sensitivity(&model, &means, &request)
    });
    let sensitivity = sensitivity.flatten();
    let uninsured = is_insured && year.is_none();
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
        uninsured,
        seed,
        asked: settings.clone(),
    })
}

/// What every plan's value loses if it begins a year later and runs as long.
fn wait_a_year(scenario: &Scenario, plans: &mut [PlanAnalysis], means: &Values<Figure>, today: &[RiskMeans<Figure>]) {
    if plans.is_empty() {
        return;
    }
    let later = scenario.a_year_later();
    let model = LossModel::new(&later);
    for plan in plans {
        let item = &later.plans()[plan.plan];
        let controls = all_costs(&later, &item.controls, means);
        let value = investment(&model, item, means, today, &controls).net_present_value;
        plan.investment.waiting = Some(plan.investment.net_present_value - value).filter(|w| !w.is_overflow());
    }
}

/// The costs of several controls.
fn all_costs(scenario: &Scenario, planned: &[PlannedControl], means: &Values<Figure>) -> Vec<ControlCosts> {
    let costs = |planned: &PlannedControl| {
        control_costs(scenario.assumptions(), &scenario.controls()[planned.control], *planned, means)
    };
    planned.iter().map(costs).collect()
}

/// What insurers pay in an average year, by risk; exactly nothing where no policy is in force.
fn recovered(year: &OptionYear) -> Vec<Figure> {
    let figure = |paid: &f64| if *paid == 0.0 { Figure::ZERO } else { Figure::approximate(*paid) };
    year.recovered.iter().map(figure).collect()
}

/// A figure that outgrew what a decimal can hold.
fn overflow(path: &str) -> Diagnostic {
    Diagnostic::new(Code::TooLarge, format!("`{path}` leads to a figure too large to compute with"))
        .help("check the multiples: k is a thousand, M a million, bn a thousand million")
        .path(path)
}

/// What one of today's yearly loss is worth today by year, as floats.
fn discounted_growth(scenario: &Scenario) -> Vec<f64> {
    let (growth, discount) = (loss_by_year(scenario), discount_by_year(scenario));
    growth.iter().zip(&discount).map(|(growth, discount)| growth.to_f64() * discount.to_f64()).collect()
}

/// Discount factors by year; index 0 is now.
pub fn discount_by_year(scenario: &Scenario) -> Vec<Figure> {
    let assumptions = scenario.assumptions();
    discount_factors(assumptions.discount_rate.get(), assumptions.horizon, assumptions.timing)
}

/// What is left of one after tax.
fn after_tax(scenario: &Scenario) -> Figure {
    Figure::ONE - Figure::exact(scenario.assumptions().tax_rate.get())
}

/// What one of today's yearly loss is by year: it grows in how often and in how much, and is after tax.
fn loss_by_year(scenario: &Scenario) -> Vec<Figure> {
    let assumptions = scenario.assumptions();
    let losses = growth(assumptions.growth.losses.get(), assumptions.horizon);
    let rates = growth(assumptions.growth.rates.get(), assumptions.horizon);
    let kept = after_tax(scenario);
    losses.iter().zip(&rates).map(|(losses, rates)| *losses * *rates * kept).collect()
}

fn plan_analysis(
    model: &LossModel<'_>,
    index: usize,
    means: &Values<Figure>,
    today: &[RiskMeans<Figure>],
) -> PlanAnalysis {
    let scenario = model.scenario();
    let plan = &scenario.plans()[index];
    let planned = |control: usize| plan.controls.iter().any(|planned| planned.control == control);
    let risks = model.all_means(means, &|control| planned(control).then_some(Figure::ONE));
    let controls = all_costs(scenario, &plan.controls, means);
    let investment = investment(model, plan, means, today, &controls);
    PlanAnalysis {
        plan: index,
        recovered: vec![Figure::ZERO; risks.len()],
        loss: risks.iter().map(|risk| risk.annual_loss).sum(),
        risks,
        cost_by_estimate: cost_by_estimate(scenario, &controls),
        contributions: contributions(
            model,
            plan,
            &controls,
            means,
            &loss_by_year(scenario),
            &discount_by_year(scenario),
        ),
        controls,
        overlaps: overlap::overlaps(model, plan, means),
        investment,
    }
}

fn investment(
    model: &LossModel<'_>,
    plan: &Plan,
    means: &Values<Figure>,
    today: &[RiskMeans<Figure>],
    controls: &[ControlCosts],
) -> Investment {
    let scenario = model.scenario();
    let horizon = scenario.assumptions().horizon;
    let growth = loss_by_year(scenario);
    let by_year = |rows: Vec<Vec<Figure>>| -> Vec<Figure> {
        (0..=horizon).map(|t| rows.iter().map(|row| row[t]).sum()).collect()
    };
    let cost = by_year(controls.iter().map(ControlCosts::total).collect());
    let cash = by_year(controls.iter().map(ControlCosts::cash).collect());
    let planned = |control: usize| plan.controls.iter().any(|planned| planned.control == control);
    let changed = |risk: &&usize| model.is_acted_on(**risk, &planned);
    let mut avoided = vec![Figure::ZERO; horizon + 1];
    let mut exposed = vec![Figure::ZERO; horizon + 1];
    for cluster in model.clusters() {
        let acted_on: Figure = cluster.risks.iter().filter(changed).map(|risk| today[*risk].annual_loss).sum();
        if !cluster.risks.iter().any(|risk| changed(&risk)) {
            continue;
        }
        let before: Figure = cluster.risks.iter().map(|risk| today[*risk].annual_loss).sum();
        let after = yearly_loss(model, plan, cluster, means);
        for t in 1..=horizon {
            avoided[t] = avoided[t] + (before - after[t]) * growth[t];
            exposed[t] = exposed[t] + acted_on * growth[t];
        }
    }
    let none = vec![Figure::ZERO; horizon + 1];
    valued(scenario, Flows { cost, cash, premiums: none, avoided, exposed })
}

/// The yearly flows of a plan; index 0 is now.
struct Flows {
    cost: Vec<Figure>,
    cash: Vec<Figure>,
    premiums: Vec<Figure>,
    avoided: Vec<Figure>,
    exposed: Vec<Figure>,
}

/// Adds what the policies of a plan cost and pay more than those of today.
fn insure(money: &mut Investment, scenario: &Scenario, plan: usize, recovered: impl Iterator<Item = f64>) {
    let premiums = premiums(scenario, plan);
    let kept = after_tax(scenario);
    let with_premiums =
        |flows: &[Figure], part: Figure| flows.iter().zip(&premiums).map(|(flow, more)| *flow + *more * part).collect();
    let avoided = money.loss_avoided.iter().zip(recovered).map(|(avoided, more)| match more {
        0.0 => *avoided,
        _ => *avoided + Figure::approximate(more) * kept,
    });
    *money = valued(
        scenario,
        Flows {
            cost: with_premiums(&money.cost, kept),
            cash: with_premiums(&money.cash, Figure::ONE),
            avoided: avoided.collect(),
            exposed: std::mem::take(&mut money.exposed),
            premiums,
        },
    );
}

/// What flows are worth.
fn valued(scenario: &Scenario, flows: Flows) -> Investment {
    let Flows { cost, cash, premiums, avoided, exposed } = flows;
    let horizon = scenario.assumptions().horizon;
    let discount = discount_by_year(scenario);
    let net: Vec<Figure> = avoided.iter().zip(&cost).map(|(avoided, cost)| *avoided - *cost).collect();
    let floats: Vec<f64> = net.iter().map(|flow| flow.to_f64()).collect();
    let discounted: Vec<Figure> = net.iter().zip(&discount).map(|(net, factor)| *net * *factor).collect();
    let present_cost = present_value(&cost, &discount);
    let present_avoided = present_value(&avoided, &discount);
    let present_exposed = present_value(&exposed, &discount);
    let net_present_value = present_avoided - present_cost;
    // A ratio over a cost of zero or less has no meaning.
    let over_cost = |figure: Figure| if present_cost.is_positive() { figure.ratio(present_cost) } else { None };
    let sum = |flows: &[Figure]| -> Figure { flows.iter().copied().sum() };
    Investment {
        rosi: over_cost(net_present_value),
        benefit_cost_ratio: over_cost(present_avoided),
        internal_rate_of_return: internal_rate_of_return(&floats),
        sign_changes: sign_changes(&floats),
        waiting: None,
        textbook_rosi: None,
        payback_years: payback(&net),
        discounted_payback_years: payback(&discounted),
        equivalent_annual_cost: equivalent_annual(present_cost, &discount),
        net_yearly_benefit: sum(&net).ratio(Figure::exact(horizon.into())).unwrap_or(Figure::ZERO),
        break_even_reduction: present_cost.ratio(present_exposed),
        cost,
        cash,
        premiums,
        loss_avoided: avoided,
        exposed,
        present_cost,
        present_avoided,
        present_exposed,
        net_present_value,
    }
}

/// Which part of the present value of cost each cost estimate carries.
fn cost_by_estimate(scenario: &Scenario, controls: &[ControlCosts]) -> BTreeMap<EstimateId, f64> {
    let discount = discount_by_year(scenario);
    let mut carried = BTreeMap::new();
    for costs in controls {
        let control = &scenario.controls()[costs.control];
        for part in costs.after_tax().parts(control) {
            let worth = part.worth(&discount);
            for id in part.estimates {
                *carried.entry(id).or_insert(0.0) += worth;
            }
        }
    }
    carried
}
