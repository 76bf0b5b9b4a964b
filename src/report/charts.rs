//! Which pictures does a report have, and what stands in them?

mod steps;
mod years;

use crate::engine::Analysis;
use crate::model::Scenario;
use crate::units::Figure;

use super::chart::{
    Chart, ChartKind, CostAgainstLossAvoided, CumulativeCash, LossByRisk, PlanPath, PlanPoint, RiskLosses,
};
use super::sentences::{self, name};

/// Every chart of a report. Plans keep the order of the file, which fixes their colours.
pub fn charts(scenario: &Scenario, analysis: &Analysis) -> Vec<Chart> {
    let currency = scenario.currency().code();
    let mut charts = years::charts(scenario, analysis, currency);
    charts.extend(steps::chart(scenario, analysis, currency));
    charts.push(loss_by_risk(scenario, analysis, currency));
    if !analysis.plans.is_empty() {
        charts.push(cost_against_loss(scenario, analysis, currency));
        charts.push(cumulative_cash(scenario, analysis, currency));
    }
    let examples = (scenario.example_count() > 0)
        .then(|| format!("{} of {} assumptions are examples.", scenario.example_count(), scenario.estimates().len()));
    charts
        .into_iter()
        .map(|chart| {
            let chart = chart.of_case(scenario.title());
            match &examples {
                Some(note) => chart.with_note(note),
                None => chart,
            }
        })
        .collect()
}

fn loss_by_risk(scenario: &Scenario, analysis: &Analysis, currency: &str) -> Chart {
    let options =
        std::iter::once("Today".to_owned()).chain(analysis.plans.iter().map(|plan| name(scenario, plan))).collect();
    let risks = scenario
        .risks()
        .iter()
        .enumerate()
        .map(|(index, risk)| RiskLosses {
            name: risk.name.clone(),
            losses: std::iter::once(analysis.net_loss(index))
                .chain(analysis.plans.iter().map(|plan| plan.net_loss(index)))
                .map(Figure::to_f64)
                .collect(),
        })
        .collect();
    Chart::new(
        "loss-by-risk",
        "What each risk costs in an average year",
        "The average loss per year of each risk: today, and with each option in full force.",
        ChartKind::LossByRisk(LossByRisk::new(currency, options, risks)),
    )
}

fn cost_against_loss(scenario: &Scenario, analysis: &Analysis, currency: &str) -> Chart {
    let horizon = sentences::years(scenario.assumptions().horizon);
    let points = analysis
        .plans
        .iter()
        .map(|plan| PlanPoint {
            name: name(scenario, plan),
            cost: plan.investment.present_cost.to_f64(),
            loss_avoided: plan.investment.present_avoided.to_f64(),
        })
        .collect();
    Chart::new(
        "cost-against-loss-avoided",
        "Which options are worth their cost?",
        &format!(
            "Each option by what it costs and what loss it avoids over {horizon}, in today's money. Above the line an option is worth its cost."
        ),
        ChartKind::CostAgainstLossAvoided(CostAgainstLossAvoided::new(currency, &horizon, points)),
    )
}

fn cumulative_cash(scenario: &Scenario, analysis: &Analysis, currency: &str) -> Chart {
    let paths = analysis
        .plans
        .iter()
        .map(|plan| {
            let money = &plan.investment;
            let mut sum = Figure::ZERO;
            let net = money
                .loss_avoided
                .iter()
                .zip(&money.cost)
                .map(|(avoided, cost)| {
                    sum = sum + *avoided - *cost;
                    sum.to_f64()
                })
                .collect();
            let mut path = PlanPath::new(&name(scenario, plan), net);
            path.payback_years = money.payback_years.map(Figure::to_f64);
            path
        })
        .collect();
    Chart::new(
        "cumulative-position",
        "When has each option paid for itself?",
        "Loss avoided less cost, added up year by year and not discounted, for each option. Where a line crosses zero the option has paid for itself.",
        ChartKind::CumulativeCash(CumulativeCash::new(currency, paths)),
    )
}
