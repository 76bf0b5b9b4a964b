//! What an analysis holds: the figures of a scenario and of each of its plans.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::{ByEstimate, ByRisk, Estimate, EstimateId, PlanId, RiskId, Scenario, StatedCase, Table, ids};
use crate::units::Figure;

use super::attribution::Contribution;
use super::incremental::Step;
use super::money::costs::ControlCosts;
use super::{Investment, Memory, Overlap, Paths, RiskMeans, Sensitivity, Settings, Valuation, Year, valuation};

ids! {
    /// The place of a plan among those that were analysed, in [`Analysis::plans`] as in its year.
    OptionId;
}

impl OptionId {
    /// Its row in a table of options, where today comes first.
    pub fn row(self) -> usize {
        self.0 + 1
    }
}

/// One for each plan that was analysed.
pub type ByOption<T> = Table<OptionId, T>;

/// Every figure of a scenario.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// In file order: today, before insurers pay.
    pub today: ByRisk<RiskMeans<Figure>>,
    /// What insurers pay in an average year today.
    pub recovered_today: ByRisk<Figure>,
    /// The average loss of a year today, after insurers pay.
    pub loss_today: Figure,
    /// The plans that were asked for, in file order.
    pub plans: ByOption<PlanAnalysis>,
    /// The plan of the highest value, where it is above nothing.
    pub recommended: Option<OptionId>,
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
    /// The seed that was used.
    pub seed: u64,
    /// What was asked for.
    pub asked: Settings,
    /// What is known of insured years: other counts of the money ask for the same.
    pub(crate) memory: Memory,
    /// The figures of each case that the file states, once they were asked for.
    pub(super) stated: OnceLock<Vec<Option<Valuation>>>,
}

impl Analysis {
    /// How the figures were found, as other programs read it.
    pub fn method(&self) -> &'static str {
        self.year.as_ref().map_or("expected", |year| year.method.key())
    }

    /// The averages of each case that the scenario of this analysis states, for the same plans; nothing of one that cannot
    /// be worked out. They are worked out once, when they are first asked for.
    pub fn stated(&self, scenario: &Scenario) -> &[Option<Valuation>] {
        self.stated.get_or_init(|| {
            let plans: Vec<PlanId> = self.plans.iter().map(|plan| plan.plan).collect();
            // Other values of the file are other events.
            let of = |case: &StatedCase| valuation(&case.scenario, Some(&plans), &Memory::default()).ok();
            scenario.stated().iter().map(of).collect()
        })
    }

    /// What a risk costs in an average year today, after insurers pay.
    pub fn net_loss(&self, risk: RiskId) -> Figure {
        self.today[risk].annual_loss - self.recovered_today[risk]
    }
}

/// How much each assumption moves the value of one plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// The plan.
    pub plan: OptionId,
    /// The change by estimate when it is a tenth higher, in currency units.
    pub changes: ByEstimate<f64>,
}

impl Weights {
    /// The change by an estimate. An exchange rate has none: amounts are converted by it before anything is worked out.
    pub fn of(&self, id: EstimateId, estimate: &Estimate) -> Option<f64> {
        self.changes.get(id).copied().filter(|_| !estimate.is_exchange_rate())
    }

    /// The estimates that move the value at all, the heaviest first.
    pub fn heaviest(&self) -> Vec<EstimateId> {
        let mut order: Vec<EstimateId> = self.changes.ids().filter(|id| self.changes[*id] != 0.0).collect();
        order.sort_by(|&a, &b| self.changes[b].abs().total_cmp(&self.changes[a].abs()).then(a.cmp(&b)));
        order
    }
}

/// The figures of one plan.
#[derive(Debug, Clone)]
pub struct PlanAnalysis {
    /// The plan.
    pub plan: PlanId,
    /// A full year with every control in force, before insurers pay.
    pub risks: ByRisk<RiskMeans<Figure>>,
    /// What insurers pay in such a year.
    pub recovered: ByRisk<Figure>,
    /// The average loss of such a year, after insurers pay.
    pub loss: Figure,
    /// Costs by control.
    pub controls: Vec<ControlCosts>,
    /// Present value of cost by the estimate that it comes from; a time and its rate both carry it.
    pub cost_by_estimate: BTreeMap<EstimateId, f64>,
    /// What each control adds, in the plan's order.
    pub contributions: Vec<Contribution>,
    /// What its policies add without any control. With the controls' Shapley values it adds up to the plan's value.
    pub policies: Figure,
    /// Where controls act on the same factor.
    pub overlaps: Vec<Overlap>,
    /// The money.
    pub investment: Investment,
}

impl PlanAnalysis {
    /// What a risk costs in an average year, after insurers pay.
    pub fn net_loss(&self, risk: RiskId) -> Figure {
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
